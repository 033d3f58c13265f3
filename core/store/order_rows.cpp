// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SQL for the rows of orders and their lines, nothing else.
#include <algorithm>
#include <iterator>
#include <limits>

#include "core/store/rows_p.h"

namespace contone::store {
namespace {

constexpr std::string_view orderColumns =
    "SELECT id, number, state, total_minor, currency, placed_at, code, payment, production, reason, newer, quote "
    "FROM orders ";

Result<std::vector<order::OrderLine>> readLines(db::Database& database, OrderId id) {
    CONTONE_TRY(db::Statement rows,
                database.query("SELECT id, original, product, copies, placement, price_minor, currency, design "
                               "FROM order_line WHERE order_id = ?1 ORDER BY position",
                               {id.toString()}));
    std::vector<order::OrderLine> lines;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return lines;
        order::OrderLine line;
        CONTONE_TRY(line.id, idAt<LineId>(rows, 0));
        CONTONE_TRY(line.original, hashAt(rows, 1));
        line.product = rows.text(2);
        line.copies = number(rows, 3);
        auto choices = order::choicesFromJson(rows.text(4));
        if (!choices) return damagedRow(choices.error());
        line.choices = *choices;
        line.price = {rows.integer(5), rows.text(6)};
        if (const std::string design = rows.text(7); !design.empty()) {
            auto read = order::designFromJson(design);
            if (!read) return damagedRow(read.error());
            line.design = *std::move(read);
        }
        lines.push_back(std::move(line));
    }
}

template <class E>
Result<E> wordAt(const db::Statement& row, int column) {
    auto value = contone::parse<E>(row.text(column));
    if (!value) return damagedRow(value.error());
    return *value;
}

Result<order::Order> orderAt(db::Database& database, const db::Statement& row) {
    order::Order order;
    CONTONE_TRY(order.id, idAt<OrderId>(row, 0));
    order.number = std::max(number(row, 1), 0);
    CONTONE_TRY(order.state, wordAt<order::OrderState>(row, 2));
    order.price = {{row.integer(3), row.text(4)}, row.text(11)};
    order.placedAt = {row.integer(5)};
    auto code = order::OrderCode::parse(row.text(6));
    if (!code) return damagedRow(code.error());
    order.code = *std::move(code);
    CONTONE_TRY(order.payment, wordAt<order::PaymentState>(row, 7));
    CONTONE_TRY(order.production, wordAt<order::Production>(row, 8));
    order.reason = row.text(9);
    order.newer = row.text(10);
    CONTONE_TRY(order.lines, readLines(database, order.id));
    return order;
}

Result<void> insertLines(db::Database& database, const order::Order& order) {
    int position = 0;
    for (const order::OrderLine& line : order.lines)
        CONTONE_CHECK(
            database.run("INSERT INTO order_line (id, order_id, position, original, product, copies, placement, "
                         "price_minor, currency, design) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                         {line.id.toString(), order.id.toString(), ++position, line.original.toString(), line.product,
                          line.copies, order::toJson(line.choices), line.price.minor, line.price.currency,
                          line.design ? order::toJson(*line.design) : ""}));
    return {};
}

}  // namespace

Result<void> insertOrder(db::Database& database, const order::Order& order, std::int64_t position) {
    CONTONE_CHECK(database.run(
        "INSERT INTO orders (id, number, state, total_minor, currency, placed_at, code, payment, production, reason, "
        "newer, quote) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        {order.id.toString(), order.state == order::OrderState::Draft ? -position : order.number, toString(order.state),
         order.price.total.minor, order.price.total.currency, order.placedAt.ms, order.code.toString(),
         toString(order.payment), toString(order.production), order.reason, order.newer, order.price.quote}));
    return insertLines(database, order);
}

Result<void> placeDraft(db::Database& database, const order::Order& order) {
    CONTONE_CHECK(database.run(
        "UPDATE orders SET number = ?2, state = ?3, total_minor = ?4, currency = ?5, placed_at = ?6, payment = ?7, "
        "quote = ?8 WHERE id = ?1",
        {order.id.toString(), order.number, toString(order.state), order.price.total.minor, order.price.total.currency,
         order.placedAt.ms, toString(order.payment), order.price.quote}));
    return insertLines(database, order);
}

Result<void> setOrderState(db::Database& database, OrderId id, order::OrderState state, const std::string& reason) {
    return database.run("UPDATE orders SET state = ?2, reason = ?3 WHERE id = ?1",
                        {id.toString(), toString(state), reason});
}

Result<void> setProduction(db::Database& database, OrderId id, order::Production production) {
    return database.run("UPDATE orders SET production = ?2 WHERE id = ?1 AND production <> ?2",
                        {id.toString(), toString(production)});
}

Result<void> setNewer(db::Database& database, OrderId id, const std::string& type) {
    return database.run("UPDATE orders SET newer = ?2 WHERE id = ?1", {id.toString(), type});
}

Result<std::optional<order::Order>> findOrder(db::Database& database, OrderId id) {
    CONTONE_TRY(auto all, readAll<order::Order>(database.query(sql(orderColumns, "WHERE id = ?1"), {id.toString()}),
                                                [&](const db::Statement& row) { return orderAt(database, row); }));
    if (all.empty()) return std::optional<order::Order>();
    return std::optional(std::move(all.front()));
}

Result<order::Order> readOrder(db::Database& database, OrderId id) {
    CONTONE_TRY(auto order, findOrder(database, id));
    if (!order)
        return fail(Code::NotFound, "order-unknown", "There is no such order. Check its number.", id.toString());
    return std::move(*order);
}

Result<order::Order> readOrderByNumber(db::Database& database, int number) {
    CONTONE_TRY(auto all, readAll<order::Order>(database.query(sql(orderColumns, "WHERE number = ?1"), {number}),
                                                [&](const db::Statement& row) { return orderAt(database, row); }));
    return first(std::move(all), "order-unknown", "There is no such order. Check its number.", std::to_string(number));
}

Result<order::Order> readOrderByCode(db::Database& database, std::span<const order::OrderCode> meant) {
    std::vector<order::Order> found;
    for (const order::OrderCode& code : meant) {
        CONTONE_TRY(auto all,
                    readAll<order::Order>(database.query(sql(orderColumns, "WHERE code = ?1"), {code.toString()}),
                                          [&](const db::Statement& row) { return orderAt(database, row); }));
        std::ranges::move(all, std::back_inserter(found));
        if (&code == &meant.front() && !found.empty()) break;  // as it was typed
    }
    if (found.size() > 1)
        return fail(Code::Invalid, "code-ambiguous",
                    "Two orders have codes like that. Compare each character with the ticket and type it again.");
    return first(std::move(found), "order-unknown", "No order has this code. Compare it with the ticket.", {});
}

Result<std::vector<order::Order>> readOrders(db::Database& database, int limit, std::optional<OrderId> after) {
    std::int64_t below = std::numeric_limits<std::int64_t>::max();
    if (after) {
        CONTONE_TRY(const order::Order last, readOrder(database, *after));
        below = last.number;
    }
    return readAll<order::Order>(
        database.query(sql(orderColumns, "WHERE number > 0 AND number < ?2 ORDER BY number DESC LIMIT ?1"),
                       {std::max(limit, 0), below}),
        [&](const db::Statement& row) { return orderAt(database, row); });
}

}  // namespace contone::store
