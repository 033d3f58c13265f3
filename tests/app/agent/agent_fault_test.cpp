// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Printers in trouble in the middle of orders: staff read it within seconds, the cure is enough, other printers and
// orders go on, and the paper agrees with the ledger. A real agent, a real scheduler with our guard, real IPP printers.
#include <QTest>

#include "tests/app/agent/agent_bench.h"

using namespace contone;
using print::RouteKind;
using print::SheetState;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

class AgentFaultTest : public QObject {
    Q_OBJECT
  private slots:
    void aRollThatEndsInTheMiddleOfAnOrderHoldsItAloneAndARefillIsEnough() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue, 3);
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().loadRoll(2, 400), "roll");
        const OrderId order = bench.placeOrder(4);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        for (const char* other : {"bench-2", "bench-3"})
            sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(2), other}), "print");
        QVERIFY2(eventually([&] { return bench.captures().size() >= 2 && bench.count(SheetState::Out) >= 2; }),
                 bench.states().c_str());
        VERIFY_VISIBLE(bench, "out of paper");
        VERIFY_OUT(bench, 6);
        QCOMPARE(sure(bench.printer().captures(), "captures").size(), std::size_t{2});
        QCOMPARE(QString::fromStdString(bench.told("bench-2")), QString());
        sure(bench.printer().loadRoll(400, 400), "refill");
        VERIFY_OUT(bench, 8);
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QVERIFY(eventually([&] { return bench.told().empty(); }));
        // From the sheet where it stood, in order.
        std::vector<std::string> printed, planned;
        for (const auto& capture : sure(bench.printer().captures(), "captures"))
            printed.push_back(capture.attributes.at("IPP_JOB_NAME"));
        for (const print::Sheet& s : bench.sheets())
            if (std::ranges::find(printed, print::jobName(s.attempt)) != printed.end())
                planned.push_back(print::jobName(s.attempt));
        QCOMPARE(printed.size(), std::size_t{4});
        QVERIFY(printed == planned || std::ranges::equal(printed, std::views::reverse(planned)));
    }

    void aJamAtTheThirdOfFiveSheetsWaitsForAHand() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.fromSheet = 3, .mediaJam = true}), "jam");
        sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(5), "bench"}), "print");
        VERIFY_OUT(bench, 2);
        VERIFY_VISIBLE(bench, "jammed");
        QCOMPARE(bench.captures().size(), std::size_t{2});
        sure(bench.printer().setFaults({}), "clear");
        VERIFY_OUT(bench, 5);
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
    }

    void aJamThatEndsItsJobAsksAPersonAndGoesOnWithTheNextSheet() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue);
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.fromSheet = 3, .abort = true, .delayMs = 300}), "jam");
        const OrderId order = bench.placeOrder(5);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Unknown) >= 1; }), bench.states().c_str());
        sure(bench.printer().setFaults({}), "clear");
        VERIFY_SETTLED(bench);
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        for (const print::Sheet& s : bench.sheets())
            if (s.state == SheetState::Unknown)
                QVERIFY2(s.message.find("tray") != std::string::npos, s.message.c_str());
        bench.lookInTheTrays();
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "the missing ones");
        VERIFY_OUT(bench, 5);
        VERIFY_PAPER(bench, 5);
    }

    void aQueueThatStoppedOverAPageGoesOnByItselfAndAskedForOneSheet() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue);
        bench.startAgent();
        bench.setUp();
        sure(bench.scheduler().breakBackend("Printer out of media!"), "break");
        sure(bench.printer().loadTray("na_index-4x6_4x6in", 50), "load");
        const OrderId order = bench.placeOrder(3);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        // A page has been begun, and its backend has given up.
        const Path begun = bench.scheduler().guardState() / "started";
        QVERIFY2(eventually([&] {
                     return std::filesystem::exists(begun) && !std::filesystem::is_empty(begun) &&
                            bench.scheduler().backends().empty();
                 }),
                 bench.states().c_str());
        sure(bench.scheduler().mendBackend(), "mend");
        // The page that was begun goes to a person, the rest is printed; the queue was started by nobody.
        VERIFY_SETTLED(bench);
        QVERIFY2(bench.count(SheetState::Unknown) >= 1, bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        bench.lookInTheTrays();
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "the missing ones");
        VERIFY_OUT(bench, 3);
        VERIFY_PAPER(bench, 3);
    }
};

QTEST_GUILESS_MAIN(AgentFaultTest)
#include "agent_fault_test.moc"
