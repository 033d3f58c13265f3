// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a SqliteStore holds: the lock, one connection that writes, one that reads.
#pragma once

#include <atomic>
#include <mutex>
#include <set>

#include "core/store/event_log.h"
#include "core/store/projections.h"
#include "core/store/rebuild.h"
#include "core/store/reserve.h"
#include "core/store/sqlite_store.h"

namespace contone::store {

struct SqliteStore::Impl {
    const Clock& clock;
    Path file;
    FileDescriptor lock;  ///< first in, last out: nobody else opens the store while a connection is open
    std::string origin;
    std::mutex writing{}, reading{};  ///< taken in this order
    std::mutex folding{};             ///< the log into the file, beside who writes; besides the others
    std::atomic<int> waiting = 0;     ///< for `writing`, to sell or to print
    db::Database writer{}, reader{};
    std::function<void()> committed = [] {};
    std::atomic<bool> isChecked = true;  ///< the whole file was read and is believed
    std::set<OrderId> comparedOrders{};  ///< with their events, while it is not; under `writing`
    keys::KeyRing* ring = nullptr;
    keys::Key phoneKey{};
    Reserve reserve{file.parent_path() / "reserve"};
    FileDescriptor acknowledged{};  ///< how far the record has gone, outside of it: see open_store.cpp

    /// One transaction: `work(database)` → Result<T>; committed when it succeeds. What it returns is on disk.
    template <class Work>
    auto write(Work work) -> decltype(work(writer)) {
        auto result = [&] {
            waiting++;
            const std::scoped_lock guard(writing);
            waiting--;
            return writeLocked(work);
        }();
        if (!result) return result;
        reserve.keepAgain();
        committed();  // the lock is free again: who is woken reads at once
        return result;
    }
    /// The same, of what has happened already, whether it is written down or not: where the disk is full the reserve is
    /// given up for it. `work` may be done twice.
    template <class Work>
    auto writeClosing(Work work) -> decltype(work(writer)) {
        auto result = write(work);
        if (result || result.error().reason != "disk-full" || !reserve.giveUp()) return result;
        return write(work);
    }
    template <class Work>
    auto writeLocked(Work& work) -> decltype(work(writer)) {
        CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(writer, db::Lock::Immediate));
        auto result = work(writer);
        if (!result) return result;
        CONTONE_CHECK(transaction.commit());
        acknowledge();
        return result;
    }
    void acknowledge();
    Result<void> rebuildBeside(Rebuild::How how, const RebuildProgress& told);
    /// A key for a new order or project, before its transaction: it may wait for the disk. None without a ring.
    Result<std::optional<keys::KeyId>> newKey() {
        if (ring == nullptr) return std::nullopt;
        CONTONE_TRY(const keys::KeyRing::Taken taken, ring->take());
        return taken.id;
    }
    std::string phoneMac(const std::string& phone) const;
    /// Before paper hangs on the rows of an order, when nobody has read the whole file yet. Fails: Corrupt
    /// "store-differs".
    Result<void> compareOnce(db::Database& database, const print::Sheet& sheet);

    /// `work(database)` sees one committed state.
    template <class Work>
    auto read(Work work) -> decltype(work(reader)) {
        const std::scoped_lock guard(reading);
        CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(reader, db::Lock::Deferred));
        return work(reader);
    }

    /// Appends one fact and applies it; inside write().
    template <class Fact>
    Result<Stored> record(db::Database& database, const std::string& stream, const Fact& fact,
                          const std::string& actor) {
        const Draft draft{stream, std::string(Fact::type), Fact::schemaVersion, fact.json(), actor};
        CONTONE_TRY(Stored stored, append(database, clock, origin, draft));
        CONTONE_CHECK(apply(database, stored));
        return stored;
    }
};

}  // namespace contone::store
