// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Migrations: the numbered steps that bring a database of any age to the schema this build knows.
#pragma once

#include <span>
#include <string_view>

#include "core/db/database.h"

namespace contone::db {

/// One step; numbers are 1, 2, 3, …. Released steps never change.
struct Migration {
    int number = 0;
    std::string_view name, sql;
};

/// PRAGMA user_version. 0: an empty database.
Result<int> schemaVersion(Database& database);
/// Applies what is missing, each step in its own transaction with its number: a crash in between goes on there.
/// Fails: Unsupported "store-newer" when the database is ahead of the last step; else as Database.
Result<void> migrate(Database& database, std::span<const Migration> migrations);

}  // namespace contone::db
