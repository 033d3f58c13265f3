// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The TIFF source: every kind of sample in every layout, and what the tags say.
#include <QTest>
#include <bit>
#include <cmath>

#include "core/image/codecs/tiff_reader.h"
#include "tests/core/image/reader_samples.h"
#include "tests/core/image/tiff_samples.h"

using namespace contone;
using namespace contone::image;

namespace {

/// A page of one row whose samples are listed, pixel after pixel.
Outcome oneRow(TiffPage page, const std::vector<std::uint64_t>& values) {
    page.height = 1;
    page.width = static_cast<int>(values.size()) / page.samples;
    return read(
        encodeTiff(page, [&](int x, int, int c) { return values[static_cast<std::size_t>(x * page.samples + c)]; }));
}
std::uint64_t bitsOf(float value) {
    return std::bit_cast<std::uint32_t>(value);
}
using Row = std::vector<int>;

}  // namespace

class TiffReaderTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyLayoutGivesTheSameRows();
    void grayOfEveryDepthIsSpreadOverTheWholeRange();
    void palettesBecomeRgb();
    void inkIsMostAtTheTop();
    void opacityIsLaidOnPaper();
    void labIsEncodedAsIccVersion4();
    void floatsAreLightUnlessAProfileSpeaks();
    void floatsOfPixelValuesAreScaledAndSaySo();
    void logLuminanceIsLight();
    void jpegAndFaxAreDecoded();
    void subsampledColoursComeThroughTheLibrary();
    void theFirstRealPageIsThePhoto();
    void tagsBecomeFacts();
    void exifIsReadFromItsDirectory();
};

void TiffReaderTest::everyLayoutGivesTheSameRows() {
    for (const int bits : {8, 16})
        for (const int compression :
             {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS})
            for (const bool isPlanar : {false, true})
                for (const bool isTiled : {false, true})
                    for (const char* mode : {"wl", "wb", "wl8", "wb8"}) {
                        TiffPage page = rgb(bits);
                        page.compression = compression;
                        page.isPlanar = isPlanar;
                        page.isTiled = isTiled;
                        const Outcome o = read(encodeTiff(page, bits == 8 ? noise8 : noise, mode));
                        QVERIFY(o.isWhole());
                        QVERIFY(o.warnings.empty());
                        QVERIFY(o.picture.format == (PixelFormat{Channels::Rgb, bits == 8 ? Depth::U8 : Depth::U16}));
                        for (int y = 0; y < 41; ++y)
                            for (int i = 0; i < 111; ++i)
                                QCOMPARE(o.row(y)[static_cast<std::size_t>(i)],
                                         static_cast<int>(noise(i / 3, y, i % 3) & (bits == 8 ? 255 : 65'535)));
                    }
}

void TiffReaderTest::grayOfEveryDepthIsSpreadOverTheWholeRange() {
    for (const int photometric : {PHOTOMETRIC_MINISBLACK, PHOTOMETRIC_MINISWHITE})
        for (const int bits : {1, 2, 4, 6, 8, 10, 12, 14, 16}) {
            TiffPage page{.bits = bits, .photometric = photometric, .compression = COMPRESSION_LZW};
            const std::uint64_t most = (1u << bits) - 1, full = bits > 8 ? 65'535 : 255;
            const Outcome o = read(encodeTiff(page, [&](int x, int y, int c) { return noise(x, y, c) & most; }));
            QVERIFY(o.isWhole());
            QCOMPARE(o.facts.photo.bitsPerSample, bits);
            for (int x = 0; x < 37; ++x) {
                const double part = static_cast<double>(noise(x, 9, 0) & most) / static_cast<double>(most);
                const double want = photometric == PHOTOMETRIC_MINISWHITE ? 1 - part : part;
                QVERIFY(std::abs(o.row(9)[static_cast<std::size_t>(x)] - want * static_cast<double>(full)) <= 0.5001);
            }
        }
    // Without compression the rows are read as they lie, the lowest bit first too, of a strip that is the whole
    // picture.
    for (const int order : {FILLORDER_MSB2LSB, FILLORDER_LSB2MSB})
        for (const int bits : {1, 12, 16}) {
            TiffPage page{.bits = bits, .rowsPerStrip = 41};
            page.moreTags = [order](TIFF* t) { TIFFSetField(t, TIFFTAG_FILLORDER, order); };
            const auto top = [&](int x, int y, int) { return x == y ? (1u << bits) - 1 : 0u; };
            const Outcome o = read(encodeTiff(page, top));
            QVERIFY(o.isWhole());
            for (int x = 0; x < 37; ++x)
                QCOMPARE(o.row(9)[static_cast<std::size_t>(x)], x != 9 ? 0 : bits > 8 ? 65'535 : 255);
        }
    const Outcome deep = oneRow({.bits = 32}, {0, 0xFFFF'FFFF, 0x8000'0000, 65'537});
    QCOMPARE(deep.row(0), (Row{0, 65'535, 32'768, 1}));
    QVERIFY(deep.warnings.has(PhotoWarning::ReducedDepth));
}

void TiffReaderTest::palettesBecomeRgb() {
    std::array<std::uint16_t, 256> red{}, green{}, blue{};
    for (std::size_t i = 0; i < 256; ++i) {
        red[i] = static_cast<std::uint16_t>(i << 8);
        green[i] = static_cast<std::uint16_t>((255 - i) * 257);
        blue[i] = 0x1234;
    }
    const auto tag = [&](TIFF* t) { TIFFSetField(t, TIFFTAG_COLORMAP, red.data(), green.data(), blue.data()); };
    const TiffPage page{.photometric = PHOTOMETRIC_PALETTE, .moreTags = tag};
    QCOMPARE(oneRow(page, {0, 255, 7}).row(0), (Row{0, 255, 0x12, 255, 0, 0x12, 7, 248, 0x12}));
    TiffPage few = page;
    few.bits = 2;
    QCOMPARE(oneRow(few, {3, 1}).row(0), (Row{3, 252, 0x12, 1, 254, 0x12}));
    for (std::size_t i = 0; i < 256; ++i) {  // old writers: 8-bit entries
        red[i] = green[i] = static_cast<std::uint16_t>(i);
        blue[i] = 9;
    }
    QCOMPARE(oneRow(page, {200}).row(0), (Row{200, 200, 9}));
}

void TiffReaderTest::inkIsMostAtTheTop() {
    TiffPage cmyk{.samples = 4, .photometric = PHOTOMETRIC_SEPARATED};
    const Outcome o = oneRow(cmyk, {0, 10, 200, 255});
    QCOMPARE(o.row(0), (Row{0, 10, 200, 255}));
    QVERIFY(o.picture.format == (PixelFormat{Channels::Cmyk, Depth::U8}));
    cmyk.moreTags = [](TIFF* t) { TIFFSetField(t, TIFFTAG_DOTRANGE, 255, 0); };
    QCOMPARE(oneRow(cmyk, {0, 10, 200, 255}).row(0), (Row{255, 245, 55, 0}));
    // Where there is no opacity there is no ink.
    const TiffPage alpha{
        .samples = 5, .bits = 16, .photometric = PHOTOMETRIC_SEPARATED, .extras = {EXTRASAMPLE_UNASSALPHA}};
    const Outcome clear =
        oneRow(alpha, {60'000, 1000, 0, 7, 0, 60'000, 1000, 0, 7, 65'535, 60'000, 1000, 0, 8, 32'768});
    QCOMPARE(clear.row(0), (Row{0, 0, 0, 0, 60'000, 1000, 0, 7, 30'000, 500, 0, 4}));
    QVERIFY(clear.warnings.has(PhotoWarning::AlphaFlattened));
    // libtiff decodes CMYK in JPEG as it stands; numbers as vips 8.14 gives them.
    const Outcome jpeg = read(file("tiff_strip_cmyk_jpeg.tif"));
    QVERIFY(jpeg.isWhole());
    const std::vector<int> first = jpeg.row(0), middle = jpeg.row(50);
    QCOMPARE(Row(first.begin(), first.begin() + 4), (Row{0, 242, 230, 0}));
    QCOMPARE(Row(middle.begin() + 200, middle.begin() + 204), (Row{242, 211, 210, 229}));
}

void TiffReaderTest::opacityIsLaidOnPaper() {
    // Unassociated: c·a + 255·(1 − a); associated: c + 255·(1 − a).
    TiffPage page{.samples = 4, .photometric = PHOTOMETRIC_RGB, .extras = {EXTRASAMPLE_UNASSALPHA}};
    const std::vector<std::uint64_t> pixels{100, 0, 50, 0, 100, 0, 50, 51, 100, 0, 50, 255};
    const Outcome plain = oneRow(page, pixels);
    QCOMPARE(plain.row(0), (Row{255, 255, 255, 224, 204, 214, 100, 0, 50}));
    QVERIFY(plain.warnings.has(PhotoWarning::AlphaFlattened));
    page.extras = {EXTRASAMPLE_ASSOCALPHA};
    QCOMPARE(oneRow(page, pixels).row(0), (Row{255, 255, 255, 255, 204, 254, 100, 0, 50}));
    page.isPlanar = true;
    QCOMPARE(oneRow(page, pixels).row(0), (Row{255, 255, 255, 255, 204, 254, 100, 0, 50}));
    // A mask is no opacity.
    page.extras = {EXTRASAMPLE_UNSPECIFIED};
    const Outcome mask = oneRow(page, pixels);
    QCOMPARE(mask.row(0), (Row{100, 0, 50, 100, 0, 50, 100, 0, 50}));
    QVERIFY(mask.warnings.empty());
    const TiffPage gray{.samples = 2, .photometric = PHOTOMETRIC_MINISWHITE, .extras = {EXTRASAMPLE_UNASSALPHA}};
    QCOMPARE(oneRow(gray, {55, 0, 55, 255}).row(0), (Row{255, 200}));
}

void TiffReaderTest::labIsEncodedAsIccVersion4() {
    // L* 100 → 65535; a*, b* −128 → 0, 0 → 128·257, 127 → 65535 (ICC.1:2022 table 12).
    const TiffPage small{.samples = 3, .photometric = PHOTOMETRIC_CIELAB};
    const Outcome o = oneRow(small, {255, 0, 0x80, 0, 0x7F, 0xFF});
    QCOMPARE(o.row(0), (Row{65'535, 128 * 257, 0, 0, 65'535, 127 * 257}));
    QVERIFY(o.facts.colours.isLab);
    QVERIFY(o.picture.format == (PixelFormat{Channels::Rgb, Depth::U16}));
    TiffPage large = small;
    large.bits = 16;  // a*, b* in 256ths, signed
    QCOMPARE(oneRow(large, {65'535, 0, 0x8000, 32'768, 0x7F00, 0xFF00}).row(0),
             (Row{65'535, 128 * 257, 0, 32'768, 65'535, 127 * 257}));
    TiffPage icc = large;
    icc.photometric = PHOTOMETRIC_ICCLAB;  // ICC version 2: L* 100 is 0xFF00, 0 is 0x8000
    QCOMPARE(oneRow(icc, {0xFF00, 0x8000, 0, 0xFFFF, 0xFF00, 0x8100}).row(0),
             (Row{65'535, 128 * 257, 0, 65'535, 65'535, 129 * 257}));
    const TiffPage clear{.samples = 4, .photometric = PHOTOMETRIC_CIELAB, .extras = {EXTRASAMPLE_UNASSALPHA}};
    QCOMPARE(oneRow(clear, {10, 20, 30, 0}).row(0), (Row{65'535, 128 * 257, 128 * 257}));
    QVERIFY(read(file("lab.tif")).isWhole());
}

void TiffReaderTest::floatsAreLightUnlessAProfileSpeaks() {
    // IEC 61966-2-1: light 0.5 is signal 0.735357, 0.001 is 0.01292.
    const TiffPage page{.bits = 32, .format = SAMPLEFORMAT_IEEEFP};
    const std::vector<std::uint64_t> light{bitsOf(0), bitsOf(0.5f), bitsOf(0.001f), bitsOf(1), bitsOf(-3), bitsOf(NAN)};
    const Outcome o = oneRow(page, light);
    QCOMPARE(o.row(0), (Row{0, 48'192, 847, 65'535, 0, 0}));
    QVERIFY(!o.facts.colours.saysSrgb);  // nobody said: it is assumed
    QVERIFY(o.warnings.has(PhotoWarning::ReducedDepth) && !o.warnings.has(PhotoWarning::HdrClipped));
    const Outcome bright = oneRow(page, {bitsOf(3.5f), bitsOf(INFINITY)});
    QCOMPARE(bright.row(0), (Row{65'535, 65'535}));
    QVERIFY(bright.warnings.has(PhotoWarning::HdrClipped));
    TiffPage tagged = page;
    tagged.moreTags = [](TIFF* t) {
        const Bytes profile(200, std::byte{3});
        TIFFSetField(t, TIFFTAG_ICCPROFILE, 200, profile.data());
    };
    const Outcome own = oneRow(tagged, light);
    QCOMPARE(own.row(0), (Row{0, 32'768, 66, 65'535, 0, 0}));
    QVERIFY(!own.facts.colours.saysSrgb && own.facts.colours.profile);
    const TiffPage half{.bits = 16, .format = SAMPLEFORMAT_IEEEFP};  // 0.5, 1, 2, the smallest number above 0
    QCOMPARE(oneRow(half, {0x3800, 0x3C00, 0x4000, 1}).row(0), (Row{48'192, 65'535, 65'535, 0}));
    const TiffPage twice{.bits = 64, .format = SAMPLEFORMAT_IEEEFP};
    QCOMPARE(oneRow(twice, {std::bit_cast<std::uint64_t>(0.5)}).row(0), (Row{48'192}));
    // Opacity is laid in light: half of black over white is light 0.5.
    const TiffPage alpha{.samples = 2, .bits = 32, .format = SAMPLEFORMAT_IEEEFP, .extras = {EXTRASAMPLE_ASSOCALPHA}};
    QCOMPARE(oneRow(alpha, {bitsOf(0), bitsOf(0.5f)}).row(0), (Row{48'192}));
}

void TiffReaderTest::floatsOfPixelValuesAreScaledAndSaySo() {
    // 8-bit pictures that became floating point as they were: 0…255, most of them above 1.
    for (const bool isTiled : {false, true}) {
        const TiffPage page{.samples = 3,
                            .bits = 32,
                            .photometric = PHOTOMETRIC_RGB,
                            .compression = COMPRESSION_ADOBE_DEFLATE,
                            .format = SAMPLEFORMAT_IEEEFP,
                            .isTiled = isTiled};
        const auto ramp = [](int x, int y, int c) {
            return bitsOf(static_cast<float>((x * 7 + y * 3 + c * 50) % 256));
        };
        const Outcome o = read(encodeTiff(page, ramp));
        QVERIFY(o.isWhole());
        for (int x = 0; x < page.width; ++x)
            for (int c = 0; c < 3; ++c)
                QCOMPARE(o.row(2)[static_cast<std::size_t>(x * 3 + c)], (x * 7 + 6 + c * 50) % 256 * 257);
        QVERIFY(o.warnings.has(PhotoWarning::NumbersScaled) && !o.warnings.has(PhotoWarning::HdrClipped));
        QVERIFY(!o.facts.colours.saysSrgb);
    }
    // Light that is brighter than white in places stays light, and so do the numbers of a light meter.
    const TiffPage light{.bits = 32, .format = SAMPLEFORMAT_IEEEFP};
    const Outcome places = oneRow(light, {bitsOf(0.5f), bitsOf(0.25f), bitsOf(200)});
    QCOMPARE(places.row(0)[0], 48'192);
    QVERIFY(!places.warnings.has(PhotoWarning::NumbersScaled) && places.warnings.has(PhotoWarning::HdrClipped));
    const Outcome meter = oneRow(light, {bitsOf(90), bitsOf(4'000)});
    QVERIFY(!meter.warnings.has(PhotoWarning::NumbersScaled) && meter.warnings.has(PhotoWarning::HdrClipped));
}

void TiffReaderTest::logLuminanceIsLight() {
    const auto tag = [](TIFF* t) { TIFFSetField(t, TIFFTAG_SGILOGDATAFMT, SGILOGDATAFMT_FLOAT); };
    TiffPage page{.photometric = PHOTOMETRIC_LOGL, .compression = COMPRESSION_SGILOG, .moreTags = tag};
    page.bits = 32;
    page.format = SAMPLEFORMAT_IEEEFP;
    const Outcome gray = oneRow(page, {bitsOf(0.5f), bitsOf(0.0f), bitsOf(4.0f)});
    QVERIFY(std::abs(gray.row(0)[0] - 48'192) < 120);  // steps of 0.27 % in light
    QCOMPARE(gray.row(0)[1], 0);
    QCOMPARE(gray.row(0)[2], 65'535);
    QVERIFY(gray.warnings.has(PhotoWarning::HdrClipped) && gray.facts.colours.saysSrgb);
    page.photometric = PHOTOMETRIC_LOGLUV;
    page.samples = 3;
    const Outcome white = oneRow(page, {bitsOf(0.5f), bitsOf(0.5f), bitsOf(0.5f)});  // x = y = 1/3: neutral
    for (const int v : white.row(0)) QVERIFY(std::abs(v - 48'192) < 600);
}

void TiffReaderTest::jpegAndFaxAreDecoded() {
    TiffPage fax{.bits = 1, .photometric = PHOTOMETRIC_MINISWHITE, .compression = COMPRESSION_CCITTFAX4};
    const Outcome page = read(encodeTiff(fax, [](int x, int y, int) { return std::uint64_t(x / 5 + y / 3) & 1; }));
    QVERIFY(page.isWhole());
    for (int x = 0; x < 37; ++x) QCOMPARE(page.row(20)[static_cast<std::size_t>(x)], (x / 5 + 6) % 2 == 1 ? 0 : 255);
    for (const bool isTiled : {false, true}) {
        TiffPage jpeg{.width = 64, .height = 64, .samples = 3, .photometric = PHOTOMETRIC_YCBCR};
        jpeg.compression = COMPRESSION_JPEG;
        jpeg.isTiled = isTiled;
        jpeg.rowsPerStrip = 16;
        jpeg.moreTags = [](TIFF* t) {
            TIFFSetField(t, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
            TIFFSetField(t, TIFFTAG_JPEGQUALITY, 100);
        };
        const Outcome o = read(encodeTiff(jpeg, [](int x, int y, int c) {
            return static_cast<std::uint64_t>(c == 0 ? x * 3 : c == 1 ? y * 3 : 90);
        }));
        QVERIFY(o.isWhole());
        QVERIFY(o.warnings.empty());
        for (int x = 0; x < 64; ++x) {
            const auto at = static_cast<std::size_t>(x) * 3;
            QVERIFY(std::abs(o.row(30)[at] - x * 3) < 9 && std::abs(o.row(30)[at + 1] - 90) < 9);
        }
    }
}

void TiffReaderTest::subsampledColoursComeThroughTheLibrary() {
    // Rec.601 as TIFF 6.0 section 21 has it: R = Y + 1.402 (Cr - 128).
    TiffPage page{.samples = 3, .photometric = PHOTOMETRIC_YCBCR, .compression = COMPRESSION_LZW};
    page.moreTags = [](TIFF* t) {
        TIFFSetField(t, TIFFTAG_YCBCRSUBSAMPLING, 1, 1);
        TIFFSetField(t, TIFFTAG_ORIENTATION, ORIENTATION_BOTRIGHT);
        const std::array<float, 6> range{0, 255, 128, 255, 128, 255};
        TIFFSetField(t, TIFFTAG_REFERENCEBLACKWHITE, range.data());
    };
    const Outcome o = oneRow(page, {128, 128, 128, 255, 128, 128, 100, 128, 178});
    const Row row = o.row(0), want{128, 128, 128, 255, 255, 255, 170, 64, 100};
    for (std::size_t i = 0; i < want.size(); ++i) QVERIFY(std::abs(row[i] - want[i]) <= 1);
    QVERIFY(o.warnings.empty());
    QCOMPARE(o.facts.photo.orientation, Orientation::Rotate180);  // left to the caller: rows come as stored
    QCOMPARE(read(file("crash-2020-10-test.tif")).reason, std::string("photo-damaged"));
}

void TiffReaderTest::theFirstRealPageIsThePhoto() {
    const auto kind = [](int value) { return [value](TIFF* t) { TIFFSetField(t, TIFFTAG_SUBFILETYPE, value); }; };
    const TiffPage small{.width = 8, .height = 8, .moreTags = kind(FILETYPE_REDUCEDIMAGE)};
    const TiffPage mask{.width = 9, .height = 9, .moreTags = kind(FILETYPE_MASK)};
    const TiffPage photo{.width = 20, .height = 10, .moreTags = kind(0)};
    const Outcome o = read(encodeTiff({small, mask, photo, small}, noise8));
    QVERIFY(o.isWhole() && o.picture.size == (PixelSize{20, 10}));
    QVERIFY(o.warnings.empty());
    QVERIFY(read(encodeTiff({photo, small, photo}, noise8)).warnings.has(PhotoWarning::FirstPageOnly));
    QVERIFY(read(encodeTiff({small, small}, noise8)).picture.size == (PixelSize{8, 8}));
    const Outcome many = read(encodeTiff(std::vector(20, small), noise8));
    QVERIFY(many.isWhole() && many.warnings.has(PhotoWarning::PagesTooMany));
    // Directories in circles.
    QVERIFY(read(file("multipage_single_frame_loop.tiff")).isWhole());
    QVERIFY(read(file("multipage_multiple_frame_loop.tiff")).isWhole());
}

void TiffReaderTest::tagsBecomeFacts() {
    TiffPage page = rgb();
    for (int i = 0; i <= 9; ++i) {
        page.moreTags = [i](TIFF* t) {
            if (i > 0 && i < 9) TIFFSetField(t, TIFFTAG_ORIENTATION, i);
        };
        QCOMPARE(read(encodeTiff(page, noise8)).facts.photo.orientation, orientationFromExif(i));
    }
    QCOMPARE(read(file("g4_orientation_6.tif")).facts.photo.orientation, Orientation::Rotate90);
    const Bytes profile(300, std::byte{5});
    page.moreTags = [&](TIFF* t) {
        TIFFSetField(t, TIFFTAG_ICCPROFILE, 300, profile.data());
        TIFFSetField(t, TIFFTAG_MAKE, "Canon");
        TIFFSetField(t, TIFFTAG_MODEL, "EOS 5D");
    };
    const Outcome o = read(encodeTiff(page, noise8));
    QVERIFY(o.facts.colours.profile->bytes == profile);
    QVERIFY(o.facts.colours.profile->hash == Sha256::of(profile));
    QCOMPARE(o.facts.photo.camera, std::string("Canon EOS 5D"));
    QCOMPARE(o.facts.photo.format, PhotoFormat::Tiff);
    page.moreTags = [&](TIFF* t) { TIFFSetField(t, TIFFTAG_ICCPROFILE, 20, profile.data()); };
    const Outcome stub = read(encodeTiff(page, noise8));
    QVERIFY(stub.isWhole() && stub.facts.colours.profileDamaged && stub.warnings.has(PhotoWarning::ProfileDamaged));
}

void TiffReaderTest::exifIsReadFromItsDirectory() {
    constexpr std::uint32_t at = 20'000;
    TiffPage page = rgb();
    page.moreTags = [](TIFF* t) { TIFFSetField(t, TIFFTAG_EXIFIFD, std::uint64_t{at}); };
    Bytes bytes = encodeTiff(page, noise8, "wl");
    QVERIFY(bytes.size() < at);
    const Outcome outside = read(bytes);
    QVERIFY(outside.isWhole() && outside.warnings.has(PhotoWarning::ExifDamaged));
    bytes.resize(at);
    const Bytes exif = rawDirectory({{0x9003, 2, 20, at + 100}, {0xA001, 3, 1, 0xFFFF}, {0xA005, 4, 1, at + 200}});
    bytes.insert(bytes.end(), exif.begin(), exif.end());
    bytes.resize(at + 100);
    for (const char c : std::string_view("2026:11:22 10:20:30")) bytes.push_back(static_cast<std::byte>(c));
    bytes.resize(at + 200);
    const Bytes interop = rawDirectory({{1, 2, 4, 'R' | '0' << 8 | '3' << 16}});
    bytes.insert(bytes.end(), interop.begin(), interop.end());
    const Outcome o = read(bytes);
    QVERIFY(o.isWhole() && o.warnings.empty());
    QCOMPARE(o.facts.colours.exifColorSpace, ExifColorSpace::Uncalibrated);
    QCOMPARE(o.facts.colours.exifInterop, ExifInterop::R03);
    QCOMPARE(o.facts.photo.takenAt, std::string("2026:11:22 10:20:30"));
}

QTEST_GUILESS_MAIN(TiffReaderTest)
#include "tiff_reader_test.moc"
