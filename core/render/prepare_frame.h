// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// prepareFrame: opens a frame's photo, checks that it is the one of the recipe, and gets what its stages need.
#pragma once

#include <memory>

#include "core/render/pipeline.h"
#include "core/render/resample_frame.h"
#include "core/render/sharpener.h"

namespace contone::render {

/// Everything one frame needs besides its rows.
struct PreparedFrame {
    std::unique_ptr<image::PhotoSource> source;
    FrameGeometry geometry;
    std::unique_ptr<const icc::InputTransform> input;  ///< half A; null: both halves are in `fused`
    std::unique_ptr<const icc::FusedTable> fused;
    LinearTables linear;  ///< empty: resampled as it is encoded
    Sharpener::Options sharpening;
};

/// Whether the two colour halves may be one table: as the recipe says, or never, because something comes between them.
enum class Halves { AsRecipeSays, Apart };

/// `threads`: for what is done to the photo's rows as they are read. Fails as openPhoto; Conflict "photo-changed" when
/// the photo is not what the recipe says; as the tables do.
Result<PreparedFrame> prepareFrame(const Recipe& recipe, const Frame& frame, const Ingredients& ingredients,
                                   ColourTables& tables, Halves halves, int threads);

/// Frames, border and numbers that can be rendered; and the profile that the recipe names. Fails: Invalid
/// "recipe-damaged"; Conflict "profile-changed", "profile-channels".
Result<void> checkRecipe(const Recipe& recipe);
Result<void> checkOutput(const Recipe& recipe, const icc::Profile& output);

}  // namespace contone::render
