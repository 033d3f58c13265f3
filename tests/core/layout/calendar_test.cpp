// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Months have all their days once, in the right columns and ISO weeks, and the page's fields fill it.
#include <QDate>
#include <QtTest>

#include "core/layout/calendar.h"

using namespace contone;
using namespace contone::layout;
using std::chrono::Monday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::weekday;

namespace {

QDate qtDate(const std::chrono::year_month_day& date) {
    return {int(date.year()), int(unsigned(date.month())), int(unsigned(date.day()))};
}

}  // namespace

class CalendarTest : public QObject {
    Q_OBJECT
  private slots:
    void monthsAgreeWithQt_data();
    void monthsAgreeWithQt();
    void weeksAtTheTurnOfTheYearHaveTheirIsoNumber_data();
    void weeksAtTheTurnOfTheYearHaveTheirIsoNumber();
    void rowsAreAsManyAsNeededOrSix();
    void leapYearsHaveTheirDay();
    void holidaysStandOnTheirDay();
    void impossibleMonthsAreRefused();
    void fieldsFillThePageWithExactGaps();
};

void CalendarTest::monthsAgreeWithQt_data() {
    QTest::addColumn<int>("first");  // ISO: 1 is Monday
    QTest::newRow("Monday") << 1;
    QTest::newRow("Wednesday") << 3;
    QTest::newRow("Saturday") << 6;
    QTest::newRow("Sunday") << 7;
}
/// 60 years with both kinds of centuries, against another calendar.
void CalendarTest::monthsAgreeWithQt() {
    QFETCH(int, first);
    std::vector<int> years{1583, 1900, 2000, 2100, 9999};
    for (int year = 1995; year < 2050; ++year) years.push_back(year);
    for (const int year : years)
        for (int month = 1; month <= 12; ++month) {
            const auto weeks = calendarMonth(year, month, weekday(unsigned(first)));
            QVERIFY(weeks);
            QDate expected = qtDate(weeks->front().days.front().date);
            QCOMPARE(expected.dayOfWeek(), first);
            int ofMonth = 0;
            for (const CalendarWeek& week : *weeks) {
                bool hasDay = false;
                for (const CalendarDay& day : week.days) {
                    const QDate date = qtDate(day.date);
                    QCOMPARE(date, expected);
                    if (date.dayOfWeek() == 4) QCOMPARE(week.number, date.weekNumber());
                    const bool isOfMonth = date.month() == month && date.year() == year;
                    QCOMPARE(day.of == DayOf::Month, isOfMonth);
                    if (!isOfMonth) QCOMPARE(day.of == DayOf::MonthBefore, date < QDate(year, month, 1));
                    hasDay = hasDay || isOfMonth;
                    ofMonth += isOfMonth ? 1 : 0;
                    expected = expected.addDays(1);
                }
                QVERIFY(hasDay);
            }
            QCOMPARE(ofMonth, QDate(year, month, 1).daysInMonth());
        }
}

void CalendarTest::weeksAtTheTurnOfTheYearHaveTheirIsoNumber_data() {
    QTest::addColumn<int>("year");
    QTest::addColumn<int>("month");
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("number");
    // From printed calendars of weeks that begin on Monday.
    QTest::newRow("1 January 2021 is a Friday of week 53") << 2021 << 1 << 0 << 53;
    QTest::newRow("30 December 2024 is in week 1") << 2024 << 12 << 5 << 1;
    QTest::newRow("1 January 2026 is a Thursday of week 1") << 2026 << 1 << 0 << 1;
    QTest::newRow("31 December 2026 is in week 53") << 2026 << 12 << 4 << 53;
    QTest::newRow("1 January 2023 is a Sunday of week 52") << 2023 << 1 << 0 << 52;
}
void CalendarTest::weeksAtTheTurnOfTheYearHaveTheirIsoNumber() {
    QFETCH(int, year);
    QFETCH(int, month);
    QFETCH(int, row);
    QFETCH(int, number);
    const auto weeks = calendarMonth(year, month, Monday);
    QVERIFY(weeks);
    QCOMPARE(weeks->at(std::size_t(row)).number, number);
}

void CalendarTest::rowsAreAsManyAsNeededOrSix() {
    // February 2021 begins on a Monday and has 28 days; August 2026 begins on a Saturday and has 31.
    QCOMPARE(calendarMonth(2021, 2, Monday)->size(), std::size_t(4));
    QCOMPARE(calendarMonth(2021, 2, Sunday)->size(), std::size_t(5));
    QCOMPARE(calendarMonth(2026, 8, Monday)->size(), std::size_t(6));
    QCOMPARE(calendarMonth(2026, 8, Saturday)->size(), std::size_t(5));
    const auto six = calendarMonth(2021, 2, Monday, CalendarRows::Six);
    QCOMPARE(six->size(), std::size_t(6));
    QCOMPARE(qtDate(six->back().days.back().date), QDate(2021, 3, 14));
    QCOMPARE(six->back().days.back().of, DayOf::MonthAfter);
}

void CalendarTest::leapYearsHaveTheirDay() {
    const auto has29 = [](int year) {
        const auto weeks = calendarMonth(year, 2, Monday);
        for (const CalendarWeek& week : *weeks)
            for (const CalendarDay& day : week.days)
                if (day.of == DayOf::Month && unsigned(day.date.day()) == 29) return true;
        return false;
    };
    QVERIFY(has29(2024) && has29(2000) && !has29(2023) && !has29(1900) && !has29(2100));
}

void CalendarTest::holidaysStandOnTheirDay() {
    using namespace std::chrono;
    const Holidays holidays{
        {2026y / 12 / 25, "Christmas"}, {2027y / 1 / 1, "New Year"}, {2027y / 12 / 25, "next year"}};
    const auto weeks = calendarMonth(2026, 12, Monday, CalendarRows::Needed, holidays);
    QVERIFY(weeks);
    QCOMPARE(weeks->at(3).days.at(4).holiday, std::string("Christmas"));
    QCOMPARE(weeks->at(4).days.at(4).holiday, std::string("New Year"));
    int named = 0;
    for (const CalendarWeek& week : *weeks)
        for (const CalendarDay& day : week.days) named += day.holiday.empty() ? 0 : 1;
    QCOMPARE(named, 2);
}

void CalendarTest::impossibleMonthsAreRefused() {
    for (const auto& [year, month] : {std::pair(1582, 1), {10'000, 1}, {2026, 0}, {2026, 13}, {-1, -1}}) {
        const auto weeks = calendarMonth(year, month, Monday);
        QVERIFY(!weeks);
        QCOMPARE(weeks.error().reason, std::string("calendar-month"));
    }
    QVERIFY(!calendarMonth(2026, 1, weekday(9)));
}

void CalendarTest::fieldsFillThePageWithExactGaps() {
    const Box area{millimetres(10), millimetres(80), {millimetres(190), millimetres(200.003)}};
    const Length gap = millimetres(1.501);
    const auto fields = tableFields(area, 7, 6, gap);
    QVERIFY(fields);
    QCOMPARE(fields->size(), std::size_t(42));
    for (std::size_t i = 0; i < fields->size(); ++i) {
        const Box& field = fields->at(i);
        if (i % 7 == 0) QVERIFY(field.left == area.left);
        if (i % 7 == 6) QVERIFY(field.right() == area.right());
        if (i % 7 > 0) QVERIFY(field.left == fields->at(i - 1).right() + gap);
        if (i < 7) QVERIFY(field.top == area.top);
        if (i >= 7) QVERIFY(field.top == fields->at(i - 7).bottom() + gap);
        if (i >= 35) QVERIFY(field.bottom() == area.bottom());
        QVERIFY(std::abs((field.size.width - fields->front().size.width).um()) <= 1);
        QVERIFY(std::abs((field.size.height - fields->front().size.height).um()) <= 1);
    }
    QVERIFY(!tableFields(area, 0, 6, gap));
    QVERIFY(!tableFields(area, 7, 6, millimetres(-1)));
    const auto tight = tableFields(area, 7, 6, millimetres(40));
    QVERIFY(!tight);
    QCOMPARE(tight.error().reason, std::string("calendar-too-tight"));
}

QTEST_GUILESS_MAIN(CalendarTest)
#include "calendar_test.moc"
