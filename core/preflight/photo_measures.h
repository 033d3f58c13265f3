// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoMeasures: what was measured of a photo's pixels, once, so that all checks of all its prints come from there.
#pragma once

#include <optional>

#include "core/image/photo_source.h"
#include "core/preflight/detail_measures.h"
#include "core/render/pipeline.h"
#include "core/vision/face.h"

namespace contone::preflight {

/// The long side, pixels, of PhotoMeasures::small.
constexpr int smallSide = 256;
/// More colours are not counted.
constexpr int mostColours = 5000;

/// A value, about 0.3 MB. It does not depend on a product, a crop or a paper.
struct PhotoMeasures {
    DetailMeasures detail;        ///< of the sharpest of up to 3 x 3 parts: a background out of focus is no fault
    double blockLevels = 0;       ///< of all these parts, as blockLevelsOf()
    double flatBlockPercent = 0;  ///< 0…100: blocks of 8 x 8 pixels that are of one colour, exactly
    int colours = 0;              ///< different colours among the pixels that were looked at, at most mostColours
    std::uint64_t likeness = 0;   ///< perceptual hash: few bits differ between versions of one picture
    image::Picture small;         ///< the upright photo in its own colours, 16 bits, averages of what was looked at
    std::vector<std::uint8_t> clipped;  ///< of each pixel of `small`: share, 0…255, with no detail left in two channels
    std::optional<std::vector<vision::Face>> faces;  ///< empty: nobody looked for them
    bool operator==(const PhotoMeasures&) const = default;
};

/// Reads the photo to its end, in one pass; holds up to nine crops of 384 pixels of it. `source` is at its first row
/// and was opened without a reduction. Faces are left to whoever has a decode::Decoder. Fails: as PhotoSource::read;
/// Unsupported "profile-no-input".
Result<PhotoMeasures> measurePhoto(image::PhotoSource& source);

/// A part of `small` in linear working RGB, at least a pixel. Fails: Unsupported "profile-no-input".
Result<render::WorkingPicture> workingOf(const PhotoMeasures& measures, const image::SourceColour& colour,
                                         const image::Crop& shown = {});
/// The pixels of `small` that lie in a part of the photo, at least one.
image::PixelRect pixelsOf(image::PixelSize small, const image::Crop& shown);

}  // namespace contone::preflight
