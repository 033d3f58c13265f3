// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Repeated taps, spoiled sheets and a person's word: what is printed again, and what never.
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

/// `tap` from ten threads at once: how many of them succeeded, and why the others did not.
template <class Tap>
std::pair<int, std::set<std::string>> tenTaps(Tap tap) {
    std::atomic<int> worked{0};
    std::mutex mutex;
    std::set<std::string> reasons;
    std::vector<std::thread> threads;
    for (int i = 0; i < 10; i++)
        threads.emplace_back([&] {
            const auto result = tap();
            if (result) worked++;
            const std::lock_guard lock(mutex);
            if (!result) reasons.insert(result.error().reason);
        });
    for (std::thread& thread : threads) thread.join();
    return {worked, reasons};
}

}  // namespace

class ReprintsTest : public QObject, OneShop {
    Q_OBJECT
    order::Production progressOf(const order::Order& order) { return shop().ask(ShowOrder{order.id})->production; }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void tenTapsAreOnePrint() {
        const auto order = paper().placed(5);
        const auto [worked, reasons] = tenTaps([&] { return shop().ask(PrintOrder{order.id, "front"}); });
        QCOMPARE(worked, 1);
        QVERIFY(reasons == std::set<std::string>{"already-printing"});
        QCOMPARE(paper().sheets(order).size(), std::size_t{5});
    }

    void tenTapsAreOneReprint() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        paper().stopPrinting();
        const SheetId first = paper().sheets(order).front().id;
        const auto [worked, reasons] =
            tenTaps([&] { return shop().ask(ReprintSheet{first, print::ReprintReason::Scratch}); });
        QCOMPARE(worked, 1);
        QVERIFY(reasons == std::set<std::string>{"already-printing"});
        QVERIFY(paper().sheets(order).back().reprintOf == first);
        QVERIFY(progressOf(order) == order::Production::Printing);
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "already-printing");
        QVERIFY_FAILS(shop().ask(ReprintSheet{paper().sheets(order).back().id, print::ReprintReason::Jam}),
                      "sheet-not-final");
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().paper(), 2);
        QVERIFY(progressOf(order) == order::Production::Printed);
        QVERIFY_OK(shop().ask(ReprintSheet{first, print::ReprintReason::CustomerWish}));  // a person's word, once more
    }

    void spoiledAndMissingCopiesArePrintedAgainAndThoseInTheTrayNever() {
        paper().startPrinting();
        const auto order = paper().placed(3);
        paper().faults({.mediaEmpty = true});
        paper().scheduler.guardHolds = true;
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Unknown, 3));
        const auto sheets = paper().sheets(order);
        QCOMPARE(shop().ask(ShowSetupStatus{"front"})->unknownSheets, 3);
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "already-printing");
        const SheetOutcome outcomes[]{SheetOutcome::InTray, SheetOutcome::Spoiled, SheetOutcome::NotPrinted};
        const SheetState becomes[]{SheetState::Out, SheetState::Spoiled, SheetState::Cancelled};
        for (std::size_t i = 0; i < 3; i++) {
            const auto settled = shop().ask(ReportOutcome{sheets[i].id, outcomes[i]});
            QVERIFY_OK(settled);
            QVERIFY(settled->sheet.state == becomes[i]);
            QCOMPARE(settled->sheet.reason, std::string(toString(outcomes[i])));
            QVERIFY_FAILS(shop().ask(ReportOutcome{sheets[i].id, outcomes[i]}), "sheet-moved");
        }
        QVERIFY(progressOf(order) == order::Production::Printing);
        paper().scheduler.guardHolds = false;
        paper().faults({});
        const auto again = shop().ask(PrintOrder{order.id, "front"});
        QVERIFY_OK(again);
        QCOMPARE(again->sheets, 2);
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper(), 2);  // the first never moved in this printer: a person saw it in the tray
        QVERIFY(progressOf(order) == order::Production::Printed);
    }

    void aReprintStandsInForItsSheetEvenWhenItFails() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        paper().faults({.refuseDocuments = true});
        const auto reprint = shop().ask(ReprintSheet{paper().sheets(order).front().id, print::ReprintReason::Colour});
        QVERIFY_OK(reprint);
        QVERIFY(QTest::qWaitFor(
            [&] { return shop().ask(ListJobs{.openOnly = true, .limit = 1})->items.front().job.isHeld(); }, 15000));
        QVERIFY(progressOf(order) == order::Production::Printing);
        QVERIFY_OK(shop().ask(CancelJob{reprint->id, "not-now"}));
        QVERIFY(progressOf(order) == order::Production::Printing);  // the customer still waits for a good one
        paper().faults({});
        const auto again = shop().ask(PrintOrder{order.id, "front"});
        QVERIFY_OK(again);
        QCOMPARE(again->sheets, 1);
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QVERIFY(progressOf(order) == order::Production::Printed);
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "order-done");
        QCOMPARE(paper().paper(), 2);
    }

    void aHeldJobIsTakenAwayBeforeTheWordIsFinal() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        const auto sheet = paper().oneInQuestion(order);
        QCOMPARE(sheet.reason, std::string("scheduler-restarted"));
        QCOMPARE(paper().scheduler.cancels.load(), 0);
        QVERIFY_OK(shop().ask(ReportOutcome{sheet.id, SheetOutcome::NotPrinted, "stack-unchanged"}));
        QCOMPARE(paper().scheduler.cancels.load(), 1);
        paper().scheduler.guardHolds = false;  // somebody releases it at the scheduler
        paper().faults({});
        QVERIFY_OK(shop().ask(ReprintSheet{sheet.id, print::ReprintReason::NotPrinted}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QCOMPARE(paper().paper(), 1);
    }

    void notPrintedNeedsAPrinterThatAgrees() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        const auto sheet = paper().oneInQuestion(order);
        paper().scheduler.keepsJobs = true;
        QVERIFY_FAILS(shop().ask(ReportOutcome{sheet.id, SheetOutcome::NotPrinted}), "job-not-over");
        paper().faults({.unreachable = true});
        QVERIFY_FAILS(shop().ask(ReportOutcome{sheet.id, SheetOutcome::NotPrinted}), "printer-unreachable");
        QCOMPARE(paper().count(order, SheetState::Unknown), 1);
        const auto again = shop().ask(ReportOutcome{sheet.id, SheetOutcome::Spoiled, "jam", FollowUp::Reprint, {}});
        QVERIFY_FAILS(again, "printer-unreachable");  // the old page may still come out beside the new one
        QCOMPARE(paper().count(order, SheetState::Unknown), 1);
        QVERIFY_OK(shop().ask(ReportOutcome{sheet.id, SheetOutcome::Spoiled, "torn"}));  // she has it in her hand
        QCOMPARE(paper().sheets(order).front().reason, std::string("torn"));
    }

    // It came out between the look in the tray and the word. What is gone was paper all the same: it is spoiled.
    void notPrintedIsNotBelievedAgainstAPrinterThatPrintedIt() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        const auto sheet = paper().oneInQuestion(order);
        paper().scheduler.guardHolds = false;
        paper().faults({});
        QVERIFY(QTest::qWaitFor([&] { return paper().paper() == 1; }, 15000));
        const ReportOutcome none{sheet.id, SheetOutcome::NotPrinted, {}, FollowUp::Reprint, {}};
        QVERIFY_FAILS(shop().ask(none), "sheet-came-out");
        QVERIFY_FAILS(shop().ask(ReportOutcome{sheet.id, SheetOutcome::NotPrinted}), "sheet-came-out");
        QCOMPARE(paper().count(order, SheetState::Unknown), 1);
        QVERIFY_OK(shop().ask(ReportOutcome{sheet.id, SheetOutcome::Spoiled, "other", FollowUp::Reprint, {}}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QCOMPARE(paper().count(order, SheetState::Spoiled), 1);
        QCOMPARE(paper().paper(), 2);
    }
};

QTEST_GUILESS_MAIN(ReprintsTest)
#include "reprints_test.moc"
