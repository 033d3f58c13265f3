// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Mask: the outline of a frame as a small picture of what is covered, for shapes that no formula has.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/image/photo_source.h"
#include "core/image/pixels.h"

namespace contone::image {

/// A value. Stretched over the box of what it outlines.
struct Mask {
    static constexpr int maxSide = 1024, longestSource = 8000;
    static constexpr std::size_t mostPacked = 300'000;
    PixelSize size;  ///< 1…maxSide
    Bytes packed;    ///< coverage 0…255, rows from the top, by PackBits (TIFF 6.0, section 9); 1…mostPacked bytes
    bool operator==(const Mask&) const = default;
};

/// Of size.width * size.height samples, however many: made smaller by whole factors until it is no larger than a mask
/// may be. `size`: 1…65,000 a side.
Mask maskOf(PixelSize size, std::span<const std::uint8_t> coverage);
/// Of a picture: what is black covers, what is white, or was see-through, does not. Reads `picture` to its end. Fails:
/// Invalid "mask-too-large" above longestSource pixels a side; as PhotoSource::read.
Result<Mask> readMask(PhotoSource& picture);
/// The samples. Fails: Corrupt "mask-damaged" when it is too large or does not have as many as its size says.
Result<std::vector<std::uint8_t>> coverageOf(const Mask& mask);

}  // namespace contone::image
