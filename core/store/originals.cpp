// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which originals anybody still needs.
#include <set>

#include "core/store/rows_p.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {
namespace {

// An order is erased when its customer's row is gone; drafts and lines without photos name no originals.
constexpr std::string_view keptLines =
    "FROM order_line JOIN customer ON customer.order_id = order_line.order_id WHERE ";

}  // namespace

Result<bool> SqliteStore::isNeeded(const Sha256& original) const {
    return m_impl->read([&](db::Database& database) -> Result<bool> {
        const std::string hash = original.toString();
        CONTONE_TRY(const std::int64_t needed,
                    database.integer("SELECT EXISTS (SELECT 1 " + std::string(keptLines) +
                                         "original = ?1) OR EXISTS (SELECT 1 " + std::string(keptLines) +
                                         "design <> '' AND instr(design, ?1) > 0) OR "
                                         "EXISTS (SELECT 1 FROM project WHERE instr(json, ?1) > 0)",
                                     {hash}));
        return needed != 0;
    });
}

Result<std::vector<OrderId>> SqliteStore::erasedOrders() const {
    return m_impl->read([](db::Database& database) {
        return readAll<OrderId>(database.query("SELECT id FROM orders WHERE number > 0 AND NOT EXISTS "
                                               "(SELECT 1 FROM customer WHERE order_id = orders.id) ORDER BY number"),
                                [](const db::Statement& row) { return idAt<OrderId>(row, 0); });
    });
}

}  // namespace contone::store
