// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The steps: look, crop, proof, order, print, follow, compare.
#include "app/demo/main_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/print/page_recipe.h"
#include "core/render/proof_sink.h"
#include "core/shop/photo_desk.h"

namespace contone::demo {
namespace {

constexpr const char* setupName = "photo-printer";
constexpr const char* modelId = "generic-ipp-photo";
constexpr const char* mediumId = "4x6";

/// A photo on its way.
struct Item {
    Path file;
    shop::PhotoReport photo;
    print::PagePlan plan;
    render::Recipe recipe;
    render::Ingredients ingredients;
    image::Picture page;  ///< rendered here, from the file: what the paper must get
    ContactRow row;
};

std::string factsOf(const shop::PhotoReport& photo) {
    const image::PixelSize size = photo.facts.uprightSize();
    return fmt::format("{} × {} pixels, orientation {}, {} ({}), {}", size.width, size.height,
                       static_cast<int>(photo.facts.orientation), photo.facts.colour.name,
                       image::toString(photo.facts.colour.basis),
                       photo.largestSharp  ? "sharp up to " + photo.largestSharp->name
                       : photo.largestGood ? "good up to " + photo.largestGood->name
                                           : std::string("too small for a good print"));
}

Result<print::PrinterSetup> setUpPrinter(VirtualShop& place, const Tell& tell) {
    shop::NewSetup wanted;
    wanted.name = setupName;
    wanted.route = {print::RouteKind::Queue, place.queueUri()};
    wanted.model = modelId;
    wanted.medium = mediumId;
    CONTONE_CHECK(place.shop().saveSetup(wanted));
    CONTONE_TRY(print::PrinterSetup setup, place.shop().verifySetup(setupName, "demo"));
    if (!setup.verification->passed) {
        std::string problems;
        for (const std::string& p : setup.verification->problems) problems += " " + p;
        return fail(Code::Conflict, "setup-refused", "The printer setup could not be proved:" + problems);
    }
    tell(fmt::format(
        "printer   a virtual IPP photo printer behind a real CUPS queue; proved: {} checks, profile \"{}\", {}{}",
        setup.verification->verified.size(), setup.profileName, icc::toString(setup.intent),
        setup.blackPoint == icc::BlackPoint::Compensate ? " with black point compensation" : ""));
    return setup;
}

Result<image::Picture> proofOf(const Item& item, const icc::Profile& device) {
    CONTONE_TRY(auto transform,
                icc::ProofTransform::create(device, icc::Profile::srgb(), icc::ProofTransform::Simulate::PaperAndInk));
    image::PictureSink screen;
    render::ProofSink proof(std::move(transform), {}, screen);
    CONTONE_CHECK(proof.begin({item.page.size, item.page.format}));
    CONTONE_CHECK(proof.write(item.page.strip()));
    CONTONE_CHECK(proof.finish());
    return screen.picture();
}

Result<Item> prepare(decode::Decoder& decoder, const Path& file, const catalog::Catalog& catalog,
                     const print::PrinterModel& model, const print::PrinterSetup& setup, const icc::Profile& device,
                     const JobOptions& options, const std::shared_ptr<render::ColourTables>& tables) {
    CONTONE_TRY(shop::PhotoReport photo, shop::inspectPhoto(decoder, file, catalog));
    CONTONE_TRY(const catalog::Product product, catalog.product(options.product));
    CONTONE_TRY(print::PagePlan plan, print::planPage(product, *model.medium(setup.medium), photo.facts.uprightSize()));
    render::Recipe recipe =
        print::makeRecipe(plan, photo.original, photo.facts, render::Lane::Fast, print::colourOf(setup, model));
    render::Ingredients ingredients = shop::ingredientsFrom(decoder, file, device, tables);
    image::PictureSink page;
    render::RenderOptions render;
    render.threads = 2;
    CONTONE_CHECK(render::renderPage(recipe, ingredients, page, render));
    Item item{file, std::move(photo), std::move(plan), std::move(recipe), std::move(ingredients), page.picture(), {}};
    item.row.title = fmt::format("{} on {}", file.filename().string(), product.name);
    item.row.facts = factsOf(item.photo);
    CONTONE_TRY(item.row.photo, shop::thumbnailOf(decoder, file, 900));
    CONTONE_TRY(item.row.proof, proofOf(item, device));
    item.row.crop = item.recipe.frames.front().crop;
    item.row.plan = item.plan;
    return item;
}

Result<std::vector<print::Sheet>> follow(shop::Shop& shop, JobId job, const Tell& tell) {
    std::map<SheetId, print::SheetState> told;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    for (;;) {
        CONTONE_TRY(const std::vector<print::Sheet> sheets, shop.sheets({.job = job}));
        bool settled = true;
        for (const print::Sheet& s : sheets) {
            settled = settled && (print::isFinal(s.state) || s.state == print::SheetState::Unknown);
            const auto known = told.find(s.id);
            if (known != told.end() && known->second == s.state) continue;
            told[s.id] = s.state;
            tell(fmt::format("sheet     {} of {}: {}{}", s.number, sheets.size(), print::toString(s.state),
                             s.message.empty() ? "" : " – " + s.message));
        }
        if (settled) return sheets;
        if (std::chrono::steady_clock::now() > deadline)
            return fail(Code::Unavailable, "print-not-finished", "The sheets did not come out within five minutes.");
        std::this_thread::sleep_for(std::chrono::milliseconds(40));
    }
}

/// The sheet that came out under this attempt's name; Corrupt unless there is exactly one.
Result<image::Picture> capturedSheet(const printers::VirtualPrinter& printer, AttemptId attempt) {
    CONTONE_TRY(const std::vector<printers::Capture> captures, printer.captures());
    std::vector<printers::Capture> ours;
    for (const printers::Capture& c : captures)
        if (const auto name = c.attributes.find("IPP_JOB_NAME");
            name != c.attributes.end() && name->second == print::jobName(attempt))
            ours.push_back(c);
    if (ours.size() != 1)
        return fail(Code::Corrupt, "captures", fmt::format("{} sheets came out for one print.", ours.size()),
                    attempt.toString());
    return printers::VirtualPrinter::pictureOf(ours.front());
}

Result<void> compare(VirtualShop& place, Item& item, const print::Sheet& sheet, const icc::Profile& device,
                     const Tell& tell) {
    CONTONE_TRY(const image::Picture captured, capturedSheet(place.printer(), sheet.attempt));
    const bool equal = captured == item.page && image::rasterHash(captured) == sheet.raster;
    const std::int64_t pixels = std::int64_t{item.page.size.width} * item.page.size.height;
    Item seen = {item.file, item.photo, item.plan, item.recipe, item.ingredients, captured, {}};
    CONTONE_TRY(item.row.sheet, proofOf(seen, device));
    item.row.good = equal;
    item.row.verdict = equal ? fmt::format("The captured sheet equals the rendered page in all {} pixels. Raster {}…",
                                           pixels, sheet.raster.toString().substr(0, 16))
                             : std::string("The captured sheet differs from the rendered page.");
    tell(fmt::format("compare   {}: {}", item.file.filename().string(),
                     equal ? fmt::format("captured sheet = rendered page, all {} pixels", pixels) : "DIFFERENT"));
    return {};
}

Result<void> describeProof(const Item& item, const icc::Profile& device, const Tell& tell) {
    CONTONE_TRY(const render::WorkingPicture working, render::renderWorking(item.recipe, item.ingredients, 512));
    CONTONE_TRY(const icc::GamutCheck check, icc::GamutCheck::create(device, working.gamut));
    const icc::GamutReport gamut = check.report(working.rgb.data(), working.size.width, working.size.height);
    tell(fmt::format(
        "proof     {}: {:.1f} % of it has colours that this paper cannot show (ΔE2000 mean {:.2f}, 95 % below {:.2f})",
        item.file.filename().string(), gamut.percentOutOfGamut, gamut.meanDeltaE, gamut.p95DeltaE));
    return {};
}

Result<std::vector<Item>> prepareAll(decode::Decoder& decoder, const JobOptions& options,
                                     const catalog::Catalog& catalog, const print::PrinterModel& model,
                                     const print::PrinterSetup& setup, const icc::Profile& device,
                                     const std::shared_ptr<render::ColourTables>& tables, JobResult& result,
                                     const Tell& tell) {
    std::vector<Item> items;
    for (const Path& file : options.photos) {
        auto item = prepare(decoder, file, catalog, model, setup, device, options, tables);
        if (!item) {
            result.problems.push_back(file.filename().string() + ": " + item.error().message);
            tell("photo     " + result.problems.back());
            continue;
        }
        tell(fmt::format("photo     {}: {}", file.filename().string(), item->row.facts));
        tell(fmt::format(
            "crop      {}: fills {}, {:.0f} photo pixels an inch ({}), {:.1f} % of the photo lost to crop and trim",
            file.filename().string(), catalog.product(options.product)->name, item->plan.photoDpi,
            catalog::toString(item->plan.sharpness), item->plan.lostPercent));
        CONTONE_CHECK(describeProof(*item, device, tell));
        items.push_back(std::move(*item));
    }
    return items;
}

}  // namespace

Result<JobResult> runMainJob(VirtualShop& place, decode::Decoder& decoder, const catalog::Catalog& catalog,
                             const std::map<std::string, print::PrinterModel>& models, const JobOptions& options,
                             const Tell& tell) {
    JobResult result;
    const auto model = models.find(modelId);
    if (model == models.end() || !model->second.medium(mediumId))
        return fail(Code::NotFound, "model-unknown", "The virtual printer's model file is missing.", modelId);
    CONTONE_TRY(const print::PrinterSetup setup, setUpPrinter(place, tell));
    CONTONE_TRY(const Bytes profileBytes, place.shop().setupProfile(setupName));
    CONTONE_TRY(const icc::Profile device, icc::Profile::fromBytes(profileBytes));
    CONTONE_TRY(std::vector<Item> items,
                prepareAll(decoder, options, catalog, model->second, setup, device,
                           std::make_shared<render::ColourTables>(place.home() / "cache" / "tables"), result, tell));
    if (items.empty()) return result;

    shop::NewOrder order;
    order.actor = "demo";
    for (const Item& item : items) {
        CONTONE_TRY(const Sha256 original, place.shop().addOriginal(item.file));
        order.lines.push_back({original, item.file.filename().string(), options.product, 1, {}});
    }
    CONTONE_TRY(const order::Order placed, place.shop().placeOrder(order));
    tell(fmt::format("order     {}: {} {} of {}, {}", placed.number, items.size(),
                     items.size() == 1 ? "print" : "prints", options.product, toString(placed.total)));
    CONTONE_TRY(const print::PrintJob job, place.shop().print(placed.id, setupName, "demo"));
    CONTONE_TRY(const std::vector<print::Sheet> sheets, follow(place.shop(), job.id, tell));

    nlohmann::json records = nlohmann::json::array();
    result.allEqual = true;
    for (const print::Sheet& sheet : sheets) {
        CONTONE_TRY(const shop::SheetRecord record, place.shop().sheetRecord(sheet.id));
        const auto line = std::ranges::find(placed.lines, sheet.line, &order::OrderLine::id);
        Item& item = items.at(static_cast<std::size_t>(line - placed.lines.begin()));
        if (sheet.state != print::SheetState::Out) {
            result.problems.push_back(item.file.filename().string() + ": " +
                                      (sheet.message.empty() ? "the sheet did not come out" : sheet.message));
        } else {
            CONTONE_CHECK(compare(place, item, sheet, device, tell));
            if (!item.row.good) result.problems.push_back(item.file.filename().string() + ": " + item.row.verdict);
            result.rows.push_back(item.row);
        }
        result.allEqual = result.allEqual && item.row.good;
        records.push_back({{"photo", item.file.filename().string()},
                           {"sheet", sheet.id.toString()},
                           {"state", print::toString(sheet.state)},
                           {"raster", sheet.raster.toString()},
                           {"recipeHash", sheet.recipe.toString()},
                           {"recipe", nlohmann::json::parse(record.recipeJson)},
                           {"setup", nlohmann::json::parse(record.setupJson)},
                           {"capturedEqualsRendered", item.row.good}});
    }
    result.recordJson = records.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
    return result;
}

}  // namespace contone::demo
