// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// planPage: where a photo lies on a sheet: raster, trim, safe area, frames. Pure geometry, in micrometres and pixels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalog/product.h"
#include "core/order/photo_choices.h"
#include "core/print/calibration.h"
#include "core/print/printer_model.h"
#include "core/render/recipe.h"

namespace contone::print {

using order::Fit;
using order::PhotoChoices;

/// A rectangle in device pixels, not rounded.
struct RealRect {
    double x = 0, y = 0, width = 0, height = 0;
    bool operator==(const RealRect&) const = default;
};

/// One piece that comes off the sheet.
struct PiecePlan {
    RealRect trim, safe;
    image::PixelRect reach;  ///< what can carry its colour: to the middle of the gutters, and the ends of the paper
    bool operator==(const PiecePlan&) const = default;
};

/// Geometry of one sheet. Raster coordinates: origin left top, as the printer gets it.
struct PagePlan {
    image::PixelSize raster;
    Dpi dpiX{300}, dpiY{300};
    image::PixelRect printable;  ///< raster minus unprintable margins: what can carry colour
    std::vector<PiecePlan> pieces;
    std::vector<render::Frame> frames;
    std::optional<render::BorderFill>
        borderFill;  ///< a coloured border: all of the printable area, so that drift shows no white
    image::Orientation turn = image::Orientation::Upright;  ///< from upright photo to raster
    double photoDpi = 0;  ///< photo pixels an inch on the paper, the smaller axis; of the piece that has fewest
    catalog::Sharpness sharpness = catalog::Sharpness::Sharp;
    double lostPercent = 0;  ///< 0…100 of the photo's area: cropped away or trimmed off; of the piece that loses most
    bool operator==(const PagePlan&) const = default;
};

/// A product on a medium of a printer. The trim is the printable area less the overscan; frames cover the printable
/// area to its ends (Fill without a border), else they lie inside the trim. A photo, or its wanted part, that is wider
/// than high is turned 90° clockwise onto higher pieces, and the other way round; square pieces never need a turn.
/// Pieces each get the photo. They lie the medium's gutter apart and each picture runs to the middle of the gutter;
/// with no gutter they meet at the knife: no white can show if the knife is off. A sheet of pieces may lie turned on
/// the medium (two portraits side by side are two landscapes one above the other). Whole: photo pixels are square to
/// within half a device pixel, since nothing of the photo may be cut off. Where the crop's aspect is not the trim's,
/// the largest area of the trim's aspect inside it, about its centre, counts (Whole shows all of it); the plan widens
/// it by the overscan where the photo has more to show, else moves it, else shrinks it: photo pixels stay square and
/// the photo covers all of the printable area. The lane has no meaning here. Fails: as checkFits(); Invalid
/// "photo-empty", "bad-crop".
Result<PagePlan> planPage(const catalog::Product& product, const Medium& medium, image::PixelSize uprightPhoto,
                          const PhotoChoices& choices = {}, const Calibration& calibration = {});
/// Whether a page of this product can be laid out on this medium, whatever the photo. Fails: Conflict "wrong-medium"
/// when the product's sheet is not the medium's (more than 1 mm off) or the pieces differ; Invalid "bad-calibration"
/// (a figure over 10 mm), "no-room" (calibration or border leave nothing).
Result<void> checkFits(const catalog::Product& product, const Medium& medium, const Calibration& calibration = {});

/// The sheet of a product before anything is on it: pieces, no frames; what depends on a photo has no meaning. Fails as
/// checkFits().
Result<PagePlan> planBarePage(const catalog::Product& product, const Medium& medium,
                              const Calibration& calibration = {});
/// The same for a file: exactly `size`, as it is.
Result<PagePlan> planBareFilePage(PaperSize size, Dpi dpi);

/// How a photo covers a box.
struct CoveredBox {
    render::Crop crop;       ///< of the upright photo: fills the box exactly, photo pixels are square
    double photoDpi = 0;     ///< photo pixels an inch on the paper, the smaller axis
    double lostPercent = 0;  ///< 0…100 of the photo's area that is not seen
};
/// `seen`: what of the box stays after trimming; it shows the wanted part (`crop`, empty: the largest centred area),
/// widened or moved until the box finds photo on all of its area. `turn`: how the upright photo lies on the raster.
/// `photo`: at least 1 × 1; `crop` inside it.
CoveredBox coverBox(const image::PixelRect& box, const RealRect& seen, Dpi dpiX, Dpi dpiY, image::PixelSize photo,
                    const std::optional<image::Crop>& crop, image::Orientation turn);

/// A page for a file, no printer: exactly `size` (rotated to suit the photo, which is never turned) at `dpi`, rounded
/// to whole pixels; no overscan, no knife; trim = safe = page. Fails: Invalid "bad-size" (a side under 1 or over 65000
/// pixels), "photo-empty", "bad-crop".
Result<PagePlan> planFilePage(PaperSize size, Dpi dpi, const catalog::DpiLadder& ladder, image::PixelSize uprightPhoto,
                              const PhotoChoices& choices = {});
/// The same for one piece of a product: of its trim, with its border. Fails also: Invalid "no-room" when the border
/// leaves nothing.
Result<PagePlan> planFilePage(const catalog::Product& product, Dpi dpi, image::PixelSize uprightPhoto,
                              const PhotoChoices& choices = {});

}  // namespace contone::print
