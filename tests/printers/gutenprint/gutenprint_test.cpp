// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The Gutenprint route through a real cupsd and the real driver: what a DNP printer is sent is what was rendered.
#include <QProcess>
#include <set>

#include "printers/gutenprint/cups_raster_p.h"
#include "printers/gutenprint/driver_queue_p.h"
#include "printers/models/load_models.h"
#include "tests/places.h"
#include "tests/printers/fixtures/driver_bench.h"

using namespace contone;
using namespace contone::printers;
using namespace contone::printers::testing;

Q_DECLARE_METATYPE(contone::printers::testing::DnpPage)

class GutenprintTest : public QObject {
    Q_OBJECT

  private:
    std::unique_ptr<DriverBench> m_at;
    static bool says(const std::vector<std::string>& sentences, const char* words) {
        return allOf(sentences).find(words) != std::string::npos;
    }
    /// Sends a page and returns what the printer got.
    Result<DnpSpool> print(const print::Medium& medium, const std::string& finish, const image::Picture& page) const {
        const Bench bench = m_at->bench(medium, finish);
        const auto ticket = newTicket(bench);
        CONTONE_CHECK(sendPage(bench, ticket, page));
        const std::size_t before = m_at->device->jobs().size();
        CONTONE_TRY(const auto status, waitFor(*m_at->printer, ticket.attempt, isOver));
        if (!m_at->device->waitFor(std::max<std::size_t>(before, 1), std::chrono::seconds(20)))
            return fail(Code::Internal, "no-page", status ? status->message : "");
        return readDnpSpool(m_at->device->jobs().back());
    }

    /// 4x6 pages without the 38 white rows at both ends.
    static std::vector<image::Picture> livingOf(std::vector<image::Picture> pages) {
        for (image::Picture& page : pages) {
            const auto margin = static_cast<std::ptrdiff_t>(38 * page.stride());
            page.bytes = Bytes(page.bytes.begin() + margin, page.bytes.end() - margin);
            page.size.height -= 76;
        }
        return pages;
    }

  private slots:
    void init() { m_at = std::make_unique<DriverBench>(); }
    void cleanup() { m_at.reset(); }

    // Sizes and margins: Gutenprint src/main/print-dyesub.c (tables dnpds40, dnpds620, dnpdsrx1), whole rasters as the
    // printers get them. What the knife does: DNP's spool has CNTRL CUTTER 120 (2 inches) or, from the DS620 on,
    // FULL_CUTTER_SET with each cut in tenths of an inch; OVERCOAT 1 is matte.
    void everyPixelReachesThePrinterAsItWasRendered_data() {
        QTest::addColumn<QString>("driver");
        QTest::addColumn<DnpPage>("page");
        QTest::addColumn<QString>("finish");
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("value");
        QTest::newRow("ds40 4x6 glossy") << "dnp-ds40" << fourBySix << "glossy" << "CNTRL OVERCOAT" << "00000000";
        QTest::newRow("ds40 strips matte")
            << "dnp-ds40" << DnpPage{"w288h432-div2", {1240, 1920}, 0, 38, 0, 38} << "matte"
            << "CNTRL CUTTER" << "00000120";
        QTest::newRow("ds40 6x8") << "dnp-ds40" << DnpPage{"w432h576", {1920, 2436}, 38, 0, 38, 0} << "matte"
                                  << "CNTRL OVERCOAT" << "00000001";
        QTest::newRow("ds620 4x6 matte") << "dnp-ds620" << fourBySix << "matte" << "CNTRL OVERCOAT" << "00000001";
        QTest::newRow("ds620 strips") << "dnp-ds620" << DnpPage{"w288h432-div2", {1240, 1920}, 0, 38, 0, 38} << "glossy"
                                      << "CNTRL FULL_CUTTER_SET" << "020020000000000";
        QTest::newRow("ds620 5x7") << "dnp-ds620" << DnpPage{"w360h504", {1920, 2138}, 186, 0, 186, 0} << "glossy"
                                   << "CNTRL CUTTER" << "00000000";
        QTest::newRow("ds620 one strip") << "dnp-ds620" << DnpPage{"w144h432", {1240, 1920}, 620, 38, 0, 38} << "glossy"
                                         << "CNTRL OVERCOAT" << "00000000";
        QTest::newRow("rx1 4x6") << "dnp-dsrx1" << fourBySix << "glossy" << "CNTRL CUTTER" << "00000000";
    }
    void everyPixelReachesThePrinterAsItWasRendered() {
        QFETCH(const QString, driver);
        QFETCH(const DnpPage, page);
        QFETCH(const QString, finish);
        QFETCH(const QString, command);
        QFETCH(const QString, value);
        CONTRACT_VERIFY(m_at->start(driver.toStdString()));
        const print::Medium medium = dnpMedium(page);
        const image::Picture rendered = testPage(medium.raster, 7);
        auto spool = print(medium, finish.toStdString(), rendered);
        CONTRACT_VERIFY(spool);
        const auto printed = pageOf(*spool, medium.raster);
        CONTRACT_VERIFY(printed);
        QVERIFY(*printed == asPrinted(rendered, medium));
        QCOMPARE(spool->commands[command.toStdString()], value.toStdString());
        QCOMPARE(spool->commands["CNTRL QTY"], std::string("0000001"));
        QCOMPARE(spool->commands["CNTRL OVERCOAT"], std::string(finish == "matte" ? "00000001" : "00000000"));
        QCOMPARE(m_at->device->jobs().size(), std::size_t{1});
    }

    void itKeepsThePrinterContractAsFarAsACaptureCan() {
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        // A model may give the raster without the margins in which the driver leaves white.
        const print::Medium bare = dnpMedium({"w288h432", {1240, 1844}});
        Bench bench = m_at->bench(bare);
        bench.paper = [this] { return livingOf(m_at->paper(dnpMedium(fourBySix))); };
        // A captured spool has no trays, ribbons and covers: what tells of them is left to the other routes.
        for (const auto check :
             {aReadyPrinterSaysSo, anAttemptNobodyMadeIsNotFound, aPageArrivesPixelForPixelOnOneSheet,
              aDocumentIsSentOnlyOnce, cancellingAJobThatIsOverChangesNothing,
              anAnnouncedJobIsFoundByNameAndPrintsNothing, resumingWhatRunsChangesNothing}) {
            check(bench);
            if (QTest::currentTestFailed()) return;
        }
    }

    void aVerifiedQueueHasComparedATestPage() {
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        const auto report = m_at->verify(dnpMedium(fourBySix));
        CONTRACT_VERIFY(report);
        QVERIFY2(report->passed, allOf(report->problems).c_str());
        QVERIFY(!report->atLeastOnce);
        QVERIFY(report->problems.empty());
        for (const char* words :
             {"one filter on a page, Gutenprint's driver: rastertogutenprint", "StpColorCorrection=Raw",
              "1240 × 1844 pixels", "guard", "all 1240 × 1920 pixels came out as they were sent"})
            QVERIFY2(says(report->verified, words), allOf(report->verified).c_str());
        // No paper was used, and nothing is left of the queue for the test.
        QVERIFY(m_at->device->jobs().empty());
        const auto again = m_at->printer->recheck(m_at->setup(), dnpMedium(fourBySix), {2});
        CONTRACT_VERIFY(again);
        QVERIFY(again->fingerprint == report->fingerprint);
        QVERIFY(!says(again->verified, "test page"));
    }

    // Every medium of every model on every driver that it names, as this computer's Gutenprint describes it.
    void everyModelsPagesAndOptionsAreTheDrivers() {
        const auto models = loadModels(Path(contone::tests::sourceFolder) / "printers");
        CONTRACT_VERIFY(models);
        int pages = 0;
        std::set<std::string> refused;
        for (const auto& [id, model] : *models)
            for (const std::string& driver : model.drivers) {
                QProcess cat;
                cat.start("/usr/lib/cups/driver/gutenprint.5.3",
                          {"cat", QString::fromStdString("gutenprint.5.3://" + driver + "/expert")});
                QVERIFY(cat.waitForFinished(10000));
                const auto ppd = DriverPpd::parse(cat.readAllStandardOutput().toStdString());
                QVERIFY2(ppd, driver.c_str());
                QCOMPARE(ppd->driver(), driver);
                const Wire nowhere(*IppAddress::parse("ipp://localhost:1/printers/x"), std::chrono::seconds(1));
                const DriverQueue queue(nowhere, model, std::chrono::seconds(1));
                for (const print::Medium& medium : model.media) {
                    if (medium.pageSize.empty()) continue;
                    const std::string where = driver + " " + medium.id;
                    for (const std::string& finish : model.finishes) {
                        const auto choices = queue.choicesFor(medium, finish);
                        QVERIFY2(choices, where.c_str());
                        const auto known = checkChoices(*ppd, *choices);
                        QVERIFY2(known, (where + ": " + (known ? "" : known.error().message)).c_str());
                    }
                    const auto header = ppd->headerFor(*queue.choicesFor(medium, model.finishes.front()));
                    QVERIFY2(header, where.c_str());
                    const auto part = partForDriver(*header, medium);
                    if (!part) refused.insert(where);
                    ++pages;
                }
            }
        QVERIFY(pages > 100);
        // Gutenprint gave these other margins after 5.3.4: with that version they are refused, not scaled.
        const std::set<std::string> changed{"hiti-p525l 3-5x5x2", "hiti-p525l 4x6x2", "kodak-6900 5x7",
                                            "kodak-8810 8x14",    "kodak-8810 8x16",  "kodak-8810 8x20",
                                            "kodak-8810 8x24",    "kodak-8810 8x32",  "kodak-8810 8x36"};
        QVERIFY2(refused == changed, allOf({refused.begin(), refused.end()}).c_str());
    }

    void aQueueWithTheDriverOfAnotherModelIsRefused() {
        m_at->model.drivers = {"dnp-ds40"};
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        QVERIFY(says(m_at->verify(dnpMedium(fourBySix))->problems, "dnp-ds620"));
    }

    void otherNumbersThanTheDriversAreRefusedBeforeAnythingPrints() {
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        const print::Medium wrong = dnpMedium({"w288h432", {1200, 1800}});
        const auto report = m_at->verify(wrong);
        CONTRACT_VERIFY(report);
        QVERIFY(!report->passed);
        QVERIFY2(says(report->problems, "1240 × 1844"), allOf(report->problems).c_str());
        QVERIFY(says(report->problems, "1200 × 1800"));
        const auto page = writePage(m_at->bench(wrong), newTicket(m_at->bench(wrong)), testPage(wrong.raster, 1));
        QVERIFY(!page);
        QCOMPARE(page.error().reason, std::string("driver-raster"));
        print::Medium coarse = dnpMedium(fourBySix);
        coarse.dpiY = Dpi{600};
        QVERIFY(says(m_at->verify(coarse)->problems, "300 × 600 dpi"));
    }

    void anOptionThatTheDriverDoesNotKnowIsRefused() {
        m_at->model.pinned["StpSharpen"] = "0";  // Mitsubishi's
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        const print::Medium medium = dnpMedium(fourBySix);
        QVERIFY(says(m_at->verify(medium)->problems, "StpSharpen=0"));
        QCOMPARE(m_at->printer->create(newTicket(m_at->bench(medium))).error().reason, std::string("driver-option"));
        print::Medium unheardOf = medium;
        unheardOf.pageSize = "w1h1";
        QVERIFY(says(m_at->verify(unheardOf)->problems, "PageSize=w1h1"));
        unheardOf.pageSize.clear();
        QVERIFY(says(m_at->verify(unheardOf)->problems, "page size of Gutenprint's"));
    }

    void defaultsOfTheQueueChangeNothing() {
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        const auto report = m_at->verify(dnpMedium(fourBySix));
        CONTRACT_VERIFY(ChildProcess::run(
            "lpadmin",
            {"-h", "localhost:" + std::to_string(m_at->scheduler->port()), "-p", "dnp", "-o", "StpSaturation=1500",
             "-o", "ColorModel=Gray", "-o", "StpLaminate=Matte", "-o", "PageSize=w432h576", "-o", "copies-default=2",
             "-o", "print-color-mode-default=monochrome", "-o", "Resolution=300x600dpi"},
            m_at->folder.path() / "log"));
        m_at->model.pinned["StpSaturation"] = "None";
        m_at->printer = *GutenprintPrinter::open(m_at->route(), m_at->model);
        const print::Medium medium = dnpMedium(fourBySix);
        const image::Picture rendered = testPage(medium.raster, 3);
        auto spool = print(medium, "glossy", rendered);
        CONTRACT_VERIFY(spool);
        QVERIFY(*pageOf(*spool, medium.raster) == asPrinted(rendered, medium));
        QCOMPARE(spool->commands["CNTRL OVERCOAT"], std::string("00000000"));
        QCOMPARE(spool->commands["CNTRL QTY"], std::string("0000001"));
        // And the setup is to be verified again: the PPD is another one now.
        QVERIFY(m_at->printer->recheck(m_at->setup(), medium, {2})->fingerprint != report->fingerprint);
    }

    void aQueueWithAnotherDriverOrWithoutOneIsRefused() {
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        const print::Medium medium = dnpMedium(fourBySix);
        CONTRACT_VERIFY(m_at->makeQueue({.ppdName = "raw"}));
        const auto raw = m_at->verify(medium);
        CONTRACT_VERIFY(raw);
        QVERIFY(!raw->passed);
        QVERIFY2(says(raw->problems, "no driver"), allOf(raw->problems).c_str());
        // Gutenprint's PPD with a line that brings in another filter.
        CONTRACT_VERIFY(m_at->makeQueue({.ppdName = "gutenprint.5.3://dnp-ds620/expert"}));
        const auto at = IppAddress::parse(m_at->scheduler->uri("dnp"));
        const Wire wire(*at, std::chrono::seconds(10));
        const auto ppd = wire.get("/printers/dnp.ppd");
        CONTRACT_VERIFY(ppd);
        std::string changed = **ppd;
        const std::string line = "*cupsFilter:\t\"application/vnd.cups-raster 100 rastertogutenprint.5.3\"";
        QVERIFY(changed.find(line) != std::string::npos);
        changed.insert(changed.find(line), "*cupsFilter: \"application/vnd.cups-raster 50 rastertopwg\"\n");
        CONTRACT_VERIFY(m_at->makeQueue({.ppd = changed}));
        QVERIFY(says(m_at->verify(medium)->problems, "rastertopwg"));
    }

    void anUnguardedQueueIsAtLeastOnceAndAGuardForOtherPagesIsRefused() {
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        const print::Medium medium = dnpMedium(fourBySix);
        const auto guarded = m_at->verify(medium);
        CONTRACT_VERIFY(m_at->makeQueue({.deviceUri = m_at->device->deviceUri()}));
        const auto bare = m_at->verify(medium);
        QVERIFY2(bare->passed, allOf(bare->problems).c_str());
        QVERIFY(bare->atLeastOnce);
        QVERIFY(bare->fingerprint != guarded->fingerprint);
        CONTRACT_VERIFY(m_at->makeQueue(
            {.deviceUri = GuardUri{m_at->scheduler->guardState().string(), m_at->device->deviceUri()}.text()}));
        QVERIFY(says(m_at->verify(medium)->problems, "another kind of page"));
    }

    void killingTheSchedulerDuringAJobHoldsItAndPrintsItOnce() {
        CONTRACT_VERIFY(m_at->start("dnp-ds620"));
        const print::Medium medium = dnpMedium(fourBySix);
        const Bench bench = m_at->bench(medium);
        const auto ticket = newTicket(bench);
        CONTRACT_VERIFY(sendPage(bench, ticket, testPage(medium.raster, 5)));
        const Path mark = m_at->scheduler->guardState() / "started" / ticket.attempt.toString();
        QVERIFY(eventually([&] { return std::filesystem::exists(mark); }));
        m_at->scheduler->killHard();
        CONTRACT_VERIFY(m_at->scheduler->restart());
        const auto status = waitFor(*m_at->printer, ticket.attempt, [](const print::JobStatus& s) {
            return s.heldByGuard || s.progress == print::JobProgress::Completed;
        });
        CONTRACT_VERIFY(status);
        QVERIFY(status->has_value());
        QVERIFY2((*status)->heldByGuard || (*status)->progress == print::JobProgress::Completed,
                 (*status)->message.c_str());
        QVERIFY(m_at->device->jobs().size() <= 1);
    }
};

QTEST_GUILESS_MAIN(GutenprintTest)
#include "gutenprint_test.moc"
