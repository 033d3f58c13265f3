// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sums and products alone: the same bytes on every processor and for any number of threads.
#include "core/render/noise_filters.h"

#include <algorithm>
#include <cmath>

namespace contone::render {
namespace {

constexpr int levels = 3;
/// What white noise of 1 leaves in each level of the B3 spline wavelet in two dimensions.
constexpr std::array<float, levels> noiseOfLevel{0.8908F, 0.2007F, 0.0856F};
constexpr float mostDeviations = 3;  ///< of the noise in a level, at full strength
constexpr int radius = 3;            ///< of the mean of quarters

/// 1 for alike, 0 from `reach` on, smooth between; J. Tukey's biweight. Takes squares.
float alike(float squared, float reach) {
    const float t = 1 - squared / (reach * reach);
    return t > 0 ? t * t : 0;
}

}  // namespace

LumaFilter::LumaFilter(image::PixelSize size, int reduction, float strength, float level) : m_size(size) {
    if (strength <= 0 || level <= 0) return;
    // Of rows that come smaller, means of pixels, the noise is smaller too.
    const float threshold = strength * mostDeviations * level / static_cast<float>(reduction);
    for (int i = 0; i < levels && reduction << i <= 1 << (levels - 1); i++)
        m_threshold.push_back(threshold * noiseOfLevel[static_cast<std::size_t>(i)]);
}

/// Rows from … to - 1 of m_now, smoothed with taps `stride` apart, into m_next.
void LumaFilter::level(int stride, int from, int to, RowWorkers& workers) {
    const std::ptrdiff_t width = m_size.width;
    const int bottom = m_size.height - 1, right = m_size.width - 1;
    workers.forEach(to - from, [&](int r, int) {
        const int y = from + r;
        const auto row = [&](int at) { return m_now.data() + (std::clamp(at, 0, bottom) - m_first) * width; };
        const float *a = row(y - 2 * stride), *b = row(y - stride), *c = row(y), *d = row(y + stride),
                    *e = row(y + 2 * stride);
        float* down = m_down.data() + (y - m_first) * width;
        for (int x = 0; x <= right; x++) down[x] = (a[x] + e[x] + 4 * (b[x] + d[x]) + 6 * c[x]) * (1.0F / 16);
        float* out = m_next.data() + (y - m_first) * width;
        const auto slow = [&](int x) {
            const auto at = [&](int i) { return down[std::clamp(i, 0, right)]; };
            out[x] = (at(x - 2 * stride) + at(x + 2 * stride) + 4 * (at(x - stride) + at(x + stride)) + 6 * down[x]) *
                     (1.0F / 16);
        };
        const int edge = std::min(2 * stride, m_size.width), end = std::max(edge, m_size.width - 2 * stride);
        for (int x = 0; x < edge; x++) slow(x);
        for (int x = edge; x < end; x++)
            out[x] = (down[x - 2 * stride] + down[x + 2 * stride] + 4 * (down[x - stride] + down[x + stride]) +
                      6 * down[x]) *
                     (1.0F / 16);
        for (int x = end; x < m_size.width; x++) slow(x);
    });
}

void LumaFilter::run(const PlaneRows& rows, int from, int to, float* out, RowWorkers& workers) {
    const auto width = static_cast<std::size_t>(m_size.width);
    const std::size_t all = width * static_cast<std::size_t>(rows.count);
    m_first = rows.first;
    m_now.assign(rows.data, rows.data + all);
    m_down.resize(all);
    m_next.resize(all);
    std::fill_n(out, width * static_cast<std::size_t>(to - from), 0.0F);
    int margin = 0;  // rows that the levels still to come reach
    for (std::size_t i = 0; i < m_threshold.size(); i++) margin += 2 << i;
    for (std::size_t i = 0; i < m_threshold.size(); i++) {
        const int stride = 1 << i;
        margin -= 2 * stride;
        level(stride, std::max(0, from - margin), std::min(m_size.height, to + margin), workers);
        workers.forEach(to - from, [&](int r, int) {
            const std::size_t at = static_cast<std::size_t>(from + r - m_first) * width;
            const float *now = m_now.data() + at, *next = m_next.data() + at, threshold = m_threshold[i];
            float* sum = out + static_cast<std::size_t>(r) * width;
            for (std::size_t x = 0; x < width; x++) {
                const float detail = now[x] - next[x];
                const float less = std::fabs(detail) - threshold;
                sum[x] += less > 0 ? std::copysign(less, detail) : 0;
            }
        });
        std::swap(m_now, m_next);
    }
    const float* smooth = m_now.data() + static_cast<std::size_t>(from - m_first) * width;
    for (std::size_t i = 0; i < width * static_cast<std::size_t>(to - from); i++) out[i] += smooth[i];
}

ChromaFilter::ChromaFilter(image::PixelSize size, int reduction, float strength, NoiseLevel level)
    : m_size(size), m_strength(strength) {
    if (strength <= 0 || level.chroma <= 0 || reduction > 4) return;
    m_cell = std::max(1, 4 / reduction);
    m_columns = (size.width + m_cell - 1) / m_cell;
    m_rows = (size.height + m_cell - 1) / m_cell;
    m_noise = level.chroma / static_cast<float>(reduction);
    m_likeColour = 1.5F * m_noise;
    m_likeOwn = 3.5F * m_noise;
    m_likeLuma = 0.1F + 3 * level.luma;
}

ChromaFilter::Cell ChromaFilter::cellAt(const Planes& rows, int column, int row) const {
    const int left = column * m_cell, right = std::min(left + m_cell, m_size.width);
    const int top = row * m_cell, bottom = std::min(top + m_cell, m_size.height);
    Cell sum;
    float squares = 0;
    for (int y = top; y < bottom; y++) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(y - rows.luma.first) * m_size.width;
        for (int x = left; x < right; x++) {
            const float blue = rows.blue.data[at + x], red = rows.red.data[at + x];
            sum.luma += rows.luma.data[at + x];
            sum.blue += blue;
            sum.red += red;
            squares += blue * blue + red * red;
        }
    }
    const float part = 1.0F / static_cast<float>((right - left) * (bottom - top));
    sum.luma *= part;
    sum.blue *= part;
    sum.red *= part;
    // An edge runs through a cell that differs more within than noise does: 2 to 4 times its variance.
    const float within = std::max(0.0F, squares * part - sum.blue * sum.blue - sum.red * sum.red);
    sum.trust = std::clamp(2 - within / (2 * m_noise * m_noise * 2), 0.0F, 1.0F);
    return sum;
}

const ChromaFilter::Cell& ChromaFilter::near(const std::vector<Cell>& cells, int column, int row) const {
    const int r = std::clamp(row, m_firstRow, m_lastRow) - m_firstRow, c = std::clamp(column, 0, m_columns - 1);
    return cells[static_cast<std::size_t>(r) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(c)];
}

ChromaFilter::Cell ChromaFilter::smoothed(int column, int row) const {
    const Cell own = near(m_cells, column, row);
    float blue = 0, red = 0, sum = 0;
    for (int y = std::max(row - radius, 0); y <= std::min(row + radius, m_rows - 1); y++)
        for (int x = std::max(column - radius, 0); x <= std::min(column + radius, m_columns - 1); x++) {
            const Cell& other = near(m_cells, x, y);
            const float db = other.blue - own.blue, dr = other.red - own.red, dl = other.luma - own.luma;
            const float weight = alike(db * db + dr * dr, m_likeColour) * alike(dl * dl, m_likeLuma) * other.trust;
            blue += weight * other.blue;
            red += weight * other.red;
            sum += weight;
        }
    return sum > 0 ? Cell{own.luma, blue / sum, red / sum, own.trust} : own;
}

void ChromaFilter::bringBack(const Planes& rows, int y, float* blue, float* red) const {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(y - rows.luma.first) * m_size.width;
    const float cell = static_cast<float>(m_cell), down = (static_cast<float>(y) + 0.5F) / cell - 0.5F;
    const int row = static_cast<int>(std::floor(down));
    const float low = down - static_cast<float>(row);
    constexpr float own = 0.02F;  // of the pixel itself, which is all where nothing around is like it
    for (int x = 0; x < m_size.width; x++) {
        const float along = (static_cast<float>(x) + 0.5F) / cell - 0.5F;
        const int column = static_cast<int>(std::floor(along));
        const float right = along - static_cast<float>(column);
        const float wasLuma = rows.luma.data[at + x], wasBlue = rows.blue.data[at + x], wasRed = rows.red.data[at + x];
        float b = own * wasBlue, r = own * wasRed, sum = own;
        for (int corner = 0; corner < 4; corner++) {
            const Cell& one = near(m_smooth, column + (corner & 1), row + (corner >> 1));
            const float place = ((corner & 1) != 0 ? right : 1 - right) * (corner >> 1 != 0 ? low : 1 - low);
            const float db = one.blue - wasBlue, dr = one.red - wasRed, dl = one.luma - wasLuma;
            const float weight = place * one.trust * alike(db * db + dr * dr, m_likeOwn) * alike(dl * dl, m_likeLuma);
            b += weight * one.blue;
            r += weight * one.red;
            sum += weight;
        }
        blue[x] = wasBlue + (b / sum - wasBlue) * m_strength;
        red[x] = wasRed + (r / sum - wasRed) * m_strength;
    }
}

void ChromaFilter::run(const Planes& rows, int from, int to, float* blue, float* red, RowWorkers& workers) {
    // Cells that are brought back, one more on each side, and those that their means reach.
    const int top = std::max(from / m_cell - 1, 0), bottom = std::min((to - 1) / m_cell + 1, m_rows - 1);
    m_firstRow = std::max(top - radius, 0);
    m_lastRow = std::min(bottom + radius, m_rows - 1);
    const auto columns = static_cast<std::size_t>(m_columns);
    m_cells.resize(columns * static_cast<std::size_t>(m_lastRow - m_firstRow + 1));
    m_smooth.resize(m_cells.size());
    workers.forEach(m_lastRow - m_firstRow + 1, [&](int r, int) {
        for (int c = 0; c < m_columns; c++)
            m_cells[static_cast<std::size_t>(r) * columns + static_cast<std::size_t>(c)] =
                cellAt(rows, c, m_firstRow + r);
    });
    workers.forEach(bottom - top + 1, [&](int r, int) {
        for (int c = 0; c < m_columns; c++)
            m_smooth[static_cast<std::size_t>(top + r - m_firstRow) * columns + static_cast<std::size_t>(c)] =
                smoothed(c, top + r);
    });
    workers.forEach(to - from, [&](int r, int) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(r) * m_size.width;
        bringBack(rows, from + r, blue + at, red + at);
    });
}

}  // namespace contone::render
