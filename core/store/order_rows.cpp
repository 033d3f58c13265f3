// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SQL for the rows of orders and their lines, nothing else.
#include <algorithm>
#include <limits>

#include "core/store/rows_p.h"

namespace contone::store {
namespace {

constexpr std::string_view orderColumns = "SELECT id, number, state, total_minor, currency, placed_at FROM orders ";

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
        line.unitPrice = {rows.integer(5), rows.text(6)};
        if (const std::string design = rows.text(7); !design.empty()) {
            auto read = order::designFromJson(design);
            if (!read) return damagedRow(read.error());
            line.design = *std::move(read);
        }
        lines.push_back(std::move(line));
    }
}

Result<order::Order> orderAt(db::Database& database, const db::Statement& row) {
    order::Order order;
    CONTONE_TRY(order.id, idAt<OrderId>(row, 0));
    order.number = number(row, 1);
    auto state = contone::parse<order::OrderState>(row.text(2));
    if (!state) return damagedRow(state.error());
    order.state = *state;
    order.total = {row.integer(3), row.text(4)};
    order.placedAt = {row.integer(5)};
    CONTONE_TRY(order.lines, readLines(database, order.id));
    return order;
}

}  // namespace

Result<void> insertOrder(db::Database& database, const order::Order& order) {
    CONTONE_CHECK(
        database.run("INSERT INTO orders (id, number, state, total_minor, currency, placed_at) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                     {order.id.toString(), order.number, toString(order.state), order.total.minor, order.total.currency,
                      order.placedAt.ms}));
    int position = 0;
    for (const order::OrderLine& line : order.lines)
        CONTONE_CHECK(
            database.run("INSERT INTO order_line (id, order_id, position, original, product, copies, placement, "
                         "price_minor, currency, design) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                         {line.id.toString(), order.id.toString(), ++position, line.original.toString(), line.product,
                          line.copies, order::toJson(line.choices), line.unitPrice.minor, line.unitPrice.currency,
                          line.design ? order::toJson(*line.design) : ""}));
    return {};
}

Result<void> setOrderState(db::Database& database, OrderId id, order::OrderState state) {
    return database.run("UPDATE orders SET state = ?2 WHERE id = ?1", {id.toString(), toString(state)});
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

Result<std::vector<order::Order>> readOrders(db::Database& database, int limit, std::optional<OrderId> after) {
    std::int64_t below = std::numeric_limits<std::int64_t>::max();
    if (after) {
        CONTONE_TRY(const order::Order last, readOrder(database, *after));
        below = last.number;
    }
    return readAll<order::Order>(database.query(sql(orderColumns, "WHERE number < ?2 ORDER BY number DESC LIMIT ?1"),
                                                {std::max(limit, 0), below}),
                                 [&](const db::Statement& row) { return orderAt(database, row); });
}

}  // namespace contone::store
