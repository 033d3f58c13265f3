// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What goes wrong around the agent: the scheduler dies, the printer is away or empty or refuses, a second agent starts.
#include <QTest>

#include "core/print/production_event.h"
#include "tests/app/agent/agent_bench.h"
#include "tests/places.h"

using namespace contone;
using print::RouteKind;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

namespace {

/// Somebody puts another printer in the place of the verified one: it takes no raster.
void replacePrinter(AgentBench& bench, const Path& folder) {
    auto options = AgentBench::printerOptions();
    options.port = bench.printer().port();
    options.formats = printers::VirtualPrinterOptions::Formats::NoRaster;
    bench.printer().stop();
    bench.printer() = sure(printers::VirtualPrinter::start(folder / "other", options), "other printer");
}

}  // namespace

class AgentTroubleTest : public QObject {
    Q_OBJECT
  private slots:
    void aSchedulerKilledDuringAJobPrintsNothingTwice() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue);
        // The page is at the backend for as long as it prints.
        sure(bench.scheduler().putBehindGuard("photo", bench.printer().uri() + "?waitjob=true"), "queue");
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.delayMs = 1500}), "slow");
        const OrderId order = bench.placeOrder(1);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY(eventually([&] { return bench.states() == "printing "; }));
        bench.scheduler().killHard();
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        sure(bench.scheduler().restart(), "restart");
        QVERIFY2(eventually([&] { return bench.allSettled(); }), bench.states().c_str());
        // cupsd sends the job again after its restart; the guard holds it, and a person is asked.
        std::this_thread::sleep_for(std::chrono::seconds(4));
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        const print::Sheet sheet = bench.sheets().front();
        QVERIFY2(sheet.state == print::SheetState::Unknown || sheet.state == print::SheetState::Out,
                 bench.states().c_str());
        if (sheet.state == print::SheetState::Unknown) {
            QCOMPARE(sheet.reason, std::string("scheduler-restarted"));
            QVERIFY(sheet.message.find("Look in the tray") != std::string::npos);
            sure(bench.shop().ask(shop::ReportOutcome{sheet.id, shop::SheetOutcome::InTray, "looked"}), "settle");
        }
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
    }

    void anUnreachablePrinterKeepsTheSheetPlannedAndPrintsItLater() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        const int port = bench.printer().port();
        bench.printer().stop();
        const OrderId order = bench.placeOrder(1);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY(eventually([&] {
            return !print::sentencesOf(sure(bench.shop().ask(shop::ShowSetupStatus{"bench"}), "status")).empty();
        }));
        QCOMPARE(bench.states(), std::string("planned "));
        auto options = AgentBench::printerOptions();
        options.port = port;
        bench.printer() = sure(printers::VirtualPrinter::start(folder.path() / "printer", options), "printer again");
        QVERIFY2(eventually([&] { return bench.states() == "out "; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
    }

    void anEmptyTrayIsShownAndPrintingGoesOnAfterTheRefill() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.mediaEmpty = true}), "empty");
        const OrderId order = bench.placeOrder(2);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        const auto sentences = [&] {
            return print::sentencesOf(sure(bench.shop().ask(shop::ShowSetupStatus{"bench"}), "status"));
        };
        QVERIFY2(
            eventually([&] { return !sentences().empty() && sentences().front().find("paper") != std::string::npos; }),
            bench.states().c_str());
        QVERIFY(bench.captures().empty());
        sure(bench.printer().setFaults({}), "refill");
        QVERIFY2(eventually([&] { return bench.states() == "out out "; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
    }

    void aPrinterThatIsNoLongerTheVerifiedOneGetsNoPage() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        replacePrinter(bench, folder.path());
        const OrderId order = bench.placeOrder(1);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        const auto sentences = [&] {
            return print::sentencesOf(sure(bench.shop().ask(shop::ShowSetupStatus{"bench"}), "status"));
        };
        QVERIFY(eventually([&] { return !sentences().empty(); }));
        QVERIFY2(sentences().front().find("raster") != std::string::npos, sentences().front().c_str());
        QCOMPARE(bench.states(), std::string("planned "));
        QVERIFY(bench.captures().empty());
    }

    void aDocumentThatThePrinterRefusesHoldsTheJobWithTheReason() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        // The first sheet waits for paper when somebody puts another printer there, one that takes no raster.
        sure(bench.printer().setFaults({.mediaEmpty = true}), "empty");
        const OrderId order = bench.placeOrder(3);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.states() == "printing planned planned "; }), bench.states().c_str());
        replacePrinter(bench, folder.path());
        const auto job = [&] {
            return sure(bench.shop().ask(shop::ListJobs{.openOnly = true, .limit = 1}), "jobs").items.front().job;
        };
        QVERIFY2(eventually([&] { return job().isHeld(); }), bench.states().c_str());
        QCOMPARE(job().heldReason, std::string(print::refusedByPrinter));
        QCOMPARE(bench.states(), std::string("unknown(job-forgotten) planned(document-refused) planned "));
        QVERIFY(bench.sheets()[1].message.find("refused") != std::string::npos);
        QVERIFY2(bench.told().find("Move the job") != std::string::npos, bench.told().c_str());
        QVERIFY(bench.captures().empty());
    }

    // CUPS sends the job again after its restart and the guard holds it, but the printer has the page and waits for
    // paper: whoever takes the job from the queue alone prints the reprint and, after the refill, the old page as well.
    void aPageThatThePrinterStillHasIsNotPrintedBesideItsReprint() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue);
        sure(bench.scheduler().putBehindGuard("photo", bench.printer().uri() + "?waitjob=true"), "queue");
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.mediaEmpty = true}), "empty");
        sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(1), "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.told().find("out of paper") != std::string::npos; }),
                 bench.told().c_str());
        bench.scheduler().killHard();
        sure(bench.scheduler().restart(), "restart");
        QVERIFY2(eventually([&] { return bench.states() == "unknown(scheduler-restarted) "; }), bench.states().c_str());
        // The tray is empty, but not for good: nothing is printed in its place before the printer has given it up.
        const auto settled = bench.shop().ask(shop::ReportOutcome{.sheet = bench.sheets().front().id,
                                                                  .outcome = shop::SheetOutcome::NotPrinted,
                                                                  .then = shop::FollowUp::Reprint});
        QVERIFY(!settled);
        QCOMPARE(settled.error().reason, std::string("job-not-over"));
        sure(bench.printer().setFaults({}), "refill");
        QVERIFY(eventually([&] { return bench.captures().size() == 1; }));  // this printer ends what it has begun
        bench.lookInTheTrays();
        QCOMPARE(bench.states(), std::string("out(looked) "));
        VERIFY_PAPER(bench, 1);
    }

    void tenTapsPrintOnce() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        const OrderId order = bench.placeOrder(2);
        std::vector<std::thread> taps;
        std::atomic<int> accepted = 0;
        for (int i = 0; i < 10; i++)
            taps.emplace_back([&] { accepted += bench.shop().ask(shop::PrintOrder{order, "bench"}).has_value(); });
        for (std::thread& t : taps) t.join();
        QCOMPARE(accepted.load(), 1);
        QVERIFY2(eventually([&] { return bench.states() == "out out "; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
    }

    void aSecondAgentIsRefusedAndDisturbsNothing() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        const auto second =
            printers::ChildProcess::run((Path(contone::tests::programFolder) / "contone-agent").string(),
                                        {"--home", bench.home().string()}, folder.path() / "second.out");
        QVERIFY(!second);
        const std::string words = *readTextFile(folder.path() / "second.out", 10000);
        QVERIFY2(words.find("store-in-use") != std::string::npos, words.c_str());
        QVERIFY(shop::askAll(bench.shop(), shop::ListSetups{}));
    }
};

QTEST_GUILESS_MAIN(AgentTroubleTest)
#include "agent_trouble_test.moc"
