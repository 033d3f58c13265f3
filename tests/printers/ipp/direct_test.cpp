// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The direct route against a real IPP printer: pages arrive byte for byte, trouble has a name.
#include "core/base/sha256.h"
#include "printers/ipp/ipp_printer.h"
#include "tests/printers/fixtures/servers.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;
using Formats = VirtualPrinterOptions::Formats;

class DirectTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<OpenFolder> m_folder;
    std::optional<VirtualPrinter> m_virtual;
    std::unique_ptr<IppPrinter> m_printer;

    Result<void> start(const VirtualPrinterOptions& options) {
        CONTONE_TRY(m_virtual, VirtualPrinter::start(m_folder->path() / "printer", options));
        CONTONE_TRY(m_printer, IppPrinter::open({print::RouteKind::Direct, m_virtual->uri()}, deviceRgb));
        return {};
    }
    Bench bench() { return benchOn(*m_printer, *m_virtual, m_folder->path()); }
    print::PrinterSetup setup() const { return setupFor(print::RouteKind::Direct, m_virtual->uri()); }

  private slots:
    void init() { m_folder = std::make_unique<OpenFolder>(); }
    void cleanup() {
        m_printer.reset();
        m_virtual.reset();
    }

    void itKeepsThePrinterContract() {
        CONTRACT_VERIFY(start(printerOptions()));
        runContract(bench());
    }

    void aPageArrivesByteForByteWithWhatTheJobAskedFor() {
        CONTRACT_VERIFY(start(printerOptions()));
        const auto ticket = newTicket(bench());
        Path file;
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1), &file));
        CONTRACT_VERIFY(waitFor(*m_printer, ticket.attempt, isOver));
        const auto captures = m_virtual->captures();
        QCOMPARE(captures->size(), std::size_t{1});
        QVERIFY(*readFile(captures->front().document, 1 << 26) == *readFile(file, 1 << 26));
        auto said = captures->front().attributes;
        QCOMPARE(said["IPP_JOB_NAME"], print::jobName(ticket.attempt));
        QCOMPARE(said["IPP_COPIES"], std::string("1"));
        QCOMPARE(said["IPP_PRINT_COLOR_MODE"], std::string("color"));
        QCOMPARE(said["IPP_PRINT_QUALITY"], std::string("high"));
        QCOMPARE(said["IPP_PRINT_SCALING"], std::string("none"));
        QCOMPARE(said["IPP_SIDES"], std::string("one-sided"));
        QCOMPARE(said["IPP_PRINT_CONTENT_OPTIMIZE"], std::string("photo"));
        QCOMPARE(said["CONTENT_TYPE"], std::string("image/pwg-raster"));
        for (const char* part :
             {"media-bottom-margin=0", "media-left-margin=0", "media-right-margin=0", "media-top-margin=0",
              "x-dimension=10160", "y-dimension=15240", "media-type=photographic-glossy"})
            QVERIFY2(said["IPP_MEDIA_COL"].find(part) != std::string::npos, said["IPP_MEDIA_COL"].c_str());
    }

    void theFinishChoosesTheMediaType() {
        CONTRACT_VERIFY(start(printerOptions()));
        auto ticket = newTicket(bench());
        ticket.finish = "matte";
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        CONTRACT_VERIFY(waitFor(*m_printer, ticket.attempt, isOver));
        QVERIFY(m_virtual->captures()->front().attributes["IPP_MEDIA_COL"].find("photographic-matte") !=
                std::string::npos);
    }

    void aGoodPrinterPassesVerification() {
        CONTRACT_VERIFY(start(printerOptions()));
        const auto report = m_printer->verify(setup(), smallMedium(), {42});
        CONTRACT_VERIFY(report);
        QVERIFY2(report->passed, allOf(report->problems).c_str());
        QVERIFY(!report->atLeastOnce);
        QVERIFY(report->problems.empty());
        QVERIFY(allOf(report->verified).find("rgb_8") != std::string::npos);
        QVERIFY(report->at == Instant{42});
    }

    void theFingerprintFollowsWhatWasVerified() {
        CONTRACT_VERIFY(start(printerOptions()));
        auto now = setup();
        const auto first = m_printer->verify(now, smallMedium(), {1});
        now.name = "renamed";
        now.verification = *first;
        QVERIFY(m_printer->verify(now, smallMedium(), {2})->fingerprint == first->fingerprint);
        now.profile = Sha256::of(std::string_view("another profile"));
        QVERIFY(m_printer->verify(now, smallMedium(), {3})->fingerprint != first->fingerprint);
    }

    void aPrinterWithoutOurMediumFailsVerification() {
        auto options = printerOptions();
        options.media = {{"na_5x7_5x7in", inches(5), inches(7)}};
        CONTRACT_VERIFY(start(options));
        const auto report = m_printer->verify(setup(), smallMedium(), {1});
        QVERIFY(!report->passed);
        QCOMPARE(report->problems.size(), std::size_t{1});
        QVERIFY(report->problems.front().find("without borders") != std::string::npos);
    }

    void aFinishThatThePrinterDoesNotHaveFailsVerification() {
        auto options = printerOptions();
        options.finishes = {"photographic-glossy"};
        CONTRACT_VERIFY(start(options));
        auto matte = setup();
        matte.finish = "matte";
        const auto report = m_printer->verify(matte, smallMedium(), {1});
        CONTRACT_VERIFY(report);
        QVERIFY(!report->passed);
        QCOMPARE(report->problems.size(), std::size_t{1});
        QVERIFY2(report->problems.front().find("in matte") != std::string::npos, report->problems.front().c_str());
    }

    void aPrinterWithoutOurPixelsFailsVerificationAndGetsNoPage() {
        auto options = printerOptions();
        options.rasterTypes = {"sgray_8", "adobe-rgb_8"};
        CONTRACT_VERIFY(start(options));
        const auto report = m_printer->verify(setup(), smallMedium(), {1});
        QVERIFY(!report->passed);
        QVERIFY(report->problems.front().find("adobe-rgb_8") != std::string::npos);
        const auto page = writePage(bench(), newTicket(bench()), testPage({1200, 1800}, 1));
        QVERIFY(!page);
        QCOMPARE(page.error().reason, std::string("raster-type"));
    }

    void aRefusedDocumentIsAnErrorAndNeverASheet() {
        // The page is made while the printer still takes PWG; then it is one that does not.
        CONTRACT_VERIFY(start(printerOptions()));
        const auto ticket = newTicket(bench());
        const auto file = writePage(bench(), ticket, testPage({1200, 1800}, 1));
        CONTRACT_VERIFY(file);
        m_virtual.reset();
        auto options = printerOptions();
        options.formats = Formats::NoRaster;
        CONTRACT_VERIFY(start(options));
        const auto report = m_printer->verify(setup(), smallMedium(), {1});
        QVERIFY(!report->passed);
        const auto job = m_printer->create(ticket);
        CONTRACT_VERIFY(job);
        const auto sent = m_printer->send(ticket, *job, *file);
        QVERIFY(!sent);
        QCOMPARE(word(sent.error().code), word(Code::Unsupported));
        QCOMPARE(sent.error().reason, std::string("document-refused"));
        const auto status = m_printer->find(ticket.attempt);
        CONTRACT_VERIFY(status);
        if (*status) {
            QVERIFY((*status)->progress != print::JobProgress::Completed);
            QCOMPARE((*status)->sheets, 0);
        }
        QVERIFY(m_virtual->captures()->empty());
    }

    void anEmptyTrayIsSeenAndThePagePrintsOnceWhenItIsFilled() {
        CONTRACT_VERIFY(start(printerOptions()));
        QVERIFY(m_virtual->setFaults({.mediaEmpty = true}));
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        QVERIFY(eventually([&] {
            const auto state = m_printer->state();
            return state && !state->ready && !state->obstacles.empty() &&
                   state->obstacles.front() == print::Obstacle::MediaEmpty;
        }));
        QCOMPARE(word((*m_printer->find(ticket.attempt))->progress), word(print::JobProgress::Printing));
        QVERIFY(m_virtual->captures()->empty());
        QVERIFY(m_virtual->setFaults({}));
        const auto status = waitFor(*m_printer, ticket.attempt, isOver);
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Completed));
        QCOMPARE(m_virtual->captures()->size(), std::size_t{1});
        QVERIFY(eventually([&] { return m_printer->state()->ready; }));
    }

    void aPrinterThatGivesAPageUpIsNotTakenForOneThatPrinted() {
        CONTRACT_VERIFY(start(printerOptions()));
        QVERIFY(m_virtual->setFaults({.abort = true}));
        const auto ticket = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), ticket, testPage({1200, 1800}, 1)));
        const auto status = waitFor(*m_printer, ticket.attempt, isOver);
        QCOMPARE(word((*status)->progress), word(print::JobProgress::Aborted));
        QVERIFY(m_virtual->captures()->empty());
    }

    void aBusyPrinterSaysBusyAndLaterTakesThePage() {
        CONTRACT_VERIFY(start(printerOptions()));
        QVERIFY(m_virtual->setFaults({.delayMs = 1500}));
        const auto first = newTicket(bench()), second = newTicket(bench());
        CONTRACT_VERIFY(sendPage(bench(), first, testPage({1200, 1800}, 1)));
        const auto refused = m_printer->create(second);
        QVERIFY(!refused);
        QCOMPARE(word(refused.error().code), word(Code::Unavailable));
        QCOMPARE(refused.error().reason, std::string("printer-busy"));
        QVERIFY(!m_printer->find(second.attempt)->has_value());
        CONTRACT_VERIFY(waitFor(*m_printer, first.attempt, isOver));
        CONTRACT_VERIFY(sendPage(bench(), second, testPage({1200, 1800}, 2)));
        CONTRACT_VERIFY(waitFor(*m_printer, second.attempt, isOver));
        QCOMPARE(m_virtual->captures()->size(), std::size_t{2});
    }

    void anUnreachablePrinterSaysSoOnEveryCall() {
        CONTRACT_VERIFY(start(printerOptions()));
        const auto ticket = newTicket(bench());
        const auto file = writePage(bench(), ticket, testPage({1200, 1800}, 1));
        m_virtual->stop();
        QCOMPARE(m_printer->state().error().reason, std::string("printer-unreachable"));
        QCOMPARE(m_printer->create(ticket).error().reason, std::string("printer-unreachable"));
        QCOMPARE(m_printer->send(ticket, {1}, *file).error().reason, std::string("printer-unreachable"));
        QCOMPARE(word(m_printer->find(ticket.attempt).error().code), word(Code::Unavailable));
        QCOMPARE(word(m_printer->cancel({1}).error().code), word(Code::Unavailable));
        QCOMPARE(word(m_printer->verify(setup(), smallMedium(), {1}).error().code), word(Code::Unavailable));
    }

    void addressesThatAreNoneAreRefused() {
        for (const char* uri : {"", "http://printer/", "ipp://", "printer.local", "file:/etc/passwd", "ipp:/x"}) {
            const auto opened = IppPrinter::open({print::RouteKind::Direct, uri}, deviceRgb);
            QVERIFY2(!opened, uri);
            QCOMPARE(opened.error().reason, std::string("bad-printer-uri"));
        }
    }

    void jobsThatAreNotOursAreNeitherFoundNorFed() {
        CONTRACT_VERIFY(start(printerOptions()));
        const auto mine = newTicket(bench()), other = newTicket(bench());
        const auto file = writePage(bench(), mine, testPage({1200, 1800}, 1));
        const auto job = m_printer->create(mine);
        QVERIFY(!m_printer->find(other.attempt)->has_value());
        QCOMPARE(m_printer->send(other, *job, *file).error().reason, std::string("job-unknown"));
        QCOMPARE(m_printer->cancel({4711}).error().reason, std::string("job-unknown"));
        CONTRACT_VERIFY(m_printer->cancel(*job));
    }
};

QTEST_GUILESS_MAIN(DirectTest)
#include "direct_test.moc"
