// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where a frame's crop lies in the photo as it is stored, and how the resampled rows lie on the page.
#pragma once

#include "core/render/recipe.h"
#include "core/render/row_stage.h"

namespace contone::render {

struct FrameGeometry {
    image::Orientation toPage = image::Orientation::Upright;  ///< from stored rows to the page
    /// The crop in delivered pixels, not rounded.
    double x = 0, y = 0, width = 0, height = 0;
    /// The crop in fractions of the photo as it is stored, and how that becomes upright.
    Crop stored;
    image::Orientation toUpright = image::Orientation::Upright;
    /// The size of the resampled crop before it is laid on the page.
    image::PixelSize size;
    bool operator==(const FrameGeometry&) const = default;
};

/// `stored`: the size in the file; `delivered`: of the rows that come, at most as large, at least 1 x 1. A photo that
/// comes at 1/n of its size, rounded up, keeps its exact place.
FrameGeometry frameGeometry(const Frame& frame, const RecipePhoto& photo, image::PixelSize stored,
                            image::PixelSize delivered);

/// Which part of the upright photo row `y` of the resampled crop shows.
PhotoLine photoLine(const FrameGeometry& geometry, int y);

}  // namespace contone::render
