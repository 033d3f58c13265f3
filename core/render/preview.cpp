// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Row by row through one table; or through the adjustments themselves and then one table, over the cube root of light.
#include "core/render/preview.h"

#include <algorithm>
#include <cmath>

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/oklab.h"
#include "core/render/dither.h"
#include "core/render/row_workers.h"

namespace contone::render {
namespace {

/// Light of a node of a table that reaches a little below black and above white.
constexpr float darkest = -0.12F, lightest = 1.06F;  // cube roots: -0.0017 and 1.19
float lightOfNode(float node) {
    const float root = darkest + node * (lightest - darkest);
    return root * root * root;
}
float nodeOfLight(float light) {
    return std::clamp((cubeRoot(light) - darkest) * (1 / (lightest - darkest)), 0.0F, 1.0F);
}

void runAll(const RowStages& stages, Row& row) {
    for (const auto& stage : stages) stage->run(row);
}

/// Of the stages `rest`, behind half A or behind what differs by place.
icc::FusedTable tableOf(const RowStages& rest, bool isBehindPlaces, const icc::InputTransform& input,
                        const Show& show) {
    return icc::FusedTable::ofWork(
        [&](float* colours, float* out, int pixels) {
            if (isBehindPlaces)
                for (int i = 0; i < pixels * 3; i++) colours[i] = lightOfNode(colours[i]);
            else
                input.apply(colours, colours, pixels);
            std::vector<float> scratch(static_cast<std::size_t>(pixels) * 4);
            Row row{.packed = colours, .scratch = scratch.data(), .width = pixels};
            runAll(rest, row);
            show(row.packed, out, pixels);
        },
        3);
}

void fillPaper(image::Picture& picture, const std::array<float, 3>& paper) {
    for (std::size_t i = 0; i < picture.bytes.size(); i++)
        picture.bytes[i] = static_cast<std::byte>(std::lround(std::clamp(paper[i % 3], 0.0F, 1.0F) * 255.0F));
}

}  // namespace

PreviewColours::PreviewColours(const Frame& frame, const icc::InputTransform& input, const Surroundings& around,
                               const Show& show)
    : m_frame(frame),
      m_input(input),
      m_byPlace(adjustmentStages(frame.adjustments, around, Part::ByPlace)),
      m_table(tableOf(adjustmentStages(frame.adjustments, around, Part::Rest), !m_byPlace.empty(), input, show)) {}

image::Picture PreviewColours::page(const EncodedPicture& encoded, const std::array<float, 3>& paper,
                                    int threads) const {
    image::Picture picture = image::Picture::ofSize(encoded.raster, {image::Channels::Rgb, image::Depth::U8});
    const image::PixelRect& box = encoded.box;
    if (box.width != encoded.raster.width || box.height != encoded.raster.height) fillPaper(picture, paper);
    if (encoded.rgb.empty()) return picture;
    const auto samples = static_cast<std::size_t>(box.width) * 3;
    struct ThreadScratch {
        std::vector<float> colours, scratch;
        std::vector<std::uint16_t> shown;
    };
    RowWorkers workers(std::max(1, threads));
    const std::vector<float> room(static_cast<std::size_t>(box.width) * 4);
    std::vector<ThreadScratch> scratch(static_cast<std::size_t>(workers.threads()),
                                       {room, room, std::vector<std::uint16_t>(samples)});
    const Crop& crop = m_frame.crop;
    const double stepU = crop.width / box.width, stepV = crop.height / box.height;
    workers.forEach(box.height, [&](int y, int worker) {
        ThreadScratch& own = scratch[static_cast<std::size_t>(worker)];
        const std::uint16_t* from = encoded.rgb.data() + samples * static_cast<std::size_t>(y);
        float* colours = own.colours.data();
        for (std::size_t i = 0; i < samples; i++) colours[i] = static_cast<float>(from[i]) * (1.0F / 65535.0F);
        if (!m_byPlace.empty()) {
            m_input.apply(colours, colours, box.width);
            Row row{.packed = colours,
                    .scratch = own.scratch.data(),
                    .photo = {crop.left + stepU / 2, crop.top + (y + 0.5) * stepV, stepU, 0},
                    .width = box.width};
            runAll(m_byPlace, row);
            for (std::size_t i = 0; i < samples; i++) colours[i] = nodeOfLight(row.packed[i]);
        }
        m_table.apply(colours, own.shown.data(), box.width);
        roundRow(own.shown.data(), picture.strip().row<std::uint8_t>(box.y + y) + static_cast<std::size_t>(box.x) * 3,
                 static_cast<int>(samples));
    });
    return picture;
}

}  // namespace contone::render
