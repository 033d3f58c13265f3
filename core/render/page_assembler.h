// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageAssembler: lays finished device rows of frames on paper and sends whole rows of the page to a sink.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "core/image/strip_sink.h"
#include "core/render/canvas.h"
#include "core/render/frame_sink.h"
#include "core/render/lay_rows.h"

namespace contone::render {

/// For pages on which nothing lies over anything else; others are a Composition. A single frame that keeps its row
/// order goes straight through; a turned one and several are laid on a canvas of the page's final samples.
class PageAssembler {
  public:
    struct Page {
        image::PixelSize raster;
        image::PixelFormat device;
        std::array<float, 4> paper{};    ///< device value of no ink; rounded, never dithered
        std::vector<FramePlace> frames;  ///< no two of them share a pixel
        std::size_t canvasBudget = 0;    ///< a larger canvas is a file in `scratch`
        Path scratch;
    };
    /// Fails as Canvas::create.
    static Result<PageAssembler> create(Page page, image::StripSink& sink);
    /// Takes frame `index`, whose rows are as the device takes them. Frames one after another. Valid as long as this.
    std::unique_ptr<FrameSink> frame(int index);
    /// Sends what is left. The sink still has to be finished by the caller.
    Result<void> finish();

  private:
    class OneFrame;
    PageAssembler(Page page, image::StripSink& sink);
    bool streams() const;
    Result<void> add(const FramePlace& frame, int y, int rows, const std::byte* samples);
    Result<void> stream(const FramePlace& frame, int rows, const std::byte* samples);
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
