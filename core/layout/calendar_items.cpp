// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A field a day; its number stands at the top, a holiday's name at the foot.
#include <fmt/format.h>

#include <cstdio>

#include "core/layout/calendar_items_p.h"

namespace contone::layout {
namespace {

constexpr Length kHairLine = Length::micrometres(150);

std::unexpected<Error> wrongText(std::string message, std::string detail) {
    return fail(Code::Invalid, "template-text", std::move(message), std::move(detail));
}

std::string textOf(const std::map<std::string, std::string>& texts, const std::string& id) {
    const auto found = texts.find(id);
    return found == texts.end() ? std::string() : found->second;
}

template <class Value>
std::string keysOf(const std::map<std::string, Value>& all) {
    std::string keys;
    for (const auto& [key, value] : all) keys += (keys.empty() ? "" : ", ") + key;
    return keys;
}

TextField fieldOf(const text::TextBlock& look, const Box& box, std::string words, const CalendarLanguage& language) {
    TextField field{.box = box, .text = look};
    field.text.text = std::move(words);
    field.text.language = language.id;
    field.text.width = box.size.width;
    field.text.height = box.size.height;
    return field;
}

}  // namespace

Result<CalendarPage> calendarPage(const std::map<std::string, std::string>& texts, const Almanac& data) {
    const std::string month = textOf(texts, "month"), holidays = textOf(texts, "holidays");
    std::string language = textOf(texts, "language");
    if (language.empty()) language = "en";
    int year = 0, of = 0, end = 0;
    if (std::sscanf(month.c_str(), "%4d-%2d%n", &year, &of, &end) != 2 || end != std::ssize(month) || year < 1583 ||
        of < 1 || of > 12)
        return wrongText(fmt::format("\"{}\" is no month. Write year and month, as in 2027-05.", month), month);
    const auto words = data.languages.find(language);
    if (words == data.languages.end())
        return wrongText(
            fmt::format("There is no calendar in \"{}\". There are: {}.", language, keysOf(data.languages)), language);
    CalendarPage page{std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(of)), words->second, {}};
    if (holidays.empty() || holidays == "none") return page;
    const auto rules = data.holidays.find(holidays);
    if (rules == data.holidays.end())
        return wrongText(fmt::format("The holidays of \"{}\" are not known. There are those of: {}.", holidays,
                                     keysOf(data.holidays)),
                         holidays);
    // The last week may be of the next year, the first of the one before.
    for (const int beside : {-1, 0, 1})
        page.holidays.merge(holidaysIn(std::chrono::year(year + beside), rules->second));
    return page;
}

Result<std::vector<Item>> calendarItems(const CalendarBox& box, const CalendarPage& page) {
    CONTONE_TRY(const auto weeks,
                calendarMonth(static_cast<int>(page.month.year()), static_cast<int>(unsigned(page.month.month())),
                              page.language.firstDay, box.rows, page.holidays));
    const Length top = box.weekdaysHeight > Length() ? box.weekdaysHeight + box.gap : Length();
    const Box days{box.box.left, box.box.top + top, {box.box.size.width, box.box.size.height - top}};
    CONTONE_TRY(const std::vector<Box> fields, tableFields(days, 7, static_cast<int>(weeks.size()), box.gap));
    std::vector<Item> items;
    if (box.weekdaysHeight > Length())
        for (unsigned i = 0; i < 7; i++) {
            const std::chrono::weekday day = page.language.firstDay + std::chrono::days(i);
            const Box at{fields[i].left, box.box.top, {fields[i].size.width, box.weekdaysHeight}};
            TextField field = fieldOf(box.weekdays, at, page.language.weekdays[day.iso_encoding() - 1], page.language);
            if (day == std::chrono::Sunday) field.text.colour = box.restColour;
            items.emplace_back(std::move(field));
        }
    for (std::size_t w = 0; w < weeks.size(); w++) {
        if (box.lineColour)
            items.emplace_back(PaintedBox{
                .box = {days.left, fields[w * 7].top - box.gap / 2 - kHairLine / 2, {days.size.width, kHairLine}},
                .paint = {*box.lineColour, {}, 0}});
        for (std::size_t d = 0; d < 7; d++) {
            const CalendarDay& day = weeks[w].days[d];
            const bool isOther = day.of != DayOf::Month;
            if (isOther && !box.otherColour) continue;
            const Box& at = fields[w * 7 + d];
            TextField number = fieldOf(box.days, at, std::to_string(unsigned(day.date.day())), page.language);
            number.box.size.height = at.size.height - box.namesHeight;
            number.text.height = number.box.size.height;
            const bool isRest = std::chrono::weekday(day.date) == std::chrono::Sunday || !day.holiday.empty();
            if (isRest) number.text.colour = box.restColour;
            if (isOther) number.text.colour = *box.otherColour;
            const Box foot{at.left, number.box.bottom(), {at.size.width, box.namesHeight}};
            items.emplace_back(std::move(number));
            if (isOther || day.holiday.empty() || box.namesHeight <= Length()) continue;
            items.emplace_back(fieldOf(box.names, foot, day.holiday, page.language));
        }
    }
    return items;
}

}  // namespace contone::layout
