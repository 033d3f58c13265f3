// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Whether a small picture inside a photo shows the photo: both are compared at a size at which a camera's own
// processing (sharpening, contrast, colour) hardly counts, but a turn, another crop or lost colour does.
#pragma once

#include "core/image/pixels.h"

namespace contone::decode {

/// Pixels on the long side at which pictures are compared.
constexpr int comparedSide = 32;

/// In steps of 8-bit sRGB.
struct PictureDifference {
    double contrast = 0;  ///< standard deviation of the photo's luma
    double likeness = 1;  ///< correlation of both lumas, -1…1; 1 where neither has contrast
    double residue = 0;   ///< mean difference of luma after brightness and contrast were made equal
    double colour = 0;    ///< mean distance of both in chroma (Cb, Cr of BT.601)
    double better = -1;   ///< the best correlation of the small picture turned or mirrored
};
/// Both upright, Rgb, 8 bit, at least 1 x 1; shapes that are nearly the same.
PictureDifference differenceOf(const image::Picture& photo, const image::Picture& small);

/// Within what honest cameras differ by (docs/formats.md has the figures).
bool showsThePhoto(const PictureDifference& difference);

}  // namespace contone::decode
