// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// adjustmentsOf: the stages that adjust one frame of a page, with what they must know of its photo.
#pragma once

#include "core/render/prepare_frame.h"

namespace contone::render {

/// The tones of a photo of the recipe; kept in `tables`. Fails: as renderWorking().
Result<std::shared_ptr<const ToneGrid>> tonesOf(const Recipe& recipe, int photo, const Ingredients& ingredients,
                                                ColourTables& tables);
/// Where neighbourhoods count, the photo is looked at first, whole and small, by one route that depends on nothing but
/// the photo: the same for every page, size and crop. Fails: as prepareFrame().
Result<RowStages> adjustmentsOf(const Recipe& recipe, const Frame& frame, const PreparedFrame& prepared,
                                const Ingredients& ingredients, ColourTables& tables);

}  // namespace contone::render
