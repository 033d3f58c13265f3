// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Almanac: what months and days are called, and which days are holidays where, as data files say.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/layout/calendar.h"

namespace contone::layout {

struct CalendarLanguage {
    std::string id;                       ///< BCP 47: "de", "en-us"; the file's name
    std::array<std::string, 12> months;   ///< from January on, as they stand alone
    std::array<std::string, 7> weekdays;  ///< from Monday on, short
    std::chrono::weekday firstDay;        ///< in the leftmost column
    bool operator==(const CalendarLanguage&) const = default;
};

/// When a holiday is: exactly one of the three.
struct HolidayRule {
    struct NthWeekday {
        std::chrono::weekday weekday;
        int nth = 1;  ///< 1…4 of the month; -1: the last one
        int month = 1;
        bool operator==(const NthWeekday&) const = default;
    };
    std::string name;
    std::optional<std::chrono::month_day> date;
    std::optional<int> easter;  ///< days after Easter Sunday of the Gregorian calendar, -100…100
    std::optional<NthWeekday> weekday;
    bool operator==(const HolidayRule&) const = default;
};

struct Almanac {
    std::map<std::string, CalendarLanguage> languages;
    std::map<std::string, std::vector<HolidayRule>> holidays;  ///< by file: "de", "us"
};

/// Reads `share`/calendars/*.toml and `share`/holidays/*.toml. Fails: Invalid "calendar-file", "holidays-file" with
/// file, line and key; NotFound "calendar-files-missing", "holidays-files-missing".
Result<Almanac> loadAlmanac(const Path& share);

/// Easter Sunday, 1583…9999 (the anonymous Gregorian computus; J. Meeus, Astronomical Algorithms, 1991, chapter 8).
std::chrono::year_month_day easterSunday(std::chrono::year year);
/// All of one year; names of holidays that meet on one day stand behind one another.
Holidays holidaysIn(std::chrono::year year, const std::vector<HolidayRule>& rules);

}  // namespace contone::layout
