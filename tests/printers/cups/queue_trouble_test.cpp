// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A queue in trouble: dead printers, empty trays, refused pages, and a scheduler that is killed.
#include "tests/printers/fixtures/queue_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

class QueueTroubleTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QueueBench> m_at;

  private slots:
    void init() { m_at = std::make_unique<QueueBench>(); }
    void cleanup() { m_at.reset(); }

    void aFinishedJobIsFoundAfterCupsHasUnloadedIt() {
        CONTRACT_VERIFY(m_at->start());
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        CONTRACT_VERIFY(waitFor(*m_at->printer, ticket.attempt, isOver));
        CONTRACT_VERIFY(m_at->scheduler->restart());  // knows it from the disk alone now
        const auto status = m_at->printer->find(ticket.attempt);
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Completed));
        QCOMPARE((*status)->documents, 1);
        QCOMPARE(m_at->device->captures()->size(), std::size_t{1});
    }

    void aDeadPrinterBehindTheQueueIsSeenAndGetsThePageLater() {
        CONTRACT_VERIFY(m_at->start());
        const auto ticket = newTicket(m_at->bench());
        const auto file = writePage(m_at->bench(), ticket, testPage({1200, 1800}, 1));
        m_at->device->stop();
        const auto job = m_at->printer->create(ticket);
        CONTRACT_VERIFY(job);
        CONTRACT_VERIFY(m_at->printer->send(ticket, *job, *file));
        QVERIFY(eventually([&] {
            const auto state = m_at->printer->state();
            return state && !state->ready && state->obstacles.front() == print::Obstacle::Unreachable;
        }));
        QCOMPARE(m_at->verify().error().code == Code::Unavailable, true);
        const auto status = *m_at->printer->find(ticket.attempt);
        QCOMPARE(word(status->progress), word(print::JobProgress::Printing));
        QCOMPARE(status->sheets, 0);
        QVERIFY(m_at->device->captures()->empty());
        CONTRACT_VERIFY(m_at->printer->cancel(status->job));
        QCOMPARE(word((*waitFor(*m_at->printer, ticket.attempt, isOver))->progress),
                 word(print::JobProgress::Cancelled));
    }

    void anEmptyTrayIsSeenThroughTheQueue() {
        CONTRACT_VERIFY(m_at->start());
        QVERIFY(m_at->device->setFaults({.mediaEmpty = true}));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        QVERIFY(eventually([&] {
            const auto state = m_at->printer->state();
            return state && !state->ready && state->obstacles.front() == print::Obstacle::MediaEmpty;
        }));
        QVERIFY(m_at->device->setFaults({}));
        QCOMPARE(word((*waitFor(*m_at->printer, ticket.attempt, isOver))->progress),
                 word(print::JobProgress::Completed));
        QCOMPARE(m_at->device->captures()->size(), std::size_t{1});
    }

    void aDocumentThatThePrinterRefusesIsNeverACompletedSheet() {
        CONTRACT_VERIFY(m_at->start());
        const auto ticket = newTicket(m_at->bench());
        const auto file = writePage(m_at->bench(), ticket, testPage({1200, 1800}, 1));
        // The same printer, after a change that it does not take PWG any more.
        const int port = m_at->device->port();
        m_at->device.reset();
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::NoRaster;
        options.port = port;
        auto changed = VirtualPrinter::start(m_at->folder.path() / "printer", options);
        CONTRACT_VERIFY(changed);
        m_at->device.emplace(std::move(*changed));
        const auto job = m_at->printer->create(ticket);
        CONTRACT_VERIFY(job);
        const auto sent = m_at->printer->send(ticket, *job, *file);  // the queue takes it
        CONTRACT_VERIFY(sent);
        const auto status = waitFor(*m_at->printer, ticket.attempt,
                                    [](const print::JobStatus& s) { return isOver(s) || s.heldByGuard; });
        CONTRACT_VERIFY(status);
        QVERIFY(isOver(**status));
        QVERIFY(!((*status)->progress == print::JobProgress::Completed && (*status)->sheets > 0));
        QVERIFY(m_at->device->captures()->empty());
        // Certainly without paper, also when the printer's empty job has been taken away.
        QVERIFY2((*status)->refused, ((*status)->message + ", " + word((*status)->progress).toStdString()).c_str());
        CONTRACT_VERIFY(m_at->printer->cancel((*status)->job));
        const auto taken = m_at->printer->find(ticket.attempt);
        CONTRACT_VERIFY(taken);
        QVERIFY(taken->has_value() && (*taken)->refused);
    }

    void aSchedulerThatDiesAfterItGaveThePageAwayAsksNobody() {
        CONTRACT_VERIFY(m_at->start());
        QVERIFY(m_at->device->setFaults({.delayMs = 1500}));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        // The backend need not wait for the paper: the queue is done, the sheet is not.
        QVERIFY(eventually([&] { return m_at->queueState() == static_cast<int>(IPP_PSTATE_IDLE); }));
        const auto meanwhile = m_at->printer->find(ticket.attempt);
        CONTRACT_VERIFY(meanwhile);
        QVERIFY(meanwhile->has_value());
        QCOMPARE(word((*meanwhile)->progress), word(print::JobProgress::Printing));
        QCOMPARE((*meanwhile)->sheets, 0);
        m_at->scheduler->killHard();
        CONTRACT_VERIFY(m_at->scheduler->restart());
        const auto status = waitFor(*m_at->printer, ticket.attempt, isOver);
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Completed));
        QCOMPARE((*status)->sheets, 1);
        QCOMPARE(capturesOf(*m_at->device, ticket.attempt), 1);
    }

    void killingTheSchedulerDuringAJobPrintsOnceAndHoldsTheJob() {
        CONTRACT_VERIFY(m_at->start());
        // The page is at the backend for as long as it prints.
        CONTRACT_VERIFY(m_at->scheduler->putBehindGuard("photo", m_at->device->uri() + "?waitjob=true"));
        QVERIFY(m_at->device->setFaults({.delayMs = 1500}));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        const Path mark = m_at->scheduler->guardState() / "started" / ticket.attempt.toString();
        QVERIFY(eventually([&] { return std::filesystem::exists(mark); }));
        std::this_thread::sleep_for(std::chrono::milliseconds(200));  // the page is on its way
        m_at->scheduler->killHard();
        CONTRACT_VERIFY(m_at->scheduler->restart());
        const auto status =
            waitFor(*m_at->printer, ticket.attempt, [](const print::JobStatus& s) { return s.heldByGuard; });
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QVERIFY2((*status)->heldByGuard, (*status)->message.c_str());
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Held));
        QCOMPARE((*status)->documents, 1);
        QVERIFY(eventually([&] { return capturesOf(*m_at->device, ticket.attempt) > 0; }));
        std::this_thread::sleep_for(
            std::chrono::milliseconds(2500));  // longer than the page takes: would a second one come?
        QCOMPARE(capturesOf(*m_at->device, ticket.attempt), 1);
        CONTRACT_VERIFY(m_at->printer->cancel((*status)->job));
    }

    // The guard holds the job after a restart, and the printer has its page from before: who takes the job from the
    // queue must not believe that nothing will come out.
    void aPageThatThePrinterStillHasIsNotOverWhenItIsTakenFromTheQueue() {
        CONTRACT_VERIFY(m_at->start());
        CONTRACT_VERIFY(m_at->scheduler->putBehindGuard("photo", m_at->device->uri() + "?waitjob=true"));
        QVERIFY(m_at->device->setFaults({.mediaEmpty = true}));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        QVERIFY(becomes(*m_at->printer, [](const auto& state) {
            return state && state->obstacles == std::vector{print::Obstacle::MediaEmpty};
        }));
        m_at->scheduler->killHard();
        CONTRACT_VERIFY(m_at->scheduler->restart());
        const auto held =
            waitFor(*m_at->printer, ticket.attempt, [](const print::JobStatus& s) { return s.heldByGuard; });
        CONTRACT_VERIFY(held);
        QVERIFY((*held)->heldByGuard);
        CONTRACT_VERIFY(m_at->printer->cancel((*held)->job));
        const auto taken = m_at->printer->find(ticket.attempt);
        CONTRACT_VERIFY(taken);
        QCOMPARE(word((*taken)->progress), word(print::JobProgress::Printing));
        // This printer ends a page that it has begun; that it was asked to give it up shows in how the job ends.
        QVERIFY(m_at->device->setFaults({}));
        const auto over = waitFor(*m_at->printer, ticket.attempt, isOver);
        CONTRACT_VERIFY(over);
        QCOMPARE(word((*over)->progress), word(print::JobProgress::Cancelled));
        QCOMPARE(capturesOf(*m_at->device, ticket.attempt), 1);
    }

    void aPrinterThatCannotBeAskedMayStillHaveAPageThatWasTakenFromTheQueue() {
        CONTRACT_VERIFY(m_at->start());
        CONTRACT_VERIFY(m_at->scheduler->putBehindGuard("photo", m_at->device->uri() + "?waitjob=true"));
        QVERIFY(m_at->device->setFaults({.mediaEmpty = true}));
        const auto ticket = newTicket(m_at->bench());
        const auto job = sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1));
        CONTRACT_VERIFY(job);
        QVERIFY(becomes(*m_at->printer, [](const auto& state) { return has(state, print::Obstacle::MediaEmpty); }));
        m_at->device->stop();
        CONTRACT_VERIFY(m_at->printer->cancel(*job));
        const auto silent =
            waitFor(*m_at->printer, ticket.attempt, [](const print::JobStatus& s) { return s.printerIsSilent; });
        CONTRACT_VERIFY(silent);
        QVERIFY(silent->has_value() && (*silent)->printerIsSilent);
        CONTRACT_VERIFY(m_at->device->restart());
        const auto asked = waitFor(*m_at->printer, ticket.attempt, isOver);
        CONTRACT_VERIFY(asked);
        QVERIFY(!(*asked)->printerIsSilent);
    }

    void killingTheSchedulerBeforeTheJobStartsLosesNothing() {
        CONTRACT_VERIFY(m_at->start());
        CONTRACT_VERIFY(m_at->tell("cupsdisable"));
        std::vector<print::Ticket> tickets;
        for (int i = 0; i < 3; ++i) {
            tickets.push_back(newTicket(m_at->bench()));
            CONTRACT_VERIFY(
                sendPage(m_at->bench(), tickets.back(), testPage({1200, 1800}, static_cast<std::uint32_t>(i))));
        }
        m_at->scheduler->killHard();  // at once: DirtyCleanInterval 0 has the jobs on disk
        CONTRACT_VERIFY(m_at->scheduler->restart());
        for (const auto& ticket : tickets) {
            const auto status = m_at->printer->find(ticket.attempt);
            CONTRACT_VERIFY(status);
            QVERIFY(status->has_value());
            QCOMPARE((*status)->documents, 1);
        }
        CONTRACT_VERIFY(m_at->tell("cupsenable"));
        for (const auto& ticket : tickets) {
            CONTRACT_VERIFY(waitFor(*m_at->printer, ticket.attempt, isOver));
            QCOMPARE(capturesOf(*m_at->device, ticket.attempt), 1);
        }
    }

    void aPageLostInAPrinterWithoutPowerIsNeverACompletedSheet() {
        CONTRACT_VERIFY(m_at->start());
        QVERIFY(m_at->device->setFaults({.coverOpen = true}));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), ticket, testPage({1200, 1800}, 1)));
        QVERIFY(becomes(*m_at->printer, [](const auto& state) { return has(state, print::Obstacle::CoverOpen); }));
        m_at->device->killHard();
        CONTRACT_VERIFY(m_at->device->setFaults({}));
        CONTRACT_VERIFY(m_at->device->restart());
        // CUPS calls it completed, with a sheet.
        const auto status = waitFor(*m_at->printer, ticket.attempt, isOver);
        CONTRACT_VERIFY(status);
        QCOMPARE((*status)->sheets, 0);
        QVERIFY(m_at->device->captures()->empty());
    }

    void anAnnouncedJobThatIsForgottenEndsWithoutAPage() {
        auto options = schedulerOptions();
        options.multipleOperationTimeout = 1;
        CONTRACT_VERIFY(m_at->start(QueueKind::Guarded, options));
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(m_at->printer->create(ticket));
        const auto status = waitFor(*m_at->printer, ticket.attempt, isOver);
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QCOMPARE((*status)->documents, 0);
        QCOMPARE((*status)->sheets, 0);
        QVERIFY(m_at->device->captures()->empty());
    }

    void anAnnouncedJobWithoutAPagePrintsNothingAfterARestart() {
        CONTRACT_VERIFY(m_at->start());
        const auto ticket = newTicket(m_at->bench());
        CONTRACT_VERIFY(m_at->printer->create(ticket));
        m_at->scheduler->killHard();
        CONTRACT_VERIFY(m_at->scheduler->restart());
        const auto status = m_at->printer->find(ticket.attempt);
        CONTRACT_VERIFY(status);
        if (*status) {
            QCOMPARE((*status)->documents, 0);
            CONTRACT_VERIFY(m_at->printer->cancel((*status)->job));
        }
        // The queue is free for the next page.
        const auto next = newTicket(m_at->bench());
        CONTRACT_VERIFY(sendPage(m_at->bench(), next, testPage({1200, 1800}, 1)));
        CONTRACT_VERIFY(waitFor(*m_at->printer, next.attempt, isOver));
        QCOMPARE(m_at->device->captures()->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(QueueTroubleTest)
#include "queue_trouble_test.moc"
