// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FloatEncoder: linear light as floating point → 16-bit samples of a display curve.
#pragma once

#include <cstdint>
#include <vector>

namespace contone::image {

/// Thread-safe after construction. Linear interpolation in a table of 1024 steps an octave over 2^-40…1; within half a
/// step of 16 bit of the formula.
class FloatEncoder {
  public:
    enum class Curve {
        Srgb,     ///< IEC 61966-2-1
        Power22,  ///< light^(1/2.2)
        Linear,
    };
    explicit FloatEncoder(Curve curve);
    /// Below zero and not-a-number: 0. Above 1: 65535.
    std::uint16_t encode(float light) const;

  private:
    std::vector<std::uint32_t> m_table;  // 2^16 times the sample
};

}  // namespace contone::image
