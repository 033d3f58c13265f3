// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Light samples: linear working RGB in 16 bits, as the canvas of a composed page keeps it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace contone::render {

/// A small float: 3 bits of exponent, 13 of mantissa, of light + 1/64, from 1/128 to 2. So light reaches from -0.0078
/// to 1.98, further than half B looks (icc/transforms.h); 0 and 1 are exact. Rounding moves a colour by at most ΔE2000
/// 0.02: 2^-20 of light near black, 2^-14 near white (docs/decisions/0020 has the alternatives).
constexpr float lightOffset = 1.0F / 64.0F;
constexpr std::uint32_t lightBase = 0x3C000000U;  ///< 1/128 as the bits of a float

/// Rounded to nearest; what is outside is clipped, and not a number counts as the least.
inline std::uint16_t lightSample(float light) {
    constexpr float least = 1.0F / 128.0F, most = 2.0F - 1.0F / 8192.0F;
    const float lifted = std::min(std::max(least, light + lightOffset), most);
    return static_cast<std::uint16_t>((std::bit_cast<std::uint32_t>(lifted) - lightBase + 0x200U) >> 10);
}

inline float lightOf(std::uint16_t sample) {
    return std::bit_cast<float>((static_cast<std::uint32_t>(sample) << 10) + lightBase) - lightOffset;
}

}  // namespace contone::render
