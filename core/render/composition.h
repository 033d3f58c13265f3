// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Composition: a page in linear working RGB, on which flat colours and frames are laid one over the other, before
// anything becomes a device colour.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/render/canvas.h"
#include "core/render/frame_geometry.h"
#include "core/render/frame_sink.h"
#include "core/render/lay_rows.h"
#include "core/render/row_stage.h"

namespace contone::render {

/// Layers are laid in the order in which they come: the border's colour first, then frame after frame. What covers a
/// pixel in part (opacity, soft edges) is mixed with what lies there in linear light, as two lights mix. Paper counts
/// as white there; where nothing lies it is bare, and the paper mask makes it the device's own paper later.
class Composition {
  public:
    struct Page {
        image::PixelSize raster;
        Dpi dpiX{300}, dpiY{300};
        std::vector<Frame> frames;
        std::vector<FrameGeometry> geometry;         ///< of the frames
        std::optional<image::PixelRect> borderFill;  ///< inside the raster, under the frames
        std::array<float, 3> borderColour{};         ///< working RGB
        std::size_t canvasBudget = 0;                ///< a larger canvas is a file in `scratch`
        Path scratch;
    };
    /// 6 bytes a pixel (light_samples.h). Fails as Canvas::create.
    static Result<Composition> create(Page page);
    /// Takes frame `index`, whose rows are light samples (stage ToLightSamples). Valid as long as this.
    std::unique_ptr<FrameSink> frame(int index);
    /// Row `y` of the page, width * 3 light samples.
    const std::uint16_t* row(int y) const;
    /// What is not bare paper.
    std::vector<image::PixelRect> covered() const;

  private:
    class Layer;
    explicit Composition(Page page) : m_page(std::move(page)) {}
    void fill(const image::PixelRect& box, const std::array<float, 3>& colour);
    void mix(const FramePlace& place, int y, int rows, const std::uint16_t* samples, std::span<const float> across,
             std::span<const float> down);
    Page m_page;
    Canvas m_canvas;
};

/// Working RGB of the page's rows, off the canvas. `page` stays.
class FromCanvas final : public RowStage {
  public:
    explicit FromCanvas(const Composition& page) : m_page(page) {}
    void run(Row& row) const override;

  private:
    const Composition& m_page;
};

}  // namespace contone::render
