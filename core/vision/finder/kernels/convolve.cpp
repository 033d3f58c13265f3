// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Convolutions. Several channels at once in registers, each with a sum of its own: its order is that of the input, and
// no product is joined with its sum, so that wider registers would change nothing.
#include <algorithm>
#include <cstring>

#include "core/vision/finder/kernels/layers.h"

namespace contone::vision::kernels {
namespace {

using Vector = float __attribute__((vector_size(16)));
constexpr int vectorLanes = 4, vectors = lanes / vectorLanes;

Vector load(const float* from) {
    Vector v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
void store(Vector v, float* to) {
    std::memcpy(to, &v, sizeof v);
}
Vector cut(Vector v) {
    const Vector zero{};
    return v > zero ? v : zero;
}

/// Sums of `Pixels` pixels and one group of channels.
template <int Pixels>
struct Sums {
    Vector of[Pixels][vectors];
};

template <int Pixels>
Sums<Pixels> sum(const float* const (&in)[Pixels], std::size_t inputs, const float* factors, const float* biases) {
    Sums<Pixels> sums;
    for (int p = 0; p < Pixels; ++p)
        for (int v = 0; v < vectors; ++v) sums.of[p][v] = load(biases + v * vectorLanes);
    for (std::size_t i = 0; i < inputs; ++i, factors += lanes) {
        Vector w[vectors];
        for (int v = 0; v < vectors; ++v) w[v] = load(factors + v * vectorLanes);
        for (int p = 0; p < Pixels; ++p) {
            const float value = in[p][i];
            for (int v = 0; v < vectors; ++v) sums.of[p][v] += w[v] * value;
        }
    }
    return sums;
}

void keep(const Vector (&sums)[vectors], bool hasRelu, int channels, float* out) {
    alignas(16) float all[lanes];
    for (int v = 0; v < vectors; ++v) store(hasRelu ? cut(sums[v]) : sums[v], all + v * vectorLanes);
    std::memcpy(out, all, static_cast<std::size_t>(channels) * sizeof(float));
}

/// `Pixels` neighbours, all of their channels.
template <int Pixels>
void pixels(const Step& step, const Weights& weights, const float* const (&in)[Pixels], std::size_t inputs,
            float* out) {
    const int channels = step.to[3];
    const float* factors = weights.factors.data();
    for (int c = 0; c < channels; c += lanes, factors += inputs * lanes) {
        const Sums<Pixels> sums = sum<Pixels>(in, inputs, factors, weights.biases.data() + c);
        const int kept = std::min(lanes, channels - c);
        for (int p = 0; p < Pixels; ++p) {
            float* const to = out + static_cast<std::size_t>(p) * static_cast<std::size_t>(channels) + c;
            if (kept < lanes)
                keep(sums.of[p], step.hasRelu, kept, to);
            else
                for (int v = 0; v < vectors; ++v)
                    store(step.hasRelu ? cut(sums.of[p][v]) : sums.of[p][v], to + v * vectorLanes);
        }
    }
}

/// What the window sees of output pixel (x, y), with zeros outside.
void look(const Step& step, const float* in, int x, int y, float* patch) {
    const int height = step.from[1], width = step.from[2];
    const auto channels = static_cast<std::size_t>(step.from[3]);
    const int top = y * step.strideY - step.above, left = x * step.strideX - step.left;
    for (int r = top; r < top + step.windowY; ++r) {
        for (int c = left; c < left + step.windowX; ++c, patch += channels) {
            if (r < 0 || r >= height || c < 0 || c >= width)
                std::fill_n(patch, channels, 0.0F);
            else
                std::copy_n(
                    in + (static_cast<std::size_t>(r) * static_cast<std::size_t>(width) + static_cast<std::size_t>(c)) *
                             channels,
                    channels, patch);
        }
    }
}

}  // namespace

void convolve(const Step& step, const Weights& weights, const float* in, float* out, float* patch) {
    const auto inputs = static_cast<std::size_t>(step.windowX) * static_cast<std::size_t>(step.windowY) *
                        static_cast<std::size_t>(step.from[3]);
    const int width = step.to[2], all = step.to[1] * width;
    const bool isPointwise = step.windowX * step.windowY * step.strideX * step.strideY == 1;
    const auto place = [&](int pixel, int slot) -> const float* {
        if (isPointwise) return in + static_cast<std::size_t>(pixel) * inputs;
        float* const seen = patch + static_cast<std::size_t>(slot) * inputs;
        look(step, in, pixel % width, pixel / width, seen);
        return seen;
    };
    int pixel = 0;
    for (; pixel + patchPixels <= all; pixel += patchPixels) {
        const float* const four[patchPixels] = {place(pixel, 0), place(pixel + 1, 1), place(pixel + 2, 2),
                                                place(pixel + 3, 3)};
        pixels<patchPixels>(step, weights, four, inputs,
                            out + static_cast<std::size_t>(pixel) * static_cast<std::size_t>(step.to[3]));
    }
    for (; pixel < all; ++pixel) {
        const float* const one[1] = {place(pixel, 0)};
        pixels<1>(step, weights, one, inputs,
                  out + static_cast<std::size_t>(pixel) * static_cast<std::size_t>(step.to[3]));
    }
}

void convolveDepthwise(const Step& step, const Weights& weights, const float* in, float* out) {
    const int height = step.from[1], width = step.from[2], channels = step.from[3];
    const auto stride = static_cast<std::size_t>(channels);
    for (int y = 0; y < step.to[1]; ++y) {
        const int top = y * step.strideY - step.above;
        const int firstRow = std::max(top, 0), endRow = std::min(top + step.windowY, height);
        for (int x = 0; x < step.to[2]; ++x, out += channels) {
            const int left = x * step.strideX - step.left;
            const int first = std::max(left, 0), end = std::min(left + step.windowX, width);
            const auto each = [&](int c, auto sum, const auto& read, const auto& write) {
                for (int r = firstRow; r < endRow; ++r) {
                    const float* from = in +
                                        (static_cast<std::size_t>(r) * static_cast<std::size_t>(width) +
                                         static_cast<std::size_t>(first)) *
                                            stride +
                                        c;
                    const float* factor = weights.factors.data() +
                                          static_cast<std::size_t>((r - top) * step.windowX + first - left) * stride +
                                          c;
                    for (int i = first; i < end; ++i, from += stride, factor += stride)
                        sum += read(from) * read(factor);
                }
                write(sum, out + c);
            };
            int c = 0;
            for (; c + vectorLanes <= channels; c += vectorLanes)
                each(c, load(weights.biases.data() + c), load,
                     [&](Vector v, float* to) { store(step.hasRelu ? cut(v) : v, to); });
            for (; c < channels; ++c)
                each(
                    c, weights.biases[static_cast<std::size_t>(c)], [](const float* from) { return *from; },
                    [&](float v, float* to) { *to = step.hasRelu && !(v > 0) ? 0.0F : v; });
        }
    }
}

}  // namespace contone::vision::kernels
