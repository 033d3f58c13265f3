// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The two halves by themselves: curves, gamut choice, damage, disk cache, determinism.
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <thread>

#include "icc/transforms.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::icc;

namespace {

Profile fixture(const char* name) {
    return Profile::fromFile(Path(contone::tests::sourceFolder) / "tests/data/profiles" / name).value();
}

std::array<float, 3> working(const Profile& source, std::vector<float> in, InputTransform::Options options = {}) {
    std::array<float, 3> out{};
    InputTransform::create(source, options)->apply(in.data(), out.data(), 1);
    return out;
}

std::vector<float> ramp(int pixels) {
    std::vector<float> samples;
    for (int i = 0; i < pixels * 3; ++i) samples.push_back(static_cast<float>(i * 7919 % 10007) / 10006.0F);
    return samples;
}

std::vector<float> applied(const OutputTransform& b, const std::vector<float>& in) {
    std::vector<float> out(in.size() / 3 * b.channels());
    b.apply(in.data(), out.data(), static_cast<int>(in.size() / 3));
    return out;
}

Path onlyFileIn(const QString& folder) {
    Path found;
    for (const auto& entry : std::filesystem::directory_iterator(folder.toStdString())) {
        if (!found.empty()) return {};
        found = entry.path();
    }
    return found;
}

}  // namespace

class HalvesTest : public QObject {
    Q_OBJECT
  private slots:
    void whiteIsWhiteAndBlackIsBlackForEverySource() {
        for (const Profile& source : {Profile::srgb(), Profile::adobeRgbCompatible(), Profile::displayP3(),
                                      fixture("ProPhoto-v4.icc"), Profile::syntheticPhotoRgb()}) {
            for (const float v : working(source, {1, 1, 1}))
                QVERIFY2(std::fabs(v - 1) < 2e-3F, source.description().c_str());
            for (const float v : working(source, {0, 0, 0}))
                QVERIFY2(std::fabs(v) < 2e-3F, source.description().c_str());
        }
    }
    void redOfSrgbIsWhereBt2087PutsItInRec2020() {
        // ITU-R BT.2087-0, the matrix from BT.709 to BT.2020: 0.6274 0.0691 0.0164 for red.
        const auto red = working(Profile::srgb(), {1, 0, 0});
        QVERIFY(std::fabs(red[0] - 0.6274F) < 5e-4F);
        QVERIFY(std::fabs(red[1] - 0.0691F) < 5e-4F);
        QVERIFY(std::fabs(red[2] - 0.0164F) < 5e-4F);
    }
    void onlySourcesBeyondRec2020TakeTheWideSpace() {
        const auto gamutOf = [](const Profile& source) { return InputTransform::create(source, {})->gamut(); };
        QCOMPARE(gamutOf(Profile::srgb()), WorkingGamut::Rec2020);
        QCOMPARE(gamutOf(Profile::adobeRgbCompatible()), WorkingGamut::Rec2020);
        QCOMPARE(gamutOf(Profile::displayP3()), WorkingGamut::Rec2020);
        QCOMPARE(gamutOf(Profile::grayWithSrgbCurve()), WorkingGamut::Rec2020);
        QCOMPARE(gamutOf(fixture("Rec2020-v4.icc")), WorkingGamut::Rec2020);
        QCOMPARE(gamutOf(fixture("ProPhoto-v4.icc")), WorkingGamut::Wide);
    }
    void grayIsNeutral() {
        for (const Profile& source :
             {Profile::grayWithSrgbCurve(), fixture("sGrey-v2-magic.icc"), fixture("Gray-CIE_L.icc")}) {
            const auto mid = working(source, {0.5F});
            QVERIFY(std::fabs(mid[0] - mid[1]) < 1e-3F && std::fabs(mid[1] - mid[2]) < 1e-3F);
        }
        QVERIFY(std::fabs(working(Profile::grayWithSrgbCurve(), {0.5F})[1] - 0.21404F) < 1e-4F);  // IEC 61966-2-1
        QVERIFY(std::fabs(working(fixture("Gray-CIE_L.icc"), {0.5F})[1] - 0.18419F) < 1e-3F);     // L* 50
    }
    void absoluteShowsTheWhiteOfThePaperAndRelativeDoesNot() {
        const Profile paper = Profile::syntheticPhotoRgb();
        const auto relative = working(paper, {1, 1, 1}, {Intent::Relative, BlackPoint::Compensate});
        const auto absolute = working(paper, {1, 1, 1}, {Intent::Absolute, BlackPoint::Compensate});
        QVERIFY(std::fabs(relative[1] - 1) < 2e-3F);
        QVERIFY(std::fabs(absolute[1] - 0.888F) < 0.01F);  // Y of L* 95.5
        QVERIFY(absolute[2] > absolute[0]);                // bluish: b* -3
    }
    void compensationTakesTheBlackOfThePaperToZero() {
        const Profile paper = Profile::syntheticPhotoRgb();
        QVERIFY(working(paper, {0, 0, 0}, {Intent::Relative, BlackPoint::AsIs})[1] > 0.005F);
        QVERIFY(std::fabs(working(paper, {0, 0, 0}, {Intent::Relative, BlackPoint::Compensate})[1]) < 5e-4F);
    }
    void resamplingCurvesAreMonotoneAndInvertEachOther() {
        for (const Profile& source :
             {Profile::srgb(), Profile::adobeRgbCompatible(), fixture("ProPhoto-v2-magic.icc"), fixture("ibm-t61.icc"),
              Profile::syntheticPhotoCmyk(), Profile::grayWithSrgbCurve()}) {
            const auto a = InputTransform::create(source, {}).value();
            for (int channel = 0; channel < a.channels(); ++channel) {
                std::vector<float> encoded, light(1001), back(1001);
                for (int i = 0; i <= 1000; ++i) encoded.push_back(static_cast<float>(i) / 1000.0F);
                a.decode(encoded.data(), light.data(), 1001, channel);
                a.encode(light.data(), back.data(), 1001, channel);
                QCOMPARE(light.front(), 0.0F);
                QCOMPARE(light.back(), 1.0F);
                QVERIFY(std::ranges::is_sorted(light));
                // Below light 1e-4 a curve of 16-bit values has steps, and no inverse to speak of.
                for (int i = 0; i <= 1000; ++i)
                    if (light[i] > 1e-4F) QVERIFY(std::fabs(back[i] - encoded[i]) < 1e-4F);
            }
        }
    }
    void nonsenseInTheSamplesStaysInsideTheRange() {
        constexpr float nan = std::numeric_limits<float>::quiet_NaN(),
                        infinity = std::numeric_limits<float>::infinity();
        for (const Profile& source : {Profile::srgb(), Profile::syntheticPhotoRgb()})
            for (const float v : working(source, {nan, infinity, -infinity})) QVERIFY(std::isfinite(v));
        for (const Profile& device : {Profile::srgb(), Profile::syntheticPhotoRgb(), Profile::syntheticPhotoCmyk()}) {
            const auto b = OutputTransform::create(device, {}).value();
            for (const float v : applied(b, {nan, infinity, -infinity, 9, -9, 0.5F, -nan, 1e30F, 1e-40F}))
                QVERIFY(v >= 0 && v <= 1);
        }
    }
    void paperIsTheAbsenceOfInk() {
        using Ink = std::array<float, 4>;
        QCOMPARE(paperOf(Profile::syntheticPhotoRgb()), (Ink{1, 1, 1, 0}));
        QCOMPARE(paperOf(Profile::syntheticPhotoCmyk()), (Ink{0, 0, 0, 0}));
        QCOMPARE(paperOf(Profile::grayWithSrgbCurve()), (Ink{1, 0, 0, 0}));
    }
    void profilesWithoutAWayBackCannotBePrintedTo() {
        const Profile scanner = Profile::offsetCmyk();
        QVERIFY(!scanner.isOutput());
        QCOMPARE(OutputTransform::create(scanner, {}).error().reason, std::string("profile-no-output"));
        QCOMPARE(GamutCheck::create(scanner, WorkingGamut::Rec2020).error().reason, std::string("profile-no-output"));
    }
    void perceptualToAVersion4DeviceAlwaysCompensates() {
        const Profile v4 = fixture("sRGB_v4_ICC_preference.icc"), v2 = Profile::syntheticPhotoRgb();
        QVERIFY(effectiveBlackPoint(v4, Intent::Perceptual, BlackPoint::AsIs) == BlackPoint::Compensate);
        QVERIFY(effectiveBlackPoint(v4, Intent::Relative, BlackPoint::AsIs) == BlackPoint::AsIs);
        QVERIFY(effectiveBlackPoint(v2, Intent::Perceptual, BlackPoint::AsIs) == BlackPoint::AsIs);
        QVERIFY(effectiveBlackPoint(v2, Intent::Absolute, BlackPoint::Compensate) == BlackPoint::AsIs);
    }
    void theSameOptionsGiveTheSameTableAndOthersDoNot() {
        const Profile device = Profile::syntheticPhotoRgb();
        const auto in = ramp(5000);
        const auto first = OutputTransform::create(device, {}).value(),
                   second = OutputTransform::create(device, {}).value();
        QVERIFY(first.tableHash() == second.tableHash());
        QVERIFY(applied(first, in) == applied(second, in));
        for (const OutputTransform::Options& other : {OutputTransform::Options{Intent::Perceptual},
                                                      {Intent::Relative, BlackPoint::AsIs},
                                                      {.gamut = WorkingGamut::Wide}})
            QVERIFY(OutputTransform::create(device, other)->tableHash() != first.tableHash());
        QVERIFY(OutputTransform::create(Profile::srgb(), {})->tableHash() ==
                OutputTransform::create(Profile::srgb(), {})->tableHash());
        QVERIFY(OutputTransform::create(Profile::srgb(), {})->tableHash() !=
                OutputTransform::create(Profile::displayP3(), {})->tableHash());
    }
    void twoThreadsOnOneTransformGetWhatOneGets() {
        const auto a = InputTransform::create(Profile::syntheticPhotoRgb(), {}).value();
        const auto b = OutputTransform::create(Profile::syntheticPhotoCmyk(), {.gamut = a.gamut()}).value();
        const auto in = ramp(20000);
        const auto run = [&](std::vector<float>& out) {
            std::vector<float> cut(in.size());
            a.apply(in.data(), cut.data(), static_cast<int>(in.size() / 3));
            out = applied(b, cut);
        };
        std::vector<float> alone, left, right;
        run(alone);
        std::thread other([&] { run(left); });
        run(right);
        other.join();
        QVERIFY(alone == left && alone == right);
    }
    void aTableFromDiskIsTheTableThatWasBuilt() {
        QTemporaryDir folder;
        const Path cache = Path(folder.path().toStdString()) / "tables" / "colour";
        const auto in = ramp(2000);
        const auto built = OutputTransform::create(Profile::syntheticPhotoCmyk(), {}, cache).value();
        const Path file = onlyFileIn(QString::fromStdString(cache.string()));
        QVERIFY(!file.empty());
        const auto written = std::filesystem::last_write_time(file);
        const auto loaded = OutputTransform::create(Profile::syntheticPhotoCmyk(), {}, cache).value();
        QVERIFY(std::filesystem::last_write_time(file) == written);  // not built and written again
        QVERIFY(loaded.tableHash() == built.tableHash());
        QVERIFY(applied(loaded, in) == applied(built, in));
    }
    void aDamagedTableIsBuiltAgain_data() {
        QTest::addColumn<int>("damage");
        QTest::newRow("a flipped bit in the table") << 0;
        QTest::newRow("cut off") << 1;
        QTest::newRow("empty") << 2;
        QTest::newRow("another version") << 3;
        QTest::newRow("longer") << 4;
    }
    void aDamagedTableIsBuiltAgain() {
        QFETCH(int, damage);
        QTemporaryDir folder;
        const Path cache(folder.path().toStdString());
        const Sha256 hash = OutputTransform::create(Profile::syntheticPhotoRgb(), {}, cache)->tableHash();
        const Path file = onlyFileIn(folder.path());
        const Bytes good = readFile(file, 100'000'000).value();
        Bytes bad = good;
        if (damage == 0) bad[bad.size() / 2] ^= std::byte{1};
        if (damage == 1) bad.resize(bad.size() - 1000);
        if (damage == 2) bad.clear();
        if (damage == 3) bad[14] = std::byte{'0'};
        if (damage == 4) bad.push_back(std::byte{0});
        QVERIFY(writeFileDurably(file, std::span<const std::byte>(bad)));
        QVERIFY(OutputTransform::create(Profile::syntheticPhotoRgb(), {}, cache)->tableHash() == hash);
        QVERIFY(readFile(file, 100'000'000).value() == good);
    }
    void aFolderThatCannotBeWrittenOnlyMeansNoCache() {
        QTemporaryDir folder;
        const Path file = Path(folder.path().toStdString()) / "a-file";
        QVERIFY(writeFileDurably(file, std::string_view("in the way")));
        const auto blocked = OutputTransform::create(Profile::syntheticPhotoRgb(), {}, file / "tables");
        QVERIFY(blocked);
        const Path readOnly = Path(folder.path().toStdString()) / "read-only";
        QVERIFY(makeDirectories(readOnly));
        QCOMPARE(::chmod(readOnly.c_str(), 0500), 0);
        QVERIFY(OutputTransform::create(Profile::syntheticPhotoRgb(), {}, readOnly)->tableHash() ==
                blocked->tableHash());
        if (::geteuid() != 0) QVERIFY(onlyFileIn(QString::fromStdString(readOnly.string())).empty());
        QCOMPARE(::chmod(readOnly.c_str(), 0700), 0);
    }
};

QTEST_GUILESS_MAIN(HalvesTest)
#include "halves_test.moc"
