// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone sheet FILE … --template ID -o OUT: photos in a design: a collage, a card, an index print, passport pictures.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/design_request.h"
#include "app/cli/file_output.h"
#include "app/cli/id_photo_request.h"
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
    std::string saveRecipe;
};

Result<FilledTemplate> filledBy(Context& context, const SheetRequest& request) {
    const DesignRequest& design = request.design;
    if (request.idPhoto.document.empty() == design.templateId.empty())
        return fail(Code::Invalid, "bad-options", "Say which --template, or which --id-photo.", {});
    if (request.idPhoto.document.empty()) {
        if (request.hasGuides) return fail(Code::Invalid, "bad-options", "Only ID photos have --guides.", {});
        CONTONE_TRY(const layout::Template of, templateNamed(context, design.templateId));
        return fillTemplate(context, of, design.files, design.texts);
    }
    if (design.files.size() != 1 || design.product.empty())
        return fail(Code::Invalid, "bad-options", "A sheet of ID photos is of one photo, on a --product.", {});
    if (request.hasGuides && !request.isProof)
        return fail(Code::Invalid, "bad-options", "Guides are for the eye: add --proof.", {});
    CONTONE_TRY(const auto* catalog, context.catalog());
    CONTONE_TRY(const catalog::Product product, catalog->product(design.product));
    return fillIdSheet(context, request.idPhoto, design.files.front(), product.trim,
                       request.hasGuides ? layout::Guides::Shown : layout::Guides::Hidden);
}

int sheet(Context& context, const SheetRequest& wish) {
    const DesignRequest& request = wish.design;
    const bool isProof = wish.isProof;
    const std::string& saveTo = wish.saveRecipe;
    const auto kind = fileKindOf(request.output);
    if (!kind) return context.complain(kind.error());
    if (isProof && inLowerCase(Path(request.output).extension().string()) != ".png")
        return context.complain(
            {Code::Invalid, "bad-output", "A proof is a PNG: name the output .png.", request.output});
    const std::vector<Path> inputs(request.files.begin(), request.files.end());
    std::vector<Path> outputs{request.output};
    if (!saveTo.empty()) outputs.emplace_back(saveTo);
    if (auto free =
            app::checkOutputs(inputs, outputs, request.overwrite ? app::Existing::IsReplaced : app::Existing::Stays);
        !free)
        return context.complain(free.error());
    auto filled = filledBy(context, wish);
    if (!filled) return context.complain(filled.error());
    const std::string name = filled->name;
    const auto made = prepareDesign(context, request, *std::move(filled), kind->archivalDepth, kind->dither);
    if (!made) return context.complain(made.error());
    if (!saveTo.empty())
        if (auto saved = saveRecipe(saveTo, made->page.recipe, made->ingredients); !saved)
            return context.complain(saved.error());
    nlohmann::json answer = describe(context, *made);
    if (isProof) {
        if (auto written = writeProof(*made, request.output, request.threads); !written)
            return context.complain(written.error());
    } else {
        const auto sink = sinkFor(request.output, request.quality, made->page.recipe.device.channels);
        const auto rendered =
            render::renderPage(made->page.recipe, made->ingredients, *sink, {.threads = request.threads});
        if (!rendered) return context.complain(rendered.error());
        answer["recipe"] = rendered->recipeHash.toString();
        answer["raster"] = rendered->rasterHash.toString();
    }
    answer["output"] = request.output;
    context.say(fmt::format("{}: {}, {} × {} pixels, {}", request.output, name, made->page.plan.raster.width,
                            made->page.plan.raster.height, made->ingredients.outputProfile.description()));
    context.answer(answer);
    return exitOk;
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
    command.flag("--guides", wish->hasGuides, "With --id-photo and --proof: the lines between which the head must lie");
    command.flag("--proof", wish->isProof, "As the paper will look on a monitor, the right way up: a PNG");
    command.option("--save-recipe", wish->saveRecipe, "Keep all that decides this page in a file, for render --recipe");
    command.option("--quality", wish->design.quality, "JPEG quality").between(1, 100);
    command.option("-o,--output", wish->design.output, "OUT.jpg, .tif, .png or .pwg").required();
    command.does([&context, wish] { return sheet(context, *wish); });
}

}  // namespace contone::cli
