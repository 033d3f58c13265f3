// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The oracle, written for reading: every output sample is a double sum over the photo.
#include "tests/core/render/reference.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace contone::render::testing {
namespace {

double kernel(double x) {
    const double p = std::numbers::pi * x;
    return std::fabs(x) >= 3 ? 0 : std::fabs(x) < 1e-12 ? 1 : 3 * std::sin(p) * std::sin(p / 3) / (p * p);
}

std::vector<double> resampleLines(const std::vector<double>& in, int count, int length, std::size_t step,
                                  std::size_t lineStep, int channels, double origin, double extent, int out,
                                  std::size_t outStep, std::size_t outLineStep, std::size_t outSize) {
    std::vector<double> result(outSize);
    const double scale = extent / out, stretch = std::max(1.0, scale);
    for (int o = 0; o < out; o++) {
        const double centre = origin + (o + 0.5) * scale;
        const int from = std::max(0, static_cast<int>(std::floor(centre - 3 * stretch)) - 1);
        const int to = std::min(length - 1, static_cast<int>(std::ceil(centre + 3 * stretch)) + 1);
        double total = 0;
        for (int i = from; i <= to; i++) total += kernel((i + 0.5 - centre) / stretch);
        for (int line = 0; line < count; line++)
            for (int c = 0; c < channels; c++) {
                double sum = 0;
                for (int i = from; i <= to; i++)
                    sum += in[static_cast<std::size_t>(line) * lineStep + static_cast<std::size_t>(i) * step +
                              static_cast<std::size_t>(c)] *
                           kernel((i + 0.5 - centre) / stretch);
                result[static_cast<std::size_t>(line) * outLineStep + static_cast<std::size_t>(o) * outStep +
                       static_cast<std::size_t>(c)] = sum / total;
            }
    }
    return result;
}

}  // namespace

std::vector<double> referenceResample(const std::vector<double>& in, int width, int height, int channels,
                                      const Crop& crop, int outWidth, int outHeight) {
    const auto c = static_cast<std::size_t>(channels), w = static_cast<std::size_t>(width),
               ow = static_cast<std::size_t>(outWidth);
    const std::vector<double> across =
        resampleLines(in, height, width, c, w * c, channels, crop.left * width, crop.width * width, outWidth, c, ow * c,
                      ow * static_cast<std::size_t>(height) * c);
    return resampleLines(across, outWidth, height, ow * c, c, channels, crop.top * height, crop.height * height,
                         outHeight, ow * c, c, ow * static_cast<std::size_t>(outHeight) * c);
}

}  // namespace contone::render::testing
