// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// First down, then across, one row of the square at a time.
#include "core/vision/finder/letterbox.h"

#include <algorithm>
#include <cmath>

namespace contone::vision {

Area Area::of(const image::StripView& picture) {
    return {picture.row<std::uint8_t>(0), 3, static_cast<std::ptrdiff_t>(picture.stride), picture.width, picture.rows};
}

Area Area::part(int x, int y, int partWidth, int partHeight) const {
    return {first + x * right + y * down, right, down, partWidth, partHeight};
}

/// What was the left column, from below, is the first row.
Area Area::turned() const {
    return {first + (height - 1) * down, -down, right, height, width};
}

Letterbox::Letterbox(int side) : m_side(side) {
    const auto lines = static_cast<std::size_t>(side);
    m_across.resize(lines);
    m_down.resize(lines);
    // A filter reaches over two steps, and a pixel more at either end.
    m_weights.reserve(2 * lines * static_cast<std::size_t>(2 * (longestSide / side + 1) + 2));
    m_row.resize(3 * std::size_t{longestSide});
}

/// `taps` of a line of `length` pixels that stands in the middle of one of `longSide`.
void Letterbox::aim(std::vector<Taps>& taps, int length, int longSide) {
    const float step = static_cast<float>(longSide) / static_cast<float>(m_side);
    const float reach = std::max(step, 1.0F);
    const float margin = 0.5F * static_cast<float>(longSide - length);
    for (std::size_t i = 0; i < taps.size(); ++i) {
        const float centre = (static_cast<float>(i) + 0.5F) * step - margin;
        taps[i] = {0, 0, m_weights.size()};
        if (centre < 0 || centre >= static_cast<float>(length)) continue;
        const int first = std::max(0, static_cast<int>(std::floor(centre - reach)));
        const int last = std::min(length - 1, static_cast<int>(std::ceil(centre + reach)));
        float sum = 0;
        for (int at = first; at <= last; ++at) {
            const float distance = std::abs(static_cast<float>(at) + 0.5F - centre) / reach;
            const float weight = std::max(0.0F, 1 - distance);
            if (weight == 0 && taps[i].count == 0) continue;
            if (taps[i].count == 0) taps[i].first = at;
            ++taps[i].count;
            m_weights.push_back(weight);
            sum += weight;
        }
        for (std::size_t at = taps[i].weights; at < m_weights.size(); ++at) m_weights[at] /= sum;
    }
}

void Letterbox::sumRows(const Area& picture, const Taps& rows) {
    const auto values = 3 * static_cast<std::size_t>(picture.width);
    std::fill_n(m_row.begin(), values, 0.0F);
    for (int r = 0; r < rows.count; ++r) {
        const float weight = m_weights[rows.weights + static_cast<std::size_t>(r)];
        const std::uint8_t* pixel = picture.first + (rows.first + r) * picture.down;
        for (std::size_t i = 0; i < values; i += 3, pixel += picture.right)
            for (std::size_t c = 0; c < 3; ++c) m_row[i + c] += weight * static_cast<float>(pixel[c]);
    }
}

void Letterbox::fill(const Area& picture, std::span<float> square) {
    m_weights.clear();
    aim(m_across, picture.width, picture.longSide());
    aim(m_down, picture.height, picture.longSide());
    float* out = square.data();
    for (const Taps& rows : m_down) {
        if (rows.count > 0) sumRows(picture, rows);
        for (const Taps& columns : m_across) {
            const bool isInside = rows.count > 0 && columns.count > 0;
            for (std::size_t c = 0; c < 3; ++c) {
                float sum = 0;
                for (int i = 0; isInside && i < columns.count; ++i)
                    sum += m_weights[columns.weights + static_cast<std::size_t>(i)] *
                           m_row[3 * static_cast<std::size_t>(columns.first + i) + c];
                *out++ = sum / 127.5F - 1;
            }
        }
    }
}

}  // namespace contone::vision
