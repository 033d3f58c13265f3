// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Interrupt: lets no page begin any more, then cuts calls to printers that nobody wants to wait for.
#pragma once

#include <atomic>
#include <memory>

namespace contone::printers {

/// Copies share it. Thread-safe. Given to a printer, announceNoMore() refuses each later Create-Job, and cut() ends the
/// call in hand within 0.3 s and each later one at once, both as if the printer did not answer.
class Interrupt {
  public:
    Interrupt() : m_flags(std::make_shared<Flags>()) {}
    void announceNoMore() const { m_flags->mayAnnounce = false; }
    bool mayAnnounce() const { return m_flags->mayAnnounce; }
    void cut() const { m_flags->cut.store(1, std::memory_order_relaxed); }
    bool isCut() const { return m_flags->cut.load(std::memory_order_relaxed) != 0; }
    /// For libcups, which looks at a number itself while it connects.
    int* flag() const {
        static_assert(sizeof(std::atomic<int>) == sizeof(int) && std::atomic<int>::is_always_lock_free);
        return reinterpret_cast<int*>(&m_flags->cut);
    }

  private:
    struct Flags {
        std::atomic<int> cut{0};
        std::atomic<bool> mayAnnounce{true};
    };
    std::shared_ptr<Flags> m_flags;
};

}  // namespace contone::printers
