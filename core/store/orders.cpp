// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the OrderStore.
#include "core/order/order_event.h"
#include "core/order/read_json.h"
#include "core/store/rows.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

Result<order::Order> SqliteStore::place(const std::vector<order::OrderLine>& lines, const order::Customer& customer,
                                        const std::string& actor, const std::optional<Money>& total) {
    return m_impl->write([&](db::Database& database) { return placeIn(database, lines, customer, actor, total); });
}

Result<order::Order> SqliteStore::placeIn(db::Database& database, const std::vector<order::OrderLine>& lines,
                                          const order::Customer& customer, const std::string& actor,
                                          const std::optional<Money>& total) {
    std::vector<order::OrderLine> named = lines;
    for (order::OrderLine& line : named)
        if (line.id.isNil()) line.id = LineId::generate(m_impl->clock);
    CONTONE_TRY(
        const std::int64_t number,
        database.integer(
            "SELECT max(coalesce((SELECT max(number) FROM orders), 1000), coalesce((SELECT CAST(value AS INTEGER) "
            "FROM store WHERE name = 'numbers-from'), 0)) + 1"));
    CONTONE_TRY(const order::Placed placed, order::decidePlace(named, static_cast<int>(number), total));
    const OrderId id = OrderId::generate(m_impl->clock);
    CONTONE_CHECK(m_impl->record(database, order::orderStream(id), placed, actor));
    CONTONE_CHECK(database.run("INSERT INTO customer (order_id, name, file_names) VALUES (?1, ?2, ?3)",
                               {id.toString(), customer.name, order::writeJson(customer.fileNames)}));
    for (const auto& [hash, json] : customer.layouts)
        CONTONE_CHECK(
            database.run("INSERT INTO layout (order_id, hash, json) VALUES (?1, ?2, ?3)", {id.toString(), hash, json}));
    return readOrder(database, id);
}

Result<order::Order> SqliteStore::order(OrderId id) const {
    return m_impl->read([&](db::Database& database) { return readOrder(database, id); });
}

Result<order::Order> SqliteStore::orderByNumber(int number) const {
    return m_impl->read([&](db::Database& database) { return readOrderByNumber(database, number); });
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
        CONTONE_TRY(db::Statement rows,
                    database.query("SELECT name, file_names FROM customer WHERE order_id = ?1", {id.toString()}));
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return order::Customer{};
        return order::readJson(rows.text(1), "store-damaged",
                               [&](const nlohmann::json& names) -> Result<order::Customer> {
                                   return order::Customer{rows.text(0), names.get<std::vector<std::string>>()};
                               });
    });
}

Result<std::string> SqliteStore::layout(OrderId id, const Sha256& layout) const {
    return m_impl->read([&](db::Database& database) -> Result<std::string> {
        CONTONE_CHECK(readOrder(database, id));
        CONTONE_TRY(db::Statement rows, database.query("SELECT json FROM layout WHERE order_id = ?1 AND hash = ?2",
                                                       {id.toString(), layout.toString()}));
        CONTONE_TRY(const bool row, rows.step());
        if (!row)
            return fail(Code::NotFound, "design-erased",
                        "This design was erased with its customer's words, so that it cannot be printed any more.",
                        layout.toString());
        return rows.text(0);
    });
}

Result<void> SqliteStore::eraseCustomer(OrderId id, const std::string& actor) {
    const auto erased = m_impl->write([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(readOrder(database, id));
        CONTONE_CHECK(database.run("DELETE FROM layout WHERE order_id = ?1", {id.toString()}));
        CONTONE_CHECK(database.run("DELETE FROM customer WHERE order_id = ?1", {id.toString()}));
        if (database.changes() == 0) return {};  // erased before
        CONTONE_CHECK(m_impl->record(database, order::orderStream(id), order::CustomerErased{}, actor));
        return {};
    });
    return erased ? cutLog() : erased;
}

// What was erased may still stand in the write-ahead log: fold it in and cut the log to nothing. No reader may be in
// it.
Result<void> SqliteStore::cutLog() {
    const std::scoped_lock guard(m_impl->writing, m_impl->reading);
    return m_impl->writer.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<std::vector<Stored>> SqliteStore::eventsAfter(std::int64_t position, int limit) const {
    return m_impl->read([&](db::Database& database) { return readEvents(database, position, limit); });
}

Result<std::int64_t> SqliteStore::latestPosition() const {
    return m_impl->read(
        [](db::Database& database) { return database.integer("SELECT coalesce(max(position), 0) FROM event"); });
}

void SqliteStore::whenCommitted(std::function<void()> told) {
    m_impl->committed = std::move(told);
}

}  // namespace contone::store
