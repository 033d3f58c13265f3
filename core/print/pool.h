// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pools: printers that share their work. Decides which one gets a job, how many waiting sheets a free one takes over,
// and whether the paper is enough.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/result.h"

namespace contone::print {

/// One printer as a place for a job.
struct PoolMember {
    std::string setup;
    bool usable = false;              ///< ready, not paused, the right paper loaded
    int waiting = 0;                  ///< sheets that are planned there
    int onTheWay = 0;                 ///< sheets that it has
    std::optional<int> printsLeft{};  ///< less those on their way; nullopt: nobody counts them
};

/// Best first: those that can print, of them the free ones, of them the one with the most prints left (known before not
/// known), then the one with the least to do, then by name.
std::vector<PoolMember> preferred(std::vector<PoolMember> members);

enum class Source { Working, InTrouble };
/// How many of `waiting` sheets a free sibling takes over: half of them, rounded up, from a printer that works; all of
/// them from one in trouble. Halving ends: the last sheet that waits moves at most once.
int shareFor(int waiting, Source source);

/// The answer to "is there paper for this?".
struct MediaCheck {
    enum class Answer { Yes, No, Unknown } answer = Answer::Unknown;
    int needed = 0;                 ///< sheets
    std::optional<int> printsLeft;  ///< less those planned already; of several printers, what those that count have
    std::string sentence;
    bool operator==(const MediaCheck&) const = default;
};
constexpr auto wordsOf(MediaCheck::Answer) {
    return enumWords<MediaCheck::Answer>(
        "bad-answer", "There is no such answer.",
        {{MediaCheck::Answer::Yes, "yes"}, {MediaCheck::Answer::No, "no"}, {MediaCheck::Answer::Unknown, "unknown"}});
}
using contone::toString;

/// `members`: the printers that may be used; those that are not usable count nothing.
MediaCheck checkMedia(const std::vector<PoolMember>& members, int needed);

}  // namespace contone::print
