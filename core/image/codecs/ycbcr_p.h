// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// YCbCr pictures of video codecs to RGB, in integer arithmetic.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace contone::image {

/// How RGB was coded: ITU-T H.273 MatrixCoefficients (8.3), VideoFullRangeFlag, and ColourPrimaries for matrix 12.
struct YCbCrCoding {
    int matrix = 2;  ///< 2, and whatever is not known here: as 6 (BT.601), which is what MIAF assumes
    bool isFullRange = true;
    int primaries = 2;
};

/// Never owns. Samples of 8 bits are bytes, deeper ones native 16-bit words. Strides in bytes.
struct YCbCrPlanes {
    std::array<const std::uint8_t*, 3> data{};
    std::array<std::ptrdiff_t, 3> stride{};
    int width = 0, height = 0;                       ///< of luma; chroma is rounded up
    bool isHalfWidth = false, isHalfHeight = false;  ///< chroma: 4:2:0 is both, 4:2:2 the first
    int bits = 8;                                    ///< 8…16
};
/// As many bits a sample as the source.
struct RgbPlanes {
    std::array<std::uint8_t*, 3> data{};
    std::array<std::ptrdiff_t, 3> stride{};
};

/// Full-range R'G'B', the correctly rounded value of the exact formula except for ties (error of the coefficients below
/// 0.05 of a level at 8 bits). Chroma is interpolated linearly, each sample in the middle of its pixels (9:3:3:1, as
/// libjpeg's fancy upsampling), its border repeated. Matrices: 0 (GBR; 4:4:4 only, else as 6), 1, 4…9, 12; 10 as 9.
void toRgb(const YCbCrPlanes& from, const YCbCrCoding& coding, const RgbPlanes& to);

}  // namespace contone::image
