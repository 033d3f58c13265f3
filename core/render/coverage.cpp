// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Outlines by their signed distance in micrometres; shadows on a grid that is only as fine as the blur needs.
#include "core/render/coverage.h"

#include <algorithm>
#include <cmath>

namespace contone::render {
namespace {

constexpr double kInchUm = 25400.0;
constexpr double kSigmasPerBlur = 3;

/// 3t² - 2t³: neither end of the slope shows as a line.
double smooth(double t) {
    return t * t * (3 - 2 * t);
}

/// How much of a rectangle's side each pixel shows: from 0 at its ends to 1 where the soft edge is over, at the centres
/// of pixels.
std::vector<float> alongSide(int pixels, Dpi dpi, int softEdgeUm) {
    std::vector<float> covered(static_cast<std::size_t>(pixels), 1.0F);
    if (softEdgeUm == 0) return covered;
    for (int i = 0; i < pixels; i++) {
        const double um = (std::min(i, pixels - 1 - i) + 0.5) * kInchUm / dpi.value;
        covered[static_cast<std::size_t>(i)] = static_cast<float>(smooth(std::min(1.0, um / softEdgeUm)));
    }
    return covered;
}

/// How far a point, from the centre of a rounded rectangle, is outside it; negative inside. All in one unit.
double outsideRounded(double x, double y, double halfWidth, double halfHeight, double radius) {
    const double r = std::min({radius, halfWidth, halfHeight});
    const double dx = std::abs(x) - (halfWidth - r), dy = std::abs(y) - (halfHeight - r);
    const double outside = std::sqrt(std::max(dx, 0.0) * std::max(dx, 0.0) + std::max(dy, 0.0) * std::max(dy, 0.0));
    return outside + std::min(std::max(dx, dy), 0.0) - r;
}

/// The same of an ellipse, exact at its outline and of the right size near it: its equation over its slope.
double outsideEllipse(double x, double y, double halfWidth, double halfHeight) {
    const double nx = x / halfWidth, ny = y / halfHeight;
    const double at = std::sqrt(nx * nx + ny * ny);
    const double gx = nx / halfWidth, gy = ny / halfHeight;
    const double slope = std::sqrt(gx * gx + gy * gy);
    if (slope <= 0) return -std::min(halfWidth, halfHeight);  // the very middle
    return std::max(at * (at - 1) / slope, -std::min(halfWidth, halfHeight));
}

}  // namespace

Coverage::Coverage(Parts parts) : m_parts(std::move(parts)) {
    const bool isRectangle = m_parts.shape.kind == Shape::Kind::Rectangle;
    m_isWhole = isRectangle && m_parts.softEdgeUm == 0 && m_parts.opacityPermille == 1000 && !m_parts.stencil;
    m_pixelUm = (kInchUm / m_parts.dpiX.value + kInchUm / m_parts.dpiY.value) / 2;
    if (m_isWhole || !isRectangle) return;
    m_across = alongSide(m_parts.box.width, m_parts.dpiX, m_parts.softEdgeUm);
    m_down = alongSide(m_parts.box.height, m_parts.dpiY, m_parts.softEdgeUm);
    for (float& part : m_down) part *= static_cast<float>(m_parts.opacityPermille) / 1000.0F;
}

float Coverage::outlineAt(int x, int y) const {
    if (!m_across.empty()) return m_across[static_cast<std::size_t>(x)] * m_down[static_cast<std::size_t>(y)];
    const double umX = kInchUm / m_parts.dpiX.value, umY = kInchUm / m_parts.dpiY.value;
    const double halfWidth = m_parts.box.width * umX / 2, halfHeight = m_parts.box.height * umY / 2;
    const double fromMiddleX = (x + 0.5) * umX - halfWidth, fromMiddleY = (y + 0.5) * umY - halfHeight;
    const double outside =
        m_parts.shape.kind == Shape::Kind::Ellipse
            ? outsideEllipse(fromMiddleX, fromMiddleY, halfWidth, halfHeight)
            : outsideRounded(fromMiddleX, fromMiddleY, halfWidth, halfHeight, m_parts.shape.radiusUm);
    double part = std::clamp(0.5 - outside / m_pixelUm, 0.0, 1.0);
    if (m_parts.softEdgeUm > 0) part *= smooth(std::clamp(-outside / m_parts.softEdgeUm, 0.0, 1.0));
    return static_cast<float>(part * m_parts.opacityPermille / 1000.0);
}

float Coverage::at(int x, int y) const {
    if (m_isWhole) return 1;
    const int column = x - m_parts.box.x, row = y - m_parts.box.y;
    const float outline = outlineAt(column, row);
    return m_parts.stencil ? outline * static_cast<float>(m_parts.stencil->covered(column, row)) / 255.0F : outline;
}

namespace {

struct Cells {
    int columns, rows;
    std::vector<float> values;
    float* at(int column, int row) { return values.data() + static_cast<std::ptrdiff_t>(row) * columns + column; }
};

/// The weights of a Gaussian curve from its middle outwards, for a sum of 1 over both sides.
std::vector<float> gaussian(double sigma) {
    const int reach = static_cast<int>(std::ceil(3 * sigma));
    std::vector<double> weights(static_cast<std::size_t>(reach) + 1);
    double sum = 0;
    for (int i = 0; i <= reach; i++) {
        weights[static_cast<std::size_t>(i)] = sigma > 0 ? std::exp(-0.5 * i * i / (sigma * sigma)) : 1;
        sum += weights[static_cast<std::size_t>(i)] * (i == 0 ? 1 : 2);
    }
    std::vector<float> shares;
    shares.reserve(weights.size());
    for (const double w : weights) shares.push_back(static_cast<float>(w / sum));
    return shares;
}

/// One line of `count` cells, `stride` apart; beyond its ends nothing is covered.
void blurLine(float* line, int count, std::ptrdiff_t stride, const std::vector<float>& weights,
              std::vector<float>& scratch) {
    const int reach = static_cast<int>(weights.size()) - 1;
    for (int i = 0; i < count; i++) scratch[static_cast<std::size_t>(i)] = line[i * stride];
    for (int i = 0; i < count; i++) {
        float sum = scratch[static_cast<std::size_t>(i)] * weights[0];
        for (int k = 1; k <= reach; k++) {
            const float before = i - k >= 0 ? scratch[static_cast<std::size_t>(i - k)] : 0;
            const float after = i + k < count ? scratch[static_cast<std::size_t>(i + k)] : 0;
            sum += (before + after) * weights[static_cast<std::size_t>(k)];
        }
        line[i * stride] = sum;
    }
}

void blur(Cells& cells, double sigmaX, double sigmaY) {
    std::vector<float> scratch(static_cast<std::size_t>(std::max(cells.columns, cells.rows)));
    const std::vector<float> across = gaussian(sigmaX), down = gaussian(sigmaY);
    for (int row = 0; row < cells.rows; row++) blurLine(cells.at(0, row), cells.columns, 1, across, scratch);
    for (int column = 0; column < cells.columns; column++)
        blurLine(cells.at(column, 0), cells.rows, cells.columns, down, scratch);
}

/// Pixels a cell, along one side: a third of the blur, at least one.
int cellPixels(double sigmaPixels) {
    return std::max(1, static_cast<int>(sigmaPixels / 3));
}

}  // namespace

ShadowCoverage::ShadowCoverage(const Coverage& of, const Shadow& shadow, image::PixelSize raster) {
    Coverage::Parts parts = of.parts();
    parts.opacityPermille = 1000;
    const Coverage solid(std::move(parts));
    const double perUmX = of.parts().dpiX.value / kInchUm, perUmY = of.parts().dpiY.value / kInchUm;
    const double sigmaX = shadow.blurUm / kSigmasPerBlur * perUmX, sigmaY = shadow.blurUm / kSigmasPerBlur * perUmY;
    const int cellX = cellPixels(sigmaX), cellY = cellPixels(sigmaY);
    const image::PixelRect& box = of.box();
    // As many cells beside the box as the blur reaches.
    const int besideX = static_cast<int>(std::ceil(3 * sigmaX / cellX)) + 1;
    const int besideY = static_cast<int>(std::ceil(3 * sigmaY / cellY)) + 1;
    Cells cells{(box.width + cellX - 1) / cellX + 2 * besideX, (box.height + cellY - 1) / cellY + 2 * besideY, {}};
    cells.values.resize(static_cast<std::size_t>(cells.columns) * static_cast<std::size_t>(cells.rows));
    for (int y = 0; y < box.height; y++)
        for (int x = 0; x < box.width; x++)
            *cells.at(besideX + x / cellX, besideY + y / cellY) += solid.at(box.x + x, box.y + y);
    for (float& cell : cells.values) cell /= static_cast<float>(cellX * cellY);
    blur(cells, sigmaX / cellX, sigmaY / cellY);

    m_columns = cells.columns;
    m_rows = cells.rows;
    m_cells = std::move(cells.values);
    m_cellX = cellX;
    m_cellY = cellY;
    m_left = box.x - besideX * cellX + shadow.rightUm * perUmX;
    m_top = box.y - besideY * cellY + shadow.downUm * perUmY;
    m_opacity = static_cast<float>(shadow.opacityPermille) / 1000.0F;
    const int left = std::max(0, static_cast<int>(std::floor(m_left)));
    const int top = std::max(0, static_cast<int>(std::floor(m_top)));
    const int right = std::min(raster.width, static_cast<int>(std::ceil(m_left + m_columns * m_cellX)));
    const int bottom = std::min(raster.height, static_cast<int>(std::ceil(m_top + m_rows * m_cellY)));
    if (right > left && bottom > top) m_box = {left, top, right - left, bottom - top};
}

float ShadowCoverage::at(int x, int y) const {
    const double column = (x + 0.5 - m_left) / m_cellX - 0.5, row = (y + 0.5 - m_top) / m_cellY - 0.5;
    const int c = static_cast<int>(std::floor(column)), r = static_cast<int>(std::floor(row));
    const auto cell = [&](int at, int in) -> float {
        if (at < 0 || in < 0 || at >= m_columns || in >= m_rows) return 0;
        return m_cells[static_cast<std::size_t>(in) * static_cast<std::size_t>(m_columns) +
                       static_cast<std::size_t>(at)];
    };
    const auto partX = static_cast<float>(column - c), partY = static_cast<float>(row - r);
    const float above = cell(c, r) + (cell(c + 1, r) - cell(c, r)) * partX;
    const float below = cell(c, r + 1) + (cell(c + 1, r + 1) - cell(c, r + 1)) * partX;
    return (above + (below - above) * partY) * m_opacity;
}

}  // namespace contone::render
