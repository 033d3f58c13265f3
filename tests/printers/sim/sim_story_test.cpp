// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Days as stories: every trouble at its sheet and its time, and what is left afterwards.
#include "tests/printers/sim/sim_bench.h"

using namespace contone;
using namespace contone::printers;
namespace bench = contone::printers::testing;

class SimStoryTest : public QObject, bench::SimBench {
    Q_OBJECT

  private slots:
    void init() { renew(); }

    void aStoryHappensAtItsSheetAndAfterItsTime() {
        SimPrinter printer(folder(), m_clock);
        story("at sheet 3 media-empty; after 5 s refill  # the roll is changed\n");
        print::Ticket third;
        for (int i = 0; i < 3; ++i) third = sendPage(printer);
        QCOMPARE(paper().size(), std::size_t{2});
        QCOMPARE(obstacles(printer), std::string("media-empty"));
        QVERIFY(!printer.state()->ready);
        m_clock.advance(4999);
        QCOMPARE(obstacles(printer), std::string("media-empty"));
        QCOMPARE(progressOf(printer, third), QByteArray("waiting"));
        m_clock.advance(1);
        QCOMPARE(obstacles(printer), std::string());
        QCOMPARE(progressOf(printer, third), QByteArray("completed"));
        QCOMPARE(paper().size(), std::size_t{3});
    }

    void everyTroubleOfAStoryHasItsNameAndItsEnd_data() {
        QTest::addColumn<QString>("begins");
        QTest::addColumn<QString>("ends");
        QTest::addColumn<QString>("name");
        QTest::newRow("paper") << "media-empty" << "refill" << "media-empty";
        QTest::newRow("jam") << "jam" << "clear" << "media-jam";
        QTest::newRow("cover") << "cover-open" << "cover-close" << "cover-open";
        QTest::newRow("ribbon") << "ribbon-end" << "ribbon-new" << "supplies-empty";
        QTest::newRow("roll") << "roll 0 of 400" << "roll 400 of 400" << "supplies-empty";
        QTest::newRow("medium") << "load 127x178" << "load any" << "wrong-medium";
        QTest::newRow("away") << "offline" << "online" << "printer-unreachable";
        QTest::newRow("stopped") << "stop" << "start" << "stopped";
        QTest::newRow("paused") << "pause" << "start" << "paused";
    }
    void everyTroubleOfAStoryHasItsNameAndItsEnd() {
        QFETCH(QString, begins);
        QFETCH(QString, ends);
        QFETCH(QString, name);
        SimPrinter printer(folder(), m_clock);
        story(QString("after 1 s %1; after 1 min %2").arg(begins, ends).toStdString());
        QCOMPARE(obstacles(printer), std::string());
        m_clock.advance(999);
        const auto early = sendPage(printer);
        QCOMPARE(paper().size(), std::size_t{1});
        m_clock.advance(1);
        print::Ticket ticket;
        if (name != "printer-unreachable") {
            ticket = sendPage(printer);
            QCOMPARE(progressOf(printer, ticket), QByteArray(name == "media-jam" ? "printing" : "waiting"));
        }
        QCOMPARE(obstacles(printer), name.toStdString());
        m_clock.advance(59'999);
        QCOMPARE(obstacles(printer), name.toStdString());
        QCOMPARE(paper().size(), std::size_t{1});
        m_clock.advance(1);
        QCOMPARE(obstacles(printer), std::string());
        QCOMPARE(paper().size(), name == "printer-unreachable" ? std::size_t{1} : std::size_t{2});
    }

    void aJamThatUsesPaperSpoilsItsSheetAlone() {
        SimPrinter printer(folder(), m_clock);
        story("at sheet 2 jam-used; after 10 s clear");
        sendPage(printer);
        const auto spoiled = sendPage(printer), next = sendPage(printer);
        QCOMPARE(progressOf(printer, spoiled), QByteArray("aborted"));
        QCOMPARE((*printer.find(spoiled.attempt))->sheets, 0);
        QCOMPARE((*printer.find(spoiled.attempt))->documents, 1);  // nobody may say that nothing was sent
        QCOMPARE((*printer.find(next.attempt))->sheets, 0);
        QVERIFY(std::filesystem::exists(folder() / ("spoiled-" + spoiled.attempt.toString() + ".png")));
        m_clock.advance(10'000);
        QCOMPARE(progressOf(printer, next), QByteArray("completed"));
        QCOMPARE(paper().size(), std::size_t{2});
    }

    void resumeStartsWhatStoppedAndLeavesWhatAPersonPaused() {
        SimPrinter printer(folder(), m_clock);
        story("stop");
        const auto ticket = sendPage(printer);
        QCOMPARE(progressOf(printer, ticket), QByteArray("waiting"));
        QVERIFY(printer.resume());
        QCOMPARE(progressOf(printer, ticket), QByteArray("completed"));
        story("pause");
        const auto paused = sendPage(printer);
        QVERIFY(printer.resume());
        QCOMPARE(obstacles(printer), std::string("paused"));
        QCOMPARE(progressOf(printer, paused), QByteArray("waiting"));
        QVERIFY(printer.startQueue());  // a person's word
        QCOMPARE(progressOf(printer, paused), QByteArray("completed"));
    }

    void aLoadedMediumIsToldAndLetsItsOwnSheetsOut() {
        SimPrinter printer(folder(), m_clock);
        story("load 102x152");
        QCOMPARE(progressOf(printer, sendPage(printer)), QByteArray("completed"));  // 101.6 x 152.4 mm, to 0.5 mm
        story("load 127x178");
        QVERIFY((printer.state()->mediaReady == std::vector{PaperSize{millimetres(127), millimetres(178)}}));
        QVERIFY(printer.state()->ready);  // it has a tray for others
    }

    void aRefusingStoryEndsTheJobAndAnAcceptingOneTakesTheNext() {
        SimPrinter printer(folder(), m_clock);
        story("refuse; after 1 s accept");
        QVERIFY(sendPage(printer).attempt == print::Ticket{}.attempt);
        m_clock.advance(1000);
        QCOMPARE(progressOf(printer, sendPage(printer)), QByteArray("completed"));
    }

    void aSchedulerThatForgetsKnowsNoJobAnyMore() {
        SimPrinter printer(folder(), m_clock);
        story("media-empty; after 1 s forget; after 0 s refill");
        const auto ticket = sendPage(printer);
        QCOMPARE(progressOf(printer, ticket), QByteArray("waiting"));
        m_clock.advance(1000);
        QCOMPARE(progressOf(printer, ticket), QByteArray("nothing"));
        QVERIFY(paper().empty());
        QCOMPARE(progressOf(printer, sendPage(printer)), QByteArray("completed"));
    }

    void aSchedulerWithoutAGuardPrintsTwiceAndSaysSo() {
        SimPrinter printer(folder(), m_clock);
        story("at sheet 2 twice");
        const auto first = sendPage(printer), second = sendPage(printer);
        QCOMPARE((*printer.find(first.attempt))->sheets, 1);
        QCOMPARE((*printer.find(second.attempt))->sheets, 2);
        QCOMPARE(paper().size(), std::size_t{3});
    }

    void slowSheetsComeOutOneAfterTheOther() {
        SimPrinter printer(folder(), m_clock);
        story("slow 8000; roll 2 of 10");
        const auto first = sendPage(printer), second = sendPage(printer), third = sendPage(printer);
        m_clock.advance(8000);
        QCOMPARE(progressOf(printer, first), QByteArray("completed"));
        QCOMPARE(printer.state()->printsLeft().value_or(-1), 1);
        m_clock.advance(7999);
        QCOMPARE(progressOf(printer, second), QByteArray("printing"));
        m_clock.advance(1);
        QCOMPARE(progressOf(printer, second), QByteArray("completed"));
        m_clock.advance(60'000);
        QCOMPARE(obstacles(printer), std::string("supplies-empty"));
        QCOMPARE(progressOf(printer, third), QByteArray("waiting"));
    }

    void aStoryGoesOnAfterARestart() {
        {
            SimPrinter printer(folder(), m_clock);
            story("at sheet 2 jam; after 1 min clear");
            sendPage(printer);
            sendPage(printer);
            QCOMPARE(obstacles(printer), std::string("media-jam"));
        }
        m_clock.advance(30'000);
        SimPrinter printer(folder(), m_clock);
        QCOMPARE(obstacles(printer), std::string("media-jam"));
        m_clock.advance(30'000);
        QCOMPARE(obstacles(printer), std::string());
        QCOMPARE(paper().size(), std::size_t{2});
    }

    void aScriptThatMeansNothingIsRefusedWithItsLine_data() {
        QTest::addColumn<QString>("script");
        for (const char* script :
             {"media-emty", "at sheet x jam", "at sheet 0 jam", "at page 3 jam", "after 5 jam", "after 5 weeks jam",
              "after -1 s jam", "jam now", "roll 5", "roll 9 of 3", "roll 1 of 0", "load 102", "load axb", "slow",
              "jam;;clear", "at sheet 3", "after 5 s"})
            QTest::newRow(script) << script;
    }
    void aScriptThatMeansNothingIsRefusedWithItsLine() {
        QFETCH(QString, script);
        const auto parsed = SimScript::parse("refill\n" + script.toStdString() + "\n");
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().reason, std::string("sim-faults"));
        QVERIFY(!setSimScript(folder(), script.toStdString()));
    }
};

QTEST_GUILESS_MAIN(SimStoryTest)
#include "sim_story_test.moc"
