// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Differences of neighbours, sorted by where they lie in a block.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/preflight/detail_measures.h"

namespace contone::preflight {
namespace {

constexpr int block = 8;
constexpr int mostSeam = 12;  ///< levels: what is more is an edge of the picture

struct Phases {
    std::array<std::int64_t, block> sums{}, counts{};
    void add(std::size_t phase, int sum, int count) {
        sums[phase] += sum;
        counts[phase] += count;
    }
    /// Of the strongest phase over the mean of the others.
    double excess() const {
        double all = 0, most = 0;
        for (std::size_t i = 0; i < block; i++) {
            const double mean = counts[i] == 0 ? 0 : static_cast<double>(sums[i]) / static_cast<double>(counts[i]);
            all += mean;
            most = std::max(most, mean);
        }
        return most - (all - most) / (block - 1);
    }
};

void addRow(const std::uint8_t* row, int width, Phases& to) {
    std::array<int, block> sum{}, count{};
    for (int x = block; x + block <= width; x += block)
        for (std::size_t i = 0; i < block; i++) {
            const std::uint8_t* p = row + x + i;
            const int difference = std::abs(p[0] - p[-1]);
            const bool isSeam = difference <= mostSeam;
            sum[i] += isSeam ? difference : 0;
            count[i] += isSeam ? 1 : 0;
        }
    for (std::size_t i = 0; i < block; i++) to.add(i, sum[i], count[i]);
}

void addBetween(const std::uint8_t* above, const std::uint8_t* row, int width, int y, Phases& to) {
    int sum = 0, count = 0;
    for (int x = 0; x < width; x++) {
        const int difference = std::abs(row[x] - above[x]);
        const bool isSeam = difference <= mostSeam;
        sum += isSeam ? difference : 0;
        count += isSeam ? 1 : 0;
    }
    to.add(static_cast<std::size_t>(y % block), sum, count);
}

}  // namespace

double blockLevelsOf(std::span<const LumaCrop* const> crops) {
    Phases across, down;
    for (const LumaCrop* crop : crops) {
        for (int y = 0; y < crop->height; y += 4) addRow(crop->row(y), crop->width, across);
        // Whole rows of blocks, one of two.
        for (int y = 1; y < crop->height; y++)
            if (y / block % 2 == 0) addBetween(crop->row(y - 1), crop->row(y), crop->width, y, down);
    }
    return (across.excess() + down.excess()) / 2;
}

}  // namespace contone::preflight
