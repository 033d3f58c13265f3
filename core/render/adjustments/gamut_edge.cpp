// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// By bisection: along one hue the chroma grows until a channel leaves 0…1.
#include "core/render/adjustments/gamut_edge.h"

#include <algorithm>
#include <numbers>

namespace contone::render {

GamutEdge::GamutEdge(icc::WorkingGamut gamut)
    : m_chroma(static_cast<std::size_t>((rows + 1) * (columns + 1)) + static_cast<std::size_t>(columns) + 2) {
    const Oklab oklab(gamut);
    for (int r = 0; r <= rows; r++)
        for (int c = 0; c <= columns; c++) {
            const float lightness = static_cast<float>(r) / rows;
            const double angle = 2 * std::numbers::pi * c / columns;
            const auto a = static_cast<float>(std::cos(angle)), b = static_cast<float>(std::sin(angle));
            const auto isInside = [&](float chroma) {
                constexpr float slack = 1e-4F;
                return std::ranges::all_of(oklab.rgb({lightness, a * chroma, b * chroma}),
                                           [](float v) { return v >= -slack && v <= 1 + slack; });
            };
            float inside = 0, outside = 0.6F;
            for (int step = 0; step < 14; step++) {
                const float middle = (inside + outside) / 2;
                (isInside(middle) ? inside : outside) = middle;
            }
            m_chroma[static_cast<std::size_t>(r) * (columns + 1) + static_cast<std::size_t>(c)] = inside;
        }
}

}  // namespace contone::render
