// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageAssembler: lays device rows of frames on the page, paper everywhere else, and sends whole rows to a sink.
#pragma once

#include <array>
#include <vector>

#include "core/image/strip_sink.h"
#include "core/render/frame_geometry.h"

namespace contone::render {

/// A single frame that keeps its row order goes straight through, a row at a time; turned frames and several frames
/// are laid on a canvas of 16-bit device samples (2 bytes a sample of the whole page).
class PageAssembler {
  public:
    struct Page {
        image::PixelSize raster;
        image::PixelFormat device;
        bool dither = true;
        std::array<float, 4> paper{};  ///< device value of no ink
        std::vector<Frame> frames;
        std::vector<FrameGeometry> geometry;
    };
    PageAssembler(Page page, image::StripSink& sink);
    /// Rows `y` … `y + rows - 1` of frame `frame`, in the photo's stored order, packed. Rows of a frame come in order,
    /// frames one after another.
    Result<void> add(int frame, int y, int rows, const std::uint16_t* samples);
    /// Sends what is left. The sink still has to be finished by the caller.
    Result<void> finish();

  private:
    bool streams() const;
    Result<void> stream(const Frame& frame, bool mirrored, int rows, const std::uint16_t* samples);
    template <int channels>
    void lay(int frame, int y, int rows, const std::uint16_t* samples);
    Result<void> emit(const std::uint16_t* row);
    Result<void> emitPaperUntil(int y);
    Page m_page;
    image::StripSink& m_sink;
    std::size_t m_channels;
    std::vector<std::uint16_t> m_paperRow, m_row, m_canvas;
    std::vector<std::uint8_t> m_bytes;
    int m_next = 0;
};

}  // namespace contone::render
