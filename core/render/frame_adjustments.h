// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// adjustmentsOf: the stages that adjust one frame of a page, with what they must know of its photo.
#pragma once

#include "core/render/prepare_frame.h"

namespace contone::render {

/// The analysis picture: all of the photo, upright, unadjusted, 512 pixels on the long side, by one route that depends
/// on nothing else. `index`: of ingredients.openPhoto. Fails: as renderWorking().
Result<WorkingPicture> analysisPicture(const RecipePhoto& photo, int index, const Ingredients& ingredients);
/// The tones of a photo of the recipe; kept in `tables`. Fails: as renderWorking().
Result<std::shared_ptr<const ToneGrid>> tonesOf(const Recipe& recipe, int photo, const Ingredients& ingredients,
                                                ColourTables& tables);
/// Where neighbourhoods count, the analysis picture is looked at first. Fails: as prepareFrame().
Result<RowStages> adjustmentsOf(const Recipe& recipe, const Frame& frame, const PreparedFrame& prepared,
                                const Ingredients& ingredients, ColourTables& tables);

}  // namespace contone::render
