// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Lanczos3 and its quantisation.
#include "core/render/lanczos.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/render/kernels/resample.h"

namespace contone::render {
namespace {

double lanczos(double x) {
    x = std::fabs(x);
    if (x < 1e-12) return 1;
    if (x >= 3) return 0;
    const double p = std::numbers::pi * x;
    return 3 * std::sin(p) * std::sin(p / 3) / (p * p);
}

}  // namespace

Weights lanczos3(int in, double origin, double extent, int out) {
    const double scale = extent / out, stretch = std::max(1.0, scale), support = 3 * stretch;
    Weights w;
    w.taps = std::min(in, static_cast<int>(std::ceil(support)) * 2 + 1);
    w.first.resize(static_cast<std::size_t>(out));
    w.weight.assign(static_cast<std::size_t>(out) * static_cast<std::size_t>(w.taps), 0.0F);
    std::vector<double> raw(static_cast<std::size_t>(w.taps));
    for (int o = 0; o < out; o++) {
        const double centre = origin + (o + 0.5) * scale;
        const int first = std::clamp(static_cast<int>(std::floor(centre - support)), 0, in - w.taps);
        double sum = 0;
        for (int t = 0; t < w.taps; t++)
            sum += raw[static_cast<std::size_t>(t)] = lanczos((first + t + 0.5 - centre) / stretch);
        w.first[static_cast<std::size_t>(o)] = first;
        float* weight = w.weight.data() + static_cast<std::size_t>(o) * static_cast<std::size_t>(w.taps);
        for (int t = 0; t < w.taps; t++) weight[t] = static_cast<float>(raw[static_cast<std::size_t>(t)] / sum);
    }
    return w;
}

Weights padded(const Weights& weights, int group) {
    Weights wider;
    wider.taps = (weights.taps + group - 1) / group * group;
    wider.first = weights.first;
    wider.weight.assign(weights.first.size() * static_cast<std::size_t>(wider.taps), 0.0F);
    for (std::size_t o = 0; o < weights.first.size(); o++)
        std::copy_n(weights.of(static_cast<int>(o)), weights.taps,
                    wider.weight.begin() + static_cast<std::ptrdiff_t>(o) * wider.taps);
    return wider;
}

FixedWeights quantised(const Weights& weights, int group) {
    constexpr int one = 1 << kernels::weightBits;
    const Weights wider = padded(weights, group);
    FixedWeights fixed{wider.taps, wider.first, std::vector<std::int16_t>(wider.weight.size())};
    std::vector<int> order(static_cast<std::size_t>(weights.taps));
    std::vector<float> rest(order.size());
    for (std::size_t o = 0; o < weights.first.size(); o++) {
        const float* exact = weights.of(static_cast<int>(o));
        std::int16_t* weight = fixed.weight.data() + o * static_cast<std::size_t>(fixed.taps);
        // Rounded down, and what is missing given to those that lost most: none is wrong by a whole unit.
        int missing = one;
        for (int t = 0; t < weights.taps; t++) {
            const float scaled = exact[t] * static_cast<float>(one), below = std::floor(scaled);
            weight[t] = static_cast<std::int16_t>(std::clamp(below, -32768.0F, 32766.0F));
            rest[static_cast<std::size_t>(t)] = scaled - below;
            missing -= weight[t];
        }
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(
            order, [&](int a, int b) { return rest[static_cast<std::size_t>(a)] > rest[static_cast<std::size_t>(b)]; });
        for (int i = 0; i < missing; i++) weight[order[static_cast<std::size_t>(i % weights.taps)]]++;
    }
    return fixed;
}

}  // namespace contone::render
