// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Nine pixels or a few more for each of the small picture, whatever the photo's size.
#include "core/preflight/small_collector_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace contone::preflight {
namespace {

constexpr int block = 8;
constexpr int blockRowsApart = 64;
constexpr int samplesASide = 3;            ///< of a pixel of the small picture, or a few more
constexpr std::size_t colourRoom = 16384;  ///< more than mostColours: a power of two

/// The least sample, 16 bits, whose gray is as good as white: Y 0.99, L* 99.6. Every kind of source colours has
/// another.
std::uint32_t whiteOf(const icc::InputTransform& input) {
    const auto channels = static_cast<std::size_t>(input.channels());
    std::uint32_t dark = 0, white = 65'535;
    while (dark + 1 < white) {
        const std::uint32_t tried = (dark + white) / 2;
        const std::vector<float> gray(channels, static_cast<float>(tried) / 65'535.0F);
        float light[3];
        input.apply(gray.data(), light, 1);
        (light[1] >= 0.99F ? white : dark) = tried;
    }
    return white;
}

image::PixelSize smallOf(image::PixelSize photo) {
    const double scale = std::min(1.0, static_cast<double>(smallSide) / std::max(photo.width, photo.height));
    const auto side = [&](int pixels) { return std::max(1, static_cast<int>(std::lround(pixels * scale))); };
    return {side(photo.width), side(photo.height)};
}

std::uint32_t wide(std::uint8_t sample) {
    return sample * 257U;
}
std::uint32_t wide(std::uint16_t sample) {
    return sample;
}

}  // namespace

Result<SmallCollector> SmallCollector::create(const image::PhotoFacts& facts) {
    CONTONE_TRY(const icc::InputTransform input, icc::InputTransform::create(facts.colour, {}));
    return SmallCollector(facts, whiteOf(input));
}

SmallCollector::SmallCollector(const image::PhotoFacts& facts, std::uint32_t white)
    : m_photo(facts.size),
      m_size(smallOf(facts.size)),
      m_orientation(facts.orientation),
      m_format(facts.pixels),
      m_white(white),
      m_stepX(std::max(1, m_photo.width / m_size.width / samplesASide)),
      m_stepY(std::max(1, m_photo.height / m_size.height / samplesASide)) {
    const auto pixels = static_cast<std::size_t>(m_size.width) * static_cast<std::size_t>(m_size.height);
    m_sums.resize(pixels * static_cast<std::size_t>(image::count(m_format.channels)));
    m_counts.resize(pixels);
    m_clipped.resize(pixels);
    m_seen.resize(colourRoom);
}

void SmallCollector::add(const image::StripView& strip, int y) {
    if (m_format.depth == image::Depth::U8)
        addRows<std::uint8_t>(strip, y);
    else
        addRows<std::uint16_t>(strip, y);
    if (y % blockRowsApart == 0 && strip.rows >= block) addBlocks(strip);
}

template <class Sample>
void SmallCollector::addRows(const image::StripView& strip, int y) {
    for (int row = 0; row < strip.rows; row++) {
        if ((y + row) % m_stepY != m_stepY / 2) continue;
        if (m_format.channels == image::Channels::Gray)
            addRow<1>(strip.row<Sample>(row), y + row);
        else
            addRow<3>(strip.row<Sample>(row), y + row);
    }
}

void SmallCollector::countColour(std::uint32_t colour) {
    const std::uint32_t entry = colour + 1;
    for (std::size_t at = colour * 2654435761U >> 18;; at++) {
        std::uint32_t& seen = m_seen[at % colourRoom];
        if (seen == entry) return;
        if (seen != 0) continue;
        seen = entry;
        m_colours++;
        return;
    }
}

template <int channels, class Sample>
void SmallCollector::addRow(const Sample* row, int y) {
    constexpr int shift = 8 * (static_cast<int>(sizeof(Sample)) - 1);
    const std::int64_t cellRow = std::int64_t{y} * m_size.height / m_photo.height;
    for (int cell = 0; cell < m_size.width; cell++) {
        const auto edge = [&](int i) { return static_cast<int>(std::int64_t{i} * m_photo.width / m_size.width); };
        const auto at = static_cast<std::size_t>(cellRow * m_size.width + cell);
        std::array<std::uint32_t, channels> sums{};
        std::uint32_t count = 0, clipped = 0;
        for (int x = edge(cell) + m_stepX / 2; x < edge(cell + 1); x += m_stepX) {
            const Sample* p = row + std::ptrdiff_t{x} * channels;
            int white = 0;
            std::uint32_t colour = 0;
            for (std::size_t c = 0; c < channels; c++) {
                sums[c] += wide(p[c]);
                white += wide(p[c]) >= m_white ? 1 : 0;
                colour = colour << 8 | static_cast<std::uint32_t>(p[c] >> shift);
            }
            count++;
            clipped += white >= std::min(2, channels) ? 1 : 0;
            if (m_colours < mostColours) countColour(colour);
        }
        for (std::size_t c = 0; c < channels; c++) m_sums[at * channels + c] += sums[c];
        m_counts[at] += count;
        m_clipped[at] += clipped;
    }
}

void SmallCollector::addBlocks(const image::StripView& strip) {
    const auto pixel = m_format.bytesPerPixel();
    for (int x = 0; x + block <= strip.width; x += block) {
        const std::byte* first = strip.data + static_cast<std::size_t>(x) * pixel;
        bool isFlat = true;
        for (std::size_t row = 0; row < block && isFlat; row++)
            for (std::size_t i = 0; i < block && isFlat; i++)
                isFlat = std::memcmp(first, first + row * strip.stride + i * pixel, pixel) == 0;
        m_blocks++;
        if (isFlat) m_flatBlocks++;
    }
}

void SmallCollector::into(PhotoMeasures& measured) const {
    const auto channels = static_cast<std::size_t>(image::count(m_format.channels));
    image::Picture stored = image::Picture::ofSize(m_size, {m_format.channels, image::Depth::U16});
    image::Picture clipped = image::Picture::ofSize(m_size, {image::Channels::Gray, image::Depth::U8});
    auto* samples = stored.strip().row<std::uint16_t>(0);
    auto* shares = clipped.strip().row<std::uint8_t>(0);
    for (std::size_t i = 0; i < m_counts.size(); i++) {
        const std::uint32_t count = std::max(1U, m_counts[i]);
        for (std::size_t c = 0; c < channels; c++)
            samples[i * channels + c] = static_cast<std::uint16_t>(m_sums[i * channels + c] / count);
        shares[i] = static_cast<std::uint8_t>(m_clipped[i] * 255 / count);
    }
    measured.small = image::upright(stored, m_orientation);
    const image::Picture lies = image::upright(clipped, m_orientation);
    const auto* first = lies.strip().row<std::uint8_t>(0);
    measured.clipped.assign(first, first + lies.bytes.size());
    measured.colours = m_colours;
    measured.flatBlockPercent =
        m_blocks == 0 ? 0 : 100.0 * static_cast<double>(m_flatBlocks) / static_cast<double>(m_blocks);
}

}  // namespace contone::preflight
