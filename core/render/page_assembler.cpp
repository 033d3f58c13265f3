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

Result<void> PageAssembler::add(int frame, int y, const std::uint16_t* samples) {
    const Frame& f = m_page.frames[static_cast<std::size_t>(frame)];
    const FrameGeometry& g = m_page.geometry[static_cast<std::size_t>(frame)];
    const auto p = image::parts(g.toPage);
    const bool stream = streams();
    if (stream) CONTONE_CHECK(emitPaperUntil(f.box.y));
    for (int x = 0; x < g.size.width; x++) {
        int px = p.swap ? y : x, py = p.swap ? x : y;
        if (p.flipX) px = f.box.width - 1 - px;
        if (p.flipY) py = f.box.height - 1 - py;
        std::uint16_t* target =
            (stream ? m_row.data() : m_canvas.data() + static_cast<std::size_t>(f.box.y + py) * m_paperRow.size()) +
            static_cast<std::size_t>(f.box.x + px) * m_channels;
        std::memcpy(target, samples + static_cast<std::size_t>(x) * m_channels, m_channels * 2);
    }
    return stream ? emit(m_row.data()) : Result<void>{};
}

Result<void> PageAssembler::finish() {
    if (streams()) return emitPaperUntil(m_page.raster.height);
    for (int y = 0; y < m_page.raster.height; y++)
        CONTONE_CHECK(emit(m_canvas.data() + m_paperRow.size() * static_cast<std::size_t>(y)));
    return {};
}

}  // namespace contone::render
