// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Changes: the feed of facts, by which programs stay up to date without asking for everything again.
#pragma once

#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

/// A program asks with no token first: the answer, at once, has only the newest token. If it then reads the state and
/// follows from that token on, it misses nothing. A client that waits does not cost the shop a thread or a query.
struct FollowChanges {
    using Answer = Changes;
    static constexpr int mostAtOnce = 500;
    static constexpr int longestWaitMs = 30'000;
    static constexpr OperationTerms terms{
        .name = "follow-changes",
        .does =
            "Waits for what happens after a place in the feed of changes; answers with nothing when the time is "
            "over.",
        .answer = "Changes, at most 500: the facts as they are stored, and the token to go on with",
        .fails = "bad-token, bad-wait",
        .effect = Effect::Reads,
        .within = std::chrono::seconds(60)};
    std::string token;  ///< of the last answer; empty: from now on; "0": from the beginning
    int waitMs = 0;     ///< 0: answers at once
    static constexpr auto fields() {
        return json::list(json::field("token", &FollowChanges::token, json::Absent::KeepsDefault),
                          json::field("waitMs", &FollowChanges::waitMs,
                                      json::Range{0, longestWaitMs, "bad-wait", "Wait between 0 and 30000 ms."},
                                      json::Absent::KeepsDefault));
    }
};

}  // namespace contone::shop
