// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From options to a recipe.
#include "app/cli/page_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "app/host/outputs.h"
#include "core/inspect/enhance_photo.h"
#include "core/inspect/red_eyes_of_photo.h"
#include "core/print/paper_sharpening.h"
#include "core/render/adjustments/adjustments.h"
#include "core/render/look_folder.h"

namespace contone::cli {

void PageRequest::addOptions(const app::Command& command) {
    const auto byProduct = command.option("--product", product, "A product, e.g. 10x15");
    const auto bySize = command.option("--size", size, "A size: 102x152 (mm), 10x15cm, 4x6in").excludes(byProduct);
    const auto byRecipe =
        command.option("--recipe", recipe, "The page of a recipe again, as --save-recipe wrote it; FILE: its photos")
            .excludes(byProduct)
            .excludes(bySize);
    command.option("--save-recipe", saveRecipe, "Keep all that decides this page in a file").excludes(byRecipe);
    command.option("--dpi", dpi, "Dots an inch of a page without a printer").between(50, 2400);
    const auto bySetup = command.option("--setup", setup, "Colours and geometry of this printer setup");
    command
        .option("--profile", profile,
                "An ICC output profile: a file, or srgb, adobe-rgb, display-p3, photo-rgb, photo-cmyk")
        .excludes(bySetup);
    command.option("--intent", intent,
                   "perceptual, relative, saturation or absolute (default: the setup's, else relative)");
    command.flag("--no-bpc", noBlackPoint, "Without black point compensation");
    command.option("--lane", lane,
                   "fast, or archival: resampled in linear light, 16 bits where the file can hold them");
    command.option("--sharpen", sharpen,
                   "none, low, standard or high, for the paper (default: the setup's, else none)");
    command.option("--medium", medium, "With --profile: the surface to sharpen for (default: glossy)")
        .excludes(bySetup);
    const auto whole = command.flag("--fit", fit, "Show the whole photo, paper around it");
    command.flag("--fill", fill, "Fill the page, crop what is too much (default)").excludes(whole);
    command
        .option("--adjust", adjust,
                "Light and colours, as \"exposure=0.5 shadows=30 look=film*60\": see contone adjust --list")
        .excludes(byRecipe);
    turn.addOptions(command);
    addPhotoOptions(command);
    command.flag("--as-sent", asSent,
                 "No changes to colour or light: only scaled, converted and sharpened for the paper");
    command.flag("--turn-inks", turnInks,
                 "Take a CMYK photo that does not say how its inks are stored the other way round");
    command.flag("--overwrite", overwrite, "Replace files that are there; never a photo that is read");
    command.option("--threads", threads, "Threads; the bytes are the same for any number").between(1, 64);
}

void PageRequest::addPhotoOptions(const app::Command& command) {
    command.option("--cube", cube,
                   "A look of your own: a .cube file, or the name of one in the shop's folder of looks");
    command.option("--cube-amount", cubePercent, "So much of it, in percent (default: 100)").between(0, 100);
    command.option("--cube-encoding", cubeEncoding,
                   "The numbers it was made for: srgb (default), display-p3, adobe-rgb or linear-srgb");
    command.option("--red-eye", redEye,
                   "auto, or where: \"across,down,radius\" in parts of the photo (radius: of its long side), several "
                   "apart by spaces");
}

Result<void> PageRequest::checkNothingBesideRecipe() const {
    const PageRequest none;
    const bool saysMore = !intent.empty() || !sharpen.empty() || !medium.empty() || !adjust.empty() || !cube.empty() ||
                          !redEye.empty() || !turn.turn.empty() || !turn.straighten.empty() || turn.isMirrored ||
                          lane != none.lane || dpi != none.dpi || noBlackPoint || fit || fill || asSent || turnInks ||
                          cubePercent != none.cubePercent || cubeEncoding != none.cubeEncoding;
    if (!saysMore) return {};
    return fail(Code::Invalid, "bad-options",
                "The recipe says all of the page: beside it, name only its photos, the profile and the output.",
                recipe);
}

Result<void> PageRequest::checkOutputs(const std::vector<std::string>& files, const std::vector<Path>& outputs,
                                       const std::string& monitor) const {
    std::vector<Path> inputs(files.begin(), files.end());
    for (const std::string& other : {profile, monitor, cube, recipe})
        if (!other.empty()) inputs.emplace_back(other);
    std::vector<Path> all = outputs;
    if (!saveRecipe.empty()) all.emplace_back(saveRecipe);
    return app::checkOutputs(inputs, all, overwrite ? app::Existing::IsReplaced : app::Existing::Stays);
}

std::string inLowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
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
    const std::string unit = inLowerCase({second.ptr, static_cast<std::size_t>(end - second.ptr)});
    const double factor = unit.empty() || unit == "mm" ? 1 : unit == "cm" ? 10 : unit == "in" ? 25.4 : 0;
    width *= factor;
    height *= factor;
    if (!(width >= 10 && width <= 2000 && height >= 10 && height <= 2000)) return bad();
    return PaperSize{millimetres(width), millimetres(height)};
}

Result<SetupOfShop> setupNamed(Context& context, const std::string& name) {
    CONTONE_TRY(shop::Shop * shop, context.shop());
    CONTONE_TRY(print::PrinterSetup setup, shop->ask(shop::ShowSetup{name}));
    CONTONE_TRY(const shop::SetupProfile bytes, shop->ask(shop::ShowSetupProfile{name}));
    CONTONE_TRY(icc::Profile profile, icc::Profile::fromBytes(bytes.profile));
    return SetupOfShop{std::move(setup), std::move(profile)};
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
    print::PhotoPage page;
};

Error badOptions(std::string message) {
    return {Code::Invalid, "bad-options", std::move(message), {}};
}

/// Fails: Invalid "bad-intent", "bad-sharpening"; NotFound "paper-unknown".
template <class Colour>  // a PrinterSetup or a PageColour
Result<void> applyOptions(Context& context, const PageRequest& request, const std::string& finish, Colour& colour) {
    if (!request.intent.empty()) {
        CONTONE_TRY(colour.intent, contone::parse<icc::Intent>(request.intent));
    }
    if (request.noBlackPoint) colour.blackPoint = icc::BlackPoint::AsIs;
    if (request.sharpen.empty()) return {};
    CONTONE_TRY(const render::SharpenLevel level, contone::parse<render::SharpenLevel>(request.sharpen));
    CONTONE_TRY(const auto* catalog, context.catalog());
    CONTONE_TRY(colour.sharpening, print::sharpeningForFinish(level, finish, *catalog));
    return {};
}

Result<catalog::Product> productOf(Context& context, const PageRequest& request) {
    CONTONE_TRY(const auto* catalog, context.catalog());
    return catalog->product(request.product);
}

/// `fileDepth`: the deepest samples that the output file can hold.
Result<Destination> forSetup(Context& context, const PageRequest& request, const inspect::PhotoReport& photo,
                             const order::PhotoChoices& choices, image::Depth fileDepth, bool dither) {
    if (request.product.empty()) return fail(badOptions("With --setup, say which --product."));
    CONTONE_TRY(SetupOfShop of, setupNamed(context, request.setup));
    print::PrinterSetup& setup = of.setup;
    CONTONE_TRY(const auto* models, context.models());
    CONTONE_TRY(const catalog::Product product, productOf(context, request));
    CONTONE_CHECK(applyOptions(context, request, setup.finish, setup));
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(std::move(setup), *models));
    CONTONE_TRY(print::PhotoPage page, target.page(product, photo.original, photo.facts, choices));
    image::Depth& depth = page.recipe.device.depth;
    if (fileDepth == image::Depth::U8) depth = image::Depth::U8;
    page.recipe.dither = dither && depth == image::Depth::U8;
    return Destination{std::move(of.profile), std::move(page)};
}

Result<print::PagePlan> filePlan(Context& context, const PageRequest& request, image::PixelSize photo,
                                 const order::PhotoChoices& choices) {
    if (request.product.empty() && request.size.empty()) {
        constexpr int dpi = 254;  // a pixel is a tenth of a millimetre
        return print::planFilePage({Length::micrometres(photo.width * 100), Length::micrometres(photo.height * 100)},
                                   Dpi{dpi}, {}, photo, choices);
    }
    if (request.product.empty()) {
        CONTONE_TRY(const PaperSize size, parsePaperSize(request.size));
        return print::planFilePage(size, Dpi{request.dpi}, {}, photo, choices);
    }
    CONTONE_TRY(const catalog::Product product, productOf(context, request));
    return print::planFilePage(product, Dpi{request.dpi}, photo, choices);
}

Result<Destination> forProfile(Context& context, const PageRequest& request, const inspect::PhotoReport& photo,
                               const order::PhotoChoices& choices, image::Depth depth, bool dither) {
    CONTONE_TRY(icc::Profile profile, context.profile(request.profile));
    if (!profile.isOutput())
        return fail(Code::Unsupported, "profile-no-output",
                    "This colour profile cannot be printed with. Use an output profile.", profile.description());
    CONTONE_TRY(print::PagePlan plan,
                filePlan(context, request, image::turnedSize(photo.facts, choices.turn), choices));
    print::PageColour colour{profile.hash(),
                             icc::Intent::Relative,
                             icc::BlackPoint::Compensate,
                             {static_cast<image::Channels>(profile.channels()), depth},
                             dither && depth == image::Depth::U8};
    CONTONE_CHECK(applyOptions(context, request, request.medium.empty() ? "glossy" : request.medium, colour));
    render::Recipe recipe = print::makeRecipe(plan, photo.original, photo.facts, choices, colour);
    return Destination{std::move(profile), {std::move(plan), std::move(recipe)}};
}

/// Auto-enhance, and over it what was asked for.
Result<image::Adjustments> improved(Context& context, const PageRequest& request, const inspect::PhotoReport& photo,
                                    const order::PhotoChoices& choices) {
    CONTONE_TRY(const render::Enhancement done,
                inspect::enhancementOf(context.decoder(), request.file, photo, choices.inks, context.tables()));
    context.say(fmt::format("{}: {}{}{}", request.file, contone::toString(done.kind),
                            done.adjustments.isEmpty() ? ", left as it is" : ": ", image::toText(done.adjustments)));
    return image::overruled(done.adjustments, choices.adjustments);
}

/// --cube over --adjust. The look is named by its hash from here on.
Result<void> addCube(Context& context, const PageRequest& request, image::Adjustments& adjustments,
                     render::OpenLook& openLook) {
    const render::LookFolder folder(context.places().looks());
    openLook = [folder](const Sha256& hash) { return folder.open(hash); };
    if (request.cube.empty()) {
        CONTONE_TRY(adjustments, folder.resolved(std::move(adjustments)));
        return {};
    }
    if (!adjustments.look.empty()) return fail(badOptions("Name one look: with --cube, or among the adjustments."));
    CONTONE_TRY(const auto encoding, contone::parse<render::CubeEncoding>(request.cubeEncoding));
    render::ShopLook look = render::readShopLook(request.cube);
    if (look.error && look.error->reason == "file-missing")
        for (const render::ShopLook& one : folder.list())
            if (one.name == request.cube) look = one;
    if (look.error) return fail(*look.error);
    if (look.grayShift > render::farGrayShift && encoding == render::CubeEncoding::Srgb)
        context.say(
            fmt::format("Note: {} moves gray by ΔE2000 {:.0f}. It may be made for other numbers than sRGB's: "
                        "see --cube-encoding.",
                        look.name, look.grayShift));
    adjustments.look = render::toText(render::CubeName{look.hash, encoding});
    adjustments.lookPercent = request.cubePercent;
    openLook = [file = look.file](const Sha256&) { return readFile(file, render::CubeLook::largestFile); };
    return {};
}

/// The marks of --red-eye. Fails: Corrupt "adjustments-unreadable"; as inspect::redEyesOf.
Result<std::vector<image::RedEye>> redEyes(Context& context, const PageRequest& request,
                                           const inspect::PhotoReport& photo, image::InkSense inks) {
    if (request.redEye != "auto") {
        std::string marks = request.redEye;
        std::ranges::replace(marks, ',', ':');
        std::ranges::replace(marks, ' ', ',');
        CONTONE_TRY(const image::Adjustments marked, image::parseAdjustments("eyes=" + marks));
        return marked.eyes;
    }
    CONTONE_TRY(const auto eyes, inspect::redEyesOf(context.decoder(), request.file, photo, inks, context.tables()));
    context.say(fmt::format("{}: {} red {}", request.file, eyes.size(), eyes.size() == 1 ? "eye" : "eyes"));
    return eyes;
}

}  // namespace

Result<PreparedPage> prepare(Context& context, const PageRequest& request, inspect::PhotoReport photo,
                             image::Depth depth, bool dither) {
    if (request.product.empty() && request.size.empty() && !request.keepsPixels)
        return fail(badOptions("Say which --product or --size."));
    if (request.setup.empty() && request.profile.empty()) return fail(badOptions("Say which --setup or --profile."));
    order::PhotoChoices choices;
    CONTONE_TRY(choices.lane, contone::parse<image::Lane>(request.lane));
    choices.fit = request.fit ? order::Fit::Whole : order::Fit::Fill;
    choices.inks = request.turnInks ? image::InkSense::Turned : image::InkSense::AsRead;
    CONTONE_TRY(choices.turn, request.turn.parse());
    choices.asSent = request.asSent;
    CONTONE_TRY(choices.adjustments, image::parseAdjustments(request.adjust));
    render::OpenLook openLook;
    CONTONE_CHECK(addCube(context, request, choices.adjustments, openLook));
    if (!request.redEye.empty()) {
        CONTONE_TRY(choices.adjustments.eyes, redEyes(context, request, photo, choices.inks));
    }
    if (request.isImproved) {
        CONTONE_TRY(choices.adjustments, improved(context, request, photo, choices));
    }
    CONTONE_CHECK(order::check(choices, photo.facts));
    CONTONE_CHECK(render::check(choices.adjustments));
    const image::Depth laneDepth = choices.lane == render::Lane::Fast ? image::Depth::U8 : depth;
    CONTONE_TRY(Destination to, request.setup.empty() ? forProfile(context, request, photo, choices, laneDepth, dither)
                                                      : forSetup(context, request, photo, choices, depth, dither));
    render::Ingredients ingredients = inspect::ingredientsFrom(context.decoder(), {Path(request.file)},
                                                               std::move(to.profile), context.tables(), openLook);
    return PreparedPage{std::move(photo), std::move(to.page), std::move(ingredients)};
}

nlohmann::json describe(const PreparedPage& page) {
    const print::PagePlan& plan = page.page.plan;
    const render::Recipe& recipe = page.page.recipe;
    const double mmX = 25.4 / plan.dpiX.value, mmY = 25.4 / plan.dpiY.value;
    const auto box = [&](const print::RealRect& r) {
        return nlohmann::json{{"x", r.x * mmX}, {"y", r.y * mmY}, {"width", r.width * mmX}, {"height", r.height * mmY}};
    };
    nlohmann::json pieces = nlohmann::json::array();
    for (const print::PiecePlan& p : plan.pieces) pieces.push_back({{"trimMm", box(p.trim)}, {"safeMm", box(p.safe)}});
    return {{"width", plan.raster.width},
            {"height", plan.raster.height},
            {"dpi", {plan.dpiX.value, plan.dpiY.value}},
            {"photoDpi", plan.photoDpi},
            {"sharpness", catalog::toString(plan.sharpness)},
            {"lostPercent", plan.lostPercent},
            {"pieces", pieces},
            {"source",
             {{"profile", page.photo.facts.colour.name}, {"from", image::toString(page.photo.facts.colour.basis)}}},
            {"outputProfile", page.ingredients.outputProfile.description()},
            {"intent", icc::toString(recipe.intent)},
            {"blackPointCompensation", recipe.blackPoint == icc::BlackPoint::Compensate},
            {"lane", render::toString(recipe.lane)},
            {"adjustments", recipe.frames.empty() ? "" : image::toText(recipe.frames.front().adjustments)},
            {"sharpen", render::toString(recipe.sharpening.level)}};
}

}  // namespace contone::cli
