// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench ledger: 10,000 sheets of history as `contone sheets` asks for them: from the store, and over the socket.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/shop/wire.h"
#include "core/store/sqlite_store.h"

using namespace contone;

namespace {

const SystemClock systemClock;
constexpr int sheetsWanted = 10'000;

/// Orders of 50 prints, all out.
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
        // One walks the whole way, as all did; the others are cancelled to keep the filling short.
        for (const print::Sheet& sheet : planned)
            CONTONE_CHECK(store.move(sheet.id, print::SheetState::Planned,
                                     {print::SheetState::Cancelled, "not-wanted", "", {}, {}, {}, "bench"}));
    }
    return {};
}

template <class Work>
double bestMs(Work work) {
    double best = 1e9;
    for (int i = 0; i < 10; i++) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        best =
            std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
}

}  // namespace

int main() {
    const Path folder =
        std::filesystem::temp_directory_path() / ("contone-ledger-bench-" + std::to_string(std::rand()));
    auto store = store::SqliteStore::open(folder, systemClock);
    if (!store) return std::fprintf(stderr, "%s\n", store.error().detail.c_str()), 1;
    if (const auto filled = fill(**store); !filled)
        return std::fprintf(stderr, "%s\n", filled.error().detail.c_str()), 1;
    const print::SheetFilter newest{.limit = sheetsWanted + 1, .sorting = print::SheetOrder::NewestFirst};
    std::size_t rows = 0;
    const double query = bestMs([&] { rows = (*store)->sheets(newest)->size(); });
    const auto sheets = *(*store)->sheets(newest);
    const double there = bestMs([&] { (void)shop::encoded(sheets).size(); });
    const std::string text = shop::encoded(sheets);
    const double back = bestMs([&] { (void)shop::decoded<std::vector<print::Sheet>>(text)->size(); });
    std::printf("%zu sheets: query %.1f ms, to JSON %.1f ms, from JSON %.1f ms\n", rows, query, there, back);
    store->reset();
    std::filesystem::remove_all(folder);
    return 0;
}
