// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Recipe files: a page as it was once made, to be made again from the same photos, byte for byte.
#pragma once

#include "app/cli/context.h"
#include "core/render/pipeline.h"

namespace contone::cli {

/// The recipe's one line of JSON, then how the page lies on the raster; set text, masks and looks of the shop's own lie
/// beside it, in "<file>.parts", by their hash. Replaces what is there. Fails as writeFileDurably and `ingredients`.
Result<void> saveRecipe(const Path& file, const render::Recipe& recipe, const render::Ingredients& ingredients,
                        image::Orientation turn);

struct RecipePage {
    render::Recipe recipe;
    render::Ingredients ingredients;
    image::Orientation turn = image::Orientation::Upright;  ///< from the upright page to the raster
};
/// What opens the page again. `photos`: the files that it was made of, in any order. `profile`: as profileNamed(), or
/// empty where a bundled one is meant; `setup`: the shop's printer setup whose profile it is. Fails: Conflict
/// "photo-changed" when one of its photos is not among them, "profile-changed" when it wants a profile that nobody
/// named; Corrupt "recipe-damaged"; as render::parseRecipe.
Result<RecipePage> pageOf(Context& context, const Path& file, const std::vector<std::string>& photos,
                          const std::string& profile, const std::string& setup);

}  // namespace contone::cli
