// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Curve and RootCurve: tone curves and their inverses as float tables, made once, without libm in the pixel loop.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "icc/kernels/kernels_p.h"

namespace contone::icc {

/// A function on 0…1, sampled at 65,537 points and interpolated. Not a number counts as 0; outside is clipped.
class Curve {
  public:
    static constexpr int steps = 65536;
    explicit Curve(const std::function<double(double)>& function);
    float operator()(float x) const {
        const float position = (x > 0 ? std::min(x, 1.0F) : 0.0F) * steps;
        const int index = std::min(static_cast<int>(position), steps - 1);
        const float low = m_values[index];
        return low + (position - static_cast<float>(index)) * (m_values[index + 1] - low);
    }
    std::span<const float> values() const { return m_values; }
    bool operator==(const Curve&) const = default;
    /// Forces the curve to be monotone from 0 to 1. False (and unchanged) when it rises by too little to be a curve.
    bool normalise();

  private:
    std::vector<float> m_values;
};

/// A steep function from 0 to a power of two, as the inverse of a tone curve is near black: sampled evenly within each
/// octave (256 steps from 2^n to 2^(n+1)), so that the relative precision near 0 is the same as near 1. Below the last
/// octave it is linear to its value at 0, and on below 0 until it reaches 0.
class RootCurve {
  public:
    /// From 2^lowest to 2^highest.
    RootCurve(int lowest, int highest, const std::function<double(double)>& function);
    /// The inverse of a monotone curve from 0 to 1.
    static RootCurve inverseOf(const Curve& curve);
    float operator()(float x) const {
        if (!(x > m_smallest)) return std::max(m_atZero + (x == x ? x : 0.0F) * m_slope, 0.0F);
        if (x >= m_greatest) return m_values.back();
        std::uint32_t bits;
        std::memcpy(&bits, &x, sizeof bits);
        const std::uint32_t offset = bits - m_firstBits;
        const std::uint32_t index = offset >> 15;
        const float fraction = static_cast<float>(static_cast<int>(offset & 0x7fff)) * (1.0F / 32768.0F);
        const float low = m_values[index];
        return low + fraction * (m_values[index + 1] - low);
    }
    std::span<const float> values() const { return m_values; }
    /// For the kernels; valid as long as this curve.
    kernels::Root plain() const {
        return {m_values.data(), static_cast<int>(m_values.size()) - 1, m_smallest, m_greatest, m_atZero, m_slope,
                m_firstBits};
    }

  private:
    float m_smallest, m_greatest, m_atZero, m_slope;
    std::uint32_t m_firstBits;
    std::vector<float> m_values;
};

/// Signal → light of IEC 61966-2-1 and back.
double srgbToLinear(double x);
double linearToSrgb(double x);

}  // namespace contone::icc
