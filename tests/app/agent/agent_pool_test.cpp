// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Two printers of one pool behind a real scheduler: what waits at one that cannot print comes out of the other, made
// for that one.
#include <QTest>
#include <set>

#include "tests/app/agent/agent_bench.h"

using namespace contone;
using print::RouteKind;
using print::SheetState;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

class AgentPoolTest : public QObject {
    Q_OBJECT
  private slots:
    void whatWaitsAtAnEmptyPrinterComesOutOfItsSiblingMadeForThatOne() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue, 2);
        bench.startAgent();
        bench.setUp();
        shop::SaveSetup first = bench.newSetup("bench", "4x6", 0), second = bench.newSetup("bench-2", "4x6", 1);
        first.pool = second.pool = "counter";
        second.intent = icc::Intent::Saturation;
        second.calibration.offsetX = Length::micrometres(700);
        for (const shop::SaveSetup& setup : {first, second}) {
            sure(bench.shop().ask(setup), "save");
            sure(bench.shop().ask(shop::VerifySetup{setup.name}), "verify");
        }
        sure(bench.printer(0).setFaults({.fromSheet = 2, .mediaEmpty = true}), "the roll will end");
        const OrderId order = bench.placeOrder(6);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");

        // Five come out; the one that the empty printer has already waits for its paper there.
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 5; }, 60), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(sure(bench.printer(0).captures(), "captures").size(), std::size_t{1});
        QVERIFY(bench.told("bench").find("out of paper") != std::string::npos);
        sure(bench.printer(0).setFaults({}), "refill");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 6; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(bench.captures().size(), std::size_t{6});

        // The record: which sheet on which printer, by which colours and offset, in whose place.
        const auto onPaper = bench.captures();
        std::map<std::string, std::set<std::string>> recipes;
        int moved = 0;
        for (const print::Sheet& s : bench.sheets()) {
            if (s.state != SheetState::Out) continue;
            const auto record = sure(bench.shop().ask(shop::ShowSheetRecord{s.id}), "record");
            const auto setup = record.job.setup;
            recipes[setup.name].insert(s.recipe.toString());
            QCOMPARE(setup.intent == icc::Intent::Saturation, setup.name == "bench-2");
            QCOMPARE(setup.calibration.offsetX.um(), setup.name == "bench-2" ? 700 : 0);
            const auto captures = sure(bench.printer(setup.name == "bench" ? 0 : 1).captures(), "captures");
            QCOMPARE(std::ranges::count_if(captures,
                                           [&](const auto& capture) {
                                               return capture.attributes.at("IPP_JOB_NAME") ==
                                                      print::jobName(s.attempt);
                                           }),
                     1);
            if (setup.name != "bench-2") continue;
            QVERIFY(s.movedFrom);
            QVERIFY(sure(bench.shop().ask(shop::ShowSheetRecord{*s.movedFrom}), "from").sheet.state ==
                    SheetState::Cancelled);
            moved++;
        }
        QVERIFY(moved >= 4);
        QVERIFY(recipes["bench"].size() == 1 && recipes["bench-2"].size() == 1);
        QVERIFY(recipes["bench"] != recipes["bench-2"]);
    }

    void aPrinterThatLosesItsPowerLeavesItsWaitingSheetsToItsSiblingAndPrintsNoneOfThemLater() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Queue, 2);
        bench.startAgent();
        bench.setUp();
        for (int i = 0; i < 2; i++) {
            shop::SaveSetup setup = bench.newSetup(i == 0 ? "bench" : "bench-2", "4x6", i);
            setup.pool = "counter";
            sure(bench.shop().ask(setup), "pool");
        }
        sure(bench.shop().ask(shop::PausePrinter{"bench-2"}), "busy elsewhere");
        sure(bench.printer(0).setFaults({.fromSheet = 2, .coverOpen = true}), "cover");
        const OrderId order = bench.placeOrder(4);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.told("bench").find("cover") != std::string::npos; }),
                 (bench.states() + bench.told("bench") + bench.told("bench-2")).c_str());
        bench.printer(0).killHard();
        sure(bench.shop().ask(shop::ResumePrinter{"bench-2"}), "free again");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) >= 3; }, 60), bench.states().c_str());
        QCOMPARE(sure(bench.printer(1).captures(), "captures").size(), std::size_t{2});
        sure(bench.printer(0).setFaults({}), "closed");
        sure(bench.printer(0).restart(), "power");
        QVERIFY2(eventually([&] { return bench.allSettled(); }, 60), bench.states().c_str());
        bench.lookInTheTrays();
        if (bench.count(SheetState::Out) < 4)
            sure(bench.shop().ask(shop::PrintOrder{order, "bench-2"}), "the missing one");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 4; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(bench.captures().size(), std::size_t{4});
    }
};

QTEST_GUILESS_MAIN(AgentPoolTest)
#include "agent_pool_test.moc"
