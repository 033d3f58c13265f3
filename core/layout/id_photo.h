// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// placeHead: which part of a photo becomes an ID photo, and the lines by which a person checks it.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "core/image/crop.h"
#include "core/image/pixels.h"
#include "core/layout/id_document.h"

namespace contone::layout {

/// A place on the upright photo as fractions of its width and height.
struct PhotoPoint {
    double u = 0, v = 0;
    bool operator==(const PhotoPoint&) const = default;
};

/// Where a head is. Eyes are found or tapped; crown and chin are estimated, then dragged by a person.
struct HeadMarks {
    PhotoPoint rightEye, leftEye;  ///< the person's own right and left
    double crown = 0, chin = 0;    ///< heights on the photo, 0 at its top
    bool operator==(const HeadMarks&) const = default;
};

/// The crown as far above the eyes as the chin is below: eyes lie at half the head. May lie above the photo.
HeadMarks estimateHead(PhotoPoint rightEye, PhotoPoint leftEye, double chin);

/// Lines on the print, from its upper edge; of `centre`, from its left one.
struct IdPhotoGuides {
    Length crown, eyeLine, chin;         ///< where they lie
    Length crownHighest, crownLowest;    ///< where the crown may lie above this chin
    std::optional<LengthRange> eyeBand;  ///< where the eyes may lie: low is the upper line
    Length centre;                       ///< the middle between the eyes
    bool operator==(const IdPhotoGuides&) const = default;
};

struct IdPhoto {
    image::Crop crop;  ///< of the upright photo, in the document's shape
    /// How far the photo should be turned clockwise to level the eyes, -45 … 45, in hundredths. A suggestion: the crop
    /// is of the photo as it is. Turn the photo, mark the head on it and ask again.
    double turnDegrees = 0;
    IdPhotoGuides guides;
    bool operator==(const IdPhoto&) const = default;
};

/// The head in the middle of the document's range, or as near to it as the photo's room allows; of the room that is
/// left, two fifths lie above the crown unless the eye line or the gap at the top asks for something else. Never
/// outside what the document says. Thread-safe. Fails: Invalid "id-photo-marks" (the marks are no head: crown, eyes and
/// chin do not follow each other, the eyes are one, or lie steeper than 45°), "id-photo-proportions" (eyes and head
/// cannot both lie where the document wants them), "id-photo-no-room" (the photo ends too near to the head; the
/// sentence says on which side).
Result<IdPhoto> placeHead(const IdDocument& document, image::PixelSize photo, const HeadMarks& marks);

}  // namespace contone::layout
