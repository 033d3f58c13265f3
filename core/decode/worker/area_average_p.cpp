// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sums across, then down.
#include "core/decode/worker/area_average_p.h"

#include <algorithm>

namespace contone::decode {

using image::Depth;
using image::Picture;
using image::PixelSize;

PixelSize fitted(PixelSize size, int longSide) {
    const int most = std::max(size.width, size.height);
    if (most <= longSide) return size;
    const auto side = [&](int n) { return std::max(1, static_cast<int>((2LL * n * longSide + most) / (2LL * most))); };
    return {side(size.width), side(size.height)};
}

AreaAverage::AreaAverage(PixelSize from, PixelSize to, image::PixelFormat format)
    : m_from(from),
      m_format(format),
      m_channels(static_cast<std::size_t>(count(format.channels))),
      m_picture(Picture::ofSize(to, {format.channels, Depth::U16})),
      m_row(static_cast<std::size_t>(to.width) * m_channels),
      m_sum(m_row.size()) {}

void AreaAverage::add(image::StripView strip, int y) {
    if (m_format.depth == Depth::U8)
        reduceRow(strip.row<std::uint8_t>(y));
    else
        reduceRow(strip.row<std::uint16_t>(y));
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

template <class Sample>
void AreaAverage::reduceRow(const Sample* in) {
    std::fill(m_row.begin(), m_row.end(), 0U);
    const std::int64_t to = m_picture.size.width;
    std::int64_t out = 0;
    for (std::int64_t x = 0; x < m_from.width; ++x, in += m_channels) {
        std::int64_t at = x * to;
        const std::int64_t end = at + to;
        while (at < end) {
            const std::int64_t edge = (out + 1) * m_from.width;
            const auto weight = static_cast<std::uint64_t>(std::min(end, edge) - at);
            std::uint64_t* sum = m_row.data() + static_cast<std::size_t>(out) * m_channels;
            for (std::size_t c = 0; c < m_channels; ++c) sum[c] += in[c] * weight;
            at += static_cast<std::int64_t>(weight);
            if (at == edge) ++out;
        }
    }
}

void AreaAverage::emit() {
    const std::uint64_t area = static_cast<std::uint64_t>(m_from.width) * static_cast<std::uint64_t>(m_from.height);
    const std::uint64_t scale = m_format.depth == Depth::U8 ? 257 : 1;
    auto* to = m_picture.strip().row<std::uint16_t>(static_cast<int>(m_out++));
    for (std::uint64_t& sum : m_sum) {
        *to++ = static_cast<std::uint16_t>((sum * scale + area / 2) / area);
        sum = 0;
    }
}

}  // namespace contone::decode
