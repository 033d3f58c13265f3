// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench printing: from pay to the first byte at the printer, and how long a dye-sub waits for us between prints.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <thread>

#include "core/base/id.h"
#include "tests/bench/bench_photos.h"
#include "tests/bench/bench_shop.h"
#include "tests/bench/performance_page.h"

namespace contone::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr BenchRoute routes[] = {BenchRoute::Direct, BenchRoute::Queue};
constexpr double latestFirstByte = 2;
constexpr double mostIdle[] = {2, 12};  ///< percent, by route

struct Options {
    int starts = 5, prints = 100, perOrder = 10;
    double seconds = 12;
    std::string photos;
    bool dropCaches = false, write = false;
};

const char* nameOf(BenchRoute route) {
    return route == BenchRoute::Direct ? "direct" : "guarded queue";
}

Result<void> show(const Options& options, const std::string& id, const std::string& section) {
    std::printf("%s\n", section.c_str());
    std::fflush(stdout);
    return options.write ? saveSection(id, section) : Result<void>{};
}

/// Everything that was asked for is out, or with staff.
Result<void> untilSettled(shop::Shop& shop, double seconds) {
    const auto deadline = Clock::now() + Seconds(seconds);
    for (;;) {
        CONTONE_TRY(const auto open, shop::askAll(shop, shop::ListSheets{.openOnly = true}));
        if (std::ranges::all_of(open, [](const auto& s) { return s.state == print::SheetState::Unknown; })) return {};
        if (Clock::now() > deadline)
            return fail(Code::Unavailable, "print-not-finished",
                        fmt::format("{} sheets did not come out.", open.size()), print::toString(open.front().state));
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
}

/// Seconds from Shop::print being called, which is what a paid order does, to the first byte at the printer.
Result<double> firstByte(BenchShop& place, BenchRoute route, const Sha256& original) {
    CONTONE_TRY(const OrderId order, place.order(original, 1));
    CONTONE_TRY(auto watch, place.watch(route));
    const auto paid = Clock::now();
    CONTONE_CHECK(place.shop().ask(shop::PrintOrder{order, BenchShop::setupOf(route)}));
    CONTONE_TRY(const auto arrived, watch.wait());
    CONTONE_CHECK(untilSettled(place.shop(), 60));
    return Seconds(arrived - paid).count();
}

struct Start {
    BenchRoute route;
    const char* how;
    std::vector<double> times;
};

Result<void> measureStarts(const Options& options, BenchShop& place, const Sha256& original) {
    std::vector<Start> all;
    for (const BenchRoute route : routes) {
        Start cold{route, options.dropCaches ? "agent just started, no file in memory" : "agent just started", {}},
            warm{route, "agent at work, another order", {}};
        for (int i = 0; i < options.starts; i++) {
            CONTONE_CHECK(place.restartCold(options.dropCaches ? Forget::AllFiles : Forget::OwnFiles));
            CONTONE_TRY(cold.times.emplace_back(), firstByte(place, route, original));
            CONTONE_TRY(warm.times.emplace_back(), firstByte(place, route, original));
        }
        all.push_back(std::move(cold));
        all.push_back(std::move(warm));
    }
    std::string text =
        "### From pay to the first byte at the printer\n\nA 24 MP JPEG as a 10×15: from `Shop::print` over the agent's "
        "socket, with the check of the route and the page rendered, until the printer writes the document's first "
        "byte.\n\n| route | s: median (min–max) | asked |\n|---|--:|---|\n";
    for (const Start& start : all) {
        const Spread spread = spreadOf(start.times);
        text += fmt::format("| {}, {} | {:.2f} ({:.2f}–{:.2f}) | ≤ {:g} s: {} |\n", nameOf(start.route), start.how,
                            spread.median, spread.low, spread.high, latestFirstByte,
                            spread.high <= latestFirstByte ? "met" : "**missed**");
    }
    return show(options, "printing-start", text + fmt::format("\n{} rounds, {}.\n", options.starts, whenMeasured()));
}

/// One order after the other, all paid at once.
Result<void> feed(const Options& options, BenchShop& place, BenchRoute route, const std::vector<Sha256>& originals) {
    for (int planned = 0, n = 0; planned < options.prints; planned += options.perOrder) {
        const Sha256& original = originals[static_cast<std::size_t>(n++) % originals.size()];
        CONTONE_TRY(const OrderId order, place.order(original, std::min(options.perOrder, options.prints - planned)));
        CONTONE_CHECK(place.shop().ask(shop::PrintOrder{order, BenchShop::setupOf(route)}));
    }
    return {};
}

std::string idleRow(BenchRoute route, const std::vector<PaperMove>& moves, double asked) {
    double between = 0, longest = 0;
    for (std::size_t i = 1; i < moves.size(); i++) {
        const double gap = Seconds(moves[i].from - moves[i - 1].to).count();
        between += gap;
        longest = std::max(longest, gap);
    }
    const double whole = Seconds(moves.back().to - moves.front().from).count();
    const double share = 100 * between / whole;
    return fmt::format("| {} | {} | {:.1f} | {:.2f} | {:.2f} | {:.1f} % | ≤ {:g} %: {} |\n", nameOf(route),
                       moves.size(), whole, between / static_cast<double>(moves.size() - 1), longest, share, asked,
                       share <= asked ? "met" : "**missed**");
}

Result<void> measureIdle(const Options& options, BenchShop& place, const std::vector<Sha256>& originals) {
    std::vector<PaperMove> before[2];
    for (const BenchRoute route : routes) {
        CONTONE_TRY(before[static_cast<int>(route)], place.paperMoves(route));
    }
    CONTONE_CHECK(place.setSheetTime(std::chrono::milliseconds(static_cast<int>(options.seconds * 1000))));
    for (const BenchRoute route : routes) CONTONE_CHECK(feed(options, place, route, originals));
    CONTONE_CHECK(untilSettled(place.shop(), 60 + options.prints * (options.seconds + 4)));
    std::string text = fmt::format(
        "### A printer that takes {:g} s a print\n\n{} prints a route, both routes at once from one agent, in orders "
        "of "
        "{} that all were paid at the beginning; every print is cut differently, so each page is rendered. The printer "
        "waits from the moment in which a sheet is out until it has the next page whole.\n\n"
        "| route | prints | s | wait a print, s | longest, s | printer waits | asked "
        "|\n|---|--:|--:|--:|--:|--:|---|\n",
        options.seconds, options.prints, options.perOrder);
    for (const BenchRoute route : routes) {
        CONTONE_TRY(auto moves, place.paperMoves(route));
        moves.erase(moves.begin(), moves.begin() + std::ssize(before[static_cast<int>(route)]));
        if (std::ssize(moves) != options.prints)
            return fail(Code::Internal, "bench-failed", fmt::format("{} sheets came out.", moves.size()));
        text += idleRow(route, moves, mostIdle[static_cast<int>(route)]);
    }
    return show(options, "printing-idle", text + fmt::format("\n{}.\n", whenMeasured()));
}

Result<void> run(const Options& options, const Path& folder) {
    CONTONE_CHECK(makeDirectories(folder));
    CONTONE_TRY(const auto place, BenchShop::start(folder, CONTONE_BIN_DIR));
    decode::Decoder decoder({.programs = CONTONE_BIN_DIR});
    const Path photos = options.photos.empty() ? folder : Path(options.photos);
    CONTONE_CHECK(makeDirectories(photos));
    BenchPhotos bench(decoder, photos, {});
    std::vector<Sha256> originals;
    for (const auto turn : {image::Orientation::Upright, image::Orientation::Rotate90}) {
        CONTONE_TRY(const Path photo, bench.jpeg24(turn));
        CONTONE_TRY(originals.emplace_back(), shop::addOriginal(place->shop(), photo));
    }
    if (options.starts > 0) CONTONE_CHECK(measureStarts(options, *place, originals.front()));
    if (options.prints > 1) CONTONE_CHECK(measureIdle(options, *place, originals));
    return {};
}

}  // namespace
}  // namespace contone::bench

int main(int argc, char** argv) {
    using namespace contone;
    bench::Options options;
    CLI::App app("How fast a paid print reaches the printer, and how long a printer waits for the next page");
    app.add_option("--starts", options.starts, "Rounds of the way to the first byte; 0: not measured")
        ->check(CLI::Range(0, 100));
    app.add_option("--prints", options.prints, "Prints a route; 0: the printer's waiting is not measured")
        ->check(CLI::Range(0, 10'000));
    app.add_option("--seconds", options.seconds, "What a print takes in the printer")->check(CLI::Range(0.0, 120.0));
    app.add_option("--per-order", options.perOrder, "Photos in an order")->check(CLI::Range(1, 999));
    app.add_option("--photos", options.photos, "A folder that keeps the photos, so that they need not be made again");
    app.add_flag("--drop-caches", options.dropCaches,
                 "As root: the whole computer forgets the files that it has read, before each cold start");
    app.add_flag("--write", options.write, "Into docs/performance.md");
    CLI11_PARSE(app, argc, argv);
    const Path folder = std::filesystem::temp_directory_path() / ("contone-bench-" + Uuid::generate({0}).toString());
    const auto done = bench::run(options, folder);
    if (!done) std::fprintf(stderr, "%s (%s)\n", done.error().message.c_str(), done.error().detail.c_str());
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return done ? 0 : 1;
}
