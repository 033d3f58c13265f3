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

}  // namespace

/// One frame of the page.
class Composition::Layer final : public FrameSink {
  public:
    Layer(Composition& page, Coverage coverage, const FrameGeometry& geometry)
        : m_page(page), m_coverage(std::move(coverage)), m_place{m_coverage.box(), geometry.toPage} {
        if (m_coverage.isWhole()) m_page.cover(m_coverage.box());
    }
    std::size_t pixelBytes() const override { return lightPixelBytes; }
    RowOnPage placeOf(int y) const override { return m_place.row(y); }
    Result<void> add(int y, int rows, const std::byte* samples) override {
        const std::size_t rowBytes = static_cast<std::size_t>(m_page.m_raster.width) * lightPixelBytes;
        if (m_coverage.isWhole()) {
            layRows({m_page.m_canvas.data(), lightPixelBytes, rowBytes}, m_place, y, rows, samples);
            return {};
        }
        const auto* in = reinterpret_cast<const std::uint16_t*>(samples);
        for (int r = 0; r < rows; r++) {
            RowOnPage at = m_place.row(y + r);
            for (int i = 0; i < m_place.rowWidth(); i++, at.x += at.stepX, at.y += at.stepY, in += pixelSamples)
                m_page.mix(at.x, at.y, {lightOf(in[0]), lightOf(in[1]), lightOf(in[2])}, m_coverage.at(at.x, at.y));
        }
        return {};
    }

  private:
    Composition& m_page;
    Coverage m_coverage;
    FramePlace m_place;
};

Result<Composition> Composition::create(const Page& page) {
    Composition made;
    made.m_raster = page.raster;
    const auto width = static_cast<std::size_t>(page.raster.width),
               height = static_cast<std::size_t>(page.raster.height);
    CONTONE_TRY(made.m_canvas, Canvas::create(width * height * lightPixelBytes, page.canvasBudget, page.scratch));
    made.m_wordsPerRow = (width + 63) / 64;
    made.m_covered.resize(made.m_wordsPerRow * height);
    return made;
}

std::unique_ptr<FrameSink> Composition::frame(Coverage coverage, const FrameGeometry& geometry) {
    return std::make_unique<Layer>(*this, std::move(coverage), geometry);
}

void Composition::lay(const Coverage& coverage, const PaintColours& paint) {
    const image::PixelRect& box = coverage.box();
    if (coverage.isWhole() && paint.isFlat()) return fill(box, paint.first());
    const image::Stencil* stencil = coverage.parts().stencil.get();
    const bool hasOwnColours = stencil != nullptr && stencil->kind == image::Stencil::Kind::Coloured;
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++) {
            const float part = coverage.at(x, y);
            if (part <= 0) continue;
            mix(x, y, hasOwnColours ? paint.own(stencil->pixel(x - box.x, y - box.y)) : paint.at(x - box.x, y - box.y),
                part);
        }
}

void Composition::lay(const ShadowCoverage& shadow, const std::array<float, 3>& colour) {
    const image::PixelRect& box = shadow.box();
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width; x++) mix(x, y, colour, shadow.at(x, y));
}

const std::uint16_t* Composition::row(int y) const {
    return reinterpret_cast<const std::uint16_t*>(m_canvas.data()) +
           static_cast<std::size_t>(y) * static_cast<std::size_t>(m_raster.width) * pixelSamples;
}

void FromCanvas::run(Row& row) const {
    const std::uint16_t* in = m_page.row(row.place.y);
    for (int i = 0; i < row.width * 3; i++) row.packed[i] = lightOf(in[i]);
}

void Composition::cover(const image::PixelRect& box) {
    for (int y = box.y; y < box.y + box.height; y++)
        for (int x = box.x; x < box.x + box.width;) {
            const auto bit = static_cast<unsigned>(x) % 64U;
            const auto bits = std::min(64U - bit, static_cast<unsigned>(box.x + box.width - x));
            const std::uint64_t ones = bits == 64U ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
            m_covered[word(x, y)] |= ones << bit;
            x += static_cast<int>(bits);
        }
}

void Composition::fill(const image::PixelRect& box, const std::array<float, 3>& colour) {
    std::vector<std::uint16_t> line(static_cast<std::size_t>(box.width) * pixelSamples);
    for (std::size_t i = 0; i < line.size(); i++) line[i] = lightSample(colour[i % pixelSamples]);
    const auto width = static_cast<std::size_t>(m_raster.width);
    for (int y = box.y; y < box.y + box.height; y++)
        std::memcpy(
            m_canvas.data() + (static_cast<std::size_t>(y) * width + static_cast<std::size_t>(box.x)) * lightPixelBytes,
            line.data(), line.size() * sizeof line[0]);
    cover(box);
}

void Composition::mix(int x, int y, const std::array<float, 3>& light, float part) {
    if (part <= 0) return;
    auto* pixel =
        reinterpret_cast<std::uint16_t*>(m_canvas.data()) +
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(m_raster.width) + static_cast<std::size_t>(x)) *
            pixelSamples;
    const bool isBare = !isCovered(x, y);
    if (isBare) m_covered[word(x, y)] |= std::uint64_t{1} << (static_cast<unsigned>(x) % 64U);
    for (std::size_t c = 0; c < pixelSamples; c++) {
        const float below = isBare ? 1.0F : lightOf(pixel[c]);
        pixel[c] = lightSample(below + (light[c] - below) * part);
    }
}

}  // namespace contone::render
