// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A shop of a snapshot: keys by the recovery key, the record as a new epoch, and what was erased erased again.
#include <algorithm>

#include "core/backup/backup.h"
#include "core/backup/copy_files_p.h"
#include "core/backup/erased_list_p.h"
#include "core/backup/sealed_file_p.h"
#include "core/keys/key_ring.h"
#include "core/store/sqlite_store.h"
#include "core/vault/vault.h"

namespace contone::backup {
namespace {

constexpr std::size_t largestRecovery = 1 << 16;

std::unexpected<Error> damaged(const std::string& detail) {
    return fail(Code::Corrupt, "snapshot-damaged", "This backup is damaged. Use another one.", detail);
}

Result<Snapshot> snapshotNamed(const Path& target, const std::string& name) {
    CONTONE_TRY(const auto all, snapshotsIn(target));
    const auto found =
        name.empty() ? (all.empty() ? all.end() : all.end() - 1) : std::ranges::find(all, name, &Snapshot::name);
    if (found == all.end())
        return fail(Code::NotFound, "snapshot-unknown",
                    "There is no such backup in this folder. List them: contone backup list", name);
    return *found;
}

enum class Photos { Copied, Linked };

/// A shop's folder, without anything opened yet.
Result<void> layOut(const Path& target, const Snapshot& snapshot, const keys::RecoveryKey& recovery,
                    const ShopFolder& shop, Photos photos) {
    LocalDisk disk;
    const Path from = target / "snapshots" / snapshot.name;
    CONTONE_TRY(const std::string wrapped, readTextFile(from / "recovery", largestRecovery));
    CONTONE_TRY(const keys::StoreKey storeKey, keys::unwrapWithRecovery(wrapped, recovery));
    CONTONE_CHECK(disk.makeFolder(shop.keys()));
    CONTONE_TRY(const int keyFiles, copyKeys(from / "keys", shop.keys()));
    if (keyFiles != snapshot.keyFiles)
        return damaged(std::to_string(keyFiles) + " key files, not " + std::to_string(snapshot.keyFiles));
    CONTONE_CHECK(storeKey.keep(disk, shop.home));
    CONTONE_CHECK(copyFile(from / "recovery", shop.recovery()));
    if (photos == Photos::Copied) {
        CONTONE_CHECK(disk.makeFolder(shop.originals()));
        CONTONE_CHECK(copyNewFiles(target / "originals", shop.originals()));
    } else {
        std::error_code failed;
        CONTONE_CHECK(disk.makeFolder(shop.originals().parent_path()));
        const Path whole = std::filesystem::absolute(target, failed);
        if (!failed) std::filesystem::create_directory_symlink(whole / "originals", shop.originals(), failed);
        if (failed) return fail(errorFromErrno(failed.value(), "link to the photos"));
    }
    CONTONE_CHECK(openFile(from / "contone.db", shop.home / "contone.db", storeKey));
    CONTONE_CHECK(disk.syncFolder(shop.home));
    return writeFileDurably(shop.home / "origin", snapshot.origin + "\n");  // last: from here on it is a shop
}

/// What is open in a shop, with all that was made of it.
struct OpenShop {
    LocalDisk disk;
    std::unique_ptr<store::SqliteStore> store;
    std::unique_ptr<keys::KeyRing> ring;
    std::unique_ptr<vault::Vault> vault;
};

Result<std::unique_ptr<OpenShop>> open(const ShopFolder& shop, const Clock& clock) {
    auto opened = std::make_unique<OpenShop>();
    CONTONE_TRY(opened->store, store::SqliteStore::open(shop.home, clock));
    CONTONE_TRY(const keys::StoreKey storeKey, keys::StoreKey::open(opened->disk, shop.home, {}));
    CONTONE_TRY(opened->ring, keys::KeyRing::open(opened->disk, shop.keys(), storeKey));
    CONTONE_CHECK(opened->store->useKeys(*opened->ring, keys::phoneKey(storeKey)));
    CONTONE_TRY(vault::Vault vault, vault::Vault::open(shop.originals().parent_path(), *opened->ring));
    opened->vault = std::make_unique<vault::Vault>(std::move(vault));
    return opened;
}

/// Orders that were erased after the snapshot are erased again, with their photos.
Result<int> eraseAgain(const Path& target, OpenShop& shop, Photos photos) {
    CONTONE_TRY(const auto erased, erasedIn(target));
    int again = 0;
    for (const OrderId& id : erased) {
        const auto order = shop.store->order(id);
        if (!order && order.error().code == Code::NotFound) continue;  // younger than the snapshot
        if (!order) return std::unexpected(order.error());
        if (order->state == order::OrderState::Draft) {
            CONTONE_CHECK(shop.store->eraseProject({id.uuid}, "agent"));
            again++;
            continue;
        }
        CONTONE_TRY(const order::Customer customer, shop.store->customer(id));
        if (customer != order::Customer{}) again++;
        CONTONE_CHECK(shop.store->eraseCustomer(id, "restored", "agent"));
    }
    if (photos == Photos::Linked) return again;  // they are the backup's own
    CONTONE_TRY(const auto blobs, shop.store->blobsToForget());
    for (const Sha256& blob : blobs) {
        CONTONE_TRY(const bool needed, shop.store->isNeeded(blob));
        if (!needed) CONTONE_CHECK(shop.vault->forget(blob));
        CONTONE_CHECK(shop.store->noteForgotten(blob));
    }
    return again;
}

Result<Restored> counted(const Snapshot& snapshot, const OpenShop& shop) {
    Restored restored{.snapshot = snapshot};
    std::optional<OrderId> after;
    for (;;) {
        CONTONE_TRY(const auto page, shop.store->orders(500, after));
        for (const order::Order& order : page)
            restored.ordersHeld += order.state == order::OrderState::Held && order.reason == "store-restored" ? 1 : 0;
        if (page.empty()) break;
        after = page.back().id;
    }
    CONTONE_TRY(const auto jobs, shop.store->openJobs());
    restored.jobsHeld =
        static_cast<int>(std::ranges::count_if(jobs, [](const print::PrintJob& job) { return job.isHeld(); }));
    CONTONE_TRY(const auto payments, shop.store->openPayments());
    restored.paymentsInQuestion = static_cast<int>(payments.size());
    return restored;
}

}  // namespace

Result<Restored> restore(const Path& target, const std::string& name, const keys::RecoveryKey& recovery,
                         const ShopFolder& shop, const Clock& clock) {
    CONTONE_TRY(const Snapshot snapshot, snapshotNamed(target, name));
    if (store::SqliteStore::isIn(shop.home))
        return fail(Code::Conflict, "home-taken",
                    "There is a shop in this folder already. Restore into a new folder, or move the old one away.",
                    shop.home.string());
    // Beside, and whole or not at all: a shop in which erased customers are back must never be opened.
    const ShopFolder beside{shop.home.string() + ".restoring"};
    std::error_code failed;
    std::filesystem::remove_all(beside.home, failed);
    if (failed) return fail(errorFromErrno(failed.value(), "remove " + beside.home.string()));
    CONTONE_CHECK(layOut(target, snapshot, recovery, beside, Photos::Copied));
    Restored restored;
    {
        CONTONE_TRY(const auto opened, open(beside, clock));
        CONTONE_TRY(const int erasedAgain, eraseAgain(target, *opened, Photos::Copied));
        CONTONE_TRY(restored, counted(snapshot, *opened));
        restored.erasedAgain = erasedAgain;
    }
    std::filesystem::remove(shop.home, failed);  // an empty folder may have the name
    LocalDisk disk;
    CONTONE_CHECK(disk.rename(beside.home, shop.home));
    CONTONE_CHECK(syncDirectory(shop.home.parent_path().empty() ? Path(".") : shop.home.parent_path()));
    return restored;
}

Result<Verified> verify(const Path& target, const std::string& name, const keys::RecoveryKey& recovery,
                        const Path& scratch, const Clock& clock) {
    const ShopFolder shop{scratch / "shop"};
    CONTONE_TRY(const Snapshot snapshot, snapshotNamed(target, name));
    CONTONE_CHECK(layOut(target, snapshot, recovery, shop, Photos::Linked));
    CONTONE_TRY(const auto opened, open(shop, clock));
    CONTONE_CHECK(eraseAgain(target, *opened, Photos::Linked));
    CONTONE_CHECK(opened->store->check());
    Verified verified{snapshot};
    std::optional<OrderId> after;
    for (;;) {
        CONTONE_TRY(const auto page, opened->store->orders(500, after));
        for (const order::Order& order : page) {
            CONTONE_TRY(const order::Customer customer, opened->store->customer(order.id));
            if (customer == order::Customer{} || order::isShopsOwn(order)) continue;
            verified.orders++;
            for (const order::OrderLine& line : order.lines) {
                const auto originals = order::originalsOf(line);
                if (originals.empty()) continue;
                if (auto whole = opened->vault->check(originals.front()); !whole)
                    return fail(whole.error().during("order " + std::to_string(order.number)));
                verified.originals++;
                break;
            }
        }
        if (page.empty()) return verified;
        after = page.back().id;
    }
}

}  // namespace contone::backup
