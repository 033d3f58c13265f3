// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// adjustmentsOf: the stages that adjust one frame of a page, with what they must know of its photo.
#pragma once

#include "core/render/adjustments/adjustment.h"
#include "core/render/prepare_frame.h"

namespace contone::render {

/// The analysis picture: all of the photo, upright, unadjusted, 512 pixels on the long side, by one route that depends
/// on nothing else. `index`: of ingredients.openPhoto. Fails: as renderWorking().
Result<WorkingPicture> analysisPicture(const RecipePhoto& photo, int index, const Ingredients& ingredients);
/// The same with another long side.
Result<WorkingPicture> wholePicture(const RecipePhoto& photo, int index, const Ingredients& ingredients, int longSide);
/// The tones of a photo of the recipe; kept in `tables`. Fails: as renderWorking().
Result<std::shared_ptr<const ToneGrid>> tonesOf(const Recipe& recipe, int photo, const Ingredients& ingredients,
                                                ColourTables& tables);
/// How noisy a photo of the recipe is at its full size, in its own encoding: all of it is read once, and the answer
/// kept in `tables`. Fails: as renderPage().
Result<NoiseLevel> noiseOf(const Recipe& recipe, int photo, const Ingredients& ingredients, ColourTables& tables);
/// What the adjustments of a frame look at: where neighbourhoods count, the analysis picture is read first; a look of
/// the shop's own is opened. `gamut`: of the photo's working RGB. Fails: as renderPage().
Result<Surroundings> surroundingsOf(const Recipe& recipe, const Frame& frame, icc::WorkingGamut gamut,
                                    const Ingredients& ingredients, ColourTables& tables);
/// Fails: as surroundingsOf().
Result<RowStages> adjustmentsOf(const Recipe& recipe, const Frame& frame, const PreparedFrame& prepared,
                                const Ingredients& ingredients, ColourTables& tables);

}  // namespace contone::render
