// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// detailOf: how sharp and how strongly sharpened a part of a photo is; blockLevelsOf: whether JPEG's blocks show. Pure
// functions.
//
// Definitions and typical figures are in docs/decisions/0064-photo-measures.md. All of it is measured at the photo's
// own size, in its encoded luma.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace contone::preflight {

/// A small part of a photo, encoded luma 0…255, rows packed.
struct LumaCrop {
    int width = 0, height = 0;
    std::vector<std::uint8_t> luma;
    const std::uint8_t* row(int y) const { return luma.data() + static_cast<std::ptrdiff_t>(y) * width; }
};

struct DetailMeasures {
    double edgePx = 0;       ///< width of its steepest edges in pixels, 2 and more; 0: no edges to judge by (sky, fog)
    double blur = 0;         ///< 0…1: what of its fine differences a blur would leave (Crete 2007), the worst direction
    double directional = 0;  ///< 0…1: by how much a direction exceeds the one across it: shake
    double rollOffDb = 0;    ///< power at 0.08…0.16 over that at 0.33…0.48 cycles a pixel; high: enlarged, or soft
    double overshoot = 0;    ///< of edges between even areas, as a part of their height; below 0: they end gently
    bool operator==(const DetailMeasures&) const = default;
};

/// Narrower or lower crops have nothing to judge by.
constexpr int smallestCrop = 80;

/// The steepest half per cent of its differences between pixels two apart, in levels: a cheap hint of how sharp it is.
int steepnessOf(const LumaCrop& crop);
/// A crop that is smaller than smallestCrop, or flat, gives zeros.
DetailMeasures detailOf(const LumaCrop& crop);

/// Levels by which the edges of 8 x 8 blocks stand out in all of these crops together: the difference of neighbours on
/// the strongest of 8 phases over that on the others, the mean of both axes. Differences that are too large for a seam
/// are left out. The crops lie at multiples of 8 pixels of one photo.
double blockLevelsOf(std::span<const LumaCrop* const> crops);

}  // namespace contone::preflight
