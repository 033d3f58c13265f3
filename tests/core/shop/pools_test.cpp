// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pools of printers: who gets a job, who takes over what waits, and that every copy comes out once.
#include <QTest>
#include <set>

#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

class PoolsTest : public QObject, OneShop {
    Q_OBJECT

  private:
    void addPool() {
        for (const char* name : {"front", "back"}) {
            auto setup = paper().newSetup(name);
            setup.pool = "counter";
            QVERIFY_OK(shop().ask(setup));
            QVERIFY_OK(shop().ask(VerifySetup{name}));
        }
    }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void aPoolGivesTheFreePrinterAndThenTheOneWithMostLeft() {
        addPool();
        paper().scheduler.leftAt = {{"front", 30}, {"back", 80}};
        const auto first = paper().placed(1), second = paper().placed(1), third = paper().placed(1);
        const auto inPool = [&](const order::Order& order) {
            return shop().ask(PrintOrder{.order = order.id, .pool = "counter"});
        };
        QCOMPARE(inPool(first)->setup.name, std::string("back"));
        QCOMPARE(inPool(second)->setup.name, std::string("front"));  // free
        QCOMPARE(inPool(third)->setup.name,
                 std::string("back"));  // none is free: the fuller one
        QVERIFY_FAILS(shop().ask(PrintOrder{.order = third.id, .pool = "nobody"}), "pool-unknown");
        const auto large = paper().placed(1, "Olympus_PEN_E-P3.jpg", "13x18");
        QVERIFY_FAILS(inPool(large), "wrong-medium");
    }

    void aFreeSiblingTakesOverWhatWaitsAndEveryCopyComesOutOnce() {
        addPool();
        paper().faults({.printMs = 300});
        paper().faults({.printMs = 300}, "back");
        const auto order = paper().placed(8);
        printed(order);
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 8));
        QCOMPARE(paper().paper("front") + paper().paper("back"), 8);
        QVERIFY(paper().paper("back") >= 2);
        int moved = 0;
        std::set<int> copies;
        for (const auto& sheet : paper().sheets(order)) {
            if (sheet.state == SheetState::Out) copies.insert(sheet.copy);
            moved += sheet.reason == print::movedAway ? 1 : 0;
            if (sheet.movedFrom) QVERIFY(sheet.attempts == 1);
        }
        QCOMPARE(copies.size(), std::size_t{8});
        QVERIFY(moved >= 2);
        QVERIFY(shop().ask(ShowOrder{order.id})->production == order::Production::Printed);
        QCOMPARE(shop().ask(SumSpoilage{{}, {}})->out, 8);
        QVERIFY(shop().ask(SumSpoilage{{}, {}})->spoiled.empty());  // moving wastes nothing
    }

    void whatWaitsLeavesAPrinterInTroubleAndWhatIsOnItsWayStays() {
        addPool();
        paper().faults({.jamAfter = 1});
        const auto order = paper().placed(4);
        printed(order);
        QVERIFY_OK(shop().ask(PausePrinter{"back"}));  // nothing goes there yet
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Printing, 1));  // jammed
        QVERIFY_OK(shop().ask(ResumePrinter{"back"}));
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper("front"), 1);
        QCOMPARE(paper().paper("back"), 2);
        QCOMPARE(paper().count(order, SheetState::Printing), 1);  // the jammed one is nobody's to move
    }

    void aPrinterThatIsOffLosesWhatWasPlannedForItWhileItWasOff() {
        addPool();
        paper().faults({.unreachable = true});
        paper().startPrinting();
        const auto order = paper().placed(3);
        printed(order);
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper("back"), 3);
        QCOMPARE(paper().paper("front"), 0);
    }

    void aMovedJobIsRenderedForItsNewPrinter() {
        auto back = paper().newSetup("back");
        back.calibration.offsetX = millimetres(1);
        back.intent = icc::Intent::Perceptual;
        QVERIFY_OK(shop().ask(back));
        QVERIFY_OK(shop().ask(VerifySetup{"back"}));
        const auto order = paper().placed(2);
        const auto job = printed(order);
        QVERIFY_FAILS(shop().ask(TransferJob{job.id, "front"}), "same-setup");
        QVERIFY_FAILS(shop().ask(TransferJob{job.id, "nobody"}), "setup-unknown");
        paper().faults({.unreachable = true});  // why it is moved
        const auto moved = shop().ask(TransferJob{job.id, "back"});
        QVERIFY_OK(moved);
        QCOMPARE(moved->sheets, 2);
        const auto sheets = paper().sheets(order);
        QVERIFY(sheets[0].state == SheetState::Cancelled && sheets[0].reason == print::movedAway);
        QVERIFY(sheets[2].movedFrom == sheets[0].id && sheets[2].recipe != sheets[0].recipe);
        const auto record = shop().ask(ShowSheetRecord{sheets[2].id});
        QVERIFY(render::parseRecipe(record->recipeJson)->intent == icc::Intent::Perceptual);
        QVERIFY(record->job.setup.calibration.offsetX == millimetres(1));
        QVERIFY(!record->job.engine.empty());
        QVERIFY_FAILS(shop().ask(TransferJob{job.id, "back"}), "job-over");
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().paper("back"), 2);
        QCOMPARE(paper().paper("front"), 0);
    }

    void theRightPaperIsOfferedWhereItIsLoaded() {
        paper().addPrinter("back");
        static constexpr PaperSize right{inches(4), inches(6)}, wrong{inches(5), inches(7)};
        paper().scheduler.loadedAt = {{"front", wrong}, {"back", right}};
        paper().startPrinting();
        const auto order = paper().placed(1);
        const auto job = printed(order);
        QVERIFY(QTest::qWaitFor(
            [&] { return shop().ask(ShowSetupStatus{"front"})->otherSetups == std::vector<std::string>{"back"}; },
            5000));
        QVERIFY((print::reasonsOf(*shop().ask(ShowSetupStatus{"front"})) ==
                 std::vector<std::string>{"wrong-medium", "right-paper-elsewhere"}));
        QCOMPARE(paper().count(order, SheetState::Planned), 1);
        QVERIFY_OK(shop().ask(TransferJob{job.id, "back"}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QCOMPARE(paper().paper("back"), 1);
    }

    void whoeverDiesWhileSheetsMoveNoneIsLostOrDoubled() {
        addPool();
        paper().faults({.printMs = 80});
        paper().faults({.printMs = 80}, "back");
        const auto order = paper().placed(10);
        printed(order);
        int lives = 0;
        for (; lives < 60 && paper().count(order, SheetState::Out) < 10; lives++) {
            paper().startPrinting();
            QTest::qWait(150 + 37 * (lives % 5));
            paper().restart();
        }
        QCOMPARE(paper().count(order, SheetState::Out), 10);
        QCOMPARE(paper().paper("front") + paper().paper("back"), 10);
        QVERIFY(lives >= 3);
    }
};

QTEST_GUILESS_MAIN(PoolsTest)
#include "pools_test.moc"
