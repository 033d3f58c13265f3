// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the ProjectStore: one row a project.
#include "core/store/rows_p.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {
namespace {

std::unexpected<Error> unknown(project::ProjectId id) {
    return fail(Code::NotFound, "project-unknown", "These photos and choices are not here any more. Begin anew.",
                id.toString());
}

/// 0: there is none.
Result<int> versionOf(db::Database& database, project::ProjectId id) {
    CONTONE_TRY(db::Statement rows, database.query("SELECT version FROM project WHERE id = ?1", {id.toString()}));
    CONTONE_TRY(const bool row, rows.step());
    return row ? static_cast<int>(rows.integer(0)) : 0;
}

Result<void> expectVersion(db::Database& database, project::ProjectId id, int expected) {
    CONTONE_TRY(const int kept, versionOf(database, id));
    if (kept == expected) return {};
    return fail(Code::Conflict, "project-changed",
                "These photos and choices were changed in another window. Look at them again.",
                std::to_string(kept) + ", not " + std::to_string(expected));
}

}  // namespace

Result<int> SqliteStore::saveProject(project::ProjectId id, int before, const project::Project& project) {
    int prints = 0;
    project.lines().each([&](const project::Line& line) { prints += line.copies; });
    const std::string json = toJson(project);
    return m_impl->write([&](db::Database& database) -> Result<int> {
        CONTONE_CHECK(expectVersion(database, id, before));
        CONTONE_CHECK(
            database.run("INSERT OR REPLACE INTO project (id, version, changed_at, lines, prints, json) VALUES (?1, "
                         "?2, ?3, ?4, ?5, ?6)",
                         {id.toString(), before + 1, m_impl->clock.now().ms,
                          static_cast<std::int64_t>(project.lines().size()), prints, json}));
        return before + 1;
    });
}

Result<project::KeptProject> SqliteStore::project(project::ProjectId id) const {
    return m_impl->read([&](db::Database& database) -> Result<project::KeptProject> {
        CONTONE_TRY(db::Statement rows,
                    database.query("SELECT version, changed_at, json FROM project WHERE id = ?1", {id.toString()}));
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return unknown(id);
        project::KeptProject kept{id, static_cast<int>(rows.integer(0)), {rows.integer(1)}, {}};
        CONTONE_TRY(kept.project, project::projectFromJson(rows.text(2)));
        return kept;
    });
}

Result<std::vector<project::ProjectSummary>> SqliteStore::projects(int limit,
                                                                   std::optional<project::ProjectId> after) const {
    return m_impl->read([&](db::Database& database) -> Result<std::vector<project::ProjectSummary>> {
        if (after) {
            CONTONE_TRY(const int kept, versionOf(database, *after));
            if (kept == 0) return unknown(*after);
        }
        return readAll<project::ProjectSummary>(
            database.query("SELECT id, version, changed_at, lines, prints FROM project WHERE ?1 = '' OR "
                           "(changed_at, id) < (SELECT changed_at, id FROM project WHERE id = ?1) "
                           "ORDER BY changed_at DESC, id DESC LIMIT ?2",
                           {after ? after->toString() : "", limit}),
            [](const db::Statement& row) -> Result<project::ProjectSummary> {
                CONTONE_TRY(const auto summaryId, idAt<project::ProjectId>(row, 0));
                return project::ProjectSummary{
                    summaryId, number(row, 1), {row.integer(2)}, number(row, 3), number(row, 4)};
            });
    });
}

Result<void> SqliteStore::eraseProject(project::ProjectId id) {
    const auto erased = m_impl->write(
        [&](db::Database& database) { return database.run("DELETE FROM project WHERE id = ?1", {id.toString()}); });
    return erased ? cutLog() : erased;
}

Result<order::Order> SqliteStore::placeProject(project::ProjectId id, int expected,
                                               const std::vector<order::OrderLine>& lines,
                                               const order::Customer& customer, const std::string& actor,
                                               const std::optional<Money>& total) {
    auto placed = m_impl->write([&](db::Database& database) -> Result<order::Order> {
        CONTONE_TRY(const int kept, versionOf(database, id));
        if (kept == 0) return unknown(id);
        CONTONE_CHECK(expectVersion(database, id, expected));
        CONTONE_CHECK(database.run("DELETE FROM project WHERE id = ?1", {id.toString()}));
        return placeIn(database, lines, customer, actor, total);
    });
    if (placed) (void)cutLog();  // if not now, then with the next that is erased; the order is placed
    return placed;
}

}  // namespace contone::store
