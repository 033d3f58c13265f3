// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Layout: a designed page: photos, colours and texts in their boxes, in sizes on paper. Knows no printer and no pixels.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/image/adjustments.h"
#include "core/image/appearance.h"
#include "core/layout/box.h"
#include "core/text/text_block.h"

namespace contone::layout {

using image::opaque;
using image::Paint;
using image::Shadow;
using image::Shape;

/// A background, a panel, a line.
struct PaintedBox {
    Box box;
    Paint paint;
    Shape shape = {};
    std::optional<Shadow> shadow = {};
    int opacityPermille = opaque;
    bool operator==(const PaintedBox&) const = default;
};

/// Shows a photo, which covers all of it.
struct PhotoFrame {
    Box box;
    int photo = 0;  ///< which one of the page's photos, from 0
    Shape shape = {};
    std::optional<Shadow> shadow = {};
    Length softEdge = {};
    int opacityPermille = opaque;
    image::Adjustments adjustments = {};  ///< of the design; a photo's own come over them
    bool operator==(const PhotoFrame&) const = default;
};

struct TextField {
    Box box;
    text::TextBlock text;  ///< its width and height are those of the box
    std::optional<Shadow> shadow = {};
    int opacityPermille = opaque;
    bool operator==(const TextField&) const = default;
};

using Item = std::variant<PaintedBox, PhotoFrame, TextField>;

/// The page after trimming, as a person reads it. Items lie one over the other in their order, but for one rule: what
/// is painted before the first photo lies below all photos, all else that is no photo above them. A box that reaches an
/// edge of the page, or beyond, goes on as far as the printer can print, so that no white shows where paper drifts.
struct Layout {
    PaperSize size;
    std::vector<Item> items;
    /// How many photos it wants: one more than the highest PhotoFrame::photo.
    int photos() const;
    bool operator==(const Layout&) const = default;
};

/// The same design on other paper: boxes and gaps by each side's own factor; corners, shadows and letters by the lesser
/// one. Fails: Conflict "layout-shape" when the shapes of the two pages differ by more than shapeTolerance.
Result<Layout> scaled(const Layout& layout, PaperSize size);
constexpr double shapeTolerance = 0.04;

}  // namespace contone::layout
