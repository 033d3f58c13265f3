// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Boxes begin and end at few rows: what is bare is worked out once for all rows between two of those.
#include "core/render/paper_mask.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace contone::render {

PaperMask::PaperMask(int pageWidth, const std::vector<image::PixelRect>& boxes, const std::array<float, 4>& paper,
                     int channels)
    : m_channels(channels) {
    for (std::size_t c = 0; c < 4; c++)
        m_paper[c] = static_cast<std::uint16_t>(std::lround(std::clamp(paper[c], 0.0F, 1.0F) * 65535.0F));
    std::set<int> tops{0};
    for (const image::PixelRect& box : boxes) tops.insert({box.y, box.y + box.height});
    for (const int top : tops) {
        std::vector<Span> covered;
        for (const image::PixelRect& box : boxes)
            if (box.y <= top && top < box.y + box.height) covered.push_back({box.x, box.x + box.width});
        std::ranges::sort(covered, {}, &Span::begin);
        Band band{top, {}};
        int bareFrom = 0;
        for (const Span& span : covered) {
            if (span.begin > bareFrom) band.bare.push_back({bareFrom, span.begin});
            bareFrom = std::max(bareFrom, span.end);
        }
        if (bareFrom < pageWidth) band.bare.push_back({bareFrom, pageWidth});
        m_bands.push_back(std::move(band));
    }
}

void PaperMask::run(Row& row) const {
    const auto next = std::ranges::upper_bound(m_bands, row.place.y, {}, &Band::top);
    for (const Span& span : std::prev(next)->bare)
        for (int x = span.begin; x < span.end; x++)
            std::copy_n(m_paper.begin(), m_channels, row.device + static_cast<std::ptrdiff_t>(x) * m_channels);
}

}  // namespace contone::render
