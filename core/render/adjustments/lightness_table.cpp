// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table, and how steep it is.
#include "core/render/adjustments/lightness_table.h"

#include <algorithm>

namespace contone::render {

double contrasted(double l, double slider) {
    if (slider == 0 || l <= 0 || l >= 1) return l;
    constexpr double pivot = 0.5646;  // mid gray: the cube root of 0.18
    const double k = slider > 0 ? 1 + 0.7 * slider / 100 : 1 + 0.4 * slider / 100;
    const auto logit = [](double x) { return std::log(x / (1 - x)); };
    return 1 / (1 + std::exp(-(k * (logit(l) - logit(pivot)) + logit(pivot))));
}

LightnessTable::LightnessTable(const std::function<double(double)>& curve) {
    constexpr double chromaShare = 0.4;
    std::array<double, size> lightness{};
    for (std::size_t i = 0; i < size; i++) {
        lightness[i] = std::clamp(curve(static_cast<double>(i) / steps), 0.0, 1.0);
        m_lightness[i] = static_cast<float>(lightness[i]);
    }
    for (std::size_t i = 1; i < size; i++) {
        const double ratio = lightness[i] * steps / static_cast<double>(i);
        const std::size_t before = i - 1, behind = std::min(i + 1, size - 1);
        const double slope = (lightness[behind] - lightness[before]) * steps / static_cast<double>(behind - before);
        // How steep in logarithms: at 1 the ratio alone decides.
        const double steepness = ratio > 1e-6 ? slope / ratio : 1;
        // A black that was lifted is light without colour.
        m_chroma[i] =
            static_cast<float>(std::min(ratio, 1.6) * std::clamp(1 + chromaShare * (steepness - 1), 0.6, 1.5));
    }
    m_chroma[0] = m_chroma[1];
}

}  // namespace contone::render
