// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PaperLight: what becomes of a photo's darks on a paper.
#pragma once

#include "core/render/pipeline.h"

namespace contone::preflight {

struct PaperLight {
    double photoDarkL = 0;           ///< L* of the photo itself that 5 % of it are below
    double atPaperBlackPercent = 0;  ///< 0…100 of it that the paper shows as dark as it can, within L* 1
    bool operator==(const PaperLight&) const = default;
};

/// `shown`: what is printed, adjusted. `tables`: kept conversions. Fails: Unsupported "profile-no-output".
Result<PaperLight> paperLightOf(const render::WorkingPicture& shown, const icc::Profile& paper, icc::Intent intent,
                                icc::BlackPoint blackPoint, render::ColourTables& tables);

}  // namespace contone::preflight
