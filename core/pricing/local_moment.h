// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalMoment: a day and a time of day as a shop's wall shows them, and windows of such.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/enum_words.h"
#include "core/json/fields.h"

namespace contone::pricing {

enum class Weekday { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };
constexpr auto wordsOf(Weekday) {
    return enumWords<Weekday>("bad-weekday", "Name a day: mon, tue, wed, thu, fri, sat or sun.",
                              {{Weekday::Monday, "mon"},
                               {Weekday::Tuesday, "tue"},
                               {Weekday::Wednesday, "wed"},
                               {Weekday::Thursday, "thu"},
                               {Weekday::Friday, "fri"},
                               {Weekday::Saturday, "sat"},
                               {Weekday::Sunday, "sun"}});
}
using contone::toString;

/// A day of the Gregorian calendar.
struct Day {
    int year = 1970, month = 1, day = 1;
    constexpr auto operator<=>(const Day&) const = default;
    Weekday weekday() const;
    /// "2026-12-24".
    std::string toString() const;
    /// Empty for a text that is no day there is: "2026-02-30".
    static std::optional<Day> parse(std::string_view text);
    static constexpr auto fields() {
        return json::list(json::field("year", &Day::year), json::field("month", &Day::month),
                          json::field("day", &Day::day));
    }
};

/// A plain value: it knows no time zone and no clock.
struct LocalMoment {
    Day day;
    int minute = 0;  ///< since midnight, 0…1439
    constexpr auto operator<=>(const LocalMoment&) const = default;
    /// Of this computer's time zone.
    static LocalMoment of(Instant at);
    /// "2026-12-24 14:05".
    std::string toString() const;
    static constexpr auto fields() {
        return json::list(json::field("day", &LocalMoment::day), json::field("minuteOfDay", &LocalMoment::minute));
    }
};

/// When something holds. What is not said does not limit.
struct TimeWindow {
    std::optional<Day> first, last;             ///< both included
    std::array<bool, 7> weekdays{};             ///< by Weekday; none: all
    int fromMinute = 0, untilMinute = 24 * 60;  ///< of each day; `until` is the first minute that is too late
    bool operator==(const TimeWindow&) const = default;
    bool holds(const LocalMoment& at) const;
};

}  // namespace contone::pricing
