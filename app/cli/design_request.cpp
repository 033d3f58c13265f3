// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From options to a designed page.
#include "app/cli/design_request.h"

#include <fmt/format.h>

#include "app/cli/page_request.h"
#include "core/image/file_sinks.h"
#include "core/inspect/mask_file.h"
#include "core/print/print_target.h"
#include "core/render/adjustments/adjustments.h"
#include "core/render/proof_sink.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

Error badOptions(std::string message) {
    return {Code::Invalid, "bad-options", std::move(message), {}};
}

Result<std::map<std::string, std::string>> textsFrom(const std::vector<std::string>& all) {
    std::map<std::string, std::string> texts;
    for (const std::string& typed : all) {
        const std::size_t equals = typed.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(badOptions("Write a text as ID=WORDS, as in --text title=\"Our day\"."));
        texts[typed.substr(0, equals)] = typed.substr(equals + 1);
    }
    return texts;
}

struct Destination {
    icc::Profile profile;
    design::Paper paper;
};

/// `fileDepth`: the deepest samples that the output file can hold.
Result<Destination> forSetup(Context& context, const DesignRequest& request, image::Depth fileDepth, bool dither) {
    if (request.product.empty()) return fail(badOptions("With --setup, say which --product."));
    CONTONE_TRY(SetupOfShop of, setupNamed(context, request.setup));
    CONTONE_TRY(const auto* models, context.models());
    CONTONE_TRY(const auto* catalog, context.catalog());
    CONTONE_TRY(const catalog::Product product, catalog->product(request.product));
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(std::move(of.setup), *models));
    CONTONE_TRY(print::PagePlan bare, print::planBarePage(product, target.medium(), target.setup().calibration));
    print::PageColour colour = target.colour();
    if (fileDepth == image::Depth::U8) colour.device.depth = image::Depth::U8;
    colour.dither = dither && colour.device.depth == image::Depth::U8;
    return Destination{std::move(of.profile), {std::move(bare), colour, image::Lane::Fast}};
}

Result<Destination> forFile(Context& context, const DesignRequest& request, PaperSize size, image::Depth depth,
                            bool dither) {
    CONTONE_TRY(icc::Profile profile, context.profile(request.profile));
    if (!profile.isOutput())
        return fail(Code::Unsupported, "profile-no-output",
                    "This colour profile cannot be printed with. Use an output profile.", profile.description());
    if (!request.product.empty()) {
        CONTONE_TRY(const auto* catalog, context.catalog());
        CONTONE_TRY(const catalog::Product product, catalog->product(request.product));
        size = size.isLandscape() ? product.trim.rotated() : product.trim;
    }
    CONTONE_TRY(print::PagePlan bare, print::planBareFilePage(size, Dpi{request.dpi}));
    const print::PageColour colour{profile.hash(),
                                   icc::Intent::Relative,
                                   icc::BlackPoint::Compensate,
                                   {static_cast<image::Channels>(profile.channels()), depth},
                                   dither && depth == image::Depth::U8};
    return Destination{std::move(profile), {std::move(bare), colour, image::Lane::Fast}};
}

/// "2026:11:22 10:20:30" as "2026-11-22".
std::string dayOf(std::string taken) {
    taken.resize(std::min(taken.size(), std::size_t{10}));
    std::ranges::replace(taken, ':', '-');
    return taken;
}

/// None where the finder of faces is not installed: crops then lie in the middle.
std::vector<image::Crop> facesIn(Context& context, const Path& file) {
    std::vector<image::Crop> faces;
    const auto found = inspect::facesIn(context.decoder(), file);
    if (!found) return faces;
    for (const vision::Face& face : *found)
        if (face.score >= vision::scoreForCrop) faces.push_back(face.box);
    return faces;
}

void tell(Context& context, const PreparedDesign& made, const std::vector<std::string>& files) {
    constexpr double softBelow = 120;  // photo pixels an inch; catalog::DpiLadder::soft of all products that ship
    std::map<int, double> least;       // of each photo, where it is largest
    for (const design::FrameReport& frame : made.page.frames) {
        const auto [of, isNew] = least.emplace(frame.photo, frame.photoDpi);
        of->second = std::min(of->second, frame.photoDpi);
    }
    for (const auto& [photo, dpi] : least)
        if (dpi < softBelow)
            context.say(fmt::format("{}: will not be sharp here, {:.0f} pixels an inch.",
                                    files[static_cast<std::size_t>(photo)], dpi));
    for (const design::TextReport& text : made.page.texts)
        for (const text::TextWarning& warning : text.warnings)
            context.say(fmt::format("\"{}\": {}", text.text, words::sentence(context.locale(), warning)));
}

}  // namespace

void DesignRequest::addOptions(const app::Command& command) {
    command.option("--text", texts, "A text of the design, as title=\"Our day\"; may be given several times")
        .oneEachTime();
    command.option("--product", product, "A product, e.g. 20x25 (default: the design's own size)");
    const auto bySetup = command.option("--setup", setup, "Colours and geometry of this printer setup");
    command.option("--profile", profile, "An ICC output profile: a file, or a bundled one (default: srgb)")
        .excludes(bySetup);
    command.option("--dpi", dpi, "Dots an inch of a page without a printer").between(50, 2400);
    command.option("--adjust", adjust, "Light and colours of all photos, as \"exposure=0.5 look=film*60\"");
    command.option("--lane", lane,
                   "fast, or archival: resampled in linear light, 16 bits where the file can hold them");
    command.flag("--overwrite", overwrite, "Replace files that are there; never a photo that is read");
    command.option("--threads", threads, "Threads; the bytes are the same for any number").between(1, 64);
}

Result<std::map<std::string, layout::Template>> allTemplates(Context& context) {
    const app::Places places = context.places();
    CONTONE_TRY(layout::Templates all, layout::readTemplates(places.share / "templates"));
    const Path own = places.home / "templates";
    std::error_code failed;
    if (std::filesystem::is_directory(own, failed)) {
        auto shops = layout::readTemplates(own);
        if (shops) {
            for (auto& [id, one] : shops->byId) all.byId.insert_or_assign(id, std::move(one));
            all.refused.insert(all.refused.end(), shops->refused.begin(), shops->refused.end());
        }
    }
    for (const Error& error : all.refused) context.complainAbout("templates", error);
    return std::move(all.byId);
}

Result<layout::Template> templateNamed(Context& context, const std::string& name) {
    if (inLowerCase(Path(name).extension().string()) == ".toml") return layout::readTemplate(name);
    CONTONE_TRY(auto all, allTemplates(context));
    const auto found = all.find(name);
    if (found != all.end()) return std::move(found->second);
    std::string ids;
    for (const auto& [id, one] : all) ids += (ids.empty() ? "" : ", ") + id;
    return fail(Code::NotFound, "template-unknown", "There is no template \"" + name + "\". There are: " + ids + ".",
                name);
}

layout::TemplatePhoto asSeen(Context& context, const std::string& file, const inspect::PhotoReport& photo,
                             const image::PhotoTurn& turn) {
    return {Path(file).stem().string(), image::turnedSize(photo.facts, turn),
            turn.isNone() ? facesIn(context, file) : std::vector<image::Crop>(), dayOf(photo.facts.takenAt)};
}

Result<layout::Almanac> calendarsFor(Context& context, const layout::Template& of) {
    if (!of.hasCalendar()) return layout::Almanac();
    return layout::loadAlmanac(context.places().share);
}

Result<void> readMasks(Context& context, layout::Template& of) {
    of.masks.clear();
    for (const Path& file : of.maskFiles) {
        auto mask = inspect::maskIn(context.decoder(), file);
        if (!mask)
            return fail(Code::Invalid, "template-file",
                        of.name + ": its mask " + file.filename().string() + " cannot be used: " + mask.error().message,
                        mask.error().reason + ": " + file.string());
        of.masks.push_back(*std::move(mask));
    }
    return {};
}

Result<FilledTemplate> fillTemplate(Context& context, layout::Template of, const std::vector<std::string>& files,
                                    const std::vector<std::string>& typed, const image::PhotoTurn& turn) {
    CONTONE_TRY(const auto texts, textsFrom(typed));
    CONTONE_CHECK(readMasks(context, of));
    FilledTemplate filled{.name = of.name, .photos = {}, .files = files, .layout = {}, .turn = turn};
    std::vector<layout::TemplatePhoto> seen;
    for (const std::string& file : files) {
        CONTONE_TRY(inspect::PhotoReport photo,
                    inspect::inspectPhoto(context.decoder(), file, {}, inspect::Look::Facts));
        seen.push_back(asSeen(context, file, photo, turn));
        filled.photos.push_back(std::move(photo));
    }
    CONTONE_TRY(const layout::Almanac calendars, calendarsFor(context, of));
    CONTONE_TRY(filled.layout, layout::layOut(of, seen, texts, calendars));
    if (const int empty = of.emptyPlaces(static_cast<int>(files.size())); empty > 0)
        context.say(fmt::format("{}: {} for a photo {} empty. It takes up to {} photos.", of.name,
                                empty == 1 ? "one place" : fmt::format("{} places", empty),
                                empty == 1 ? "stays" : "stay", of.photos()));
    return filled;
}

Result<PreparedDesign> prepareDesign(Context& context, const DesignRequest& request, FilledTemplate filled,
                                     image::Depth depth, bool dither) {
    CONTONE_TRY(const image::Lane lane, contone::parse<image::Lane>(request.lane));
    CONTONE_TRY(const image::Adjustments adjustments, image::parseAdjustments(request.adjust));
    CONTONE_CHECK(render::check(adjustments));
    std::vector<design::PagePhoto> photos;
    for (const inspect::PhotoReport& report : filled.photos) {
        photos.push_back({report.original, &report.facts});
        photos.back().choices.adjustments = adjustments;
        photos.back().choices.turn = filled.turn;
    }
    const image::Depth laneDepth = lane == image::Lane::Fast ? image::Depth::U8 : depth;
    CONTONE_TRY(Destination to, request.setup.empty() ? forFile(context, request, filled.layout.size, laneDepth, dither)
                                                      : forSetup(context, request, depth, dither));
    to.paper.lane = lane;
    CONTONE_TRY(const text::FontSet fonts, text::FontSet::open({.folder = context.places().share / "fonts"}));
    CONTONE_TRY(design::DesignedPage page, design::designPage(filled.layout, photos, to.paper, fonts));
    render::Ingredients ingredients =
        inspect::ingredientsFrom(context.decoder(), std::vector<Path>(filled.files.begin(), filled.files.end()),
                                 std::move(to.profile), context.tables());
    ingredients.stencil = page.stencil();
    PreparedDesign made{std::move(filled.photos), std::move(page), std::move(ingredients)};
    tell(context, made, filled.files);
    return made;
}

Result<void> writeProof(const PreparedDesign& design, const Path& output, int threads) {
    const icc::Profile monitor = icc::Profile::srgb();
    CONTONE_TRY(auto transform, icc::ProofTransform::create(design.ingredients.outputProfile, monitor,
                                                            icc::ProofTransform::Simulate::Adapted));
    image::PictureSink seen;
    render::ProofSink screen(std::move(transform), {}, seen);
    CONTONE_CHECK(render::renderPage(design.page.recipe, design.ingredients, screen, {.threads = threads}));
    const image::Picture upright = image::upright(seen.picture(), image::inverse(design.page.plan.turn));
    const auto file = image::pngFileSink(output);
    CONTONE_CHECK(file->begin({upright.size, upright.format, design.page.plan.dpiX, design.page.plan.dpiY,
                               Bytes(monitor.bytes().begin(), monitor.bytes().end())}));
    CONTONE_CHECK(file->write(upright.strip()));
    return file->finish();
}

}  // namespace contone::cli
