// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CodedLight: working light as the numbers of a well-known space, and back, by arithmetic that is the same on every
// processor.
#pragma once

#include <array>
#include <cmath>

#include "core/render/adjustments/stops.h"
#include "icc/transforms.h"

namespace contone::render {

/// A straight piece, then a power; odd, and going on beyond 1. Within 3e-6 of the curve, there and back.
struct CodeCurve {
    float slope = 1, end = 0, power = 1, factor = 1, offset = 0;  ///< of the code; `end`: light where it bends

    static CodeCurve srgb() { return {12.92F, 0.0031308F, 2.4F, 1.055F, 0.055F}; }
    static CodeCurve adobeRgb() {
        constexpr float power = 563.0F / 256, end = 1.0F / 4096;
        return {lightOfStops(stopsOf(end) / power) / end, end, power, 1, 0};
    }
    float code(float light) const {
        if (power == 1) return light;
        const float a = std::fabs(light);
        const float bent = factor * lightOfStops(stopsOf(atLeast(a, end)) / power) - offset;
        return std::copysign(a <= end ? a * slope : bent, light);
    }
    float light(float code) const {
        if (power == 1) return code;
        const float a = std::fabs(code);
        const float bent = lightOfStops(stopsOf((atLeast(a, end * slope) + offset) / factor) * power);
        return std::copysign(a <= end * slope ? a / slope : bent, code);
    }
};

/// From working RGB to the linear light of other primaries, and back. Nothing is clipped.
class OtherPrimaries {
  public:
    /// `profile`: sRGB or another RGB space of Contone's own, inside Rec. 2020.
    OtherPrimaries(const icc::Profile& profile, icc::WorkingGamut working);
    std::array<float, 3> of(const float* light) const { return times(m_to, light); }
    std::array<float, 3> back(const float* light) const { return times(m_back, light); }

  private:
    static std::array<float, 3> times(const std::array<float, 9>& m, const float* v) {
        return {m[0] * v[0] + m[1] * v[1] + m[2] * v[2], m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
                m[6] * v[0] + m[7] * v[1] + m[8] * v[2]};
    }
    std::array<float, 9> m_to{}, m_back{};
};

}  // namespace contone::render
