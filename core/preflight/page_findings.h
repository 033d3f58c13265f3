// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Looks at a page before it is printed: makes findings of its plan and of its colours. Pure functions; `subject` is the
// photo's original.
#pragma once

#include "core/base/sha256.h"
#include "core/findings/finding.h"
#include "core/print/page_plan.h"
#include "icc/transforms.h"

namespace contone::preflight {

/// A borderless 10 × 15 loses 3 to 9 % to the trim alone, by model (0.8 to 2.9 mm an edge): that is not worth a look.
constexpr double lostPercentToLookAt = 10;
/// More is lost than is kept. A whole phone photo (16:9) loses 44 % to a square print, and people want that.
constexpr double lostPercentToAsk = 50;
/// A share of pixels that the paper cannot show which nobody sees in a whole picture.
constexpr double outOfGamutPercentToLookAt = 1;

/// `photoDpi`: photo pixels an inch on the paper. `fix`: what may mend it if it is not sharp.
findings::Finding ofSharpness(catalog::Sharpness sharpness, double photoDpi, findings::Fix fix);
/// Its sharpness on the paper, then what is cut off. `zoom`: of its crop, 1 and more: zooming out may mend it.
std::vector<findings::Finding> ofPage(const Sha256& subject, const print::PagePlan& plan, double zoom);
/// `shown`: the part of the upright photo that the report is about.
findings::Finding ofGamut(const Sha256& subject, const icc::GamutReport& report, const render::Crop& shown);

}  // namespace contone::preflight
