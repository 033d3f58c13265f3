// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// findRedEyes: which eyes of a photo are red from the flash.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/render/pipeline.h"

namespace contone::render {

/// Where the eyes of a face are, as fractions of the upright photo.
struct EyePlaces {
    struct Place {
        double u = 0, v = 0;
    };
    std::array<Place, 2> eyes;
};

/// The long side, pixels, of the picture in which eyes are looked at.
constexpr int eyePictureSide = 2048;

/// In a disc of 0.18 of the distance of the eyes about each: one blob of red (adjustments/redness.h), as round as a
/// pupil (0.6 of its circle), of 0.3 to 15 % of the disc, which it does not leave. Both eyes must be red: a false alarm
/// makes an eye gray that was not (F. Volken, J. Terrier, P. Vandewalle, "Automatic red-eye removal based on sclera and
/// skin tone detection", CGIV 2006). `photo`: all of it, unadjusted.
std::vector<image::RedEye> findRedEyes(const WorkingPicture& photo, std::span<const EyePlaces> faces);

}  // namespace contone::render
