// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders by what they are: state, payment, product, day; and what customers said, for whoever indexes it in memory.
#include <algorithm>
#include <array>
#include <limits>

#include "core/order/read_json.h"
#include "core/store/personal.h"
#include "core/store/rows_p.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {
namespace {

/// The values of a filter, as SQLite takes them: lists are JSON, so that the words of the query are always the same.
struct Bound {
    std::string states, payments, product, among;
    std::int64_t from = 0, until = std::numeric_limits<std::int64_t>::max();
};

template <class T>
std::string wordsOf(const std::vector<T>& all) {
    if (all.empty()) return {};
    nlohmann::json words = nlohmann::json::array();
    for (const T& one : all) words.push_back(toString(one));
    return words.dump();
}

Bound boundTo(const order::OrderFilter& filter) {
    Bound bound{wordsOf(filter.states), wordsOf(filter.payments), filter.product, {}};
    if (filter.from) bound.from = filter.from->ms;
    if (filter.until) bound.until = filter.until->ms;
    if (filter.among) {
        nlohmann::json ids = nlohmann::json::array();
        for (const OrderId& id : *filter.among) ids.push_back(id.toString());
        bound.among = ids.dump();
    }
    return bound;
}

/// ?1…?6, of orders that are no drafts. Times are not looked for in their index here: narrowed() does, where that is
/// better.
const std::string wanted =
    "+orders.placed_at >= ?5 AND +orders.placed_at < ?6 "
    "AND (?1 = '' OR orders.state IN (SELECT value FROM json_each(?1))) "
    "AND (?2 = '' OR orders.payment IN (SELECT value FROM json_each(?2))) "
    "AND (?3 = '' OR EXISTS (SELECT 1 FROM order_line WHERE order_id = orders.id AND product = ?3)) "
    "AND (?4 = '' OR orders.id IN (SELECT value FROM json_each(?4)))";

/// What a filter may ask for that an index has: the orders that have it.
constexpr std::array<std::string_view, 3> narrow{
    "SELECT id FROM orders INDEXED BY order_by_time WHERE placed_at >= ?5 AND placed_at < ?6",
    "SELECT id FROM orders INDEXED BY order_by_state WHERE state IN (SELECT value FROM json_each(?1))",
    "SELECT order_id FROM order_line INDEXED BY order_line_by_product WHERE product = ?3"};
/// Each statement has all values; these it does not need.
constexpr std::string_view unused = " AND coalesce(?1, ?2, ?3, ?4, ?5, ?6) IS NOT NULL";

/// "": most orders are to be looked at, newest first. Else `AND id IN (…)`: so few have what is asked that they are
/// looked for.
Result<std::string> narrowed(db::Database& database, const Bound& b) {
    constexpr int few = 2000;
    const std::array<bool, 3> isAsked{b.from > 0 || b.until < std::numeric_limits<std::int64_t>::max(),
                                      !b.states.empty(), !b.product.empty()};
    for (std::size_t i = 0; i < narrow.size(); i++) {
        if (!isAsked[i]) continue;
        const std::string those = std::string(narrow[i]) + std::string(unused);
        CONTONE_TRY(const std::int64_t found,
                    database.integer("SELECT count(*) FROM (" + those + " LIMIT " + std::to_string(few) + ")",
                                     {b.states, b.payments, b.product, b.among, b.from, b.until}));
        if (found < few) return " AND orders.id IN (" + std::string(narrow[i]) + ")";
    }
    return std::string();
}

Result<void> count(db::Database& database, const Bound& b, const std::string& query, std::map<std::string, int>& into) {
    CONTONE_TRY(db::Statement rows, database.query(query, {b.states, b.payments, b.product, b.among, b.from, b.until}));
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return {};
        into[rows.text(0)] += number(rows, 1);
    }
}

}  // namespace

Result<std::vector<order::Order>> SqliteStore::findOrders(const order::OrderFilter& filter, int limit,
                                                          std::optional<OrderId> after) const {
    const Bound b = boundTo(filter);
    return m_impl->read([&](db::Database& database) -> Result<std::vector<order::Order>> {
        std::int64_t below = std::numeric_limits<std::int64_t>::max();
        if (after) {
            CONTONE_TRY(const order::Order last, readOrder(database, *after));
            below = last.number;
        }
        CONTONE_TRY(const std::string few, narrowed(database, b));
        const std::string by = few.empty() ? "orders.number" : "+orders.number";  // few are sorted
        CONTONE_TRY(
            const auto ids,
            readAll<OrderId>(
                database.query("SELECT orders.id FROM orders WHERE " + by + " > 0 AND " + by + " < ?8 AND " + wanted +
                                   few + " ORDER BY " + by + " DESC LIMIT ?7",
                               {b.states, b.payments, b.product, b.among, b.from, b.until, std::max(limit, 0), below}),
                [](const db::Statement& row) { return idAt<OrderId>(row, 0); }));
        std::vector<order::Order> found;
        for (const OrderId& id : ids) {
            CONTONE_TRY(order::Order order, readOrder(database, id));
            found.push_back(std::move(order));
        }
        return found;
    });
}

Result<order::OrderFacets> SqliteStore::countOrders(const order::OrderFilter& filter) const {
    const Bound b = boundTo(filter);
    return m_impl->read([&](db::Database& database) -> Result<order::OrderFacets> {
        order::OrderFacets facets;
        CONTONE_TRY(const std::string few, narrowed(database, b));
        // Of all orders the index alone says it, in its order.
        const std::string index = few.empty() ? "INDEXED BY order_by_state " : "";
        const std::string those = "WHERE +orders.number > 0 AND " + wanted + few;
        std::map<std::string, int> both;
        CONTONE_CHECK(
            count(database, b,
                  "SELECT state || ' ' || payment, count(*) FROM orders " + index + those + " GROUP BY state, payment",
                  both));
        for (const auto& [words, orders] : both) {
            const auto space = words.find(' ');
            facets.states[words.substr(0, space)] += orders;
            facets.payments[words.substr(space + 1)] += orders;
            facets.orders += orders;
        }
        // Drafts have no lines.
        const std::string products =
            filter == order::OrderFilter()
                ? "SELECT product, count(DISTINCT order_id) FROM order_line INDEXED BY order_line_by_product WHERE "
                  "order_id <> ''" +
                      std::string(unused) + " GROUP BY 1"
                : "SELECT order_line.product, count(DISTINCT orders.id) FROM orders JOIN order_line ON "
                  "order_line.order_id = orders.id " +
                      those + " GROUP BY 1";
        CONTONE_CHECK(count(database, b, products, facets.products));
        return facets;
    });
}

Result<std::vector<std::pair<OrderId, order::Customer>>> SqliteStore::customers(int limit,
                                                                                std::optional<OrderId> after) const {
    return m_impl->read([&](db::Database& database) -> Result<std::vector<std::pair<OrderId, order::Customer>>> {
        const std::string below = after ? after->toString() : "g";  // behind all digits of ids
        CONTONE_TRY(const auto ids,
                    readAll<OrderId>(database.query("SELECT order_id FROM order_key WHERE order_id < ?2 ORDER BY "
                                                    "order_id DESC LIMIT ?1",
                                                    {limit, below}),
                                     [](const db::Statement& row) { return idAt<OrderId>(row, 0); }));
        std::vector<std::pair<OrderId, order::Customer>> all;
        for (const OrderId& id : ids) {
            order::Customer customer;
            CONTONE_TRY(const auto text, readPersonal(database, m_impl->ring, id, customerRow));
            if (text) {
                CONTONE_TRY(customer, customerFrom(*text));
            }
            all.emplace_back(id, std::move(customer));
        }
        return all;
    });
}

}  // namespace contone::store
