// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone proof FILE … -o OUT.png: what the paper will look like, on a monitor, and how far it is from the photo.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/page_request.h"
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

Result<nlohmann::json> gamutOf(Context& context, const PreparedPage& page) {
    CONTONE_TRY(const render::WorkingPicture working,
                render::renderWorking(page.page.recipe, page.ingredients, gamutAnalysisSide));
    CONTONE_TRY(const icc::GamutCheck check, icc::GamutCheck::create(page.ingredients.outputProfile, working.gamut));
    const icc::GamutReport report = check.report(working.rgb.data(), working.size.width, working.size.height);
    context.say(words::sentence(context.locale(), preflight::ofGamut(page.photo.original, report, {})));
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

enum class Lines { Shown, Hidden };

int proof(Context& context, const PageRequest& request, const std::string& monitorName, bool paper, Lines lines) {
    if (inLowerCase(Path(request.output).extension().string()) != ".png")
        return context.complain(
            {Code::Invalid, "bad-output", "A proof is a PNG: name the output .png.", request.output});
    if (auto free = request.checkOutputs({request.file}, {request.output}, monitorName); !free)
        return context.complain(free.error());
    const auto monitor = profileNamed(monitorName);
    if (!monitor) return context.complain(monitor.error());
    auto photo = inspect::inspectPhoto(context.decoder(), request.file, {}, inspect::Look::Facts);
    if (!photo) return context.complain(photo.error());
    const auto page = prepare(context, request, *std::move(photo), image::Depth::U16, true);
    if (!page) return context.complain(page.error());
    auto transform = icc::ProofTransform::create(
        page->ingredients.outputProfile, *monitor,
        paper ? icc::ProofTransform::Simulate::PaperAndInk : icc::ProofTransform::Simulate::Adapted);
    if (!transform) return context.complain(transform.error());
    // The page lies as the printer takes it; a proof is for people, who look at photos the right way up.
    image::PictureSink seen;
    render::ProofSink screen(std::move(*transform), {}, seen);
    render::RenderOptions options;
    options.threads = request.threads;
    const auto rendered =
        render::renderPageOnce(page->page.recipe, page->ingredients, screen, options, context.pages());
    if (!rendered) return context.complain(rendered.error());
    image::Picture picture = seen.picture();
    if (lines == Lines::Shown) print::drawPageLines(picture, page->page.plan);
    const image::Picture upright = image::upright(picture, image::inverse(page->page.plan.turn));
    if (const auto written = write(upright, page->page.plan.dpiX, *monitor, request.output); !written)
        return context.complain(written.error());
    context.say(fmt::format("{}: proof of {} on {}", request.output, page->ingredients.outputProfile.description(),
                            monitor->description()));
    const auto gamut = gamutOf(context, *page);
    if (!gamut) return context.complain(gamut.error());
    nlohmann::json answer = describe(*page);
    answer["output"] = request.output;
    answer["monitor"] = monitor->description();
    answer["paperSimulated"] = paper;
    answer["gamut"] = *gamut;
    answer["recipe"] = rendered->recipeHash.toString();
    answer["raster"] = rendered->rasterHash.toString();
    answer["fingerprint"] = rendered->fingerprint;
    context.answer(answer);
    return exitOk;
}

}  // namespace

void addProof(const Command& program, Context& context) {
    const auto command = program.add("proof", "Show on a monitor what the paper will look like");
    struct Wish {
        PageRequest page;
        std::string monitor = "srgb";
        bool paper = false, noLines = false;
    };
    auto wish = std::make_shared<Wish>();
    command.option("FILE", wish->page.file, "The photo").required();
    wish->page.addOptions(command);
    command.option("--monitor", wish->monitor, "The monitor's ICC profile (default: sRGB)");
    command.flag("--paper", wish->paper, "Simulate the paper's white and the ink's black");
    command.flag("--no-lines", wish->noLines,
                 "With --setup: the bare page, without lines of trim and safe area and with what the knife takes away");
    command.option("-o,--output", wish->page.output, "OUT.png").required();
    command.does([&context, wish] {
        const Lines lines = wish->noLines ? Lines::Hidden : Lines::Shown;
        return proof(context, wish->page, wish->monitor, wish->paper, lines);
    });
}

}  // namespace contone::cli
