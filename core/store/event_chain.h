// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The chain of events: each has the hash of itself and of the one before from its origin, so that none can be changed,
// left out or put in without notice.
#pragma once

#include "core/db/database.h"
#include "core/order/event.h"

namespace contone::store {

/// SHA-256, as 64 hexadecimal digits, over `before` (the hash of the event with originSeq - 1; "" for the first) and
/// all fields of the event but its hash, each with its length in front.
std::string chainHash(const std::string& before, const order::Event& event);

/// The hash that the next event of this origin continues. Events of before there were hashes are hashed at the first
/// call and the result is kept in the table `store`. Call inside a writing transaction.
Result<std::string> chainHead(db::Database& database, const std::string& origin);

/// Reads all events. Fails: Corrupt "store-chain", with the origin and the number of the first event that does not
/// fit: changed, missing or out of place.
Result<void> checkChain(db::Database& database);

}  // namespace contone::store
