// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The event table: sequences without gaps, because they are counted inside the writing transaction.
#include "core/store/event_log.h"

#include "core/store/event_chain.h"
#include "core/store/rows.h"

namespace contone::store {

Result<Stored> append(db::Database& database, const Clock& clock, const std::string& origin, const Draft& draft) {
    if (order::ownerOf(draft.stream) == order::Owner::Nobody)
        return fail(Code::Internal, "stream-unowned", "This record belongs to nobody. Nothing was changed.",
                    draft.stream);
    CONTONE_TRY(const std::int64_t originSeq,
                database.integer("SELECT coalesce(max(origin_seq), 0) + 1 FROM event WHERE origin = ?1", {origin}));
    CONTONE_TRY(
        const std::int64_t streamSeq,
        database.integer("SELECT coalesce(max(stream_seq), 0) + 1 FROM event WHERE stream = ?1", {draft.stream}));
    CONTONE_TRY(const std::int64_t position, database.integer("SELECT coalesce(max(position), 0) + 1 FROM event"));
    Stored stored{position,
                  {EventId::generate(clock),
                   origin,
                   originSeq,
                   draft.stream,
                   streamSeq,
                   draft.type,
                   draft.schemaVersion,
                   EventId{},
                   draft.json,
                   clock.now(),
                   draft.actor,
                   {}}};
    order::Event& e = stored.event;
    CONTONE_TRY(const std::string before, chainHead(database, origin));
    e.hash = chainHash(before, e);
    CONTONE_CHECK(
        database.run("INSERT INTO event (position, id, origin, origin_seq, stream, stream_seq, type, schema_version, "
                     "causation, json, at, actor, hash) "
                     "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9, ?10, ?11, ?12)",
                     {position, e.id.toString(), e.origin, e.originSeq, e.stream, e.streamSeq, e.type, e.schemaVersion,
                      e.json, e.at.ms, e.actor, e.hash}));
    return stored;
}

namespace {

constexpr std::string_view columns =
    "SELECT position, id, origin, origin_seq, stream, stream_seq, type, schema_version, causation, json, at, actor, "
    "hash "
    "FROM event ";

Result<std::vector<Stored>> eventsFrom(db::Statement rows) {
    std::vector<Stored> events;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) return events;
        Stored stored{rows.integer(0), {}};
        order::Event& e = stored.event;
        CONTONE_TRY(e.id, idAt<EventId>(rows, 1));
        e.origin = rows.text(2);
        e.originSeq = rows.integer(3);
        e.stream = rows.text(4);
        e.streamSeq = rows.integer(5);
        e.type = rows.text(6);
        e.schemaVersion = static_cast<int>(rows.integer(7));
        if (!rows.isNull(8)) {
            CONTONE_TRY(e.causation, idAt<EventId>(rows, 8));
        }
        e.json = rows.text(9);
        e.at = {rows.integer(10)};
        e.actor = rows.text(11);
        e.hash = rows.text(12);
        events.push_back(std::move(stored));
    }
}

}  // namespace

Result<std::vector<Stored>> readEvents(db::Database& database, std::int64_t after, int limit) {
    CONTONE_TRY(db::Statement rows,
                database.query(std::string(columns) + "WHERE position > ?1 ORDER BY position LIMIT ?2",
                               {after, std::max(limit, 0)}));
    return eventsFrom(std::move(rows));
}

Result<std::vector<Stored>> readOrigin(db::Database& database, const std::string& origin, std::int64_t after,
                                       int limit) {
    CONTONE_TRY(
        db::Statement rows,
        database.query(std::string(columns) + "WHERE origin = ?1 AND origin_seq > ?2 ORDER BY origin_seq LIMIT ?3",
                       {origin, after, std::max(limit, 0)}));
    return eventsFrom(std::move(rows));
}

Result<std::vector<Stored>> readBetween(db::Database& database, Instant from, Instant until, std::string_view type) {
    CONTONE_TRY(db::Statement rows,
                database.query(std::string(columns) + "WHERE at >= ?1 AND at < ?2 AND type = ?3 ORDER BY position",
                               {from.ms, until.ms, type}));
    return eventsFrom(std::move(rows));
}

Result<std::vector<Stored>> readStream(db::Database& database, const std::string& stream) {
    CONTONE_TRY(db::Statement rows,
                database.query(std::string(columns) + "WHERE stream = ?1 ORDER BY position", {stream}));
    return eventsFrom(std::move(rows));
}

}  // namespace contone::store
