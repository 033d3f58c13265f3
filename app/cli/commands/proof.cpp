// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone proof FILE … -o OUT.png: what the paper will look like, on a monitor, and how far it is from the photo.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/page_request.h"
#include "app/cli/recipe_file.h"
#include "app/host/exit_codes.h"
#include "core/image/file_sinks.h"
#include "core/preflight/page_findings.h"
#include "core/print/page_lines.h"
#include "core/render/page_cache.h"
#include "core/render/proof_sink.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

constexpr int gamutAnalysisSide = 512;  ///< pixels: one fixed size, so that figures can be compared

/// A page that is shown. Lives no longer than what it refers to.
struct ShownPage {
    const render::Recipe& recipe;
    const render::Ingredients& ingredients;
    const print::PagePlan* plan;  ///< null: only its recipe is known
    image::Orientation turn;      ///< how the page lies as the printer takes it
};

Result<nlohmann::json> gamutOf(Context& context, const ShownPage& page) {
    CONTONE_TRY(const render::WorkingPicture working,
                render::renderWorking(page.recipe, page.ingredients, gamutAnalysisSide));
    CONTONE_TRY(const icc::GamutCheck check, icc::GamutCheck::create(page.ingredients.outputProfile, working.gamut));
    const icc::GamutReport report = check.report(working.rgb.data(), working.size.width, working.size.height);
    context.say(words::sentence(context.locale(), preflight::ofGamut(page.recipe.photos.front().original, report, {})));
    return nlohmann::json{{"percentOutOfGamut", report.percentOutOfGamut},
                          {"meanDeltaE2000", report.meanDeltaE},
                          {"p95DeltaE2000", report.p95DeltaE},
                          {"worstRegion", words::ninth(words::Locale(), report.worstRegion)},
                          {"worstRegionDeltaE2000", report.worstRegionDeltaE}};
}

Result<void> write(const image::Picture& picture, Dpi dpi, const icc::Profile& monitor, const Path& output) {
    const auto file = image::pngFileSink(output);
    CONTONE_CHECK(
        file->begin({picture.size, picture.format, dpi, dpi, Bytes(monitor.bytes().begin(), monitor.bytes().end())}));
    CONTONE_CHECK(file->write(picture.strip()));
    return file->finish();
}

struct ProofRequest {
    PageRequest page;
    std::vector<std::string> files;
    std::string monitor = "srgb";
    bool paper = false, noLines = false;
};

/// Renders, writes and describes. The page lies as the printer takes it; a proof is for people, who look at photos the
/// right way up.
Result<nlohmann::json> proof(Context& context, const ProofRequest& request, const icc::Profile& monitor,
                             const ShownPage& page) {
    const std::string& output = request.page.output;
    CONTONE_TRY(auto transform, icc::ProofTransform::create(page.ingredients.outputProfile, monitor,
                                                            request.paper ? icc::ProofTransform::Simulate::PaperAndInk
                                                                          : icc::ProofTransform::Simulate::Adapted));
    image::PictureSink seen;
    render::ProofSink screen(std::move(transform), {}, seen);
    render::RenderOptions options;
    options.threads = request.page.threads;
    CONTONE_TRY(const render::RenderedPage rendered,
                render::renderPageOnce(page.recipe, page.ingredients, screen, options, context.pages()));
    image::Picture picture = seen.picture();
    if (page.plan && !request.noLines) print::drawPageLines(picture, *page.plan);
    CONTONE_CHECK(write(image::upright(picture, image::inverse(page.turn)), page.recipe.dpiX, monitor, output));
    context.say(fmt::format("{}: proof of {} on {}", output, page.ingredients.outputProfile.description(),
                            monitor.description()));
    nlohmann::json answer = nlohmann::json::object();
    if (!page.recipe.photos.empty()) {
        CONTONE_TRY(answer["gamut"], gamutOf(context, page));
    }
    answer["output"] = output;
    answer["monitor"] = monitor.description();
    answer["paperSimulated"] = request.paper;
    answer["recipe"] = rendered.recipeHash.toString();
    answer["raster"] = rendered.rasterHash.toString();
    answer["fingerprint"] = rendered.fingerprint;
    return answer;
}

Result<nlohmann::json> proofOfPhoto(Context& context, const ProofRequest& request, const icc::Profile& monitor) {
    if (request.files.size() != 1)
        return fail(Code::Invalid, "bad-options", "Name one photo: each print has a proof of its own.", {});
    PageRequest wanted = request.page;
    wanted.file = request.files.front();
    CONTONE_TRY(inspect::PhotoReport photo,
                inspect::inspectPhoto(context.decoder(), wanted.file, {}, inspect::Look::Facts));
    CONTONE_TRY(const PreparedPage page, prepare(context, wanted, std::move(photo), image::Depth::U16, true));
    if (!wanted.saveRecipe.empty())
        CONTONE_CHECK(saveRecipe(wanted.saveRecipe, page.page.recipe, page.ingredients, page.page.plan.turn));
    CONTONE_TRY(
        const nlohmann::json shown,
        proof(context, request, monitor, {page.page.recipe, page.ingredients, &page.page.plan, page.page.plan.turn}));
    nlohmann::json answer = describe(page);
    answer.update(shown);
    return answer;
}

Result<nlohmann::json> proofOfRecipe(Context& context, const ProofRequest& request, const icc::Profile& monitor) {
    const PageRequest& wanted = request.page;
    CONTONE_CHECK(wanted.checkNothingBesideRecipe());
    CONTONE_TRY(const RecipePage page, pageOf(context, wanted.recipe, request.files, wanted.profile, wanted.setup));
    return proof(context, request, monitor, {page.recipe, page.ingredients, nullptr, page.turn});
}

Result<nlohmann::json> proofOf(Context& context, const ProofRequest& request) {
    if (inLowerCase(Path(request.page.output).extension().string()) != ".png")
        return fail(Code::Invalid, "bad-output", "A proof is a PNG: name the output .png.", request.page.output);
    CONTONE_CHECK(request.page.checkOutputs(request.files, {request.page.output}, request.monitor));
    CONTONE_TRY(const icc::Profile monitor, profileNamed(request.monitor));
    return request.page.recipe.empty() ? proofOfPhoto(context, request, monitor)
                                       : proofOfRecipe(context, request, monitor);
}

}  // namespace

void addProof(const Command& program, Context& context) {
    const auto command = program.add("proof", "Show on a monitor what the paper will look like");
    auto wish = std::make_shared<ProofRequest>();
    command.option("FILE", wish->files, "The photo; with --recipe, all its photos").required();
    wish->page.addOptions(command);
    command.option("--monitor", wish->monitor, "The monitor's ICC profile (default: sRGB)");
    command.flag("--paper", wish->paper, "Simulate the paper's white and the ink's black");
    command.flag("--no-lines", wish->noLines,
                 "With --setup: the bare page, without lines of trim and safe area and with what the knife takes away");
    command.option("-o,--output", wish->page.output, "OUT.png").required();
    command.does([&context, wish] {
        const auto answer = proofOf(context, *wish);
        if (!answer) return context.complain(answer.error());
        context.answer(*answer);
        return exitOk;
    });
}

}  // namespace contone::cli
