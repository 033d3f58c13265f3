// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// resampleFrame: reads a photo's strips once and hands out the resampled rows of a frame: orient/crop and resample in
// one streaming window, so that no whole photo is ever in memory.
#pragma once

#include <functional>
#include <vector>

#include "core/base/cancel.h"
#include "core/image/photo_source.h"
#include "core/render/frame_geometry.h"
#include "core/render/row_workers.h"

namespace contone::render {

/// What a sample of the file is in linear light, for resampling there (archival lane): [channel][256 or 65536] values
/// 0…1. Empty: resample the samples as they are encoded.
using LinearTables = std::vector<std::vector<float>>;

constexpr int batchRows = 32;

/// Row `y` of the frame in stored order: geometry.size.width pixels, packed, as many floats each as the photo has
/// channels, clipped to 0…1. Called in parallel, once a row. `row` has room for four floats a pixel and may be used
/// as scratch until it returns.
using RowWork = std::function<void(float* row, int y, int worker)>;

struct FrameRows {
    RowWork work;
    /// Called in order after work() is done for rows first…first + rows - 1; at most `batch` rows.
    std::function<Result<void>(int first, int rows)> done;
    /// Where row `y` is to be made, with room for four floats a pixel and the kernels' slack. Empty: anywhere.
    std::function<float*(int y)> place = {};
    int batch = batchRows;  ///< 1…batchRows
};

Result<void> resampleFrame(image::PhotoSource& source, const FrameGeometry& geometry, const LinearTables& linear,
                           RowWorkers& workers, const CancelToken& cancel, const FrameRows& rows);

}  // namespace contone::render
