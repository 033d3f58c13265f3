// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Filling the tables of tone curves.
#include "icc/curve_p.h"

#include <cmath>

namespace contone::icc {
namespace {

/// Rounded to 2^-26: a libm that differs in the last bit gives the same table.
float quantised(double value) {
    return static_cast<float>(std::nearbyint(value * 67108864.0) / 67108864.0);
}

}  // namespace

Curve::Curve(const std::function<double(double)>& function) : m_values(steps + 1) {
    for (int i = 0; i <= steps; ++i) m_values[i] = quantised(function(static_cast<double>(i) / steps));
}

bool Curve::normalise() {
    std::vector<float> rising(m_values.size());
    float highest = m_values.front();
    for (std::size_t i = 0; i < m_values.size(); ++i) rising[i] = highest = std::max(highest, m_values[i]);
    const float low = rising.front(), range = rising.back() - low;
    if (!(range > 0.01F) || m_values.back() < rising.back()) return false;
    for (float& value : rising) value = (value - low) / range;
    m_values = std::move(rising);
    return true;
}

RootCurve::RootCurve(int lowest, int highest, const std::function<double(double)>& function) {
    constexpr int stepsPerOctave = 256;
    m_smallest = std::ldexp(1.0F, lowest);
    m_greatest = std::ldexp(1.0F, highest);
    std::memcpy(&m_firstBits, &m_smallest, sizeof m_firstBits);
    for (int octave = lowest; octave < highest; ++octave)
        for (int step = 0; step < stepsPerOctave; ++step)
            m_values.push_back(
                quantised(function(std::ldexp(1.0 + static_cast<double>(step) / stepsPerOctave, octave))));
    m_values.push_back(quantised(function(std::ldexp(1.0, highest))));
    m_atZero = quantised(function(0.0));
    m_slope = (m_values.front() - m_atZero) / m_smallest;
}

RootCurve RootCurve::inverseOf(const Curve& curve) {
    const auto values = curve.values();
    std::vector<double> rising(values.begin(), values.end());
    for (std::size_t i = 1; i < rising.size(); ++i) rising[i] = std::max(rising[i], rising[i - 1]);
    return RootCurve(-24, 0, [&rising](double light) {
        const auto above = std::ranges::lower_bound(rising, light);
        if (above == rising.begin()) return 0.0;
        if (above == rising.end()) return 1.0;
        const double low = *(above - 1), high = *above;
        return (static_cast<double>(above - rising.begin() - 1) + (light - low) / (high - low)) / Curve::steps;
    });
}

double srgbToLinear(double x) {
    return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
}
double linearToSrgb(double x) {
    return x <= 0.0031308 ? x * 12.92 : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
}

}  // namespace contone::icc
