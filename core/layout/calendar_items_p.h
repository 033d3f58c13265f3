// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a calendar's box and a month to texts in their places.
#pragma once

#include "core/layout/template.h"

namespace contone::layout {

/// The month that a page is of, and what it needs to be written.
struct CalendarPage {
    std::chrono::year_month month;
    CalendarLanguage language;
    Holidays holidays;
};
/// What the texts "month", "language" (none: "en") and "holidays" (missing, empty or "none": no holidays) say. Fails:
/// Invalid "template-text".
Result<CalendarPage> calendarPage(const std::map<std::string, std::string>& texts, const Almanac& data);
/// Fails as tableFields.
Result<std::vector<Item>> calendarItems(const CalendarBox& box, const CalendarPage& page);

}  // namespace contone::layout
