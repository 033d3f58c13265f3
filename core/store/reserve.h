// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reserve: space on the disk that is kept for what must be written down even when the disk is full: that a card was
// charged, that a print came out.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

#include "core/base/file.h"

namespace contone::store {

/// A file of 4 MB that holds nothing. Thread-safe.
class Reserve {
  public:
    static constexpr off_t bytes = off_t{4} << 20;

    explicit Reserve(Path file) : m_file(std::move(file)) {}
    /// Makes it when it is not there. Where there is no space for it there is none, which is no failure.
    void keep();
    /// The same, a minute after the last try at the soonest; costs nothing while it is there.
    void keepAgain();
    /// Gives its space to whoever writes next. False: there was none.
    bool giveUp();
    /// Makes it first, when there is space by now.
    bool isThere();

  private:
    const Path m_file;
    std::mutex m_guard;  ///< of making and giving up
    std::atomic<bool> m_isThere = false;
    std::atomic<std::chrono::steady_clock::rep> m_triedAt = 0;
};

}  // namespace contone::store
