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

#include "app/demo/promised_page.h"
#include "core/print/setup_json.h"

namespace contone::demo {
namespace {

constexpr const char* setupName = "photo-printer";
constexpr const char* modelId = "generic-ipp-photo";
constexpr const char* mediumId = "4x6";

/// A photo on its way.
struct Item {
    PromisedPage promised;
    ContactRow row;
};

std::string factsOf(const inspect::PhotoReport& photo) {
    const image::PixelSize size = photo.facts.uprightSize();
    return fmt::format("{} × {} pixels, orientation {}, {} ({}), {}", size.width, size.height,
                       static_cast<int>(photo.facts.orientation), photo.facts.colour.name,
                       image::toString(photo.facts.colour.basis),
                       photo.largestSharp  ? "sharp up to " + photo.largestSharp->name
                       : photo.largestGood ? "good up to " + photo.largestGood->name
                                           : std::string("too small for a good print"));
}

Result<print::PrinterSetup> setUpPrinter(VirtualShop& place, const Tell& tell) {
    shop::SaveSetup wanted;
    wanted.name = setupName;
    wanted.route = {print::RouteKind::Queue, place.queueUri()};
    wanted.model = modelId;
    wanted.medium = mediumId;
    CONTONE_CHECK(place.shop().ask(wanted));
    CONTONE_TRY(print::PrinterSetup setup, place.shop().ask(shop::VerifySetup{setupName}));
    const auto& proof = setup.verification;
    if (!proof || !proof->passed) {
        std::string problems;
        if (proof)
            for (const std::string& p : proof->problems) problems += " " + p;
        return fail(Code::Conflict, "setup-refused", "The printer setup could not be proved:" + problems);
    }
    tell(fmt::format(
        "printer   a virtual IPP photo printer behind a real CUPS queue; proved: {} checks, profile \"{}\", {}{}",
        proof->verified.size(), setup.profileName, icc::toString(setup.intent),
        setup.blackPoint == icc::BlackPoint::Compensate ? " with black point compensation" : ""));
    return setup;
}

Result<Item> prepare(const Promise& promise, const Path& file, const std::string& product) {
    CONTONE_TRY(PromisedPage promised, promisedPage(promise, file, product));
    ContactRow row;
    row.title = fmt::format("{} on {}", file.filename().string(), promise.catalog.product(product)->name);
    row.facts = factsOf(promised.photo);
    CONTONE_TRY(row.photo, inspect::thumbnailOf(promise.decoder, file, 900));
    CONTONE_TRY(row.proof, proofOf(promised.pixels, promise.device));
    row.crop = promised.page.recipe.frames.front().crop;
    row.plan = promised.page.plan;
    return Item{std::move(promised), std::move(row)};
}

Result<std::vector<print::Sheet>> follow(shop::Shop& shop, JobId job, const Tell& tell) {
    std::map<SheetId, print::SheetState> told;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    for (;;) {
        CONTONE_TRY(std::vector<print::Sheet> sheets, shop::askAll(shop, shop::ListSheets{.job = job}));
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
    const image::Picture& promised = item.promised.pixels;
    const bool equal = captured == promised && image::rasterHash(captured) == sheet.raster;
    const std::int64_t pixels = std::int64_t{promised.size.width} * promised.size.height;
    CONTONE_TRY(item.row.sheet, proofOf(captured, device));
    item.row.good = equal;
    item.row.verdict = equal ? fmt::format("The captured sheet equals the rendered page in all {} pixels. Raster {}…",
                                           pixels, sheet.raster.toString().substr(0, 16))
                             : std::string("The captured sheet differs from the rendered page.");
    tell(fmt::format("compare   {}: {}", item.promised.file.filename().string(),
                     equal ? fmt::format("captured sheet = rendered page, all {} pixels", pixels) : "DIFFERENT"));
    return {};
}

Result<void> describeProof(const PromisedPage& promised, const icc::Profile& device, const Tell& tell) {
    CONTONE_TRY(const render::WorkingPicture working,
                render::renderWorking(promised.page.recipe, promised.ingredients, 512));
    CONTONE_TRY(const icc::GamutCheck check, icc::GamutCheck::create(device, working.gamut));
    const icc::GamutReport gamut = check.report(working.rgb.data(), working.size.width, working.size.height);
    tell(fmt::format(
        "proof     {}: {:.1f} % of it has colours that this paper cannot show (ΔE2000 mean {:.2f}, 95 % below {:.2f})",
        promised.file.filename().string(), gamut.percentOutOfGamut, gamut.meanDeltaE, gamut.p95DeltaE));
    return {};
}

Result<std::vector<Item>> prepareAll(const Promise& promise, const JobOptions& options, JobResult& result,
                                     const Tell& tell) {
    std::vector<Item> items;
    for (const Path& file : options.photos) {
        auto item = prepare(promise, file, options.product);
        if (!item) {
            result.problems.push_back(file.filename().string() + ": " + item.error().message);
            tell("photo     " + result.problems.back());
            continue;
        }
        const print::PagePlan& plan = item->promised.page.plan;
        tell(fmt::format("photo     {}: {}", file.filename().string(), item->row.facts));
        tell(fmt::format(
            "crop      {}: fills {}, {:.0f} photo pixels an inch ({}), {:.1f} % of the photo lost to crop and trim",
            file.filename().string(), promise.catalog.product(options.product)->name, plan.photoDpi,
            catalog::toString(plan.sharpness), plan.lostPercent));
        CONTONE_CHECK(describeProof(item->promised, promise.device, tell));
        items.push_back(std::move(*item));
    }
    return items;
}

}  // namespace

Result<JobResult> runMainJob(VirtualShop& place, decode::Decoder& decoder, const catalog::Catalog& catalog,
                             const print::Models& models, const JobOptions& options, const Tell& tell) {
    JobResult result;
    CONTONE_TRY(print::PrinterSetup setup, setUpPrinter(place, tell));
    CONTONE_TRY(const print::PrintTarget target, print::PrintTarget::create(std::move(setup), models));
    CONTONE_TRY(const shop::SetupProfile profileBytes, place.shop().ask(shop::ShowSetupProfile{setupName}));
    CONTONE_TRY(const icc::Profile device, icc::Profile::fromBytes(profileBytes.profile));
    const Promise promise{decoder, catalog, target, device,
                          std::make_shared<render::ColourTables>(place.home() / "cache" / "tables")};
    CONTONE_TRY(std::vector<Item> items, prepareAll(promise, options, result, tell));
    if (items.empty()) return result;

    shop::PlaceOrder order;
    for (const Item& item : items) {
        CONTONE_TRY(const Sha256 original, shop::addOriginal(place.shop(), item.promised.file));
        order.lines.push_back({original, item.promised.file.filename().string(), options.product, 1, {}});
    }
    CONTONE_TRY(const order::Order placed, place.shop().ask(order));
    tell(fmt::format("order     {}: {} {} of {}, {}", placed.number, items.size(),
                     items.size() == 1 ? "print" : "prints", options.product, toString(placed.price.total)));
    CONTONE_TRY(const print::PrintJob job, place.shop().ask(shop::PrintOrder{placed.id, setupName}));
    CONTONE_TRY(const std::vector<print::Sheet> sheets, follow(place.shop(), job.id, tell));

    nlohmann::json records = nlohmann::json::array();
    result.allEqual = true;
    for (const print::Sheet& sheet : sheets) {
        CONTONE_TRY(const shop::SheetRecord record, place.shop().ask(shop::ShowSheetRecord{sheet.id}));
        const auto line = std::ranges::find(placed.lines, sheet.line, &order::OrderLine::id);
        Item& item = items.at(static_cast<std::size_t>(line - placed.lines.begin()));
        if (sheet.state != print::SheetState::Out) {
            result.problems.push_back(item.promised.file.filename().string() + ": " +
                                      (sheet.message.empty() ? "the sheet did not come out" : sheet.message));
        } else {
            CONTONE_CHECK(compare(place, item, sheet, device, tell));
            if (!item.row.good)
                result.problems.push_back(item.promised.file.filename().string() + ": " + item.row.verdict);
            result.rows.push_back(item.row);
        }
        result.allEqual = result.allEqual && item.row.good;
        records.push_back({{"photo", item.promised.file.filename().string()},
                           {"sheet", sheet.id.toString()},
                           {"state", print::toString(sheet.state)},
                           {"raster", sheet.raster.toString()},
                           {"recipeHash", sheet.recipe.toString()},
                           {"recipe", nlohmann::json::parse(record.recipeJson)},
                           {"setup", nlohmann::json::parse(print::toJson(record.job.setup))},
                           {"capturedEqualsRendered", item.row.good}});
    }
    result.recordJson = records.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
    return result;
}

}  // namespace contone::demo
