// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// System time and how an instant is written.
#include "core/base/clock.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>

namespace contone {

Instant SystemClock::now() const {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

Instant SteadyClock::now() const {
    timespec since{};
    ::clock_gettime(CLOCK_BOOTTIME, &since);
    return {since.tv_sec * std::int64_t{1000} + since.tv_nsec / 1'000'000};
}

std::string toString(Instant instant) {
    std::int64_t seconds = instant.ms / 1000, ms = instant.ms % 1000;
    if (ms < 0) {
        ms += 1000;
        seconds -= 1;
    }
    const auto t = static_cast<std::time_t>(seconds);
    std::tm tm{};
    gmtime_r(&t, &tm);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                       tm.tm_hour, tm.tm_min, tm.tm_sec, ms);
}

}  // namespace contone
