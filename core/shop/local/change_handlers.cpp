// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The change feed: read from the store when something was committed, and not before.
#include <charconv>

#include "core/shop/local/handlers_p.h"

namespace contone::shop {
namespace {

/// A token is the position of the newest event that its holder knows.
Result<std::int64_t> positionOf(const std::string& token) {
    std::int64_t position = 0;
    const char* const end = token.data() + token.size();
    const auto read = std::from_chars(token.data(), end, position);
    // Zeros before the digits could make it as long as a request may be, and a client that waits is kept with its
    // token.
    constexpr std::size_t longest = 20;
    if (token.size() > longest || read.ec != std::errc{} || read.ptr != end || position < 0)
        return fail(Code::Invalid, "bad-token",
                    "This is no place in the feed of changes. Ask without a token first, and read the state anew.",
                    token.substr(0, 60));
    return position;
}

}  // namespace

Result<Changes> Handlers::handle(const FollowChanges& asked, const Asking& by) {
    if (asked.token.empty()) {
        CONTONE_TRY(const std::int64_t latest, m_parts.orders.latestPosition());
        return Changes{{}, std::to_string(latest), false};
    }
    CONTONE_TRY(const std::int64_t position, positionOf(asked.token));
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(asked.waitMs);
    for (;;) {
        const std::uint64_t seen = m_parts.changes.count();  // before reading: nothing falls in between
        CONTONE_TRY(const auto events, m_parts.orders.eventsAfter(position, FollowChanges::mostAtOnce + 1));
        Changes changes{{}, asked.token, std::ssize(events) > FollowChanges::mostAtOnce};
        for (const auto& e : events) {
            if (std::ssize(changes.items) == FollowChanges::mostAtOnce) break;
            changes.items.push_back({e.event.type, e.event.stream, e.event.json});
            changes.token = std::to_string(e.position);
        }
        if (!changes.items.empty() || by.cancel.isCancelled() || std::chrono::steady_clock::now() >= until)
            return changes;
        m_parts.changes.waitBeyond(seen, until, by.cancel);
    }
}

}  // namespace contone::shop
