// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoMap: a small grid of numbers laid over a whole photo, for adjustments that differ from place to place.
#pragma once

#include <vector>

namespace contone::render {

/// A value. It covers the upright photo before any crop, so that neither crop nor size of a print changes what it says
/// of a place. Made from the photo's analysis picture, never from the picture on screen.
class PhotoMap {
  public:
    /// `values`: rows * columns cells of `layers` numbers each, row by row from the left top; columns, rows, layers
    /// ≥ 1.
    PhotoMap(int columns, int rows, int layers, std::vector<float> values);
    /// The layer at (u, v), 0…1 from the left top: bilinear between the centres of the cells, constant beyond the
    /// outermost ones.
    float at(double u, double v, int layer = 0) const;
    int layers() const { return m_layers; }
    bool operator==(const PhotoMap&) const = default;

  private:
    float cell(int x, int y, int layer) const;
    int m_columns, m_rows, m_layers;
    std::vector<float> m_values;
};

}  // namespace contone::render
