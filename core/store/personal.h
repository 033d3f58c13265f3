// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is personal of orders and projects: rows, each sealed under the key of its order.
//
// Without a ring, as in tools that look at events alone, nothing that is sealed can be read, and what is written stays
// plain until a store that has one is opened.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "core/keys/key_ring.h"
#include "core/order/order.h"
#include "core/project/project_store.h"

namespace contone::store {

/// What a row of an order holds, besides its layouts, which are named by their hash.
inline constexpr const char* customerRow = "customer";
inline constexpr const char* projectRow = "project";

/// Whether an order or project was not erased, and is not unknown.
Result<bool> hasPersonal(db::Database& database, OrderId id);
/// From here on rows of it may be written. `key`: of the ring; none without one. One that has its key keeps it.
Result<void> beginPersonal(db::Database& database, OrderId id, const std::optional<keys::KeyId>& key);
/// Takes the place of the row before. Fails: Internal "store-error" before beginPersonal(); as KeyRing::seal.
Result<void> writePersonal(db::Database& database, const keys::KeyRing* ring, OrderId id, const std::string& what,
                           std::string_view text);
/// None: erased, or never written. Fails: Denied "store-key-missing" without the ring; as KeyRing::unseal.
Result<std::optional<std::string>> readPersonal(db::Database& database, const keys::KeyRing* ring, OrderId id,
                                                const std::string& what);
Result<void> dropPersonal(db::Database& database, OrderId id, const std::string& what);
/// All rows of it; its key goes on the list of what is to be destroyed.
Result<void> erasePersonal(db::Database& database, OrderId id);
/// Seals rows that are plain, of one order. False: there are none.
Result<bool> sealNextPlain(db::Database& database, keys::KeyRing& ring);

Result<std::string> customerText(const order::Customer& customer);  ///< without layouts
Result<order::Customer> customerFrom(std::string_view text);

// ---- blobs of the vault, by who needs them
// ----------------------------------------------------------------------------

Result<void> noteOrderBlobs(db::Database& database, OrderId id, std::span<const Sha256> blobs);
Result<void> noteProjectBlobs(db::Database& database, project::ProjectId id, const project::Project& project);
/// Of projects that a former version kept, plain: it had no such list.
Result<void> noteAllProjectBlobs(db::Database& database);
/// That nobody needs who was not erased goes on the list of what is to be destroyed.
enum class BlobsOf { Order, Project };
Result<void> eraseBlobs(db::Database& database, OrderId id, BlobsOf whose);

}  // namespace contone::store
