// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Batches of rows, finished in parallel and sent in order.
#include "core/render/run_page.h"

#include <algorithm>

namespace contone::render {

Result<void> runPage(const RowStages& stages, image::PixelSize raster, image::PixelFormat device,
                     image::StripSink& sink, RowWorkers& workers, const CancelToken& cancel,
                     const std::function<void(double)>& progress) {
    constexpr int stripRows = 32;
    const auto width = static_cast<std::size_t>(raster.width);
    const std::size_t rowBytes = width * device.bytesPerPixel();
    std::vector<std::byte> strip(rowBytes * stripRows);
    struct ThreadScratch {
        std::vector<float> packed, scratch;
        std::vector<std::uint16_t> device;
    };
    const ThreadScratch one{std::vector<float>(width * 4), std::vector<float>(width * 4),
                            std::vector<std::uint16_t>(width * 4)};
    std::vector<ThreadScratch> scratch(static_cast<std::size_t>(workers.threads()), one);
    for (int y = 0; y < raster.height; y += stripRows) {
        CONTONE_CHECK(cancel.check());
        const int rows = std::min(stripRows, raster.height - y);
        workers.forEach(rows, [&](int r, int worker) {
            ThreadScratch& own = scratch[static_cast<std::size_t>(worker)];
            Row row{.packed = own.packed.data(),
                    .scratch = own.scratch.data(),
                    .device = own.device.data(),
                    .samples = strip.data() + rowBytes * static_cast<std::size_t>(r),
                    .place = {0, y + r, 1, 0},
                    .photo = {},
                    .width = raster.width};
            for (const auto& stage : stages) stage->run(row);
        });
        CONTONE_CHECK(sink.write({strip.data(), raster.width, rows, rowBytes, device}));
        progress(static_cast<double>(y + rows) / raster.height);
    }
    return {};
}

}  // namespace contone::render
