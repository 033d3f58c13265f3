// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What store tests share: orders to place, sheets to plan, every table as text.
#pragma once

#include <QtGlobal>
#include <map>
#include <string>

#include "core/db/database.h"
#include "core/store/schema.h"
#include "core/store/sqlite_store.h"

namespace contone::storetest {

inline order::OrderLine line(const Clock& clock, int copies, const std::string& photo = "photo") {
    return {LineId::generate(clock), Sha256::of(photo), "10x15", copies, {.fit = order::Fit::Whole}, {35, "EUR"}};
}

/// What an order costs; the store keeps it as it is told.
inline const order::AgreedPrice agreed{{105, "EUR"}, {}};

inline print::PrinterSetup setup(const std::string& name) {
    print::PrinterSetup s;
    s.name = name;
    s.route = {print::RouteKind::Sim, "out"};
    s.model = "dnp-ds620";
    s.medium = "4x6";
    s.finish = "glossy";
    s.profile = Sha256::of("profile");
    return s;
}

/// A page that shows this original, and nothing that anybody could render.
inline print::Page pageOf(const Sha256& original) {
    return render::Recipe{.photos = {{.original = original}}};
}

/// One planned sheet for every copy of every line.
inline std::vector<print::PlannedSheet> sheetsFor(const order::Order& order) {
    std::vector<print::PlannedSheet> sheets;
    for (const order::OrderLine& l : order.lines)
        for (int copy = 1; copy <= l.copies; copy++) sheets.push_back({l.id, copy, pageOf(l.original)});
    return sheets;
}

inline print::SheetMove to(print::SheetState state) {
    return {state, "", "", {}, {}, {}, "agent"};
}

/// A closed store as a version with so many migrations had it: the same events and customers, in another folder. Its
/// projections are empty, as if it had been stopped there: this version makes them anew.
inline Path asOfSchema(const Path& folder, int version,
                       const std::string& eventColumns = "schema_version, causation, json") {
    const Path old = folder.parent_path() / ("schema-" + std::to_string(version));
    std::filesystem::create_directories(old);
    std::filesystem::copy_file(folder / "origin", old / "origin");
    auto database = db::Database::open(old / "contone.db", db::Missing::Create);
    const auto made = db::migrate(*database, store::migrations().first(static_cast<std::size_t>(version)));
    const auto copied = database->script(
        "ATTACH '" + (folder / "contone.db").string() +
        "' AS new;"
        "INSERT INTO store SELECT * FROM new.store WHERE name = 'origin';" +
        std::string(version < 10 ? "INSERT INTO customer SELECT order_id, json_extract(content, '$.name'), "
                                   "json_extract(content, '$.fileNames') FROM new.personal WHERE what = 'customer';"
                                 : "INSERT INTO order_key SELECT * FROM new.order_key;"
                                   "INSERT INTO personal SELECT * FROM new.personal;") +
        "INSERT INTO event (position, id, origin, origin_seq, stream, stream_seq, type, schema_version, causation, "
        "json, "
        "at, actor) SELECT position, id, origin, origin_seq, stream, stream_seq, type, " +
        eventColumns + ", at, actor FROM new.event; DETACH new;");
    if (!made || !copied) qFatal("%s", (made ? copied : made).error().detail.c_str());
    return old;
}

/// All rows of all tables of a closed store, table → text.
inline std::map<std::string, std::string> dump(const Path& folder) {
    std::map<std::string, std::string> tables;
    auto db = db::Database::open(folder / "contone.db", db::Missing::Fail);
    if (!db) return tables;
    auto names = db->query(
        "SELECT name, (SELECT group_concat('quote(' || p.name || ')', '||''|''||') FROM "
        "pragma_table_info(s.name) p) FROM sqlite_schema s WHERE type = 'table' ORDER BY name");
    while (names && names->step().value_or(false)) {
        auto rows = db->query("SELECT " + names->text(1) + " AS r FROM \"" + names->text(0) + "\" ORDER BY r");
        std::string& text = tables[names->text(0)];
        while (rows && rows->step().value_or(false)) text += rows->text(0) + "\n";
    }
    return tables;
}

/// "ok" when the closed store is whole: SQLite's own check, no gaps in sequences, no half orders or jobs.
inline std::string wholeness(const Path& folder) {
    auto db = db::Database::open(folder / "contone.db", db::Missing::Fail);
    if (!db) return db.error().detail;
    const auto health = db->text("PRAGMA integrity_check");
    if (!health || *health != "ok") return health ? *health : health.error().detail;
    const std::pair<const char*, const char*> mustBeNone[]{
        {"gap in origin",
         "SELECT count(*) FROM (SELECT max(origin_seq) m, count(*) c FROM event GROUP BY origin) WHERE m <> c"},
        {"gap in stream",
         "SELECT count(*) FROM (SELECT max(stream_seq) m, count(*) c FROM event GROUP BY stream) WHERE m <> c"},
        {"order without event", "SELECT count(*) FROM orders WHERE 'order/' || id NOT IN (SELECT stream FROM event)"},
        {"event without order",
         "SELECT count(*) FROM event WHERE type = 'order-placed' AND substr(stream, 7) NOT IN (SELECT id "
         "FROM orders)"},
        {"order without lines", "SELECT count(*) FROM orders WHERE id NOT IN (SELECT order_id FROM order_line)"},
        {"order without customer", "SELECT count(*) FROM orders WHERE id NOT IN (SELECT order_id FROM personal)"},
        {"job without its sheets",
         "SELECT count(*) FROM job WHERE sheets <> (SELECT count(*) FROM sheet WHERE job_id = job.id)"},
        {"sheet state without event",
         "SELECT count(*) FROM sheet WHERE state <> coalesce((SELECT json_extract(json, '$.to') FROM event WHERE type "
         "= "
         "'sheet-moved' AND json_extract(json, '$.sheet') = sheet.id ORDER BY position DESC LIMIT 1), 'planned')"},
    };
    for (const auto& [what, sql] : mustBeNone) {
        const auto count = db->integer(sql);
        if (!count) return count.error().detail;
        if (*count != 0) return std::string(what) + ": " + std::to_string(*count);
    }
    return "ok";
}

/// The same of a store that erased customers: they are meant to be gone; everything else must be whole.
inline std::string wholeButErased(const Path& folder) {
    const std::string found = wholeness(folder);
    return found.starts_with("order without customer") ? "ok" : found;
}

}  // namespace contone::storetest
