// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Supplies: what Gutenprint, CUPS and driverless printers say of paper and ribbon. The words are those of Gutenprint
// 5.3.4's dye-sub backends (backend_common.c), of RFC 3805 and of PWG 5100.13.
#include "printers/ipp/supplies_p.h"

#include <QTest>

#include "printers/ipp/printer_facts.h"

using namespace contone;
using namespace contone::printers;
using Kind = print::Supply::Kind;

class SuppliesTest : public QObject {
    Q_OBJECT

  private slots:
    void gutenprintsCountIsReadFromItsSentence_data() {
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("prints");  // -1: not counted
        QTest::newRow("DNP") << "79 native prints remaining on DS620 media" << 79;
        QTest::newRow("in quotes") << "\"400 native prints remaining on '6x4' media\"" << 400;
        QTest::newRow("ribbon") << "12 native prints remaining on 'PC' ribbon" << 12;
        QTest::newRow("a size before the count") << "4x6: 7 prints left" << 7;
        QTest::newRow("none left") << "0 native prints remaining on 6x8 media" << 0;
        QTest::newRow("-1, unavailable") << "Unable to query remaining prints on 6x8 media" << -1;
        QTest::newRow("-2, unknown") << "Unknown remaining prints on 6x8 media" << -1;
        QTest::newRow("-3, some") << "One or more remaining prints on 6x8 media" << -1;
        QTest::newRow("a negative number") << "-2 native prints remaining on 6x8 media" << -1;
        QTest::newRow("another number") << "Ribbon 31 percent" << -1;
        QTest::newRow("nothing") << "" << -1;
        QTest::newRow("more than an int holds") << "99999999999 native prints" << -1;
    }
    void gutenprintsCountIsReadFromItsSentence() {
        QFETCH(QString, message);
        QFETCH(int, prints);
        QCOMPARE(printsIn(message.toStdString()).value_or(-1), prints);
    }

    void aDyeSubsMarkerIsARibbonWithACount() {
        const auto supplies = suppliesOf(Markers{.names = {"DS620 6x8"},
                                                 .types = {"ribbonWax"},
                                                 .messages = {"79 native prints remaining on DS620 6x8 media"},
                                                 .levels = {19},
                                                 .lowLevels = {10},
                                                 .highLevels = {100}});
        QCOMPARE(supplies.size(), std::size_t{1});
        QVERIFY((supplies.front() == print::Supply{Kind::Ribbon, "DS620 6x8", 19, 79, false}));
    }

    void twoDecksAreTwoSuppliesAndTheFirstToEndCounts() {
        print::PrinterState state;
        state.supplies = suppliesOf(Markers{
            .names = {"lower", "upper"},
            .types = {"ribbonWax", "ribbonWax"},
            .messages = {"30 native prints remaining on lower media", "8 native prints remaining on upper media"},
            .levels = {15, 4},
            .lowLevels = {10, 10}});
        QCOMPARE(state.printsLeft().value_or(-1), 8);
        QVERIFY(!state.supplies[0].low);
        QVERIFY(state.supplies[1].low);
    }

    void levelsBelowZeroAreNotKnown() {
        for (const int level : {-1, -2, -3}) {
            const auto supplies = suppliesOf(Markers{.names = {"Ribbon"}, .types = {"ribbonWax"}, .levels = {level}});
            QCOMPARE(supplies.size(), std::size_t{1});
            QVERIFY(!supplies.front().percent);
            QVERIFY(!supplies.front().prints);
            QVERIFY(!supplies.front().low);
        }
    }

    void wasteBoxesAreNoSupplies() {
        const auto supplies = suppliesOf(
            Markers{.names = {"Cyan", "Maintenance box"}, .types = {"ink", "waste-ink"}, .levels = {62, 90}});
        QCOMPARE(supplies.size(), std::size_t{1});
        QVERIFY((supplies.front() == print::Supply{Kind::Ink, "Cyan", 62, std::nullopt, false}));
    }

    void listsOfDifferentLengthsAreReadAsFarAsTheyGo() {
        const auto supplies = suppliesOf(Markers{.names = {"A", "B"}, .levels = {50}});
        QCOMPARE(supplies.size(), std::size_t{2});
        QCOMPARE(supplies[0].percent.value_or(-1), 50);
        QVERIFY(!supplies[1].percent);
    }

    void aDriverlessPrintersSuppliesAndTraysAreRead() {
        const auto supplies = suppliesOf(
            std::vector<std::string>{
                "index=1;class=supplyThatIsConsumed;type=inkRibbon;unit=percent;maxcapacity=100;level=62;",
                "index=2;class=receptacleThatIsFilled;type=wasteInk;unit=percent;maxcapacity=100;level=5;",
                "index=3;class=supplyThatIsConsumed;type=other;unit=sheets;maxcapacity=400;level=100;colorantname=x;"},
            {"Ribbon", "Waste", "Cards"});
        QCOMPARE(supplies.size(), std::size_t{2});
        QVERIFY((supplies[0] == print::Supply{Kind::Ribbon, "Ribbon", 62, std::nullopt, false}));
        QVERIFY((supplies[1] == print::Supply{Kind::Other, "Cards", 25, 100, false}));
        const auto one = traysOf({"type=sheetFeedAutoRemovableTray;maxcapacity=50;level=31;status=0;name=main"});
        QCOMPARE(one.size(), std::size_t{1});
        QVERIFY((one.front() == print::Supply{Kind::Media, "main", 62, 31, false}));
    }

    void sheetsOfSeveralTraysAreNotPrintsLeft() {
        const auto trays = traysOf({"maxcapacity=50;level=0;name=top", "maxcapacity=50;level=50;name=bottom"});
        QCOMPARE(trays.size(), std::size_t{2});
        QVERIFY(!trays[0].prints && !trays[1].prints);
        QCOMPARE(trays[1].percent.value_or(-1), 100);
        QVERIFY(traysOf({"maxcapacity=50;level=-3;name=main"}).empty());  // "some" is no number
    }

    void warningsAreToldAtTheSupplyAndStopNobody() {
        PrinterFacts facts;
        facts.reasons = {"media-low-warning", "marker-supply-low-report"};
        facts.supplies = {{Kind::Ribbon, "Yellow", 40}, {Kind::Ribbon, "Black", 9}};
        const print::PrinterState state = stateOf(facts);
        QVERIFY(state.ready);
        QVERIFY(state.obstacles.empty());
        QCOMPARE(state.supplies.size(), std::size_t{3});
        QVERIFY(!state.supplies[0].low);
        QVERIFY(state.supplies[1].low);
        QVERIFY(state.supplies[2].kind == Kind::Media && state.supplies[2].low);
    }

    void aTrayWithAnotherPaperIsNotAnEmptyOne() {
        PrinterFacts facts;
        facts.reasons = {"media-needed-error"};
        facts.mediaReady = {"na_5x7_5x7in"};
        QVERIFY(stateOf(facts).obstacles == std::vector{print::Obstacle::WrongMedium});
        QCOMPARE(stateOf(facts).mediaReady.front().width.um(), inches(5).um());
        facts.reasons.emplace_back("media-empty-error");
        QVERIFY(stateOf(facts).obstacles == std::vector{print::Obstacle::MediaEmpty});
        facts.reasons = {"media-needed"};
        facts.mediaReady.clear();
        QVERIFY(stateOf(facts).obstacles == std::vector{print::Obstacle::MediaEmpty});
    }
};

QTEST_GUILESS_MAIN(SuppliesTest)
#include "supplies_test.moc"
