// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows that came go through the stages before sharpening; rows that have their neighbours, through those behind it.
#include "core/render/run_frame.h"

#include <algorithm>
#include <utility>

#include "core/render/resample_and_sharpen.h"

namespace contone::render {
namespace {

/// The list, parted where rows have to wait for others.
struct Parts {
    Resample resample;
    RowStages before, after;
    Sharpener::Options sharpening;  ///< none where the list has none
    FrameSink* sink = nullptr;
};

Parts partsOf(const FrameStages& stages) {
    Parts parts;
    for (const FrameStage& each : stages) {
        if (const auto* resample = std::get_if<Resample>(&each)) parts.resample = *resample;
        if (const auto* row = std::get_if<std::shared_ptr<const RowStage>>(&each)) parts.after.push_back(*row);
        if (const auto* sink = std::get_if<FrameSink*>(&each)) parts.sink = *sink;
        if (const auto* sharpen = std::get_if<Sharpen>(&each); sharpen && Sharpener::isNeeded(sharpen->options)) {
            parts.sharpening = sharpen->options;
            parts.before = std::exchange(parts.after, {});
        }
    }
    return parts;
}

/// What one thread works with, besides what resampleFrame() gives it.
struct ThreadScratch {
    std::vector<float> row;
    std::vector<std::uint16_t> device;
};

}  // namespace

Result<void> runFrame(const FrameStages& stages, RowWorkers& workers, const CancelToken& cancel,
                      const std::function<void(double)>& progress) {
    const Parts parts = partsOf(stages);
    const FrameGeometry& geometry = parts.resample.geometry;
    const image::PixelSize size = geometry.size;
    const auto width = static_cast<std::size_t>(size.width);
    const std::size_t rowBytes = width * parts.sink->pixelBytes();
    std::vector<std::byte> batch(rowBytes * batchRows);
    const ThreadScratch one{std::vector<float>(width * 4), std::vector<std::uint16_t>(width * 4)};
    std::vector<ThreadScratch> scratch(static_cast<std::size_t>(workers.threads()), one);
    int first = 0;  // row of the batch
    const auto rowAt = [&](float* packed, int y, int worker) {
        ThreadScratch& own = scratch[static_cast<std::size_t>(worker)];
        return Row{.packed = packed,
                   .scratch = own.row.data(),
                   .device = own.device.data(),
                   .place = parts.sink->placeOf(y),
                   .photo = photoLine(geometry, y),
                   .width = size.width};
    };
    const RowWork before = [&](float* packed, int y, int worker) {
        if (parts.before.empty()) return;
        Row row = rowAt(packed, y, worker);
        for (const auto& stage : parts.before) stage->run(row);
        if (row.packed != packed) std::copy_n(row.packed, width * 3, packed);
    };
    const RowWork after = [&](float* packed, int y, int worker) {
        Row row = rowAt(packed, y, worker);
        row.samples = batch.data() + rowBytes * static_cast<std::size_t>(y - first);
        for (const auto& stage : parts.after) stage->run(row);
    };
    const auto done = [&](int y, int rows) -> Result<void> {
        CONTONE_CHECK(parts.sink->add(y, rows, batch.data()));
        first = y + rows;
        if (progress) progress(static_cast<double>(first) / size.height);
        return {};
    };
    return resampleAndSharpenFrame(*parts.resample.source, geometry, *parts.resample.linear, parts.sharpening, workers,
                                   cancel, before, {.work = after, .done = done});
}

}  // namespace contone::render
