// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone store rebuild: what the store's tables say is made anew from the events.
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "core/base/clock.h"
#include "core/store/sqlite_store.h"

namespace contone::cli {
namespace {

int rebuild(Context& context, bool acceptLoss) {
    const Path home = context.places().home;
    if (!store::SqliteStore::isIn(home))  // a folder that was mistyped is no new shop
        return context.complain({Code::NotFound, "store-missing",
                                 "There is no store in this folder. Look at --home and CONTONE_HOME.", home.string()});
    const SystemClock clock;
    const auto opening = acceptLoss ? store::Opening::AsItIs : store::Opening::ToRebuild;
    // Of a million events, each tenth is said: a minute without a word looks like a program that hangs.
    constexpr std::int64_t worthATell = 20'000;
    std::int64_t tenth = 0;
    const auto progress = [&](std::int64_t done, std::int64_t total) {
        if (total < worthATell || done * 10 / total == tenth) return;
        tenth = done * 10 / total;
        context.say(std::to_string(done) + " of " + std::to_string(total) + " entries");
    };
    auto store = store::SqliteStore::open(home, clock, opening, progress);
    if (!store) return context.complain(store.error());
    if (const auto rebuilt = (*store)->rebuildProjections(progress); !rebuilt) return context.complain(rebuilt.error());
    store->reset();
    if (store = store::SqliteStore::open(home, clock); !store) return context.complain(store.error());
    context.say("Orders, jobs, sheets and setups were made anew from the record of what happened.");
    context.answer({{"rebuilt", true}});
    return exitOk;
}

}  // namespace

void addStore(const Command& program, Context& context) {
    const auto store = program.add("store", "Care for the shop's record");
    const auto rebuilding = store.add(
        "rebuild", "Make orders, jobs, sheets and setups anew from the record of what happened; no program may run");
    auto acceptLoss = std::make_shared<bool>(false);
    rebuilding.flag("--accept-loss", *acceptLoss,
                    "Go on with a record that has lost its end, once somebody has looked which prints are there");
    rebuilding.does([&context, acceptLoss] { return rebuild(context, *acceptLoss); });
}

}  // namespace contone::cli
