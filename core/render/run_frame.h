// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// runFrame: sends the rows of one frame through a list of stages, on several threads.
#pragma once

#include <functional>
#include <variant>

#include "core/base/cancel.h"
#include "core/image/photo_source.h"
#include "core/render/frame_sink.h"
#include "core/render/resample_frame.h"
#include "core/render/row_stage.h"
#include "core/render/sharpener.h"

namespace contone::render {

/// Orient, crop and Lanczos3 in one streaming window over the photo's rows; in linear light where tables are given.
struct Resample {
    image::PhotoSource* source = nullptr;
    FrameGeometry geometry;
    const LinearTables* linear = nullptr;
};
/// Output sharpening: looks at the rows around, so it waits for those below.
struct Sharpen {
    Sharpener::Options options;
};

/// The stages of a frame: first Resample, last a FrameSink; between them row stages, and Sharpen at most once.
using FrameStage = std::variant<Resample, std::shared_ptr<const RowStage>, Sharpen, FrameSink*>;
using FrameStages = std::vector<FrameStage>;

template <class Stage, class... Parameters>
std::shared_ptr<const RowStage> stage(Parameters&&... parameters) {
    return std::make_shared<const Stage>(std::forward<Parameters>(parameters)...);
}

/// `progress`: 0…1, on the calling thread; may be empty. Fails as the source and the sink do; Cancelled.
Result<void> runFrame(const FrameStages& stages, RowWorkers& workers, const CancelToken& cancel,
                      const std::function<void(double)>& progress);

}  // namespace contone::render
