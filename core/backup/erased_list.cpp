// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Ids, one a line, sorted.
#include "core/backup/erased_list_p.h"

#include <algorithm>
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
    std::error_code unknown;
    std::vector<OrderId> ids;
    if (!std::filesystem::exists(listIn(target), unknown)) return ids;
    CONTONE_TRY(const std::string text, readTextFile(listIn(target), largestList));
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
    CONTONE_TRY(db::Database copy, db::Database::open(database, db::Missing::Fail));
    CONTONE_TRY(db::Statement rows,
                copy.query("SELECT DISTINCT substr(stream, 7) FROM event WHERE type = 'customer-erased'"));
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

Result<void> forgetErased(const Path& originals, const Path& target) {
    LocalDisk disk;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(target / "originals", failed)) {
        if (!entry.is_directory(failed)) continue;
        CONTONE_TRY(const auto names, disk.list(entry.path()));
        for (const std::string& name : names)
            if (!std::filesystem::exists(originals / entry.path().filename() / name, failed))
                CONTONE_CHECK(eraseFile(disk, entry.path() / name));
    }
    return {};
}

}  // namespace contone::backup
