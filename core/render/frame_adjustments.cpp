// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The analysis picture: 512 pixels on the long side, of all of the photo.
#include "core/render/frame_adjustments.h"

#include "core/render/adjustments/adjustments.h"
#include "core/render/adjustments/cube.h"
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

Result<std::shared_ptr<const CubeLook>> readCube(const Sha256& file, const Ingredients& ingredients) {
    if (!ingredients.openLook)
        return fail(Code::NotFound, "look-missing",
                    "This look is not here. Put its .cube file into the shop's folder of looks.", file.toString());
    CONTONE_TRY(const Bytes bytes, ingredients.openLook(file));
    if (Sha256::of(bytes) != file)
        return fail(Code::Conflict, "look-changed",
                    "The .cube file of this look is not the one that was chosen. Choose the look again.",
                    file.toString());
    CONTONE_TRY(CubeLook look, CubeLook::parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    return std::make_shared<const CubeLook>(std::move(look));
}

}  // namespace

Result<WorkingPicture> analysisPicture(const RecipePhoto& photo, int index, const Ingredients& ingredients) {
    return wholePicture(photo, index, ingredients, analysisSide);
}

Result<WorkingPicture> wholePicture(const RecipePhoto& photo, int index, const Ingredients& ingredients, int longSide) {
    Recipe whole;
    whole.photos = {photo};
    whole.frames = {Frame{.box = {0, 0, photo.uprightSize.width, photo.uprightSize.height}}};
    whole.raster = photo.uprightSize;
    const Ingredients its{
        [&](int, const image::PhotoRequest& request) { return ingredients.openPhoto(index, request); },
        ingredients.outputProfile, ingredients.tables};
    return renderWorking(whole, its, longSide);
}

Result<std::shared_ptr<const ToneGrid>> tonesOf(const Recipe& recipe, int photo, const Ingredients& ingredients,
                                                ColourTables& tables) {
    const RecipePhoto& its = recipe.photos[static_cast<std::size_t>(photo)];
    return tables.tones({its.original, its.inks, its.turn}, [&] { return readTones(its, photo, ingredients); });
}

Result<NoiseLevel> noiseOf(const Recipe& recipe, int photo, const Ingredients& ingredients, ColourTables& tables) {
    const RecipePhoto& its = recipe.photos[static_cast<std::size_t>(photo)];
    return tables.noise({its.original, its.inks, image::PhotoTurn{}}, [&]() -> Result<NoiseLevel> {
        CONTONE_TRY(const auto source, ingredients.openPhoto(photo, {.inks = its.inks}));
        return measureNoise(*source);
    });
}

Result<Surroundings> surroundingsOf(const Recipe& recipe, const Frame& frame, icc::WorkingGamut gamut,
                                    const Ingredients& ingredients, ColourTables& tables) {
    Surroundings around{
        .gamut = gamut, .crop = frame.crop, .photo = recipe.photos[static_cast<std::size_t>(frame.photo)].uprightSize};
    if (needsTones(frame.adjustments)) {
        CONTONE_TRY(around.tones, tonesOf(recipe, frame.photo, ingredients, tables));
    }
    if (const auto name = cubeNamed(frame.adjustments.look)) {
        CONTONE_TRY(around.cube, tables.cube(name->file, [&] { return readCube(name->file, ingredients); }));
    }
    return around;
}

Result<RowStages> adjustmentsOf(const Recipe& recipe, const Frame& frame, const PreparedFrame& prepared,
                                const Ingredients& ingredients, ColourTables& tables) {
    if (frame.adjustments.isEmpty()) return RowStages{};
    CONTONE_TRY(const Surroundings around, surroundingsOf(recipe, frame, prepared.input->gamut(), ingredients, tables));
    return adjustmentStages(frame.adjustments, around);
}

}  // namespace contone::render
