// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a PPD and a cupsd.conf mean for a page. The PPD lines are those that CUPS 2.4.2 generates ("everywhere") or
// that Gutenprint 5.3.4 ships; the verdicts were checked with cupsfilter --list-filters.
#include <QTest>

#include "printers/cups/queue_rules.h"
#include "printers/ipp/printer_facts.h"

using namespace contone;
using namespace contone::printers;

class RulesTest : public QObject {
    Q_OBJECT

  private slots:
    void aPpdThatHandsPwgRasterThroughRunsNothing() {
        QVERIFY(filtersOnPwgRaster("*cupsFilter2: \"image/jpeg image/jpeg 0 -\"\n"
                                   "*cupsFilter2: \"image/pwg-raster image/pwg-raster 100 -\"\n")
                    .empty());
    }
    void anUrfQueueWouldConvertThePage() {
        const auto filters = filtersOnPwgRaster("*cupsFilter2: \"image/urf image/urf 100 -\"\n");
        QCOMPARE(filters, (std::vector<std::string>{"rastertopdf"}));
    }
    void aGutenprintQueueNamesItsFilter() {
        const auto filters =
            filtersOnPwgRaster("*cupsFilter:\t\"application/vnd.cups-raster 100 rastertogutenprint.5.3\"\n");
        QCOMPARE(filters, (std::vector<std::string>{"rastertopdf", "rastertogutenprint.5.3"}));
    }
    void cupsRasterGoesIntoTheDriverAlone() {
        const std::string gutenprint =
            "*cupsFilter:\t\"application/vnd.cups-command 33 commandtodyesub\"\n"
            "*cupsFilter:\t\"application/vnd.cups-raster 100 rastertogutenprint.5.3\"\n";
        QCOMPARE(filtersOnCupsRaster(gutenprint), (std::vector<std::string>{"rastertogutenprint.5.3"}));
        QCOMPARE(filtersOnCupsRaster(gutenprint + "*cupsPreFilter: \"application/vnd.cups-raster 0 sharpen\"\n"),
                 (std::vector<std::string>{"sharpen", "rastertogutenprint.5.3"}));
        QCOMPARE(filtersOnCupsRaster(gutenprint + "*cupsFilter: \"application/vnd.cups-raster 100 sharpen\"\n").size(),
                 std::size_t{2});
        QCOMPARE(filtersOnCupsRaster(gutenprint + "*cupsFilter: \"application/vnd.cups-raster 50 sharpen\"\n"),
                 (std::vector<std::string>{"sharpen"}));
        QVERIFY(filtersOnCupsRaster("*cupsFilter2: \"image/pwg-raster image/pwg-raster 0 -\"\n").empty());
    }
    void aFilterThatIsAsCheapAsPassingMayRun() {
        const auto filters = filtersOnPwgRaster(
            "*cupsFilter2: \"image/pwg-raster image/pwg-raster 10 -\"\n"
            "*cupsFilter2: \"image/pwg-raster application/x 10 sharpen\"\n");
        QCOMPARE(filters, (std::vector<std::string>{"sharpen"}));
    }
    void aDearerFilterDoesNotRun() {
        QVERIFY(filtersOnPwgRaster("*cupsFilter2: \"image/pwg-raster image/pwg-raster 0 -\"\n"
                                   "*cupsFilter2: \"image/pwg-raster application/x 50 sharpen\"\n")
                    .empty());
    }
    // PPD extensions (cups.org/doc/spec-ppd.html): *cupsPreFilter: "source/type cost program".
    void aPreFilterRunsEvenWhereThePagePasses() {
        const std::string passes = "*cupsFilter2: \"image/pwg-raster image/pwg-raster 0 -\"\n";
        for (const std::string type : {"image/pwg-raster", "image/*", "*/*"})
            QCOMPARE(filtersOnPwgRaster(passes + "*cupsPreFilter: \"" + type + " 100 sharpen\"\n"),
                     (std::vector<std::string>{"sharpen"}));
        QVERIFY(filtersOnPwgRaster(passes + "*cupsPreFilter: \"image/jpeg 0 sharpen\"\n").empty());
    }
    void aFilterForEverythingIsOneForPwgRaster() {
        QCOMPARE(filtersOnPwgRaster("*cupsFilter2: \"image/pwg-raster image/pwg-raster 10 -\"\n"
                                    "*cupsFilter2: \"image/* application/x 0 sharpen\"\n"),
                 (std::vector<std::string>{"sharpen"}));
        QVERIFY(!filtersOnPwgRaster("*cupsFilter: \"*/* 0 -\"\n").empty());
    }
    void passingOnlySmallPagesIsNotPassing() {
        QVERIFY(!filtersOnPwgRaster("*cupsFilter2: \"image/pwg-raster image/pwg-raster maxsize(4096) 0 -\"\n").empty());
    }
    void aPpdWithoutFilterLinesIsPostScript() { QVERIFY(!filtersOnPwgRaster("*PPD-Adobe: \"4.3\"\n").empty()); }
    void brokenLinesAreNotPermission() {
        for (const char* line : {"*cupsFilter2: \"image/pwg-raster", "*cupsFilter2:", "*cupsFilter2: \"\"",
                                 "*cupsFilter2: \"image/pwg-raster\""})
            QVERIFY2(!filtersOnPwgRaster(line).empty(), line);
    }

    void loadedPaperIsKnownByItsSizeWhateverItIsCalled() {
        // Both name 6 × 6 inches: one as the virtual printer does, one as printers do that take custom sizes.
        for (const char* name : {"custom_square-photo_6x6in", "custom_6x6in_6x6in", "custom_15x15_152.4x152.4mm"}) {
            PrinterFacts facts;
            facts.mediaReady = {"na_5x7_5x7in", name};
            print::Medium square;
            square.sheet = {inches(6), inches(6)};
            QVERIFY2(print::isLoaded(stateOf(facts), square), name);
            square.sheet = {inches(6), inches(8)};
            QVERIFY2(!print::isLoaded(stateOf(facts), square), name);
        }
    }
    void paperThatCannotBeToldIsInNobodysWay() {
        print::Medium medium;
        medium.sheet = {inches(4), inches(6)};
        for (const char* name : {"photo paper", "roll_max_152.4x1000mm", ""}) {
            PrinterFacts facts;
            facts.mediaReady = {"na_5x7_5x7in", name};
            QVERIFY2(print::isLoaded(stateOf(facts), medium), name);
        }
    }
    void aFinishIsOfferedWhereThePrinterListsItForTheSize() {
        PrinterFacts facts;
        facts.mediaTypes = {"photographic-glossy", "photographic-matte"};
        const MediaChoice glossy{10160, 15240, true, "photographic-glossy"}, unsaid{10160, 15240, true, ""};
        QVERIFY(offersFinish(facts, glossy, "glossy"));
        QVERIFY(offersFinish(facts, glossy, ""));
        QVERIFY(!offersFinish(facts, glossy, "matte"));  // matte, but of another size
        QVERIFY(offersFinish(facts, unsaid, "matte"));
        QVERIFY(!offersFinish(facts, unsaid, "silk"));
    }

    void anEmptyConfigurationHasTheDefaultsOfCups() {
        // cupsd.conf(5): DirtyCleanInterval 30, PreserveJobHistory Yes, PreserveJobFiles 86400.
        const SchedulerSettings settings = readSchedulerSettings("# nothing\n");
        QCOMPARE(settings.dirtyCleanSeconds, 30L);
        QVERIFY(settings.historySeconds > 86400L * 365);
        QCOMPARE(settings.filesSeconds, 86400L);
    }
    void settingsAreReadWhateverTheirSpelling() {
        const auto settings =
            readSchedulerSettings("dirtycleaninterval 0\n  PreserveJobHistory\t2d\nPRESERVEJOBFILES no\n");
        QCOMPARE(settings.dirtyCleanSeconds, 0L);
        QCOMPARE(settings.historySeconds, 172800L);
        QCOMPARE(settings.filesSeconds, 0L);
    }
    void wordsInsideBlocksAreNotSettings() {
        const auto settings =
            readSchedulerSettings("<Policy x>\nDirtyCleanInterval 0\n<Limit All>\n</Limit>\n</Policy>\n");
        QCOMPARE(settings.dirtyCleanSeconds, 30L);
    }
};

QTEST_GUILESS_MAIN(RulesTest)
#include "rules_test.moc"
