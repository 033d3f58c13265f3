// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// All that happened to one order.
#include <algorithm>
#include <iterator>

#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/store/rows_p.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

Result<std::map<OrderId, std::vector<JobId>>> readJobsOfOrders(db::Database& database) {
    CONTONE_TRY(db::Statement rows, database.query("SELECT order_id, id FROM job NOT INDEXED"));
    std::map<OrderId, std::vector<JobId>> jobs;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return jobs;
        CONTONE_TRY(const OrderId order, idAt<OrderId>(rows, 0));
        CONTONE_TRY(jobs[order].emplace_back(), idAt<JobId>(rows, 1));
    }
}

Result<std::vector<Stored>> readTimeline(db::Database& database, OrderId id, const std::vector<JobId>& jobs) {
    std::vector<std::string> streams{order::orderStream(id), order::paymentStream(id)};
    for (const JobId& job : jobs) streams.push_back(print::productionStream(job));
    std::vector<Stored> events;
    for (const std::string& stream : streams) {
        CONTONE_TRY(auto its, readStream(database, stream));
        std::ranges::move(its, std::back_inserter(events));
    }
    std::ranges::sort(events, {}, &Stored::position);
    return events;
}

Result<std::vector<Stored>> SqliteStore::timeline(OrderId id) const {
    return m_impl->read([&](db::Database& database) -> Result<std::vector<Stored>> {
        CONTONE_CHECK(readOrder(database, id));
        CONTONE_TRY(
            const auto jobs,
            readAll<JobId>(database.query("SELECT DISTINCT job_id FROM sheet WHERE order_id = ?1", {id.toString()}),
                           [](const db::Statement& row) { return idAt<JobId>(row, 0); }));
        return readTimeline(database, id, jobs);
    });
}

}  // namespace contone::store
