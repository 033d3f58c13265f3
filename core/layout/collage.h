// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// makeCollage: photos of any shapes fill a page with even gaps, and little of them is cut off.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/image/crop.h"
#include "core/layout/box.h"

namespace contone::layout {

struct CollagePhoto {
    int width = 0, height = 0;       ///< upright, in pixels or any other unit; 1:50 to 50:1
    double weight = 1;               ///< 0.1 … 10: how large it should be against the others, by area
    std::vector<image::Crop> faces;  ///< from the brows to the chin, as fractions of the photo
};

struct CollagePage {
    PaperSize size;  ///< 10 mm … 5 m a side
    Length gap;      ///< between photos, 0 or more
    Length border;   ///< round all of them, 0 or more
    bool operator==(const CollagePage&) const = default;
};

/// How long to search. The same numbers give the same collage on every machine; a clock is never looked at.
struct CollageEffort {
    std::uint64_t seed = 1;   ///< another seed is another collage
    int iterations = 24'000;  ///< 0 … 10 million
    bool operator==(const CollageEffort&) const = default;
};

struct CollagePlace {
    Box box;           ///< on the page
    image::Crop crop;  ///< what is shown of the photo, of the box's shape
    int cutFaces = 0;
    bool operator==(const CollagePlace&) const = default;
};

struct Collage {
    std::vector<CollagePlace> places;  ///< one a photo, in the order of the photos
    double meanCropped = 0;            ///< 0…1: how much of a photo is cut off, in the mean
    double worstCropped = 0;           ///< of the photo that loses most
    /// 0…1: the smallest photo's area by the largest's, each by its weight.
    double evenness = 0;
    int cutFaces = 0;
    bool operator==(const Collage&) const = default;
};

constexpr std::size_t mostCollagePhotos = 100;
/// No photo of a collage is narrower.
constexpr Length narrowestCollagePhoto = millimetres(3);

/// Cuts the page in two, and each part again, until each photo has its part: a binary tree. Were nothing cut off, the
/// width of a part would be a · height + b with a and b from its photos' shapes and the gaps in it, so that the tree is
/// solved from its leaves up; what is left over is shared out from the root down, in whole micrometres. So gaps are
/// exact and the page is full. A search by threshold accepting (G. Dueck, T. Scheuer, J. Comput. Phys. 90, 1990)
/// exchanges photos, turns cuts and moves photos, and weighs what is cut off, sizes against weights, and cut faces.
/// Blocks: 9 photos take about 20 ms. Thread-safe.
/// Fails: Invalid "collage-photos" (none, more than 100, an impossible shape or weight), "collage-page" (an impossible
/// size), "collage-iterations", "collage-too-tight" (a photo would be narrower than 3 mm); Cancelled "cancelled".
Result<Collage> makeCollage(const std::vector<CollagePhoto>& photos, const CollagePage& page,
                            const CollageEffort& effort = {}, const CancelToken& cancel = {});

}  // namespace contone::layout
