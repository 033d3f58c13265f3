// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Whether a preview shows the whole photo, and cutting off the black bars that made it fit another shape.
#pragma once

#include <optional>

#include "core/image/pixels.h"

namespace contone::image {

/// The part of `preview` (8 bit) that has the shape of `photo`: all of it when they agree within 1.5 pixels or 1.5 %,
/// else what lies between two equal dark bars; nothing when there are no such bars.
std::optional<Picture> shapedLike(Picture preview, PixelSize photo);

}  // namespace contone::image
