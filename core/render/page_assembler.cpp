// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Device samples on paper.
#include "core/render/page_assembler.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace contone::render {
namespace {

constexpr int stripRows = 32;

/// One pixel of paper, as the device takes it.
std::vector<std::byte> flatPixel(const std::array<float, 4>& colour, image::PixelFormat device) {
    const bool isWide = device.depth == image::Depth::U16;
    std::vector<std::byte> pixel(device.bytesPerPixel());
    for (std::size_t c = 0; c < static_cast<std::size_t>(image::count(device.channels)); c++) {
        const auto value = static_cast<std::uint16_t>(std::lround(colour[c] * (isWide ? 65535.0F : 255.0F)));
        if (isWide)
            std::memcpy(pixel.data() + c * 2, &value, 2);
        else
            pixel[c] = static_cast<std::byte>(value);
    }
    return pixel;
}

}  // namespace

class PageAssembler::OneFrame final : public FrameSink {
  public:
    OneFrame(PageAssembler& page, const FramePlace& place) : m_page(page), m_place(place) {}
    std::size_t pixelBytes() const override { return m_page.m_pixelBytes; }
    RowOnPage placeOf(int y) const override { return m_place.row(y); }
    Result<void> add(int y, int rows, const std::byte* samples) override {
        return m_page.add(m_place, y, rows, samples);
    }

  private:
    PageAssembler& m_page;
    FramePlace m_place;
};

PageAssembler::PageAssembler(Page page, image::StripSink& sink)
    : m_page(std::move(page)),
      m_sink(&sink),
      m_pixelBytes(m_page.device.bytesPerPixel()),
      m_rowBytes(static_cast<std::size_t>(m_page.raster.width) * m_pixelBytes) {
    const std::vector<std::byte> pixel = flatPixel(m_page.paper, m_page.device);
    m_paper.resize(m_rowBytes * stripRows);
    for (std::size_t i = 0; i < m_paper.size(); i++) m_paper[i] = pixel[i % m_pixelBytes];
    m_strip = m_paper;
}

Result<PageAssembler> PageAssembler::create(Page page, image::StripSink& sink) {
    PageAssembler made(std::move(page), sink);
    if (made.streams()) return made;
    const auto height = static_cast<std::size_t>(made.m_page.raster.height);
    CONTONE_TRY(made.m_canvas, Canvas::create(made.m_rowBytes * height, made.m_page.canvasBudget, made.m_page.scratch));
    for (std::size_t y = 0; y < height; y++)
        std::memcpy(made.m_canvas.data() + y * made.m_rowBytes, made.m_paper.data(), made.m_rowBytes);
    return made;
}

std::unique_ptr<FrameSink> PageAssembler::frame(int index) {
    return std::make_unique<OneFrame>(*this, m_page.frames[static_cast<std::size_t>(index)]);
}

bool PageAssembler::streams() const {
    if (m_page.frames.empty()) return true;
    const auto p = image::parts(m_page.frames.front().toPage);
    return m_page.frames.size() == 1 && !p.swap && !p.flipY;
}

Result<void> PageAssembler::emit(const std::byte* rows, int count) {
    m_next += count;
    return m_sink->write({rows, m_page.raster.width, count, m_rowBytes, m_page.device});
}

Result<void> PageAssembler::emitPaperUntil(int y) {
    while (m_next < y) CONTONE_CHECK(emit(m_paper.data(), std::min(stripRows, y - m_next)));
    return {};
}

Result<void> PageAssembler::stream(const FramePlace& frame, int rows, const std::byte* samples) {
    const bool isMirrored = image::parts(frame.toPage).flipX;
    const auto width = static_cast<std::size_t>(frame.box.width);
    const std::size_t bytes = width * m_pixelBytes;
    if (!isMirrored && bytes == m_rowBytes) return emit(samples, rows);
    for (int done = 0; done < rows;) {
        const int count = std::min(stripRows, rows - done);
        for (int r = 0; r < count; r++, samples += bytes) {
            std::byte* target = m_strip.data() + m_rowBytes * static_cast<std::size_t>(r) +
                                static_cast<std::size_t>(frame.box.x) * m_pixelBytes;
            if (!isMirrored)
                std::memcpy(target, samples, bytes);
            else
                for (std::size_t x = 0; x < width; x++)
                    std::memcpy(target + (width - 1 - x) * m_pixelBytes, samples + x * m_pixelBytes, m_pixelBytes);
        }
        CONTONE_CHECK(emit(m_strip.data(), count));
        done += count;
    }
    return {};
}

Result<void> PageAssembler::add(const FramePlace& frame, int y, int rows, const std::byte* samples) {
    if (!streams()) {
        layRows({m_canvas.data(), m_pixelBytes, m_rowBytes}, frame, y, rows, samples);
        return {};
    }
    CONTONE_CHECK(emitPaperUntil(frame.box.y));
    return stream(frame, rows, samples);
}

Result<void> PageAssembler::finish() {
    const int height = m_page.raster.height;
    if (streams()) return emitPaperUntil(height);
    while (m_next < height)
        CONTONE_CHECK(emit(m_canvas.data() + m_rowBytes * static_cast<std::size_t>(m_next),
                           std::min(stripRows, height - m_next)));
    return {};
}

}  // namespace contone::render
