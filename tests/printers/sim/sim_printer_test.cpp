// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SimPrinter: the printer contract, scripted faults, and jobs that survive a restart.
#include "printers/sim/sim_printer.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <thread>

#include "core/image/codecs/read_png.h"
#include "tests/printers/fixtures/contract.h"

using namespace contone;
using namespace contone::printers;
namespace bench = contone::printers::testing;

class SimPrinterTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{{1'000'000}};

    Path folder() const { return Path(m_dir->path().toStdString()) / "tray"; }
    std::vector<image::Picture> paper() const {
        std::vector<std::pair<std::filesystem::file_time_type, Path>> files;
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(folder(), error))
            if (entry.path().filename().string().starts_with("sheet-"))
                files.emplace_back(entry.last_write_time(), entry.path());
        std::sort(files.begin(), files.end());
        std::vector<image::Picture> pictures;
        for (const auto& [time, path] : files) pictures.push_back(*image::readPng(path));
        return pictures;
    }
    bench::Bench benchOf(print::Printer& printer) const {
        auto medium = bench::smallMedium();
        medium.raster = {60, 90};
        return {printer,
                medium,
                "glossy",
                m_dir->path().toStdString(),
                [this] { return paper(); },
                [this](print::Obstacle obstacle) { story(storyOf(obstacle)); },
                [this] { story(""); },
                [this](int left, int of) { story("roll " + std::to_string(left) + " of " + std::to_string(of)); },
                [this] { story("stop"); }};
    }
    void story(const std::string& script) const { QVERIFY(setSimScript(folder(), script)); }
    static std::string storyOf(print::Obstacle obstacle) {
        switch (obstacle) {
            case print::Obstacle::MediaJam:
                return "jam";
            case print::Obstacle::CoverOpen:
                return "cover-open";
            case print::Obstacle::SuppliesEmpty:
                return "ribbon-end";
            default:
                return "media-empty";
        }
    }
    /// What stands in the way now: "media-empty stopped", or the error's reason.
    static std::string obstacles(print::Printer& printer) {
        const auto state = printer.state();
        std::string text = state ? "" : state.error().reason;
        if (state)
            for (const print::Obstacle o : state->obstacles)
                text += (text.empty() ? "" : " ") + std::string(toString(o));
        return text;
    }
    QByteArray progressOf(print::Printer& printer, const print::Ticket& ticket) const {
        const auto sight = printer.find(ticket.attempt);
        return sight && *sight ? bench::word((*sight)->progress) : QByteArray("nothing");
    }
    /// A page sent to the printer; its ticket.
    print::Ticket sendPage(print::Printer& printer) {
        const auto at = benchOf(printer);
        const auto ticket = bench::newTicket(at);
        const auto file = bench::writePage(at, ticket, bench::testPage(at.medium.raster, 5));
        const auto job = printer.create(ticket);
        if (!file || !job || !printer.send(ticket, *job, *file)) return {};
        return ticket;
    }

  private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

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

    void aFaultItDoesNotKnowIsRefused() {
        QCOMPARE(parseSimFaults("media-emty\n").error().reason, std::string("sim-faults"));
        const SimFaults all{true, true, true, 3, 250};
        QVERIFY(setSimFaults(folder(), all));
        QVERIFY(*parseSimFaults(*readTextFile(folder() / "faults", 4096)) == all);
    }
};

QTEST_GUILESS_MAIN(SimPrinterTest)
#include "sim_printer_test.moc"
