// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A store in a folder of its own, and how tests fill it.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "tests/core/store/shop_fixture.h"

namespace contone::storetest {

using print::SheetState;
using store::SqliteStore;

inline const SystemClock systemClock{};

inline Path folderOf(const QTemporaryDir& dir) {
    return Path(dir.path().toStdString()) / "store";
}

inline std::unique_ptr<SqliteStore> openStore(const QTemporaryDir& dir) {
    auto store = SqliteStore::open(folderOf(dir), systemClock);
    if (!store) qFatal("%s: %s", store.error().reason.c_str(), store.error().detail.c_str());
    return std::move(*store);
}

inline order::Order place(SqliteStore& store, int copies = 2) {
    return *store.place({line(systemClock, copies)}, agreed, {"Ada", {"IMG_1.JPG"}}, "kiosk");
}

inline print::PrintJob plan(SqliteStore& store, const order::Order& order) {
    return *store.planJob(order.id, setup("lab"), sheetsFor(order), "staff");
}

inline void walk(SqliteStore& store, SheetId id, std::initializer_list<SheetState> way) {
    for (const SheetState state : way) {
        const auto moved = store.move(id, store.sheet(id)->state, to(state));
        if (!moved) qFatal("%s %s", moved.error().reason.c_str(), moved.error().detail.c_str());
    }
}

// A store with a bit of everything in it, closed.
inline void fill(const QTemporaryDir& dir) {
    auto store = openStore(dir);
    QVERIFY(store->saveSetup(setup("lab"), "staff").has_value());
    print::PrinterSetup again = setup("lab");
    again.verification = print::Verification{true, false, {5}, Sha256::of("x"), {"Fine."}, {}};
    QVERIFY(store->saveSetup(again, "staff").has_value() && store->saveSetup(setup("second"), "staff"));
    const order::Order first = place(*store), second = place(*store, 1), third = place(*store);
    plan(*store, first);
    const auto sheets = *store->sheets({.order = first.id});
    walk(*store, sheets[0].id, {SheetState::Sending, SheetState::Sent, SheetState::Printing, SheetState::Out});
    QVERIFY(store->noteSchedulerJob(sheets[1].id, 77).has_value());
    walk(*store, sheets[1].id, {SheetState::Sending});
    QVERIFY(
        store->move(sheets[1].id, SheetState::Sending,
                    {SheetState::Planned, "refused", "Try again.", AttemptId::generate(systemClock), {}, {}, "agent"}));
    QVERIFY(store->move(sheets[1].id, SheetState::Planned,
                        {SheetState::Sending, "", "", {}, 78, Sha256::of("raster"), "agent", "render 2; lcms 2.14"}));
    plan(*store, second);
    walk(*store, store->sheets({.order = second.id})->front().id,
         {SheetState::Sending, SheetState::Sent, SheetState::Out});
    QVERIFY(store->cancel(third.id, "customer-left", "staff").has_value());
    QVERIFY(store->eraseCustomer(second.id, "asked", "staff").has_value());
}

}  // namespace contone::storetest
