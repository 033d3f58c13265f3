// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Runs the missing steps; the number is part of each step's transaction.
#include "core/db/migrations.h"

namespace contone::db {

Result<int> schemaVersion(Database& database) {
    CONTONE_TRY(const std::int64_t version, database.integer("PRAGMA user_version"));
    return static_cast<int>(version);
}

Result<void> migrate(Database& database, std::span<const Migration> migrations) {
    CONTONE_TRY(const int version, schemaVersion(database));
    const int latest = migrations.empty() ? 0 : migrations.back().number;
    if (version > latest)
        return fail(Code::Unsupported, "store-newer",
                    "These orders were written by a newer Contone. Install that version or a later one.",
                    "schema " + std::to_string(version) + ", known " + std::to_string(latest));
    for (const Migration& step : migrations) {
        if (step.number <= version) continue;
        CONTONE_TRY(Transaction transaction, Transaction::begin(database, Lock::Immediate));
        auto done = database.script(step.sql);
        if (!done) return fail(done.error().during("migration " + std::string(step.name)));
        CONTONE_CHECK(database.run("PRAGMA user_version = " + std::to_string(step.number)));
        CONTONE_CHECK(transaction.commit());
    }
    return {};
}

}  // namespace contone::db
