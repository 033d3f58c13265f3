// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// EventLog: appends facts and reads them back. Knows the envelope, not what the facts mean.
#pragma once

#include <functional>
#include <vector>

#include "core/db/database.h"
#include "core/order/order.h"

namespace contone::store {

using Stored = order::OrderStore::Stored;

/// A fact before it has its place in the sequences.
struct Draft {
    std::string stream, type;
    int schemaVersion = 1;
    std::string json, actor;
};

/// Gives the draft its id, its place in the origin's and the stream's sequence, and stores it. Call inside a
/// transaction. Fails: Internal "stream-unowned" for a stream that this store does not own; else as db::Database.
Result<Stored> append(db::Database& database, const Clock& clock, const std::string& origin, const Draft& draft);
/// Oldest first.
Result<std::vector<Stored>> readEvents(db::Database& database, std::int64_t after, int limit);
/// Those of one origin behind `after`, in its own order.
Result<std::vector<Stored>> readOrigin(db::Database& database, const std::string& origin, std::int64_t after,
                                       int limit);
/// Of one type, in a time of the wall clock, oldest first.
Result<std::vector<Stored>> readBetween(db::Database& database, Instant from, Instant until, std::string_view type);
/// All of one stream, oldest first.
Result<std::vector<Stored>> readStream(db::Database& database, const std::string& stream);

}  // namespace contone::store
