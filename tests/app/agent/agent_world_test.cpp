// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A full disk and a clock that jumps, in the middle of orders.
#include <QTest>

#include "core/db/database.h"
#include "printers/sim/sim_printer.h"
#include "tests/app/agent/bad_world.h"

using namespace contone;
using namespace std::chrono_literals;
using print::RouteKind;
using print::SheetState;
using testing::AgentBench;
using testing::BadWorld;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

class AgentWorldTest : public QObject {
    Q_OBJECT
  private slots:
    void aFullDiskStopsNothingForGoodAndLosesNothing_data() {
        QTest::addColumn<int>("route");
        QTest::newRow("direct") << static_cast<int>(RouteKind::Direct);
        QTest::newRow("queue") << static_cast<int>(RouteKind::Queue);
    }
    void aFullDiskStopsNothingForGoodAndLosesNothing() {
        QFETCH(int, route);
        const OpenFolder folder;
        BadWorld world(folder.path() / "world");
        AgentBench bench(folder.path(), static_cast<RouteKind>(route));
        bench.setAgentEnvironment(world.environment());
        bench.startAgent();
        bench.setUp();
        sure(bench.printer().setFaults({.delayMs = 250}), "slow");
        const OrderId order = bench.placeOrder(4), later = bench.placeOrder(1);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        for (int full = 1; full <= 2; full++) {
            // In the middle of a sheet: some of it is committed, the rest cannot be.
            QVERIFY2(eventually([&] { return bench.count(SheetState::Out) >= full; }), bench.states().c_str());
            std::this_thread::sleep_for(120ms * full);
            world.fillDisk();
            const auto refused = bench.shop().ask(shop::PrintOrder{later, "bench"});
            QVERIFY(!refused);  // acknowledged means committed
            QVERIFY2(eventually([&] { return bench.told().find("disk") != std::string::npos; }),
                     (bench.told() + bench.states()).c_str());
            QVERIFY(bench.agent().isRunning());
            world.freeDisk();
        }
        QVERIFY2(eventually([&] { return bench.allSettled(); }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QVERIFY2(eventually([&] { return bench.told().empty(); }), bench.told().c_str());
        bench.lookInTheTrays();
        (void)bench.shop().ask(shop::PrintOrder{order, "bench"});  // what is missing, if anything is
        sure(bench.shop().ask(shop::PrintOrder{later, "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 5; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        QCOMPARE(bench.captures().size(), std::size_t{5});
    }

    void aStoreThatIsDamagedWhileTheAgentRunsPrintsNoMore() {
        const OpenFolder folder;
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.startAgent({}, {"--check-every", "1"});
        bench.setUp();
        const OrderId order = bench.placeOrder(2);
        sure(bench.printer().setFaults({.mediaEmpty = true}), "no paper");
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        std::this_thread::sleep_for(2500ms);  // looked at while it is used, and found well
        QVERIFY(bench.agent().isRunning());
        {
            auto db = sure(db::Database::open(bench.home() / "contone.db", db::Missing::Fail), "database");
            sure(db.run("PRAGMA busy_timeout = 5000"), "wait");
            sure(db.run("UPDATE order_line SET copies = 900"), "a damage that SQLite does not see");
        }
        QVERIFY(eventually([&] { return !bench.agent().isRunning(); }, 15));
        QCOMPARE(bench.agent().poll(), 231);  // store-differs
        QVERIFY(readTextFile(bench.home() / "agent.log", 1 << 20)->find("store-check") != std::string::npos);
        bench.startAgent();
        QVERIFY(eventually([&] { return !bench.agent().isRunning(); }, 15));
        QCOMPARE(bench.agent().poll(), 231);
        const std::string said = sure(readTextFile(folder.path() / "agent.out", 1 << 20), "words");
        QVERIFY2(said.find("contone store rebuild") != std::string::npos, said.c_str());
        sure(bench.printer().setFaults({}), "paper");
        QCOMPARE(bench.captures().size(), std::size_t{0});
    }

    void aClockThatJumpsChangesNothing() {
        const OpenFolder folder;
        BadWorld world(folder.path() / "world");
        AgentBench bench(folder.path(), RouteKind::Queue);
        bench.setAgentEnvironment(world.environment());
        bench.startAgent();
        bench.setUp();
        const OrderId order = bench.placeOrder(4);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        // A summer-time mistake, a battery that died, a date typed wrong.
        for (const auto jump : std::initializer_list<std::chrono::milliseconds>{1h, -26h, 20 * 365 * 24h}) {
            const int out = bench.count(SheetState::Out);
            world.setClockOffset(jump);
            QVERIFY2(eventually([&] { return bench.count(SheetState::Out) > out; }), bench.states().c_str());
            // It is this clock that the agent lives by.
            const std::int64_t now = SystemClock().now().ms + jump.count();
            QVERIFY(std::ranges::any_of(
                bench.sheets(), [&](const print::Sheet& s) { return std::abs(s.changedAt.ms - now) < 60'000; }));
        }
        QVERIFY2(eventually([&] { return bench.allSettled(); }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.states()), QString("out out out out "));
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        // Back in the present after a restart, with sheets of the future in the ledger.
        world.setClockOffset(0ms);
        bench.agent().killHard();
        bench.startAgent();
        sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(1), "bench"}), "print");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 5; }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
    }

    // Nobody can cut a look-up: the process ends with it.
    void aSilentNameServerDoesNotKeepTheAgentFromStopping() {
        const OpenFolder folder;
        BadWorld world(folder.path() / "world");
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.setAgentEnvironment(world.environment());
        bench.startAgent();
        bench.setUp();
        const OrderId order = bench.placeOrder(2);
        world.silenceNameServer();
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        std::this_thread::sleep_for(3s);  // its printer is asked each second or two
        bench.agent().stop();             // kills it after five seconds
        QCOMPARE(bench.agent().poll(), 0);
        BadWorld(folder.path() / "world");  // it answers again
        bench.startAgent();
        VERIFY_OUT(bench, 2);
        VERIFY_PAPER(bench, 2);
    }

    void aSimulatedPrinterPrintsOnWhenTheClockGoesBack() {
        const OpenFolder folder;
        BadWorld world(folder.path() / "world");
        AgentBench bench(folder.path(), RouteKind::Direct);
        bench.setAgentEnvironment(world.environment());
        bench.startAgent();
        const Path tray = folder.path() / "tray";
        shop::SaveSetup setup = bench.newSetup("tray", "4x6", 0);
        setup.route = {RouteKind::Sim, tray.string()};
        sure(bench.shop().ask(setup), "save");
        sure(bench.shop().ask(shop::VerifySetup{"tray"}), "verify");
        sure(printers::setSimFaults(tray, {.printMs = 2000}), "slow");
        sure(bench.shop().ask(shop::PrintOrder{bench.placeOrder(2), "tray"}), "print");
        QVERIFY2(eventually([&] { return bench.count(SheetState::Printing) == 1; }), bench.states().c_str());
        world.setClockOffset(-26h);
        QVERIFY2(eventually([&] { return bench.count(SheetState::Out) == 2; }), bench.states().c_str());
    }
};

QTEST_GUILESS_MAIN(AgentWorldTest)
#include "agent_world_test.moc"
