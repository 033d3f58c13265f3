// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Layout: a designed page: photos, colours and texts in their boxes, in sizes on paper. Knows no printer and no pixels.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/image/adjustments.h"
#include "core/image/appearance.h"
#include "core/image/crop.h"
#include "core/image/mask.h"
#include "core/image/orientation.h"
#include "core/layout/box.h"
#include "core/text/text_block.h"

namespace contone::layout {

using image::opaque;
using image::Paint;
using image::Shadow;
using image::Shape;

/// A background, a panel, a line.
struct PaintedBox {
    static constexpr std::string_view kind = "box";
    Box box;
    Paint paint;
    Shape shape = {};
    std::optional<Shadow> shadow = {};
    int opacityPermille = opaque;
    bool operator==(const PaintedBox&) const = default;
};

/// Shows a photo, which covers all of it.
struct PhotoFrame {
    static constexpr std::string_view kind = "photo";
    Box box;
    int photo = 0;  ///< which one of the page's photos, from 0
    /// What of the photo is seen, on the photo as it is turned; a person's own crop of it counts more. None: the
    /// largest part in the middle.
    std::optional<image::Crop> crop = {};
    /// How the photo, as it is turned, lies in the box: packages turn prints to save paper.
    image::Orientation turn = image::Orientation::Upright;
    Shape shape = {};
    std::optional<int> mask = {};  ///< index into Layout::masks: its outline, stretched over the box
    std::optional<Shadow> shadow = {};
    Length softEdge = {};
    int opacityPermille = opaque;
    image::Adjustments adjustments = {};  ///< of the design; a photo's own come over them
    bool operator==(const PhotoFrame&) const = default;
};

struct TextField {
    static constexpr std::string_view kind = "text";
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
    static constexpr int mostItems = 5000, mostPhotos = 2000, mostMasks = 4;
    PaperSize size;  ///< each side 10 mm…3 m
    std::vector<Item> items;
    std::vector<image::Mask> masks = {};
    /// How many photos it wants: one more than the highest PhotoFrame::photo.
    int photos() const;
    bool operator==(const Layout&) const = default;
};

/// What came from elsewhere, with the size that each text has by its box. Fails: Invalid "bad-layout" when there are
/// too many items, when a figure lies outside its range or an item off the page; as text::check. Whether its fonts and
/// adjustments are known is for others to say.
Result<Layout> checked(Layout layout);
/// One line of JSON: a design as orders keep it.
std::string toJson(const Layout& layout);
/// What toJson() wrote. Fails: Corrupt "layout-damaged"; as checked().
Result<Layout> layoutFromJson(std::string_view json);

/// The same design on other paper: boxes and gaps by each side's own factor; corners, shadows and letters by the lesser
/// one. Fails: Conflict "layout-shape" when the shapes of the two pages differ by more than shapeTolerance.
Result<Layout> scaled(const Layout& layout, PaperSize size);
constexpr double shapeTolerance = 0.04;

}  // namespace contone::layout
