// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FramePass: reads a photo's strips once and hands out the resampled rows of a frame: orient/crop and resample in one
// streaming window, so that no whole photo is ever in memory.
#pragma once

#include <functional>
#include <vector>

#include "core/base/cancel.h"
#include "core/image/photo_source.h"
#include "core/render/frame_geometry.h"
#include "core/render/row_workers.h"

namespace contone::render {

/// What a sample of the file means as a float, per channel: encoded 0…1, or decoded to linear light (archival lane).
struct SampleTables {
    int channels = 3;
    image::Depth depth = image::Depth::U8;
    std::vector<std::vector<float>> values;  ///< [channel][256 or 65536]
};

struct FrameRows {
    /// Row `y` of the frame in stored order, geometry.size.width pixels of four floats (unused channels 0), overshoot
    /// not clipped. Called in parallel, once a row; the row may be changed in place.
    std::function<void(float* row, int y, int worker)> work;
    /// Called in order after work() is done for rows first…first + rows - 1; at most `batchRows` rows.
    std::function<Result<void>(int first, int rows)> done;
};

constexpr int batchRows = 32;

Result<void> passFrame(image::PhotoSource& source, const FrameGeometry& geometry, const SampleTables& tables,
                       RowWorkers& workers, const CancelToken& cancel, const FrameRows& rows);

}  // namespace contone::render
