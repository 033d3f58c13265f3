// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A second store in memory is what the first should be.
#include "core/store/check_store.h"

#include <algorithm>
#include <vector>

#include "core/order/read_json.h"
#include "core/store/event_chain.h"
#include "core/store/projections.h"
#include "core/store/rows_p.h"
#include "core/store/schema.h"

namespace contone::store {
namespace {

Result<db::Database> emptyStore() {
    CONTONE_TRY(db::Database memory, db::Database::open(":memory:", db::Missing::Create));
    CONTONE_CHECK(db::migrate(memory, migrations()));
    return memory;
}

Result<std::vector<std::string>> texts(db::Database& database, std::string_view sql,
                                       std::initializer_list<db::Value> values = {}) {
    CONTONE_TRY(db::Statement rows, database.query(sql, values));
    std::vector<std::string> all;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return all;
        all.push_back(rows.text(0));
    }
}

/// How sheets are found. ByIndex: fast, but a sheet that an index has lost is not seen.
enum class Look { WholeTable, ByIndex };

/// All that decides which paper orders still get.
using Papers = std::map<std::string, std::vector<std::string>>;

Result<void> gather(Papers& papers, db::Database& database, const std::string& sql, const std::string& orders) {
    CONTONE_TRY(db::Statement rows, database.query(sql, {orders}));
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return {};
        papers[rows.text(0)].push_back(rows.text(1));
    }
}

/// `orders`: their ids, as JSON.
Result<Papers> papersOf(db::Database& database, const std::string& orders, Look look) {
    const std::string these = " WHERE order_id IN (SELECT value FROM json_each(?1)) ORDER BY order_id, id";
    Papers papers;
    CONTONE_CHECK(gather(papers, database,
                         "SELECT order_id, id || ' ' || job_id || ' ' || line_id || ' ' || number || ' ' || copy || "
                         "' ' || state || ' ' || attempt || ' ' || attempts || ' ' || recipe FROM sheet" +
                             std::string(look == Look::WholeTable ? " NOT INDEXED" : "") + these,
                         orders));
    CONTONE_CHECK(gather(
        papers, database,
        "SELECT order_id, id || ' ' || product || ' ' || copies || ' ' || original FROM order_line" + these, orders));
    return papers;
}

using JobsOfOrders = std::map<OrderId, std::vector<JobId>>;

/// Applies the events of one order, of its payment and its jobs, in their order.
Result<void> replay(db::Database& from, const std::string& order, const JobsOfOrders& jobs, db::Database& into) {
    CONTONE_TRY(const OrderId id, OrderId::parse(order));
    const auto its = jobs.find(id);
    CONTONE_TRY(const auto events, readTimeline(from, id, its == jobs.end() ? std::vector<JobId>() : its->second));
    for (const Stored& event : events) CONTONE_CHECK(apply(into, event));
    return {};
}

}  // namespace

std::unexpected<Error> storeDamaged(const std::string& detail) {
    return fail(Code::Corrupt, "store-damaged",
                "The store of orders is damaged. Nothing was changed; restore it from a backup.", detail);
}

// None of them writes, so they come before the first look into the file.
Result<void> harden(db::Database& database) {
    return database.script(
        "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = "
        "MEMORY;");
}

Result<void> checkPages(db::Database& database) {
    // The indexes too, which quick_check leaves out: a sheet that an index has lost would be printed again.
    CONTONE_TRY(const std::string health, database.text("PRAGMA integrity_check(1)"));
    return health == "ok" ? Result<void>() : storeDamaged(health);
}

Result<void> checkNames(db::Database& database) {
    constexpr std::string_view names =
        "SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";
    CONTONE_TRY(db::Database model, emptyStore());
    CONTONE_TRY(const auto wanted, texts(model, names));
    CONTONE_TRY(const auto found, texts(database, names));
    std::vector<std::string> missing;
    std::ranges::set_difference(wanted, found, std::back_inserter(missing));
    return missing.empty() ? Result<void>() : storeDamaged("missing: " + missing.front());
}

Result<void> checkSchema(db::Database& database) {
    CONTONE_CHECK(checkNames(database));
    CONTONE_TRY(const auto strays, texts(database, "PRAGMA foreign_key_check"));
    return strays.empty() ? Result<void>() : storeDamaged("missing: what " + strays.front() + " refers to");
}

namespace {

Result<void> compare(db::Database& database, const JobsOfOrders& jobs, const std::vector<std::string>& orders,
                     Look look) {
    CONTONE_TRY(db::Database memory, emptyStore());
    for (const std::string& order : orders) CONTONE_CHECK(replay(database, order, jobs, memory));
    const std::string these = order::writeJson(orders);
    CONTONE_TRY(Papers said, papersOf(memory, these, Look::ByIndex));
    CONTONE_TRY(Papers kept, papersOf(database, these, look));
    for (const std::string& order : orders)
        if (said[order] != kept[order])
            return fail(Code::Corrupt, "store-differs",
                        "What is left to print does not fit the record of what happened, so nothing is printed. Run: "
                        "contone store rebuild",
                        "order " + order);
    return {};
}

}  // namespace

Result<void> checkOrder(db::Database& database, OrderId order, JobId job) {
    CONTONE_TRY(
        std::vector<JobId> jobs,
        readAll<JobId>(database.query("SELECT DISTINCT job_id FROM sheet WHERE order_id = ?1", {order.toString()}),
                       [](const db::Statement& row) { return idAt<JobId>(row, 0); }));
    if (std::ranges::find(jobs, job) == jobs.end()) jobs.push_back(job);
    return compare(database, {{order, std::move(jobs)}}, {order.toString()}, Look::ByIndex);
}

Result<void> checkOpenOrders(db::Database& database, std::size_t most) {
    CONTONE_TRY(const auto orders,
                texts(database,
                      "SELECT order_id FROM sheet NOT INDEXED WHERE state NOT IN ('out', 'spoiled', 'cancelled') "
                      "UNION SELECT id FROM orders WHERE state NOT IN ('draft', 'ready', 'collected', 'cancelled') "
                      "AND production <> 'printed'"));
    if (orders.empty() || orders.size() > most) return {};
    CONTONE_TRY(const JobsOfOrders jobs, readJobsOfOrders(database));
    return compare(database, jobs, orders, Look::WholeTable);
}

Result<void> checkBeside(const Path& file) {
    CONTONE_TRY(db::Database reader, db::Database::open(file, db::Missing::Fail));
    reader.whenClosed(db::Database::Close::LeavesFiles);
    CONTONE_CHECK(harden(reader));
    CONTONE_CHECK(reader.run("PRAGMA query_only = ON"));
    CONTONE_TRY(const db::Transaction oneState, db::Transaction::begin(reader, db::Lock::Deferred));
    CONTONE_CHECK(checkPages(reader));
    CONTONE_CHECK(checkSchema(reader));
    CONTONE_CHECK(checkChain(reader));
    return checkOpenOrders(reader);
}

}  // namespace contone::store
