// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The queue route through a real cupsd with our guard: pages arrive byte for byte; queues that would not are refused.
#include "tests/printers/fixtures/queue_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

class QueueTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QueueBench> m_at;
    static bool says(const print::Verification& report, const char* words) {
        return allOf(report.problems).find(words) != std::string::npos;
    }

  private slots:
    void init() { m_at = std::make_unique<QueueBench>(); }
    void cleanup() { m_at.reset(); }

    void itKeepsThePrinterContract() {
        CONTRACT_VERIFY(m_at->start());
        runContract(m_at->stoppableBench());
    }

    void aPageArrivesByteForByteWithoutBorders() {
        CONTRACT_VERIFY(m_at->start());
        const auto ticket = newTicket(m_at->bench());
        Path file;
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1), &file));
        const auto status = waitFor(*m_at->printer, ticket.attempt, isOver);
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Completed));
        const auto captures = m_at->device->captures();
        QCOMPARE(captures->size(), std::size_t{1});
        QVERIFY(*readFile(captures->front().document, 1 << 26) == *readFile(file, 1 << 26));
        auto said = captures->front().attributes;
        QCOMPARE(said["CONTENT_TYPE"], std::string("image/pwg-raster"));
        QCOMPARE(said["IPP_PRINT_COLOR_MODE"], std::string("color"));
        for (const char* part :
             {"media-bottom-margin=0", "media-left-margin=0", "media-right-margin=0", "media-top-margin=0",
              "x-dimension=10160", "y-dimension=15240", "media-type=photographic-glossy"})
            QVERIFY2(said["IPP_MEDIA_COL"].find(part) != std::string::npos, said["IPP_MEDIA_COL"].c_str());
        QVERIFY(std::filesystem::exists(m_at->scheduler->guardState() / "started" / ticket.attempt.toString()));
        QVERIFY(readTextFile(m_at->scheduler->errorLog(), 1 << 26)->find("Started filter") == std::string::npos);
    }

    void aGuardedQueuePassesVerification() {
        CONTRACT_VERIFY(m_at->start());
        const auto report = m_at->verify();
        CONTRACT_VERIFY(report);
        QVERIFY2(report->passed, allOf(report->problems).c_str());
        QVERIFY(!report->atLeastOnce);
        QVERIFY(report->problems.empty());
        QVERIFY(allOf(report->verified).find("no filter") != std::string::npos);
        QVERIFY(allOf(report->verified).find("guard") != std::string::npos);
        QVERIFY(m_at->verify()->fingerprint == report->fingerprint);
    }

    void anUnguardedQueueIsLabelledAtLeastOnce() {
        CONTRACT_VERIFY(m_at->start(QueueKind::Unguarded));
        const auto report = m_at->verify();
        CONTRACT_VERIFY(report);
        QVERIFY2(report->passed, allOf(report->problems).c_str());
        QVERIFY(report->atLeastOnce);
        QVERIFY(says(*report, "contone-guard"));
    }

    void aQueueThatWouldFilterIsRefusedWithTheFilter() {
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::PwgAndUrf;  // CUPS then passes URF alone
        CONTRACT_VERIFY(m_at->start(QueueKind::Guarded, schedulerOptions(), options));
        const auto report = m_at->verify();
        CONTRACT_VERIFY(report);
        QVERIFY(!report->passed);
        QVERIFY2(says(*report, "rastertopdf"), allOf(report->problems).c_str());
        // And if a page is sent all the same, the guard sees that a filter ran and lets nothing out.
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        const auto status = waitFor(*m_at->printer, ticket.attempt,
                                    [](const print::JobStatus& s) { return s.progress == print::JobProgress::Held; });
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Held));
        QVERIFY(!(*status)->heldByGuard);
        QVERIFY2((*status)->message.find("filter") != std::string::npos, (*status)->message.c_str());
        QVERIFY(m_at->device->captures()->empty());
    }

    void aRawQueueIsRefused() {
        CONTRACT_VERIFY(m_at->start(QueueKind::Raw));
        const auto report = m_at->verify();
        CONTRACT_VERIFY(report);
        QVERIFY(!report->passed);
        QVERIFY2(says(*report, "raw"), allOf(report->problems).c_str());
    }

    void aStoppedQueueIsReported() {
        CONTRACT_VERIFY(m_at->start());
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        const auto state = m_at->printer->state();
        QVERIFY(!state->ready);
        QCOMPARE(word(state->obstacles.front()), word(print::Obstacle::Paused));
        const auto report = m_at->verify();
        QVERIFY(!report->passed);
        QVERIFY(says(*report, "stopped"));
        // A page sent now waits and prints when the queue goes on.
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        QCOMPARE(word((*m_at->printer->find(ticket.attempt))->progress), word(print::JobProgress::Waiting));
        CONTRACT_VERIFY(m_at->tell("cupsenable"));
        CONTRACT_VERIFY(waitFor(*m_at->printer, ticket.attempt, isOver));
        QCOMPARE(m_at->device->captures()->size(), std::size_t{1});
    }

    void aQueueThatTakesNoJobsSaysSo() {
        CONTRACT_VERIFY(m_at->start());
        CONTRACT_VERIFY(m_at->tell("cupsreject"));
        QCOMPARE(word(m_at->printer->state()->obstacles.front()), word(print::Obstacle::NotAccepting));
        QCOMPARE(m_at->printer->create(newTicket(m_at->bench())).error().reason, std::string("not-accepting"));
        QVERIFY(says(*m_at->verify(), "does not accept jobs"));
    }

    void aMissingQueueSaysSo() {
        CONTRACT_VERIFY(m_at->start());
        const auto nowhere = QueuePrinter::open({print::RouteKind::Queue, m_at->scheduler->uri("nowhere")}, deviceRgb);
        const auto ticket = newTicket(m_at->bench());
        QCOMPARE((*nowhere)->state().error().reason, std::string("queue-missing"));
        QCOMPARE((*nowhere)->create(ticket).error().reason, std::string("queue-missing"));
    }

    void dangerousSettingsAreProblemsWithTheirCure() {
        auto options = schedulerOptions();
        options.dirtyCleanInterval = 30;
        options.preserveJobHistory = "No";
        options.preserveJobFiles = "86400";
        options.errorPolicy = "stop-printer";
        CONTRACT_VERIFY(m_at->start(QueueKind::Guarded, options));
        const auto report = m_at->verify();
        QVERIFY(!report->passed);
        for (const char* cure : {"DirtyCleanInterval 0", "PreserveJobHistory Yes", "PreserveJobFiles No", "retry-job"})
            QVERIFY2(says(*report, cure), allOf(report->problems).c_str());
    }

    void settingsThatCannotBeReadAreNotTakenForGood() {
        auto options = schedulerOptions();
        options.settings = SchedulerOptions::Settings::Hidden;
        CONTRACT_VERIFY(m_at->start(QueueKind::Guarded, options));
        const auto report = m_at->verify();
        QVERIFY2(report->passed, allOf(report->problems).c_str());
        QVERIFY(report->atLeastOnce);
        QVERIFY(says(*report, "settings"));
    }
};

QTEST_GUILESS_MAIN(QueueTest)
#include "queue_test.moc"
