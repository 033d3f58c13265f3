// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a real queue says of itself: who stopped it, what is loaded, what runs out; and starting it again.
#include <signal.h>

#include "tests/printers/fixtures/queue_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;
using print::Obstacle;

class QueueHealthTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QueueBench> m_at;

    std::string obstacles() const {
        const auto state = m_at->printer->state();
        std::string text = state ? "" : state.error().reason;
        if (state)
            for (const Obstacle o : state->obstacles) text += (text.empty() ? "" : " ") + std::string(toString(o));
        return text;
    }

  private slots:
    void init() { m_at = std::make_unique<QueueBench>(); }
    void cleanup() { m_at.reset(); }

    void aQueueThatStoppedItselfIsStartedAgain() {
        CONTRACT_VERIFY(m_at->start());
        const auto ticket = m_at->stopOver("Printer out of media!");
        QCOMPARE(obstacles(), std::string("stopped"));
        QCOMPARE(m_at->printer->state()->message, std::string("Printer out of media!"));
        CONTRACT_VERIFY(m_at->scheduler->mendBackend());
        CONTRACT_VERIFY(m_at->printer->resume());
        QVERIFY2(eventually([&] { return obstacles().empty(); }), obstacles().c_str());
        // The page had been started: the guard leaves it to a person, and the next one prints.
        const auto held =
            waitFor(*m_at->printer, ticket.attempt, [](const print::JobStatus& s) { return s.heldByGuard; });
        QVERIFY((*held)->heldByGuard);
        const auto next = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), next, testPage({1200, 1800}, 2)));
        CONTRACT_VERIFY(waitFor(*m_at->printer, next.attempt, isOver));
        QCOMPARE(capturesOf(*m_at->device, next.attempt), 1);
        QCOMPARE(capturesOf(*m_at->device, ticket.attempt), 0);
    }

    void aQueueThatAPersonPausedStaysPaused() {
        CONTRACT_VERIFY(m_at->start());
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        QCOMPARE(obstacles(), std::string("paused"));
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string("paused"));
        CONTRACT_VERIFY(m_at->tell("cupsenable"));
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string());
        // Words of the person's own that sound like an error.
        CONTRACT_VERIFY(ChildProcess::run(
            "cupsdisable",
            {"-h", "localhost:" + std::to_string(m_at->scheduler->port()), "-r", "Printer out of media!", "photo"},
            m_at->folder.path() / "log"));
        QCOMPARE(obstacles(), std::string("paused"));
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string("paused"));
        // Somebody who pauses what had stopped by itself.
        CONTRACT_VERIFY(m_at->tell("cupsenable"));
        m_at->stopOver("Printer out of media!");
        QCOMPARE(obstacles(), std::string("stopped"));
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        QCOMPARE(obstacles(), std::string("paused"));
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string("paused"));
        CONTRACT_VERIFY(m_at->printer->startQueue());  // a person's word counts for all of them
        QVERIFY2(eventually([&] { return obstacles().empty(); }), obstacles().c_str());
    }

    void aPersonWhoPausesInTheMiddleOfAPageIsObeyed() {
        CONTRACT_VERIFY(m_at->start());
        QVERIFY(m_at->device->setFaults({.mediaEmpty = true}));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        QVERIFY(eventually([&] { return obstacles() == "media-empty"; }));
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        QVERIFY2(eventually([&] { return obstacles().ends_with("paused"); }), obstacles().c_str());
        std::this_thread::sleep_for(std::chrono::milliseconds(500));  // the backend has ended and has had its say
        QVERIFY(m_at->device->setFaults({}));
        CONTRACT_VERIFY(m_at->printer->resume());
        QVERIFY2(eventually([&] { return obstacles() == "paused"; }), obstacles().c_str());
    }

    void aQueueIsNotStartedWhileItsPrinterIsInTrouble() {
        CONTRACT_VERIFY(m_at->start());
        m_at->stopOver("Printer out of media!");
        CONTRACT_VERIFY(m_at->device->loadTray("na_index-4x6_4x6in", 0));
        QCOMPARE(obstacles(), std::string("media-empty stopped"));
        m_at->scheduler->killHard();  // it keeps its words and its jobs' over a restart
        CONTRACT_VERIFY(m_at->scheduler->restart());
        QCOMPARE(obstacles(), std::string("media-empty stopped"));
        CONTRACT_VERIFY(m_at->scheduler->mendBackend());
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string("media-empty stopped"));
        CONTRACT_VERIFY(m_at->device->loadTray("na_index-4x6_4x6in", 50));
        CONTRACT_VERIFY(m_at->printer->resume());
        QVERIFY2(eventually([&] { return obstacles().empty(); }), obstacles().c_str());
    }

    void aTroubleThatABackendDiedWithBlocksNobody() {
        CONTRACT_VERIFY(m_at->start());
        QVERIFY(m_at->device->setFaults({.mediaEmpty = true}));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        QVERIFY(eventually([&] { return obstacles() == "media-empty"; }));
        std::this_thread::sleep_for(std::chrono::milliseconds(1500));  // the queue has it from its backend too
        for (const pid_t backend : m_at->scheduler->backends()) ::kill(backend, SIGKILL);
        QVERIFY(m_at->device->setFaults({}));
        QVERIFY2(eventually([&] { return obstacles().empty(); }), obstacles().c_str());
        // The printer had the page whole; the job is not sent again.
        QVERIFY(eventually([&] { return capturesOf(*m_at->device, ticket.attempt) == 1; }));
    }

    void aQueueWhosePrinterCannotBeAskedIsStartedByAPersonAlone() {
        CONTRACT_VERIFY(m_at->start());
        // A device behind the guard that does not speak IPP, as a dye-sub on USB.
        CONTRACT_VERIFY(m_at->scheduler->putBehindGuard("photo", "broken://usb"));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(m_at->scheduler->addBrokenBackend("broken", "Printer out of media!"));
        CONTRACT_VERIFY(announceAndSend(m_at->bench(), ticket, 1));
        QVERIFY2(eventually([&] { return obstacles() == "stopped"; }), obstacles().c_str());
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string("stopped"));
        CONTRACT_VERIFY(m_at->printer->startQueue());
        const auto held =
            waitFor(*m_at->printer, ticket.attempt, [](const print::JobStatus& s) { return s.heldByGuard; });
        QVERIFY((*held)->heldByGuard);
        QVERIFY2(eventually([&] { return obstacles().empty(); }), obstacles().c_str());
    }

    void howItStoppedIsToldToTheNextProcess() {
        CONTRACT_VERIFY(m_at->start());
        const auto ticket = m_at->stopOver("Printer out of media!");
        const std::string words = m_at->printer->state()->stoppedWith;
        QCOMPARE(words, std::string("Printer out of media!"));
        CONTRACT_VERIFY(m_at->scheduler->mendBackend());
        const auto page = m_at->printer->find(ticket.attempt);
        QVERIFY(page && *page);
        CONTRACT_VERIFY(m_at->printer->cancel((**page).job));
        const auto nextProcess = [&] {
            m_at->printer = *QueuePrinter::open({print::RouteKind::Queue, m_at->scheduler->uri("photo")}, deviceRgb);
        };
        nextProcess();
        QCOMPARE(obstacles(), std::string("paused"));  // the page is gone: nothing tells who stopped it
        m_at->printer->recallStop(words);
        QCOMPARE(obstacles(), std::string("stopped"));
        // Somebody paused it while nobody looked: what is remembered does not count any more.
        nextProcess();
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        m_at->printer->recallStop(words);
        QCOMPARE(obstacles(), std::string("paused"));
        QCOMPARE(m_at->printer->state()->stoppedWith, std::string());
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string("paused"));
        // Somebody started it.
        CONTRACT_VERIFY(m_at->tell("cupsenable"));
        m_at->printer->recallStop(words);
        QCOMPARE(m_at->printer->state()->stoppedWith, std::string());
    }

    void onceItsPageIsTakenAwaySuchAQueueStartsByItself() {
        CONTRACT_VERIFY(m_at->start());
        CONTRACT_VERIFY(m_at->scheduler->putBehindGuard("photo", "broken://usb"));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(m_at->scheduler->addBrokenBackend("broken", "Printer out of media!"));
        const auto job = announceAndSend(m_at->bench(), ticket, 1);
        CONTRACT_VERIFY(job);
        QVERIFY2(eventually([&] { return obstacles() == "stopped"; }), obstacles().c_str());
        CONTRACT_VERIFY(m_at->printer->cancel(*job));
        QCOMPARE(obstacles(), std::string("stopped"));  // not a person's pause, though the page is gone
        CONTRACT_VERIFY(m_at->printer->resume());
        QVERIFY2(eventually([&] { return obstacles().empty(); }), obstacles().c_str());
        // What a person pauses after that is a person's.
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        QCOMPARE(obstacles(), std::string("paused"));
        CONTRACT_VERIFY(m_at->printer->resume());
        QCOMPARE(obstacles(), std::string("paused"));
    }

    void anotherPaperInTheTrayIsSaidWithItsSize() {
        CONTRACT_VERIFY(m_at->start());
        const auto report = m_at->verify();
        CONTRACT_VERIFY(m_at->device->loadTray("na_5x7_5x7in", 50));
        const auto state = m_at->printer->state();
        CONTRACT_VERIFY(state);
        QCOMPARE(state->mediaReady.size(), std::size_t{1});
        QVERIFY((state->mediaReady.front() == PaperSize{inches(5), inches(7)}));
        QVERIFY(!print::isLoaded(*state, smallMedium()));
        QVERIFY(m_at->verify()->fingerprint == report->fingerprint);  // what is loaded is no setting
        CONTRACT_VERIFY(m_at->device->loadTray("na_index-4x6_4x6in", 10));
        const auto low = m_at->printer->state();
        QVERIFY(low->ready);
        QVERIFY(print::isLoaded(*low, smallMedium()));
        QVERIFY(std::ranges::any_of(low->supplies, [](const print::Supply& s) {
            return s.kind == print::Supply::Kind::Media && s.low && s.prints == 10;
        }));
    }
};

QTEST_GUILESS_MAIN(QueueHealthTest)
#include "queue_health_test.moc"
