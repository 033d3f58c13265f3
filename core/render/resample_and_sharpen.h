// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// resampleAndSharpenFrame: resampleFrame with output sharpening of the rows it hands out.
#pragma once

#include "core/render/resample_frame.h"
#include "core/render/sharpener.h"

namespace contone::render {

/// As resampleFrame(). `encoded` makes of a resampled row what is to be sharpened; then the row is sharpened, then
/// rows.work() gets it, once the rows below it that its blur reaches are there. Without sharpening: at once.
Result<void> resampleAndSharpenFrame(image::PhotoSource& source, const FrameGeometry& geometry,
                                     const LinearTables& linear, const Sharpener::Options& sharpening,
                                     RowWorkers& workers, const CancelToken& cancel, const RowWork& encoded,
                                     const FrameRows& rows);

}  // namespace contone::render
