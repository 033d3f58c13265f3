// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Projections: what the events add up to. The same apply() serves the first writing and every rebuild.
#pragma once

#include "core/store/event_log.h"

namespace contone::store {

/// Changes the projections' rows by one event. Call inside the transaction that appended it.
/// Fails: as decodeEvent, as the reducers, and as db::Database.
Result<void> apply(db::Database& database, const Stored& stored);

/// Projections as this version makes them of the events. A change of what they hold has a new number, and the next
/// start makes them anew.
inline constexpr int projectionsVersion = 11;

}  // namespace contone::store
