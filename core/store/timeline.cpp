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

Result<std::vector<Stored>> readTimeline(db::Database& database, OrderId id) {
    // NOT INDEXED: an index that is damaged must not hide a job.
    CONTONE_TRY(const auto jobs,
                readAll<JobId>(database.query("SELECT id FROM job NOT INDEXED WHERE order_id = ?1", {id.toString()}),
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
        return readTimeline(database, id);
    });
}

}  // namespace contone::store
