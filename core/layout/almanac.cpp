// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads names and rules, strictly, and works out the days of a year.
#include "core/layout/almanac.h"

#include <algorithm>
#include <cstdio>

#include "core/facts/fact_file.h"

namespace contone::layout {
namespace {

using facts::FactFile;
using facts::FactTable;
using std::chrono::sys_days;

const std::vector<std::string> kWeekdays{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

std::chrono::weekday readWeekday(const FactTable& from, std::string_view key) {
    const auto found = std::ranges::find(kWeekdays, from.word(key, kWeekdays));
    return std::chrono::weekday(static_cast<unsigned>(std::max<std::ptrdiff_t>(0, found - kWeekdays.begin()) + 1));
}

template <std::size_t count>
std::array<std::string, count> readNames(const FactTable& root, std::string_view key) {
    std::vector<std::string> names = root.texts(key);
    if (!names.empty() && names.size() != count) root.refuse(key, "must be " + std::to_string(count) + " names");
    names.resize(count);
    std::array<std::string, count> all;
    std::ranges::move(names, all.begin());
    return all;
}

Result<CalendarLanguage> readLanguage(const Path& path) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "calendar"));
    const FactTable root = file.root();
    CalendarLanguage language{.id = root.identifier("id"),
                              .months = readNames<12>(root, "months"),
                              .weekdays = {},
                              .firstDay = readWeekday(root, "first_day")};
    // Short names may be alike: M T W T F S S. So they stand in one text.
    std::string days = root.text("weekdays");
    for (std::string& day : language.weekdays) {
        const std::size_t space = days.find(' ');
        day = days.substr(0, space);
        days = space == std::string::npos ? "" : days.substr(space + 1);
    }
    if (root.has("weekdays") && (language.weekdays.back().empty() || !days.empty()))
        root.refuse("weekdays", "must be seven names apart by spaces, from Monday on");
    CONTONE_CHECK(file.finish(language.id));
    return language;
}

HolidayRule readRule(const FactTable& row) {
    HolidayRule rule{.name = row.text("name"), .date = {}, .easter = {}, .weekday = {}};
    if (row.has("date")) {
        int month = 0, day = 0, end = 0;
        const std::string text = row.text("date");
        if (std::sscanf(text.c_str(), "%2d-%2d%n", &month, &day, &end) != 2 || end != std::ssize(text))
            row.refuse("date", "must be month and day, as in 12-25");
        rule.date = std::chrono::month(static_cast<unsigned>(month)) / std::chrono::day(static_cast<unsigned>(day));
        if (!rule.date->ok()) row.refuse("date", "is no day of a year");
    }
    if (row.has("easter")) rule.easter = row.integer("easter", -100, 100);
    if (row.has("weekday")) {
        HolidayRule::NthWeekday of{readWeekday(row, "weekday"), row.integer("nth", -1, 4), row.integer("month", 1, 12)};
        if (of.nth == 0) row.refuse("nth", "must be 1 to 4, or -1 for the last one");
        rule.weekday = of;
    }
    if (rule.date.has_value() + rule.easter.has_value() + rule.weekday.has_value() != 1)
        row.refuse("name", "needs one of date, easter and weekday");
    return rule;
}

Result<std::vector<HolidayRule>> readHolidays(const Path& path) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "holidays"));
    const FactTable root = file.root();
    const std::string id = root.identifier("id");
    root.texts("sources");
    std::vector<HolidayRule> rules;
    for (const FactTable& row : root.tables("holiday")) rules.push_back(readRule(row));
    CONTONE_CHECK(file.finish(id));
    return rules;
}

sys_days dayOf(const HolidayRule& rule, std::chrono::year year) {
    if (rule.easter) return sys_days(easterSunday(year)) + std::chrono::days(*rule.easter);
    if (rule.date) return year / *rule.date;
    const HolidayRule::NthWeekday& of = *rule.weekday;
    const auto month = year / std::chrono::month(static_cast<unsigned>(of.month));
    if (of.nth < 0) return month / of.weekday[std::chrono::last];
    return month / of.weekday[static_cast<unsigned>(of.nth)];
}

}  // namespace

Result<Almanac> loadAlmanac(const Path& share) {
    Almanac all;
    CONTONE_TRY(const std::vector<Path> languages, facts::factFiles(share / "calendars", "calendar"));
    for (const Path& path : languages) {
        CONTONE_TRY(CalendarLanguage language, readLanguage(path));
        all.languages.emplace(language.id, std::move(language));
    }
    CONTONE_TRY(const std::vector<Path> countries, facts::factFiles(share / "holidays", "holidays"));
    for (const Path& path : countries) {
        CONTONE_TRY(all.holidays[path.stem().string()], readHolidays(path));
    }
    return all;
}

std::chrono::year_month_day easterSunday(std::chrono::year of) {
    const int year = static_cast<int>(of);
    const int a = year % 19, b = year / 100, c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int day = h + l - 7 * m + 114;
    return of / (day / 31) / (day % 31 + 1);
}

Holidays holidaysIn(std::chrono::year year, const std::vector<HolidayRule>& rules) {
    Holidays all;
    for (const HolidayRule& rule : rules) {
        if (rule.date && !(year / *rule.date).ok()) continue;  // 29 February
        std::string& name = all[dayOf(rule, year)];
        name += (name.empty() ? "" : ", ") + rule.name;
    }
    return all;
}

}  // namespace contone::layout
