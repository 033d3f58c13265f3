// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Light is gathered, blurred a little, and read back between the cells.
#include "core/render/adjustments/tone_grid.h"
#include "core/render/adjustments/bounds.h"

#include <algorithm>

#include "core/render/adjustments/stops.h"

namespace contone::render {
namespace {

struct Between {
    int first;
    float part;  ///< of the next
};
/// Of `count` centres at 0.5, 1.5 …; beyond the outermost ones as at them.
Between between(double at, int count) {
    const double place = std::clamp(at - 0.5, 0.0, count - 1.0);
    const int first = std::min(static_cast<int>(place), std::max(count - 2, 0));
    return {first, static_cast<float>(place - first)};
}

/// 1-2-1 along an axis: `count` values `stride` floats apart; at the ends the end counts once more.
void blur(float* first, int count, std::size_t stride) {
    float before = *first;
    for (int i = 0; i < count; i++) {
        float& now = first[static_cast<std::size_t>(i) * stride];
        const float next = i + 1 < count ? first[static_cast<std::size_t>(i + 1) * stride] : now;
        const float blurred = (before + 2 * now + next) / 4;
        before = now;
        now = blurred;
    }
}

}  // namespace

float ToneGrid::layerOf(float stops) {
    return std::clamp((stops - darkest) * layersPerStop, 0.0F, layers - 1.001F);
}

ToneGrid::ToneGrid(const float* rgb, int width, int height, const std::array<float, 3>& weights)
    : m_columns(width >= height ? longCells : shortCells),
      m_rows(width >= height ? shortCells : longCells),
      m_cells(static_cast<std::size_t>(longCells * shortCells * layers) * 2) {
    for (int y = 0; y < height; y++) {
        const Between row = between((y + 0.5) / height * m_rows, m_rows);
        for (int x = 0; x < width; x++, rgb += 3) {
            const float stops = stopsOf(weights[0] * rgb[0] + weights[1] * rgb[1] + weights[2] * rgb[2]);
            const Between column = between((x + 0.5) / width * m_columns, m_columns);
            const float layer = layerOf(stops);
            const int low = static_cast<int>(layer);
            for (int corner = 0; corner < 8; corner++) {
                const int right = corner & 1, down = corner >> 1 & 1, up = corner >> 2;
                const float part = (right ? column.part : 1 - column.part) * (down ? row.part : 1 - row.part) *
                                   (up ? layer - static_cast<float>(low) : 1 - (layer - static_cast<float>(low)));
                float* at = &m_cells[cell(column.first + right, row.first + down, low + up)];
                at[0] += part * stops;
                at[1] += part;
            }
        }
    }
    const std::size_t ofLayer = 2, ofColumn = ofLayer * layers, ofRow = ofColumn * static_cast<std::size_t>(m_columns);
    for (int round = 0; round < 2; round++) {
        for (int r = 0; r < m_rows; r++)
            for (std::size_t i = 0; i < ofColumn; i++) blur(&m_cells[cell(0, r, 0) + i], m_columns, ofColumn);
        for (std::size_t i = 0; i < ofRow; i++) blur(&m_cells[i], m_rows, ofRow);
    }
    for (int r = 0; r < m_rows; r++)
        for (int c = 0; c < m_columns; c++)
            for (std::size_t i = 0; i < 4; i++) blur(&m_cells[cell(c, r, 0) + i % 2], layers, ofLayer);
}

ToneGrid::Line::Line(const ToneGrid& grid, const PhotoLine& photo) {
    const bool isAcross = photo.stepV == 0;  // a row of the photo; else a column
    const Between fixed =
        isAcross ? between(photo.v * grid.m_rows, grid.m_rows) : between(photo.u * grid.m_columns, grid.m_columns);
    m_count = isAcross ? grid.m_columns : grid.m_rows;
    m_first = static_cast<float>((isAcross ? photo.u : photo.v) * m_count - 0.5);
    m_step = static_cast<float>((isAcross ? photo.stepU : photo.stepV) * m_count);
    m_last = static_cast<float>(m_count - 1);
    m_cells.resize(static_cast<std::size_t>(m_count) * layers * 2);
    for (int i = 0; i < m_count; i++) {
        const float* first = &grid.m_cells[isAcross ? grid.cell(i, fixed.first, 0) : grid.cell(fixed.first, i, 0)];
        const float* second =
            &grid.m_cells[isAcross ? grid.cell(i, fixed.first + 1, 0) : grid.cell(fixed.first + 1, i, 0)];
        float* to = &m_cells[static_cast<std::size_t>(i) * layers * 2];
        for (int k = 0; k < layers * 2; k++) to[k] = first[k] + (second[k] - first[k]) * fixed.part;
    }
}

}  // namespace contone::render
