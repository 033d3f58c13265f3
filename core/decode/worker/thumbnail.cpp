// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Small pictures for lists: DCT scaling, then an exact area average.
#include <algorithm>
#include <cstdint>

#include "core/decode/open_photo.h"
#include "core/image/codecs/jpeg_reader.h"

namespace contone::decode {

namespace {

using image::Channels;
using image::JpegScale;
using image::Picture;
using image::PixelSize;

constexpr image::PixelFormat kRgb8{Channels::Rgb, image::Depth::U8};

// The smallest scale that still leaves at least as many pixels as are wanted.
JpegScale scaleFor(PixelSize stored, int longSide) {
    for (const JpegScale scale : {JpegScale::Eighth, JpegScale::Quarter, JpegScale::Half})
        if (std::max(stored.width, stored.height) / static_cast<int>(scale) >= longSide) return scale;
    return JpegScale::Full;
}

PixelSize fitted(PixelSize size, int longSide) {
    const int most = std::max(size.width, size.height);
    if (most <= longSide) return size;
    const auto side = [&](int n) { return std::max(1, static_cast<int>((2ll * n * longSide + most) / (2ll * most))); };
    return {side(size.width), side(size.height)};
}

/// Takes rows from the top and keeps their area average at the target size. Source pixel i covers [i·to, (i+1)·to),
/// target pixel j [j·from, (j+1)·from) of one integer scale, so all weights are whole and the mean is exact.
class AreaAverage {
  public:
    AreaAverage(PixelSize from, PixelSize to)
        : m_from(from), m_picture(Picture::ofSize(to, kRgb8)), m_row(sampleCount()), m_sum(sampleCount()) {}

    void add(const std::uint8_t* rgb) {
        reduceRow(rgb);
        const std::int64_t to = m_picture.size.height;
        std::int64_t at = m_y * to;
        const std::int64_t end = at + to;
        while (at < end) {
            const std::int64_t edge = (m_out + 1) * static_cast<std::int64_t>(m_from.height);
            const auto weight = static_cast<std::uint64_t>(std::min(end, edge) - at);
            for (std::size_t i = 0; i < m_sum.size(); ++i) m_sum[i] += m_row[i] * weight;
            at += static_cast<std::int64_t>(weight);
            if (at == edge) emit();
        }
        ++m_y;
    }
    Picture take() { return std::move(m_picture); }

  private:
    std::size_t sampleCount() const { return static_cast<std::size_t>(m_picture.size.width) * 3; }

    void reduceRow(const std::uint8_t* rgb) {
        std::fill(m_row.begin(), m_row.end(), 0u);
        const std::int64_t to = m_picture.size.width;
        std::int64_t out = 0;
        for (std::int64_t x = 0; x < m_from.width; ++x, rgb += 3) {
            std::int64_t at = x * to;
            const std::int64_t end = at + to;
            while (at < end) {
                const std::int64_t edge = (out + 1) * m_from.width;
                const auto weight = static_cast<std::uint64_t>(std::min(end, edge) - at);
                for (std::size_t c = 0; c < 3; ++c) m_row[static_cast<std::size_t>(out) * 3 + c] += rgb[c] * weight;
                at += static_cast<std::int64_t>(weight);
                if (at == edge) ++out;
            }
        }
    }

    void emit() {
        const std::uint64_t area = static_cast<std::uint64_t>(m_from.width) * static_cast<std::uint64_t>(m_from.height);
        auto* to = m_picture.strip().row<std::uint8_t>(static_cast<int>(m_out++));
        for (std::uint64_t& sum : m_sum) {
            *to++ = static_cast<std::uint8_t>((sum + area / 2) / area);
            sum = 0;
        }
    }

    PixelSize m_from;
    Picture m_picture;
    std::vector<std::uint64_t> m_row, m_sum;
    std::int64_t m_y = 0, m_out = 0;
};

// One row of what the photo has, as RGB for the eye only.
void toRgb(const std::uint8_t* from, Channels channels, int width, std::uint8_t* rgb) {
    for (int x = 0; x < width; ++x, from += count(channels), rgb += 3)
        for (int c = 0; c < 3; ++c)
            rgb[c] = channels == Channels::Gray  ? from[0]
                     : channels == Channels::Rgb ? from[c]
                                                 : static_cast<std::uint8_t>((255 - from[c]) * (255 - from[3]) / 255);
}

}  // namespace

Result<Picture> thumbnail(const Path& path, int longSide, const image::Limits& limits) {
    if (longSide < 1 || longSide > 8192)
        return fail(Code::Invalid, "bad-size", "A thumbnail is 1 to 8192 pixels long.", std::to_string(longSide));
    CONTONE_TRY(std::unique_ptr<image::PhotoSource> source, openPhoto(path, limits));
    if (const JpegScale scale = scaleFor(source->facts().storedSize, longSide); scale != JpegScale::Full) {
        CONTONE_TRY(FileDescriptor file, openForReading(path));
        CONTONE_TRY(source, image::openJpeg(std::move(file), limits, scale));
    }
    const image::PhotoFacts& facts = source->facts();
    AreaAverage average(facts.storedSize, fitted(facts.storedSize, longSide));
    Picture strip = Picture::ofSize({facts.storedSize.width, 16}, facts.pixels);
    std::vector<std::uint8_t> rgb(static_cast<std::size_t>(facts.storedSize.width) * 3);
    for (;;) {
        CONTONE_TRY(const int rows, source->read(strip.strip()));
        if (rows == 0) break;
        for (int y = 0; y < rows; ++y) {
            toRgb(strip.strip().row<std::uint8_t>(y), facts.pixels.channels, facts.storedSize.width, rgb.data());
            average.add(rgb.data());
        }
    }
    return image::upright(average.take(), facts.orientation);
}

}  // namespace contone::decode
