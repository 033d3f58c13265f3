// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two tables and a loop.
#include "core/image/codecs/raw_develop.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace contone::image {

namespace {

constexpr int kLevels = 65536;

double encodedRomm(double light) {
    return light < 1.0 / 512 ? 16 * light : std::pow(light, 1 / 1.8);
}

std::uint16_t quantised(double value) {
    return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0, 1.0) * (kLevels - 1)));
}

}  // namespace

RawLook::RawLook(double exposure) : m_tone(kLevels), m_encoded(kLevels) {
    exposure = std::isfinite(exposure) ? std::clamp(exposure, -3.0, 3.0) : 0.0;
    // f(metered) = shown, solved for k. From -0.9 EV down no k does: then there is no shoulder.
    const double metered = std::pow(meteredLight * std::exp2(-exposure), contrast);
    m_k = metered < shownLight * 0.98 ? metered * (1 - shownLight) / (shownLight - metered) : 1e3;
    for (int i = 0; i < kLevels; ++i) {
        const double light = static_cast<double>(i) / (kLevels - 1);
        m_tone[static_cast<std::size_t>(i)] = quantised(tone(light));
        m_encoded[static_cast<std::size_t>(i)] = quantised(encodedRomm(light));
    }
}

double RawLook::tone(double light) const {
    const double raised = std::pow(light, contrast);
    return (1 + m_k) * raised / (raised + m_k);
}

void RawLook::develop(const std::uint16_t (*from)[4], int width, std::uint16_t* to) const {
    for (int x = 0; x < width; ++x, to += 3) {
        const std::uint16_t* in = from[x];
        int low = 0, middle = 1, high = 2;
        if (in[low] > in[middle]) std::swap(low, middle);
        if (in[middle] > in[high]) std::swap(middle, high);
        if (in[low] > in[middle]) std::swap(low, middle);
        const std::uint32_t bottom = m_tone[in[low]], top = m_tone[in[high]];
        const auto span = static_cast<std::uint32_t>(in[high] - in[low]),
                   part = static_cast<std::uint32_t>(in[middle] - in[low]);
        // The curve rises, so top >= bottom; the product stays below 2^32.
        const std::uint32_t between = span == 0 ? bottom : bottom + ((top - bottom) * part + span / 2) / span;
        to[low] = m_encoded[bottom];
        to[middle] = m_encoded[between];
        to[high] = m_encoded[top];
    }
}

}  // namespace contone::image
