// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which job is printed when: priorities, holds, words of approval after a restart, cancelling.
#include <QTest>

#include "core/print/production_event.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

constexpr std::int64_t hour = 3'600'000;

}  // namespace

class JobsTest : public QObject, OneShop {
    Q_OBJECT

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
        const auto all = shop().ask(FollowChanges{"0"})->items;
        std::vector<std::string> types;
        for (const Change& c : all)
            if (c.stream == stream && c.type != "setup-saved") types.push_back(c.type);
        return types;
    }
    print::PrintJob newestOpen() { return shop().ask(ListJobs{.openOnly = true, .limit = 1})->items.front().job; }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

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
        QVERIFY_OK(shop().ask(SetJobPriority{job.id, print::Priority::InStore}));
        paper().startPrinting();
        QVERIFY(paper().reach(first, SheetState::Out, 1));
        QVERIFY((cameOut({first, second}) == std::vector{1, 0}));
    }

    void aHeldJobWaitsForItsReleaseAndLetsOthersPass() {
        const auto held = paper().placed(2), other = paper().placed(1);
        const auto job = printed(held);
        printed(other);
        QVERIFY_OK(shop().ask(HoldJob{job.id, "customer-asks"}));
        paper().startPrinting();
        QVERIFY(paper().reach(other, SheetState::Out, 1));
        QTest::qWait(300);
        QCOMPARE(paper().count(held, SheetState::Planned), 2);
        QCOMPARE(shop().ask(ShowSetupStatus{"front"})->heldJobs, 1);
        QVERIFY_OK(shop().ask(ReleaseJob{job.id}));
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
        QVERIFY_OK(shop().ask(HoldJob{job.id}));
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
        QCOMPARE(askAll(shop(), ListJobs{true})->front().job.heldReason, std::string(print::tooOld));
        QVERIFY(!print::sentencesOf(*shop().ask(ShowSetupStatus{"front"})).empty());
        paper().stopPrinting();
        QVERIFY_OK(shop().ask(ReleaseJob{job.id}));
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
        QVERIFY(QTest::qWaitFor([&] { return shop().ask(ShowSetupStatus{"front"})->heldJobs == 1; }, 5000));
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

    void aPageThatThePrinterRefusesHoldsItsJobAndAnotherPrinterIsOffered() {
        paper().addPrinter("back");
        const auto order = paper().placed(3);
        const auto job = printed(order);
        paper().faults({.refuseDocuments = true});
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return newestOpen().isHeld(); }, 15000));
        QCOMPARE(newestOpen().heldReason, std::string(print::refusedByPrinter));
        QCOMPARE(paper().count(order, SheetState::Planned), 3);  // nothing is cancelled
        const auto status = shop().ask(ShowSetupStatus{"front"});
        QVERIFY_OK(status);
        QVERIFY((status->otherSetups == std::vector<std::string>{"back"}));
        const print::Notice& notice = status->notices.back();
        QCOMPARE(notice.reason, std::string(print::refusedByPrinter));
        QVERIFY2(notice.message.find("Move the job") != std::string::npos, notice.message.c_str());
        QVERIFY(notice.message.find("back") != std::string::npos);
        const auto moved = shop().ask(TransferJob{job.id, "back"});
        QVERIFY_OK(moved);
        QVERIFY(!moved->isHeld());  // that was the answer
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper("back"), 3);
        QCOMPARE(paper().paper("front"), 0);
        QVERIFY(shop().ask(ShowSetupStatus{"front"})->otherSetups.empty());
    }

    void aRefusedJobGoesOnWhereItIsOnceThePrinterIsRightAndItIsReleased() {
        const auto order = paper().placed(2);
        const auto job = printed(order);
        paper().faults({.refuseDocuments = true});
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return newestOpen().isHeld(); }, 15000));
        QVERIFY_OK(shop().ask(ReleaseJob{job.id}));
        QVERIFY(QTest::qWaitFor([&] { return newestOpen().isHeld(); }, 15000));  // still refused
        paper().faults({});
        QVERIFY_OK(shop().ask(ReleaseJob{job.id}));
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().paper(), 2);
    }

    void aJobIsCancelledAloneAndTheOrdersOthersGoOn() {
        const auto order = paper().placed(2);
        const auto job = printed(order);
        QCOMPARE(shop().ask(CancelJob{job.id})->sheets.size(), std::size_t{2});
        QVERIFY_FAILS(shop().ask(HoldJob{job.id}), "job-over");
        QVERIFY_FAILS(shop().ask(CancelJob{JobId::generate(SystemClock())}), "job-unknown");
        const auto all = *askAll(shop(), ListJobs{false});
        QCOMPARE(all.front().cancelled, 2);
        QVERIFY(askAll(shop(), ListJobs{true})->empty());
    }
};

QTEST_GUILESS_MAIN(JobsTest)
#include "jobs_test.moc"
