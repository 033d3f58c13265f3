// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One visit per kind of event: a new event does not compile until it is handled here.
#include "core/store/projections.h"

#include <array>

#include "core/access/staff.h"
#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/store/epoch.h"
#include "core/store/personal.h"
#include "core/store/rows.h"

namespace contone::store {

namespace {

using order::Overloaded;

Result<void> applyOrder(db::Database& database, const Stored& stored) {
    const order::Event& event = stored.event;
    CONTONE_TRY(const order::OrderEvent fact, order::decodeEvent<order::OrderEvent>(event, order::orderUpcasters()));
    CONTONE_TRY(const OrderId id, order::orderOf(event.stream));
    CONTONE_TRY(const auto before, findOrder(database, id));
    CONTONE_TRY(const order::Order after, order::reduce(before, id, fact, event.at));
    for (const order::OrderLine& line : after.lines)
        if (!before || before->lines.empty()) CONTONE_CHECK(noteOrderBlobs(database, id, order::originalsOf(line)));
    if (!before) return insertOrder(database, after, stored.position);
    if (before->state == order::OrderState::Draft && after.state == order::OrderState::Placed)
        return placeDraft(database, after);
    return setOrderState(database, id, after.state, after.reason);
}

struct NoteReceipt {
    db::Database& database;
    OrderId order;
    Result<void> operator()(const order::PaymentTaken& taken) const {
        return insertReceipt(database, order, taken.receipt, taken.charge);
    }
    Result<void> operator()(const order::PaymentRefunded& refunded) const {
        return insertReceipt(database, order, refunded.receipt, refunded.charge);
    }
    Result<void> operator()(const auto&) const { return {}; }
};

Result<void> applyPayment(db::Database& database, const order::Event& event) {
    CONTONE_TRY(const order::PaymentEvent fact, order::decodeEvent<order::PaymentEvent>(event));
    CONTONE_TRY(const OrderId id, order::orderOfPayment(event.stream));
    CONTONE_TRY(const order::Payment before, readPayment(database, id));
    CONTONE_TRY(const order::Payment after, order::reduce(before, fact));
    CONTONE_CHECK(writePayment(database, id, after));
    return std::visit(NoteReceipt{database, id}, fact);
}

Result<void> updateProgress(db::Database& database, OrderId id) {
    // Most sheets end while others of their order wait, and none is in question. That says all; lines and sheets may be
    // thousands.
    CONTONE_TRY(const bool isOpen, hasOpenSheets(database, id));
    if (isOpen) {
        CONTONE_TRY(const bool inQuestion, hasUnknownSheets(database, id));
        return setProduction(database, id, inQuestion ? order::Production::InQuestion : order::Production::Printing);
    }
    CONTONE_TRY(const order::Order order, readOrder(database, id));
    CONTONE_TRY(const auto sheets, readSheets(database, {.order = id}));
    return setProduction(database, id, print::progressOf(order, sheets));
}

Result<void> applyPlanned(db::Database& database, const Stored& stored, const print::JobPlanned& planned) {
    CONTONE_TRY(const JobId id, print::jobOf(stored.event.stream));
    for (const auto& [hash, json] : planned.recipes) {
        CONTONE_CHECK(database.run("INSERT OR IGNORE INTO recipe (hash, json) VALUES (?1, ?2)", {hash, json}));
        if (json.find("\"stencil\"") == std::string::npos) continue;  // most have none, and reading costs
        if (const auto page = print::parsePage(json))
            CONTONE_CHECK(noteOrderBlobs(database, planned.order, print::stencilsOf(*page)));
    }
    CONTONE_CHECK(insertJob(database, print::jobFrom(planned, id, stored.event.at), stored.position));
    for (const print::Sheet& sheet : print::sheetsFrom(planned, id, stored.event.at))
        CONTONE_CHECK(insertSheet(database, sheet));
    return updateProgress(database, planned.order);
}

Result<void> applyMoved(db::Database& database, const order::Event& event, const print::SheetMoved& moved) {
    CONTONE_TRY(const print::Sheet before, readSheet(database, moved.sheet));
    const print::Sheet after = print::after(before, moved, event.at);
    if (after.attempt != before.attempt) CONTONE_CHECK(setAttempt(database, after.id, after.attempt));
    CONTONE_CHECK(updateSheet(database, after));
    if (moved.to == print::SheetState::Sent)
        CONTONE_CHECK(
            database.run("UPDATE printer_condition SET sent_since = sent_since + 1 "
                         "WHERE setup = (SELECT setup_name FROM job WHERE id = ?1)",
                         {before.job.toString()}));
    // Only a sheet's end can change what the order is, and whether it is in question; a move on the way cannot.
    const bool counts =
        isFinal(moved.to) || moved.to == print::SheetState::Unknown || before.state == print::SheetState::Unknown;
    return counts ? updateProgress(database, before.order) : Result<void>();
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

/// The order that an event belongs to; none: it is a setup's, a printer's or the store's.
Result<std::optional<OrderId>> orderConcerned(db::Database& database, const std::string& stream) {
    if (stream.starts_with("order/")) return order::orderOf(stream);
    if (stream.starts_with("payment/")) return order::orderOfPayment(stream);
    if (!stream.starts_with("production/")) return std::nullopt;
    CONTONE_TRY(const JobId id, print::jobOf(stream));
    const auto job = readJob(database, id);
    if (!job && job.error().code == Code::NotFound) return std::nullopt;  // planned by what nobody here can read
    if (!job) return std::unexpected(job.error());
    return job->order;
}

/// Whether something of it was not understood before: what builds on that need not fit either.
Result<bool> isBeyond(db::Database& database, const order::Event& event) {
    CONTONE_TRY(const auto id, orderConcerned(database, event.stream));
    if (!id) return event.stream.starts_with("production/");
    CONTONE_TRY(const auto order, findOrder(database, *id));
    return order ? !order->newer.empty() : event.streamSeq > 1;
}

bool isKnown(const std::string& type) {
    return order::isEventOf<order::OrderEvent>(type) || order::isEventOf<order::PaymentEvent>(type) ||
           order::isEventOf<print::ProductionEvent>(type) || order::isEventOf<access::StaffEvent>(type) ||
           type == order::TerminalClosed::type || type == EpochBegun::type;
}

Result<void> applyKnown(db::Database& database, const Stored& stored) {
    const order::Event& event = stored.event;
    if (event.type == EpochBegun::type || event.type == order::TerminalClosed::type) return {};
    // Who works here is no projection: names and PINs are in no event.
    if (order::isEventOf<access::StaffEvent>(event.type)) return {};
    if (order::isEventOf<order::OrderEvent>(event.type)) return applyOrder(database, stored);
    if (order::isEventOf<order::PaymentEvent>(event.type)) return applyPayment(database, event);
    return applyProduction(database, stored);
}

/// What a newer version said is kept, and holds only the order that it is about.
Result<void> applyUnknown(db::Database& database, const order::Event& event) {
    CONTONE_TRY(const auto id, orderConcerned(database, event.stream));
    return id ? setNewer(database, *id, event.type) : Result<void>();
}

}  // namespace

Result<void> apply(db::Database& database, const Stored& stored) {
    const order::Event& event = stored.event;
    if (!isKnown(event.type)) return applyUnknown(database, event);
    auto applied = applyKnown(database, stored);
    if (applied) return applied;
    if (applied.error().reason == "store-newer") return applyUnknown(database, event);
    if (applied.error().reason != "event-out-of-order" && applied.error().code != Code::NotFound) return applied;
    CONTONE_TRY(const bool beyond, isBeyond(database, event));
    return beyond ? Result<void>() : applied;
}

}  // namespace contone::store
