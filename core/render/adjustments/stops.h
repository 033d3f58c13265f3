// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Powers and logarithms of two of light, in arithmetic that is the same on every processor.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "core/render/adjustments/bounds.h"

namespace contone::render {

/// log2 of light, within 1e-6; what is darker than 2^-16 counts as that.
inline float stopsOf(float light) {
    constexpr float darkest = 1.0F / 65536;
    const auto bits = std::bit_cast<std::int32_t>(atLeast(light, darkest));
    // A mantissa from 0.707 to 1.414, and its exponent.
    const std::int32_t exponent = (bits - 0x3f3504f3) >> 23;
    const float mantissa = std::bit_cast<float>(bits - exponent * 0x00800000);
    const float t = (mantissa - 1) / (mantissa + 1), s = t * t;
    return static_cast<float>(exponent) + t * (2.88539008F + s * (0.96179669F + s * (0.57707802F + s * 0.41219858F)));
}

/// 2^stops for -30…30, within 3e-7 of it.
inline float lightOfStops(float stops) {
    const float whole = std::floor(stops + 0.5F), f = stops - whole;
    const float part =
        1 + f * (0.69314718F +
                 f * (0.24022651F + f * (0.05550411F + f * (0.00961813F + f * (0.00133336F + f * 0.00015404F)))));
    return part * std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23);
}

}  // namespace contone::render
