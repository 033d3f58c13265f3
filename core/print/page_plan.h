// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// planPage: where a photo lies on a sheet: raster, trim, safe area, frames. Pure geometry, in micrometres and pixels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalog/product.h"
#include "core/print/printer_model.h"
#include "core/render/recipe.h"

namespace contone::print {

enum class Fit { Fill, Whole };  ///< Fill: cover the print, crop the rest. Whole: show all of the photo, paper around it.

/// A rectangle in device pixels, not rounded.
struct RealRect {
    double x = 0, y = 0, width = 0, height = 0;
    bool operator==(const RealRect&) const = default;
};

/// One piece that comes off the sheet.
struct PiecePlan {
    RealRect trim, safe;
    bool operator==(const PiecePlan&) const = default;
};

/// Geometry of one sheet. Raster coordinates: origin left top, as the printer gets it.
struct PagePlan {
    image::PixelSize raster;
    Dpi dpiX{300}, dpiY{300};
    image::PixelRect printable;  ///< raster minus dead margins: what can carry colour
    std::vector<PiecePlan> pieces;
    std::vector<render::Frame> frames;
    image::Orientation turn = image::Orientation::Upright;  ///< from upright photo to raster
    double photoDpi = 0;  ///< photo pixels an inch on the paper, the smaller axis
    catalog::Sharpness sharpness = catalog::Sharpness::Sharp;
    double lostPercent = 0;  ///< of the photo's area: cropped away or trimmed off
    bool operator==(const PagePlan&) const = default;
};

/// How the user wants it.
struct Placement {
    Fit fit = Fit::Fill;
    /// What shall be *seen after trimming*, on the upright photo; empty: the largest centred area of the right shape.
    /// Its aspect is corrected to the trim's about its centre. The plan widens it by the overscan where the photo has
    /// more to show, else moves it, else shrinks it.
    std::optional<render::Crop> crop;
    /// Per-unit offset and overscan of one printer, added to the model's (calibration). 0: none.
    Length offsetX, offsetY;
    Edges extraOverscan;
    bool operator==(const Placement&) const = default;
};

/// A product on a medium of a printer. Landscape photos are turned 90° clockwise onto portrait rasters. Pieces of a
/// strip each get the photo, meeting at the knife: no white can show if the knife is off.
/// Fails: Conflict "wrong-medium" when the product's sheet is not the medium's (more than 1 mm off) or the pieces differ.
Result<PagePlan> planPage(const catalog::Product& product, const Medium& medium, image::PixelSize uprightPhoto,
                          const Placement& placement = {});
/// A page for a file, no printer: exactly `size` (rotated to suit the photo) at `dpi`, no overscan, trim = page.
Result<PagePlan> planFilePage(PaperSize size, Dpi dpi, const catalog::DpiLadder& ladder, image::PixelSize uprightPhoto,
                              const Placement& placement = {});

}  // namespace contone::print
