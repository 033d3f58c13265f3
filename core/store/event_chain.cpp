// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Hashes event after event, origin by origin.
#include "core/store/event_chain.h"

#include "core/base/sha256.h"
#include "core/store/event_log.h"

namespace contone::store {
namespace {

void add(std::string& text, std::string_view field) {
    text += std::to_string(field.size());
    text += ':';
    text += field;
}

/// One origin's events in their order, each with the hash that it must have; "" while nothing is known of it.
struct Chain {
    std::string head;
    std::int64_t length = 0;
    bool isHashed = false;  ///< the last one had its hash
};

std::unexpected<Error> broken(const order::Event& event, const char* how) {
    return fail(Code::Corrupt, "store-chain",
                "The record of what happened was changed or is not complete. Restore the store from a backup.",
                event.origin + " #" + std::to_string(event.originSeq) + ": " + how);
}

/// Follows the events of an origin from the first one; `each(event, hash)` may stop it.
Result<Chain> follow(db::Database& database, const std::string& origin, bool onlyOlder) {
    Chain chain;
    for (;;) {
        CONTONE_TRY(const auto page, readOrigin(database, origin, chain.length, 1000));
        for (const Stored& stored : page) {
            const order::Event& event = stored.event;
            if (onlyOlder && !event.hash.empty()) return chain;
            if (event.originSeq != chain.length + 1) return broken(event, "one before it is missing");
            chain.head = chainHash(chain.head, event);
            chain.length++;
            if (event.hash.empty() && chain.isHashed) return broken(event, "it has lost its hash");
            chain.isHashed = !event.hash.empty();
            if (!event.hash.empty() && event.hash != chain.head) return broken(event, "its hash does not fit");
        }
        if (page.empty()) return chain;
    }
}

}  // namespace

std::string chainHash(const std::string& before, const order::Event& event) {
    std::string text;
    text.reserve(event.json.size() + 400);
    for (const std::string_view field : {std::string_view(before), std::string_view(event.origin)}) add(text, field);
    add(text, std::to_string(event.originSeq));
    add(text, event.id.toString());
    add(text, event.stream);
    add(text, std::to_string(event.streamSeq));
    add(text, event.type);
    add(text, std::to_string(event.schemaVersion));
    add(text, event.causation.isNil() ? "" : event.causation.toString());
    add(text, event.json);
    add(text, std::to_string(event.at.ms));
    add(text, event.actor);
    return Sha256::of(text).toString();
}

Result<std::string> chainHead(db::Database& database, const std::string& origin) {
    auto last = database.text("SELECT hash FROM event WHERE origin = ?1 ORDER BY origin_seq DESC LIMIT 1", {origin});
    if (!last && last.error().reason == "row-missing") return std::string();
    if (!last || !last->empty()) return last;
    const std::string name = "chain/" + origin;
    auto kept = database.text("SELECT value FROM store WHERE name = ?1", {name});
    if (kept || kept.error().reason != "row-missing") return kept;
    CONTONE_TRY(const Chain older, follow(database, origin, true));
    CONTONE_CHECK(database.run("INSERT INTO store (name, value) VALUES (?1, ?2)", {name, older.head}));
    return older.head;
}

Result<void> checkChain(db::Database& database) {
    CONTONE_TRY(db::Statement rows, database.query("SELECT DISTINCT origin FROM event"));
    std::vector<std::string> origins;
    for (;;) {
        CONTONE_TRY(const bool row, rows.step());
        if (!row) break;
        origins.push_back(rows.text(0));
    }
    for (const std::string& origin : origins) CONTONE_CHECK(follow(database, origin, false));
    return {};
}

}  // namespace contone::store
