// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where the crops lie, and their luma.
#include "core/preflight/crop_collector_p.h"

#include <algorithm>

namespace contone::preflight {
namespace {

constexpr int largestCrop = 384;
constexpr std::size_t lookedAtClosely = 3;

/// Encoded luma (ITU-R BT.601), 8 bits.
template <class Sample>
void takeLuma(const Sample* from, int channels, int pixels, std::uint8_t* to) {
    constexpr int shift = sizeof(Sample) == 1 ? 8 : 16;
    if (channels < 3) {
        for (int x = 0; x < pixels; x++) to[x] = static_cast<std::uint8_t>(from[x] >> (shift - 8));
        return;
    }
    for (int x = 0; x < pixels; x++) {
        const Sample* p = from + std::ptrdiff_t{3} * x;
        to[x] = static_cast<std::uint8_t>((77U * p[0] + 150U * p[1] + 29U * p[2]) >> shift);
    }
}

/// How many crops stand side by side on so many pixels: none smaller than a crop must be to be judged.
int cropsOn(int pixels) {
    return pixels >= 3 * 2 * smallestCrop ? 3 : 1;
}

/// In the middle of its part of the photo, at a multiple of 8: where JPEG's blocks begin.
int placeOf(int pixels, int i, int of, int size) {
    return (pixels * (2 * i + 1) / of - size) / 2 / 8 * 8;
}

}  // namespace

CropCollector::CropCollector(image::PixelSize photo, image::PixelFormat format) : m_format(format) {
    const int columns = cropsOn(photo.width), rows = cropsOn(photo.height);
    const int width = std::min(largestCrop, photo.width / columns), height = std::min(largestCrop, photo.height / rows);
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++) {
            Placed placed{placeOf(photo.width, column, columns, width),
                          placeOf(photo.height, row, rows, height),
                          {width, height, {}}};
            placed.crop.luma.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
            m_crops.push_back(std::move(placed));
        }
}

void CropCollector::add(const image::StripView& strip, int y) {
    const int channels = image::count(m_format.channels);
    for (Placed& placed : m_crops) {
        const int first = std::max(y, placed.y), end = std::min(y + strip.rows, placed.y + placed.crop.height);
        for (int at = first; at < end; at++) {
            std::uint8_t* to = placed.crop.luma.data() + static_cast<std::ptrdiff_t>(at - placed.y) * placed.crop.width;
            const std::ptrdiff_t from = std::ptrdiff_t{placed.x} * channels;
            if (m_format.depth == image::Depth::U8)
                takeLuma(strip.row<std::uint8_t>(at - y) + from, channels, placed.crop.width, to);
            else
                takeLuma(strip.row<std::uint16_t>(at - y) + from, channels, placed.crop.width, to);
        }
    }
}

double CropCollector::blockLevels() const {
    std::vector<const LumaCrop*> crops;
    for (const Placed& placed : m_crops) crops.push_back(&placed.crop);
    return blockLevelsOf(crops);
}

DetailMeasures CropCollector::sharpest() const {
    std::vector<std::pair<int, const LumaCrop*>> promising;
    for (const Placed& placed : m_crops) promising.emplace_back(steepnessOf(placed.crop), &placed.crop);
    std::ranges::stable_sort(promising, std::ranges::greater(), &std::pair<int, const LumaCrop*>::first);
    promising.resize(std::min(promising.size(), lookedAtClosely));
    DetailMeasures best;
    for (std::size_t i = 0; i < promising.size(); i++) {
        const DetailMeasures one = detailOf(*promising[i].second);
        const bool isSharper = one.edgePx > 0 && (best.edgePx == 0 || one.edgePx < best.edgePx);
        if (i == 0 || isSharper) best = one;
    }
    return best;
}

}  // namespace contone::preflight
