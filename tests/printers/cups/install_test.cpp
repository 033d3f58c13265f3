// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Installing queues on a real scheduler: what comes out passes verification, and a second time changes nothing.
#include "printers/cups/queue_admin.h"
#include "printers/cups/queue_install.h"
#include "printers/cups/queue_printer.h"
#include "printers/cups/test_page.h"
#include "printers/gutenprint/gutenprint_printer.h"
#include "printers/ipp/printer_facts.h"
#include "tests/printers/fixtures/driver_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

class InstallTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<OpenFolder> m_folder;
    std::optional<PrivateScheduler> m_scheduler;
    std::optional<VirtualPrinter> m_printer;

    Result<void> start(const SchedulerOptions& scheduler = schedulerOptions(),
                       const VirtualPrinterOptions& printer = printerOptions()) {
        CONTONE_TRY(m_printer, VirtualPrinter::start(m_folder->path() / "printer", printer));
        CONTONE_TRY(m_scheduler, PrivateScheduler::start(m_folder->path() / "cups", scheduler));
        return {};
    }
    QueueInstall wish() const {
        QueueInstall wish;
        wish.scheduler = "ipp://localhost:" + std::to_string(m_scheduler->port()) + "/";
        wish.name = "photo";
        wish.device = m_printer->uri();
        wish.guardState = m_scheduler->guardState();
        return wish;
    }
    Result<print::Verification> verify(const InstalledQueue& queue) const {
        CONTONE_TRY(const auto printer, QueuePrinter::open(queue.route, deviceRgb));
        return printer->verify(setupFor(queue.route.kind, queue.route.uri), smallMedium(), {1});
    }

  private slots:
    void init() { m_folder = std::make_unique<OpenFolder>(); }
    void cleanup() {
        m_printer.reset();
        m_scheduler.reset();
    }

    void anInstalledQueuePassesVerificationAndASecondTimeChangesNothing() {
        CONTRACT_VERIFY(start());
        const auto queue = installQueue(wish());
        CONTRACT_VERIFY(queue);
        QVERIFY2(queue->todo.empty(), allOf(queue->todo).c_str());
        QVERIFY(!queue->done.empty());
        const auto report = verify(*queue);
        CONTRACT_VERIFY(report);
        QVERIFY2(report->passed && !report->atLeastOnce, allOf(report->problems).c_str());
        const auto again = installQueue(wish());
        CONTRACT_VERIFY(again);
        QVERIFY2(again->done.empty(), allOf(again->done).c_str());
        QVERIFY(verify(*again)->fingerprint == report->fingerprint);
    }

    // CUPS makes a PPD for URF alone when the printer has both: study of cups-filters 1.28, and queue_test's refusal.
    void aPrinterThatAlsoTakesUrfGetsAQueueThatPassesPwgRaster() {
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::PwgAndUrf;
        CONTRACT_VERIFY(start(schedulerOptions(), options));
        const auto queue = installQueue(wish());
        CONTRACT_VERIFY(queue);
        const auto report = verify(*queue);
        CONTRACT_VERIFY(report);
        QVERIFY2(report->passed, allOf(report->problems).c_str());
        QVERIFY2(allOf(report->verified).find("bytes came out as they were sent") != std::string::npos,
                 allOf(report->verified).c_str());
        const auto printer = QueuePrinter::open(queue->route, deviceRgb);
        const Bench bench{**printer, smallMedium(), "glossy", m_folder->path(), [this] { return paperOf(*m_printer); }};
        aPageArrivesPixelForPixelOnOneSheet(bench);
    }

    void aPrinterWithoutPwgRasterIsRefused() {
        auto options = printerOptions();
        options.formats = VirtualPrinterOptions::Formats::NoRaster;
        CONTRACT_VERIFY(start(schedulerOptions(), options));
        QCOMPARE(installQueue(wish()).error().reason, std::string("raster-type"));
    }

    void whatCannotBeSetOverIppIsSaidLineByLine() {
        auto options = schedulerOptions();
        options.dirtyCleanInterval = 30;
        options.preserveJobHistory = "No";
        options.preserveJobFiles = "86400";
        CONTRACT_VERIFY(start(options));
        auto missing = wish();
        missing.guardState = m_folder->path() / "nowhere";
        const auto queue = installQueue(missing);
        CONTRACT_VERIFY(queue);
        const std::string todo = allOf(queue->todo);
        for (const char* line : {"DirtyCleanInterval 0; PreserveJobHistory Yes; PreserveJobFiles No", "cupsd.conf",
                                 "install -d -o lp -g lp", "nowhere"})
            QVERIFY2(todo.find(line) != std::string::npos, todo.c_str());
    }

    void withoutTheGuardTheQueueIsAtLeastOnceUntilItIsInstalledAgain() {
        CONTRACT_VERIFY(start());
        const Path guard = m_folder->path() / "cups/bin/backend/contone-guard", aside = m_folder->path() / "aside";
        std::filesystem::rename(guard, aside);
        const auto bare = installQueue(wish());
        CONTRACT_VERIFY(bare);
        QVERIFY2(allOf(bare->todo).find("contone-guard") != std::string::npos, allOf(bare->todo).c_str());
        const auto report = verify(*bare);
        QVERIFY2(report->passed && report->atLeastOnce, allOf(report->problems).c_str());
        std::filesystem::rename(aside, guard);
        const auto queue = installQueue(wish());
        CONTRACT_VERIFY(queue);
        QVERIFY(queue->todo.empty());
        QVERIFY(!verify(*queue)->atLeastOnce);
    }

    void gutenprintsDriverIsFoundByItsName() {
        CONTRACT_VERIFY(start());
        const auto device = CaptureSocket::start();
        auto dnp = wish();
        dnp.kind = print::RouteKind::Gutenprint;
        dnp.device = device->deviceUri();
        dnp.driver = "dnp-ds620";
        const auto queue = installQueue(dnp);
        CONTRACT_VERIFY(queue);
        QVERIFY2(queue->todo.empty(), allOf(queue->todo).c_str());
        const auto printer = GutenprintPrinter::open(queue->route, dnpModel());
        CONTRACT_VERIFY(printer);
        const auto report =
            (*printer)->verify(setupFor(queue->route.kind, queue->route.uri), dnpMedium(fourBySix), {1});
        CONTRACT_VERIFY(report);
        QVERIFY2(report->passed && !report->atLeastOnce, allOf(report->problems).c_str());
        QVERIFY(installQueue(dnp)->done.empty());
        dnp.driver = "dnp-ds9999";
        QCOMPARE(installQueue(dnp).error().reason, std::string("driver-missing"));
    }

    void namesThatCupsWouldNotTakeAreRefused() {
        CONTRACT_VERIFY(start());
        for (const char* name : {"", "two words", "a/b", "a#b", "a?b"}) {
            auto bad = wish();
            bad.name = name;
            QCOMPARE(installQueue(bad).error().reason, std::string("bad-queue-name"));
        }
    }

    void aSchedulerElsewhereGetsNoTestPage() {
        const auto at = IppAddress::parse("ipp://print-server.example:631/printers/photo");
        const print::Ticket ticket{AttemptId::generate(SystemClock()), smallMedium(), "glossy"};
        const auto captured = captureTestPage(Wire(*at, std::chrono::seconds(1)), "", ticket,
                                              testPattern({8, 8}, deviceRgb), {}, std::chrono::seconds(1));
        QCOMPARE(captured.error().reason, std::string("no-capture"));
    }

    // Everything that a page's look or its being printed once hangs on.
    void aChangeOfPpdProfileOrDeviceIsNoticed() {
        CONTRACT_VERIFY(start());
        const auto queue = installQueue(wish());
        CONTRACT_VERIFY(queue);
        const auto printer = *QueuePrinter::open(queue->route, deviceRgb);
        auto setup = setupFor(queue->route.kind, queue->route.uri);
        const auto report = printer->verify(setup, smallMedium(), {1});
        CONTRACT_VERIFY(report);
        const auto now = [&] { return printer->recheck(setup, smallMedium(), {2})->fingerprint; };
        QVERIFY(now() == report->fingerprint);
        setup.profile = Sha256::of("another profile");
        QVERIFY(now() != report->fingerprint);
        setup.profile = Sha256();
        QVERIFY(now() == report->fingerprint);
        // The PPD: a default of the queue.
        const auto lpadmin = [&](const std::vector<std::string>& words) {
            std::vector<std::string> all{"-h", "localhost:" + std::to_string(m_scheduler->port()), "-p", "photo"};
            all.insert(all.end(), words.begin(), words.end());
            return ChildProcess::run("lpadmin", all, m_folder->path() / "log");
        };
        CONTRACT_VERIFY(lpadmin({"-o", "cupsPrintQuality=High"}));
        QVERIFY(now() != report->fingerprint);
        CONTRACT_VERIFY(lpadmin({"-o", "cupsPrintQuality=Normal"}));
        const Sha256 before = now();
        // The device: another folder of marks would let a page start twice.
        auto moved = wish();
        moved.guardState = m_folder->path();
        CONTRACT_VERIFY(installQueue(moved));
        QVERIFY(now() != before);
    }
};

QTEST_GUILESS_MAIN(InstallTest)
#include "install_test.moc"
