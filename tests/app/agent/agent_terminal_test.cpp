// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// kill -9 of the agent while a card terminal has the customer's card: the next agent finds out by itself what the
// terminal proves, and asks a person about the rest. No card is charged twice.
#include <QTest>
#include <fstream>

#include "tests/app/agent/agent_bench.h"
#include "tests/core/devices/scripted_terminal.h"

using namespace contone;
using devices::testing::Memory, devices::testing::ScriptedTerminal, devices::testing::Story;
using testing::AgentBench;
using testing::eventually;
using testing::OpenFolder;
using testing::sure;

class AgentTerminalTest : public QObject {
    Q_OBJECT
  private slots:
    void killedAtATerminalNothingIsChargedTwice_data() {
        QTest::addColumn<QString>("point");
        QTest::addColumn<int>("charged");
        QTest::newRow("before it was asked") << "terminal-begun:1" << 0;
        QTest::newRow("after the card was charged") << "terminal-answered:1" << 1;
    }
    void killedAtATerminalNothingIsChargedTwice() {
        QFETCH(QString, point);
        QFETCH(int, charged);
        const OpenFolder folder;
        ScriptedTerminal terminal(Story::Approve, Memory{41, 97, 500, 0, true});
        AgentBench bench(folder.path(), print::RouteKind::Direct);
        bench.startAgent(point.toStdString());
        std::ofstream(bench.home() / "shop.toml")
            << "[terminal]\nhost = \"127.0.0.1\"\nport = " << terminal.port() << "\n";
        const OrderId order = bench.placeOrder(2);
        shop::TakePayment take{.order = order, .charge = order::ChargeId::generate(SystemClock())};
        take.method = order::PayMethod::Terminal;
        const auto lost = bench.shop().ask(take);
        QVERIFY(!lost && lost.error().reason == "agent-lost");
        QVERIFY(eventually([&] { return !bench.agent().isRunning(); }));
        QCOMPARE(terminal.charged(), charged);
        bench.startAgent();
        const auto payment = [&] { return sure(bench.shop().ask(shop::ShowPayment{order}), "payment"); };
        if (charged == 1) {
            QVERIFY(eventually([&] { return payment().state == order::PaymentState::Paid; }));
            QCOMPARE(payment().taken.at(0).reason, std::string("terminal-says"));
            const auto again = bench.shop().ask(take);  // the till asks once more
            QVERIFY(again && again->taken.size() == 1);
        } else {
            QVERIFY(eventually([&] { return payment().state == order::PaymentState::Unknown; }));
            QCOMPARE(bench.shop().ask(take).error().reason, std::string("payment-open"));
            QVERIFY(bench.shop().ask(shop::SettlePayment{order, false, "slip-seen"}).has_value());
            take.charge = order::ChargeId::generate(SystemClock());
            QVERIFY(bench.shop().ask(take).has_value());
        }
        QCOMPARE(terminal.charged(), 1);
    }
};

QTEST_GUILESS_MAIN(AgentTerminalTest)
#include "agent_terminal_test.moc"
