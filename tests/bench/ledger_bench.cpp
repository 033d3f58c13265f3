// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench ledger: the history of a shop with 10,000 sheets, as `contone sheets` asks for it: from the store, over
// the wire, and whole.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "app/host/shop_host.h"
#include "core/base/id.h"
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
    for (int n = 0; n < sheetsWanted / 50; n++) {
        CONTONE_TRY(const order::Order order,
                    store.place({{LineId::generate(systemClock), Sha256::of("photo"), "10x15", 50, "{}", {35, "EUR"}}},
                                {"", {"photo.jpg"}}, "bench"));
        const std::string recipe = "{\"order\":" + std::to_string(n) + "}";
        std::vector<print::PlannedSheet> sheets;
        for (int copy = 1; copy <= 50; copy++)
            sheets.push_back({order.lines.front().id, copy, Sha256::of(recipe), recipe});
        CONTONE_TRY(const auto job, store.planJob(order.id, "front", "{}", sheets, "bench"));
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

Result<std::string> measure(const Path& home) {
    const app::Places places = app::Places::find(home, {});
    CONTONE_CHECK(places.makeHome());
    {
        CONTONE_TRY(const auto store, store::SqliteStore::open(home, systemClock));
        CONTONE_CHECK(fill(*store));
    }
    decode::Decoder decoder(places.decoder());
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
    return table + fmt::format("\n{} rounds, {}.\n", rounds, whenMeasured());
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
