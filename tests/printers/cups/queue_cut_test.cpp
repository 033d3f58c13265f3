// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A scheduler that is killed inside Send-Document: it finds the page again when it starts, and holds it for ever.
#include "tests/printers/fixtures/queue_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

class QueueCutTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QueueBench> m_at;

    Result<void> start(QueueKind kind = QueueKind::Guarded) {
        auto options = schedulerOptions();
        options.environment = {{"LD_PRELOAD", CONTONE_DYING_SCHEDULER_LIBRARY},
                               {"CONTONE_DIE_AT", (m_at->folder.path() / "die").string()}};
        return m_at->start(kind, options);
    }

    /// The scheduler dies at this moment of a page's Send-Document and is started again.
    Result<std::optional<print::JobStatus>> cutAt(const print::Ticket& ticket, const std::string& moment) {
        CONTONE_TRY(const Path file, writePage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        CONTONE_TRY(const print::SchedulerJob job, m_at->printer->create(ticket));
        std::string control = std::to_string(job.number);
        control.insert(0, "c" + std::string(5 - control.size(), '0'));
        // What is announced is on the disk.
        if (!eventually([&] { return std::filesystem::exists(m_at->folder.path() / "cups/spool" / control); }))
            return fail(Code::Internal, "not-saved", "The scheduler did not save the job.");
        CONTONE_CHECK(writeFileDurably(m_at->folder.path() / "die", moment));
        if (m_at->printer->send(ticket, job, file) && moment == "document")
            return fail(Code::Internal, "not-cut", "The scheduler did not die.");
        if (!eventually([&] { return !m_at->scheduler->isRunning(); }))
            return fail(Code::Internal, "not-cut", "The scheduler did not die.");
        CONTONE_CHECK(m_at->scheduler->restart());
        return m_at->printer->find(ticket.attempt);
    }

  private slots:
    void init() { m_at = std::make_unique<QueueBench>(); }
    void cleanup() { m_at.reset(); }

    void aPageWhoseSchedulerDiedWhileItTookItIsHeldByNobodyAndPrintsOnceReleased() {
        CONTRACT_VERIFY(start());
        const auto ticket = newTicket(m_at->bench());
        const auto status = cutAt(ticket, "document");
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Held));
        QCOMPARE((*status)->documents, 1);
        QVERIFY((*status)->heldByNobody);
        QVERIFY(m_at->device->captures()->empty());
        CONTRACT_VERIFY(m_at->printer->release((*status)->job));
        const auto over = waitFor(*m_at->printer, ticket.attempt, isOver);
        CONTRACT_VERIFY(over);
        QCOMPARE(word((*over)->progress), word(print::JobProgress::Completed));
        QCOMPARE((*over)->sheets, 1);
        QVERIFY(paperOf(*m_at->device).back() == testPage({1200, 1800}, 1));  // whole
        CONTRACT_VERIFY(m_at->printer->release((*over)->job));                // nothing to let go any more
        QCOMPARE(capturesOf(*m_at->device, ticket.attempt), 1);
    }

    // The same job to look at, and yet it prints: whoever cancelled it and sent the page anew would have it twice.
    void aPageThatHadBegunLooksTheSameAndTheGuardKeepsItOnceReleased() {
        CONTRACT_VERIFY(start());
        const auto ticket = newTicket(m_at->bench());
        const auto status = cutAt(ticket, "control");
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Held));
        QVERIFY((*status)->heldByNobody);
        QVERIFY(eventually([&] { return capturesOf(*m_at->device, ticket.attempt) == 1; }));
        CONTRACT_VERIFY(m_at->printer->release((*status)->job));
        const auto held =
            waitFor(*m_at->printer, ticket.attempt, [](const print::JobStatus& s) { return s.heldByGuard; });
        CONTRACT_VERIFY(held);
        QVERIFY((*held)->heldByGuard);
        QVERIFY(!(*held)->heldByNobody);
        QCOMPARE(capturesOf(*m_at->device, ticket.attempt), 1);
    }

    // Nobody keeps a queue without our guard from printing it twice: a person decides.
    void withoutOurGuardItIsAPersonsToRelease() {
        CONTRACT_VERIFY(start(QueueKind::Unguarded));
        const auto status = cutAt(newTicket(m_at->bench()), "document");
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Held));
        QVERIFY(!(*status)->heldByNobody);
    }

    void aPersonsHoldIsNotByNobody() {
        CONTRACT_VERIFY(start());
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        const auto ticket = newTicket(m_at->bench());
        const auto job = sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1));
        CONTRACT_VERIFY(job);
        CONTRACT_VERIFY(ChildProcess::run("lp",
                                          {"-h", "localhost:" + std::to_string(m_at->scheduler->port()), "-i",
                                           std::to_string(job->number), "-H", "hold"},
                                          m_at->folder.path() / "log"));
        for (const char* restarts : {"never", "in order", "after a kill"}) {
            if (restarts != std::string("never")) {
                if (restarts == std::string("after a kill")) m_at->scheduler->killHard();
                CONTRACT_VERIFY(m_at->scheduler->restart());
            }
            const auto status = m_at->printer->find(ticket.attempt);
            CONTRACT_VERIFY(status);
            QCOMPARE(word((*status)->progress), word(print::JobProgress::Held));
            QVERIFY2(!(*status)->heldByNobody, restarts);
        }
    }
};

QTEST_GUILESS_MAIN(QueueCutTest)
#include "queue_cut_test.moc"
