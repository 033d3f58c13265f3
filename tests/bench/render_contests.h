// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The contests of ./dev bench render, one function each, in the order of docs/performance.md.
#pragma once

#include "tests/bench/bench_photos.h"
#include "tests/bench/contest.h"

namespace contone::bench {

struct Bench {
    BenchPhotos& photos;
    Path programs;  ///< contone and its decoders
    Path peers;     ///< our own small programs around other libraries
    Path folder;    ///< for outputs and caches
    Path profile;   ///< the RGB table profile that everybody converts to
    int queue;      ///< photos in the queue's contest
};

struct ContestEntry {
    const char* id;
    Result<Contest> (*make)(const Bench&);
};
const std::vector<ContestEntry>& renderContests();

}  // namespace contone::bench
