// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Ids, one a line, sorted.
#include "core/backup/erased_list_p.h"

#include <set>
#include <sstream>

#include "core/base/file_port.h"
#include "core/db/database.h"

namespace contone::backup {
namespace {

constexpr std::size_t largestList = 64 << 20;

Path listIn(const Path& target) {
    return target / "erased";
}

}  // namespace

Result<std::vector<OrderId>> erasedIn(const Path& target) {
    std::vector<OrderId> ids;
    auto read = readTextFile(listIn(target), largestList);
    if (!read && read.error().code == Code::NotFound) return ids;
    CONTONE_TRY(const std::string text, std::move(read));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto id = OrderId::parse(line);
        if (!id)
            return fail(Code::Corrupt, "snapshot-damaged",
                        "The list of erased orders of this backup is damaged. Nothing was restored.", line);
        ids.push_back(*id);
    }
    return ids;
}

Result<void> noteErased(const Path& database, const Path& target) {
    CONTONE_TRY(const auto known, erasedIn(target));
    std::set<std::string> all;
    for (const OrderId& id : known) all.insert(id.toString());
    CONTONE_TRY(db::Database live, db::Database::open(database, db::Missing::Fail));
    live.whenClosed(db::Database::Close::LeavesFiles);
    CONTONE_CHECK(live.script("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;"));
    CONTONE_TRY(db::Statement rows,
                live.query("SELECT DISTINCT substr(stream, 7) FROM event WHERE type = 'customer-erased' OR "
                           "(type = 'order-cancelled' AND json LIKE '%not-ordered%')"));
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) break;
        all.insert(rows.text(0));
    }
    if (all.size() == known.size()) return {};
    std::string text;
    for (const std::string& id : all) text += id + "\n";
    return writeFileDurably(listIn(target), text);
}

namespace {

Result<std::set<std::string>> namesIn(db::Database& database, const char* query) {
    CONTONE_TRY(db::Statement rows, database.query(query));
    std::set<std::string> names;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return names;
        names.insert(rows.text(0));
    }
}

}  // namespace

Result<void> forgetErased(const Path& database, const Path& target) {
    LocalDisk disk;
    CONTONE_TRY(db::Database copy, db::Database::open(database, db::Missing::Fail));
    // A shop that this version has not opened yet has no such list; its photos go with the next backup.
    CONTONE_TRY(const std::int64_t isOlder,
                copy.integer("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'order_blob')"));
    if (isOlder != 0) return {};
    CONTONE_TRY(const auto kept,
                namesIn(copy,
                        "SELECT blob FROM order_blob JOIN order_key USING (order_id) UNION SELECT blob FROM "
                        "project_blob JOIN order_key ON order_id = project_id"));
    CONTONE_TRY(const auto erased,
                namesIn(copy, "SELECT blob FROM order_blob WHERE order_id NOT IN (SELECT order_id FROM order_key)"));
    for (const std::string& hash : erased)
        if (!kept.contains(hash))
            CONTONE_CHECK(eraseFile(disk, target / "originals" / hash.substr(0, 2) / (hash.substr(2) + ".sealed")));
    return {};
}

}  // namespace contone::backup
