// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the PaymentStore, and the rows of payments and receipts.
#include "core/order/order_event.h"
#include "core/store/epoch.h"
#include "core/store/rows_p.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

Result<order::Payment> readPayment(db::Database& database, OrderId order) {
    CONTONE_TRY(db::Statement rows,
                database.query("SELECT total_minor, currency, payment.json FROM orders LEFT JOIN payment ON order_id = "
                               "orders.id WHERE orders.id = ?1",
                               {order.toString()}));
    CONTONE_TRY(const bool row, rows.step());
    if (!row) return fail(Code::NotFound, "order-unknown", "There is no such order. Check its number.");
    if (rows.isNull(2)) return order::paymentFor({rows.integer(0), rows.text(1)});
    auto payment = json::read<order::Payment>(rows.text(2));
    if (!payment) return damagedRow(payment.error());
    return payment;
}

Result<void> writePayment(db::Database& database, OrderId order, const order::Payment& payment) {
    CONTONE_CHECK(
        database.run("INSERT INTO payment (order_id, is_open, json) VALUES (?1, ?2, ?3) "
                     "ON CONFLICT (order_id) DO UPDATE SET is_open = excluded.is_open, json = excluded.json",
                     {order.toString(), payment.open ? 1 : 0, json::write(payment)}));
    return database.run("UPDATE orders SET payment = ?2 WHERE id = ?1", {order.toString(), toString(payment.state)});
}

Result<std::vector<OrderId>> readOpenPayments(db::Database& database) {
    return readAll<OrderId>(database.query("SELECT order_id FROM payment WHERE is_open = 1 ORDER BY order_id"),
                            [](const db::Statement& row) { return idAt<OrderId>(row, 0); });
}

Result<void> insertReceipt(db::Database& database, OrderId order, const order::ReceiptNumber& receipt,
                           const order::ChargeId& charge) {
    return database.run("INSERT INTO receipt (series, number, order_id, charge) VALUES (?1, ?2, ?3, ?4)",
                        {receipt.series, receipt.number, order.toString(), charge.toString()});
}

Result<int> nextReceipt(db::Database& database, const std::string& series) {
    CONTONE_TRY(const std::int64_t next,
                database.integer("SELECT coalesce(max(number), 0) + 1 FROM receipt WHERE series = ?1", {series}));
    return static_cast<int>(next);
}

Result<order::Payment> SqliteStore::payment(OrderId order) const {
    return m_impl->read([&](db::Database& database) { return readPayment(database, order); });
}

Result<order::Payment> SqliteStore::changePayment(OrderId id, const Decide& decide, const std::string& actor) {
    bool hasHappened = false;  // money moved, or it is certain that none did
    const auto work = [&](db::Database& database) -> Result<order::Payment> {
        CONTONE_TRY(const order::Order order, readOrder(database, id));
        CONTONE_CHECK(order::checkKnown(order));
        CONTONE_TRY(order::Payment now, readPayment(database, id));
        CONTONE_TRY(const int epoch, epochOf(database));
        const std::string series = receiptSeries(epoch, m_impl->origin);
        CONTONE_TRY(const int number, nextReceipt(database, series));
        CONTONE_TRY(const auto decided, decide(now, {series, number}));
        if (!decided) return now;
        hasHappened = !std::holds_alternative<order::PaymentBegun>(*decided) &&
                      !std::holds_alternative<order::RefundBegun>(*decided);
        if (!hasHappened && !m_impl->reserve.isThere())
            return fail(Code::Unavailable, "disk-full",
                        "The disk is full, so nothing is asked of the card terminal. Make space, then try again.");
        CONTONE_CHECK(std::visit(
            [&](const auto& fact) { return m_impl->record(database, order::paymentStream(id), fact, actor); },
            *decided));
        return readPayment(database, id);
    };
    auto changed = m_impl->write(work);
    if (changed || changed.error().reason != "disk-full" || !hasHappened || !m_impl->reserve.giveUp()) return changed;
    return m_impl->write(work);
}

Result<void> SqliteStore::closeTerminal(const order::TerminalClosed& closed, const std::string& actor) {
    return m_impl->writeClosing([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(m_impl->record(database, order::terminalStream(closed.terminal), closed, actor));
        return {};
    });
}

Result<std::vector<OrderId>> SqliteStore::openPayments() const {
    return m_impl->read([](db::Database& database) { return readOpenPayments(database); });
}

}  // namespace contone::store
