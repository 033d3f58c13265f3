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

Result<std::vector<Stored>> readTimeline(db::Database& database, OrderId id, Indexes indexes) {
    const char* query = indexes == Indexes::Used ? "SELECT DISTINCT job_id FROM sheet WHERE order_id = ?1"
                                                 : "SELECT id FROM job NOT INDEXED WHERE order_id = ?1";
    CONTONE_TRY(const auto jobs, readAll<JobId>(database.query(query, {id.toString()}),
                                                [](const db::Statement& row) { return idAt<JobId>(row, 0); }));
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
        return readTimeline(database, id, Indexes::Used);
    });
}

}  // namespace contone::store
