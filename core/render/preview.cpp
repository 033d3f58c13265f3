// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Row by row through one table.
#include "core/render/preview.h"

#include <algorithm>
#include <cmath>

#include "core/render/dither.h"
#include "core/render/row_workers.h"

namespace contone::render {

image::Picture preview(const EncodedPicture& encoded, const icc::FusedTable& table, const std::array<float, 3>& paper,
                       int threads) {
    image::Picture picture = image::Picture::ofSize(encoded.raster, {image::Channels::Rgb, image::Depth::U8});
    const image::PixelRect& box = encoded.box;
    if (box.width != encoded.raster.width || box.height != encoded.raster.height)
        for (std::size_t i = 0; i < picture.bytes.size(); i++)
            picture.bytes[i] = static_cast<std::byte>(std::lround(std::clamp(paper[i % 3], 0.0F, 1.0F) * 255.0F));
    if (encoded.rgb.empty()) return picture;
    const auto samples = static_cast<std::size_t>(box.width) * 3;
    struct ThreadScratch {
        std::vector<float> encoded;
        std::vector<std::uint16_t> shown;
    };
    RowWorkers workers(std::max(1, threads));
    std::vector<ThreadScratch> scratch(static_cast<std::size_t>(workers.threads()),
                                       {std::vector<float>(samples), std::vector<std::uint16_t>(samples)});
    workers.forEach(box.height, [&](int y, int worker) {
        ThreadScratch& own = scratch[static_cast<std::size_t>(worker)];
        const std::uint16_t* from = encoded.rgb.data() + samples * static_cast<std::size_t>(y);
        for (std::size_t i = 0; i < samples; i++) own.encoded[i] = static_cast<float>(from[i]) * (1.0F / 65535.0F);
        table.apply(own.encoded.data(), own.shown.data(), box.width);
        roundRow(own.shown.data(), picture.strip().row<std::uint8_t>(box.y + y) + static_cast<std::size_t>(box.x) * 3,
                 static_cast<int>(samples));
    });
    return picture;
}

}  // namespace contone::render
