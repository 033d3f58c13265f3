// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// InkTable: a CMYK profile's own table, read out of Little CMS and walked in float: the same nodes, the same
// interpolation, several times as fast. Not a table of ours: nothing is sampled again.
#pragma once

#include <optional>

#include "icc/lattice_p.h"
#include "icc/working_space_p.h"

namespace contone::icc {

/// Thread-safe.
class InkTable {
  public:
    /// For tables of the usual make: curves, one table of 4 inks, curves, CIELAB. Empty for all others, and when its
    /// colours are not those of `reference` (Little CMS, CMYK → XYZ) at thousands of points.
    static std::optional<InkTable> of(cmsHPROFILE profile, Intent intent, cmsHTRANSFORM reference);
    /// Ink 0…1 → XYZ, relative to the media white.
    void apply(const float* in, float* xyz, int pixels) const;

  private:
    using Node = Lattice::Node;
    InkTable() = default;
    bool read(cmsHPROFILE profile, Intent intent);
    bool readNodes(const cmsStage* stage);
    bool agreesWith(cmsHTRANSFORM reference) const;
    Node within(const Node* cell, float m, float y, float k) const;

    std::vector<Curve> m_before, m_after;  ///< 4 and 3
    std::vector<Node> m_nodes;             ///< cyan slowest
    std::array<int, 4> m_grid{};
    std::array<std::ptrdiff_t, 4> m_stride{};
    float m_lightness = 100, m_chroma = 255;  ///< table value → L*, and → a*, b* + 128
};

}  // namespace contone::icc
