// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the OrderStore.
#include <algorithm>
#include <iterator>

#include "core/order/order_event.h"
#include "core/order/read_json.h"
#include "core/print/production_event.h"
#include "core/store/personal.h"
#include "core/store/rows.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

namespace {

/// Why a job is held whose order is: released with it.
const std::string orderHeld = "order-held";

/// A code that no order has.
Result<order::OrderCode> freeCode(db::Database& database) {
    for (;;) {
        const auto code = order::OrderCode::random();
        CONTONE_TRY(const std::int64_t taken,
                    database.integer("SELECT count(*) FROM orders WHERE code = ?1", {code.toString()}));
        if (taken == 0) return code;
    }
}

}  // namespace

Result<order::Order> SqliteStore::place(const std::vector<order::OrderLine>& lines, const order::AgreedPrice& price,
                                        const order::Customer& customer, const std::string& actor) {
    CONTONE_TRY(const auto key, m_impl->newKey());
    return m_impl->write([&](db::Database& database) {
        return placeIn(database, OrderId::generate(m_impl->clock), key, lines, price, customer, actor);
    });
}

Result<void> SqliteStore::draftIn(db::Database& database, OrderId id, const std::string& actor) {
    CONTONE_TRY(const order::OrderCode code, freeCode(database));
    CONTONE_CHECK(m_impl->record(database, order::orderStream(id), order::Drafted{code}, actor));
    return {};
}

Result<order::Order> SqliteStore::placeIn(db::Database& database, OrderId id, const std::optional<keys::KeyId>& key,
                                          const std::vector<order::OrderLine>& lines, const order::AgreedPrice& price,
                                          const order::Customer& customer, const std::string& actor) {
    std::vector<order::OrderLine> named = lines;
    for (order::OrderLine& line : named)
        if (line.id.isNil()) line.id = LineId::generate(m_impl->clock);
    CONTONE_TRY(const std::int64_t number,
                database.integer(
                    "SELECT max(coalesce((SELECT max(number) FROM orders), 1000), 1000, coalesce((SELECT CAST(value AS "
                    "INTEGER) FROM store WHERE name = 'numbers-from'), 0)) + 1"));
    CONTONE_TRY(const auto draft, findOrder(database, id));
    order::OrderCode code;
    if (draft && draft->state != order::OrderState::Draft)
        return fail(Code::Conflict, "project-changed",
                    "These photos and choices were ordered or erased already. Begin anew.", toString(draft->state));
    if (draft) {
        code = draft->code;
    } else {
        CONTONE_TRY(code, freeCode(database));
    }
    CONTONE_TRY(const order::Placed placed, order::decidePlace(named, price, static_cast<int>(number), code));
    CONTONE_CHECK(m_impl->record(database, order::orderStream(id), placed, actor));
    CONTONE_CHECK(beginPersonal(database, id, key));
    CONTONE_TRY(const std::string text, customerText(customer));
    CONTONE_CHECK(writePersonal(database, m_impl->ring, id, customerRow, text));
    for (const auto& [hash, json] : customer.layouts)
        CONTONE_CHECK(writePersonal(database, m_impl->ring, id, hash, json));
    if (!customer.phone.empty())
        CONTONE_CHECK(database.run("UPDATE order_key SET phone = ?2 WHERE order_id = ?1",
                                   {id.toString(), m_impl->phoneMac(customer.phone)}));
    return readOrder(database, id);
}

Result<order::Order> SqliteStore::order(OrderId id) const {
    return m_impl->read([&](db::Database& database) { return readOrder(database, id); });
}

Result<order::Order> SqliteStore::orderByNumber(int number) const {
    return m_impl->read([&](db::Database& database) { return readOrderByNumber(database, number); });
}

Result<order::Order> SqliteStore::orderByCode(std::span<const order::OrderCode> meant) const {
    return m_impl->read([&](db::Database& database) { return readOrderByCode(database, meant); });
}

Result<order::Order> SqliteStore::moveOrder(OrderId id, order::OrderState to, const std::string& reason,
                                            const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<order::Order> {
        CONTONE_TRY(const order::Order order, readOrder(database, id));
        CONTONE_TRY(const order::OrderMoved moved, order::decideMove(order, to, reason));
        CONTONE_CHECK(m_impl->record(database, order::orderStream(id), moved, actor));
        const bool stops = to == order::OrderState::Held || to == order::OrderState::Exception;
        CONTONE_TRY(const auto jobs, readOpenJobs(database));
        for (const print::PrintJob& job : jobs) {
            if (job.order != id) continue;
            const std::string stream = print::productionStream(job.id);
            if (stops && !job.isHeld())
                CONTONE_CHECK(m_impl->record(database, stream, print::JobHeld{orderHeld}, actor));
            if (to == order::OrderState::Placed && job.heldReason == orderHeld)
                CONTONE_CHECK(m_impl->record(database, stream, print::JobReleased{}, actor));
        }
        if (to == order::OrderState::Placed) CONTONE_CHECK(readyWhenPrinted(database, id));
        return readOrder(database, id);
    });
}

Result<std::vector<order::Order>> SqliteStore::orders(int limit, std::optional<OrderId> after) const {
    return m_impl->read([&](db::Database& database) { return readOrders(database, limit, after); });
}

Result<order::Order> SqliteStore::cancel(OrderId id, const std::string& reason, const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<order::Order> {
        CONTONE_TRY(const order::Order order, readOrder(database, id));
        CONTONE_TRY(const bool isOpen, hasOpenSheets(database, id));
        const auto sheets = isOpen ? order::SheetsOnTheWay::Yes : order::SheetsOnTheWay::No;
        CONTONE_TRY(const order::Cancelled cancelled, order::decideCancel(order, sheets, reason));
        CONTONE_TRY(const order::Payment payment, readPayment(database, id));
        const bool isKept =
            payment.refundable().minor > 0 && payment.state != order::PaymentState::Due && !payment.open;
        if (!isKept && order.state != order::OrderState::Draft && payment.state != order::PaymentState::Refunded) {
            CONTONE_TRY(const order::PaymentVoided voided, order::decideVoid(payment, reason));
            CONTONE_CHECK(m_impl->record(database, order::paymentStream(id), voided, actor));
        }
        CONTONE_CHECK(m_impl->record(database, order::orderStream(id), cancelled, actor));
        return readOrder(database, id);
    });
}

Result<void> SqliteStore::acceptFindings(OrderId id, const std::vector<findings::Finding>& findings,
                                         const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(readOrder(database, id));
        if (findings.empty()) return {};
        CONTONE_CHECK(m_impl->record(database, order::orderStream(id), order::FindingsAccepted{findings}, actor));
        return {};
    });
}

Result<std::vector<findings::Waiver>> SqliteStore::waivers(OrderId id) const {
    return m_impl->read([&](db::Database& database) -> Result<std::vector<findings::Waiver>> {
        CONTONE_CHECK(readOrder(database, id));
        CONTONE_TRY(const auto events, readStream(database, order::orderStream(id)));
        std::vector<findings::Waiver> all;
        for (const Stored& stored : events) {
            if (stored.event.type != order::FindingsAccepted::type) continue;
            CONTONE_TRY(const auto accepted, order::FindingsAccepted::fromJson(stored.event.json));
            for (const findings::Finding& finding : accepted.findings)
                all.push_back({finding, stored.event.actor, stored.event.at});
        }
        return all;
    });
}

Result<order::Customer> SqliteStore::customer(OrderId id) const {
    return m_impl->read([&](db::Database& database) -> Result<order::Customer> {
        CONTONE_CHECK(readOrder(database, id));
        CONTONE_TRY(const auto text, readPersonal(database, m_impl->ring, id, customerRow));
        return text ? customerFrom(*text) : order::Customer{};
    });
}

Result<std::string> SqliteStore::layout(OrderId id, const Sha256& layout) const {
    return m_impl->read([&](db::Database& database) -> Result<std::string> {
        CONTONE_CHECK(readOrder(database, id));
        CONTONE_TRY(auto text, readPersonal(database, m_impl->ring, id, layout.toString()));
        if (!text)
            return fail(Code::NotFound, "design-erased",
                        "This design was erased with its customer's words, so that it cannot be printed any more.",
                        layout.toString());
        return *std::move(text);
    });
}

Result<bool> SqliteStore::eraseCustomer(OrderId id, const std::string& reason, const std::string& actor) {
    const auto erased = m_impl->write([&](db::Database& database) -> Result<bool> {
        CONTONE_CHECK(readOrder(database, id));
        CONTONE_TRY(const bool isThere, hasPersonal(database, id));
        if (!isThere) return false;
        CONTONE_CHECK(eraseBlobs(database, id, BlobsOf::Order));
        CONTONE_CHECK(erasePersonal(database, id));
        CONTONE_CHECK(m_impl->record(database, order::orderStream(id), order::CustomerErased{reason}, actor));
        return true;
    });
    if (!erased) return erased;
    CONTONE_CHECK(finishErasing());
    return *erased;
}

// What was erased may still stand in the write-ahead log: fold it in and cut the log to nothing. No reader may be in
// it.
Result<void> SqliteStore::cutLog() {
    const std::scoped_lock guard(m_impl->writing, m_impl->reading, m_impl->folding);
    // Somebody else who reads (a backup, the daily look) is not waited for: sales go on.
    CONTONE_CHECK(m_impl->writer.run("PRAGMA busy_timeout = 0"));
    const auto isBusy = m_impl->writer.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    CONTONE_CHECK(m_impl->writer.run("PRAGMA busy_timeout = 5000"));
    if (!isBusy) return std::unexpected(isBusy.error());
    if (*isBusy == 0) return {};
    return fail(Code::Unavailable, "store-busy",
                "It is erased, but traces may stand in the log while a backup or a check reads it. Say it again in a "
                "minute.");
}

Result<std::vector<Stored>> SqliteStore::eventsAfter(std::int64_t position, int limit) const {
    return m_impl->read([&](db::Database& database) { return readEvents(database, position, limit); });
}

Result<std::vector<Stored>> SqliteStore::eventsBetween(Instant from, Instant until,
                                                       std::span<const std::string_view> types) const {
    return m_impl->read([&](db::Database& database) -> Result<std::vector<Stored>> {
        std::vector<Stored> all;
        for (const std::string_view type : types) {
            CONTONE_TRY(auto some, readBetween(database, from, until, type));
            std::ranges::move(some, std::back_inserter(all));
        }
        std::ranges::sort(all, {}, &Stored::position);
        return all;
    });
}

Result<std::int64_t> SqliteStore::latestPosition() const {
    return m_impl->read(
        [](db::Database& database) { return database.integer("SELECT coalesce(max(position), 0) FROM event"); });
}

void SqliteStore::whenCommitted(std::function<void()> told) {
    m_impl->committed = std::move(told);
}

}  // namespace contone::store
