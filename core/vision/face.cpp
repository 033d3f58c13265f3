// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a face can be.
#include "core/vision/face.h"

namespace contone::vision {
namespace {

bool isFraction(double value) {
    return value >= 0 && value <= 1;
}

}  // namespace

bool isPossible(const Face& face) {
    const image::Crop& box = face.box;
    bool isInside = isFraction(box.left) && isFraction(box.top) && box.width > 0 && box.height > 0 &&
                    box.left + box.width <= 1 && box.top + box.height <= 1 && isFraction(face.score);
    for (const Point& point : face.points) isInside = isInside && isFraction(point.u) && isFraction(point.v);
    return isInside;
}

}  // namespace contone::vision
