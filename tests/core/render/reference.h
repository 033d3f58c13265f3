// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// referenceResample: computes the resampled picture in double precision, plainly and slowly. Tests compare the
// pipeline with it.
#pragma once

#include "core/render/pipeline.h"

namespace contone::render::testing {

/// Lanczos3 in double precision over a whole picture; `crop` in upright photo fractions; channels interleaved.
/// Weights: sinc(x)·sinc(x/3), stretched when reducing, renormalised at the edges (pixels outside are not invented).
std::vector<double> referenceResample(const std::vector<double>& in, int width, int height, int channels,
                                      const Crop& crop, int outWidth, int outHeight);

}  // namespace contone::render::testing
