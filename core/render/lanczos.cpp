// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The resampler. Plain C++ on four-float vectors; a SIMD version must give the same bytes.
#include "core/render/lanczos.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace contone::render {
namespace {

using Float4 = float __attribute__((vector_size(16), aligned(4)));

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

void resampleRow(const float* in, float* out, const Weights& weights) {
    const int taps = weights.taps, width = static_cast<int>(weights.first.size());
    for (int o = 0; o < width; o++) {
        const auto* pixel = reinterpret_cast<const Float4*>(
            in + static_cast<std::size_t>(weights.first[static_cast<std::size_t>(o)]) * 4);
        const float* weight = weights.of(o);
        Float4 sum = pixel[0] * weight[0];
        for (int t = 1; t < taps; t++) sum += pixel[t] * weight[t];
        *reinterpret_cast<Float4*>(out + static_cast<std::size_t>(o) * 4) = sum;
    }
}

void combineRows(const float* const* rows, const float* weight, int taps, float* out, int floats) {
    constexpr int block = 256;  // stays in the first-level cache while all taps pass over it
    for (int start = 0; start < floats; start += block) {
        const int end = std::min(floats, start + block);
        for (int i = start; i < end; i++) out[i] = rows[0][i] * weight[0];
        for (int t = 1; t < taps; t++) {
            const float* row = rows[t];
            const float k = weight[t];
            for (int i = start; i < end; i++) out[i] += row[i] * k;
        }
    }
}

}  // namespace contone::render
