// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ChangeSignal: wakes those who wait for changes, when something was committed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "core/base/cancel.h"

namespace contone::shop {

/// The store tells it after each commit. Thread-safe; outlives the store and the shop.
class ChangeSignal {
  public:
    /// Something was committed.
    void tell();
    /// How often tell() was called.
    std::uint64_t count() const;
    /// Returns when count() is more than `seen`, at `until`, or within a tenth of a second after `cancel`.
    void waitBeyond(std::uint64_t seen, std::chrono::steady_clock::time_point until, const CancelToken& cancel) const;

  private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_told;
    std::uint64_t m_count = 0;
};

}  // namespace contone::shop
