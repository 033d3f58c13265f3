// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Edges and blur by direction; the spectrum is in roll_off_p.cpp, blocks are in block_levels.cpp.
#include "core/preflight/detail_measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "core/preflight/roll_off_p.h"

namespace contone::preflight {
namespace {

constexpr int reach = 9;           ///< pixels on either side of an edge that are looked at
constexpr int leastSteepness = 8;  ///< levels between pixels two apart: below it is haze or noise
constexpr int leastHeight = 20;    ///< levels: what counts as an edge for overshoot
constexpr std::size_t fewestSteps = 20;

/// The differences along both axes at a pixel, two pixels apart.
struct Steps {
    int across, down;
    int most() const { return std::max(std::abs(across), std::abs(down)); }
};
Steps stepsAt(const std::uint8_t* p, int width) {
    return {p[1] - p[-1], p[width] - p[-width]};
}

int steepnessBy(const LumaCrop& crop, int everyRow) {
    std::array<int, 256> histogram{};
    int all = 0;
    for (int y = reach; y < crop.height - reach; y += everyRow) {
        const std::uint8_t* row = crop.row(y);
        for (int x = reach; x < crop.width - reach; x++)
            histogram[static_cast<std::size_t>(stepsAt(row + x, crop.width).most())]++;
        all += std::max(0, crop.width - 2 * reach);
    }
    int level = 255;
    for (int left = all / 200; level > 0; level--)
        if ((left -= histogram[static_cast<std::size_t>(level)]) < 0) break;
    return level;
}

double middleOf(std::vector<double>& values, double part) {
    if (values.empty()) return 0;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, at);
    return *at;
}

/// The pixels at one end of a profile across an edge.
struct End {
    double mean;
    int spread;
};
End endOf(const std::uint8_t* at, std::ptrdiff_t step) {
    constexpr int from = 6;
    int sum = 0, least = 255, most = 0;
    for (int i = from; i <= reach; i++) {
        const int luma = at[step * i];
        sum += luma;
        least = std::min(least, luma);
        most = std::max(most, luma);
    }
    return {static_cast<double>(sum) / (reach - from + 1), most - least};
}

/// How far the profile goes beyond its two ends, as a part of the height between them; `step` leads to the bright side.
/// Only of steps between even areas: hair and leaves go up and down anyway.
void addOvershoot(const std::uint8_t* at, std::ptrdiff_t step, std::vector<double>& to) {
    const auto [bright, brightSpread] = endOf(at, step);
    const auto [dark, darkSpread] = endOf(at, -step);
    if (bright - dark < leastHeight || std::max(brightSpread, darkSpread) * 4 > bright - dark) return;
    int peak = 0, trough = 255;
    for (int i = 1; i <= 5; i++) {
        peak = std::max<int>(peak, at[step * i]);
        trough = std::min<int>(trough, at[-step * i]);
    }
    to.push_back((peak - bright + dark - trough) / 2 / (bright - dark));
}

void measureEdges(const LumaCrop& crop, int steepness, DetailMeasures& to) {
    std::vector<double> widths, overshoots;
    for (int y = reach; y < crop.height - reach; y++) {
        const std::uint8_t* row = crop.row(y);
        for (int x = reach; x < crop.width - reach; x++) {
            const Steps steps = stepsAt(row + x, crop.width);
            if (steps.most() < steepness) continue;
            const bool isAcross = std::abs(steps.across) >= std::abs(steps.down);
            const std::ptrdiff_t step = isAcross ? 1 : crop.width;
            int least = 255, most = 0;
            for (int i = -reach; i <= reach; i++) {
                least = std::min<int>(least, row[x + step * i]);
                most = std::max<int>(most, row[x + step * i]);
            }
            widths.push_back(2.0 * (most - least) / steps.most());
            addOvershoot(row + x, (isAcross ? steps.across : steps.down) > 0 ? step : -step, overshoots);
        }
    }
    to.edgePx = middleOf(widths, 0.2);
    if (overshoots.size() >= fewestSteps) to.overshoot = middleOf(overshoots, 0.5);
}

/// Crete, Dolmiere, Ladret, Nicolas 2007: 1 less the share of the differences between neighbours that a mean of nine
/// takes away. The mean's difference is that of the two pixels that enter and leave it.
double blurAlong(const LumaCrop& crop, std::ptrdiff_t step) {
    std::int64_t differences = 0, taken = 0;
    for (int y = 5; y < crop.height - 5; y++) {
        const std::uint8_t* row = crop.row(y);
        int rowDifferences = 0, rowTaken = 0;
        for (int x = 5; x < crop.width - 5; x++) {
            const std::uint8_t* p = row + x;
            const int own = 9 * std::abs(p[0] - p[-step]), blurred = std::abs(p[4 * step] - p[-5 * step]);
            rowDifferences += own;
            rowTaken += std::max(0, own - blurred);
        }
        differences += rowDifferences;
        taken += rowTaken;
    }
    return differences == 0 ? 0 : 1 - static_cast<double>(taken) / static_cast<double>(differences);
}

}  // namespace

int steepnessOf(const LumaCrop& crop) {
    return steepnessBy(crop, 2);
}

DetailMeasures detailOf(const LumaCrop& crop) {
    DetailMeasures measured;
    if (crop.width < smallestCrop || crop.height < smallestCrop) return measured;
    const int steepness = steepnessBy(crop, 1);
    if (steepness < leastSteepness) return measured;
    measureEdges(crop, steepness, measured);
    const double across = blurAlong(crop, 1), down = blurAlong(crop, crop.width),
                 falling = blurAlong(crop, crop.width + 1), rising = blurAlong(crop, crop.width - 1);
    measured.blur = std::max({across, down, falling, rising});
    measured.directional = std::max(std::abs(across - down), std::abs(falling - rising));
    measured.rollOffDb = rollOffOf(crop);
    return measured;
}

}  // namespace contone::preflight
