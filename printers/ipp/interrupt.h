// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Interrupt: cuts calls to printers that nobody wants to wait for any more.
#pragma once

#include <atomic>
#include <memory>

namespace contone::printers {

/// Copies share one flag. Thread-safe. Given to a printer, cut() ends the call in hand within 0.3 s and each later one
/// at once, as if the printer did not answer.
class Interrupt {
  public:
    Interrupt() : m_flag(std::make_shared<std::atomic<int>>(0)) {}
    void cut() const { m_flag->store(1, std::memory_order_relaxed); }
    bool isCut() const { return m_flag->load(std::memory_order_relaxed) != 0; }
    /// For libcups, which looks at a number itself while it connects.
    int* flag() const {
        static_assert(sizeof(std::atomic<int>) == sizeof(int) && std::atomic<int>::is_always_lock_free);
        return reinterpret_cast<int*>(m_flag.get());
    }

  private:
    std::shared_ptr<std::atomic<int>> m_flag;
};

}  // namespace contone::printers
