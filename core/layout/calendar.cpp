// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Counting days is left to std::chrono; only weeks are numbered here.
#include "core/layout/calendar.h"

namespace contone::layout {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// ISO 8601: a week belongs to the year of its Thursday, and the first is the one with the year's first Thursday.
int weekNumber(sys_days thursday) {
    const year_month_day date = thursday;
    const sys_days newYear = date.year() / std::chrono::January / 1;
    return static_cast<int>((thursday - newYear).count() / 7) + 1;
}

CalendarDay dayAt(sys_days at, sys_days first, sys_days last, const Holidays& holidays) {
    const year_month_day date = at;
    const auto holiday = holidays.find(date);
    return {date,
            at < first  ? DayOf::MonthBefore
            : at > last ? DayOf::MonthAfter
                        : DayOf::Month,
            holiday == holidays.end() ? std::string() : holiday->second};
}

/// The start of field `i` of `count`; the fields and their gaps fill `whole` exactly.
Length startOf(Length whole, Length gap, int count, int i) {
    return (whole + gap) * i / count;
}

}  // namespace

Result<std::vector<CalendarWeek>> calendarMonth(int year, int month, std::chrono::weekday firstWeekday,
                                                CalendarRows rows, const Holidays& holidays) {
    if (year < 1583 || year > 9999 || month < 1 || month > 12 || !firstWeekday.ok())
        return fail(Code::Invalid, "calendar-month", "A calendar has a month of the years 1583 to 9999. Choose one.");
    const std::chrono::year_month asked{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month))};
    const sys_days first = asked / day(1), last = asked / std::chrono::last;
    std::vector<CalendarWeek> weeks;
    for (sys_days start = first - (std::chrono::weekday(first) - firstWeekday);
         start <= last || (rows == CalendarRows::Six && weeks.size() < 6); start += days(7)) {
        CalendarWeek week{weekNumber(start + (std::chrono::Thursday - firstWeekday)), {}};
        for (int i = 0; i < 7; ++i)
            week.days[static_cast<std::size_t>(i)] = dayAt(start + days(i), first, last, holidays);
        weeks.push_back(week);
    }
    return weeks;
}

Result<std::vector<Box>> tableFields(const Box& area, int columns, int rows, Length gap) {
    const auto hasRoom = [&](Length whole, int count) {
        return count > 0 && count <= 1000 && gap >= Length() && whole > gap * (count - 1) + Length::micrometres(count);
    };
    if (!hasRoom(area.size.width, columns) || !hasRoom(area.size.height, rows))
        return fail(Code::Invalid, "calendar-too-tight",
                    "The page is too small for its fields. Choose smaller gaps or a larger page.");
    std::vector<Box> fields;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const Length left = startOf(area.size.width, gap, columns, column);
            const Length top = startOf(area.size.height, gap, rows, row);
            const Length right = startOf(area.size.width, gap, columns, column + 1) - gap;
            const Length bottom = startOf(area.size.height, gap, rows, row + 1) - gap;
            fields.push_back({area.left + left, area.top + top, {right - left, bottom - top}});
        }
    return fields;
}

}  // namespace contone::layout
