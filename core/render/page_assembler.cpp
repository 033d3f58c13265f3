// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orientation, paper and dither: the page stages.
#include "core/render/page_assembler.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/render/dither.h"

namespace contone::render {

PageAssembler::PageAssembler(Page page, image::StripSink& sink)
    : m_page(std::move(page)),
      m_sink(sink),
      m_channels(static_cast<std::size_t>(image::count(m_page.device.channels))) {
    const auto width = static_cast<std::size_t>(m_page.raster.width);
    m_paperRow.resize(width * m_channels);
    for (std::size_t i = 0; i < m_paperRow.size(); i++)
        m_paperRow[i] = static_cast<std::uint16_t>(std::lround(m_page.paper[i % m_channels] * 65535.0F));
    m_row = m_paperRow;
    m_bytes.resize(width * m_channels);
    if (streams()) return;
    m_canvas.resize(m_paperRow.size() * static_cast<std::size_t>(m_page.raster.height));
    for (int y = 0; y < m_page.raster.height; y++)
        std::copy(m_paperRow.begin(), m_paperRow.end(),
                  m_canvas.begin() + static_cast<std::ptrdiff_t>(m_paperRow.size()) * y);
}

bool PageAssembler::streams() const {
    if (m_page.frames.empty()) return true;
    const auto p = image::parts(m_page.geometry.front().toPage);
    return m_page.frames.size() == 1 && !p.swap && !p.flipY;
}

Result<void> PageAssembler::emit(const std::uint16_t* row) {
    const int width = m_page.raster.width, samples = width * static_cast<int>(m_channels);
    const int y = m_next++;
    if (m_page.device.depth == image::Depth::U16)
        return m_sink.write({reinterpret_cast<const std::byte*>(row), width, 1, m_paperRow.size() * 2, m_page.device});
    if (m_page.dither)
        ditherRow(row, m_bytes.data(), width, static_cast<int>(m_channels), y);
    else
        roundRow(row, m_bytes.data(), samples);
    return m_sink.write({reinterpret_cast<const std::byte*>(m_bytes.data()), width, 1, m_bytes.size(), m_page.device});
}

Result<void> PageAssembler::emitPaperUntil(int y) {
    while (m_next < y) CONTONE_CHECK(emit(m_paperRow.data()));
    return {};
}

Result<void> PageAssembler::stream(const Frame& frame, bool mirrored, int rows, const std::uint16_t* samples) {
    const auto width = static_cast<std::size_t>(frame.box.width);
    const std::size_t rowSamples = width * m_channels;
    for (int r = 0; r < rows; r++, samples += rowSamples) {
        if (!mirrored && rowSamples == m_row.size()) {
            CONTONE_CHECK(emit(samples));
            continue;
        }
        std::uint16_t* target = m_row.data() + static_cast<std::size_t>(frame.box.x) * m_channels;
        if (!mirrored)
            std::copy_n(samples, rowSamples, target);
        else
            for (std::size_t x = 0; x < width; x++)
                std::copy_n(samples + x * m_channels, m_channels, target + (width - 1 - x) * m_channels);
        CONTONE_CHECK(emit(m_row.data()));
    }
    return {};
}

/// Column by column of the rows given: where those become columns of the page, a row of the page is touched once.
template <int channels>
void PageAssembler::lay(int frame, int y, int rows, const std::uint16_t* samples) {
    const Frame& f = m_page.frames[static_cast<std::size_t>(frame)];
    const FrameGeometry& g = m_page.geometry[static_cast<std::size_t>(frame)];
    const auto p = image::parts(g.toPage);
    const auto pageRow = static_cast<std::ptrdiff_t>(m_paperRow.size());
    const std::ptrdiff_t stepX = p.flipX ? -channels : channels, stepY = p.flipY ? -pageRow : pageRow;
    const int left = f.box.x + (p.flipX ? f.box.width - 1 : 0), top = f.box.y + (p.flipY ? f.box.height - 1 : 0);
    std::uint16_t* corner = m_canvas.data() + pageRow * top + static_cast<std::ptrdiff_t>(left) * channels;
    const std::ptrdiff_t along = p.swap ? stepY : stepX, across = p.swap ? stepX : stepY;
    const std::ptrdiff_t rowSamples = static_cast<std::ptrdiff_t>(g.size.width) * channels;
    const auto copy = [&](int x, int r) {
        std::copy_n(samples + rowSamples * r + static_cast<std::ptrdiff_t>(x) * channels, channels,
                    corner + along * x + across * (y + r));
    };
    if (p.swap) {
        for (int x = 0; x < g.size.width; x++)
            for (int r = 0; r < rows; r++) copy(x, r);
    } else {
        for (int r = 0; r < rows; r++)
            for (int x = 0; x < g.size.width; x++) copy(x, r);
    }
}

Result<void> PageAssembler::add(int frame, int y, int rows, const std::uint16_t* samples) {
    if (streams()) {
        const Frame& f = m_page.frames[static_cast<std::size_t>(frame)];
        CONTONE_CHECK(emitPaperUntil(f.box.y));
        return stream(f, image::parts(m_page.geometry[static_cast<std::size_t>(frame)].toPage).flipX, rows, samples);
    }
    switch (m_channels) {
        case 1:
            lay<1>(frame, y, rows, samples);
            break;
        case 3:
            lay<3>(frame, y, rows, samples);
            break;
        default:
            lay<4>(frame, y, rows, samples);
            break;
    }
    return {};
}

Result<void> PageAssembler::finish() {
    if (streams()) return emitPaperUntil(m_page.raster.height);
    for (int y = 0; y < m_page.raster.height; y++)
        CONTONE_CHECK(emit(m_canvas.data() + m_paperRow.size() * static_cast<std::size_t>(y)));
    return {};
}

}  // namespace contone::render
