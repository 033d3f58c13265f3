// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Millimetres of the design to pixels of the raster.
#include "core/design/placement.h"

#include <algorithm>
#include <cmath>

#include "core/layout/layout.h"

namespace contone::design {
namespace {

using image::PixelRect;

/// A hundredth of a millimetre from the edge is at the edge.
constexpr double kAtEdgeUm = 10;

int rounded(double v) {
    return static_cast<int>(std::floor(v + 0.5));
}

std::unexpected<Error> empty() {
    return fail(Code::Invalid, "layout-empty", "A part of this design lies off the paper.");
}

/// How far the shape of a design is from that of a trim on paper: 0 is the same.
double difference(PaperSize design, const print::RealRect& trim, Dpi dpiX, Dpi dpiY) {
    const double paper = (trim.width / dpiX.value) / (trim.height / dpiY.value);
    const double own = static_cast<double>(design.width.um()) / static_cast<double>(design.height.um());
    return std::abs(own / paper - 1);
}

}  // namespace

Placement::Placement(PaperSize design, const print::PiecePlan& piece, bool isTurned)
    : m_design(isTurned ? design.rotated() : design),
      m_isTurned(isTurned),
      m_trim(piece.trim),
      m_printable(piece.reach) {}

Result<Placement> Placement::create(PaperSize design, const print::PiecePlan& piece, Dpi dpiX, Dpi dpiY) {
    const double straight = difference(design, piece.trim, dpiX, dpiY);
    const double turned = difference(design.rotated(), piece.trim, dpiX, dpiY);
    if (std::min(straight, turned) > layout::shapeTolerance)
        return fail(Code::Conflict, "layout-shape",
                    "This design has another shape than the paper. Choose a print of its shape.");
    return Placement(design, piece, turned < straight);
}

Placement::Edges Placement::onRaster(const layout::Box& box) const {
    double left = static_cast<double>(box.left.um()), top = static_cast<double>(box.top.um());
    double right = static_cast<double>(box.right().um()), bottom = static_cast<double>(box.bottom().um());
    if (m_isTurned) {  // clockwise: what was at the top is at the right
        const auto width = static_cast<double>(m_design.width.um());
        const Edges upright{left, top, right, bottom};
        left = width - upright.bottom;
        right = width - upright.top;
        top = upright.left;
        bottom = upright.right;
    }
    const double across = m_trim.width / static_cast<double>(m_design.width.um());
    const double down = m_trim.height / static_cast<double>(m_design.height.um());
    return {m_trim.x + left * across, m_trim.y + top * down, m_trim.x + right * across, m_trim.y + bottom * down};
}

Result<PixelRect> Placement::boxToTheEdges(const layout::Box& box) const {
    const Edges at = onRaster(box);
    const double hairX = kAtEdgeUm * m_trim.width / static_cast<double>(m_design.width.um());
    const double hairY = kAtEdgeUm * m_trim.height / static_cast<double>(m_design.height.um());
    const int printRight = m_printable.x + m_printable.width, printBottom = m_printable.y + m_printable.height;
    const int left = at.left <= m_trim.x + hairX ? m_printable.x : std::max(rounded(at.left), m_printable.x);
    const int top = at.top <= m_trim.y + hairY ? m_printable.y : std::max(rounded(at.top), m_printable.y);
    const int right =
        at.right >= m_trim.x + m_trim.width - hairX ? printRight : std::min(rounded(at.right), printRight);
    const int bottom =
        at.bottom >= m_trim.y + m_trim.height - hairY ? printBottom : std::min(rounded(at.bottom), printBottom);
    if (left >= printRight || top >= printBottom || right <= m_printable.x || bottom <= m_printable.y) return empty();
    // A hair line is a pixel wide at the least.
    return PixelRect{left, top, std::max(1, right - left), std::max(1, bottom - top)};
}

Result<Placement::Window> Placement::window(const layout::Box& box) const {
    const Edges at = onRaster(box);
    const int left = rounded(at.left), top = rounded(at.top);
    const PixelRect whole{left, top, rounded(at.right) - left, rounded(at.bottom) - top};
    const int shownLeft = std::max(whole.x, m_printable.x), shownTop = std::max(whole.y, m_printable.y);
    const PixelRect shown{shownLeft, shownTop,
                          std::min(whole.x + whole.width, m_printable.x + m_printable.width) - shownLeft,
                          std::min(whole.y + whole.height, m_printable.y + m_printable.height) - shownTop};
    if (shown.width < 1 || shown.height < 1) return empty();
    return Window{whole, shown};
}

print::RealRect Placement::seen(const PixelRect& box) const {
    const double left = std::max<double>(box.x, m_trim.x), top = std::max<double>(box.y, m_trim.y);
    const double right = std::min<double>(box.x + box.width, m_trim.x + m_trim.width);
    const double bottom = std::min<double>(box.y + box.height, m_trim.y + m_trim.height);
    // A box in what is cut off shows nothing; its photo is laid as if it did.
    if (right <= left || bottom <= top)
        return {static_cast<double>(box.x), static_cast<double>(box.y), static_cast<double>(box.width),
                static_cast<double>(box.height)};
    return {left, top, right - left, bottom - top};
}

image::Paint Placement::turned(image::Paint paint) const {
    if (m_isTurned && paint.to) paint.angle = (paint.angle + 90) % 360;
    return paint;
}

std::optional<image::Shadow> Placement::turned(std::optional<image::Shadow> shadow) const {
    if (shadow && m_isTurned) {
        const int right = shadow->rightUm;
        shadow->rightUm = -shadow->downUm;
        shadow->downUm = right;
    }
    return shadow;
}

}  // namespace contone::design
