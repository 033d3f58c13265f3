// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table is indexed by the exponent and the first ten bits of the mantissa: even steps for the eye, and no
// logarithm.
#include "core/image/longtail/float_encoder.h"

#include <bit>
#include <cmath>

namespace contone::image {
namespace {

constexpr int octaves = 40, steps = 1024;
constexpr std::uint32_t lowest = static_cast<std::uint32_t>(127 - octaves) << 23;  // the bits of 2^-40

double curveOf(FloatEncoder::Curve curve, double light) {
    switch (curve) {
        case FloatEncoder::Curve::Srgb:
            return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
        case FloatEncoder::Curve::Power22:
            return std::pow(light, 1 / 2.2);
        case FloatEncoder::Curve::Linear:
            break;
    }
    return light;
}

}  // namespace

FloatEncoder::FloatEncoder(Curve curve) {
    m_table.reserve(octaves * steps + 1);
    for (int octave = 0; octave < octaves; ++octave)
        for (int step = 0; step < steps; ++step) {
            const double light = std::ldexp(1.0 + static_cast<double>(step) / steps, octave - octaves);
            m_table.push_back(static_cast<std::uint32_t>(std::lround(curveOf(curve, light) * 65535 * 65536)));
        }
    m_table.push_back(65535u * 65536u);
}

std::uint16_t FloatEncoder::encode(float light) const {
    if (!(light > 0)) return 0;
    if (light >= 1) return 65535;
    const auto bits = std::bit_cast<std::uint32_t>(light);
    if (bits < lowest) return 0;
    const std::uint32_t at = (bits - lowest) >> 13;
    const std::uint64_t rest = bits & 0x1FFF;
    const std::uint64_t value = (m_table[at] * (0x2000 - rest) + m_table[at + 1] * rest) >> 13;
    return static_cast<std::uint16_t>((value + 0x8000) >> 16);
}

}  // namespace contone::image
