// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SixHues: a number for each of red, yellow, green, cyan, blue and magenta, and smoothly for what lies between.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace contone::render {

class SixHues {
  public:
    explicit SixHues(const std::array<double, 6>& values) {
        for (std::size_t i = 0; i < 6; i++) m_values[i] = static_cast<float>(values[i]);
        m_values[6] = m_values[0];
    }
    /// `hue` of OKLab, in turns.
    float at(float hue) const {
        float turns = hue - std::floor(hue);
        if (turns < hues[0]) turns += 1;
        std::size_t i = 0;
        while (i < 5 && turns >= hues[i + 1]) i++;
        const float t = (turns - hues[i]) / (hues[i + 1] - hues[i]);
        return m_values[i] + (m_values[i + 1] - m_values[i]) * t * t * (3 - 2 * t);
    }

  private:
    /// OKLab hues of sRGB's primaries and their mixtures, in turns; and red once more.
    static constexpr std::array<float, 7> hues{0.0812F, 0.3049F, 0.3958F, 0.5410F, 0.7335F, 0.9121F, 1.0812F};
    std::array<float, 7> m_values{};
};

}  // namespace contone::render
