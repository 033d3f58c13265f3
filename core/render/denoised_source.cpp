// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads ahead as far as the filters reach, filters a batch, and hands its rows out.
#include "core/render/denoised_source.h"

#include <algorithm>
#include <cmath>

#include "core/image/photo_problem.h"

namespace contone::render {
namespace {

/// How many times smaller the rows come than the file has them.
int reductionOf(const image::PhotoFacts& facts) {
    const int across = (facts.storedSize.width + facts.size.width / 2) / std::max(1, facts.size.width);
    const int down = (facts.storedSize.height + facts.size.height / 2) / std::max(1, facts.size.height);
    return std::max(1, std::min(across, down));
}

std::uint16_t sample(float value) {
    return static_cast<std::uint16_t>(std::clamp(value, 0.0F, 1.0F) * 65535.0F + 0.5F);
}

}  // namespace

DenoisedSource::DenoisedSource(std::unique_ptr<image::PhotoSource> photo, NoiseReduction wanted, NoiseLevel level,
                               int threads)
    : m_photo(std::move(photo)),
      m_facts(m_photo->facts()),
      m_isGray(m_facts.pixels.channels == image::Channels::Gray),
      m_workers(std::max(1, threads)),
      m_lumaFilter(m_facts.size, reductionOf(m_facts), wanted.luma, level.luma),
      m_chromaFilter(m_facts.size, reductionOf(m_facts), m_isGray ? 0 : wanted.chroma, level),
      m_strip(image::Picture::ofSize({m_facts.size.width, batch / 2}, m_facts.pixels)) {
    m_facts.pixels.depth = image::Depth::U16;
    const auto room = static_cast<std::size_t>(m_facts.size.width) * (batch + batch / 2 + 2 * reach);
    for (Window* one : {&m_luma, &m_blue, &m_red}) one->rows.resize(m_isGray && one != &m_luma ? 0 : room);
    const auto rows = static_cast<std::size_t>(m_facts.size.width) * batch;
    m_newLuma.resize(rows);
    if (m_isGray) return;
    m_newBlue.resize(rows);
    m_newRed.resize(rows);
}

void DenoisedSource::forget(int before) {
    const int gone = std::min(before, m_first + m_have) - m_first;
    if (gone <= 0) return;
    const std::ptrdiff_t width = m_facts.size.width;
    for (Window* one : {&m_luma, &m_blue, &m_red})
        if (!one->rows.empty())
            std::copy(one->rows.begin() + gone * width, one->rows.begin() + m_have * width, one->rows.begin());
    m_first += gone;
    m_have -= gone;
}

Result<void> DenoisedSource::readUntil(int row) {
    const std::ptrdiff_t width = m_facts.size.width;
    while (m_first + m_have < row) {
        image::MutableStrip strip = m_strip.strip();
        strip.rows = std::min(strip.rows, row - m_first - m_have);
        CONTONE_TRY(const int got, m_photo->read(strip));
        if (got == 0) return image::photoProblem("photo-truncated", "the source ended early");
        for (int r = 0; r < got; r++) {
            const std::ptrdiff_t at = (m_have + r) * width;
            if (m_isGray)
                toPlanes(strip, r, m_luma.rows.data() + at, nullptr, nullptr);
            else
                toPlanes(strip, r, m_luma.rows.data() + at, m_blue.rows.data() + at, m_red.rows.data() + at);
        }
        m_have += got;
    }
    return {};
}

Result<void> DenoisedSource::filterNext() {
    const int from = m_next, to = std::min(from + batch, m_facts.size.height);
    forget(std::max(0, from - reach));
    CONTONE_CHECK(readUntil(std::min(to + reach, m_facts.size.height)));
    const std::ptrdiff_t width = m_facts.size.width, skipped = (from - m_first) * width, count = (to - from) * width;
    if (m_lumaFilter.isNeeded())
        m_lumaFilter.run(m_luma.at(m_first, m_have), from, to, m_newLuma.data(), m_workers);
    else
        std::copy_n(m_luma.rows.begin() + skipped, count, m_newLuma.begin());
    if (m_chromaFilter.isNeeded()) {
        m_chromaFilter.run({m_luma.at(m_first, m_have), m_blue.at(m_first, m_have), m_red.at(m_first, m_have)}, from,
                           to, m_newBlue.data(), m_newRed.data(), m_workers);
    } else if (!m_isGray) {
        std::copy_n(m_blue.rows.begin() + skipped, count, m_newBlue.begin());
        std::copy_n(m_red.rows.begin() + skipped, count, m_newRed.begin());
    }
    m_batchFirst = from;
    m_batchRows = to - from;
    return {};
}

void DenoisedSource::give(int y, std::uint16_t* out) const {
    const std::ptrdiff_t width = m_facts.size.width, at = (y - m_batchFirst) * width;
    const float* luma = m_newLuma.data() + at;
    if (m_isGray) {
        for (int x = 0; x < width; x++) out[x] = sample(luma[x]);
        return;
    }
    const float *blue = m_newBlue.data() + at, *red = m_newRed.data() + at;
    constexpr float ofRed = lumaWeights[0] / lumaWeights[1], ofBlue = lumaWeights[2] / lumaWeights[1];
    for (int x = 0; x < width; x++, out += 3) {
        out[0] = sample(luma[x] + red[x]);
        out[1] = sample(luma[x] - ofRed * red[x] - ofBlue * blue[x]);
        out[2] = sample(luma[x] + blue[x]);
    }
}

Result<int> DenoisedSource::read(image::MutableStrip strip) {
    if (m_next >= m_facts.size.height) return 0;
    if (m_next >= m_batchFirst + m_batchRows) {
        CONTONE_CHECK(filterNext());
    }
    const int rows = std::min(strip.rows, m_batchFirst + m_batchRows - m_next);
    for (int r = 0; r < rows; r++) give(m_next + r, strip.row<std::uint16_t>(r));
    m_next += rows;
    return rows;
}

}  // namespace contone::render
