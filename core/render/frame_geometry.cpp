// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Undoes the orientation of a crop.
#include "core/render/frame_geometry.h"

#include <utility>

namespace contone::render {

namespace {

/// How long the whole photo is in delivered pixels: 203 pixels at half size are 102, the last of them half empty.
double extent(int stored, int delivered) {
    if (delivered < 1) return stored;
    const int factor = (stored + delivered / 2) / delivered;
    return factor > 1 && (stored + factor - 1) / factor == delivered ? static_cast<double>(stored) / factor : delivered;
}

}  // namespace

FrameGeometry frameGeometry(const Frame& frame, const RecipePhoto& photo, image::PixelSize stored,
                            image::PixelSize delivered) {
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
    const double across = extent(stored.width, delivered.width), down = extent(stored.height, delivered.height);
    g.x = left * across;
    g.y = top * down;
    g.width = width * across;
    g.height = height * down;
    g.size = image::oriented({frame.box.width, frame.box.height}, g.toPage);
    return g;
}

}  // namespace contone::render
