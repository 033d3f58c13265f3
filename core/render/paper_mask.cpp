// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// 64 pixels at a time where all are covered, which most are.
#include "core/render/paper_mask.h"

#include <algorithm>
#include <cmath>

namespace contone::render {

PaperMask::PaperMask(const Composition& page, const std::array<float, 4>& paper, int channels)
    : m_page(page), m_channels(channels) {
    for (std::size_t c = 0; c < 4; c++)
        m_paper[c] = static_cast<std::uint16_t>(std::lround(std::clamp(paper[c], 0.0F, 1.0F) * 65535.0F));
}

void PaperMask::run(Row& row) const {
    const int y = row.place.y;
    for (int from = 0; from < row.width; from += 64) {
        if (m_page.areAllCovered(from, y)) continue;
        for (int x = from; x < std::min(from + 64, row.width); x++)
            if (!m_page.isCovered(x, y))
                std::copy_n(m_paper.begin(), m_channels, row.device + static_cast<std::ptrdiff_t>(x) * m_channels);
    }
}

}  // namespace contone::render
