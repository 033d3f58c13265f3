// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// All projections made anew of the events, beside those that are in use, a slice at a time.
//
// The new ones are tables with "next_" before their names. When no event is left, they and the old ones change places
// in one transaction; then the old ones are emptied, a slice at a time too, and dropped. How far it is stands in the
// table `store`, written with each slice: a power cut leaves the old projections whole, or the new ones.
#pragma once

#include <chrono>

#include "core/base/file.h"
#include "core/db/database.h"

namespace contone::store {

class Rebuild {
  public:
    /// Anew: what a rebuild before left half done is thrown away. GoOn: it is gone on with, when this version began it.
    /// OnlyTidy: it, and what was replaced, is thrown away, and nothing is made.
    enum class How { Anew, GoOn, OnlyTidy };

    /// Opens a connection of its own to the store in `file`, which is migrated and has one writer at a time. `slice`:
    /// as long as one step() may hold it, about.
    static Result<Rebuild> begin(const Path& file, How how,
                                 std::chrono::microseconds slice = std::chrono::milliseconds(10));
    /// One transaction; nobody else may write meanwhile. False: nothing is left to do. When it fails, as apply() or
    /// db::Database do, the projections in use are as they were.
    Result<bool> step();
    /// Moves what step() wrote from the log into the file, when it is much. Others may write meanwhile.
    Result<void> checkpoint();
    bool isInUse() const { return m_stage == Stage::Emptying || m_stage == Stage::Over; }  ///< the new ones are
    std::int64_t done() const { return m_position; }
    std::int64_t total() const { return m_total; }

  private:
    enum class Stage { Clearing, Creating, Filling, Emptying, Over };
    Rebuild() = default;
    Result<void> connect();
    Result<void> create();
    Result<void> fill();
    Result<void> changePlaces();
    Result<void> empty();
    Result<void> note(const std::string& how);

    Path m_file;
    db::Database m_database{};
    std::chrono::microseconds m_slice{};
    Stage m_stage = Stage::Clearing;
    bool m_makes = true, m_isCaughtUp = false;
    std::int64_t m_position = 0, m_total = 0;
    int m_sinceCheckpoint = 0;
};

}  // namespace contone::store
