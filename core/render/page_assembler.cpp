// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orientation and paper: the page stages.
#include "core/render/page_assembler.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace contone::render {
namespace {

constexpr int stripRows = 32;

/// One pixel of paper or border, as the device takes it.
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
    if (made.m_page.borderFill) made.layBorderFill();
    return made;
}

void PageAssembler::layBorderFill() {
    const image::PixelRect& box = *m_page.borderFill;
    const std::vector<std::byte> pixel = flatPixel(m_page.borderColour, m_page.device);
    std::vector<std::byte> row(static_cast<std::size_t>(box.width) * m_pixelBytes);
    for (std::size_t i = 0; i < row.size(); i++) row[i] = pixel[i % m_pixelBytes];
    for (int y = box.y; y < box.y + box.height; y++)
        std::memcpy(
            m_canvas.data() + m_rowBytes * static_cast<std::size_t>(y) + static_cast<std::size_t>(box.x) * m_pixelBytes,
            row.data(), row.size());
}

bool PageAssembler::streams() const {
    if (m_page.borderFill) return false;
    if (m_page.frames.empty()) return true;
    const auto p = image::parts(m_page.geometry.front().toPage);
    return m_page.frames.size() == 1 && !p.swap && !p.flipY;
}

RowOnPage PageAssembler::placeOf(int frame, int y) const {
    const Frame& f = m_page.frames[static_cast<std::size_t>(frame)];
    const auto p = image::parts(m_page.geometry[static_cast<std::size_t>(frame)].toPage);
    const int left = f.box.x + (p.flipX ? f.box.width - 1 : 0), top = f.box.y + (p.flipY ? f.box.height - 1 : 0);
    const int stepX = p.flipX ? -1 : 1, stepY = p.flipY ? -1 : 1;
    if (p.swap) return {left + y * stepX, top, 0, stepY};
    return {left, top + y * stepY, stepX, 0};
}

Result<void> PageAssembler::emit(const std::byte* rows, int count) {
    m_next += count;
    return m_sink->write({rows, m_page.raster.width, count, m_rowBytes, m_page.device});
}

Result<void> PageAssembler::emitPaperUntil(int y) {
    while (m_next < y) CONTONE_CHECK(emit(m_paper.data(), std::min(stripRows, y - m_next)));
    return {};
}

Result<void> PageAssembler::stream(const Frame& frame, bool mirrored, int rows, const std::byte* samples) {
    const auto width = static_cast<std::size_t>(frame.box.width);
    const std::size_t bytes = width * m_pixelBytes;
    if (!mirrored && bytes == m_rowBytes) return emit(samples, rows);
    for (int done = 0; done < rows;) {
        const int count = std::min(stripRows, rows - done);
        for (int r = 0; r < count; r++, samples += bytes) {
            std::byte* target = m_strip.data() + m_rowBytes * static_cast<std::size_t>(r) +
                                static_cast<std::size_t>(frame.box.x) * m_pixelBytes;
            if (!mirrored)
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

/// Column by column of the rows given: where those become columns of the page, a row of the page is touched once.
template <std::size_t pixelBytes>
void PageAssembler::lay(int frame, int y, int rows, const std::byte* samples) {
    constexpr auto pixel = static_cast<std::ptrdiff_t>(pixelBytes);
    const FrameGeometry& g = m_page.geometry[static_cast<std::size_t>(frame)];
    const auto pageRow = static_cast<std::ptrdiff_t>(m_rowBytes), width = static_cast<std::ptrdiff_t>(g.size.width);
    const RowOnPage first = placeOf(frame, y), second = placeOf(frame, y + 1);
    std::byte* corner = m_canvas.data() + pageRow * first.y + pixel * first.x;
    const std::ptrdiff_t along = pageRow * first.stepY + pixel * first.stepX;
    const std::ptrdiff_t across = pageRow * (second.y - first.y) + pixel * (second.x - first.x);
    const auto copy = [&](std::ptrdiff_t x, std::ptrdiff_t r) {
        std::memcpy(corner + along * x + across * r, samples + (width * r + x) * pixel, pixelBytes);
    };
    if (first.stepX == 0) {
        for (std::ptrdiff_t x = 0; x < width; x++)
            for (int r = 0; r < rows; r++) copy(x, r);
    } else {
        for (int r = 0; r < rows; r++)
            for (std::ptrdiff_t x = 0; x < width; x++) copy(x, r);
    }
}

Result<void> PageAssembler::add(int frame, int y, int rows, const std::byte* samples) {
    if (streams()) {
        const Frame& f = m_page.frames[static_cast<std::size_t>(frame)];
        CONTONE_CHECK(emitPaperUntil(f.box.y));
        return stream(f, image::parts(m_page.geometry[static_cast<std::size_t>(frame)].toPage).flipX, rows, samples);
    }
    switch (m_pixelBytes) {
        case 1:
            lay<1>(frame, y, rows, samples);
            break;
        case 2:
            lay<2>(frame, y, rows, samples);
            break;
        case 3:
            lay<3>(frame, y, rows, samples);
            break;
        case 4:
            lay<4>(frame, y, rows, samples);
            break;
        case 6:
            lay<6>(frame, y, rows, samples);
            break;
        default:
            lay<8>(frame, y, rows, samples);
            break;
    }
    return {};
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
