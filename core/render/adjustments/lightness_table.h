// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LightnessTable: a curve over OKLab lightness that takes chroma along.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>

#include "core/render/adjustments/bounds.h"

namespace contone::render {

/// An S in logit about mid gray; 0, mid gray and 1 stay. `slider`: -100…100.
double contrasted(double lightness, double slider);

/// Colours keep their hue. Chroma follows lightness, and a part of the contrast more or less, as on film: the ratio
/// alone looks dull, and a curve for each channel turns skin (docs/decisions/0061).
class LightnessTable {
  public:
    /// `curve`: 0…1 → 0…1.
    explicit LightnessTable(const std::function<double(double)>& curve);
    /// One OKLab pixel; what is lighter than 1 or darker than 0 stays so far beyond.
    void apply(float* lab) const {
        const float l = atMost(atLeast(lab[0], 0.0F), 1.0F), at = l * steps;
        const auto i = static_cast<std::size_t>(atMost(at, steps - 1.0F));
        const float part = at - static_cast<float>(i);
        const float chroma = m_chroma[i] + (m_chroma[i + 1] - m_chroma[i]) * part;
        lab[0] += m_lightness[i] + (m_lightness[i + 1] - m_lightness[i]) * part - l;
        lab[1] *= chroma;
        lab[2] *= chroma;
    }

  private:
    static constexpr int steps = 4096;
    static constexpr std::size_t size = steps + 1;
    std::array<float, size> m_lightness{}, m_chroma{};
};

}  // namespace contone::render
