// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// runPage: sends the rows of a composed page through a list of row stages, on several threads, and on to a sink.
#pragma once

#include <functional>

#include "core/base/cancel.h"
#include "core/image/strip_sink.h"
#include "core/render/row_stage.h"
#include "core/render/row_workers.h"

namespace contone::render {

/// The first stage gets its row by Row::place; the last leaves `device` pixels in Row::samples. `progress`: 0…1, on the
/// calling thread. Fails as the sink does; Cancelled. The sink still has to be finished by the caller.
Result<void> runPage(const RowStages& stages, image::PixelSize raster, image::PixelFormat device,
                     image::StripSink& sink, RowWorkers& workers, const CancelToken& cancel,
                     const std::function<void(double)>& progress);

}  // namespace contone::render
