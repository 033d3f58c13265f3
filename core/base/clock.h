// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Clock: the only place that knows what time it is, so that tests can set it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace contone {

/// Milliseconds since 1970-01-01T00:00:00Z. Wall time: it may jump, so it never orders events (sequence numbers do).
struct Instant {
    std::int64_t ms = 0;
    constexpr auto operator<=>(const Instant&) const = default;
};

/// "2026-11-21T22:17:03.120Z".
std::string toString(Instant instant);

/// Thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
};

/// Milliseconds since the computer was started, sleep included: never goes back, whoever sets the wall clock. Another
/// program of the same day reads the same; after a restart of the computer it begins anew.
class SteadyClock final : public Clock {
  public:
    Instant now() const override;
};

/// Stands still until set; for tests.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Instant start) : m_ms(start.ms) {}
    Instant now() const override { return {m_ms.load()}; }
    void advance(std::int64_t ms) { m_ms += ms; }

  private:
    std::atomic<std::int64_t> m_ms;
};

}  // namespace contone
