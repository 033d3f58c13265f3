// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Layers on a canvas of light samples.
#include "core/render/composition.h"

#include <algorithm>
#include <cstring>

#include "core/render/light_samples.h"

namespace contone::render {
namespace {

constexpr std::size_t pixelSamples = 3;
constexpr std::size_t lightPixelBytes = pixelSamples * sizeof(std::uint16_t);

bool isOpaque(const Frame& frame) {
    return frame.opacityPermille == Frame::opaque && frame.softEdgeUm == 0;
}

/// How much of a frame's side each pixel shows: from 0 at its ends to 1 where the soft edge is over, at the centres of
/// pixels. 3t² - 2t³: neither end of the slope shows as a line.
std::vector<float> coverage(int pixels, Dpi dpi, int softEdgeUm) {
    std::vector<float> covered(static_cast<std::size_t>(pixels), 1.0F);
    if (softEdgeUm == 0) return covered;
    for (int i = 0; i < pixels; i++) {
        const double um = (std::min(i, pixels - 1 - i) + 0.5) * 25400.0 / dpi.value;
        const double t = std::min(1.0, um / softEdgeUm);
        covered[static_cast<std::size_t>(i)] = static_cast<float>(t * t * (3 - 2 * t));
    }
    return covered;
}

}  // namespace

/// One frame of the page.
class Composition::Layer final : public FrameSink {
  public:
    Layer(Composition& page, const Frame& frame, const FrameGeometry& geometry)
        : m_page(page), m_place{frame.box, geometry.toPage} {
        if (isOpaque(frame)) return;
        m_across = coverage(frame.box.width, page.m_page.dpiX, frame.softEdgeUm);
        m_down = coverage(frame.box.height, page.m_page.dpiY, frame.softEdgeUm);
        for (float& part : m_down) part *= static_cast<float>(frame.opacityPermille) / Frame::opaque;
    }
    std::size_t pixelBytes() const override { return lightPixelBytes; }
    RowOnPage placeOf(int y) const override { return m_place.row(y); }
    Result<void> add(int y, int rows, const std::byte* samples) override {
        const std::size_t rowBytes = static_cast<std::size_t>(m_page.m_page.raster.width) * lightPixelBytes;
        if (m_across.empty())
            layRows({m_page.m_canvas.data(), lightPixelBytes, rowBytes}, m_place, y, rows, samples);
        else
            m_page.mix(m_place, y, rows, reinterpret_cast<const std::uint16_t*>(samples), m_across, m_down);
        return {};
    }

  private:
    Composition& m_page;
    FramePlace m_place;
    std::vector<float> m_across, m_down;  ///< by column and row of the box; empty: opaque
};

Result<Composition> Composition::create(Page page) {
    Composition made(std::move(page));
    const Page& p = made.m_page;
    const std::size_t pixels = static_cast<std::size_t>(p.raster.width) * static_cast<std::size_t>(p.raster.height);
    CONTONE_TRY(made.m_canvas, Canvas::create(pixels * lightPixelBytes, p.canvasBudget, p.scratch));
    // Bare paper is only looked at under what lets it through.
    for (const Frame& frame : p.frames)
        if (!isOpaque(frame)) made.fill(frame.box, {1, 1, 1});
    if (p.borderFill) made.fill(*p.borderFill, p.borderColour);
    return made;
}

std::unique_ptr<FrameSink> Composition::frame(int index) {
    const auto i = static_cast<std::size_t>(index);
    return std::make_unique<Layer>(*this, m_page.frames[i], m_page.geometry[i]);
}

const std::uint16_t* Composition::row(int y) const {
    return reinterpret_cast<const std::uint16_t*>(m_canvas.data()) +
           static_cast<std::size_t>(y) * static_cast<std::size_t>(m_page.raster.width) * pixelSamples;
}

std::vector<image::PixelRect> Composition::covered() const {
    std::vector<image::PixelRect> boxes;
    if (m_page.borderFill) boxes.push_back(*m_page.borderFill);
    for (const Frame& frame : m_page.frames) boxes.push_back(frame.box);
    return boxes;
}

void FromCanvas::run(Row& row) const {
    const std::uint16_t* in = m_page.row(row.place.y);
    for (int i = 0; i < row.width * 3; i++) row.packed[i] = lightOf(in[i]);
}

void Composition::fill(const image::PixelRect& box, const std::array<float, 3>& colour) {
    std::vector<std::uint16_t> line(static_cast<std::size_t>(box.width) * pixelSamples);
    for (std::size_t i = 0; i < line.size(); i++) line[i] = lightSample(colour[i % pixelSamples]);
    const auto width = static_cast<std::size_t>(m_page.raster.width);
    for (int y = box.y; y < box.y + box.height; y++)
        std::memcpy(
            m_canvas.data() + (static_cast<std::size_t>(y) * width + static_cast<std::size_t>(box.x)) * lightPixelBytes,
            line.data(), line.size() * sizeof line[0]);
}

void Composition::mix(const FramePlace& place, int y, int rows, const std::uint16_t* samples,
                      std::span<const float> across, std::span<const float> down) {
    auto* canvas = reinterpret_cast<std::uint16_t*>(m_canvas.data());
    const auto width = static_cast<std::size_t>(m_page.raster.width);
    for (int r = 0; r < rows; r++) {
        RowOnPage at = place.row(y + r);
        for (int i = 0; i < place.rowWidth(); i++, at.x += at.stepX, at.y += at.stepY, samples += pixelSamples) {
            const float part = across[static_cast<std::size_t>(at.x - place.box.x)] *
                               down[static_cast<std::size_t>(at.y - place.box.y)];
            std::uint16_t* pixel =
                canvas + (static_cast<std::size_t>(at.y) * width + static_cast<std::size_t>(at.x)) * pixelSamples;
            for (std::size_t c = 0; c < pixelSamples; c++) {
                const float below = lightOf(pixel[c]);
                pixel[c] = lightSample(below + (lightOf(samples[c]) - below) * part);
            }
        }
    }
}

}  // namespace contone::render
