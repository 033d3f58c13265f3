// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Days, and whether a moment lies in a window of them.
#include "core/pricing/local_moment.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>

namespace contone::pricing {

namespace {

std::chrono::year_month_day calendarDay(const Day& day) {
    return std::chrono::year(day.year) / day.month / day.day;
}

/// The number of exactly these digits.
std::optional<int> numberIn(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.front() == '-') return std::nullopt;
    return value;
}

}  // namespace

Weekday Day::weekday() const {
    const std::chrono::weekday at(std::chrono::sys_days(calendarDay(*this)));
    return Weekday(at.iso_encoding() - 1);
}

std::string Day::toString() const {
    return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::optional<Day> Day::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = numberIn(text.substr(0, 4)), m = numberIn(text.substr(5, 2)), d = numberIn(text.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    const Day day{*y, *m, *d};
    return calendarDay(day).ok() ? std::optional(day) : std::nullopt;
}

LocalMoment LocalMoment::of(Instant at) {
    const std::time_t seconds = at.ms / 1000;
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return {{parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday}, parts.tm_hour * 60 + parts.tm_min};
}

std::string LocalMoment::toString() const {
    return fmt::format("{} {:02}:{:02}", day.toString(), minute / 60, minute % 60);
}

bool TimeWindow::holds(const LocalMoment& at) const {
    if ((first && at.day < *first) || (last && at.day > *last)) return false;
    const bool isAnyDay = std::ranges::none_of(weekdays, [](bool is) { return is; });
    if (!isAnyDay && !weekdays.at(std::size_t(at.day.weekday()))) return false;
    return at.minute >= fromMinute && at.minute < untilMinute;
}

}  // namespace contone::pricing
