// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A, an adjustment, B: against exact A, the same adjustment, and one unoptimised float Little CMS transform to the
// device. And previews, whose one small table holds all three.
#include <QTest>
#include <random>

#include "icc/source.h"
#include "icc/transforms.h"
#include "tests/icc/adjustments.h"

using namespace contone;
using namespace contone::icc;
using namespace contone::icc::oracle;

class AdjustmentsTest : public QObject {
    Q_OBJECT
  private slots:
    // Mean at most 0.02, maximum at most 0.5, on RGB and on CMYK profiles. Absolute to CMYK needs 0.6: its kinks are
    // where the paper's white cuts the table, and a grid of 129 moves them without making them smaller.
    void adjustedPicturesEqualLittleCms_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("intent");
        for (const char* device : {"photo RGB", "photo CMYK"})
            for (const char* source : {"sRGB", "linear 16-bit"})
                for (const Intent intent : {Intent::Relative, Intent::Perceptual, Intent::Saturation, Intent::Absolute})
                    QTest::newRow((std::string(source) + " to " + device + " " + toString(intent)).c_str())
                        << QString(source) << QString(device) << static_cast<int>(intent);
        QTest::newRow("Display P3 to photo RGB") << "Display P3" << "photo RGB" << static_cast<int>(Intent::Relative);
        QTest::newRow("Adobe RGB to photo CMYK") << "Adobe RGB" << "photo CMYK" << static_cast<int>(Intent::Relative);
    }
    void adjustedPicturesEqualLittleCms() {
        QFETCH(QString, source);
        QFETCH(QString, device);
        QFETCH(int, intent);
        const bool isLinear = source == "linear 16-bit";
        const Profile from = isLinear ? linearSrgb() : named(source), to = named(device);
        const auto asked = static_cast<Intent>(intent);
        const auto black = effectiveBlackPoint(to, asked, BlackPoint::Compensate);
        const auto a = InputTransform::create(from, {asked, black}).value();
        const auto b = OutputTransform::create(to, {asked, black, a.gamut()}).value();
        const auto in = sixteenBits(colours(isLinear ? Profile::srgb() : from, asked), isLinear);
        const int pixels = static_cast<int>(in.size() / 3);
        std::vector<float> working(in.size());
        a.apply(in.data(), working.data(), pixels);
        for (const Adjustment& adjustment : adjustments) {
            const auto wanted = adjusted(working, adjustment.apply);
            std::vector<float> ours(static_cast<std::size_t>(pixels * to.channels()));
            b.apply(wanted.data(), ours.data(), pixels);
            const Figures f = figures(to, ours, workingToDevice(wanted, a.gamut(), to, asked, black));
            qInfo("%-16s mean %.4f, p99.9 %.3f, max %.3f", adjustment.name, f.mean, f.p999, f.max);
            QVERIFY2(f.mean <= 0.02, adjustment.name);
            QVERIFY2(f.max <= (asked == Intent::Absolute && to.channels() == 4 ? 0.6 : 0.5), adjustment.name);
        }
    }

    // Previews: p99.9 at most 1.5. The colours are those where print tables are worst, and the centres of the
    // preview's own cells.
    void previewsAreWithinOneAndAHalf_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("intent");
        for (const char* device : {"photo RGB", "photo CMYK"})
            for (const char* source : {"sRGB", "Adobe RGB", "Display P3"})
                for (const Intent intent : {Intent::Relative, Intent::Perceptual})
                    QTest::newRow((std::string(source) + " to " + device + " " + toString(intent)).c_str())
                        << QString(source) << QString(device) << static_cast<int>(intent);
    }
    void previewsAreWithinOneAndAHalf() {
        QFETCH(QString, source);
        QFETCH(QString, device);
        QFETCH(int, intent);
        const Profile from = named(source), to = named(device);
        const auto asked = static_cast<Intent>(intent);
        const auto black = effectiveBlackPoint(to, asked, BlackPoint::Compensate);
        const auto a = InputTransform::create(from, {asked, black}).value();
        const auto b = OutputTransform::create(to, {asked, black, a.gamut()}).value();
        auto in = colours(from, asked);
        std::mt19937 random(33);
        for (int i = 0; i < 8000 * 3; ++i) in.push_back((static_cast<float>(random() % 32) + 0.5F) / 32.0F);
        const int pixels = static_cast<int>(in.size() / 3);
        const FusedTable table = FusedTable::ofHalves(a, b);
        std::vector<std::uint16_t> rounded(static_cast<std::size_t>(pixels * to.channels()));
        table.apply(in.data(), rounded.data(), pixels);
        std::vector<float> ours;
        for (const std::uint16_t v : rounded) ours.push_back(static_cast<float>(v) / 65535.0F);
        const Figures f = figures(to, ours, littleCms(from, to, asked, black, in));
        qInfo("mean %.4f, p99.9 %.3f, max %.3f", f.mean, f.p999, f.max);
        QVERIFY2(f.mean <= 0.1, "mean");
        QVERIFY2(f.p999 <= 1.5, "p99.9");
    }
};

QTEST_GUILESS_MAIN(AdjustmentsTest)
#include "adjustments_test.moc"
