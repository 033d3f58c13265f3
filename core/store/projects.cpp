// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the ProjectStore: one row a project.
#include "core/order/order_event.h"
#include "core/store/personal.h"
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

// Also what was taken out since: whoever undoes that finds the photo.
Result<void> noteProjectBlobs(db::Database& database, project::ProjectId id, const project::Project& project) {
    for (const Sha256& original : project::originalsOf(project))
        CONTONE_CHECK(database.run("INSERT OR IGNORE INTO project_blob (project_id, blob) VALUES (?1, ?2)",
                                   {id.toString(), original.toString()}));
    return {};
}

Result<void> noteAllProjectBlobs(db::Database& database) {
    struct Row {
        project::ProjectId id;
        std::string json;
    };
    CONTONE_TRY(const auto rows,
                readAll<Row>(database.query("SELECT order_id, content FROM personal JOIN order_key USING (order_id) "
                                            "WHERE what = 'project' AND key = ''"),
                             [](const db::Statement& row) -> Result<Row> {
                                 CONTONE_TRY(const auto id, idAt<project::ProjectId>(row, 0));
                                 return Row{id, row.text(1)};
                             }));
    for (const Row& row : rows) {
        CONTONE_TRY(const project::Project project, project::projectFromJson(row.json));
        CONTONE_CHECK(noteProjectBlobs(database, row.id, project));
    }
    return {};
}

Result<int> SqliteStore::saveProject(project::ProjectId id, int before, const project::Project& project,
                                     const std::string& actor) {
    int prints = 0;
    project.lines().each([&](const project::Line& line) { prints += line.copies; });
    const std::string json = toJson(project);
    std::optional<keys::KeyId> key;
    if (before == 0) {
        CONTONE_TRY(key, m_impl->newKey());
    }
    return m_impl->write([&](db::Database& database) -> Result<int> {
        CONTONE_CHECK(expectVersion(database, id, before));
        CONTONE_TRY(const auto draft, findOrder(database, orderOf(id)));
        if (draft && draft->state != order::OrderState::Draft)
            return fail(Code::Conflict, "project-changed",
                        "These photos and choices were ordered or erased already. Begin anew.", toString(draft->state));
        if (!draft) CONTONE_CHECK(draftIn(database, orderOf(id), actor));
        CONTONE_CHECK(database.run(
            "INSERT OR REPLACE INTO project (id, version, changed_at, lines, prints) VALUES (?1, ?2, ?3, ?4, ?5)",
            {id.toString(), before + 1, m_impl->clock.now().ms, static_cast<std::int64_t>(project.lines().size()),
             prints}));
        CONTONE_CHECK(beginPersonal(database, orderOf(id), key));
        CONTONE_CHECK(writePersonal(database, m_impl->ring, orderOf(id), projectRow, json));
        CONTONE_CHECK(noteProjectBlobs(database, id, project));
        return before + 1;
    });
}

Result<project::KeptProject> SqliteStore::project(project::ProjectId id) const {
    return m_impl->read([&](db::Database& database) -> Result<project::KeptProject> {
        project::KeptProject kept{id, 0, {}, {}};
        {
            CONTONE_TRY(db::Statement rows,
                        database.query("SELECT version, changed_at FROM project WHERE id = ?1", {id.toString()}));
            CONTONE_TRY(const bool row, rows.step());
            if (!row) return unknown(id);
            kept.version = number(rows, 0);
            kept.changedAt = {rows.integer(1)};
        }
        CONTONE_TRY(const auto text, readPersonal(database, m_impl->ring, orderOf(id), projectRow));
        if (!text) return unknown(id);
        CONTONE_TRY(kept.project, project::projectFromJson(*text));
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

Result<void> SqliteStore::eraseProject(project::ProjectId id, const std::string& actor) {
    const auto erased = m_impl->write([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(database.run("DELETE FROM project WHERE id = ?1", {id.toString()}));
        CONTONE_TRY(const auto draft, findOrder(database, orderOf(id)));
        if (draft && draft->state != order::OrderState::Draft) return {};  // it became an order, or was erased before
        CONTONE_CHECK(eraseBlobs(database, orderOf(id), BlobsOf::Project));
        CONTONE_CHECK(erasePersonal(database, orderOf(id)));
        if (draft)
            CONTONE_CHECK(
                m_impl->record(database, order::orderStream(draft->id), order::Cancelled{"not-ordered"}, actor));
        return {};
    });
    if (!erased) return erased;
    return finishErasing();
}

Result<order::Order> SqliteStore::placeProject(project::ProjectId id, int expected,
                                               const std::vector<order::OrderLine>& lines,
                                               const order::AgreedPrice& price, const order::Customer& customer,
                                               const std::string& actor) {
    auto placed = m_impl->write([&](db::Database& database) -> Result<order::Order> {
        CONTONE_TRY(const int kept, versionOf(database, id));
        if (kept == 0) return unknown(id);
        CONTONE_CHECK(expectVersion(database, id, expected));
        CONTONE_CHECK(database.run("DELETE FROM project WHERE id = ?1", {id.toString()}));
        CONTONE_CHECK(dropPersonal(database, orderOf(id), projectRow));
        CONTONE_TRY(order::Order order, placeIn(database, orderOf(id), {}, lines, price, customer, actor));
        CONTONE_CHECK(eraseBlobs(database, orderOf(id), BlobsOf::Project));  // photos that were taken out again
        return order;
    });
    if (placed) (void)cutLog();  // if not now, then with the next that is erased; the order is placed
    return placed;
}

}  // namespace contone::store
