// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Face: where a face is on a photo, and how sure that is. Everybody may know this; looking for faces
// (core/vision/finder) is for decoder children alone.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/image/crop.h"

namespace contone::vision {

/// A place on the upright photo as fractions of its width and height, 0…1.
struct Point {
    double u = 0, v = 0;
    bool operator==(const Point&) const = default;
};

/// The points of a face, in the order in which Face holds them. Left and right are the person's own.
enum class FacePoint { RightEye, LeftEye, Nose, Mouth, RightEar, LeftEar };
constexpr int facePointCount = 6;

/// All numbers are whole multiples of 1/65,536, so that they are the same in every process that hears of them.
struct Face {
    image::Crop box;                           ///< from the brows to the chin, of the upright photo, cut at its edges
    std::array<Point, facePointCount> points;  ///< those outside the photo lie on its edge
    double score = 0;                          ///< 0…1
    const Point& at(FacePoint point) const { return points[static_cast<std::size_t>(point)]; }
    bool operator==(const Face&) const = default;
};

/// Every number is in its range. What a child says of faces is believed no further.
bool isPossible(const Face& face);

/// Sure enough to keep a face inside a crop, where a false alarm costs little: 11 in 500 pictures.
constexpr double scoreForCrop = 0.5;
/// Sure enough to say something of a face to a person: 2 false alarms in 500 pictures.
constexpr double scoreForFinding = 0.6;
/// No more are told of one photo; the largest are.
constexpr int mostFaces = 100;

/// The long side, pixels, of the small picture in which faces are looked for: the scores above were measured on it.
constexpr int pictureSide = 640;

/// Quarter: of a photo that does not say how it lies. When no face is sure enough for a finding, it is looked at turned
/// as well: faces are known up to about 45 degrees from upright, and seldom when they lie on their side.
enum class Turns { None, Quarter };

}  // namespace contone::vision
