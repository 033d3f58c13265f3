// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Calendars: holidays lie where almanacs have them; every language that ships fills a page; what is no month is said.
#include <QTemporaryDir>
#include <QTest>

#include "core/layout/template.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::layout;
using std::chrono::year_month_day;

namespace {

const Path resources = Path(tests::sourceFolder) / "resources";

Almanac shipped() {
    auto data = loadAlmanac(resources);
    if (!data) qFatal("%s", data.error().detail.c_str());
    return *std::move(data);
}

year_month_day day(int year, unsigned month, unsigned of) {
    return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(of);
}

Template monthTemplate() {
    auto one = readTemplate(resources / "templates/calendar-month.toml");
    if (!one) qFatal("%s", one.error().detail.c_str());
    return *std::move(one);
}

std::vector<std::string> textsOf(const Layout& page) {
    std::vector<std::string> all;
    for (const Item& item : page.items)
        if (const auto* field = std::get_if<TextField>(&item)) all.push_back(field->text.text);
    return all;
}

}  // namespace

class AlmanacTest : public QObject {
    Q_OBJECT
  private slots:
    void easterIsWhereTablesHaveIt() {
        for (const year_month_day easter : {day(1818, 3, 22), day(1943, 4, 25), day(2000, 4, 23), day(2024, 3, 31),
                                            day(2025, 4, 20), day(2027, 3, 28), day(2038, 4, 25), day(2285, 3, 22)})
            QVERIFY(easterSunday(easter.year()) == easter);
    }

    void holidaysLieWhereAlmanacsHaveThem() {
        const Almanac data = shipped();
        const auto us = holidaysIn(std::chrono::year(2027), data.holidays.at("us"));
        QCOMPARE(us.at(day(2027, 11, 25)), std::string("Thanksgiving"));
        QCOMPARE(us.at(day(2027, 5, 31)), std::string("Memorial Day"));
        QCOMPARE(us.at(day(2027, 1, 18)), std::string("Martin Luther King Day"));
        QCOMPARE(us.size(), std::size_t(11));
        const auto de = holidaysIn(std::chrono::year(2027), data.holidays.at("de"));
        QCOMPARE(de.at(day(2027, 3, 26)), std::string("Karfreitag"));
        QCOMPARE(de.at(day(2027, 5, 6)), std::string("Christi Himmelfahrt"));
        QCOMPARE(de.at(day(2027, 5, 17)), std::string("Pfingstmontag"));
        // 2008: Ascension Day fell on May Day.
        QCOMPARE(holidaysIn(std::chrono::year(2008), data.holidays.at("de")).at(day(2008, 5, 1)),
                 std::string("Tag der Arbeit, Christi Himmelfahrt"));
        QCOMPARE(holidaysIn(std::chrono::year(2027), data.holidays.at("gb")).at(day(2027, 8, 30)),
                 std::string("Summer bank holiday"));
    }

    void everyLanguageFillsAPage() {
        const Almanac data = shipped();
        QVERIFY(data.languages.size() >= 12);
        const Template one = monthTemplate();
        for (const auto& [id, language] : data.languages) {
            const auto page =
                layOut(one, {{"a"}}, {{"month", "2026-02"}, {"language", id}, {"holidays", "none"}}, data);
            QVERIFY2(page, id.c_str());
            const auto texts = textsOf(*page);
            QCOMPARE(texts.size(), std::size_t(2 + 7 + 28));
            QCOMPARE(texts[0], language.months[1]);
            QCOMPARE(texts[1], std::string("2026"));
            // The first column is the week's first day there.
            QCOMPARE(texts[2], language.weekdays[language.firstDay.iso_encoding() - 1]);
            QCOMPARE(texts.back(), std::string("28"));
        }
    }

    void restDaysHaveTheirColourAndTheirName() {
        const auto page =
            layOut(monthTemplate(), {{"a"}}, {{"month", "2027-12"}, {"language", "de"}, {"holidays", "de"}}, shipped());
        QVERIFY(page);
        std::vector<std::string> red;
        for (const Item& item : page->items)
            if (const auto* field = std::get_if<TextField>(&item); field && field->text.colour.red == 0xb0)
                red.push_back(field->text.text);
        QCOMPARE(red,
                 (std::vector<std::string>{"So", "5", "12", "19", "25", "1. Weihnachtstag", "26", "2. Weihnachtstag"}));
    }

    void whatIsNoMonthLanguageOrCountryIsSaid() {
        const Almanac data = shipped();
        const auto reason = [&](const std::string& id, const std::string& value) {
            const auto page = layOut(monthTemplate(), {{"a"}}, {{id, value}}, data);
            return page ? std::string("fine") : page.error().reason;
        };
        for (const char* wrong : {"", "2027", "2027-00", "2027-13", "2027-5-1", "1400-05", "May", "-027-05"})
            QCOMPARE(reason("month", wrong), std::string("template-text"));
        QCOMPARE(reason("month", "2027-5"), std::string("fine"));
        QCOMPARE(reason("language", "tlh"), std::string("template-text"));
        QCOMPARE(reason("holidays", "atlantis"), std::string("template-text"));
    }

    void wrongFilesAreRefusedByLine() {
        const QTemporaryDir folder;
        const Path share = folder.path().toStdString();
        QVERIFY(makeDirectories(share / "calendars") && makeDirectories(share / "holidays"));
        const std::string months =
            "months = [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\",\"l\"]\nfirst_day = "
            "\"monday\"\n";
        const auto write = [&](const std::string& language, const std::string& holidays) {
            return writeFileDurably(share / "calendars/xx.toml", "id = \"xx\"\n" + months + language) &&
                   writeFileDurably(share / "holidays/yy.toml", "id = \"yy\"\nsources = [\"s\"]\n" + holidays);
        };
        const std::string days = "weekdays = \"a b c d e f g\"\n", rule = "[[holiday]]\nname = \"n\"\n";
        QVERIFY(write(days, rule + "easter = 1\n") && loadAlmanac(share));
        const auto refused = [&](const std::string& language, const std::string& holidays) {
            if (!write(language, holidays)) qFatal("no file");
            const auto data = loadAlmanac(share);
            return data ? std::string() : data.error().reason;
        };
        QCOMPARE(refused("weekdays = \"a b c d e f\"\n", rule + "easter = 1\n"), std::string("calendar-file"));
        QCOMPARE(refused("weekdays = \"a b c d e f g h\"\n", rule + "easter = 1\n"), std::string("calendar-file"));
        QCOMPARE(refused(days, rule), std::string("holidays-file"));
        QCOMPARE(refused(days, rule + "easter = 1\ndate = \"01-01\"\n"), std::string("holidays-file"));
        QCOMPARE(refused(days, rule + "date = \"02-30\"\n"), std::string("holidays-file"));
        QCOMPARE(refused(days, rule + "weekday = \"monday\"\nnth = 0\nmonth = 1\n"), std::string("holidays-file"));
    }
};

QTEST_GUILESS_MAIN(AlmanacTest)
#include "almanac_test.moc"
