// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Redness: how much a colour is that of a pupil in a flash, and of no skin. J. Hardeberg, "Digital red eye removal"
// (Journal of Imaging Science and Technology 46(4), 2002): red over the larger and over the mean of green and blue.
#pragma once

#include <algorithm>

#include "core/render/adjustments/coded_light.h"

namespace contone::render {

class Redness {
  public:
    /// From here on a pixel is of a red pupil, on sRGB's numbers; skin stays below one of the two.
    static constexpr float leastShare = 0.35F, leastRatio = 1.5F;
    explicit Redness(icc::WorkingGamut gamut) : m_srgb(icc::Profile::srgb(), gamut) {}
    /// 0: not at all; 1: well beyond both bounds. `light`: working RGB.
    float of(const float* light) const {
        const auto linear = m_srgb.of(light);
        const float r = m_curve.code(linear[0]), g = std::max(m_curve.code(linear[1]), 0.0F),
                    b = std::max(m_curve.code(linear[2]), 0.0F);
        if (r < 0.08F) return 0;  // black has no colour
        const float share = (r - std::max(g, b)) / r, ratio = r / ((g + b) / 2 + 1e-3F);
        return rise((share - leastShare) * 10) * rise((ratio - leastRatio) * 5);
    }
    const OtherPrimaries& srgb() const { return m_srgb; }

  private:
    static float rise(float t) {
        const float x = atMost(atLeast(t, 0.0F), 1.0F);
        return x * x * (3 - 2 * x);
    }
    OtherPrimaries m_srgb;
    CodeCurve m_curve = CodeCurve::srgb();
};

}  // namespace contone::render
