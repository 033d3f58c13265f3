// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a designed page has besides photos: outlines, paints, shadows, and areas of colour or text.
#pragma once

#include <optional>

#include "core/base/sha256.h"
#include "core/base/srgb.h"
#include "core/image/pixels.h"

namespace contone::render {

/// The outline of a frame or an area within its box.
struct Shape {
    enum class Kind { Rectangle, Rounded, Ellipse };
    static constexpr int maxRadiusUm = 1'000'000;
    Kind kind = Kind::Rectangle;
    int radiusUm = 0;  ///< of rounded corners, micrometres of paper, 0…maxRadiusUm; half the shorter side is the most
    bool operator==(const Shape&) const = default;
};

/// A colour, or a change from one to another along a straight line, mixed in sRGB as design programs do.
struct Paint {
    Srgb colour;
    std::optional<Srgb> to;  ///< none: `colour` everywhere
    int angle = 0;           ///< degrees, 0…359: 0 to the right of the raster, 90 down
    bool operator==(const Paint&) const = default;
};

/// Falls upon what lies below a frame or an area.
struct Shadow {
    static constexpr int maxUm = 100'000;
    Srgb colour;
    int opacityPermille = 350;
    int blurUm = 2000;                 ///< over how much paper its edge fades, 0…maxUm
    int rightUm = 500, downUm = 1000;  ///< how far it is moved on the raster, -maxUm…maxUm
    bool operator==(const Shadow&) const = default;
};

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
