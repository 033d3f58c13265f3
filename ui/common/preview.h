// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Previews: the plan of a page as a person looks at it: upright, and as large as the screen has room. Pure geometry.
#pragma once

#include "core/print/print_target.h"

namespace contone::ui {

/// The same page, turned so that the photo lies upright. Its turn is Upright.
print::PagePlan uprightPlan(const print::PagePlan& plan);
/// The same page on a raster that fits into `room`, never larger than the device's own and at least 1 × 1; pixels of
/// the result are square on the paper. Frames lie on whole pixels: they miss their place by at most half a pixel.
print::PagePlan scaledPlan(const print::PagePlan& plan, image::PixelSize room);
/// The same page on the screen: uprightPlan, scaledPlan, and a recipe that makes that.
print::PhotoPage scaledPage(const print::PhotoPage& page, image::PixelSize room);
/// Width by height, on paper, of what is left of one piece after trimming, as the photo lies (upright).
double uprightAspect(const print::PagePlan& plan);

}  // namespace contone::ui
