// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Area: what a designed page has besides photos: backgrounds, panels, text.
#pragma once

#include <optional>

#include "core/base/sha256.h"
#include "core/image/appearance.h"
#include "core/image/pixels.h"

namespace contone::render {

using image::Paint;   ///< its angle on the raster
using image::Shadow;  ///< moved on the raster
using image::Shape;

/// A painted part of the page: a background, a panel behind text, a line, text. Never sharpened. Its colours are
/// converted as a photo in sRGB would be, with the page's intent.
struct Area {
    image::PixelRect box;  ///< device pixels; inside the page
    Paint paint;
    Shape shape;
    int opacityPermille = 1000;     ///< 0…1000; mixed in linear light
    std::optional<Sha256> stencil;  ///< an image::Stencil as large as the box; its own colours come before the paint
    std::optional<Shadow> shadow;
    bool operator==(const Area&) const = default;
};

}  // namespace contone::render
