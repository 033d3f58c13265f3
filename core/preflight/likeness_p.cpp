// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A cosine transform of 32 x 32 lumas, of which 8 x 8 are needed.
#include "core/preflight/likeness_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace contone::preflight {
namespace {

constexpr std::size_t side = 32, low = 8;

double lumaAt(const image::Picture& picture, int x, int y) {
    const int channels = image::count(picture.format.channels);
    const auto* p = picture.strip().row<std::uint16_t>(y) + std::ptrdiff_t{x} * channels;
    return channels < 3 ? p[0] : 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}

/// The mean of the pixels that lie in a cell; a picture smaller than the square has one pixel in several cells.
double meanIn(const image::Picture& picture, std::size_t column, std::size_t row) {
    const auto from = [](int pixels, std::size_t i) {
        return static_cast<int>(i * static_cast<std::size_t>(pixels) / side);
    };
    const int x0 = from(picture.size.width, column), x1 = std::max(x0 + 1, from(picture.size.width, column + 1));
    const int y0 = from(picture.size.height, row), y1 = std::max(y0 + 1, from(picture.size.height, row + 1));
    double sum = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) sum += lumaAt(picture, x, y);
    return sum / ((x1 - x0) * (y1 - y0));
}

}  // namespace

std::uint64_t likenessOf(const image::Picture& picture) {
    std::array<std::array<double, side>, low> waves{};
    for (std::size_t k = 0; k < low; k++)
        for (std::size_t i = 0; i < side; i++)
            waves[k][i] = std::cos(std::numbers::pi / side * (static_cast<double>(i) + 0.5) * static_cast<double>(k));
    std::array<std::array<double, low>, side> rows{};
    for (std::size_t y = 0; y < side; y++)
        for (std::size_t x = 0; x < side; x++) {
            const double luma = meanIn(picture, x, y);
            for (std::size_t k = 0; k < low; k++) rows[y][k] += waves[k][x] * luma;
        }
    std::array<double, low * low> cosines{};
    for (std::size_t v = 0; v < low; v++)
        for (std::size_t u = 0; u < low; u++)
            for (std::size_t y = 0; y < side; y++) cosines[v * low + u] += waves[v][y] * rows[y][u];
    std::array<double, low * low> sorted = cosines;
    std::ranges::nth_element(sorted, sorted.begin() + low * low / 2);
    const double median = sorted[low * low / 2];
    std::uint64_t hash = 0;
    for (const double one : cosines) hash = hash << 1 | (one > median ? 1U : 0U);
    return hash;
}

}  // namespace contone::preflight
