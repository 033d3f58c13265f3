// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pages that a printer refuses, gives up, or spoils: staff read which, nothing is lost, nothing comes out twice.
#include <QTest>

#include "core/print/production_event.h"
#include "tests/app/agent/agent_bench.h"

using namespace contone;
using print::RouteKind;
using print::SheetState;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

namespace {

void routes() {
    QTest::addColumn<int>("route");
    QTest::newRow("direct") << static_cast<int>(RouteKind::Direct);
    QTest::newRow("queue") << static_cast<int>(RouteKind::Queue);
}

/// What a person says of a sheet, as soon as the printer has let its job go.
shop::OutcomeResult say(AgentBench& bench, const print::Sheet& sheet, shop::ReportOutcome word) {
    word.sheet = sheet.id;
    Result<shop::OutcomeResult> settled = bench.shop().ask(word);
    eventually([&] {
        if (!settled && settled.error().code == Code::Unavailable) settled = bench.shop().ask(word);
        return settled || settled.error().code != Code::Unavailable;
    });
    return sure(std::move(settled), "settle");
}

print::Sheet theOneInQuestion(const AgentBench& bench) {
    const auto all = bench.sheets();
    const auto found = std::ranges::find(all, SheetState::Unknown, &print::Sheet::state);
    return found == all.end() ? print::Sheet{} : *found;
}

}  // namespace

class AgentRefusedTest : public QObject {
    Q_OBJECT
  private slots:
    // The printer behind the queue takes no such page any more: CUPS took it, and tells only in the job's message.
    void aPageThatIsRefusedBehindAQueueHoldsItsJobWhichGoesToAnotherPrinter() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue, 2);
        bench.setAgentEnvironment({{"LANG", "de_DE.UTF-8"}});  // backends speak the language of whoever sends the job
        bench.startAgent();
        bench.setUp();
        // Its first sheet waits for paper when somebody puts another printer there, one that takes no raster.
        sure(bench.printer().setFaults({.mediaEmpty = true}), "empty");
        const OrderId order = bench.placeOrder(4);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.states() == "printing planned planned planned "; }),
                 bench.states().c_str());
        // Only a printer that has the page says so.
        QVERIFY2(eventually([&] { return bench.told().find("out of paper") != std::string::npos; }),
                 bench.told().c_str());
        auto options = AgentBench::printerOptions();
        options.port = bench.printer().port();
        bench.printer().killHard();
        options.formats = printers::VirtualPrinterOptions::Formats::NoRaster;
        auto other = sure(printers::VirtualPrinter::start(folder.path() / "other", options), "other printer");
        const auto job = [&] {
            return sure(bench.shop().ask(shop::ListJobs{.openOnly = true, .limit = 1}), "jobs").items.front().job;
        };
        QVERIFY2(eventually([&] { return job().isHeld(); }), (bench.states() + bench.told()).c_str());
        QCOMPARE(job().heldReason, std::string(print::refusedByPrinter));
        // Of the first nobody knows; the second certainly used no paper; the others were never sent.
        QVERIFY2(bench.states().ends_with(" planned(document-refused) planned planned "), bench.states().c_str());
        QVERIFY(theOneInQuestion(bench).message.find("Look in the tray") != std::string::npos);
        QVERIFY2(bench.told().find("Move the job") != std::string::npos, bench.told().c_str());
        QVERIFY(sure(other.captures(), "captures").empty());
        QVERIFY(bench.captures().empty());

        sure(bench.shop().ask(shop::TransferJob{job().id, "bench-2"}), "move");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 3; }), bench.states().c_str());
        other.stop();
        sure(bench.printer().setFaults({}), "refill");
        sure(bench.printer().restart(), "the right printer");
        bench.lookInTheTrays();
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "the missing one");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 4; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(bench.captures().size(), std::size_t{4});
    }

    void aPageThatThePrinterGivesUpIsAskedAboutAndPrintedAgain_data() { routes(); }
    void aPageThatThePrinterGivesUpIsAskedAboutAndPrintedAgain() {
        QFETCH(int, route);
        const OpenFolder folder;
        AgentBench bench(folder.path(), static_cast<RouteKind>(route));
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.abort = true}), "abort");
        sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(1), "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Unknown) == 1; }), bench.states().c_str());
        const print::Sheet sheet = theOneInQuestion(bench);
        QVERIFY2(sheet.message.find("Look in the tray") != std::string::npos, sheet.message.c_str());
        sure(bench.printer().setFaults({}), "mend");
        const auto settled =
            say(bench, sheet, {.outcome = shop::SheetOutcome::NotPrinted, .then = shop::FollowUp::Reprint});
        QVERIFY(settled.reprint.has_value());
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 1; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(bench.captures().size(), std::size_t{1});
    }

    void aJamThatUsesUpPaperIsAskedAboutAndItsSheetPrintedAgain_data() { routes(); }
    void aJamThatUsesUpPaperIsAskedAboutAndItsSheetPrintedAgain() {
        QFETCH(int, route);
        const OpenFolder folder;
        AgentBench bench(folder.path(), static_cast<RouteKind>(route));
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.fromSheet = 2, .spoil = true}), "jam");
        const OrderId order = bench.placeOrder(3);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Unknown) >= 1; }), bench.states().c_str());
        sure(bench.printer().setFaults({}), "clear");
        QVERIFY2(eventually([&] { return bench.allSettled(); }), bench.states().c_str());
        const int spoiled = bench.count(SheetState::Unknown);
        const int good = bench.count(SheetState::Out);
        QCOMPARE(good + spoiled, 3);  // none was sent again by itself
        QCOMPARE(bench.captures().size(), std::size_t{3});
        while (bench.count(SheetState::Unknown) > 0) {
            const print::Sheet sheet = theOneInQuestion(bench);
            QVERIFY2(sheet.message.find("Look in the tray") != std::string::npos, sheet.message.c_str());
            const auto settled =
                say(bench, sheet, {.outcome = shop::SheetOutcome::Spoiled, .then = shop::FollowUp::Reprint});
            QCOMPARE(QString(print::toString(settled.sheet.state)), QString("spoiled"));
        }
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 3; }), bench.states().c_str());
        QCOMPARE(bench.count(SheetState::Spoiled), spoiled);
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(bench.captures().size(), static_cast<std::size_t>(3 + spoiled));  // the spoiled paper and the good
        // There is nothing left to print: the order has its three.
        QCOMPARE(bench.shop().ask(shop::PrintOrder{order, "bench"}).error().reason, std::string("order-done"));
    }
};

QTEST_GUILESS_MAIN(AgentRefusedTest)
#include "agent_refused_test.moc"
