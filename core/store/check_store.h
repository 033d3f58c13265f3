// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Whether a store that opens may be believed before paper hangs on it.
#pragma once

#include "core/db/database.h"

namespace contone::store {

/// Tables, indexes and triggers are those of the newest migration, and each row that another one refers to is there.
/// Fails: Corrupt "store-damaged".
Result<void> checkSchema(db::Database& database);
/// What is to be printed is what the events say: for each order that is not over, or has open sheets, its sheets and
/// lines are made anew from its events, in memory, and compared. Costs as much as there is to print. Fails: Corrupt
/// "store-differs"; as apply().
Result<void> checkOpenOrders(db::Database& database);

}  // namespace contone::store
