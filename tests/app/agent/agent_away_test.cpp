// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A printer that loses its power with a page in it, one with another paper, and impatient customers.
#include <QTest>

#include "tests/app/agent/agent_bench.h"

using namespace contone;
using print::RouteKind;
using print::SheetState;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

class AgentAwayTest : public QObject {
    Q_OBJECT
  private slots:
    void aPrinterUnpluggedInTheMiddleComesBackAndTheOrderIsFinished() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue, 2);
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.fromSheet = 2, .coverOpen = true}), "cover");
        const OrderId order = bench.placeOrder(3);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        VERIFY_VISIBLE(bench, "cover");
        bench.printer().killHard();  // with the second sheet in it
        VERIFY_VISIBLE(bench, "cannot be reached");
        sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(1), "bench-2"}), "another printer");
        VERIFY_OUT(bench, 2);
        sure(bench.printer().setFaults({}), "closed");
        sure(bench.printer().restart(), "plugged in");
        VERIFY_SETTLED(bench);
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        bench.lookInTheTrays();
        if (bench.count(SheetState::Out) < 4)
            sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "the missing ones");
        VERIFY_OUT(bench, 4);
        VERIFY_PAPER(bench, 4);
    }

    void anotherPaperHoldsItsOwnOrderAndTheOthersGoOn() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent();
        bench.setUp();
        bench.addSetup("large", "5x7");
        sure(bench.printer().loadTray("na_5x7_5x7in", 50), "load");
        const OrderId small = bench.placeOrder(2);
        sure(bench.shop().ask(shop::PrintOrder{small, "bench"}), "print");
        VERIFY_VISIBLE(bench, "Another paper is loaded");
        sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(2, "13x18"), "large"}), "print");
        VERIFY_OUT(bench, 2);
        for (const print::Sheet& s : sure(shop::askAll(bench.shop(), shop::ListSheets{.order = small}), "sheets"))
            QCOMPARE(QString(print::toString(s.state)), QString("planned"));
        QCOMPARE(bench.captures().size(), std::size_t{2});
        sure(bench.printer().loadTray("na_index-4x6_4x6in", 50), "load");
        VERIFY_OUT(bench, 4);
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
    }

    void tapsOnTwoPrintersAcrossACrashPrintOnce() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue, 2);
        bench.startAgent();
        bench.setUp();
        const OrderId order = bench.placeOrder(2);
        std::atomic<int> accepted = 0;
        const auto tapTenTimes = [&] {
            std::vector<std::thread> taps;
            for (int i = 0; i < 10; i++)
                taps.emplace_back([&, i] {
                    accepted += bench.shop().ask(shop::PrintOrder{order, i % 2 == 0 ? "bench" : "bench-2"}).has_value();
                });
            for (std::thread& t : taps) t.join();
        };
        tapTenTimes();
        bench.agent().killHard();
        bench.startAgent();
        tapTenTimes();
        VERIFY_SETTLED(bench);
        tapTenTimes();
        QCOMPARE(accepted.load(), 1);
        QCOMPARE(QString::fromStdString(bench.states()), QString("out out "));
        VERIFY_PAPER(bench, 2);
    }
};

QTEST_GUILESS_MAIN(AgentAwayTest)
#include "agent_away_test.moc"
