// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Outlines, paints and shadows: how a frame or an area of a page looks, in sizes on paper.
#pragma once

#include <optional>

#include "core/base/srgb.h"

namespace contone::image {

/// The outline of a frame or an area within its box.
struct Shape {
    enum class Kind { Rectangle, Rounded, Ellipse };
    static constexpr int maxRadiusUm = 1'000'000;
    Kind kind = Kind::Rectangle;
    int radiusUm = 0;  ///< of rounded corners, micrometres, 0…maxRadiusUm; half the shorter side is the most
    bool operator==(const Shape&) const = default;
};

/// A colour, or a change from one to another along a straight line, mixed in sRGB as design programs do.
struct Paint {
    Srgb colour;
    std::optional<Srgb> to;  ///< none: `colour` everywhere
    int angle = 0;           ///< degrees, 0…359: 0 to the right, 90 down
    bool operator==(const Paint&) const = default;
};

/// Falls upon what lies below a frame or an area.
struct Shadow {
    static constexpr int maxUm = 100'000;
    Srgb colour;
    int opacityPermille = 350;
    int blurUm = 2000;                 ///< over how much paper its edge fades, 0…maxUm
    int rightUm = 500, downUm = 1000;  ///< how far it is moved, -maxUm…maxUm
    bool operator==(const Shadow&) const = default;
};

constexpr int opaque = 1000;  ///< permille

}  // namespace contone::image
