// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Placement: where the boxes of a design lie on the raster of a paper, or of a piece that the printer cuts from it.
#pragma once

#include "core/image/appearance.h"
#include "core/layout/box.h"
#include "core/print/page_plan.h"

namespace contone::design {

/// A value. A design of about the trim's shape is stretched onto it, so that its borders are as wide on paper as it
/// says (to the trim's tolerance), whatever the printer cuts off.
class Placement {
  public:
    /// Fails: Conflict "layout-shape" when the design has another shape than the trim, also turned.
    static Result<Placement> create(PaperSize design, const print::PiecePlan& piece, Dpi dpiX, Dpi dpiY);
    /// From the upright design to the raster.
    image::Orientation turn() const { return m_isTurned ? image::Orientation::Rotate90 : image::Orientation::Upright; }
    bool isTurned() const { return m_isTurned; }
    /// In whole pixels; an edge that reaches the design's edge, or beyond, goes on to the end of what can be printed;
    /// others end there at the latest. At least one pixel wide and high. Fails: Invalid "layout-empty" when it lies off
    /// the paper.
    Result<image::PixelRect> boxToTheEdges(const layout::Box& box) const;
    /// In whole pixels, and what of it can be printed. Fails as boxToTheEdges().
    struct Window {
        image::PixelRect whole, shown;
    };
    Result<Window> window(const layout::Box& box) const;
    /// What of a box stays after trimming.
    print::RealRect seen(const image::PixelRect& box) const;
    image::Paint turned(image::Paint paint) const;
    std::optional<image::Shadow> turned(std::optional<image::Shadow> shadow) const;

  private:
    Placement(PaperSize design, const print::PiecePlan& piece, bool isTurned);
    struct Edges {
        double left, top, right, bottom;
    };
    Edges onRaster(const layout::Box& box) const;
    PaperSize m_design;  ///< as it lies on the raster
    bool m_isTurned;
    print::RealRect m_trim;
    image::PixelRect m_printable;
};

}  // namespace contone::design
