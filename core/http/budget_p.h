// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Budget: how long one side may keep the other waiting, with time given back for every byte that moves.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace contone::http {

/// Runs down only between run() and pause().
class Budget {
  public:
    using Clock = std::chrono::steady_clock;

    /// `bytesPerSecond`: each byte gives 1 / `bytesPerSecond` back, up to `whole`. 0: each byte gives back the whole.
    Budget(std::chrono::milliseconds whole, int bytesPerSecond)
        : m_whole(whole), m_left(whole), m_bytesPerSecond(bytesPerSecond) {}

    void run(Clock::time_point now) {
        if (!m_since) m_since = now;
    }
    void pause(Clock::time_point now) {
        if (m_since) m_left -= now - *m_since;
        m_since.reset();
    }
    void earn(std::size_t bytes, Clock::time_point now) {
        if (m_bytesPerSecond == 0) {
            m_left = m_whole;
            if (m_since) m_since = now;
            return;
        }
        // What was waited until now is spent first: time cannot be saved up beyond the whole.
        if (m_since) {
            m_left -= now - *m_since;
            m_since = now;
        }
        const auto earned =
            std::min<std::uint64_t>(bytes, 1u << 30) * 1'000'000'000ull / static_cast<std::uint64_t>(m_bytesPerSecond);
        m_left = std::min(m_whole, m_left + std::chrono::nanoseconds(earned));
    }
    /// Never, while it does not run.
    Clock::time_point end() const { return m_since ? *m_since + m_left : Clock::time_point::max(); }
    std::chrono::nanoseconds left(Clock::time_point now) const { return m_since ? m_left - (now - *m_since) : m_left; }

  private:
    std::chrono::nanoseconds m_whole, m_left;
    int m_bytesPerSecond;
    std::optional<Clock::time_point> m_since;
};

}  // namespace contone::http
