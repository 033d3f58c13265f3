// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// kill -9 of the agent at every commit point, on both routes, and at random moments: nothing lost, nothing printed
// twice. The judge is the paper: captures of a real IPP printer, matched to the attempts' names.
#include <QTest>
#include <random>

#include "tests/app/agent/agent_bench.h"

using namespace contone;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

namespace {

void addRoutes(const QString& name, const std::string& point) {
    QTest::newRow(qPrintable("direct, " + name))
        << static_cast<int>(print::RouteKind::Direct) << QString::fromStdString(point);
    QTest::newRow(qPrintable("queue, " + name))
        << static_cast<int>(print::RouteKind::Queue) << QString::fromStdString(point);
}

}  // namespace

class AgentKillTest : public QObject {
    Q_OBJECT
  private slots:
    void killedAtACommitPointThePrintsComeOutOnce_data() {
        QTest::addColumn<int>("route");
        QTest::addColumn<QString>("point");
        for (const char* point : {"created", "sending", "document-sent", "sent", "out"}) {
            addRoutes(QString(point) + " of the first sheet", std::string(point) + ":1");
        }
        addRoutes("sending of the second sheet", "sending:2");
    }
    void killedAtACommitPointThePrintsComeOutOnce() {
        QFETCH(int, route);
        QFETCH(QString, point);
        const OpenFolder folder;
        AgentBench bench(folder.path(), static_cast<print::RouteKind>(route));
        bench.startAgent(point.toStdString());
        bench.setUp();
        const OrderId order = bench.placeOrder(2);
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        QVERIFY(eventually([&] { return !bench.agent().isRunning(); }));  // it died where it was told to
        bench.startAgent();
        QVERIFY2(eventually([&] { return bench.allSettled(); }), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        // At every commit point the scheduler can tell: nothing needs a person.
        QCOMPARE(QString::fromStdString(bench.states()), QString("out out "));
    }

    void killedAtRandomMomentsNothingIsLostOrDoubled_data() {
        QTest::addColumn<int>("route");
        QTest::addColumn<QString>("point");
        addRoutes("random", "");
    }
    void killedAtRandomMomentsNothingIsLostOrDoubled() {
        QFETCH(int, route);
        const int kills =
            qEnvironmentVariableIntValue("CONTONE_KILLS") > 0 ? qEnvironmentVariableIntValue("CONTONE_KILLS") : 5;
        const unsigned seed = static_cast<unsigned>(qEnvironmentVariableIntValue("CONTONE_SEED")) + 1;
        std::mt19937 random(seed);
        const OpenFolder folder;
        AgentBench bench(folder.path(), static_cast<print::RouteKind>(route));
        bench.startAgent();
        bench.setUp();
        const OrderId order = bench.placeOrder(std::max(4, kills));
        sure(bench.shop().ask(shop::PrintOrder{order, "bench"}), "print");
        for (int i = 0; i < kills && !bench.allSettled(); i++) {
            std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(20, 900)(random)));
            bench.agent().killHard();
            bench.startAgent();
        }
        QVERIFY2(eventually([&] { return bench.allSettled(); }, 60 + 10 * kills), bench.states().c_str());
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        // Whatever is in question is settled by looking at the tray; then every copy is out or known to be missing.
        bench.lookInTheTrays();
        QCOMPARE(QString::fromStdString(bench.judge()), QString());
        qInfo("%d kills, seed %u: %s", kills, seed, bench.states().c_str());
    }
};

QTEST_GUILESS_MAIN(AgentKillTest)
#include "agent_kill_test.moc"
