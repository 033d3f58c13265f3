// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Undoes the orientation of a crop.
#include "core/render/frame_geometry.h"

#include <utility>

namespace contone::render {

FrameGeometry frameGeometry(const Frame& frame, const RecipePhoto& photo, image::PixelSize stored) {
    const auto p = image::parts(photo.orientation);
    // Upright fractions; undo the flips of the upright picture, then the swap of axes.
    double left = frame.crop.left, top = frame.crop.top, width = frame.crop.width, height = frame.crop.height;
    if (p.flipX) left = 1 - left - width;
    if (p.flipY) top = 1 - top - height;
    if (p.swap) {
        std::swap(left, top);
        std::swap(width, height);
    }
    FrameGeometry g;
    g.toPage = image::then(photo.orientation, frame.turn);
    g.x = left * stored.width;
    g.y = top * stored.height;
    g.width = width * stored.width;
    g.height = height * stored.height;
    g.size = image::oriented({frame.box.width, frame.box.height}, g.toPage);
    return g;
}

}  // namespace contone::render
