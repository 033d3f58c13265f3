// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a sheet with rulers to pages that lie right: printed by an agent, cut by a unit that cuts elsewhere than its
// model, scanned askew, read by the contone program. All in millimetres of the printer's raster.
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>
#include <cmath>

#include "core/image/file_sinks.h"
#include "printers/models/load_models.h"
#include "tests/app/cli/cli_bench.h"
#include "tests/core/image/read_png.h"
#include "tests/core/print/calibration_bench.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::testing;

namespace {

/// What the unit of this test really cuts off. Its model, the DNP DS-RX1: 1.69 mm at the sides, 1.86 at top and bottom.
const FourReadings unit = readings(2.35, 0.92, 1.18, 3.04);

struct Box {
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    double centreX() const { return (left + right) / 2; }
    double centreY() const { return (top + bottom) / 2; }
};

/// Where a sheet is dark, mm of the raster. The raster of the DS-RX1 has 300 dots an inch both ways.
Box darkBox(const Picture& sheet) {
    Box box;
    for (int y = 0; y < sheet.size.height; ++y)
        for (int x = 0; x < sheet.size.width; ++x) {
            if (grayAt(sheet, x, y) > 128) continue;
            const double mm = 25.4 / 300;
            box = {std::min(box.left, x * mm), std::min(box.top, y * mm), std::max(box.right, (x + 1) * mm),
                   std::max(box.bottom, (y + 1) * mm)};
        }
    return box;
}

FourReadings readingsIn(const QJsonObject& answer) {
    const QJsonObject r = answer["readings"].toObject();
    return readings(r["leftMm"].toDouble(), r["topMm"].toDouble(), r["rightMm"].toDouble(), r["bottomMm"].toDouble());
}

}  // namespace

class CalibrateTest : public QObject {
    Q_OBJECT
    CliBench m_bench;
    QProcess m_agent;
    Medium m_medium;
    Picture m_page;  ///< the sheet with rulers, as the printer got it

    QString at(const QString& name) const { return m_bench.at(name); }
    QStringList sheets() const { return QDir(at("tray")).entryList({"sheet-*.png"}); }

    /// The sheet that comes out after `work`.
    template <class Work>
    Picture sheetOf(Work work) {
        const QStringList before = sheets();
        work();
        QElapsedTimer waited;
        for (waited.start(); waited.elapsed() < 30'000; QTest::qWait(20))
            for (const QString& name : sheets())
                if (!before.contains(name)) return image::testing::readPng(at("tray/" + name).toStdString()).value();
        qFatal("no sheet came out");
    }
    Picture rulers() {
        return sheetOf([&] { QCOMPARE(m_bench.run({"printers", "calibrate", "counter"}).code, 0); });
    }
    /// A dark photo, shown whole, white paper around it.
    Picture photo() {
        return sheetOf([&] {
            const Outcome added =
                m_bench.run({"order", "add", at("dark.jpg"), "--product", "10x15", "--fit", "--json"});
            const QString order = added.json()["order"].toObject()["id"].toString();
            const Outcome printed = m_bench.run({"print", order, "--setup", "counter"});
            QVERIFY2(printed.code == 0, printed.err.constData());
        });
    }

    void write(const QString& name, const Picture& picture, int dpi) {
        const Path file = at(name).toStdString();
        const auto sink = name.endsWith("jpg")   ? image::jpegFileSink(file, 85)
                          : name.endsWith("tif") ? image::tiffFileSink(file)
                                                 : image::pngFileSink(file);
        QVERIFY(sink->begin({picture.size, picture.format, Dpi{dpi}, Dpi{dpi}, {}}) && sink->write(picture.strip()) &&
                sink->finish());
    }
    Outcome scanned(const QString& name, const QStringList& more = {}) {
        return m_bench.run(QStringList{"printers", "calibrate", "counter", "--scan", at(name), "--json"} + more);
    }

  private slots:
    void initTestCase() {
        const auto models = printers::loadModels(Path(contone::tests::programFolder).parent_path() / "share/contone");
        QVERIFY(models);
        m_medium = *models->at("dnp-rx1").medium("4x6");
        write("dark.jpg", Picture::ofSize({900, 600}, kRgb8), 300);
        m_agent.start(contone::tests::programFolder + QString("/contone-agent"), {"--home", at("home")});
        QVERIFY(QTest::qWaitFor([&] { return QFile::exists(at("home/agent.sock")); }, 20'000));
        const Outcome added = m_bench.run({"setup", "add", "counter", "--route", "sim", "--uri", at("tray"), "--model",
                                           "dnp-rx1", "--medium", "4x6"});
        QVERIFY2(added.code == 0, added.err.constData());
        QCOMPARE(m_bench.run({"setup", "verify", "counter"}).code, 0);
        m_page = rulers();
        QVERIFY(m_page.size == m_medium.raster);
    }
    void cleanupTestCase() {
        m_agent.terminate();
        QVERIFY(m_agent.waitForFinished(20'000));
    }

    void aScanIsReadToATwentiethOfAMillimetre_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("dpi");
        QTest::addColumn<double>("tilt");
        QTest::addColumn<int>("quarters");
        QTest::addColumn<QStringList>("more");
        QTest::newRow("JPEG, askew") << "scan.jpg" << 300 << 1.0 << 0 << QStringList{};
        QTest::newRow("PNG, lying across, resolution told")
            << "scan.png" << 300 << -1.0 << 1 << QStringList{"--dpi", "300"};
        QTest::newRow("TIFF of 600 dpi, upside down") << "scan.tif" << 600 << 0.6 << 2 << QStringList{};
        QTest::newRow("JPEG of 150 dpi") << "coarse.jpg" << 150 << 0.4 << 0 << QStringList{};
    }
    void aScanIsReadToATwentiethOfAMillimetre() {
        QFETCH(QString, file);
        QFETCH(int, dpi);
        QFETCH(double, tilt);
        QFETCH(int, quarters);
        QFETCH(QStringList, more);
        CalibrationBench bench{m_medium, unit, dpi, tilt, quarters, 2};
        bench.blur = 0.15;  // mm: nearly two pixels at 300 dpi
        write(file, bench.scan(m_page), dpi);
        const Outcome done = scanned(file, more);
        QVERIFY2(done.code == 0, done.err.constData());
        const FourReadings found = readingsIn(done.json());
        qInfo("largest error %.3f mm", apart(found, unit));
        QVERIFY(apart(found, unit) < 0.05);
        // The setup knows it: half the difference of opposite edges is the offset, of their sum the extra overscan.
        const QJsonObject list = m_bench.run({"setup", "list", "--json"}).json();
        const QJsonObject unitOf = list["setups"].toArray()[0].toObject()["calibration"].toObject();
        QVERIFY(std::abs(unitOf["offsetXMm"].toDouble() - (2.35 - 1.18) / 2) < 0.05);
        QVERIFY(std::abs(unitOf["offsetYMm"].toDouble() - (0.92 - 3.04) / 2) < 0.05);
        QVERIFY(std::abs(unitOf["extraLeftMm"].toDouble() - ((2.35 + 1.18) / 2 - m_medium.overscan.left.mm())) < 0.05);
        QVERIFY(std::abs(unitOf["extraTopMm"].toDouble() - ((0.92 + 3.04) / 2 - m_medium.overscan.top.mm())) < 0.05);
        QVERIFY(list["setups"].toArray()[0].toObject()["verification"].toObject()["passed"].toBool());
    }

    void whatIsPrintedAfterwardsLiesWhereThePaperIs() {
        const FourReadings model = print::readingsOf(m_medium, {});
        const QStringList typed{"printers", "calibrate", "counter", "--readings"};
        const auto words = [](const FourReadings& r) {
            return QStringList{QString::number(r.left.mm()), QString::number(r.top.mm()), QString::number(r.right.mm()),
                               QString::number(r.bottom.mm())};
        };
        QCOMPARE(m_bench.run(typed + words(model)).code, 0);
        const Box before = darkBox(photo());
        write("scan.jpg", CalibrationBench{m_medium, unit, 300, 1.0}.scan(m_page), 300);
        QCOMPARE(scanned("scan.jpg").code, 0);
        const Box after = darkBox(photo());
        // The middle of the paper moves by the offset; the photo lies about the middle of the paper.
        QVERIFY(std::abs(after.centreX() - before.centreX() - (2.35 - 1.18) / 2) < 0.1);
        QVERIFY(std::abs(after.centreY() - before.centreY() - (0.92 - 3.04) / 2) < 0.1);
        // And it reaches from edge to edge of the paper, on the axis that decides how large it may be.
        const double printable =
            (m_medium.raster.height - m_medium.unprintableTop - m_medium.unprintableBottom) * 25.4 / 300;
        const double paperWidth = m_medium.raster.width * 25.4 / 300 - 2.35 - 1.18,
                     paperHeight = printable - 0.92 - 3.04;
        const double width = after.right - after.left, height = after.bottom - after.top;
        QVERIFY(std::abs(width - paperWidth) < 0.15 || std::abs(height - paperHeight) < 0.15);
        QVERIFY(width < paperWidth + 0.15 && height < paperHeight + 0.15);
    }

    void aProofShowsWhereThisPrinterCuts() {
        QCOMPARE(m_bench.run({"printers", "calibrate", "counter", "--readings", "2.35", "0.92", "1.18", "3.04"}).code,
                 0);
        const QStringList page{"proof", at("dark.jpg"), "--product", "10x15", "--setup", "counter", "--json", "-o"};
        const Outcome lined = m_bench.run(page + QStringList{at("lined.png")});
        const Outcome bare = m_bench.run(page + QStringList{at("bare.png"), "--no-lines"});
        QVERIFY2(lined.code == 0 && bare.code == 0, lined.err.constData());
        const QJsonObject trim = lined.json()["pieces"].toArray()[0].toObject()["trimMm"].toObject();
        QVERIFY(std::abs(trim["x"].toDouble() - 2.35) < 0.001);
        QVERIFY(std::abs(trim["y"].toDouble() - 0.92 - m_medium.unprintableTop * 25.4 / 300) < 0.001);
        QVERIFY(std::abs(trim["x"].toDouble() + trim["width"].toDouble() - m_medium.raster.width * 25.4 / 300 + 1.18) <
                0.001);
        // The landscape photo is shown upright: the raster's left is below, its top at the left. It is black all over,
        // so what is white is the line.
        const Picture shown = image::testing::readPng(at("lined.png").toStdString()).value();
        const auto dots = [](double mm) { return int(mm * 300 / 25.4); };
        QCOMPARE(grayAt(shown, dots(trim["y"].toDouble()), shown.size.height / 2), 255);
        QCOMPARE(grayAt(shown, shown.size.width / 2, shown.size.height - 1 - dots(2.35)), 255);
        const Picture plain = image::testing::readPng(at("bare.png").toStdString()).value();
        QVERIFY(grayAt(plain, shown.size.width / 2, shown.size.height - 1 - dots(2.35)) < 60);
        QCOMPARE(lined.json()["raster"], bare.json()["raster"]);  // the printer's page is the same
    }

    void theNextSheetWithRulersIsTheSame() { QVERIFY(rulers() == m_page); }

    void typedReadingsAreTheSameAsScannedOnes() {
        const Outcome typed =
            m_bench.run({"printers", "calibrate", "counter", "--readings", "2.35", "0.92", "1.18", "3.04", "--json"});
        QCOMPARE(typed.code, 0);
        QVERIFY(readingsIn(typed.json()) == unit);
    }

    void aSetupThatIsChangedKeepsItsCalibrationButNotWithOtherPaper() {
        QCOMPARE(m_bench.run({"printers", "calibrate", "counter", "--readings", "2.35", "0.92", "1.18", "3.04"}).code,
                 0);
        const auto offset = [&](const QStringList& more) {
            const Outcome added = m_bench.run(QStringList{"setup", "add", "counter", "--route", "sim", "--uri",
                                                          at("tray"), "--model", "dnp-rx1", "--json"} +
                                              more);
            return added.json()["setup"].toObject()["calibration"].toObject()["offsetXMm"].toDouble(-1);
        };
        QCOMPARE(offset({"--medium", "4x6", "--pool", "front"}), 0.585);
        QCOMPARE(offset({"--medium", "5x7"}), 0.0);
        QCOMPARE(offset({"--medium", "4x6"}), 0.0);
    }

    void aScanThatCannotBeReadSaysWhy_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("code");
        CalibrationBench bench{m_medium, unit, 150, 3.5};
        write("askew.png", bench.scan(m_page), 150);
        bench = {m_medium, unit, 150};
        bench.lid = 158;  // the print's own gray
        write("lid.png", bench.scan(m_page), 150);
        write("good.png", CalibrationBench{m_medium, unit, 150}.scan(m_page), 150);
        write("tiny.png", Picture::ofSize({120, 90}, kRgb8), 150);
        QFile cut(at("cut.png"));
        QVERIFY(cut.open(QFile::WriteOnly) && cut.write(bytesOf(at("good.png")).chopped(4000)));
        QTest::newRow("not a picture") << contone::tests::sourceFolder + QString("/README.md") << QStringList{} << 11;
        QTest::newRow("cut short") << at("cut.png") << QStringList{} << 12;
        QTest::newRow("no file") << at("none.png") << QStringList{} << 19;
        QTest::newRow("a photo") << contone::tests::sourceFolder + QString("/resources/samples/church.jpg")
                                 << QStringList{} << 212;
        QTest::newRow("too small to be one") << at("tiny.png") << QStringList{} << 213;
        QTest::newRow("another resolution") << at("good.png") << QStringList{"--dpi", "160"} << 213;
        QTest::newRow("askew") << at("askew.png") << QStringList{} << 214;
        QTest::newRow("a lid as gray as the print") << at("lid.png") << QStringList{} << 216;
        QTest::newRow("resolution of no scan") << QString() << QStringList{"--dpi", "300"} << 2;
        QTest::newRow("both") << at("good.png") << QStringList{"--readings", "1", "1", "1", "1"} << 2;
    }
    void aScanThatCannotBeReadSaysWhy() {
        QFETCH(QString, file);
        QFETCH(QStringList, more);
        QFETCH(int, code);
        QStringList arguments{"printers", "calibrate", "counter"};
        if (!file.isEmpty()) arguments += {"--scan", file};
        const QJsonValue before = m_bench.run({"setup", "list", "--json"}).json()["setups"];
        const Outcome done = m_bench.run(arguments + more);
        QVERIFY2(done.code == code, done.err.constData());
        QVERIFY(!done.err.isEmpty());
        QCOMPARE(m_bench.run({"setup", "list", "--json"}).json()["setups"], before);
    }

    void aSheetThatIsCutInPiecesIsReadByEye() {
        const Outcome added = m_bench.run({"setup", "add", "strips", "--route", "sim", "--uri", at("strips"), "--model",
                                           "dnp-rx1", "--medium", "2x6x2"});
        QVERIFY2(added.code == 0, added.err.constData());
        write("good.png", CalibrationBench{m_medium, unit, 150}.scan(m_page), 150);
        QCOMPARE(m_bench.run({"printers", "calibrate", "strips", "--scan", at("good.png")}).code, 217);
    }
};

QTEST_GUILESS_MAIN(CalibrateTest)
#include "calibrate_test.moc"
