// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ToneGrid: how light each neighbourhood of a photo is, edge by edge: a bilateral grid over the whole photo and its
// light (J. Chen, S. Paris, F. Durand, "Real-time edge-aware image processing with the bilateral grid", 2007).
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "core/render/adjustments/bounds.h"
#include "core/render/row_stage.h"

namespace contone::render {

/// A value, made once from the analysis picture of a photo, before any crop and any adjustment. Print and preview read
/// the same grid, so neither size nor crop changes what shadows and highlights do. About 105 KB.
class ToneGrid {
  public:
    /// `rgb`: width * height * 3 of linear light, upright; `weights`: of luminance.
    ToneGrid(const float* rgb, int width, int height, const std::array<float, 3>& weights);

    /// What one row of a page reads of the grid.
    class Line {
      public:
        /// Valid as long as the grid. `base` of a pixel: the light of its neighbourhood in stops, as far as it is on
        /// the same side of an edge as `stops`, the pixel's own.
        Line(const ToneGrid& grid, const PhotoLine& photo);
        float base(int x, float stops) const;

      private:
        std::vector<float> m_cells;                 ///< along the row, by layer: sum and weight
        float m_first = 0, m_step = 0, m_last = 0;  ///< in cells, counted between their centres
        int m_count = 0;
    };

  private:
    friend class Line;
    static constexpr int longCells = 24, shortCells = 16, layers = 34;  ///< 0.35 stops each, from -10.5
    static constexpr float darkest = -10.5F, layersPerStop = 1 / 0.35F;
    static float layerOf(float stops);
    std::size_t cell(int column, int row, int layer) const {
        return ((static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) +
                 static_cast<std::size_t>(column)) *
                    layers +
                static_cast<std::size_t>(layer)) *
               2;
    }
    int m_columns, m_rows;
    std::vector<float> m_cells;  ///< sum of stops and weight, by row, column, layer
};

inline float ToneGrid::Line::base(int x, float stops) const {
    const float place = atMost(atLeast(m_first + static_cast<float>(x) * m_step, 0.0F), m_last);
    const int cell = std::min(static_cast<int>(place), m_count - 2);
    const float along = place - static_cast<float>(cell);
    const float layer = atMost(atLeast((stops - darkest) * layersPerStop, 0.0F), layers - 1.001F);
    const int low = static_cast<int>(layer);
    const float up = layer - static_cast<float>(low);
    const float* left = m_cells.data() + (cell * layers + low) * 2;
    const float* right = left + static_cast<std::ptrdiff_t>(layers) * 2;
    // Sum and weight, each between four cells.
    const float right1 = along * up, right0 = along - right1, left1 = up - right1, left0 = 1 - along - left1;
    const float sum = left[0] * left0 + left[2] * left1 + right[0] * right0 + right[2] * right1;
    const float weight = left[1] * left0 + left[3] * left1 + right[1] * right0 + right[3] * right1;
    // Where the small picture had no such light, the pixel is its own neighbourhood.
    constexpr float enough = 1e-3F;
    const float trust = atMost(weight * (1 / enough), 1.0F);
    return stops + (sum / atLeast(weight, 1e-12F) - stops) * trust;
}

}  // namespace contone::render
