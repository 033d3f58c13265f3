// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Whether a store that opens may be believed before paper hangs on it.
#pragma once

#include <cstddef>
#include <limits>

#include "core/base/file.h"
#include "core/base/id.h"
#include "core/db/database.h"

namespace contone::store {

/// Corrupt "store-damaged".
std::unexpected<Error> storeDamaged(const std::string& detail);
/// How every connection to a store is set; writes nothing.
Result<void> harden(db::Database& database);
/// The file is whole and its indexes are what its tables say. Reads all of it. Fails: Corrupt "store-damaged".
Result<void> checkPages(db::Database& database);
/// Tables, indexes and triggers are those of the newest migration, and each row that another one refers to is there.
/// Fails: Corrupt "store-damaged".
Result<void> checkSchema(db::Database& database);
/// Only that tables, indexes and triggers are there: reads next to nothing.
Result<void> checkNames(db::Database& database);
/// The sheets and lines of one order, of which `job` is one, are what its events say. Costs as much as that order, in
/// a store of any size: it believes the indexes. Fails as checkOpenOrders().
Result<void> checkOrder(db::Database& database, OrderId order, JobId job);
/// What is to be printed is what the events say: for each order that is not over, or has open sheets, its sheets and
/// lines are made anew from its events, in memory, and compared. Looks through whole tables once. Nothing is compared
/// where there are more than `most` such orders. Fails: Corrupt "store-differs"; as apply().
Result<void> checkOpenOrders(db::Database& database, std::size_t most = std::numeric_limits<std::size_t>::max());
/// All of it, and that the chain of events is whole, at one committed state, beside whoever has the store open.
Result<void> checkBeside(const Path& file);

}  // namespace contone::store
