// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CodedLight: working light as the numbers of a well-known space, and back, by arithmetic that is the same on every
// processor.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "core/render/adjustments/stops.h"
#include "icc/transforms.h"

namespace contone::render {

/// A straight piece, then a power; odd, and going on beyond 1. Within 3e-6 of the curve, there and back.
struct CodeCurve {
    float slope = 1, end = 0, power = 1, factor = 1, offset = 0;  ///< of the code; `end`: light where it bends

    static CodeCurve srgb() { return {12.92F, 0.0031308F, 2.4F, 1.055F, 0.055F}; }
    static CodeCurve adobeRgb() {
        constexpr float power = 563.0F / 256, end = 1.0F / 4096;
        return {powerOfTwo(stopsOf(end) / power) / end, end, power, 1, 0};
    }
    float code(float light) const { return code(light, bent(end)); }
    float light(float code) const { return this->light(code, straightened(end * slope)); }
    /// Of many, in place. Loops that compilers make vectors of.
    void toCodes(float* values, int count) const {
        if (power == 1) return;
        const CodeCurve curve = *this;
        const float bend = bent(end);
        for (int i = 0; i < count; i++) values[i] = curve.code(values[i], bend);
    }
    void toLights(float* values, int count) const {
        if (power == 1) return;
        const CodeCurve curve = *this;
        const float bend = straightened(end * slope);
        for (int i = 0; i < count; i++) values[i] = curve.light(values[i], bend);
    }

    /// The power alone, and back.
    float bent(float light) const { return factor * powerOfTwo(stopsOf(light) * (1 / power)) - offset; }
    float straightened(float code) const { return powerOfTwo(stopsOf((code + offset) * (1 / factor)) * power); }
    /// Up to the bend along the straight piece, and from there as much as the power adds: no branch.
    float code(float light, float bend) const {
        const float a = std::fabs(light);
        return std::copysign(atMost(a, end) * slope + (bent(atLeast(a, end)) - bend), light);
    }
    float light(float code, float bend) const {
        const float a = std::fabs(code), knee = end * slope;
        return std::copysign(atMost(a, knee) * (1 / slope) + (straightened(atLeast(a, knee)) - bend), code);
    }
    /// As lightOfStops(), for -30…30, without a function for the whole part.
    static float powerOfTwo(float stops) {
        const auto whole = static_cast<std::int32_t>(stops + 32.5F) - 32;
        const float f = stops - static_cast<float>(whole);
        const float part =
            1 + f * (0.69314718F +
                     f * (0.24022651F + f * (0.05550411F + f * (0.00961813F + f * (0.00133336F + f * 0.00015404F)))));
        return part * std::bit_cast<float>((whole + 127) << 23);
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
