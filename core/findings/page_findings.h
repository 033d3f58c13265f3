// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Makes findings of what is known about a photo and about the page it lies on. Pure functions; `subject` is the photo's
// original.
#pragma once

#include "core/base/sha256.h"
#include "core/findings/finding.h"
#include "core/image/photo_warning.h"
#include "core/print/page_plan.h"
#include "icc/transforms.h"

namespace contone::findings {

/// A borderless 10 × 15 loses 3 to 9 % to the trim alone, by model (0.8 to 2.9 mm an edge): that is not worth a look.
constexpr double lostPercentToLookAt = 10;
/// A share of pixels that the paper cannot show which nobody sees in a whole picture.
constexpr double outOfGamutPercentToLookAt = 1;

/// Its sharpness on the paper, then what is cut off. `zoom`: of its crop, 1 and more: zooming out may mend it.
std::vector<Finding> ofPage(const Sha256& subject, const print::PagePlan& plan, double zoom);
/// `shown`: the part of the upright photo that the report is about.
Finding ofGamut(const Sha256& subject, const icc::GamutReport& report, const render::Crop& shown);
/// In the order of the warnings.
std::vector<Finding> ofWarnings(const Sha256& subject, const image::PhotoWarnings& warnings);
/// The warning that a finding was made of.
std::optional<image::PhotoWarning> warningOf(FindingCode code);

}  // namespace contone::findings
