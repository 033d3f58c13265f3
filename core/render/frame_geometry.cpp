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
    g.stored = {left, top, width, height};
    g.toUpright = photo.orientation;
    const double across = extent(stored.width, delivered.width), down = extent(stored.height, delivered.height);
    g.x = left * across;
    g.y = top * down;
    g.width = width * across;
    g.height = height * down;
    g.size = image::oriented({frame.box.width, frame.box.height}, g.toPage);
    return g;
}

PhotoLine photoLine(const FrameGeometry& g, int y) {
    const auto p = image::parts(g.toUpright);
    // In the photo as it is stored, a row runs to the right.
    PhotoLine line{g.stored.left + g.stored.width * 0.5 / g.size.width,
                   g.stored.top + g.stored.height * (y + 0.5) / g.size.height, g.stored.width / g.size.width, 0};
    if (p.swap) {
        std::swap(line.u, line.v);
        std::swap(line.stepU, line.stepV);
    }
    if (p.flipX) line = {1 - line.u, line.v, -line.stepU, line.stepV};
    if (p.flipY) line = {line.u, 1 - line.v, line.stepU, -line.stepV};
    return line;
}

}  // namespace contone::render
