// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Contest: the same work by us and by others, in turns, and what is asked of the figures.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/tree_run.h"

namespace contone::bench {

enum class Quantity { Processor, Wall, Memory };
enum class Sense {
    NeedsAtLeast,  ///< it needs at least `limit` times what we need
    WeNeedAtMost,  ///< we need at most `limit` times what it needs
    StaysBelow,    ///< its own figure is at most `limit` (seconds or MB)
};
struct Bound {
    Quantity quantity = Quantity::Processor;
    Sense sense = Sense::NeedsAtLeast;
    double limit = 0;
};

/// One way to do the work. All runs must leave the same kind of file.
struct Contender {
    std::string name;
    Command command;
    std::vector<Bound> bounds;
    std::function<Result<void>()> before;  ///< ahead of each run, not measured; may be empty
    int mostRounds = 1000;                 ///< slow ones take part in the first rounds only
    std::string comment;                   ///< what it leaves out or does besides
};

struct Contest {
    std::string id;                     ///< in the page's markers and for --only
    std::string title;                  ///< of its section
    std::string about;                  ///< a sentence below it; may be empty
    std::vector<Contender> contenders;  ///< the first is us, the others are compared with it
    std::string outcome;                ///< said under the table, when there is more to say than figures; may be empty
    int warmUps = 1;                    ///< our runs before the first round
    Memory memory = Memory::Sample;     ///< Ignore: too long for runs that only show memory
};

/// What a contender's runs came to. `absent`: why there are none.
struct Standing {
    std::vector<TreeUsage> rounds;  ///< in the order of the rounds
    TreeUsage memory;               ///< of the runs of their own, the highest
    std::string absent;
};

/// Median, lowest and highest.
struct Spread {
    double median = 0, low = 0, high = 0;
};
Spread spreadOf(std::vector<double> values);  ///< not of nothing
/// Of `it` divided by `us`, round by round. Nothing when either has no rounds, or for memory nothing was sampled.
std::optional<Spread> ratio(Quantity quantity, const Standing& it, const Standing& us);
/// Nothing: it cannot be said.
std::optional<bool> isMet(const Bound& bound, const Standing& it, const Standing& us);

struct Rules {
    int rounds = 5, memoryRounds = 2;
    Path log;  ///< what the programs say
};
/// In every round each contender runs once, in turns that start with another one each time. Fails when our own program
/// does; a peer that fails is absent.
Result<std::vector<Standing>> hold(const Contest& contest, const Rules& rules);

}  // namespace contone::bench
