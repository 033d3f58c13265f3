// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is left beside convolutions: sums, cuts, maxima and enlargements, value by value.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/vision/finder/kernels/layers.h"

namespace contone::vision::kernels {

void add(const Step& step, const float* a, const float* b, float* out) {
    const std::size_t all = count(step.to);
    for (std::size_t i = 0; i < all; ++i) out[i] = a[i] + b[i];
    if (step.hasRelu) cutAtZero(step, out, out);
}

void cutAtZero(const Step& step, const float* in, float* out) {
    const std::size_t all = count(step.to);
    for (std::size_t i = 0; i < all; ++i) out[i] = in[i] > 0 ? in[i] : 0.0F;
}

void padChannels(const Step& step, const float* in, float* out) {
    const auto from = static_cast<std::size_t>(step.from[3]), to = static_cast<std::size_t>(step.to[3]);
    const auto before = static_cast<std::size_t>(step.left);
    for (std::size_t pixel = count(step.to) / to; pixel > 0; --pixel, in += from, out += to) {
        std::fill_n(out, before, 0.0F);
        std::copy_n(in, from, out + before);
        std::fill_n(out + before + from, to - before - from, 0.0F);
    }
}

void poolMaximum(const Step& step, const float* in, float* out) {
    const int height = step.from[1], width = step.from[2];
    const auto channels = static_cast<std::size_t>(step.from[3]);
    for (int y = 0; y < step.to[1]; ++y) {
        const int top = y * step.strideY - step.above;
        for (int x = 0; x < step.to[2]; ++x, out += channels) {
            const int left = x * step.strideX - step.left;
            std::fill_n(out, channels, std::numeric_limits<float>::lowest());
            for (int r = std::max(top, 0); r < std::min(top + step.windowY, height); ++r)
                for (int c = std::max(left, 0); c < std::min(left + step.windowX, width); ++c) {
                    const float* const from = in + (static_cast<std::size_t>(r) * static_cast<std::size_t>(width) +
                                                    static_cast<std::size_t>(c)) *
                                                       channels;
                    for (std::size_t i = 0; i < channels; ++i) out[i] = from[i] > out[i] ? from[i] : out[i];
                }
        }
    }
}

namespace {

/// Between which two of `from` values one of `to` lies, and how far from the first.
struct Between {
    int first = 0, second = 0;
    float part = 0;
};
Between between(int at, int from, int to) {
    const float place = (static_cast<float>(at) + 0.5F) * (static_cast<float>(from) / static_cast<float>(to)) - 0.5F;
    const int first = std::clamp(static_cast<int>(std::floor(place)), 0, from - 1);
    const int second = std::clamp(static_cast<int>(std::ceil(place)), 0, from - 1);
    return {first, second, place - static_cast<float>(first)};
}

}  // namespace

void resizeBilinear(const Step& step, const float* in, float* out) {
    const auto channels = static_cast<std::size_t>(step.from[3]);
    const std::size_t row = static_cast<std::size_t>(step.from[2]) * channels;
    for (int y = 0; y < step.to[1]; ++y) {
        const Between rows = between(y, step.from[1], step.to[1]);
        const float* const upper = in + static_cast<std::size_t>(rows.first) * row;
        const float* const lower = in + static_cast<std::size_t>(rows.second) * row;
        for (int x = 0; x < step.to[2]; ++x, out += channels) {
            const Between columns = between(x, step.from[2], step.to[2]);
            const std::size_t left = static_cast<std::size_t>(columns.first) * channels;
            const std::size_t right = static_cast<std::size_t>(columns.second) * channels;
            const float a = (1 - rows.part) * (1 - columns.part), b = (1 - rows.part) * columns.part;
            const float c = rows.part * (1 - columns.part), d = rows.part * columns.part;
            for (std::size_t i = 0; i < channels; ++i)
                out[i] = upper[left + i] * a + upper[right + i] * b + lower[left + i] * c + lower[right + i] * d;
        }
    }
}

}  // namespace contone::vision::kernels
