// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Filling the two tables.
#include "core/render/light_curves.h"

#include <algorithm>
#include <cmath>

namespace contone::render {
namespace {

constexpr int green = 1;

/// Rounded to 2^-26.
float quantised(double value) {
    return static_cast<float>(std::nearbyint(value * 67108864.0) / 67108864.0);
}

double codeOf(double light) {
    return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}
double lightOf(double code) {
    return code <= 0.04045 ? code / 12.92 : std::pow((code + 0.055) / 1.055, 2.4);
}

/// The lights of the code table, each octave in even steps.
std::vector<double> lights() {
    using kernels::Curves;
    std::vector<double> all;
    for (int octave = -Curves::octaves; octave < 0; octave++)
        for (int step = 0; step < Curves::stepsPerOctave; step++)
            all.push_back(std::ldexp(1.0 + static_cast<double>(step) / Curves::stepsPerOctave, octave));
    all.insert(all.end(), 2, 1.0);  // 1, and a neighbour for it
    return all;
}

std::vector<double> codes() {
    std::vector<double> all;
    for (int step = 0; step <= kernels::Curves::codeSteps + 1; step++)
        all.push_back(std::min(1.0, static_cast<double>(step) / kernels::Curves::codeSteps));
    return all;
}

/// A tenth of the code: 0.010 of the light for sRGB, 0.016 for a gamma of 1.8, 0.1 for linear samples.
bool isProportionalToLight(const icc::InputTransform& photo) {
    float dark = 0.1F;
    photo.decode(&dark, &dark, 1, green);
    return dark > 0.04F;
}

}  // namespace

LightCurves::LightCurves() {
    for (const double light : lights()) m_code.push_back(quantised(codeOf(light)));
    for (const double code : codes()) m_light.push_back(quantised(lightOf(code)));
    m_slope = m_code.front() / kernels::Curves::smallest;
}

LightCurves::LightCurves(const icc::InputTransform& photo) : LightCurves() {
    m_primaries = photo.primaries();
    if (!m_primaries.arePhotos || isProportionalToLight(photo)) return;
    std::ranges::transform(lights(), m_code.begin(), [](double light) { return static_cast<float>(light); });
    photo.encode(m_code.data(), m_code.data(), static_cast<int>(m_code.size()), green);
    std::ranges::transform(codes(), m_light.begin(), [](double code) { return static_cast<float>(code); });
    photo.decode(m_light.data(), m_light.data(), static_cast<int>(m_light.size()), green);
    m_slope = m_code.front() / kernels::Curves::smallest;
}

}  // namespace contone::render
