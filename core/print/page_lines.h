// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Page lines: show on a proof where the printer cuts: what is cut off is darkened, trim is a line, safe area is dashed.
#pragma once

#include "core/image/pixels.h"
#include "core/print/page_plan.h"

namespace contone::print {

/// Draws them upon a page as the printer gets it: RGB, 8 bits, `plan.raster` large. What the printer is sent but cannot
/// print becomes the neutral gray of a proof's surround. Lines are 0.25 mm wide, about the edge that they show. A page
/// of which nothing is cut off or lost is left alone.
void drawPageLines(image::Picture& page, const PagePlan& plan);

}  // namespace contone::print
