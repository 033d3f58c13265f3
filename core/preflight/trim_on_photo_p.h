// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TrimOnPhoto: where the knife and the safe area lie on the photo.
#pragma once

#include "core/image/crop.h"
#include "core/print/page_plan.h"

namespace contone::preflight {

/// As fractions of the upright photo; beyond 0…1 where the paper shows more than the photo.
struct TrimOnPhoto {
    image::Crop trim, safe;
};
/// Of one frame and the piece that it lies on: the one that holds its middle, else the first.
TrimOnPhoto trimOnPhoto(const print::PagePlan& plan, const render::Frame& frame);

}  // namespace contone::preflight
