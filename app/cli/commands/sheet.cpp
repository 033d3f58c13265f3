// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone sheet FILE … --template ID -o OUT: photos in a design: a collage, a card, an index print, passport pictures.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/design_request.h"
#include "app/cli/file_output.h"
#include "app/cli/id_photo_request.h"
#include "app/cli/package_request.h"
#include "app/cli/page_request.h"
#include "app/cli/recipe_file.h"
#include "app/host/outputs.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

nlohmann::json describe(const Context& context, const PreparedDesign& made) {
    const print::PagePlan& plan = made.page.plan;
    nlohmann::json frames = nlohmann::json::array(), texts = nlohmann::json::array();
    for (std::size_t i = 0; i < made.page.frames.size(); i++) {
        const design::FrameReport& frame = made.page.frames[i];
        const image::PixelRect& box = made.page.recipe.frames[i].box;
        frames.push_back({{"photo", frame.photo + 1},
                          {"box", {box.x, box.y, box.width, box.height}},
                          {"photoDpi", frame.photoDpi},
                          {"lostPercent", frame.lostPercent}});
    }
    for (const design::TextReport& text : made.page.texts)
        for (const text::TextWarning& warning : text.warnings)
            texts.push_back({{"text", text.text}, {"note", words::sentence(context.locale(), warning)}});
    return {{"width", plan.raster.width},
            {"height", plan.raster.height},
            {"dpi", {plan.dpiX.value, plan.dpiY.value}},
            {"isTurned", plan.turn != image::Orientation::Upright},
            {"frames", frames},
            {"notes", texts},
            {"outputProfile", made.ingredients.outputProfile.description()}};
}

struct SheetRequest {
    DesignRequest design;
    IdPhotoRequest idPhoto;
    bool isProof = false, hasGuides = false;
    std::string package, saveRecipe;
};

/// The page, or the pages of a package.
Result<std::vector<FilledTemplate>> filledBy(Context& context, const SheetRequest& request) {
    const DesignRequest& design = request.design;
    const bool isDocument = !request.idPhoto.document.empty();
    if (isDocument + !design.templateId.empty() + !request.package.empty() != 1)
        return fail(Code::Invalid, "bad-options", "Say which --template, --id-photo or --package.", {});
    if (request.hasGuides && !isDocument)
        return fail(Code::Invalid, "bad-options", "Only ID photos have --guides.", {});
    if (!design.texts.empty() && design.templateId.empty())
        return fail(Code::Invalid, "bad-options", "Say which --template the --text is for.", {});
    std::vector<FilledTemplate> pages;
    if (!design.templateId.empty()) {
        CONTONE_TRY(const layout::Template of, templateNamed(context, design.templateId));
        CONTONE_TRY(FilledTemplate page, fillTemplate(context, of, design.files, design.texts));
        pages.push_back(std::move(page));
        return pages;
    }
    if (design.product.empty()) return fail(Code::Invalid, "bad-options", "Say on which --product.", {});
    if (isDocument && design.files.size() != 1)
        return fail(Code::Invalid, "bad-options", "A sheet of ID photos is of one photo.", {});
    if (request.hasGuides && !request.isProof)
        return fail(Code::Invalid, "bad-options", "Guides are for the eye: add --proof.", {});
    CONTONE_TRY(const auto* catalog, context.catalog());
    CONTONE_TRY(const catalog::Product product, catalog->product(design.product));
    if (!isDocument) return fillPackage(context, request.package, design.files, product.trim);
    CONTONE_TRY(FilledTemplate page, fillIdSheet(context, request.idPhoto, design.files.front(), product.trim,
                                                 request.hasGuides ? layout::Guides::Shown : layout::Guides::Hidden));
    pages.push_back(std::move(page));
    return pages;
}

/// "out.jpg" is "out-2.jpg" for the second of several pages.
Path pageFile(const Path& file, std::size_t page, std::size_t pages) {
    if (pages == 1 || file.empty()) return file;
    return file.parent_path() / Path(fmt::format("{}-{}{}", file.stem().string(), page + 1, file.extension().string()));
}

/// Where the pages go; nothing is there yet, or may be replaced.
struct PageFiles {
    std::vector<Path> outputs, recipes;
};
Result<PageFiles> filesFor(const SheetRequest& request, std::size_t pages) {
    PageFiles files;
    for (std::size_t i = 0; i < pages; i++) {
        files.outputs.push_back(pageFile(request.design.output, i, pages));
        if (!request.saveRecipe.empty()) files.recipes.push_back(pageFile(request.saveRecipe, i, pages));
    }
    std::vector<Path> all = files.outputs;
    all.insert(all.end(), files.recipes.begin(), files.recipes.end());
    const std::vector<Path> inputs(request.design.files.begin(), request.design.files.end());
    CONTONE_CHECK(
        app::checkOutputs(inputs, all, request.design.overwrite ? app::Existing::IsReplaced : app::Existing::Stays));
    return files;
}

Result<nlohmann::json> makePage(Context& context, const SheetRequest& wish, FilledTemplate filled, const Path& output,
                                const Path& recipe) {
    CONTONE_TRY(const FileKind kind, fileKindOf(output));
    const std::string name = filled.name;
    CONTONE_TRY(const PreparedDesign made,
                prepareDesign(context, wish.design, std::move(filled), kind.archivalDepth, kind.dither));
    if (!recipe.empty()) CONTONE_CHECK(saveRecipe(recipe, made.page.recipe, made.ingredients, made.page.plan.turn));
    nlohmann::json answer = describe(context, made);
    if (wish.isProof) {
        CONTONE_CHECK(writeProof(made, output, wish.design.threads));
    } else {
        const auto sink = sinkFor(output, wish.design.quality, made.page.recipe.device.channels);
        CONTONE_TRY(const render::RenderedPage rendered,
                    render::renderPage(made.page.recipe, made.ingredients, *sink, {.threads = wish.design.threads}));
        answer["recipe"] = rendered.recipeHash.toString();
        answer["raster"] = rendered.rasterHash.toString();
    }
    answer["output"] = output.string();
    context.say(fmt::format("{}: {}, {} × {} pixels, {}", output.string(), name, made.page.plan.raster.width,
                            made.page.plan.raster.height, made.ingredients.outputProfile.description()));
    return answer;
}

/// One page is the answer; several are its "pages".
Result<nlohmann::json> sheet(Context& context, const SheetRequest& wish) {
    CONTONE_CHECK(fileKindOf(wish.design.output));
    if (wish.isProof && inLowerCase(Path(wish.design.output).extension().string()) != ".png")
        return fail(Code::Invalid, "bad-output", "A proof is a PNG: name the output .png.", wish.design.output);
    CONTONE_CHECK(filesFor(wish, 1));  // before photos are looked at
    CONTONE_TRY(std::vector<FilledTemplate> pages, filledBy(context, wish));
    CONTONE_TRY(const PageFiles files, filesFor(wish, pages.size()));
    nlohmann::json answers = nlohmann::json::array();
    for (std::size_t i = 0; i < pages.size(); i++) {
        CONTONE_TRY(nlohmann::json answer, makePage(context, wish, std::move(pages[i]), files.outputs[i],
                                                    files.recipes.empty() ? Path() : files.recipes[i]));
        answers.push_back(std::move(answer));
    }
    if (answers.size() == 1) return answers.front();
    return nlohmann::json{{"pages", answers}};
}

}  // namespace

void addSheet(const Command& program, Context& context) {
    const auto command = program.add("sheet", "Put photos into a design: a collage, a card, an index print");
    auto wish = std::make_shared<SheetRequest>();
    command.option("FILE", wish->design.files, "The photos, in the order of the design").required();
    const auto byDocument = wish->idPhoto.addOptions(command);
    command.option("--template", wish->design.templateId, "The design: contone template list; or a .toml file")
        .excludes(byDocument);
    wish->design.addOptions(command);
    command.option("--package", wish->package,
                   "Prints of several sizes on few sheets: contone template packages; or \"1*20x25cm,8*6x9cm\"");
    command.flag("--guides", wish->hasGuides, "With --id-photo and --proof: the lines between which the head must lie");
    command.flag("--proof", wish->isProof, "As the paper will look on a monitor, the right way up: a PNG");
    command.option("--save-recipe", wish->saveRecipe, "Keep all that decides this page in a file, for render --recipe");
    command.option("--quality", wish->design.quality, "JPEG quality").between(1, 100);
    command
        .option("-o,--output", wish->design.output, "OUT.jpg, .tif, .png or .pwg; of several pages OUT-1.jpg and so on")
        .required();
    command.does([&context, wish] {
        const auto answer = sheet(context, *wish);
        if (!answer) return context.complain(answer.error());
        context.answer(*answer);
        return exitOk;
    });
}

}  // namespace contone::cli
