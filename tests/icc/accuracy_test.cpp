// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A then B against one unoptimised float Little CMS transform from source to device: the oracle of docs/colour.md.
// Differences are CIEDE2000 through the device's own table to the connection space, relative colorimetric.
#include <QTest>
#include <algorithm>
#include <random>

#include "icc/source.h"
#include "icc/transforms.h"
#include "tests/icc/lcms_oracle.h"

using namespace contone;
using namespace contone::icc;
using namespace contone::icc::oracle;

namespace {

std::vector<float> twoHalves(const Profile& source, const Profile& device, Intent intent, BlackPoint black,
                             const std::vector<float>& in) {
    const auto a = InputTransform::create(source, {intent, effectiveBlackPoint(device, intent, black)});
    const auto b = OutputTransform::create(device, {intent, black, a->gamut()});
    const int pixels = static_cast<int>(in.size()) / source.channels();
    std::vector<float> working(static_cast<std::size_t>(pixels) * 3),
        out(static_cast<std::size_t>(pixels) * device.channels());
    a->apply(in.data(), working.data(), pixels);
    b->apply(working.data(), out.data(), pixels);
    return out;
}

/// As a decoder child converts and a renderer reads on: 16-bit samples → wide RGB, 16 bit → A → B. `in` is rounded to
/// what 16 bits hold.
std::vector<float> throughWideRgb(const Profile& source, const Profile& device, Intent intent, BlackPoint black,
                                  std::vector<float>& in) {
    const int channels = source.channels(), pixels = static_cast<int>(in.size()) / channels;
    const image::PixelFormat from{static_cast<image::Channels>(channels), image::Depth::U16};
    std::vector<std::uint16_t> samples, wide(static_cast<std::size_t>(pixels) * 3);
    for (float& v : in) {
        samples.push_back(static_cast<std::uint16_t>(v * 65535.0F + 0.5F));
        v = static_cast<float>(samples.back()) / 65535.0F;
    }
    SourceDecision decision{sourceColour(source, SourceBasis::EmbeddedProfile), source, {}};
    const auto effective = effectiveBlackPoint(device, intent, black);
    const auto converter = WideConverter::create(decision, from, intent, effective).value();
    const auto stride = [&](std::size_t bytes) { return static_cast<std::size_t>(pixels) * bytes; };
    converter.apply(
        {reinterpret_cast<const std::byte*>(samples.data()), pixels, 1, stride(from.bytesPerPixel()), from},
        {reinterpret_cast<std::byte*>(wide.data()), pixels, 1, stride(6), {image::Channels::Rgb, image::Depth::U16}});
    decision.colour.isWide = converter.isWide();
    const auto a = InputTransform::create(decision.colour, {intent, effective}).value();
    const auto b = OutputTransform::create(device, {intent, black, a.gamut()}).value();
    std::vector<float> working(static_cast<std::size_t>(pixels) * 3),
        out(static_cast<std::size_t>(pixels) * device.channels());
    for (std::size_t i = 0; i < wide.size(); ++i) working[i] = static_cast<float>(wide[i]) / 65535.0F;
    a.apply(working.data(), working.data(), pixels);
    b.apply(working.data(), out.data(), pixels);
    return out;
}

}  // namespace

class AccuracyTest : public QObject {
    Q_OBJECT
  private slots:
    void bothHalvesEqualOneLittleCmsTransform_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("intent");
        QTest::addColumn<bool>("compensate");
        QTest::addColumn<bool>("promised");
        bool promised = true;
        const auto add = [&](const QString& source, const QString& device, Intent intent, bool compensate) {
            const QString name = source + " to " + device + " " + toString(intent) + (compensate ? " bpc" : "");
            QTest::newRow(name.toUtf8().constData())
                << source << device << static_cast<int>(intent) << compensate << promised;
        };
        constexpr std::array intents{Intent::Relative, Intent::Perceptual, Intent::Saturation, Intent::Absolute};
        for (const char* source : {"sRGB", "Adobe RGB", "Display P3"}) {
            for (const Intent intent : intents) add(source, "photo RGB", intent, intent != Intent::Absolute);
            add(source, "photo RGB", Intent::Relative, false);
        }
        add("sRGB", "photo RGB", Intent::Perceptual, false);
        for (const char* source : {"sRGB", "Adobe RGB"}) add(source, "photo CMYK", Intent::Relative, true);
        for (const char* source : {"sRGB", "Adobe RGB"})
            for (const char* device : {"sRGB", "sRGB-v2-magic.icc", "gray"})
                add(source, device, Intent::Relative, true);
        for (const Intent intent : {Intent::Absolute, Intent::Perceptual}) add("photo RGB", "sRGB", intent, false);
        for (const char* source : {"gray", "Gray-CIE_L.icc", "photo RGB", "photo CMYK", "sRGB_v4_ICC_preference.icc"})
            add(source, "photo RGB", Intent::Relative, true);
        for (const char* source : {"photo CMYK", "sRGB_v4_ICC_preference.icc"})
            for (const Intent intent : {Intent::Perceptual, Intent::Absolute}) add(source, "photo RGB", intent, true);
        add("photo RGB", "sRGB_v4_ICC_preference.icc", Intent::Perceptual, false);
        // Beyond the promise, held all the same: only neutrals through the knee of black ink; every colour of the
        // widest space; a display as the device.
        promised = false;
        add("gray", "photo CMYK", Intent::Relative, true);
        for (const Intent intent : {Intent::Relative, Intent::Absolute})
            add("ProPhoto-v4.icc", "photo RGB", intent, true);
        add("photo RGB", "sRGB_v4_ICC_preference.icc", Intent::Relative, false);
    }
    void bothHalvesEqualOneLittleCmsTransform() {
        QFETCH(QString, source);
        QFETCH(QString, device);
        QFETCH(int, intent);
        QFETCH(bool, compensate);
        QFETCH(bool, promised);
        const Profile from = named(source), to = named(device);
        const auto black = compensate ? BlackPoint::Compensate : BlackPoint::AsIs;
        const auto in = colours(from, static_cast<Intent>(intent));
        const auto ours = twoHalves(from, to, static_cast<Intent>(intent), black, in);
        const auto theirs = littleCms(from, to, static_cast<Intent>(intent), black, in);
        const Figures f = figures(to, ours, theirs);
        qInfo("mean %.4f, p99.9 %.3f, max %.3f", f.mean, f.p999, f.max);
        QVERIFY2(f.mean <= 0.02, "mean");
        QVERIFY2(f.p999 <= (promised ? 0.4 : 0.5), "p99.9");
        QVERIFY2(f.max <= (promised ? 0.5 : 0.9), "max");
    }
    void convertedPhotosEqualOneLittleCmsTransform_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("intent");
        for (const char* source :
             {"photo CMYK", "photo RGB", "sRGB_v4_ICC_preference.icc", "offset CMYK", "Gray-CIE_L.icc"})
            for (const Intent intent : {Intent::Relative, Intent::Perceptual, Intent::Absolute})
                QTest::newRow((std::string(source) + " " + toString(intent)).c_str())
                    << QString(source) << static_cast<int>(intent);
    }
    void convertedPhotosEqualOneLittleCmsTransform() {
        QFETCH(QString, source);
        QFETCH(int, intent);
        const Profile from = named(source), to = Profile::syntheticPhotoRgb();
        auto in = colours(from);
        const auto ours = throughWideRgb(from, to, static_cast<Intent>(intent), BlackPoint::Compensate, in);
        const auto theirs = littleCms(from, to, static_cast<Intent>(intent), BlackPoint::Compensate, in);
        const Figures f = figures(to, ours, theirs);
        qInfo("mean %.4f, p99.9 %.3f, max %.3f", f.mean, f.p999, f.max);
        QVERIFY2(f.mean <= 0.025, "mean");  // a CMYK profile of nine nodes has most kinks: 0.022
        QVERIFY2(f.p999 <= 0.4, "p99.9");
        QVERIFY2(f.max <= 0.5, "max");
    }

    void oneFusedTableEqualsOneLittleCmsTransform_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("device");
        QTest::addColumn<int>("intent");
        for (const char* source : {"sRGB", "Adobe RGB", "Display P3"}) {
            for (const Intent intent : {Intent::Relative, Intent::Perceptual, Intent::Saturation, Intent::Absolute})
                QTest::newRow((QString(source) + " to photo RGB " + toString(intent)).toUtf8().constData())
                    << source << "photo RGB" << static_cast<int>(intent);
            QTest::newRow((QString(source) + " to photo CMYK").toUtf8().constData())
                << source << "photo CMYK" << static_cast<int>(Intent::Relative);
        }
    }
    void oneFusedTableEqualsOneLittleCmsTransform() {
        QFETCH(QString, source);
        QFETCH(QString, device);
        QFETCH(int, intent);
        const Profile from = named(source), to = named(device);
        const auto black = static_cast<Intent>(intent) == Intent::Absolute ? BlackPoint::AsIs : BlackPoint::Compensate;
        const int grid = FusedTable::printGrid(to.channels());
        auto in = colours(from);
        std::mt19937 random(65);
        for (int i = 0; i < 8000 * 3; ++i)  // the centres of its own cells
            in.push_back((static_cast<float>(random() % (grid - 1)) + 0.5F) / static_cast<float>(grid - 1));
        const int pixels = static_cast<int>(in.size()) / 3;
        const auto table = FusedTable::create(sourceColour(from, SourceBasis::EmbeddedProfile), to,
                                              static_cast<Intent>(intent), black, grid);
        std::vector<std::uint16_t> rounded(static_cast<std::size_t>(pixels) * to.channels());
        table->apply(in.data(), rounded.data(), pixels);
        std::vector<float> ours;
        for (const std::uint16_t v : rounded) ours.push_back(static_cast<float>(v) / 65535.0F);
        const Figures f = figures(to, ours, littleCms(from, to, static_cast<Intent>(intent), black, in));
        qInfo("mean %.4f, p99.9 %.3f, max %.3f", f.mean, f.p999, f.max);
        QVERIFY2(f.mean <= 0.02, "mean");
        QVERIFY2(f.max <= 0.5, "max");
    }
};

QTEST_GUILESS_MAIN(AccuracyTest)
#include "accuracy_test.moc"
