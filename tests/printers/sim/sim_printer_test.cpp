// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SimPrinter: the printer contract, scripted faults, and jobs that survive a restart.
#include <atomic>
#include <thread>

#include "tests/printers/sim/sim_bench.h"

using namespace contone;
using namespace contone::printers;
namespace bench = contone::printers::testing;

class SimPrinterTest : public QObject, bench::SimBench {
    Q_OBJECT

  private slots:
    void init() { renew(); }

    void itKeepsThePrinterContract() {
        SimPrinter printer(folder(), m_clock);
        bench::runContract(benchOf(printer));
    }

    void anEmptyTrayKeepsThePageWaitingUntilPaperIsAdded() {
        SimPrinter printer(folder(), m_clock);
        QVERIFY(setSimFaults(folder(), {.mediaEmpty = true}));
        const auto ticket = sendPage(printer);
        QCOMPARE(bench::word((*printer.find(ticket.attempt))->progress), bench::word(print::JobProgress::Waiting));
        QCOMPARE(bench::word(printer.state()->obstacles.front()), bench::word(print::Obstacle::MediaEmpty));
        QVERIFY(paper().empty());
        QVERIFY(setSimFaults(folder(), {}));
        QCOMPARE((*printer.find(ticket.attempt))->sheets, 1);
        QCOMPARE(paper().size(), std::size_t{1});
    }

    void aJamLetsOnlyTheSheetsBeforeItOut() {
        SimPrinter printer(folder(), m_clock);
        QVERIFY(setSimFaults(folder(), {.jamAfter = 2}));
        print::Ticket last;
        for (int i = 0; i < 3; ++i) last = sendPage(printer);
        QCOMPARE(paper().size(), std::size_t{2});
        QCOMPARE((*printer.find(last.attempt))->sheets, 0);
        QCOMPARE(bench::word(printer.state()->obstacles.front()), bench::word(print::Obstacle::MediaJam));
        QVERIFY(setSimFaults(folder(), {}));
        QCOMPARE((*printer.find(last.attempt))->sheets, 1);
    }

    void aRefusedDocumentEndsTheJobWithoutPaper() {
        SimPrinter printer(folder(), m_clock);
        QVERIFY(setSimFaults(folder(), {.refuseDocuments = true}));
        const auto at = benchOf(printer);
        const auto ticket = bench::newTicket(at);
        const auto file = bench::writePage(at, ticket, bench::testPage(at.medium.raster, 5));
        const auto job = printer.create(ticket);
        const auto sent = printer.send(ticket, *job, *file);
        QVERIFY(!sent);
        QCOMPARE(bench::word(sent.error().code), bench::word(Code::Unsupported));
        QCOMPARE(sent.error().reason, std::string("document-refused"));
        QCOMPARE(bench::word((*printer.find(ticket.attempt))->progress), bench::word(print::JobProgress::Aborted));
        QVERIFY(paper().empty());
    }

    void aPageThatIsNotWholeIsRefused() {
        SimPrinter printer(folder(), m_clock);
        const auto at = benchOf(printer);
        for (const std::size_t lost : {std::size_t{1}, std::size_t{500}}) {
            const auto ticket = bench::newTicket(at);
            const auto file = bench::writePage(at, ticket, bench::testPage(at.medium.raster, 5));
            QVERIFY(file.has_value());
            std::filesystem::resize_file(*file, std::filesystem::file_size(*file) - lost);
            const auto job = printer.create(ticket);
            QCOMPARE(printer.send(ticket, *job, *file).error().reason, std::string("document-refused"));
        }
        QVERIFY(paper().empty());
    }

    void anUnreachablePrinterSaysSoOnEveryCall() {
        SimPrinter printer(folder(), m_clock);
        QVERIFY(setSimFaults(folder(), {.unreachable = true}));
        const auto ticket = bench::newTicket(benchOf(printer));
        QCOMPARE(printer.state().error().reason, std::string("printer-unreachable"));
        QCOMPARE(bench::word(printer.create(ticket).error().code), bench::word(Code::Unavailable));
        QCOMPARE(printer.find(ticket.attempt).error().reason, std::string("printer-unreachable"));
        QCOMPARE(printer.cancel({1}).error().reason, std::string("printer-unreachable"));
    }

    void paperMovesWhenTheClockSaysSo() {
        SimPrinter printer(folder(), m_clock);
        QVERIFY(setSimFaults(folder(), {.printMs = 8000}));
        const auto ticket = sendPage(printer);
        m_clock.advance(7999);
        QCOMPARE(bench::word((*printer.find(ticket.attempt))->progress), bench::word(print::JobProgress::Printing));
        m_clock.advance(1);
        QCOMPARE(bench::word((*printer.find(ticket.attempt))->progress), bench::word(print::JobProgress::Completed));
    }

    void aClockThatGoesBackDelaysASheetByItsOwnTimeAtMost() {
        SimPrinter printer(folder(), m_clock);
        QVERIFY(setSimFaults(folder(), {.printMs = 8000}));
        QVERIFY(setSimScript(folder(), "after 20 s media-empty"));
        const auto first = sendPage(printer);
        const auto second = sendPage(printer);
        m_clock.advance(4000);
        QCOMPARE(progressOf(printer, first), bench::word(print::JobProgress::Printing));
        m_clock.advance(-900'000);
        QCOMPARE(progressOf(printer, first), bench::word(print::JobProgress::Printing));
        m_clock.advance(8000);
        QCOMPARE(progressOf(printer, first), bench::word(print::JobProgress::Completed));
        QCOMPARE(progressOf(printer, second), bench::word(print::JobProgress::Printing));
        m_clock.advance(8000);
        QCOMPARE(progressOf(printer, second), bench::word(print::JobProgress::Completed));
        QCOMPARE(obstacles(printer), std::string());
        m_clock.advance(4000);  // the story's 20 s began anew too
        QCOMPARE(obstacles(printer), std::string("media-empty"));
    }

    void jobsAndPaperAreStillThereAfterARestart() {
        AttemptId printed, waiting;
        {
            SimPrinter printer(folder(), m_clock);
            printed = sendPage(printer).attempt;
            QVERIFY(setSimFaults(folder(), {.mediaEmpty = true}));
            waiting = sendPage(printer).attempt;
        }
        SimPrinter printer(folder(), m_clock);
        QCOMPARE(bench::word((*printer.find(printed))->progress), bench::word(print::JobProgress::Completed));
        QCOMPARE((*printer.find(waiting))->documents, 1);
        QCOMPARE((*printer.find(waiting))->sheets, 0);
        QCOMPARE(paper().size(), std::size_t{1});
        const auto lines = *readTextFile(folder() / "sheets.jsonl", 4096);
        QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), std::ptrdiff_t{1});
        QVERIFY(lines.find(printed.toString()) != std::string::npos);
    }

    void aCancelledPageNeverPrints() {
        SimPrinter printer(folder(), m_clock);
        QVERIFY(setSimFaults(folder(), {.mediaEmpty = true}));
        const auto ticket = sendPage(printer);
        QVERIFY(printer.cancel((*printer.find(ticket.attempt))->job));
        QVERIFY(setSimFaults(folder(), {}));
        QCOMPARE(bench::word((*printer.find(ticket.attempt))->progress), bench::word(print::JobProgress::Cancelled));
        QVERIFY(paper().empty());
    }

    void itVerifiesWithAFingerprintThatFollowsTheSetup() {
        SimPrinter printer(folder(), m_clock);
        print::PrinterSetup setup;
        setup.name = "try";
        setup.finish = "glossy";
        const auto first = printer.verify(setup, bench::smallMedium(), {1});
        QVERIFY(first && first->passed);
        setup.name = "renamed";
        QCOMPARE(printer.verify(setup, bench::smallMedium(), {2})->fingerprint.toString(),
                 first->fingerprint.toString());
        setup.finish = "matte";
        QVERIFY(printer.verify(setup, bench::smallMedium(), {3})->fingerprint != first->fingerprint);
    }

    void severalPrintersOnOneFolderLoseNothing() {
        story("slow 1");
        std::vector<std::thread> workers;
        std::atomic<int> sent = 0;
        const SystemClock clock;
        for (int w = 0; w < 4; ++w)
            workers.emplace_back([&] {
                SimPrinter printer(folder(), clock);
                const auto at = benchOf(printer);
                for (int i = 0; i < 5; ++i) {
                    const auto ticket = bench::newTicket(at);
                    sent += bench::announceAndSend(at, ticket, 5).has_value();
                    (void)printer.state();
                }
            });
        for (std::thread& worker : workers) worker.join();
        QCOMPARE(sent.load(), 20);
        SimPrinter printer(folder(), clock);
        QVERIFY(bench::becomes(printer, [&](const auto&) { return paper().size() == 20; }));
        const auto lines = *readTextFile(folder() / "sheets.jsonl", 1 << 16);
        QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), std::ptrdiff_t{20});
    }

    void aFaultItDoesNotKnowIsRefused() {
        QCOMPARE(parseSimFaults("media-emty\n").error().reason, std::string("sim-faults"));
        const SimFaults all{true, true, true, 3, 250};
        QVERIFY(setSimFaults(folder(), all));
        QVERIFY(*parseSimFaults(*readTextFile(folder() / "faults", 4096)) == all);
    }
};

QTEST_GUILESS_MAIN(SimPrinterTest)
#include "sim_printer_test.moc"
