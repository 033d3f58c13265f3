// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageAssembler: lays finished rows of frames on the page, paper everywhere else, and sends whole rows to a sink.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/image/strip_sink.h"
#include "core/render/canvas.h"
#include "core/render/dither.h"
#include "core/render/frame_geometry.h"

namespace contone::render {

/// A single frame on paper that keeps its row order goes straight through; turned frames, several frames and a border
/// are laid on a canvas of the page's final samples.
class PageAssembler {
  public:
    struct Page {
        image::PixelSize raster;
        image::PixelFormat device;
        std::array<float, 4> paper{};  ///< device value of no ink; rounded, never dithered
        std::vector<Frame> frames;
        std::optional<image::PixelRect> borderFill;  ///< inside the raster, under the frames
        std::array<float, 4> borderColour{};         ///< device value; rounded, never dithered
        std::vector<FrameGeometry> geometry;
        std::size_t canvasBudget = 0;  ///< a larger canvas is a file in `scratch`
        Path scratch;
    };
    /// Fails as Canvas::create.
    static Result<PageAssembler> create(Page page, image::StripSink& sink);
    /// Where row `y` of frame `frame`, in the photo's stored order, will lie.
    RowOnPage placeOf(int frame, int y) const;
    /// Rows `y` … `y + rows - 1` of frame `frame`, in the photo's stored order, packed, as the device takes them. Rows
    /// of a frame come in order, frames one after another.
    Result<void> add(int frame, int y, int rows, const std::byte* samples);
    /// Sends what is left. The sink still has to be finished by the caller.
    Result<void> finish();

  private:
    PageAssembler(Page page, image::StripSink& sink);
    void layBorderFill();
    bool streams() const;
    Result<void> stream(const Frame& frame, bool mirrored, int rows, const std::byte* samples);
    template <std::size_t pixelBytes>
    void lay(int frame, int y, int rows, const std::byte* samples);
    Result<void> emit(const std::byte* rows, int count);
    Result<void> emitPaperUntil(int y);
    Page m_page;
    image::StripSink* m_sink;
    std::size_t m_pixelBytes, m_rowBytes;
    std::vector<std::byte> m_paper;  ///< some rows of paper
    std::vector<std::byte> m_strip;  ///< some rows of paper with a narrower frame in it
    Canvas m_canvas;
    int m_next = 0;
};

}  // namespace contone::render
