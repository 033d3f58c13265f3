// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The rare formats: exact samples of made files, of published test pictures, and what is refused before it costs
// anything.
#include <OpenImageIO/imageio.h>
#include <dirent.h>

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <cstring>
#include <set>

#include "core/image/longtail/float_encoder.h"
#include "core/image/longtail/longtail_reader.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::image;

namespace {

struct Whole {
    CodecFacts facts;
    PhotoWarnings warnings;
    Picture picture;
    std::vector<int> at(int x, int y) const {
        std::vector<int> samples;
        const auto n = static_cast<std::size_t>(count(picture.format.channels));
        const StripView strip = picture.strip();
        for (std::size_t c = 0; c < n; ++c) {
            const std::size_t i = static_cast<std::size_t>(x) * n + c;
            samples.push_back(picture.format.depth == Depth::U8 ? strip.row<std::uint8_t>(y)[i]
                                                                : strip.row<std::uint16_t>(y)[i]);
        }
        return samples;
    }
};

// Reads in strips of seven rows: no format's own rhythm.
Result<Whole> readWhole(const Path& path, const Limits& limits = {}) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    CONTONE_TRY(const auto reader, openLongTail(std::move(file), limits));
    const PhotoFacts& photo = reader->facts().photo;
    Whole whole{reader->facts(), {}, Picture::ofSize(photo.size, photo.pixels)};
    for (int y = 0;;) {
        MutableStrip strip = whole.picture.strip();
        strip.data += strip.stride * static_cast<std::size_t>(y);
        strip.rows = std::min(7, photo.size.height - y);
        CONTONE_TRY(const int rows, reader->read(strip));
        if (rows == 0) break;
        y += rows;
    }
    whole.warnings = reader->warnings();
    return whole;
}

Path sample(const char* name) {
    return Path(contone::tests::sourceFolder) / "tests/data/longtail" / name;
}
std::string reasonOf(const Path& path, const Limits& limits = {}) {
    const auto whole = readWhole(path, limits);
    return whole ? "opened" : whole.error().reason;
}

int threadsOfThisProcess() {
    int threads = 0;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc/self/task"), ::closedir);
    while (const dirent* entry = ::readdir(folder.get())) threads += entry->d_name[0] != '.' ? 1 : 0;
    return threads;
}

void put(std::string& to, std::uint64_t value, int bytes) {  // big-endian
    for (int i = bytes - 1; i >= 0; --i) to += static_cast<char>(value >> (8 * i) & 255);
}

struct Psd {
    int channels = 3, width = 2, height = 1, depth = 8, mode = 3;
    std::string palette, resources, layers, data;
    bool isLarge = false;
    std::string bytes() const {
        std::string all = "8BPS";
        put(all, isLarge ? 2 : 1, 2);
        put(all, 0, 6);
        put(all, static_cast<unsigned>(channels), 2);
        put(all, static_cast<unsigned>(height), 4);
        put(all, static_cast<unsigned>(width), 4);
        put(all, static_cast<unsigned>(depth), 2);
        put(all, static_cast<unsigned>(mode), 2);
        put(all, palette.size(), 4);
        all += palette;
        put(all, resources.size(), 4);
        all += resources;
        put(all, layers.size(), isLarge ? 8 : 4);
        return all + layers + data;
    }
};
std::string resource(int id, const std::string& content) {
    std::string all = "8BIM";
    put(all, static_cast<unsigned>(id), 2);
    put(all, 0, 2);
    put(all, content.size(), 4);
    return all + content + std::string(content.size() % 2, '\0');
}
using namespace std::string_literals;

}  // namespace

class LongtailTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Result<void> m_prepared;
    int m_threadsPrepared = 0;
    Path made(const char* name) const { return Path(m_folder.path().toStdString()) / name; }
    Path make(const char* name, const std::string& bytes) const {
        const auto written = writeFileDurably(made(name), bytes);
        return written ? made(name) : Path{};
    }
    // Two rows of the same floats or bytes, written by OpenImageIO.
    template <class T>
    Path makeWithOiio(const char* name, OIIO::ImageSpec spec, const std::vector<T>& row) const {
        auto output = OIIO::ImageOutput::create(made(name).string());
        if (!output || !output->open(made(name).string(), spec)) return {};
        std::vector<T> pixels;
        for (int y = 0; y < spec.height; ++y) pixels.insert(pixels.end(), row.begin(), row.end());
        const bool isWritten = output->write_image(OIIO::TypeDescFromC<T>::value(), pixels.data());
        return isWritten && output->close() ? made(name) : Path{};
    }
    using Samples = std::vector<int>;

  public:
    LongtailTest(Result<void> prepared, int threads) : m_prepared(std::move(prepared)), m_threadsPrepared(threads) {}

  private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void preparingLeavesOneThread() {
        QVERIFY2(m_prepared.has_value(), m_prepared ? "" : m_prepared.error().detail.c_str());
        QCOMPARE(m_threadsPrepared, 1);
    }
    void decodingStartsNoThread();

    void cmykIsTurnedSoThatZeroIsNoInk() {
        Psd psd{.channels = 4, .mode = 4};
        psd.data = "\0\0"s + "\xff\x00"s + "\xff\xff"s + "\xff\x80"s + "\xff\x10"s;
        const auto whole = readWhole(make("cmyk.psd", psd.bytes()));
        QVERIFY(whole);
        QCOMPARE(whole->facts.photo.pixels.channels, Channels::Cmyk);
        QCOMPARE(whole->at(0, 0), (Samples{0, 0, 0, 0}));
        QCOMPARE(whole->at(1, 0), (Samples{255, 0, 127, 239}));
    }
    void labComesInIccEncoding() {
        // ICC.1:2010 6.3.4.2: a* = 0 is 0x8080; PSD has it at 0x8000, and 256 steps a unit.
        Psd psd{.channels = 3, .width = 1, .depth = 16, .mode = 9};
        psd.data = "\0\0\xff\xff\x80\x00\x00\x00"s;
        const auto whole = readWhole(make("lab16.psd", psd.bytes()));
        QVERIFY(whole);
        QVERIFY(whole->facts.colours.isLab);
        QCOMPARE(whole->at(0, 0), (Samples{65535, 0x8080, 0}));
        const auto eight = readWhole(sample("pattern2-8-lab.psd"));
        QVERIFY(eight);
        QCOMPARE(eight->at(0, 0), (Samples{65535, 0x8080, 0x8080}));
    }
    void packedRowsAndLargeDocumentsAreRead() {
        Psd psd{.channels = 1, .width = 5, .height = 2, .mode = 1, .isLarge = true};
        psd.data = "\0\1\0\0\0\2\0\0\0\7"s + "\xfc\x07"s + "\x01\x0a\x0b\xff\x0c\x00\x0d"s;
        const auto whole = readWhole(make("packed.psb", psd.bytes()));
        QVERIFY(whole);
        for (int x = 0; x < 5; ++x) QCOMPARE(whole->at(x, 0), Samples{7});
        const int row[] = {10, 11, 12, 12, 13};
        for (int x = 0; x < 5; ++x) QCOMPARE(whole->at(x, 1), Samples{row[x]});
    }
    void paletteAndItsTransparentColour() {
        Psd psd{.channels = 1, .mode = 2};
        psd.palette = std::string(768, '\0');
        psd.palette[3] = '\x11';
        psd.palette[256 + 3] = '\x22';
        psd.palette[512 + 3] = '\x33';
        psd.resources = resource(1047, "\0\5"s);
        psd.data = "\0\0\3\5"s;
        const auto whole = readWhole(make("indexed.psd", psd.bytes()));
        QVERIFY(whole);
        QCOMPARE(whole->at(0, 0), (Samples{0x11, 0x22, 0x33}));
        QCOMPARE(whole->at(1, 0), (Samples{255, 255, 255}));
        QVERIFY(whole->warnings.has(PhotoWarning::AlphaFlattened));
    }
    void aSetBitOfABitmapIsInk() {
        Psd psd{.channels = 1, .width = 3, .depth = 1, .mode = 0};
        psd.data = "\0\0\x40"s;
        const auto whole = readWhole(make("bitmap.psd", psd.bytes()));
        QVERIFY(whole);
        QCOMPARE(whole->at(0, 0), Samples{255});
        QCOMPARE(whole->at(1, 0), Samples{0});
    }
    void floatingPointDocumentsAreLinearLight() {
        Psd psd{.channels = 1, .depth = 32, .mode = 1};
        psd.data = "\0\0\x3e\x80\x00\x00\x40\x00\x00\x00"s;  // 0.25 and 2.0
        const auto whole = readWhole(make("float.psd", psd.bytes()));
        QVERIFY(whole);
        // 1.055 * 0.25^(1/2.4) - 0.055 = 0.537099, of 65535.
        QCOMPARE(whole->at(0, 0), Samples{35199});
        QCOMPARE(whole->at(1, 0), Samples{65535});
        QVERIFY(whole->warnings.has(PhotoWarning::HdrClipped));
        QVERIFY(whole->warnings.has(PhotoWarning::ReducedDepth));
    }
    void mergedTransparencyIsReportedAndLiesOnWhiteAlready() {
        Psd psd{.channels = 4};
        put(psd.layers, 2, 4);
        put(psd.layers, 0xFFFF, 2);  // minus one layer
        psd.data = "\0\0"s + "\x10\xff\x20\xff\x30\xff"s + "\xff\x00"s;
        const auto whole = readWhole(make("alpha.psd", psd.bytes()));
        QVERIFY(whole);
        QCOMPARE(whole->at(0, 0), (Samples{16, 32, 48}));
        QCOMPARE(whole->at(1, 0), (Samples{255, 255, 255}));
        QVERIFY(whole->warnings.has(PhotoWarning::AlphaFlattened));
    }
    void aDocumentWithoutItsFinishedPictureIsRefused() {
        Psd psd;
        psd.resources = resource(1057, "\0\0\0\1\0"s);
        psd.data = "\0\0"s + std::string(6, '\xff');
        QCOMPARE(reasonOf(make("nomax.psd", psd.bytes())), "photo-feature"s);
    }
    void photoshopsPatternHasItsColours() {
        // The same picture as RGB and as three spot inks (cyan, magenta, yellow): the inks look like the RGB.
        const auto rgb = readWhole(sample("pattern2-8-rgb.psd"));
        const auto inks = readWhole(sample("pattern2-8-multichannel.psd"));
        QVERIFY(rgb && inks);
        QCOMPARE(rgb->picture.size, (PixelSize{200, 150}));
        QVERIFY(inks->picture == rgb->picture);
        QVERIFY(inks->warnings.has(PhotoWarning::ColoursUnspecified));
        std::set<Samples> colours;
        for (int y = 0; y < 150; ++y)
            for (int x = 0; x < 200; ++x) colours.insert(rgb->at(x, y));
        QCOMPARE(colours.size(), std::size_t{9});  // white, black, dark gray and the six half primaries
        QVERIFY(colours.contains({128, 0, 0}) && colours.contains({0, 128, 128}) && colours.contains({64, 64, 64}));
    }

    void bmpMasksProfilesAndDirections() {
        // bmpsuite draws one picture in all its files.
        const auto masked = readWhole(sample("rgb32bf.bmp")), plain = readWhole(sample("rgb24prof.bmp"));
        QVERIFY(masked && plain);
        QVERIFY(masked->picture == plain->picture);
        QCOMPARE(masked->at(0, 0), (Samples{255, 0, 0}));
        QCOMPARE(plain->facts.colours.profile->bytes.size(), std::size_t{3048});
        const auto topDown = readWhole(sample("pal8topdown.bmp"));
        QVERIFY(topDown);
        QCOMPARE(topDown->at(0, 0), (Samples{255, 0, 0}));
    }
    void bmpAlphaLiesOnWhite() {
        const auto whole = readWhole(sample("rgba32.bmp"));
        QVERIFY(whole);
        QVERIFY(whole->warnings.has(PhotoWarning::AlphaFlattened));
        QVERIFY(whole->facts.colours.saysSrgb);
    }
    void bmpFourthByteWithoutAMaskIsNotAlpha() {
        std::string bmp = "BM"s + std::string(8, '\0') + "\x36\0\0\0\x28\0\0\0\1\0\0\0\1\0\0\0\1\0\x20\0"s;
        bmp += std::string(24, '\0') + "\x03\x02\x01\x00"s;
        const auto whole = readWhole(make("xrgb.bmp", bmp));
        QVERIFY(whole);
        QCOMPARE(whole->at(0, 0), (Samples{1, 2, 3}));
        QVERIFY(whole->warnings.empty());
    }
    void bmpOf5BitsReachesWhite() {
        std::string bmp = "BM"s + std::string(8, '\0') + "\x36\0\0\0\x28\0\0\0\2\0\0\0\1\0\0\0\1\0\x10\0"s;
        bmp += std::string(24, '\0') + "\xff\x7f\x10\x00"s;  // 31, 31, 31 and 0, 0, 16
        const auto whole = readWhole(make("555.bmp", bmp));
        QVERIFY(whole);
        QCOMPARE(whole->at(0, 0), (Samples{255, 255, 255}));
        QCOMPARE(whole->at(1, 0), (Samples{0, 0, 132}));  // 16 * 255 / 31 = 131.6
    }

    void gifShowsItsFirstFrameOnWhite() {
        const auto animation = readWhole(sample("gif_animation.gif"));
        QVERIFY(animation);
        QVERIFY(animation->warnings.has(PhotoWarning::FirstFrameOnly));
        QCOMPARE(animation->at(0, 0), (Samples{255, 0, 0}));
        const auto clear = readWhole(sample("gif_transparent_rgb.gif"));
        QVERIFY(clear);
        QVERIFY(clear->warnings.has(PhotoWarning::AlphaFlattened));
        QVERIFY(!clear->warnings.has(PhotoWarning::FirstFrameOnly));
        QCOMPARE(clear->at(0, 0), (Samples{255, 255, 255}));
    }

    void openExrIsLinearLightOnWhite() {
        OIIO::ImageSpec spec(3, 2, 4, OIIO::TypeDesc::HALF);
        // Premultiplied: half-transparent black; 4.0 is brighter than white.
        const auto path = makeWithOiio<float>("a.exr", spec, {0.25F, 1, 0, 1, /**/ 0, 0, 0, 0.5F, /**/ 4, 0, -1, 1});
        const auto whole = readWhole(path);
        QVERIFY(whole);
        QCOMPARE(whole->facts.photo.format, PhotoFormat::OpenExr);
        QCOMPARE(whole->facts.photo.bitsPerSample, 16);
        QVERIFY(whole->facts.colours.saysSrgb);
        QCOMPARE(whole->at(0, 1), (Samples{35199, 65535, 0}));
        QCOMPARE(whole->at(1, 1), (Samples{48192, 48192, 48192}));  // light 0.5: 1.055 * 0.5^(1/2.4) - 0.055 = 0.735357
        QCOMPARE(whole->at(2, 1), (Samples{65535, 0, 0}));
        QVERIFY(whole->warnings.has(PhotoWarning::HdrClipped) && whole->warnings.has(PhotoWarning::AlphaFlattened));
    }
    void openExrInTilesAndOtherPrimaries() {
        OIIO::ImageSpec spec(40, 40, 3, OIIO::TypeDesc::FLOAT);
        spec.tile_width = spec.tile_height = 16;
        const float rec2020[8] = {0.708F, 0.292F, 0.170F, 0.797F, 0.131F, 0.046F, 0.3127F, 0.3290F};
        spec.attribute("chromaticities", OIIO::TypeDesc(OIIO::TypeDesc::FLOAT, 8), rec2020);
        std::vector<float> row;
        for (int x = 0; x < 40; ++x) row.insert(row.end(), {0.25F, static_cast<float>(x) / 39, 1});
        const auto whole = readWhole(makeWithOiio("tiles.exr", spec, row));
        QVERIFY(whole);
        QCOMPARE(whole->facts.colours.gama->gamma, 45455U);
        QCOMPARE((*whole->facts.colours.gama->chromaticities)[0], 31270);  // white first
        QCOMPARE((*whole->facts.colours.gama->chromaticities)[2], 70800);
        for (int x = 0; x < 40; ++x)
            QCOMPARE(whole->at(x, 39),
                     (Samples{34899, static_cast<int>(std::lround(65535 * std::pow(x / 39.0, 1 / 2.2))), 65535}));
    }
    void floatsAreEncodedWithinHalfAStep() {
        const FloatEncoder srgb(FloatEncoder::Curve::Srgb);
        for (int i = 0; i <= 100'000; ++i) {
            const auto light = static_cast<float>(i) / 100'000;
            const double exact = light <= 0.0031308F ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
            QVERIFY2(std::abs(srgb.encode(light) - exact * 65535) <= 0.51, std::to_string(light).c_str());
        }
        QCOMPARE(srgb.encode(std::nanf("")), std::uint16_t{0});
        QCOMPARE(srgb.encode(HUGE_VALF), std::uint16_t{65535});
    }

    void rareFormatsKeepTheirBytes_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isWide");
        for (const char* name : {"a.jp2", "a.j2k", "a.ppm", "a.dpx"}) QTest::newRow(name) << QByteArray(name) << false;
        QTest::newRow("16-bit JPEG 2000") << QByteArray("b.jp2") << true;
    }
    void rareFormatsKeepTheirBytes() {
        QFETCH(QByteArray, name);
        QFETCH(bool, isWide);
        OIIO::ImageSpec spec(64, 64, 3, isWide ? OIIO::TypeDesc::UINT16 : OIIO::TypeDesc::UINT8);
        std::vector<std::uint16_t> row;
        for (int i = 0; i < 192; ++i) row.push_back(static_cast<std::uint16_t>(i * 257));
        const auto whole = readWhole(makeWithOiio(name.constData(), spec, row));
        QVERIFY(whole);
        QCOMPARE(whole->facts.photo.pixels.depth, isWide ? Depth::U16 : Depth::U8);
        const int scale = isWide ? 257 : 1;
        for (int x = 0; x < 64; ++x)
            QCOMPARE(whole->at(x, 9), (Samples{x * 3 * scale, (x * 3 + 1) * scale, (x * 3 + 2) * scale}));
    }
    void radianceIsLinearLight() {
        OIIO::ImageSpec spec(8, 2, 3, OIIO::TypeDesc::FLOAT);
        std::vector<float> row;
        for (int x = 0; x < 8; ++x) row.insert(row.end(), {0.25F, 0.5F, 1});
        const auto whole = readWhole(makeWithOiio("a.hdr", spec, row));
        QVERIFY(whole);
        QVERIFY(whole->facts.colours.saysSrgb);
        // Radiance keeps eight bits of mantissa a pixel: 0.5 % of the largest of the three.
        QVERIFY(std::abs(whole->at(3, 1)[0] - 35199) < 300);
        QVERIFY(std::abs(whole->at(3, 1)[2] - 65535) < 300);
    }

    void hostileFilesAreRefusedWithAReason_data() {
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* reason) { QTest::newRow(name) << QByteArray(reason); };
        row("crash-bomb-30000.psd", "photo-truncated");
        row("bomb-65535.bmp", "photo-truncated");
        row("huge-width.bmp", "photo-too-large");
        row("gif_idx_overflow_32768x16385_top16384_1x1.gif", "photo-memory");
        row("crash-eofstring.psd", "photo-damaged");
        row("badrle.bmp", "photo-damaged");
        row("shortfile.bmp", "photo-truncated");
        row("crash-layerres.psd", "opened");  // killed OpenImageIO in its layers; its merged picture is whole
        row("crash-8a15.psd", "opened");
        row("rletopdown.bmp", "opened");
    }
    void hostileFilesAreRefusedWithAReason() {
        QFETCH(QByteArray, reason);
        QCOMPARE(reasonOf(sample(QTest::currentDataTag())), reason.toStdString());
    }
    void everyCutIsToldAndNothingElseHappens() {
        Psd psd{.channels = 1, .width = 5, .height = 2, .mode = 1};
        psd.data = "\0\1\0\2\0\7"s + "\xfc\x07"s + "\x01\x0a\x0b\xff\x0c\x00\x0d"s;
        const std::string all = psd.bytes();
        for (std::size_t size = 4; size < all.size(); ++size)
            QCOMPARE(reasonOf(make("cut.psd", all.substr(0, size))), "photo-truncated"s);
        QCOMPARE(reasonOf(make("cut.psd", all)), "opened"s);
    }
    void sizesAreRefusedBeforePixels() {
        QCOMPARE(reasonOf(sample("rgba32.bmp"), {.maxPixels = 127 * 64 - 1}), "photo-too-large"s);
        QCOMPARE(reasonOf(sample("pattern2-8-rgb.psd"), {.maxPixels = 200 * 150 - 1}), "photo-too-large"s);
        QCOMPARE(reasonOf(made("a.jp2"), {.maxPixels = 64 * 64 - 1}), "photo-too-large"s);
        QCOMPARE(reasonOf(made("a.jp2"), {.maxWholeFrameBytes = 1000}), "photo-memory"s);
        QCOMPARE(reasonOf(made("a.exr"), {.maxPixels = 5}), "photo-too-large"s);
        QCOMPARE(reasonOf(sample("rletopdown.bmp"), {.maxWholeFrameBytes = 1000}), "photo-memory"s);
    }
};

void LongtailTest::decodingStartsNoThread() {
    OIIO::ImageSpec spec(64, 64, 3, OIIO::TypeDesc::HALF);
    std::vector<float> row(64 * 3, 0.5F);
    const auto exr = makeWithOiio("threads.exr", spec, row);
    spec.format = OIIO::TypeDesc::UINT8;
    const auto jp2 = makeWithOiio("threads.jp2", spec, row);
    const int before = threadsOfThisProcess();  // Qt's watchdog is one
    QVERIFY(readWhole(exr) && readWhole(jp2));
    QCOMPARE(threadsOfThisProcess(), before);
}

int main(int argc, char** argv) {
    const Result<void> prepared = prepareOiio();  // as the child does it: before anything else
    LongtailTest test(prepared, threadsOfThisProcess());
    return QTest::qExec(&test, argc, argv);
}
#include "longtail_test.moc"
