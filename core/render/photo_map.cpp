// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Bilinear lookups.
#include "core/render/photo_map.h"

#include <algorithm>
#include <cstddef>

namespace contone::render {

PhotoMap::PhotoMap(int columns, int rows, int layers, std::vector<float> values)
    : m_columns(columns), m_rows(rows), m_layers(layers), m_values(std::move(values)) {}

float PhotoMap::cell(int x, int y, int layer) const {
    return m_values[(static_cast<std::size_t>(y) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(x)) *
                        static_cast<std::size_t>(m_layers) +
                    static_cast<std::size_t>(layer)];
}

float PhotoMap::at(double u, double v, int layer) const {
    const double x = std::clamp(u * m_columns - 0.5, 0.0, m_columns - 1.0);
    const double y = std::clamp(v * m_rows - 0.5, 0.0, m_rows - 1.0);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const int right = std::min(left + 1, m_columns - 1), bottom = std::min(top + 1, m_rows - 1);
    const auto across = static_cast<float>(x - left), down = static_cast<float>(y - top);
    const auto between = [](float a, float b, float part) { return a + (b - a) * part; };
    return between(between(cell(left, top, layer), cell(right, top, layer), across),
                   between(cell(left, bottom, layer), cell(right, bottom, layer), across), down);
}

}  // namespace contone::render
