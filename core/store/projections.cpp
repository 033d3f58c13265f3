// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One visit per kind of event: a new event does not compile until it is handled here.
#include "core/store/projections.h"

#include <array>

#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/store/rows.h"

namespace contone::store {

namespace {

using order::Overloaded;

// No order event has changed since the first release.
constexpr std::span<const order::Upcaster> orderUpcasters;

Result<void> applyOrder(db::Database& database, const order::Event& event) {
    CONTONE_TRY(const order::OrderEvent fact, order::decodeEvent<order::OrderEvent>(event, orderUpcasters));
    CONTONE_TRY(const OrderId id, order::orderOf(event.stream));
    CONTONE_TRY(const auto before, findOrder(database, id));
    CONTONE_TRY(const order::Order after, order::reduce(before, id, fact, event.at));
    if (!before) return insertOrder(database, after);
    return setOrderState(database, id, after.state);
}

Result<void> updateProgress(db::Database& database, OrderId id) {
    // Most sheets end while others of their order wait. That says all; lines and sheets may be thousands.
    CONTONE_TRY(const bool isOpen, hasOpenSheets(database, id));
    if (isOpen)
        return database.run(
            "UPDATE orders SET state = ?2 WHERE id = ?1 AND state <> ?3",
            {id.toString(), toString(order::OrderState::Printing), toString(order::OrderState::Cancelled)});
    CONTONE_TRY(const order::Order order, readOrder(database, id));
    CONTONE_TRY(const auto sheets, readSheets(database, {.order = id}));
    return setOrderState(database, id, print::progressOf(order, sheets));
}

Result<void> applyPlanned(db::Database& database, const Stored& stored, const print::JobPlanned& planned) {
    CONTONE_TRY(const JobId id, print::jobOf(stored.event.stream));
    for (const auto& [hash, json] : planned.recipes)
        CONTONE_CHECK(database.run("INSERT OR IGNORE INTO recipe (hash, json) VALUES (?1, ?2)", {hash, json}));
    CONTONE_CHECK(insertJob(database, print::jobFrom(planned, id, stored.event.at), stored.position));
    for (const print::Sheet& sheet : print::sheetsFrom(planned, id, stored.event.at))
        CONTONE_CHECK(insertSheet(database, sheet));
    return updateProgress(database, planned.order);
}

Result<void> applyMoved(db::Database& database, const order::Event& event, const print::SheetMoved& moved) {
    CONTONE_TRY(const print::Sheet before, readSheet(database, moved.sheet));
    CONTONE_CHECK(updateSheet(database, print::after(before, moved, event.at)));
    if (moved.to == print::SheetState::Sent)
        CONTONE_CHECK(
            database.run("UPDATE printer_condition SET sent_since = sent_since + 1 "
                         "WHERE setup = (SELECT setup_name FROM job WHERE id = ?1)",
                         {before.job.toString()}));
    // Only a sheet's end can change what the order is; a move on the way cannot.
    return isFinal(moved.to) ? updateProgress(database, before.order) : Result<void>();
}

template <class Change>
Result<void> changeJob(db::Database& database, const Stored& stored, Change change) {
    CONTONE_TRY(const JobId id, print::jobOf(stored.event.stream));
    CONTONE_TRY(print::PrintJob job, readJob(database, id));
    return updateJob(database, change(std::move(job)));
}

Result<void> applyWatch(db::Database& database, const Stored& stored, const print::PrinterWatchEvent& event) {
    CONTONE_TRY(const std::string setup, print::setupOf(stored.event.stream));
    CONTONE_TRY(const print::PrinterCondition before, readCondition(database, setup));
    return writeCondition(database, setup, print::after(before, event));
}

Result<void> applyProduction(db::Database& database, const Stored& stored) {
    CONTONE_TRY(const print::ProductionEvent fact,
                order::decodeEvent<print::ProductionEvent>(stored.event, print::productionUpcasters()));
    return std::visit(
        Overloaded{[&](const print::JobPlanned& planned) { return applyPlanned(database, stored, planned); },
                   [&](const print::SheetMoved& moved) { return applyMoved(database, stored.event, moved); },
                   [&](const print::SchedulerJobNoted& noted) -> Result<void> {
                       CONTONE_TRY(const print::Sheet before, readSheet(database, noted.sheet));
                       return updateSheet(database, print::after(before, noted, stored.event.at));
                   },
                   [&](const print::SetupSaved& saved) {
                       return database.run(
                           "INSERT INTO setup (name, json) VALUES (?1, ?2) "
                           "ON CONFLICT (name) DO UPDATE SET json = excluded.json",
                           {saved.setup.name, saved.json()});
                   },
                   [&](const print::JobHeld& held) {
                       return changeJob(database, stored,
                                        [&](print::PrintJob job) { return print::after(std::move(job), held); });
                   },
                   [&](const print::JobReleased& released) {
                       return changeJob(database, stored, [&](print::PrintJob job) {
                           return print::after(std::move(job), released, stored.event.at);
                       });
                   },
                   [&](const print::JobPriorityChanged& changed) {
                       return changeJob(database, stored,
                                        [&](print::PrintJob job) { return print::after(std::move(job), changed); });
                   },
                   [&](const print::SheetNoted& noted) -> Result<void> {
                       CONTONE_TRY(const print::Sheet before, readSheet(database, noted.sheet));
                       return updateSheet(database, print::after(before, noted, stored.event.at));
                   },
                   [&](const auto& watched) { return applyWatch(database, stored, watched); }},
        fact);
}

}  // namespace

Result<void> apply(db::Database& database, const Stored& stored) {
    return order::isEventOf<order::OrderEvent>(stored.event.type) ? applyOrder(database, stored.event)
                                                                  : applyProduction(database, stored);
}

Result<void> rebuild(db::Database& database) {
    for (const char* table : {"sheet", "job", "recipe", "order_line", "orders", "setup", "printer_condition"})
        CONTONE_CHECK(database.run("DELETE FROM " + std::string(table)));
    for (std::int64_t position = 0;;) {
        CONTONE_TRY(const auto page, readEvents(database, position, 1000));
        if (page.empty()) return {};
        for (const Stored& stored : page) CONTONE_CHECK(apply(database, stored));
        position = page.back().position;
    }
}

}  // namespace contone::store
