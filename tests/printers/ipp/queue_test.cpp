// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The queue route through a real cupsd with our guard: pages arrive byte for byte, and queues that would not are
// refused.
#include "printers/guard/guard_uri.h"
#include "tests/printers/fixtures/servers.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

class QueueTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<OpenFolder> m_folder;
    std::optional<VirtualPrinter> m_virtual;
    std::optional<PrivateScheduler> m_scheduler;
    std::unique_ptr<IppPrinter> m_printer;

    Result<void> start(QueueKind kind = QueueKind::Guarded, const SchedulerOptions& scheduler = schedulerOptions(),
                       const VirtualPrinterOptions& printer = printerOptions()) {
        CONTONE_TRY(m_virtual, VirtualPrinter::start(m_folder->path() / "printer", printer));
        CONTONE_TRY(m_scheduler, PrivateScheduler::start(m_folder->path() / "cups", scheduler));
        CONTONE_CHECK(m_scheduler->addQueue("photo", kind, m_virtual->uri()));
        CONTONE_TRY(m_printer, IppPrinter::open({print::RouteKind::Queue, m_scheduler->uri("photo")}, deviceRgb));
        return {};
    }
    Bench bench() const {
        return {*m_printer, smallMedium(), "glossy", m_folder->path(), [this] { return paperOf(*m_virtual); }};
    }
    Result<print::Verification> verify() const {
        return m_printer->verify(setupFor(print::RouteKind::Queue, m_scheduler->uri("photo")), smallMedium(), {1});
    }
    Result<void> tell(const char* program) {
        return ChildProcess::run(program, {"-h", "localhost:" + std::to_string(m_scheduler->port()), "photo"},
                                 m_folder->path() / "log");
    }
    static bool says(const print::Verification& proof, const char* words) {
        return allOf(proof.problems).find(words) != std::string::npos;
    }

  private slots:
    void init() { m_folder = std::make_unique<OpenFolder>(); }
    void cleanup() {
        m_printer.reset();
        m_scheduler.reset();
        m_virtual.reset();
    }

    void itKeepsThePrinterContract() {
        CONTRACT_VERIFY(start());
        runContract(bench());
    }

    void aPageArrivesByteForByteWithoutBorders() {
        CONTRACT_VERIFY(start());
        const auto ticket = newTicket(bench());
        Path file;
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1), &file));
        const auto sight = waitFor(*m_printer, ticket.attempt, isOver);
        QCOMPARE(word((*sight)->progress), word(print::JobProgress::Completed));
        const auto captures = m_virtual->captures();
        QCOMPARE(captures->size(), std::size_t{1});
        QVERIFY(*readFile(captures->front().document, 1 << 26) == *readFile(file, 1 << 26));
        auto said = captures->front().attributes;
        QCOMPARE(said["CONTENT_TYPE"], std::string("image/pwg-raster"));
        QCOMPARE(said["IPP_PRINT_COLOR_MODE"], std::string("color"));
        for (const char* part :
             {"media-bottom-margin=0", "media-left-margin=0", "media-right-margin=0", "media-top-margin=0",
              "x-dimension=10160", "y-dimension=15240", "media-type=photographic-glossy"})
            QVERIFY2(said["IPP_MEDIA_COL"].find(part) != std::string::npos, said["IPP_MEDIA_COL"].c_str());
        QVERIFY(std::filesystem::exists(m_scheduler->guardState() / "started" / ticket.attempt.toString()));
        QVERIFY(readTextFile(m_scheduler->errorLog(), 1 << 26)->find("Started filter") == std::string::npos);
    }

    void aFinishedJobIsFoundAfterCupsHasUnloadedIt() {
        CONTRACT_VERIFY(start());
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        CONTRACT_VERIFY(waitFor(*m_printer, ticket.attempt, isOver));
        CONTRACT_VERIFY(m_scheduler->restart());  // knows it from the disk alone now
        const auto sight = m_printer->find(ticket.attempt);
        CONTRACT_VERIFY(sight);
        QVERIFY(sight->has_value());
        QCOMPARE(word((*sight)->progress), word(print::JobProgress::Completed));
        QCOMPARE((*sight)->documents, 1);
        QCOMPARE(m_virtual->captures()->size(), std::size_t{1});
    }

    void aGuardedQueuePassesVerification() {
        CONTRACT_VERIFY(start());
        const auto proof = verify();
        CONTRACT_VERIFY(proof);
        QVERIFY2(proof->passed, allOf(proof->problems).c_str());
        QVERIFY(!proof->atLeastOnce);
        QVERIFY(proof->problems.empty());
        QVERIFY(allOf(proof->proved).find("no filter") != std::string::npos);
        QVERIFY(allOf(proof->proved).find("guard") != std::string::npos);
        QVERIFY(verify()->fingerprint == proof->fingerprint);
    }

    void anUnguardedQueueIsLabelledAtLeastOnce() {
        CONTRACT_VERIFY(start(QueueKind::Unguarded));
        const auto proof = verify();
        CONTRACT_VERIFY(proof);
        QVERIFY2(proof->passed, allOf(proof->problems).c_str());
        QVERIFY(proof->atLeastOnce);
        QVERIFY(says(*proof, "contone-guard"));
    }

    void aQueueThatWouldFilterIsRefusedWithTheFilter() {
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::PwgAndUrf;  // CUPS then passes URF alone
        CONTRACT_VERIFY(start(QueueKind::Guarded, schedulerOptions(), options));
        const auto proof = verify();
        CONTRACT_VERIFY(proof);
        QVERIFY(!proof->passed);
        QVERIFY2(says(*proof, "rastertopdf"), allOf(proof->problems).c_str());
        // And if a page is sent all the same, the guard sees that a filter ran and lets nothing out.
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        const auto sight = waitFor(*m_printer, ticket.attempt,
                                   [](const print::JobSight& s) { return s.progress == print::JobProgress::Held; });
        QCOMPARE(word((*sight)->progress), word(print::JobProgress::Held));
        QVERIFY(!(*sight)->heldByGuard);
        QVERIFY2((*sight)->message.find("filter") != std::string::npos, (*sight)->message.c_str());
        QVERIFY(m_virtual->captures()->empty());
    }

    void aRawQueueIsRefused() {
        CONTRACT_VERIFY(start(QueueKind::Raw));
        const auto proof = verify();
        CONTRACT_VERIFY(proof);
        QVERIFY(!proof->passed);
        QVERIFY2(says(*proof, "raw"), allOf(proof->problems).c_str());
    }

    void aStoppedQueueIsReported() {
        CONTRACT_VERIFY(start());
        CONTRACT_VERIFY(tell("cupsdisable"));
        const auto state = m_printer->state();
        QVERIFY(!state->ready);
        QCOMPARE(word(state->obstacles.front()), word(print::Obstacle::Paused));
        const auto proof = verify();
        QVERIFY(!proof->passed);
        QVERIFY(says(*proof, "stopped"));
        // A page sent now waits and prints when the queue goes on.
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        QCOMPARE(word((*m_printer->find(ticket.attempt))->progress), word(print::JobProgress::Waiting));
        CONTRACT_VERIFY(tell("cupsenable"));
        CONTRACT_VERIFY(waitFor(*m_printer, ticket.attempt, isOver));
        QCOMPARE(m_virtual->captures()->size(), std::size_t{1});
    }

    void aQueueThatTakesNoJobsSaysSo() {
        CONTRACT_VERIFY(start());
        CONTRACT_VERIFY(tell("cupsreject"));
        QCOMPARE(word(m_printer->state()->obstacles.front()), word(print::Obstacle::NotAccepting));
        QCOMPARE(m_printer->create(newTicket(bench())).error().reason, std::string("not-accepting"));
        QVERIFY(says(*verify(), "does not accept jobs"));
    }

    void aMissingQueueSaysSo() {
        CONTRACT_VERIFY(start());
        const auto nowhere = IppPrinter::open({print::RouteKind::Queue, m_scheduler->uri("nowhere")}, deviceRgb);
        const auto ticket = newTicket(bench());
        QCOMPARE((*nowhere)->state().error().reason, std::string("queue-missing"));
        QCOMPARE((*nowhere)->create(ticket).error().reason, std::string("queue-missing"));
    }

    void dangerousSettingsAreProblemsWithTheirCure() {
        auto options = schedulerOptions();
        options.dirtyCleanInterval = 30;
        options.preserveJobHistory = "No";
        options.preserveJobFiles = "86400";
        options.errorPolicy = "stop-printer";
        CONTRACT_VERIFY(start(QueueKind::Guarded, options));
        const auto proof = verify();
        QVERIFY(!proof->passed);
        for (const char* cure : {"DirtyCleanInterval 0", "PreserveJobHistory Yes", "PreserveJobFiles No", "retry-job"})
            QVERIFY2(says(*proof, cure), allOf(proof->problems).c_str());
    }

    void settingsThatCannotBeReadAreNotTakenForGood() {
        auto options = schedulerOptions();
        options.settings = SchedulerOptions::Settings::Hidden;
        CONTRACT_VERIFY(start(QueueKind::Guarded, options));
        const auto proof = verify();
        QVERIFY2(proof->passed, allOf(proof->problems).c_str());
        QVERIFY(proof->atLeastOnce);
        QVERIFY(says(*proof, "settings"));
    }

    void aDeadPrinterBehindTheQueueIsSeenAndGetsThePageLater() {
        CONTRACT_VERIFY(start());
        const auto ticket = newTicket(bench());
        const auto file = writePage(bench(), ticket, testPage({1200, 1800}, 1));
        m_virtual->stop();
        const auto job = m_printer->create(ticket);
        CONTRACT_VERIFY(job);
        CONTRACT_VERIFY(m_printer->send(ticket, *job, *file));
        QVERIFY(eventually([&] {
            const auto state = m_printer->state();
            return state && !state->ready && state->obstacles.front() == print::Obstacle::Unreachable;
        }));
        QCOMPARE(verify().error().code == Code::Unavailable, true);
        const auto sight = *m_printer->find(ticket.attempt);
        QCOMPARE(word(sight->progress), word(print::JobProgress::Printing));
        QCOMPARE(sight->sheets, 0);
        QVERIFY(m_virtual->captures()->empty());
        CONTRACT_VERIFY(m_printer->cancel(sight->job));
        QCOMPARE(word((*waitFor(*m_printer, ticket.attempt, isOver))->progress), word(print::JobProgress::Cancelled));
    }

    void anEmptyTrayIsSeenThroughTheQueue() {
        CONTRACT_VERIFY(start());
        QVERIFY(m_virtual->setFaults({.mediaEmpty = true}));
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        QVERIFY(eventually([&] {
            const auto state = m_printer->state();
            return state && !state->ready && state->obstacles.front() == print::Obstacle::MediaEmpty;
        }));
        QVERIFY(m_virtual->setFaults({}));
        QCOMPARE(word((*waitFor(*m_printer, ticket.attempt, isOver))->progress), word(print::JobProgress::Completed));
        QCOMPARE(m_virtual->captures()->size(), std::size_t{1});
    }

    void aDocumentThatThePrinterRefusesIsNeverACompletedSheet() {
        CONTRACT_VERIFY(start());
        const auto ticket = newTicket(bench());
        const auto file = writePage(bench(), ticket, testPage({1200, 1800}, 1));
        // The same printer, after a change that it does not take PWG any more.
        const int port = m_virtual->port();
        m_virtual.reset();
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::NoRaster;
        options.port = port;
        auto changed = VirtualPrinter::start(m_folder->path() / "printer", options);
        CONTRACT_VERIFY(changed);
        m_virtual.emplace(std::move(*changed));
        const auto job = m_printer->create(ticket);
        CONTRACT_VERIFY(job);
        const auto sent = m_printer->send(ticket, *job, *file);  // the queue takes it
        CONTRACT_VERIFY(sent);
        const auto sight =
            waitFor(*m_printer, ticket.attempt, [](const print::JobSight& s) { return isOver(s) || s.heldByGuard; });
        CONTRACT_VERIFY(sight);
        QVERIFY(!((*sight)->progress == print::JobProgress::Completed && (*sight)->sheets > 0));
        QVERIFY(m_virtual->captures()->empty());
    }

    void killingTheSchedulerDuringAJobPrintsOnceAndHoldsTheJob() {
        CONTRACT_VERIFY(start());
        QVERIFY(m_virtual->setFaults({.delayMs = 1500}));
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        const Path mark = m_scheduler->guardState() / "started" / ticket.attempt.toString();
        QVERIFY(eventually([&] { return std::filesystem::exists(mark); }));
        std::this_thread::sleep_for(std::chrono::milliseconds(200));  // the page is on its way
        m_scheduler->killHard();
        CONTRACT_VERIFY(m_scheduler->restart());
        const auto sight = waitFor(*m_printer, ticket.attempt, [](const print::JobSight& s) { return s.heldByGuard; });
        CONTRACT_VERIFY(sight);
        QVERIFY(sight->has_value());
        QVERIFY2((*sight)->heldByGuard, (*sight)->message.c_str());
        QCOMPARE(word((*sight)->progress), word(print::JobProgress::Held));
        QCOMPARE((*sight)->documents, 1);
        QVERIFY(eventually([&] { return capturesOf(*m_virtual, ticket.attempt) > 0; }));
        std::this_thread::sleep_for(
            std::chrono::milliseconds(2500));  // longer than the page takes: would a second one come?
        QCOMPARE(capturesOf(*m_virtual, ticket.attempt), 1);
        CONTRACT_VERIFY(m_printer->cancel((*sight)->job));
    }

    void killingTheSchedulerBeforeTheJobStartsLosesNothing() {
        CONTRACT_VERIFY(start());
        CONTRACT_VERIFY(tell("cupsdisable"));
        std::vector<print::Ticket> tickets;
        for (int i = 0; i < 3; ++i) {
            tickets.push_back(newTicket(bench()));
            CONTRACT_VERIFY(sendPage(bench(), tickets.back(), testPage({1200, 1800}, static_cast<std::uint32_t>(i))));
        }
        m_scheduler->killHard();  // at once: DirtyCleanInterval 0 has the jobs on disk
        CONTRACT_VERIFY(m_scheduler->restart());
        for (const auto& ticket : tickets) {
            const auto sight = m_printer->find(ticket.attempt);
            CONTRACT_VERIFY(sight);
            QVERIFY(sight->has_value());
            QCOMPARE((*sight)->documents, 1);
        }
        CONTRACT_VERIFY(tell("cupsenable"));
        for (const auto& ticket : tickets) {
            CONTRACT_VERIFY(waitFor(*m_printer, ticket.attempt, isOver));
            QCOMPARE(capturesOf(*m_virtual, ticket.attempt), 1);
        }
    }

    void anAnnouncedJobThatIsForgottenEndsWithoutAPage() {
        auto options = schedulerOptions();
        options.multipleOperationTimeout = 1;
        CONTRACT_VERIFY(start(QueueKind::Guarded, options));
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(m_printer->create(ticket));
        const auto sight = waitFor(*m_printer, ticket.attempt, isOver);
        CONTRACT_VERIFY(sight);
        QVERIFY(sight->has_value());
        QCOMPARE((*sight)->documents, 0);
        QCOMPARE((*sight)->sheets, 0);
        QVERIFY(m_virtual->captures()->empty());
    }

    void anAnnouncedJobWithoutAPagePrintsNothingAfterARestart() {
        CONTRACT_VERIFY(start());
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(m_printer->create(ticket));
        m_scheduler->killHard();
        CONTRACT_VERIFY(m_scheduler->restart());
        const auto sight = m_printer->find(ticket.attempt);
        CONTRACT_VERIFY(sight);
        if (*sight) {
            QCOMPARE((*sight)->documents, 0);
            CONTRACT_VERIFY(m_printer->cancel((*sight)->job));
        }
        // The queue is free for the next page.
        const auto next = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), next, testPage({1200, 1800}, 1)));
        CONTRACT_VERIFY(waitFor(*m_printer, next.attempt, isOver));
        QCOMPARE(m_virtual->captures()->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(QueueTest)
#include "queue_test.moc"
