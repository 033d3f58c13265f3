// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The analysis picture: 512 pixels on the long side, of all of the photo.
#include "core/render/frame_adjustments.h"

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/tone_grid.h"

namespace contone::render {
namespace {

constexpr int analysisSide = 512;

Result<std::shared_ptr<const ToneGrid>> readTones(const RecipePhoto& photo, int index, const Ingredients& ingredients) {
    CONTONE_TRY(const WorkingPicture picture, analysisPicture(photo, index, ingredients));
    const Matrix3 toXyz = icc::workingToXyz(picture.gamut);
    const std::array<float, 3> luminance{static_cast<float>(toXyz[3]), static_cast<float>(toXyz[4]),
                                         static_cast<float>(toXyz[5])};
    return std::make_shared<const ToneGrid>(picture.rgb.data(), picture.size.width, picture.size.height, luminance);
}

}  // namespace

Result<WorkingPicture> analysisPicture(const RecipePhoto& photo, int index, const Ingredients& ingredients) {
    Recipe whole;
    whole.photos = {photo};
    whole.frames = {Frame{.box = {0, 0, photo.uprightSize.width, photo.uprightSize.height}}};
    whole.raster = photo.uprightSize;
    const Ingredients its{
        [&](int, const image::PhotoRequest& request) { return ingredients.openPhoto(index, request); },
        ingredients.outputProfile, ingredients.tables};
    return renderWorking(whole, its, analysisSide);
}

Result<std::shared_ptr<const ToneGrid>> tonesOf(const Recipe& recipe, int photo, const Ingredients& ingredients,
                                                ColourTables& tables) {
    const RecipePhoto& its = recipe.photos[static_cast<std::size_t>(photo)];
    return tables.tones({its.original, its.inks, its.turn}, [&] { return readTones(its, photo, ingredients); });
}

Result<RowStages> adjustmentsOf(const Recipe& recipe, const Frame& frame, const PreparedFrame& prepared,
                                const Ingredients& ingredients, ColourTables& tables) {
    if (frame.adjustments.isEmpty()) return RowStages{};
    Surroundings around{prepared.input->gamut(), frame.crop, {}};
    if (needsTones(frame.adjustments)) {
        CONTONE_TRY(around.tones, tonesOf(recipe, frame.photo, ingredients, tables));
    }
    return adjustmentStages(frame.adjustments, around);
}

}  // namespace contone::render
