// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Composition: a page in linear working RGB, on which areas, shadows and frames are laid one over the other, before
// anything becomes a device colour.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/render/canvas.h"
#include "core/render/coverage.h"
#include "core/render/frame_geometry.h"
#include "core/render/frame_sink.h"
#include "core/render/lay_rows.h"
#include "core/render/paint_colours.h"
#include "core/render/row_stage.h"

namespace contone::render {

/// Layers are laid in the order of the calls, on one thread. What covers a pixel in part (opacity, soft edges,
/// outlines, shadows) is mixed with what lies there in linear light, as two lights mix. Paper counts as white there;
/// where nothing lies it is bare, and the paper mask makes it the device's own paper later.
class Composition {
  public:
    struct Page {
        image::PixelSize raster;
        std::size_t canvasBudget = 0;  ///< a larger canvas is a file in `scratch`
        Path scratch;
    };
    /// 6 bytes a pixel (light_samples.h) and a bit. Fails as Canvas::create.
    static Result<Composition> create(const Page& page);
    /// A colour, or a change of colours, where `coverage` is; a stencil's own colours where it has such.
    void lay(const Coverage& coverage, const PaintColours& paint);
    void lay(const ShadowCoverage& shadow, const std::array<float, 3>& colour);
    /// Takes a frame whose rows are light samples (stage ToLightSamples). Valid as long as this.
    std::unique_ptr<FrameSink> frame(Coverage coverage, const FrameGeometry& geometry);
    /// Row `y` of the page, width * 3 light samples.
    const std::uint16_t* row(int y) const;
    /// Whether something lies on a pixel; it is bare paper else.
    bool isCovered(int x, int y) const {
        return ((m_covered[word(x, y)] >> (static_cast<unsigned>(x) % 64U)) & 1U) != 0;
    }
    /// Whether something lies on all of `x` … the next number that 64 divides, less one; `x` is divided by 64.
    bool areAllCovered(int x, int y) const { return m_covered[word(x, y)] == ~std::uint64_t{0}; }

  private:
    class Layer;
    Composition() = default;
    std::size_t word(int x, int y) const {
        return static_cast<std::size_t>(y) * m_wordsPerRow + static_cast<std::size_t>(x) / 64;
    }
    void cover(const image::PixelRect& box);
    void fill(const image::PixelRect& box, const std::array<float, 3>& colour);
    /// Mixes what covers `part` of a pixel, 0…1, into it.
    void mix(int x, int y, const std::array<float, 3>& light, float part);
    image::PixelSize m_raster;
    std::size_t m_wordsPerRow = 0;
    Canvas m_canvas;
    std::vector<std::uint64_t> m_covered;  ///< a bit a pixel, each row from a new word
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
