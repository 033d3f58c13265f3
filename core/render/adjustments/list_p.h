// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the files of this folder give to adjustments.cpp.
#pragma once

#include "core/render/adjustments/adjustment.h"

namespace contone::render {

extern const Adjustment exposure, whiteBalance, keys, localTone, toneCurve, colour, blackAndWhite, look, vignette,
    grain, cubeLook, redEye, detail;

}  // namespace contone::render
