// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From the raster back through the frame to the photo.
#include "core/preflight/trim_on_photo_p.h"

#include <algorithm>

namespace contone::preflight {
namespace {

image::Crop onPhoto(const print::RealRect& rect, const render::Frame& frame) {
    const double x = (rect.x - frame.box.x) / frame.box.width, y = (rect.y - frame.box.y) / frame.box.height;
    const double width = rect.width / frame.box.width, height = rect.height / frame.box.height;
    const image::OrientationParts back = image::parts(image::inverse(frame.turn));
    image::Crop there = back.swap ? image::Crop{y, x, height, width} : image::Crop{x, y, width, height};
    if (back.flipX) there.left = 1 - there.left - there.width;
    if (back.flipY) there.top = 1 - there.top - there.height;
    const image::Crop& crop = frame.crop;
    return {crop.left + there.left * crop.width, crop.top + there.top * crop.height, there.width * crop.width,
            there.height * crop.height};
}

bool holds(const print::RealRect& rect, double x, double y) {
    return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}

}  // namespace

TrimOnPhoto trimOnPhoto(const print::PagePlan& plan, const render::Frame& frame) {
    const double x = frame.box.x + frame.box.width / 2.0, y = frame.box.y + frame.box.height / 2.0;
    if (plan.pieces.empty()) return {frame.crop, frame.crop};
    const auto held = std::ranges::find_if(plan.pieces, [&](const print::PiecePlan& p) { return holds(p.trim, x, y); });
    const print::PiecePlan& piece = held == plan.pieces.end() ? plan.pieces.front() : *held;
    return {onPhoto(piece.trim, frame), onPhoto(piece.safe, frame)};
}

}  // namespace contone::preflight
