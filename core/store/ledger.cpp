// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the Ledger.
#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/store/rows.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

Result<print::PrintJob> SqliteStore::planJob(OrderId order, const print::PrinterSetup& setup,
                                             const std::vector<print::PlannedSheet>& sheets,
                                             const print::JobTerms& terms, const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<print::PrintJob> {
        CONTONE_TRY(const order::Order placed, readOrder(database, order));
        CONTONE_TRY(const auto before, readSheets(database, {.order = order}));
        CONTONE_TRY(const print::JobPlanned planned,
                    print::decidePlan(placed, before, setup, sheets, terms, m_impl->clock));
        const JobId id = JobId::generate(m_impl->clock);
        CONTONE_CHECK(m_impl->record(database, print::productionStream(id), planned, actor));
        return readJob(database, id);
    });
}

Result<print::PrintJob> SqliteStore::printJob(JobId id) const {
    return m_impl->read([&](db::Database& database) { return readJob(database, id); });
}

Result<print::Sheet> SqliteStore::sheet(SheetId id) const {
    return m_impl->read([&](db::Database& database) { return readSheet(database, id); });
}

Result<std::vector<print::Sheet>> SqliteStore::sheets(const print::SheetFilter& filter) const {
    return m_impl->read([&](db::Database& database) { return readSheets(database, filter); });
}

Result<print::Sheet> SqliteStore::move(SheetId id, print::SheetState from, const print::SheetMove& move) {
    const auto work = [&](db::Database& database) -> Result<print::Sheet> {
        CONTONE_TRY(const print::Sheet sheet, readSheet(database, id));
        CONTONE_TRY(const print::SheetMoved moved, print::decideMove(sheet, from, move));
        if (move.to == print::SheetState::Sending) CONTONE_CHECK(m_impl->compareOnce(database, sheet));
        CONTONE_CHECK(m_impl->record(database, print::productionStream(sheet.job), moved, move.actor));
        if (print::isFinal(moved.to)) CONTONE_CHECK(readyWhenPrinted(database, sheet.order));
        return readSheet(database, id);
    };
    // A sheet that is at the printer moves, whether there is space for it or not; none is begun on a full disk.
    const bool hasHappened = from != print::SheetState::Planned;
    return hasHappened ? m_impl->writeClosing(work) : m_impl->write(work);
}

Result<void> SqliteStore::readyWhenPrinted(db::Database& database, OrderId id) {
    CONTONE_TRY(const bool isOpen, hasOpenSheets(database, id));
    if (isOpen) return {};  // says all, and costs nothing, however many lines there are
    CONTONE_TRY(const order::Order order, readOrder(database, id));
    if (order.production != order::Production::Printed || order.state != order::OrderState::Placed ||
        !order.newer.empty())
        return {};
    CONTONE_CHECK(m_impl->record(database, order::orderStream(id),
                                 order::OrderMoved{order.state, order::OrderState::Ready, "printed"}, "agent"));
    if (!order::isShopsOwn(order)) return {};
    CONTONE_CHECK(m_impl->record(database, order::orderStream(id),
                                 order::OrderMoved{order::OrderState::Ready, order::OrderState::Collected, "own-page"},
                                 "agent"));
    return {};
}

Result<print::Sheet> SqliteStore::noteSchedulerJob(SheetId id, int schedulerJob) {
    return m_impl->write([&](db::Database& database) -> Result<print::Sheet> {
        CONTONE_TRY(const print::Sheet sheet, readSheet(database, id));
        const print::SchedulerJobNoted noted{id, schedulerJob};
        CONTONE_CHECK(m_impl->record(database, print::productionStream(sheet.job), noted, "agent"));
        return readSheet(database, id);
    });
}

Result<print::Page> SqliteStore::page(const Sha256& recipe) const {
    CONTONE_TRY(const std::string text, recipeJson(recipe));
    if (Sha256::of(text) != recipe)
        return fail(Code::Corrupt, "recipe-damaged",
                    "The record of this page cannot be read. Print it again from the order.",
                    "hash of the stored recipe");
    return print::parsePage(text);
}

Result<std::string> SqliteStore::recipeJson(const Sha256& recipe) const {
    return m_impl->read([&](db::Database& database) -> Result<std::string> {
        auto json = database.text("SELECT json FROM recipe WHERE hash = ?1", {recipe.toString()});
        if (!json && json.error().reason == "row-missing")
            return fail(Code::NotFound, "recipe-unknown",
                        "The description of this page is not in the store. Plan the print again.", recipe.toString());
        return json;
    });
}

Result<std::vector<print::PrintJob>> SqliteStore::openJobs() const {
    return m_impl->read([&](db::Database& database) { return readOpenJobs(database); });
}

Result<std::map<print::SheetState, int>> SqliteStore::openStates(JobId id) const {
    return m_impl->read([&](db::Database& database) { return readStates(database, id, Open::Only); });
}

}  // namespace contone::store
