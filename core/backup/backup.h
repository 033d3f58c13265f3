// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Backups: a shop's record, keys and photos on another disk, and a shop made of them again on a bare machine.
//
// A target folder holds
//     originals/ab/cdef….sealed   photos as they lie in the shop, each once for all snapshots
//     snapshots/NAME/             contone.db (sealed), keys/, recovery, and manifest.json, which is written last
//     erased                      ids of orders that were erased; a restore erases them again
// Without the recovery key, or the shop's own, it says how many orders there were and when, and nothing else.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/result.h"
#include "core/json/json.h"
#include "core/keys/recovery_key.h"

namespace contone::backup {

/// One moment of a shop. Its fields are the manifest.
struct Snapshot {
    std::string name;  ///< "20261130T215644Z"; of two in one second the later has "-2"
    Instant at;
    std::string origin;
    int epoch = 1;
    std::int64_t lastPosition = 0;
    std::string chainHead;
    int orders = 0;
    int keyFiles = 0;
    bool operator==(const Snapshot&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("name", &Snapshot::name), json::field("atMs", &Snapshot::at),
                          json::field("origin", &Snapshot::origin), json::field("epoch", &Snapshot::epoch),
                          json::field("lastPosition", &Snapshot::lastPosition),
                          json::field("chainHead", &Snapshot::chainHead), json::field("orders", &Snapshot::orders),
                          json::field("keyFiles", &Snapshot::keyFiles));
    }
};

/// The parts of a shop's folder that a backup has.
struct ShopFolder {
    Path home;
    Path keys() const { return home / "keys"; }
    Path originals() const { return home / "vault" / "originals"; }
    Path recovery() const { return home / "recovery"; }
};

/// Makes a recovery key for the shop's key and keeps it aside, until confirmRecovery() is told the same: a key that
/// nobody wrote down is worth nothing. Show it once. Fails: as StoreKey::open.
Result<keys::RecoveryKey> newRecovery(const ShopFolder& shop, const keys::StoreKey& storeKey);
/// From now on backups open with this key. Fails: Conflict "recovery-not-begun"; as unwrapWithRecovery.
Result<void> confirmRecovery(const ShopFolder& shop, const keys::StoreKey& storeKey, const keys::RecoveryKey& typed);

/// While the shop works. One at a time for a target. What a snapshot before has is not copied again; orders that were
/// erased since go on the list, and their photos from the target. A kill or power cut leaves nothing that looks like a
/// snapshot. Fails: Conflict "recovery-missing" (no confirmed recovery key), "backup-running", "backup-foreign" (the
/// folder has another shop's); NotFound "original-missing" (the folder of photos is gone); as copyStore; as files do.
Result<Snapshot> backUp(const ShopFolder& shop, const keys::StoreKey& storeKey, const Path& target, const Clock& clock);

/// What a backup that was killed left in the shop's folder: a copy of the record. Nothing, while one is being made.
void removeStale(const ShopFolder& shop);

/// Oldest first. None in a folder that is no backup.
Result<std::vector<Snapshot>> snapshotsIn(const Path& target);
/// Removes snapshots that are older than so many days, but never the newest. Answers how many.
Result<int> expire(const Path& target, int days, Instant now);

struct Restored {
    Snapshot snapshot;
    int erasedAgain = 0;  ///< orders of the list
    int ordersHeld = 0, jobsHeld = 0, paymentsInQuestion = 0;
    bool operator==(const Restored&) const = default;
};
/// A shop in the new folder `shop.home`, of one snapshot, on any machine: a new epoch, its waiting jobs held, its open
/// payments in question. `name` empty: the newest.
/// Fails: Conflict "home-taken" when there is a shop already; NotFound "snapshot-unknown"; Denied
/// "recovery-key-wrong"; Corrupt "snapshot-damaged"; as SqliteStore::open; as files do.
Result<Restored> restore(const Path& target, const std::string& name, const keys::RecoveryKey& recovery,
                         const ShopFolder& shop, const Clock& clock);

struct Verified {
    Snapshot snapshot;
    int orders = 0;     ///< with customers that were not erased
    int originals = 0;  ///< that were decrypted and hashed: the first of each of these orders
};
/// Whether restore() would do: does it in `scratch`, an empty folder, without copying photos, and decrypts one photo of
/// each order. Fails: as restore(); as Vault::check, with the order in the detail.
Result<Verified> verify(const Path& target, const std::string& name, const keys::RecoveryKey& recovery,
                        const Path& scratch, const Clock& clock);

}  // namespace contone::backup
