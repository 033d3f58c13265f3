// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalShop as the print room: priorities, holds, pauses, pools, counts, and queues that mend themselves.
#include <QTest>
#include <set>

#include "core/print/production_event.h"
#include "core/print/setup_json.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

constexpr std::int64_t hour = 3'600'000;

}  // namespace

class PrintRoomTest : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir m_tables;
    std::unique_ptr<PaperShop> m_shop;
    PaperShop& paper() { return *m_shop; }
    LocalShop& shop() { return *m_shop->shop; }
    print::PrintJob printed(const order::Order& order, print::Priority priority = print::Priority::InStore) {
        return *shop().print(order.id, PrintWish{"front", {}, priority, "staff"});
    }
    /// The orders of the sheets in a tray, as they came out.
    std::vector<int> cameOut(const std::vector<order::Order>& orders, const std::string& setup = "front") {
        std::map<std::string, int> orderOf;
        for (std::size_t i = 0; i < orders.size(); i++)
            for (const auto& sheet : paper().sheets(orders[i])) orderOf[sheet.attempt.toString()] = static_cast<int>(i);
        std::vector<int> came;
        const auto lines = readTextFile(paper().tray(setup) / "sheets.jsonl", 1 << 20);
        for (std::size_t at = lines ? lines->find("\"attempt\":\"") : std::string::npos; at != std::string::npos;
             at = lines->find("\"attempt\":\"", at + 1))
            came.push_back(orderOf.at(lines->substr(at + 11, 36)));
        return came;
    }
    std::vector<std::string> told(const std::string& stream) {
        const auto all = *shop().changesAfter(0, 0);
        std::vector<std::string> types;
        for (const Change& c : all)
            if (c.stream == stream && c.type != "setup-saved") types.push_back(c.type);
        return types;
    }
    void addPool() {
        for (const char* name : {"front", "back"}) {
            auto setup = paper().newSetup(name);
            setup.pool = "counter";
            QVERIFY_OK(shop().saveSetup(setup));
            QVERIFY_OK(shop().verifySetup(name, "staff"));
        }
    }
    bool isReady(const std::string& setup) { return shop().setupStatus(setup)->ready; }

  private slots:
    void init() {
        m_shop = std::make_unique<PaperShop>(m_tables.path().toStdString());
        paper().addPrinter();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { m_shop.reset(); }

    void inStoreGoesBeforePickupBeforeBulkAndEqualsAsTheyCame() {
        using enum print::Priority;
        const std::vector orders{paper().placed(2), paper().placed(2), paper().placed(1), paper().placed(1)};
        printed(orders[0], Bulk);
        printed(orders[1], Pickup);
        printed(orders[2], InStore);
        printed(orders[3], InStore);
        paper().startPrinting();
        QVERIFY(paper().reach(orders[0], SheetState::Out, 2));
        QVERIFY((cameOut(orders) == std::vector{2, 3, 1, 1, 0, 0}));
    }

    void aCustomerAtTheCounterOvertakesBulkBetweenTwoSheets() {
        const auto bulk = paper().placed(4), urgent = paper().placed(1);
        printed(bulk, print::Priority::Bulk);
        paper().faults({.printMs = 400});
        paper().startPrinting();
        QVERIFY(paper().reach(bulk, SheetState::Printing, 1));
        printed(urgent);
        QVERIFY(paper().reach(bulk, SheetState::Out, 4));
        const auto came = cameOut({bulk, urgent});
        QVERIFY(came.front() == 0 && came.back() == 0);  // the sheet that was printing is finished first
        QVERIFY(std::ranges::find(came, 1) < came.begin() + 3);
    }

    void aJobThatIsHurriedOvertakes() {
        const auto first = paper().placed(1), second = paper().placed(1);
        printed(first, print::Priority::Pickup);
        const auto job = printed(second, print::Priority::Bulk);
        QVERIFY_OK(shop().setPriority(job.id, print::Priority::InStore, "staff"));
        paper().startPrinting();
        QVERIFY(paper().reach(first, SheetState::Out, 1));
        QVERIFY((cameOut({first, second}) == std::vector{1, 0}));
    }

    void aHeldJobWaitsForItsReleaseAndLetsOthersPass() {
        const auto held = paper().placed(2), other = paper().placed(1);
        const auto job = printed(held);
        printed(other);
        QVERIFY_OK(shop().holdJob(job.id, "customer-asks", "staff"));
        paper().startPrinting();
        QVERIFY(paper().reach(other, SheetState::Out, 1));
        QTest::qWait(300);
        QCOMPARE(paper().count(held, SheetState::Planned), 2);
        QCOMPARE(shop().setupStatus("front")->heldJobs, 1);
        QVERIFY_OK(shop().releaseJob(job.id, "staff"));
        QVERIFY(paper().reach(held, SheetState::Out, 2));
        QCOMPARE(paper().paper(), 3);
        QVERIFY((told(print::productionStream(job.id))[1] == "job-held"));
    }

    void aJobIsHeldBetweenItsSheets() {
        const auto order = paper().placed(3);
        paper().faults({.printMs = 400});
        const auto job = printed(order);
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Printing, 1));
        QVERIFY_OK(shop().holdJob(job.id, "", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QTest::qWait(600);
        QCOMPARE(paper().count(order, SheetState::Planned), 2);
        QCOMPARE(paper().paper(), 1);
    }

    void aJobOlderThanTwoHoursNeedsAWordAfterARestartAndOnlyOne() {
        const auto old = paper().placed(1);
        const auto job = printed(old);
        paper().clock.shift = 2 * hour + 60'000;
        const auto fresh = paper().placed(1);
        printed(fresh);
        paper().restart();
        paper().startPrinting();
        QVERIFY(paper().reach(fresh, SheetState::Out, 1));
        QCOMPARE(paper().count(old, SheetState::Planned), 1);
        QCOMPARE(shop().jobs(true, 10)->front().job.heldReason, std::string(print::tooOld));
        QVERIFY(!shop().setupStatus("front")->sentences.empty());
        paper().stopPrinting();
        QVERIFY_OK(shop().releaseJob(job.id, "staff"));
        paper().restart();  // approved is approved
        paper().startPrinting();
        QVERIFY(paper().reach(old, SheetState::Out, 1));
        QCOMPARE(paper().paper(), 2);
    }

    void aJobFromTheFutureNeedsAWordToo() {
        paper().clock.shift = 3 * hour;
        const auto order = paper().placed(1);
        printed(order);
        paper().clock.shift = 0;  // the clock was wrong and has been put right
        paper().restart();
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return shop().setupStatus("front")->heldJobs == 1; }, 5000));
        QTest::qWait(300);
        QCOMPARE(paper().paper(), 0);
    }

    void aClockThatJumpsWhilePrintingHoldsNothing() {
        paper().startPrinting();
        paper().faults({.mediaEmpty = true});
        const auto order = paper().placed(2);
        printed(order);
        QVERIFY(paper().reach(order, SheetState::Sent, 1));
        paper().clock.shift = 30 * 24 * hour;
        QTest::qWait(500);
        paper().clock.shift = 0;
        paper().faults({});
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().paper(), 2);
    }

    void aPausedPrinterFinishesItsSheetStartsNoneAndStaysPausedOverARestart() {
        const auto order = paper().placed(3);
        paper().faults({.printMs = 400});
        printed(order);
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Printing, 1));
        QVERIFY(shop().pausePrinter("front", "staff")->paused);
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        paper().restart();
        paper().startPrinting();
        QTest::qWait(700);
        QCOMPARE(paper().count(order, SheetState::Planned), 2);
        const auto status = *shop().setupStatus("front");
        QVERIFY(status.paused && !status.ready && !status.sentences.empty());
        QVERIFY(!shop().resumePrinter("front", "staff")->paused);
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QVERIFY((told("setup/front") == std::vector<std::string>{"printer-paused", "printer-resumed"}));
        QVERIFY_FAILS(shop().pausePrinter("nobody", "staff"), "setup-unknown");
    }

    void aPauseHoldsForEverySetupOfThePrinter() {
        auto large = paper().newSetup("front-large");
        large.route = paper().newSetup("front").route;
        large.medium = "5x7";
        QVERIFY_OK(shop().saveSetup(large));
        QVERIFY_OK(shop().verifySetup("front-large", "staff"));
        QVERIFY_OK(shop().pausePrinter("front-large", "staff"));
        QVERIFY(shop().setupStatus("front")->paused);
        const auto order = paper().placed(1);
        printed(order);
        paper().startPrinting();
        QTest::qWait(500);
        QCOMPARE(paper().paper(), 0);
        QVERIFY_OK(shop().resumePrinter("front", "staff"));  // whichever setup it was paused through
        QVERIFY(paper().reach(order, SheetState::Out, 1));
    }

    void aFaultShowsWhenNothingPrintsAndIsToldOnce() {
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return isReady("front"); }, 5000));
        paper().faults({.mediaEmpty = true});
        QVERIFY(QTest::qWaitFor([&] { return !isReady("front"); }, 5000));
        const auto status = *shop().setupStatus("front");
        QVERIFY((status.obstacles == std::vector<std::string>{"media-empty"}));
        QCOMPARE(status.sentences.front(), print::sentenceFor(print::Obstacle::MediaEmpty));
        QTest::qWait(700);  // three more looks
        paper().faults({.unreachable = true});
        QVERIFY(QTest::qWaitFor(
            [&] { return shop().setupStatus("front")->obstacles == std::vector<std::string>{"unreachable"}; }, 5000));
        paper().faults({});
        QVERIFY(QTest::qWaitFor([&] { return isReady("front"); }, 5000));
        QVERIFY((told("setup/front") ==
                 std::vector<std::string>{"printer-trouble", "printer-trouble", "printer-recovered"}));
    }

    void aQueueThatStoppedIsStartedAgainAndOneThatAPersonPausedIsNot() {
        using print::Obstacle;
        paper().scheduler.stopped = true;
        paper().startPrinting();
        const auto order = paper().placed(1);
        printed(order);
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QCOMPARE(paper().scheduler.resumes.load(), 1);
        paper().scheduler.stopped = true;
        paper().scheduler.pausedThere = true;
        const auto next = paper().placed(1);
        printed(next);
        QTest::qWait(800);
        QCOMPARE(paper().scheduler.resumes.load(), 1);
        QCOMPARE(paper().paper(), 1);
    }

    void whatIsLeftIsCountedBetweenReportsAndLowIsToldOnce() {
        auto setup = paper().newSetup();
        setup.lowPrints = 10;
        QVERIFY_OK(shop().saveSetup(setup));
        QVERIFY_OK(shop().verifySetup("front", "staff"));
        paper().scheduler.printsLeft = 12;  // and it goes on saying so
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return shop().setupStatus("front")->printsLeft == 12; }, 5000));
        QVERIFY(!shop().setupStatus("front")->low);
        const auto order = paper().placed(5);
        printed(order);
        QVERIFY(paper().reach(order, SheetState::Out, 5));
        QCOMPARE(shop().setupStatus("front")->printsLeft, std::optional(7));
        QVERIFY(QTest::qWaitFor([&] { return shop().setupStatus("front")->low; }, 5000));
        paper().scheduler.printsLeft = 400;
        QVERIFY(QTest::qWaitFor([&] { return shop().setupStatus("front")->printsLeft == 400; }, 5000));
        QVERIFY(QTest::qWaitFor([&] { return told("setup/front").size() == 2; }, 5000));
        QVERIFY((told("setup/front") == std::vector<std::string>{"supplies-low", "supplies-refilled"}));
    }

    void enoughIsAnsweredBeforeAnybodyPays() {
        EnoughQuery query{{}, {{"10x15", 8}}, "front", ""};
        QVERIFY(shop().enoughFor(query)->answer == print::Enough::Answer::Unknown);  // it counts nothing
        paper().scheduler.printsLeft = 10;
        QVERIFY(shop().enoughFor(query)->answer == print::Enough::Answer::Yes);
        const auto order = paper().placed(4);
        QVERIFY(shop().enoughFor({order.id, {}, "front", ""})->needed == 4);
        printed(order);  // planned: theirs already
        const auto enough = *shop().enoughFor(query);
        QVERIFY(enough.answer == print::Enough::Answer::No && enough.printsLeft == 6 && enough.needed == 8);
        QVERIFY(!enough.sentence.empty());
        QVERIFY(shop().enoughFor({order.id, {}, "front", ""})->answer == print::Enough::Answer::Yes);
        QVERIFY_FAILS(shop().enoughFor({{}, {{"13x18", 1}}, "front", ""}), "wrong-medium");
        QVERIFY_FAILS(shop().enoughFor({{}, {{"10x15", 1}}, "nobody", ""}), "setup-unknown");
        QVERIFY_FAILS(shop().enoughFor({{}, {{"10x15", 1}}, "", "nobody"}), "pool-unknown");
        paper().faults({.unreachable = true});
        QVERIFY(shop().enoughFor(query)->answer == print::Enough::Answer::No);
    }

    void theNextPageIsReadyBeforeTheSheetIsOut() {
        paper().faults({.printMs = 1500});
        const auto order = [&] {
            const auto a = shop().addOriginal(photo("hopper.jpg")), b = shop().addOriginal(photo("Landscape_1.jpg"));
            return *shop().placeOrder({{{*a, "a.jpg", "10x15", 1, {}}, {*b, "b.jpg", "10x15", 1, {}}}, "", "staff"});
        }();
        printed(order);
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Printing, 1));
        const auto sheets = paper().sheets(order);
        QVERIFY(sheets[1].state == SheetState::Planned);
        const auto pages = [&] { return PaperShop::files(paper().spoolFolder(), sheets[1].recipe.toString()); };
        QVERIFY(QTest::qWaitFor([&] { return pages() == 2; }, 1300));  // the page and its note
        QVERIFY(paper().sheets(order)[0].state == SheetState::Printing);
        QVERIFY(paper().reach(order, SheetState::Out, 2));
    }

    void aPoolGivesTheFreePrinterAndThenTheOneWithMostLeft() {
        addPool();
        paper().scheduler.leftAt = {{"front", 30}, {"back", 80}};
        const auto first = paper().placed(1), second = paper().placed(1), third = paper().placed(1);
        const PrintWish wish{"", "counter", print::Priority::InStore, "staff"};
        QCOMPARE(shop().print(first.id, wish)->setupName, std::string("back"));
        QCOMPARE(shop().print(second.id, wish)->setupName, std::string("front"));  // free
        QCOMPARE(shop().print(third.id, wish)->setupName, std::string("back"));    // none is free: the fuller one
        QVERIFY_FAILS(shop().print(third.id, PrintWish{"", "nobody", {}, "staff"}), "pool-unknown");
        const auto large = paper().placed(1, "hopper.jpg", "13x18");
        QVERIFY_FAILS(shop().print(large.id, wish), "wrong-medium");
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
        QVERIFY(shop().order(order.id)->state == order::OrderState::Done);
        QCOMPARE(shop().spoilage({}, {})->out, 8);
        QVERIFY(shop().spoilage({}, {})->spoiled.empty());  // moving wastes nothing
    }

    void whatWaitsLeavesAPrinterInTroubleAndWhatIsOnItsWayStays() {
        addPool();
        paper().faults({.jamAfter = 1});
        const auto order = paper().placed(4);
        printed(order);
        QVERIFY_OK(shop().pausePrinter("back", "staff"));  // nothing goes there yet
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Printing, 1));  // jammed
        QVERIFY_OK(shop().resumePrinter("back", "staff"));
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
        back.offsetX = millimetres(1);
        back.intent = icc::Intent::Perceptual;
        QVERIFY_OK(shop().saveSetup(back));
        QVERIFY_OK(shop().verifySetup("back", "staff"));
        const auto order = paper().placed(2);
        const auto job = printed(order);
        QVERIFY_FAILS(shop().moveJob(job.id, "front", "staff"), "same-setup");
        QVERIFY_FAILS(shop().moveJob(job.id, "nobody", "staff"), "setup-unknown");
        paper().faults({.unreachable = true});  // why it is moved
        const auto moved = shop().moveJob(job.id, "back", "staff");
        QVERIFY_OK(moved);
        QCOMPARE(moved->sheets, 2);
        const auto sheets = paper().sheets(order);
        QVERIFY(sheets[0].state == SheetState::Cancelled && sheets[0].reason == print::movedAway);
        QVERIFY(sheets[2].movedFrom == sheets[0].id && sheets[2].recipe != sheets[0].recipe);
        const auto record = shop().sheetRecord(sheets[2].id);
        QVERIFY(render::parseRecipe(record->recipeJson)->intent == icc::Intent::Perceptual);
        QVERIFY(print::setupFromJson(record->setupJson)->offsetX == millimetres(1));
        QVERIFY(!record->job.engine.empty());
        QVERIFY_FAILS(shop().moveJob(job.id, "back", "staff"), "job-over");
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
            [&] { return shop().setupStatus("front")->otherSetups == std::vector<std::string>{"back"}; }, 5000));
        QVERIFY((shop().setupStatus("front")->obstacles == std::vector<std::string>{"wrong-medium"}));
        QCOMPARE(paper().count(order, SheetState::Planned), 1);
        QVERIFY_OK(shop().moveJob(job.id, "back", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QCOMPARE(paper().paper("back"), 1);
    }

    void aJobIsCancelledAloneAndTheOrdersOthersGoOn() {
        const auto order = paper().placed(2);
        const auto job = printed(order);
        QCOMPARE(shop().cancelJob(job.id, "", "staff")->size(), std::size_t{2});
        QVERIFY_FAILS(shop().holdJob(job.id, "", "staff"), "job-over");
        QVERIFY_FAILS(shop().cancelJob(JobId::generate(SystemClock()), "", "staff"), "job-unknown");
        const auto all = *shop().jobs(false, 10);
        QCOMPARE(all.front().cancelled, 2);
        QVERIFY(shop().jobs(true, 10)->empty());
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

QTEST_GUILESS_MAIN(PrintRoomTest)
#include "print_room_test.moc"
