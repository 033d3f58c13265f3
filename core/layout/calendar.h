// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// calendarMonth: the weeks and days of one month, as a calendar page shows them, in numbers of no language.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/layout/box.h"

namespace contone::layout {

/// Names of holidays by date; whoever asks for a calendar brings them.
using Holidays = std::map<std::chrono::year_month_day, std::string>;

/// A day on the page: of the month, or of the one before or after it in the same week.
enum class DayOf { MonthBefore, Month, MonthAfter };

struct CalendarDay {
    std::chrono::year_month_day date;
    DayOf of = DayOf::Month;
    std::string holiday;  ///< empty: none
    bool operator==(const CalendarDay&) const = default;
};

struct CalendarWeek {
    int number = 0;  ///< 1 … 53, ISO 8601: of the week that the Thursday in this row belongs to
    std::array<CalendarDay, 7> days;
    bool operator==(const CalendarWeek&) const = default;
};

/// Needed: 4 to 6 weeks, each with a day of the month. Six: always 6, so that all months of a year look alike.
enum class CalendarRows { Needed, Six };

/// @param year          1583 … 9999: from the first whole year of the Gregorian calendar
/// @param firstWeekday  in the leftmost column
/// Thread-safe. Fails: Invalid "calendar-month".
Result<std::vector<CalendarWeek>> calendarMonth(int year, int month, std::chrono::weekday firstWeekday,
                                                CalendarRows rows = CalendarRows::Needed,
                                                const Holidays& holidays = {});

/// Fields of a table, row by row, that fill the area with exact gaps; their sides differ by a micrometre at most.
/// Fails: Invalid "calendar-too-tight" when a field would have no width or height, or there is none.
Result<std::vector<Box>> tableFields(const Box& area, int columns, int rows, Length gap);

}  // namespace contone::layout
