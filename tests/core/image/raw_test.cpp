// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Camera RAW: developed colours against the ones a made DNG was given, its facts, previews, limits and damage.
#include "core/image/codecs/raw_reader.h"

#include <QDir>
#include <QTest>
#include <random>

#include "core/image/codecs/raw_develop.h"
#include "core/image/file_sinks.h"
#include "icc/transforms.h"
#include "tests/core/image/dng_maker.h"
#include "tests/core/image/jpeg_samples.h"
#include "tests/core/image/sample_pages.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::image;

namespace {

constexpr PixelSize kSize{480, 320};
/// A camera whose channels see much of each other's light, blue and red weaker than green.
constexpr Matrix kCamera{{{0.33, 0.14, 0.03}, {0.20, 0.70, 0.10}, {0.02, 0.16, 0.42}}};
/// Linear sRGB to XYZ (D50), Bradford (lindbloom.com, "RGB/XYZ Matrices"); ROMM RGB to XYZ (D50), ISO 22028-2.
constexpr Matrix kSrgbToXyz{
    {{0.4360747, 0.3850649, 0.1430804}, {0.2225045, 0.7168786, 0.0606169}, {0.0139322, 0.0971045, 0.7141733}}};
constexpr Matrix kRommToXyz{{{0.7976749, 0.1351917, 0.0313534}, {0.2880402, 0.7118741, 0.0000857}, {0, 0, 0.8252100}}};
constexpr Matrix kXyzToRomm{
    {{1.3459433, -0.2556075, -0.0511118}, {-0.5445989, 1.5081673, 0.0205351}, {0, 0, 1.2118128}}};

Triple labOf(const Triple& romm) {
    const Triple xyz = times(kRommToXyz, romm);
    constexpr Triple white{0.9642, 1, 0.8249};
    Triple f{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double t = xyz[i] / white[i];
        f[i] = t > 216.0 / 24389 ? std::cbrt(t) : (t * 24389 / 27 + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}
double difference(const Triple& lab1, const Triple& lab2) {
    return icc::deltaE2000(lab1.data(), lab2.data());
}
/// What the header promises, in floating point: curve on the extremes, the middle keeps its place.
Triple looked(const RawLook& look, const Triple& romm) {
    const auto [low, high] = std::ranges::minmax(romm);
    const double bottom = look.tone(low), top = look.tone(high);
    Triple result{};
    for (std::size_t i = 0; i < 3; ++i)
        result[i] = high > low ? bottom + (top - bottom) * (romm[i] - low) / (high - low) : bottom;
    return result;
}
double fromRomm(int value) {
    const double v = value / 65535.0;
    return v < 1.0 / 32 ? v / 16 : std::pow(v, 1.8);
}
Triple meanAround(const Picture& picture, int x, int y) {
    Triple mean{};
    for (int dy = -4; dy < 4; ++dy)
        for (int dx = -4; dx < 4; ++dx)
            for (std::size_t c = 0; c < 3; ++c)
                mean[c] +=
                    fromRomm(picture.strip().row<std::uint16_t>(y + dy)[static_cast<std::size_t>(x + dx) * 3 + c]) / 64;
    return mean;
}

/// Twelve patches in linear sRGB: grays from 1 % to 90 %, skin, sky, foliage, strong colours.
constexpr Triple kPatches[] = {{0.01, 0.01, 0.01}, {0.05, 0.05, 0.05}, {0.10, 0.10, 0.10}, {0.40, 0.40, 0.40},
                               {0.90, 0.90, 0.90}, {0.35, 0.18, 0.12}, {0.08, 0.15, 0.32}, {0.06, 0.10, 0.03},
                               {0.45, 0.03, 0.04}, {0.05, 0.30, 0.08}, {0.03, 0.05, 0.40}, {0.60, 0.45, 0.02}};
constexpr int kColumns = 4, kPatch = 80;
DngSpec patches() {
    DngSpec spec;
    spec.size = {kColumns * kPatch, 3 * kPatch};
    spec.camera = kCamera;
    spec.light = [](int x, int y) { return kPatches[y / kPatch * kColumns + x / kPatch]; };
    return spec;
}
/// Colours that change over the page, and one dark corner at the left top.
DngSpec scene(PixelSize size = kSize) {
    DngSpec spec;
    spec.size = size;
    spec.camera = kCamera;
    spec.light = [size](int x, int y) {
        const double u = 1.0 * x / size.width, v = 1.0 * y / size.height;
        return u < 0.25 && v < 0.25 ? Triple{0.01, 0.01, 0.01} : Triple{0.1 + 0.3 * u, 0.2, 0.1 + 0.3 * v};
    };
    return spec;
}
OpenedReader open(const Bytes& bytes, const PhotoRequest& request = {}, const Limits& limits = {}) {
    return openRaw(memoryFile(bytes), request, limits);
}
OpenedReader preview(const Bytes& bytes, int longSide = 160) {
    return openRawPreview(memoryFile(bytes), longSide, {});
}
Bytes jpegOf(PixelSize size) {
    return encodeJpeg(ramps(size, Channels::Rgb), JpegKind::Baseline);
}
Bytes cut(const Bytes& bytes, std::size_t size) {
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

class RawTest : public QObject {
    Q_OBJECT
  private slots:
    void knownColoursComeBackThroughTheLook() {
        const Bytes dng = makeDng(patches());
        const RawLook look;
        for (const double reducible : {1.0, 2.0}) {
            const Picture picture = readAll(open(dng, {.reducible = reducible})).picture;
            const int scale = reducible < 2 ? 1 : 2;
            for (int i = 0; i < 12; ++i) {
                const Triple romm = times(kXyzToRomm, times(kSrgbToXyz, kPatches[i]));
                const int x = (i % kColumns * kPatch + kPatch / 2) / scale,
                          y = (i / kColumns * kPatch + kPatch / 2) / scale;
                const double found = difference(labOf(looked(look, romm)), labOf(meanAround(picture, x, y)));
                QVERIFY2(found < 0.5, qPrintable(QString("patch %1 at 1/%2: %3").arg(i).arg(scale).arg(found)));
            }
        }
    }
    void theLookShowsMeteredLightAsEighteenPercentAndEndsAtWhite() {
        const RawLook look, brighter(1), darker(-1), broken(std::nan(""));
        QVERIFY(std::abs(look.tone(0.10) - 0.18) < 1e-9);
        QVERIFY(std::abs(brighter.tone(0.05) - 0.18) < 1e-9);  // one stop
        QVERIFY(std::abs(broken.tone(0.10) - 0.18) < 1e-9);
        for (const RawLook* l : {&look, &brighter, &darker}) {
            QCOMPARE(l->tone(0), 0.0);
            QVERIFY(std::abs(l->tone(1) - 1) < 1e-9);
            for (int i = 0; i < 1000; ++i) QVERIFY(l->tone((i + 1) / 1000.0) > l->tone(i / 1000.0));
        }
        // A shoulder: the last tenth of the light gets less than a tenth of the range.
        QVERIFY(1 - look.tone(0.9) < 0.06);
    }
    void theTablesAreTheCurve() {
        const RawLook look;
        std::mt19937 random(5);
        for (int i = 0; i < 20'000; ++i) {
            const std::uint16_t in[1][4] = {{static_cast<std::uint16_t>(random()), static_cast<std::uint16_t>(random()),
                                             static_cast<std::uint16_t>(random()), 0}};
            std::uint16_t out[3];
            look.develop(in, 1, out);
            const Triple wanted = looked(look, {in[0][0] / 65535.0, in[0][1] / 65535.0, in[0][2] / 65535.0});
            for (std::size_t c = 0; c < 3; ++c) QVERIFY(std::abs(fromRomm(out[c]) - wanted[c]) < 3e-5);
        }
    }
    void aPhotoThatACameraMeteredKeepsItsLightness() {
        // The light of a finished photo, put where a camera meters it (10 % for 18 %): developed, the mean lightness is
        // that of the photo again, within 5 L*.
        const Picture photo =
            decodeWhole(*readFile(Path(contone::tests::sourceFolder) / "tests/data/photos/flower.jpg", 1'000'000));
        std::array<double, 256> light{};
        for (std::size_t i = 0; i < 256; ++i) {
            const double v = static_cast<double>(i) / 255;
            light[i] = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        }
        DngSpec spec;
        spec.size = {photo.size.width & ~1, photo.size.height & ~1};
        spec.camera = kCamera;
        const auto at = [&](int x, int y, double scale) {
            const auto* p = photo.strip().row<std::uint8_t>(y) + static_cast<std::size_t>(x) * 3;
            return Triple{light[p[0]] * scale, light[p[1]] * scale, light[p[2]] * scale};
        };
        spec.light = [&](int x, int y) { return at(x, y, 0.10 / 0.18); };
        const Picture developed = readAll(open(makeDng(spec), {.reducible = 2})).picture;
        double wanted = 0, found = 0;
        for (int y = 0; y < developed.size.height; ++y)
            for (int x = 0; x < developed.size.width; ++x) {
                wanted += labOf(times(kXyzToRomm, times(kSrgbToXyz, at(2 * x, 2 * y, 1))))[0];
                const auto* p = developed.strip().row<std::uint16_t>(y) + static_cast<std::size_t>(x) * 3;
                found += labOf({fromRomm(p[0]), fromRomm(p[1]), fromRomm(p[2])})[0];
            }
        const double pixels = 1.0 * developed.size.width * developed.size.height;
        QVERIFY2(std::abs(found - wanted) / pixels < 5, qPrintable(QString("%1").arg((found - wanted) / pixels)));
    }

    void theFactsAreTheFiles() {
        DngSpec spec = scene();
        for (int orientation = 1; orientation <= 8; ++orientation) {
            spec.orientation = orientation;
            const auto reader = *open(makeDng(spec));
            const PhotoFacts& facts = reader->facts().photo;
            QCOMPARE(static_cast<int>(facts.orientation), orientation);
            QVERIFY(facts.storedSize == kSize && facts.size == kSize);
            QVERIFY(facts.format == PhotoFormat::Raw && facts.bitsPerSample == 16);
            QVERIFY(facts.pixels == (PixelFormat{Channels::Rgb, Depth::U16}));
            QCOMPARE(facts.camera, std::string("Contone Bench"));
            QCOMPARE(facts.takenAt, std::string("2026:11:22 10:20:30"));
            QVERIFY(reader->facts().colours.isDevelopedRaw && facts.warnings.empty());
        }
    }
    void pixelsAreStoredAsTheSensorHasThemWhateverTheOrientation() {
        DngSpec spec = scene();
        const Picture upright = readAll(open(makeDng(spec))).picture;
        spec.orientation = 6;
        QVERIFY(readAll(open(makeDng(spec))).picture == upright);
    }
    void halfSizeIsHalfAndShowsTheSame() {
        const Bytes dng = makeDng(scene({484, 322}));
        const auto reader = *open(dng, {.reducible = 2});
        QVERIFY(reader->facts().photo.storedSize == (PixelSize{484, 322}));
        QVERIFY(reader->facts().photo.size == (PixelSize{242, 161}));
        QVERIFY((*open(dng, {.reducible = 1.9}))->facts().photo.size == (PixelSize{484, 322}));
        const Picture half = readAll(open(dng, {.reducible = 2})).picture, full = readAll(open(dng)).picture;
        for (const auto& [x, y] : {std::pair{20, 20}, {200, 30}, {120, 80}, {30, 140}})
            QVERIFY(difference(labOf(meanAround(half, x, y)), labOf(meanAround(full, 2 * x, 2 * y))) < 0.5);
    }
    void whatTheDngCropsAwayIsNotThere() {
        DngSpec spec = scene();
        const Picture whole = readAll(open(makeDng(spec))).picture;
        spec.crop = {40, 30, 400, 260};
        const Picture cropped = readAll(open(makeDng(spec))).picture;
        QVERIFY(cropped.size == (PixelSize{400, 260}));
        for (const auto& [x, y] : {std::pair{60, 30}, {200, 130}, {380, 240}})
            QVERIFY(difference(labOf(meanAround(cropped, x, y)), labOf(meanAround(whole, x + 40, y + 30))) < 0.1);
        // An odd origin must not swap the colours of the filter array.
        spec.crop = {41, 31, 398, 258};
        const Picture odd = readAll(open(makeDng(spec))).picture;
        QVERIFY(std::abs(odd.size.width - 398) <= 1 && std::abs(odd.size.height - 258) <= 1);
        QVERIFY(difference(labOf(meanAround(odd, 200, 130)), labOf(meanAround(whole, 241, 161))) < 0.5);
    }
    void stripsOfAnyHeightAndEveryReadingGiveTheSameBytes() {
        const Bytes dng = makeDng(scene());
        const Picture first = readAll(open(dng), 5).picture;
        for (const int rows : {1, 7, 64, 1000}) QVERIFY(readAll(open(dng), rows).picture == first);
    }

    void ordinaryTiffsAndOtherFilesAreNoRaw() {
        const Path path =
            Path(QDir::tempPath().toStdString()) / ("contone-raw-test-" + std::to_string(::getpid()) + ".tif");
        const Picture page = ramps({40, 30}, Channels::Rgb);
        auto sink = tiffFileSink(path);
        QVERIFY(sink->begin({page.size, page.format, Dpi{300}, Dpi{300}, {}}) && sink->write(page.strip()) &&
                sink->finish());
        const Bytes tiff = *readFile(path, 1'000'000);
        std::filesystem::remove(path);
        QVERIFY(!isRaw(memoryFile(tiff)));
        QVERIFY(!isRaw(memoryFile(jpegOf({40, 30}))));
        QVERIFY(!isRaw(memoryFile(Bytes(3))));
        QVERIFY(!isRaw(memoryFile(Bytes(5000))));
        QVERIFY(isRaw(memoryFile(makeDng(scene({32, 32})))));
    }
    void thePreviewIsTheSmallestThatIsLargeEnough() {
        DngSpec spec = scene();
        QCOMPARE(preview(makeDng(spec)).error().reason, std::string("photo-no-preview"));
        spec.thumbnail = jpegOf({160, 107});
        spec.preview = jpegOf({1200, 800});
        spec.orientation = 8;
        const Bytes dng = makeDng(spec);
        const auto sizeFor = [&](int longSide) { return (*preview(dng, longSide))->facts().photo.size; };
        QVERIFY(sizeFor(160) == (PixelSize{160, 107}));
        QVERIFY(sizeFor(161) == (PixelSize{300, 200}));  // 1/4 by DCT
        QVERIFY(sizeFor(500) == (PixelSize{600, 400}));
        QVERIFY(sizeFor(3000) == (PixelSize{1200, 800}));
        const auto reader = *preview(dng);
        const CodecFacts& facts = reader->facts();
        QVERIFY(facts.photo.orientation == Orientation::Rotate270 && facts.photo.format == PhotoFormat::Raw);
        QVERIFY(!facts.colours.isDevelopedRaw);  // its pixels are a JPEG's
        QCOMPARE(facts.photo.takenAt, std::string("2026:11:22 10:20:30"));
    }
    void aCutRawIsIncompleteOrItsPreview() {
        DngSpec spec = scene();
        const Bytes plain = makeDng(spec);
        for (std::size_t size = 8; size < plain.size(); size += plain.size() / 40) {
            const OpenedReader opened = open(cut(plain, size));
            QVERIFY(!opened && (opened.error().code == Code::Corrupt || opened.error().code == Code::Unsupported));
        }
        // The directory stands at the front in a camera's file; here samples are cut by pointing them behind the end.
        spec.preview = jpegOf({1800, 1200});
        Bytes broken = makeDng(spec);
        const Bytes tag{std::byte{0x11}, std::byte{0x01}, std::byte{4}, std::byte{0}};
        const auto strips = std::find_end(broken.begin(), broken.end(), tag.begin(), tag.end());
        QVERIFY(strips != broken.end());
        *(strips + 10) = std::byte{0x7F};
        const auto reader = open(broken);
        QVERIFY(reader.has_value());
        QVERIFY((*reader)->facts().photo.warnings.has(PhotoWarning::RawPreviewUsed));
        QVERIFY((*reader)->facts().photo.size == (PixelSize{1800, 1200}));
        QVERIFY((*reader)->facts().photo.pixels.depth == Depth::U8 && !(*reader)->facts().colours.isDevelopedRaw);
        QVERIFY(readAll(reader).isWhole());
        spec.preview = jpegOf({1500, 1000});  // too small to be a photo
        broken = makeDng(spec);
        *(std::find_end(broken.begin(), broken.end(), tag.begin(), tag.end()) + 10) = std::byte{0x7F};
        QCOMPARE(open(broken).error().reason, std::string("photo-truncated"));
    }
    void aRawWithoutAnySignalIsDamaged() {
        DngSpec spec = scene();
        spec.light = [](int, int) { return Triple{}; };
        QCOMPARE(open(makeDng(spec)).error().reason, std::string("photo-damaged"));
    }
    void kindsThatNoTestProvesSayThatTheyAreNot() {
        Bytes dng = makeDng(scene());
        // Without its white balance the DNG is developed for daylight.
        const Bytes tag{std::byte{0x28}, std::byte{0xC6}};
        *std::find_end(dng.begin(), dng.end(), tag.begin(), tag.end()) = std::byte{0x29};
        QVERIFY((*open(dng))->facts().photo.warnings.has(PhotoWarning::RawUnproved));
    }
    void moreThanTheLimitsIsRefusedBeforeItIsUnpacked() {
        const Bytes dng = makeDng(scene());
        Limits pixels;
        pixels.maxPixels = kSize.width * kSize.height - 1;
        QCOMPARE(open(dng, {}, pixels).error().reason, std::string("photo-too-large"));
        Limits memory;
        memory.maxWholeFrameBytes = 10 * kSize.width * kSize.height - 1;  // samples 2, pixels 8 bytes each
        QCOMPARE(open(dng, {}, memory).error().reason, std::string("photo-memory"));
        QVERIFY(open(dng, {.reducible = 2}, memory).has_value());
    }
    void flippedBytesAreSurvived() {
        DngSpec spec = scene({64, 48});
        spec.thumbnail = jpegOf({32, 24});
        const Bytes whole = makeDng(spec);
        Limits small;
        small.maxPixels = 4'000'000;
        std::mt19937 random(3);
        for (int round = 0; round < 600; ++round) {
            Bytes noisy = whole;
            const std::size_t directory = whole.size() - 420;  // the main one stands last
            for (int i = 0; i < 3; ++i) noisy[directory + random() % 420] = static_cast<std::byte>(random() & 0xFF);
            const Outcome outcome = readAll(open(noisy, {.reducible = 1.0 + static_cast<double>(round % 2)}, small));
            QVERIFY(outcome.isWhole() || !outcome.reason.empty());
            readAll(openRawPreview(memoryFile(noisy), 100, small));
        }
    }
    void aStripOfTheWrongShapeIsRefused() {
        const auto reader = *open(makeDng(scene()));
        Picture narrow = Picture::ofSize({kSize.width - 1, 8}, {Channels::Rgb, Depth::U16});
        QCOMPARE(reader->read(narrow.strip()).error().reason, std::string("strip-mismatch"));
    }
};

QTEST_APPLESS_MAIN(RawTest)
#include "raw_test.moc"
