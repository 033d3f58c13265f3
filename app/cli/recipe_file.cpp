// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos are found by what they are, not by what they are called.
#include "app/cli/recipe_file.h"

#include <set>

#include "app/cli/page_request.h"
#include "core/base/file.h"
#include "core/image/orientation_words.h"
#include "core/inspect/inspect_photo.h"
#include "core/render/adjustments/cube.h"
#include "core/render/cube_look.h"
#include "core/render/look_folder.h"

namespace contone::cli {
namespace {

constexpr std::size_t mostBytes = std::size_t{64} << 20;  // a page of 5,000 frames with all sliders has 4 MB

Path partsOf(const Path& file) {
    return Path(file).concat(".parts");
}

std::set<std::string> stencilNames(const render::Recipe& recipe) {
    std::set<std::string> names;
    const auto add = [&](const std::optional<Sha256>& hash) {
        if (hash) names.insert(hash->toString());
    };
    for (const render::Frame& frame : recipe.frames) add(frame.stencil);
    for (const auto* areas : {&recipe.under, &recipe.over})
        for (const render::Area& area : *areas) add(area.stencil);
    return names;
}

Result<icc::Profile> profileOf(Context& context, const Sha256& wanted, const std::string& name,
                               const std::string& setup) {
    if (!setup.empty()) {
        CONTONE_TRY(SetupOfShop of, setupNamed(context, setup));
        return std::move(of.profile);
    }
    if (!name.empty()) return profileNamed(name);
    for (const char* bundled : {"srgb", "adobe-rgb", "display-p3", "photo-rgb", "photo-cmyk"}) {
        CONTONE_TRY(icc::Profile profile, profileNamed(bundled));
        if (profile.hash() == wanted) return profile;
    }
    return fail(Code::Conflict, "profile-changed",
                "The recipe is for a colour profile that does not come with Contone. Name it with --profile, or the "
                "printer setup that has it with --setup.",
                wanted.toString());
}

}  // namespace

Result<void> saveRecipe(const Path& file, const render::Recipe& recipe, const render::Ingredients& ingredients,
                        image::Orientation turn) {
    const std::set<std::string> names = stencilNames(recipe);
    if (!names.empty()) CONTONE_CHECK(makeDirectories(partsOf(file)));
    for (const std::string& name : names) {
        CONTONE_TRY(const Sha256 hash, Sha256::parse(name));
        CONTONE_TRY(const auto stencil, ingredients.stencil(hash));
        CONTONE_CHECK(writeFileDurably(partsOf(file) / name, image::toBytes(*stencil)));
    }
    for (const render::Frame& frame : recipe.frames) {
        const auto look = render::cubeNamed(frame.adjustments.look);
        if (!look || !ingredients.openLook) continue;
        CONTONE_TRY(const Bytes cube, ingredients.openLook(look->file));
        CONTONE_CHECK(makeDirectories(partsOf(file)));
        CONTONE_CHECK(writeFileDurably(partsOf(file) / (look->file.toString() + ".cube"), cube));
    }
    return writeFileDurably(file, render::canonical(recipe) + "\n" + image::toString(turn) + "\n");
}

Result<RecipePage> pageOf(Context& context, const Path& file, const std::vector<std::string>& photos,
                          const std::string& profile, const std::string& setup) {
    CONTONE_TRY(const std::string text, readTextFile(file, mostBytes));
    const std::size_t end = text.find('\n');
    auto read = render::parseRecipe(std::string_view(text).substr(0, end));
    auto turn = contone::parse<image::Orientation>(
        end == std::string::npos ? "" : std::string_view(text).substr(end + 1, text.size() - end - 2));
    if (read && !turn) read = fail(Code::Corrupt, "recipe-damaged", "", turn.error().detail);
    if (!read && read.error().reason == "recipe-damaged")
        return fail(Code::Corrupt, "recipe-damaged", "This is no recipe of a page. Save it again with --save-recipe.",
                    read.error().detail);
    CONTONE_TRY(render::Recipe recipe, std::move(read));
    std::map<std::string, Path> byHash;
    for (const std::string& photo : photos) {
        CONTONE_TRY(const inspect::PhotoReport report,
                    inspect::inspectPhoto(context.decoder(), photo, {}, inspect::Look::Facts));
        byHash[report.original.toString()] = photo;
    }
    std::vector<Path> inOrder;
    for (std::size_t i = 0; i < recipe.photos.size(); i++) {
        const auto found = byHash.find(recipe.photos[i].original.toString());
        if (found == byHash.end())
            return fail(Code::Conflict, "photo-changed",
                        "Photo " + std::to_string(i + 1) + " of " + std::to_string(recipe.photos.size()) +
                            " of the recipe is not among these, or is not the same file any more.",
                        recipe.photos[i].original.toString());
        inOrder.push_back(found->second);
    }
    CONTONE_TRY(icc::Profile output, profileOf(context, recipe.outputProfile, profile, setup));
    render::Ingredients ingredients = inspect::ingredientsFrom(
        context.decoder(), std::move(inOrder), std::move(output), context.tables(),
        [looks = render::LookFolder(context.places().looks()), beside = partsOf(file)](const Sha256& hash) {
            auto own = readFile(beside / (hash.toString() + ".cube"), render::CubeLook::largestFile);
            return own ? own : looks.open(hash);
        });
    ingredients.stencil = [folder =
                               partsOf(file)](const Sha256& hash) -> Result<std::shared_ptr<const image::Stencil>> {
        const auto bytes = readTextFile(folder / hash.toString(), image::Stencil::mostBytes);
        if (!bytes)
            return fail(Code::NotFound, bytes.error().reason,
                        "A text or a mask that belongs to this recipe is missing. Keep " + folder.filename().string() +
                            " beside it.",
                        bytes.error().detail);
        CONTONE_TRY(image::Stencil stencil, image::parseStencil(*bytes));
        if (image::hashOf(stencil) != hash)
            return fail(Code::Corrupt, "recipe-damaged",
                        "A set text of the recipe is damaged. Make the recipe's page again.", hash.toString());
        return std::make_shared<const image::Stencil>(std::move(stencil));
    };
    return RecipePage{std::move(recipe), std::move(ingredients), *turn};
}

}  // namespace contone::cli
