// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One read transaction becomes a file.
#include "core/store/store_copy.h"

#include <fcntl.h>

#include "core/store/check_store.h"
#include "core/store/epoch.h"
#include "core/store/event_chain.h"

namespace contone::store {
namespace {

Result<StoreFacts> factsOf(db::Database& copy) {
    StoreFacts facts;
    CONTONE_TRY(facts.origin, copy.text("SELECT value FROM store WHERE name = 'origin'"));
    CONTONE_TRY(facts.epoch, epochOf(copy));
    CONTONE_TRY(facts.lastPosition, copy.integer("SELECT coalesce(max(position), 0) FROM event"));
    CONTONE_TRY(facts.chainHead, chainHead(copy, facts.origin));
    CONTONE_TRY(const std::int64_t orders, copy.integer("SELECT count(*) FROM orders WHERE number > 0"));
    facts.orders = static_cast<int>(orders);
    return facts;
}

}  // namespace

Result<StoreFacts> copyStore(const Path& folder, const Path& to) {
    {
        // Empty and for its owner alone before anything is in it; SQLite writes only into an empty file.
        const FileDescriptor made(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!made.isOpen()) {
            if (errno == EEXIST)
                return fail(Code::Conflict, "output-exists", "There is a file of that name already.", to.string());
            return fail(errorFromErrno(errno, "create " + to.string()));
        }
    }
    {
        auto from = db::Database::open(folder / "contone.db", db::Missing::Fail);
        if (!from && from.error().code == Code::NotFound)
            return fail(Code::NotFound, "store-missing",
                        "There is no shop in this folder. Say where it is with --home.", folder.string());
        if (!from) return std::unexpected(from.error());
        from->whenClosed(db::Database::Close::LeavesFiles);
        CONTONE_CHECK(harden(*from));
        CONTONE_CHECK(from->run("VACUUM INTO ?1", {to.string()}));
    }
    CONTONE_TRY(db::Database copy, db::Database::open(to, db::Missing::Fail));
    CONTONE_CHECK(harden(copy));
    // Writing syncs the file, with all that VACUUM left in the memory of the system.
    CONTONE_CHECK(copy.script("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"));
    CONTONE_CHECK(copy.run(
        "INSERT INTO store (name, value) VALUES ('place', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {inBackup}));
    CONTONE_CHECK(checkPages(copy));
    return factsOf(copy);
}

}  // namespace contone::store
