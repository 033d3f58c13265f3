// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A unit that cuts elsewhere than its model: rulers are printed, cut, read (by eye or from a scan), and the next page's
// trim lands where the paper ends. All in millimetres.
#include <QDir>
#include <QTest>
#include <cmath>
#include <random>

#include "core/image/file_sinks.h"
#include "core/print/calibration.h"
#include "core/print/calibration_marks.h"
#include "core/print/page_plan.h"
#include "printers/models/load_models.h"
#include "tests/core/print/calibration_bench.h"
#include "tests/core/print/sheets_of_rx1.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::print;
using image::Picture;
using namespace contone::testing;

namespace {

/// What a person reads on a ruler of a page that is cut `cut` mm inside: the number of the step at the cut.
double readByEye(const Picture& page, const Medium& m, Edge edge, double cut) {
    using M = CalibrationMarks;
    const M marks = calibrationMarks(m);
    const bool upright = edge == Edge::Left || edge == Edge::Right;
    const double perMm = (upright ? m.dpiX : m.dpiY).value / 25.4;
    double best = 1e9, reading = -1;
    for (int step = 0; step < M::rulerSteps; ++step) {
        const double along = M::firstStep + (step + 0.5) * M::stepLength;
        for (double inside = cut; inside < M::rulerRows; inside += 0.25 / perMm) {
            const MarkPoint p = marks.onRuler(edge, along, inside);
            const int x = m.deadLeft + static_cast<int>(std::floor(p.x * m.dpiX.value / 25.4));
            const int y = m.deadTop + static_cast<int>(std::floor(p.y * m.dpiY.value / 25.4));
            if (x < 0 || y < 0 || x >= m.raster.width || y >= m.raster.height || grayAt(page, x, y) > 100) continue;
            if (inside - cut < best) {
                best = inside - cut;
                reading = std::round(inside - step / 10.0) + step / 10.0;  // its row and column
            }
            break;
        }
    }
    return reading;
}

}  // namespace

class CalibrationTest : public QObject {
    Q_OBJECT
  private slots:
    void aUnitLikeItsModelNeedsNoCalibration() {
        const Edges& o = rx1().overscan;
        const Calibration c = calibrationFrom(rx1(), {o.left, o.top, o.right, o.bottom}).value();
        QVERIFY(c == Calibration{});
    }

    void shiftAndStretchAreToldApart() {
        // 0.4 more at the left and as much less at the right: the paper lies 0.4 mm to the right on the raster.
        const Edges& o = rx1().overscan;
        const Length d = millimetres(0.4), e = millimetres(0.3);
        const Calibration moved = calibrationFrom(rx1(), {o.left + d, o.top, o.right - d, o.bottom}).value();
        QVERIFY(moved == (Calibration{d, Length(), {}}));
        // 0.3 more at top and bottom: the print is that much larger at both ends.
        const Calibration larger = calibrationFrom(rx1(), {o.left, o.top + e, o.right, o.bottom + e}).value();
        QVERIFY(larger == (Calibration{Length(), Length(), {Length(), e, Length(), e}}));
    }

    void readingsComeBackFromTheirCalibration() {
        const FourReadings r = readings(2.3, 0.6, 1.2, 3.4);
        QVERIFY(apart(readingsOf(rx1(), calibrationFrom(rx1(), r).value()), r) < 0.0015);  // halves of a micrometre
    }

    void rulersCutReadAndTypedPutTheNextTrimWhereThePaperEnds() {
        // From the print to the next page: all media of this test's printer that have room for rulers.
        const Medium strips = rx1(2);
        std::mt19937 random(3);
        std::uniform_real_distribution<double> shift(-1.2, 1.2), stretch(-0.4, 0.6);
        for (const Medium& m : {rx1(), strips}) {
            const Picture page = calibrationPage(m, kRgb8).value();
            for (int trial = 0; trial < 40; ++trial) {
                const double sx = shift(random), sy = shift(random), ex = stretch(random), ey = stretch(random);
                const double left = m.overscan.left.mm() + ex + sx, right = m.overscan.right.mm() + ex - sx;
                const double top = m.overscan.top.mm() + ey + sy, bottom = m.overscan.bottom.mm() + ey - sy;
                const FourReadings typed =
                    readings(readByEye(page, m, Edge::Left, left), readByEye(page, m, Edge::Top, top),
                             readByEye(page, m, Edge::Right, right), readByEye(page, m, Edge::Bottom, bottom));
                checkTrim(m, calibrationFrom(m, typed), {left, top, right, bottom}, 0.1);
            }
        }
    }

    void aScanIsMeasured_data() {
        QTest::addColumn<double>("tilt");
        QTest::addColumn<int>("quarters");
        QTest::addColumn<double>("noise");
        QTest::addColumn<double>("lid");
        QTest::addColumn<int>("dpi");
        QTest::newRow("straight") << 0.0 << 0 << 0.0 << 20.0 << 300;
        QTest::newRow("tilted by 1°") << 1.0 << 0 << 0.0 << 20.0 << 300;
        QTest::newRow("tilted the other way, noisy") << -0.7 << 0 << 8.0 << 20.0 << 300;
        QTest::newRow("lying across") << 0.4 << 1 << 4.0 << 20.0 << 300;
        QTest::newRow("upside down") << -0.3 << 2 << 4.0 << 20.0 << 300;
        QTest::newRow("lying across the other way") << 0.2 << 3 << 0.0 << 20.0 << 300;
        QTest::newRow("under a white lid") << 0.5 << 0 << 4.0 << 250.0 << 300;
        QTest::newRow("coarse") << 0.5 << 0 << 3.0 << 20.0 << 150;
    }
    void aScanIsMeasured() {
        QFETCH(double, tilt);
        QFETCH(int, quarters);
        QFETCH(double, noise);
        QFETCH(double, lid);
        QFETCH(int, dpi);
        const CalibrationBench bench{rx1(), readings(2.35, 0.92, 1.18, 3.04), dpi, tilt, quarters, noise, lid};
        const auto found = bench.measured();
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        const double off = apart(*found, bench.unit);
        qInfo("largest error %.3f mm", off);
        QVERIFY(off < 0.05);
        checkTrim(bench.medium, calibrationFrom(bench.medium, *found), {2.35, 0.92, 1.18, 3.04}, 0.1);
    }

    void paperThatStaysWhiteIsSeenBeforeADarkLidOnly() {
        // The paper lies 2.2 mm to the left on the raster: half a millimetre of it stays white.
        CalibrationBench bench{rx1(), readings(-0.51, 1.86, 3.89, 1.86)};
        const auto found = bench.measured();
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QVERIFY(apart(*found, bench.unit) < 0.06);
        bench.lid = 250;
        QCOMPARE(bench.measured().error().reason, std::string("scan-edges"));
    }

    void everyShippedMediumCanBeCalibrated() {
        const auto models = printers::loadModels(Path(contone::tests::programFolder).parent_path() / "share/contone");
        QVERIFY(models);
        int drawn = 0;
        for (const auto& [id, model] : *models) {
            for (const Medium& m : model.media) {
                const auto page = calibrationPage(m, model.device);
                QVERIFY2(page, (id + " " + m.id).c_str());
                QVERIFY(page->size == m.raster && page->format == model.device);
                // Nothing where nothing can be printed; marks do not touch each other.
                int inked = 0;
                for (int x = 0; x < m.raster.width; x += 7)
                    for (int y = 0; y < m.deadTop; ++y) inked += grayAt(*page, x, y) != 255;
                QCOMPARE(inked, 0);
                const CalibrationMarks marks = calibrationMarks(m);
                QVERIFY(marks.acrossStart > 0 && marks.downStart > 0);
                QVERIFY(marks.discs[0].x + CalibrationMarks::discRadius < marks.acrossStart);
                QVERIFY(marks.discs[0].y + CalibrationMarks::discRadius < marks.downStart);
                const double cut = std::max(0.0, m.overscan.left.mm());
                QVERIFY2(near(readByEye(*page, m, Edge::Left, cut), cut, 0.1), (id + " " + m.id).c_str());
                ++drawn;
            }
        }
        QVERIFY(drawn > 150);
    }

    void aScanOfALargeSheetIsMeasured() {
        Medium m = rx1();
        m.id = "8x12";
        m.sheet = {inches(8), inches(12)};
        m.raster = {2560, 3636};
        m.deadLeft = m.deadRight = 56;
        m.deadTop = m.deadBottom = 0;
        m.overscan = derivedOverscan(m);
        const CalibrationBench bench{m, readings(1.9, 1.1, 2.2, 2.5), 150, 0.3, 0, 3};
        const auto found = bench.measured();
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QVERIFY(apart(*found, bench.unit) < 0.06);
    }

    void pagesAreTheSameInEveryPixelFormat() {
        const Picture rgb = calibrationPage(rx1(), kRgb8).value();
        const Picture wide = calibrationPage(rx1(), {image::Channels::Gray, image::Depth::U16}).value();
        int different = 0;
        for (int y = 0; y < 1920; ++y)
            for (int x = 0; x < 1240; ++x)
                different += wide.strip().row<std::uint16_t>(y)[x] != grayAt(rgb, x, y) * 257;
        QCOMPARE(different, 0);
    }

    void whatCannotBeIsRefused() {
        const auto reason = [](const FourReadings& r) {
            const auto c = calibrationFrom(rx1(), r);
            return c ? std::string("taken") : c.error().reason;
        };
        QCOMPARE(reason(readings(1.7, 1.9, 1.7, 1.9)), std::string("taken"));
        QCOMPARE(reason(readings(17, 1.9, 1.7, 1.9)), std::string("bad-reading"));
        QCOMPARE(reason(readings(1.7, 1.9, 1.7, -5.1)), std::string("bad-reading"));
        QCOMPARE(reason(readings(7.5, 1.9, -3.5, 1.9)), std::string("readings-disagree"));  // 5.5 mm off
        QCOMPARE(reason(readings(1.7, 5.5, 1.7, 5.5)), std::string("readings-disagree"));   // 3.6 mm too large
        Medium tiny = rx1();
        tiny.sheet = {millimetres(40), millimetres(60)};
        QCOMPARE(calibrationPage(tiny, kRgb8).error().reason, std::string("calibration-too-small"));
    }

    void aScanThatCannotBeMeasuredSaysWhy() {
        const auto reason = [](const Result<FourReadings>& r) {
            return r ? std::string("measured") : r.error().reason;
        };
        const FourReadings unit = readings(1.7, 1.9, 1.7, 1.9);
        CalibrationBench bench{rx1(), unit, 150};
        bench.tilt = 3;
        QCOMPARE(reason(bench.measured()), std::string("scan-tilted"));
        bench.tilt = 0;
        bench.stretch = 1.06;
        QCOMPARE(reason(bench.measured()), std::string("scan-wrong-size"));
        bench.stretch = 1;
        bench.lid = 158;  // the print's own gray
        QCOMPARE(reason(bench.measured()), std::string("scan-edges"));
        bench.lid = 20;
        const Picture page = calibrationPage(rx1(), kRgb8).value(), scan = bench.scan(page);
        QCOMPARE(reason(readCalibrationScan(scan, Dpi{100}, rx1())), std::string("scan-wrong-size"));
        QCOMPARE(reason(readCalibrationScan(scan, Dpi{300}, rx1())), std::string("scan-no-marks"));
        QCOMPARE(reason(readCalibrationScan(page, Dpi{300}, rx1())), std::string("scan-edges"));  // nothing around it
        QCOMPARE(reason(readCalibrationScan(Picture::ofSize({1240, 1844}, kRgb8), Dpi{300}, rx1())),
                 std::string("scan-edges"));
        QCOMPARE(reason(readCalibrationScan(scan, Dpi{150}, rx1(2))), std::string("scan-of-pieces"));
        // A photo of someone's holiday: any picture without discs.
        Picture noise = Picture::ofSize({700, 1000}, kRgb8);
        std::mt19937 random(5);
        for (std::byte& b : noise.bytes) b = static_cast<std::byte>(random() % 200);
        for (int x = 0; x < 700 * 3; ++x) noise.strip().row<std::uint8_t>(0)[x] = 255;
        for (int y = 0; y < 1000; ++y)
            for (int x : {0, 1, 2, 2097, 2098, 2099}) noise.strip().row<std::uint8_t>(y)[x] = 255;
        QCOMPARE(reason(readCalibrationScan(noise, Dpi{150}, rx1())), std::string("scan-no-marks"));
    }

    /// With CONTONE_KEEP set to a folder, the page and a scan of it are left there for a person to look at.
    void pagesCanBeLookedAt() {
        const QString folder = qEnvironmentVariable("CONTONE_KEEP", QDir::tempPath() + "/contone_calibration_test");
        QVERIFY(QDir().mkpath(folder));
        const Picture page = calibrationPage(rx1(), kRgb8).value();
        const CalibrationBench bench{rx1(), readings(2.35, 0.92, 1.18, 3.04), 300, 1.0, 0, 4};
        for (const auto& [name, picture] : {std::pair{"page.png", page}, std::pair{"scan.png", bench.scan(page)}}) {
            const QString file = folder + "/" + name;
            const auto sink = image::pngFileSink(file.toStdString());
            QVERIFY(sink->begin({picture.size, picture.format, Dpi{300}, Dpi{300}, {}}) &&
                    sink->write(picture.strip()) && sink->finish());
            QVERIFY(QFileInfo(file).size() > 5000);
        }
        if (qEnvironmentVariableIsEmpty("CONTONE_KEEP")) QDir(folder).removeRecursively();
    }

  private:
    /// The next page's trim of all pieces together ends where the paper does: `lost` mm inside the printable area.
    static void checkTrim(const Medium& m, const Result<Calibration>& c, const std::array<double, 4>& lost,
                          double tolerance) {
        QVERIFY2(c, c ? "" : c.error().message.c_str());
        const PagePlan plan = planned(product(4.0 / m.columns, 6, m.columns), m, {4000, 6000}, {}, *c);
        const RealRect &first = plan.pieces.front().trim, &last = plan.pieces.back().trim;
        const image::PixelRect& p = plan.printable;
        const double mmX = 25.4 / m.dpiX.value, mmY = 25.4 / m.dpiY.value;
        QVERIFY(near((first.x - p.x) * mmX, lost[0], tolerance));
        QVERIFY(near((first.y - p.y) * mmY, lost[1], tolerance));
        QVERIFY(near((p.x + p.width - last.x - last.width) * mmX, lost[2], tolerance));
        QVERIFY(near((p.y + p.height - last.y - last.height) * mmY, lost[3], tolerance));
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibration_test.moc"
