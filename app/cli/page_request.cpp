// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From options to a recipe.
#include "app/cli/page_request.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/print/paper_sharpening.h"

namespace contone::cli {

void PageRequest::addOptions(CLI::App& command) {
    auto* byProduct = command.add_option("--product", product, "A product, e.g. 10x15");
    command.add_option("--size", size, "A size: 102x152 (mm), 10x15cm, 4x6in")->excludes(byProduct);
    command.add_option("--dpi", dpi, "Dots an inch of a page without a printer")->check(CLI::Range(50, 2400));
    auto* bySetup = command.add_option("--setup", setup, "Colours and geometry of this printer setup");
    command
        .add_option("--profile", profile,
                    "An ICC output profile: a file, or srgb, adobe-rgb, display-p3, photo-rgb, photo-cmyk")
        ->excludes(bySetup);
    command.add_option("--intent", intent,
                       "perceptual, relative, saturation or absolute (default: the setup's, else relative)");
    command.add_flag("--no-bpc", noBlackPoint, "Without black point compensation");
    command.add_option("--lane", lane,
                       "fast, or archival: resampled in linear light, 16 bits where the file can hold them");
    command.add_option("--sharpen", sharpen,
                       "none, low, standard or high, for the paper (default: the setup's, else none)");
    command.add_option("--medium", medium, "With --profile: the surface to sharpen for (default: glossy)")
        ->excludes(bySetup);
    auto* whole = command.add_flag("--fit", fit, "Show the whole photo, paper around it");
    command.add_flag("--fill", fill, "Fill the page, crop what is too much (default)")->excludes(whole);
    command.add_option("--threads", threads, "Threads; the bytes are the same for any number")
        ->check(CLI::Range(1, 64));
    command.add_flag("--json")->description("One JSON object on stdout");
}

Result<PaperSize> parsePaperSize(const std::string& text) {
    const auto bad = [&] {
        return fail(Code::Invalid, "bad-size",
                    "Write a size as 102x152 (millimetres), 10x15cm or 4x6in, between 10 mm and 2 m.", text);
    };
    double width = 0, height = 0;
    const char *at = text.data(), *end = text.data() + text.size();
    const auto first = std::from_chars(at, end, width);
    if (first.ec != std::errc{} || first.ptr == end || (*first.ptr != 'x' && *first.ptr != 'X')) return bad();
    const auto second = std::from_chars(first.ptr + 1, end, height);
    if (second.ec != std::errc{}) return bad();
    const std::string_view unit(second.ptr, static_cast<std::size_t>(end - second.ptr));
    const double factor = unit.empty() || unit == "mm" ? 1 : unit == "cm" ? 10 : unit == "in" ? 25.4 : 0;
    width *= factor;
    height *= factor;
    if (!(width >= 10 && width <= 2000 && height >= 10 && height <= 2000)) return bad();
    return PaperSize{millimetres(width), millimetres(height)};
}

Result<icc::Profile> profileNamed(const std::string& name) {
    if (name == "srgb") return icc::Profile::srgb();
    if (name == "adobe-rgb") return icc::Profile::adobeRgbCompatible();
    if (name == "display-p3") return icc::Profile::displayP3();
    if (name == "photo-rgb") return icc::Profile::syntheticPhotoRgb();
    if (name == "photo-cmyk") return icc::Profile::syntheticPhotoCmyk();
    return icc::Profile::fromFile(name);
}

namespace {

struct Destination {
    icc::Profile profile;
    print::PageColour colour;
    print::PagePlan plan;
};

Error badOptions(std::string message) {
    return {Code::Invalid, "bad-options", std::move(message), {}};
}

Result<void> applyColourOptions(const PageRequest& request, print::PageColour& colour) {
    if (!request.intent.empty()) {
        CONTONE_TRY(colour.intent, icc::parseIntent(request.intent));
    }
    if (request.noBlackPoint) colour.blackPoint = icc::BlackPoint::AsIs;
    return {};
}

/// Fails: Invalid "bad-sharpening", NotFound "paper-unknown".
Result<void> applySharpening(Context& context, const PageRequest& request, const std::string& finish,
                             print::PageColour& colour) {
    if (request.sharpen.empty()) return {};
    CONTONE_TRY(const render::SharpenLevel level, render::parseSharpenLevel(request.sharpen));
    CONTONE_TRY(const auto* catalog, context.catalog());
    CONTONE_TRY(colour.sharpening, print::sharpeningForFinish(level, finish, *catalog));
    return {};
}

/// `fileDepth`: the deepest samples that the output file can hold.
Result<Destination> forSetup(Context& context, const PageRequest& request, image::PixelSize photo,
                             const print::Placement& asked, image::Depth fileDepth, bool dither) {
    if (request.product.empty()) return fail(badOptions("With --setup, say which --product."));
    CONTONE_TRY(shop::Shop * shop, context.shop());
    CONTONE_TRY(const print::PrinterSetup setup, shop->setup(request.setup));
    CONTONE_TRY(const Bytes bytes, shop->setupProfile(request.setup));
    CONTONE_TRY(icc::Profile profile, icc::Profile::fromBytes(bytes));
    CONTONE_TRY(const auto* models, context.models());
    CONTONE_TRY(const auto* catalog, context.catalog());
    const auto model = models->find(setup.model);
    const print::Medium* medium = model == models->end() ? nullptr : model->second.medium(setup.medium);
    if (!medium)
        return fail(Code::NotFound, "medium-unknown",
                    "This setup's printer model or medium is not known here. Set it up again.", setup.model);
    CONTONE_TRY(const catalog::Product product, catalog->product(request.product));
    print::Placement placement = asked;
    placement.offsetX = setup.offsetX;
    placement.offsetY = setup.offsetY;
    placement.extraOverscan = setup.extraOverscan;
    CONTONE_TRY(print::PagePlan plan, print::planPage(product, *medium, photo, placement));
    print::PageColour colour = print::colourOf(setup, model->second);
    if (fileDepth == image::Depth::U8) colour.device.depth = image::Depth::U8;
    colour.dither = dither && colour.device.depth == image::Depth::U8;
    CONTONE_CHECK(applySharpening(context, request, setup.finish, colour));
    return Destination{std::move(profile), colour, std::move(plan)};
}

Result<Destination> forProfile(Context& context, const PageRequest& request, image::PixelSize photo,
                               const print::Placement& placement, image::Depth depth, bool dither) {
    CONTONE_TRY(icc::Profile profile, context.profile(request.profile));
    if (!profile.isOutput())
        return fail(Code::Unsupported, "profile-no-output",
                    "This colour profile cannot be printed with. Use an output profile.", profile.description());
    PaperSize size;
    catalog::DpiLadder ladder;
    if (!request.product.empty()) {
        CONTONE_TRY(const auto* catalog, context.catalog());
        CONTONE_TRY(const catalog::Product product, catalog->product(request.product));
        size = product.trim;
        ladder = product.ladder;
    } else {
        CONTONE_TRY(size, parsePaperSize(request.size));
    }
    CONTONE_TRY(print::PagePlan plan, print::planFilePage(size, Dpi{request.dpi}, ladder, photo, placement));
    print::PageColour colour{profile.hash(),
                             icc::Intent::Relative,
                             icc::BlackPoint::Compensate,
                             {static_cast<image::Channels>(profile.channels()), depth},
                             dither && depth == image::Depth::U8};
    CONTONE_CHECK(applySharpening(context, request, request.medium.empty() ? "glossy" : request.medium, colour));
    return Destination{std::move(profile), colour, std::move(plan)};
}

}  // namespace

Result<PreparedPage> prepare(Context& context, const PageRequest& request, shop::PhotoReport photo, image::Depth depth,
                             bool dither) {
    if (request.product.empty() && request.size.empty()) return fail(badOptions("Say which --product or --size."));
    if (request.setup.empty() && request.profile.empty()) return fail(badOptions("Say which --setup or --profile."));
    CONTONE_TRY(const render::Lane lane, render::parseLane(request.lane));
    print::Placement placement;
    placement.fit = request.fit ? print::Fit::Whole : print::Fit::Fill;
    const image::PixelSize size = photo.facts.uprightSize();
    const image::Depth laneDepth = lane == render::Lane::Fast ? image::Depth::U8 : depth;
    CONTONE_TRY(Destination to, request.setup.empty() ? forProfile(context, request, size, placement, laneDepth, dither)
                                                      : forSetup(context, request, size, placement, depth, dither));
    CONTONE_CHECK(applyColourOptions(request, to.colour));
    render::Recipe recipe = print::makeRecipe(to.plan, photo.original, photo.facts, lane, to.colour);
    render::Ingredients ingredients =
        shop::ingredientsFrom(context.decoder(), request.file, std::move(to.profile), context.tables());
    return PreparedPage{std::move(photo), std::move(to.plan), std::move(recipe), std::move(ingredients)};
}

nlohmann::json describe(const PreparedPage& page) {
    const double mmX = 25.4 / page.plan.dpiX.value, mmY = 25.4 / page.plan.dpiY.value;
    const auto box = [&](const print::RealRect& r) {
        return nlohmann::json{{"x", r.x * mmX}, {"y", r.y * mmY}, {"width", r.width * mmX}, {"height", r.height * mmY}};
    };
    nlohmann::json pieces = nlohmann::json::array();
    for (const print::PiecePlan& p : page.plan.pieces)
        pieces.push_back({{"trimMm", box(p.trim)}, {"safeMm", box(p.safe)}});
    return {{"width", page.plan.raster.width},
            {"height", page.plan.raster.height},
            {"dpi", {page.plan.dpiX.value, page.plan.dpiY.value}},
            {"photoDpi", page.plan.photoDpi},
            {"sharpness", catalog::toString(page.plan.sharpness)},
            {"lostPercent", page.plan.lostPercent},
            {"pieces", pieces},
            {"source",
             {{"profile", page.photo.facts.colour.name}, {"from", image::toString(page.photo.facts.colour.basis)}}},
            {"outputProfile", page.ingredients.outputProfile.description()},
            {"intent", icc::toString(page.recipe.intent)},
            {"blackPointCompensation", page.recipe.blackPoint == icc::BlackPoint::Compensate},
            {"lane", render::toString(page.recipe.lane)},
            {"sharpen", render::toString(page.recipe.sharpening.level)}};
}

}  // namespace contone::cli
