// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench ledger: the history of a shop with 10,000 sheets, as `contone sheets` asks for it: from the store, over
// the wire, and whole. And how long a reprint takes to plan while a large order is planned.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <span>
#include <thread>

#include "app/host/shop_host.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "core/image/file_sinks.h"
#include "core/image/strip_sink.h"
#include "core/shop/wire/remote_shop.h"
#include "core/shop/wire/shop_server.h"
#include "core/store/sqlite_store.h"
#include "tests/bench/contest.h"
#include "tests/bench/performance_page.h"
#include "tests/bench/tree_run.h"

namespace contone::bench {
namespace {

const SystemClock systemClock;
constexpr int sheetsWanted = 10'000, perPage = 200, rounds = 20;
constexpr double asked = 50;  ///< ms

/// Orders of 50 prints. They are cancelled to keep the filling short.
Result<void> fill(store::SqliteStore& store) {
    print::PrinterSetup front;
    front.name = "front";
    for (int n = 0; n < sheetsWanted / 50; n++) {
        CONTONE_TRY(const order::Order order,
                    store.place({{LineId::generate(systemClock), Sha256::of("photo"), "10x15", 50, {}, {35, "EUR"}}},
                                {{35, "EUR"}, {}}, {"", {"photo.jpg"}}, "bench"));
        const print::Page page = render::Recipe{.photos = {{.original = Sha256::of(std::to_string(n))}}};
        std::vector<print::PlannedSheet> sheets;
        for (int copy = 1; copy <= 50; copy++) sheets.push_back({order.lines.front().id, copy, page});
        CONTONE_TRY(const auto job, store.planJob(order.id, front, sheets, "bench"));
        CONTONE_TRY(const auto planned, store.sheets({.job = job.id}));
        for (const print::Sheet& sheet : planned)
            CONTONE_CHECK(store.move(sheet.id, print::SheetState::Planned,
                                     {print::SheetState::Cancelled, "not-wanted", "", {}, {}, {}, "bench"}));
    }
    return {};
}

/// Milliseconds; processor time is that of both sides.
struct Took {
    Spread processor, wall;
};

/// `work` answers how much it did.
template <class Work>
Took tookBy(Work work) {
    std::vector<double> processor, wall;
    for (int i = 0; i < rounds; i++) {
        const auto begin = std::chrono::steady_clock::now();
        const std::clock_t used = std::clock();
        [[maybe_unused]] const std::size_t some = work();
        processor.push_back(static_cast<double>(std::clock() - used) * 1000 / CLOCKS_PER_SEC);
        wall.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    return {spreadOf(std::move(processor)), spreadOf(std::move(wall))};
}

std::string row(const std::string& what, const Took& took, bool isAsked) {
    std::string cell;
    if (isAsked) cell = fmt::format("CPU ≤ {:g} ms: {}", asked, took.processor.median <= asked ? "met" : "**missed**");
    const auto figures = [](const Spread& ms) {
        return fmt::format("{:.1f} ({:.1f}–{:.1f})", ms.median, ms.low, ms.high);
    };
    return fmt::format("| {} | {} | {} | {} |\n", what, figures(took.processor), figures(took.wall), cell);
}

/// All sheets, page after page, as a person goes through them.
std::size_t pageThrough(shop::Shop& shop) {
    std::size_t sheets = 0;
    shop::ListSheets list{.sorting = print::SheetOrder::NewestFirst, .limit = perPage};
    for (auto page = shop.ask(list); page; page = shop.ask(list)) {
        sheets += page->items.size();
        if (!page->more) break;
        list.after = page->items.back().id;
    }
    return sheets;
}

constexpr int photosOfOrder = 200, planningRounds = 10;
constexpr int photosOfLargest = 5, copiesOfLargest = 999;  ///< as many prints as an order may have, nearly
constexpr double askedOfReprint = 100;                     ///< ms

/// So many originals, each with other pixels.
Result<std::vector<Sha256>> manyPhotos(shop::Shop& shop, const Path& folder) {
    std::vector<Sha256> originals;
    image::Picture photo = image::Picture::ofSize({900, 600}, {image::Channels::Rgb, image::Depth::U8});
    for (int i = 0; i < photosOfOrder; i++) {
        photo.bytes[0] = static_cast<std::byte>(i);
        const Path file = folder / "photo.png";
        const auto sink = image::pngFileSink(file);
        CONTONE_CHECK(sink->begin({photo.size, photo.format}));
        CONTONE_CHECK(sink->write(photo.strip()));
        CONTONE_CHECK(sink->finish());
        CONTONE_TRY(originals.emplace_back(), shop::addOriginal(shop, file));
    }
    return originals;
}

Result<order::Order> orderOf(shop::Shop& shop, std::span<const Sha256> originals, int copies = 1) {
    shop::PlaceOrder order;
    for (const Sha256& original : originals) order.lines.push_back({original, "photo.png", "10x15", copies, {}});
    return shop.ask(order);
}

/// Wall time until each was planned, on two threads; and until a reprint is planned while the large order is cancelled.
struct Beside {
    Spread large, reprint, whileCancelled;
};

/// A reprint is asked for a millisecond after a large order. `next`: the large order of a round.
Result<Beside> reprintBeside(shop::Shop& shop, SheetId sheet, const std::function<Result<order::Order>()>& next) {
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point begin) {
        return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    };
    std::vector<double> largeTook, reprintTook, cancelledTook;
    const auto reprint = [&](std::vector<double>& took) -> Result<void> {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const auto begin = Clock::now();
        CONTONE_TRY(const print::PrintJob again, shop.ask(shop::ReprintSheet{sheet, print::ReprintReason::Colour}));
        took.push_back(since(begin));
        CONTONE_CHECK(shop.ask(shop::CancelJob{again.id}));
        return {};
    };
    for (int i = 0; i < planningRounds; i++) {
        CONTONE_TRY(const order::Order large, next());
        int prints = 0;
        for (const order::OrderLine& line : large.lines) prints += line.copies;
        Result<print::PrintJob> planned;
        {
            const std::jthread other([&] {
                const auto begin = Clock::now();
                planned = shop.ask(shop::PrintOrder{large.id, "sim"});
                largeTook.push_back(since(begin));
            });
            CONTONE_CHECK(reprint(reprintTook));
        }
        CONTONE_CHECK(planned);
        if (planned->sheets != prints) return fail(Code::Internal, "bench-failed", "Not every photo was planned.");
        Result<shop::CancelledSheets> cancelled;
        {
            const std::jthread other([&] { cancelled = shop.ask(shop::CancelWaitingSheets{large.id}); });
            CONTONE_CHECK(reprint(cancelledTook));
        }
        CONTONE_CHECK(cancelled);
    }
    return Beside{spreadOf(std::move(largeTook)), spreadOf(std::move(reprintTook)), spreadOf(std::move(cancelledTook))};
}

/// Planning beside planning: with the facts of the photos at hand, and with those of an older store, which has none.
Result<std::string> measurePlanning(shop::Shop& shop, const Path& home) {
    shop::SaveSetup setup;
    setup.name = "sim";
    setup.route = {print::RouteKind::Sim, (home / "tray").string()};
    setup.model = "generic-ipp-photo";
    setup.medium = "4x6";
    CONTONE_CHECK(shop.ask(setup));
    CONTONE_CHECK(shop.ask(shop::VerifySetup{"sim"}));
    CONTONE_TRY(const std::vector<Sha256> originals, manyPhotos(shop, home));
    CONTONE_TRY(const order::Order large, orderOf(shop, originals));
    CONTONE_TRY(const order::Order small, orderOf(shop, std::span(originals).first(1)));
    CONTONE_CHECK(shop.ask(shop::PrintOrder{small.id, "sim"}));
    CONTONE_TRY(const auto cancelled, shop.ask(shop::CancelWaitingSheets{small.id}));
    const SheetId sheet = cancelled.sheets.front().id;
    CONTONE_TRY(auto database, db::Database::open(home / "contone.db", db::Missing::Fail));
    CONTONE_CHECK(database.run("PRAGMA busy_timeout = 5000"));
    const std::string kept = originals.front().toString();
    CONTONE_TRY(const Beside known, reprintBeside(shop, sheet, [&]() -> Result<order::Order> { return large; }));
    CONTONE_TRY(const Beside unknown, reprintBeside(shop, sheet, [&]() -> Result<order::Order> {
                    CONTONE_CHECK(database.run("DELETE FROM photo_facts WHERE original <> ?1", {kept}));
                    return large;
                }));
    CONTONE_TRY(const Beside largest, reprintBeside(shop, sheet, [&] {
                    return orderOf(shop, std::span(originals).first(photosOfLargest), copiesOfLargest);
                }));
    const auto line = [](const std::string& what, const Beside& took) {
        const double worst = std::max(took.reprint.high, took.whileCancelled.high);
        return fmt::format(
            "| {} | {:.0f} ({:.0f}–{:.0f}) | {:.1f} ({:.1f}–{:.1f}) | {:.1f} ({:.1f}–{:.1f}) | reprint ≤ {:g} ms: {} "
            "|\n",
            what, took.large.median, took.large.low, took.large.high, took.reprint.median, took.reprint.low,
            took.reprint.high, took.whileCancelled.median, took.whileCancelled.low, took.whileCancelled.high,
            askedOfReprint, worst <= askedOfReprint ? "met" : "**missed**");
    };
    return fmt::format(
               "\n### A reprint while a large order is planned\n\nOn two threads of the agent's process, {} "
               "rounds.\n\n| the large order | wall until it is planned, ms: median (min–max) | until the reprint is "
               "planned meanwhile, ms | until it is planned while the large order is cancelled, ms | asked "
               "|\n|---|--:|--:|--:|---|\n",
               planningRounds) +
           line(fmt::format("{} photos that came in with this version: their facts are kept", photosOfOrder), known) +
           line(fmt::format("{} photos of an older store: each is opened first", photosOfOrder), unknown) +
           line(fmt::format("{} photos, {} copies of each", photosOfLargest, copiesOfLargest), largest);
}

Result<std::string> measure(const Path& home) {
    const app::Places places = app::Places::find(home, {});
    CONTONE_CHECK(places.makeHome());
    {
        CONTONE_TRY(const auto store, store::SqliteStore::open(home, systemClock));
        CONTONE_CHECK(fill(*store));
    }
    decode::Decoder decoder({.programs = CONTONE_BIN_DIR});
    CONTONE_TRY(const Log log, Log::toFile(places.log()));
    CONTONE_TRY(const auto host, app::ShopHost::open({places, decoder, log}));
    shop::ShopServer::Settings settings;
    settings.socket = places.socket();
    CONTONE_TRY(const auto server, shop::ShopServer::start(host->service(), settings, log));
    shop::RemoteShop remote(places.socket());
    const shop::ListSheets newest{.sorting = print::SheetOrder::NewestFirst};
    CONTONE_TRY(const auto sheets, shop::askAll(remote, newest));
    CONTONE_TRY(const auto local, shop::askAll(host->shop(), newest));
    if (sheets != local || sheets.size() != sheetsWanted || pageThrough(remote) != sheetsWanted)
        return fail(Code::Internal, "bench-failed", "What arrives is not what the store holds.");
    const std::string text = json::write(sheets);
    std::string table =
        "### The history of a shop with 10,000 sheets\n\nFrom the agent's store to the values in the client, over its "
        "socket; one thread on each side.\n\n| what | CPU of both sides, ms: median (min–max) | wall, ms | asked "
        "|\n|---|--:|--:|---|\n";
    table += row(fmt::format("the newest {}, which is what `contone sheets` shows", perPage),
                 tookBy([&] { return shop::askUpTo(remote, newest, perPage)->items.size(); }), true);
    table += row(fmt::format("all 10,000, {} at a time", shop::mostPerPage),
                 tookBy([&] { return shop::askAll(remote, newest)->size(); }), true);
    table += row("of that: the query", tookBy([&] { return shop::askAll(host->shop(), newest)->size(); }), false);
    table += row(fmt::format("of that: to JSON ({:.1f} MB)", static_cast<double>(text.size()) / 1e6),
                 tookBy([&] { return json::write(sheets).size(); }), false);
    table +=
        row("of that: from JSON", tookBy([&] { return json::read<std::vector<print::Sheet>>(text)->size(); }), false);
    table += row(fmt::format("all 10,000, {} at a time", perPage), tookBy([&] { return pageThrough(remote); }), false);
    CONTONE_TRY(const std::string planning, measurePlanning(host->shop(), home));
    return table + fmt::format("\n{} rounds, {}.\n", rounds, whenMeasured()) + planning;
}

}  // namespace
}  // namespace contone::bench

int main(int argc, char** argv) {
    using namespace contone;
    bool write = false;
    CLI::App app("How long a shop's sheet history takes to list");
    app.add_flag("--write", write, "Into docs/performance.md");
    CLI11_PARSE(app, argc, argv);
    const Path home = std::filesystem::temp_directory_path() / ("contone-bench-" + Uuid::generate({0}).toString());
    const auto table = bench::measure(home);
    std::error_code ignored;
    std::filesystem::remove_all(home, ignored);
    if (!table)
        return std::fprintf(stderr, "%s (%s)\n", table.error().message.c_str(), table.error().detail.c_str()), 1;
    std::printf("%s", table->c_str());
    const auto saved = write ? bench::saveSection("ledger", *table) : Result<void>{};
    if (!saved) std::fprintf(stderr, "%s\n", saved.error().message.c_str());
    return saved ? 0 : 1;
}
