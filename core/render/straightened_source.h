// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Straightening: a photo that is turned by some degrees, as a photo of its own: what is left of it in its own shape.
#pragma once

#include <memory>

#include "core/image/photo_source.h"
#include "core/image/photo_turn.h"

namespace contone::render {

class StraightenedPhoto : public image::PhotoSource {
  public:
    /// Before the first read: nothing but this part of the straightened photo is looked at; what is outside is not
    /// made, and its samples are anything.
    virtual void needOnly(const image::PixelRect& part) = 0;
};

/// The rows of the straightened photo, of the same kind of samples; its facts say its own sizes. `hundredths`: not 0,
/// within PhotoTurn::most, clockwise *in the stored photo*: of the upright one when its orientation does not mirror it,
/// else the other way round. Three shears of Lanczos3 (A. Paeth, A Fast Algorithm for General Raster Rotation, Graphics
/// Interface 1986), each rounded to 16 bits. Keeps some rows of the photo: width × sin(angle) of them.
std::unique_ptr<StraightenedPhoto> straightened(std::unique_ptr<image::PhotoSource> photo, int hundredths);

}  // namespace contone::render
