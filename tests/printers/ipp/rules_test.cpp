// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a PPD and a cupsd.conf mean for a page. The PPD lines are those that CUPS 2.4.2 generates ("everywhere") or
// that Gutenprint 5.3.4 ships; the verdicts were checked with cupsfilter --list-filters.
#include <QTest>

#include "printers/ipp/queue_rules_p.h"

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
    void passingOnlySmallPagesIsNotPassing() {
        QVERIFY(!filtersOnPwgRaster("*cupsFilter2: \"image/pwg-raster image/pwg-raster maxsize(4096) 0 -\"\n").empty());
    }
    void aPpdWithoutFilterLinesIsPostScript() { QVERIFY(!filtersOnPwgRaster("*PPD-Adobe: \"4.3\"\n").empty()); }
    void brokenLinesAreNotPermission() {
        for (const char* line : {"*cupsFilter2: \"image/pwg-raster", "*cupsFilter2:", "*cupsFilter2: \"\"",
                                 "*cupsFilter2: \"image/pwg-raster\""})
            QVERIFY2(!filtersOnPwgRaster(line).empty(), line);
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
