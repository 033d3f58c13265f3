// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tables beside tables, events into them, and two columns of the schema that change places.
#include "core/store/rebuild.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/store/check_store.h"
#include "core/store/projections.h"
#include "core/store/schema.h"

namespace contone::store {
namespace {

constexpr std::string_view next = "next_", row = "rebuild", emptying = "emptying";
/// Of those that refer to others before those.
constexpr std::array<const char*, 10> projections{"receipt",    "payment",    "sheet",  "job",   "recipe",
                                                  "order_blob", "order_line", "orders", "setup", "printer_condition"};

using Clock = std::chrono::steady_clock;

/// What another version began is of no use.
std::string begunBy() {
    return std::to_string(projectionsVersion) + "." + std::to_string(migrations().back().number);
}

std::unexpected<Error> strange(const std::string& detail) {
    return fail(Code::Internal, "store-error", "The store of orders reported an error. Try again.",
                "rebuild: " + detail);
}

struct Piece {
    std::string type, name, table, sql;
    std::int64_t root = 0;
};

/// The tables and indexes of the projections in use, or of those beside them.
Result<std::vector<Piece>> piecesOf(db::Database& database, std::string_view prefix) {
    std::vector<Piece> all;
    for (const char* const table : projections) {
        CONTONE_TRY(db::Statement rows,
                    database.query("SELECT type, name, tbl_name, coalesce(sql, ''), rootpage FROM sqlite_schema "
                                   "WHERE tbl_name = ?1 AND type IN ('table', 'index') ORDER BY type DESC, name",
                                   {std::string(prefix) + table}));
        for (;;) {
            CONTONE_TRY(const bool isRow, rows.step());
            if (!isRow) break;
            all.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.integer(4)});
        }
    }
    return all;
}

/// The name of the same piece beside the one in use.
std::string besideName(const Piece& piece) {
    constexpr std::string_view automatic = "sqlite_autoindex_";
    if (!piece.name.starts_with(automatic)) return std::string(next) + piece.name;
    return std::string(automatic) + std::string(next) + piece.name.substr(automatic.size());
}

/// The words that make the same piece beside it. What refers to others refers to nothing: it would be to the tables in
/// use.
Result<std::string> besideSql(const Piece& piece) {
    const std::string made = piece.type == "table" ? "TABLE " : "INDEX ";
    const auto at = piece.sql.find(made + piece.name);
    if (at == std::string::npos) return strange(piece.sql);
    std::string sql = piece.sql;
    sql.insert(at + made.size(), next);
    if (piece.type == "index") {
        const std::string on = " ON " + piece.table;
        const auto table = sql.find(on);
        if (table == std::string::npos) return strange(piece.sql);
        sql.insert(table + 4, next);
    }
    for (auto from = sql.find(" REFERENCES "); from != std::string::npos; from = sql.find(" REFERENCES "))
        sql.erase(from, sql.find(')', from) + 1 - from);
    return sql;
}

Result<std::vector<std::string>> tablesBeside(db::Database& database) {
    CONTONE_TRY(db::Statement rows, database.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE "
                                                   "'next\\_%' ESCAPE '\\' ORDER BY name"));
    std::vector<std::string> all;
    for (;;) {
        CONTONE_TRY(const bool isRow, rows.step());
        if (!isRow) return all;
        all.push_back(rows.text(0));
    }
}

/// Deletes a hundred rows or what is there. Indexes go with them row by row: that is what takes long in one piece.
Result<std::int64_t> deleteSome(db::Database& database, const std::string& table) {
    CONTONE_TRY(std::string key,
                database.text("SELECT CASE (SELECT wr FROM pragma_table_list(?1)) WHEN 0 THEN 'rowid' ELSE (SELECT "
                              "group_concat(name) FROM pragma_table_info(?1) WHERE pk > 0) END",
                              {table}));
    CONTONE_CHECK(database.run("DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table +
                               " ORDER BY " + key + " LIMIT 100)"));
    return database.changes();
}

}  // namespace

Result<Rebuild> Rebuild::begin(const Path& file, How how, std::chrono::microseconds slice) {
    Rebuild rebuild;
    rebuild.m_file = file;
    rebuild.m_slice = slice;
    rebuild.m_makes = how != How::OnlyTidy;
    CONTONE_CHECK(rebuild.connect());
    CONTONE_TRY(rebuild.m_total, rebuild.m_database.integer("SELECT coalesce(max(position), 0) FROM event"));
    const auto kept = rebuild.m_database.text("SELECT value FROM store WHERE name = ?1", {row});
    if (!kept && kept.error().reason != "row-missing") return std::unexpected(kept.error());
    const std::string mine = begunBy() + " ";
    if (how == How::GoOn && kept && kept->starts_with(mine)) {
        std::from_chars(kept->data() + mine.size(), kept->data() + kept->size(), rebuild.m_position);
        rebuild.m_stage = Stage::Filling;
    }
    return rebuild;
}

// A new one also forgets what it knew of the schema.
Result<void> Rebuild::connect() {
    m_database = {};
    CONTONE_TRY(m_database, db::Database::open(m_file, db::Missing::Fail));
    CONTONE_CHECK(harden(m_database));
    // NORMAL: a power cut may take slices back, never a part of one. What is deleted here stands in the events, which
    // stay: nothing is wiped.
    CONTONE_CHECK(
        m_database.script("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF; "
                          "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -131072;"));
    m_database.whenClosed(db::Database::Close::LeavesFiles);
    return {};
}

Result<void> Rebuild::note(const std::string& how) {
    return m_database.run(
        "INSERT INTO store (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {row, how});
}

Result<bool> Rebuild::step() {
    if (m_stage == Stage::Over) return false;
    // Durable before others build on it.
    if (m_stage == Stage::Filling && m_isCaughtUp) CONTONE_CHECK(m_database.run("PRAGMA synchronous = FULL"));
    const Stage before = m_stage;
    CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(m_database, db::Lock::Immediate));
    CONTONE_CHECK(before == Stage::Creating ? create() : before == Stage::Filling ? fill() : empty());
    CONTONE_CHECK(transaction.commit());
    m_sinceCheckpoint++;
    if (before == Stage::Filling && m_stage == Stage::Emptying) CONTONE_CHECK(connect());
    return m_stage != Stage::Over;
}

Result<void> Rebuild::checkpoint() {
    constexpr int stepsInLog = 4;
    if (m_sinceCheckpoint < stepsInLog) return {};
    m_sinceCheckpoint = 0;
    return m_database.run("PRAGMA wal_checkpoint(PASSIVE)");
}

Result<void> Rebuild::create() {
    CONTONE_TRY(const auto pieces, piecesOf(m_database, ""));
    for (const Piece& piece : pieces) {
        if (piece.sql.empty()) continue;  // comes with its table
        CONTONE_TRY(const std::string sql, besideSql(piece));
        CONTONE_CHECK(m_database.run(sql));
    }
    m_position = 0;
    CONTONE_CHECK(note(begunBy() + " 0"));
    m_stage = Stage::Filling;
    return {};
}

Result<void> Rebuild::fill() {
    m_database.useOtherTables({projections.begin(), projections.end()}, std::string(next));
    const auto until = Clock::now() + m_slice;
    constexpr int page = 100;
    for (bool inTime = true; inTime;) {
        CONTONE_TRY(const auto events, readEvents(m_database, m_position, page));
        for (const Stored& stored : events) {
            CONTONE_CHECK(apply(m_database, stored));
            m_position = stored.position;
            if (inTime = Clock::now() < until; !inTime) break;
        }
        m_total = std::max(m_total, m_position);
        if (!inTime || !events.empty()) continue;
        if (m_isCaughtUp) return changePlaces();
        m_isCaughtUp = true;
        break;
    }
    return note(begunBy() + " " + std::to_string(m_position));
}

// Nothing moves and nothing gets another name: the schema says where a table begins, and says it of the other one.
Result<void> Rebuild::changePlaces() {
    m_database.useOtherTables({}, {});
    CONTONE_TRY(const auto inUse, piecesOf(m_database, ""));
    CONTONE_TRY(const auto beside, piecesOf(m_database, next));
    if (inUse.size() != beside.size()) return strange("not the same tables");
    CONTONE_CHECK(m_database.run("PRAGMA writable_schema = ON"));
    for (const Piece& piece : inUse) {
        const auto other = std::ranges::find(beside, besideName(piece), &Piece::name);
        if (other == beside.end() || other->type != piece.type || other->root == 0) return strange(piece.name);
        constexpr std::string_view put = "UPDATE sqlite_schema SET rootpage = ?2 WHERE name = ?1";
        CONTONE_CHECK(m_database.run(put, {piece.name, other->root}));
        CONTONE_CHECK(m_database.run(put, {other->name, piece.root}));
    }
    CONTONE_TRY(const std::int64_t schema, m_database.integer("PRAGMA schema_version"));
    CONTONE_CHECK(m_database.run("PRAGMA schema_version = " + std::to_string(schema + 1)));
    CONTONE_CHECK(note(std::string(emptying)));
    CONTONE_CHECK(
        m_database.run("INSERT INTO store (name, value) VALUES ('projections', ?1) ON CONFLICT (name) DO "
                       "UPDATE SET value = excluded.value",
                       {std::to_string(projectionsVersion)}));
    m_stage = Stage::Emptying;
    m_makes = false;
    return {};
}

Result<void> Rebuild::empty() {
    CONTONE_TRY(const auto tables, tablesBeside(m_database));
    if (!tables.empty()) CONTONE_CHECK(note(std::string(emptying)));
    const auto until = Clock::now() + m_slice;
    for (const std::string& table : tables) {
        for (std::int64_t gone = 1; gone > 0;) {
            CONTONE_TRY(gone, deleteSome(m_database, table));
            if (gone > 0 && Clock::now() >= until) return {};
        }
        CONTONE_CHECK(m_database.run("DROP TABLE " + table));
    }
    CONTONE_CHECK(m_database.run("DELETE FROM store WHERE name = ?1", {row}));
    m_stage = m_makes ? Stage::Creating : Stage::Over;
    return {};
}

}  // namespace contone::store
