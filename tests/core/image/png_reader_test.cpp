// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The PNG source: every kind that libpng writes, what the chunks say, and damage.
#include <png.h>
#include <zlib.h>
#include <QTest>

#include "core/image/codecs/png_reader.h"
#include "tests/core/image/reader_samples.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::image;

namespace {

enum class Scan { Straight, Interlaced };

Bytes bytesOf(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    return {bytes.begin(), bytes.end()};
}
Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}
Bytes bigEndian(std::uint32_t value) {
    return {static_cast<std::byte>(value >> 24), static_cast<std::byte>(value >> 16),
            static_cast<std::byte>(value >> 8), static_cast<std::byte>(value)};
}
Bytes chunk(const char* type, const Bytes& body) {
    const Bytes checked = bytesOf(type) + body;
    const auto crc = ::crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()));
    return bigEndian(static_cast<std::uint32_t>(body.size())) + checked + bigEndian(static_cast<std::uint32_t>(crc));
}
Bytes packed(const Bytes& bytes) {
    uLongf size = ::compressBound(bytes.size());
    Bytes out(size);
    ::compress(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    out.resize(size);
    return out;
}

struct Kind {
    int width, height, bits, type;
    Scan scan = Scan::Straight;
    std::vector<png_color> palette{};
    std::vector<png_byte> opacity{};            // of palette entries
    std::optional<png_color_16> transparent{};  // of gray and RGB
};

/// Writes with libpng; `sample(x, y, c)` is the number stored. Errors exit: the input is ours.
template <class F>
Bytes encode(const Kind& kind, F&& sample) {
    Bytes out;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop head = png_create_info_struct(png);
    png_set_write_fn(
        png, &out,
        [](png_structp p, png_bytep bytes, png_size_t size) {
            auto& to = *static_cast<Bytes*>(png_get_io_ptr(p));
            to.insert(to.end(), reinterpret_cast<std::byte*>(bytes), reinterpret_cast<std::byte*>(bytes) + size);
        },
        [](png_structp) {});
    png_set_IHDR(png, head, static_cast<png_uint_32>(kind.width), static_cast<png_uint_32>(kind.height), kind.bits,
                 kind.type, kind.scan == Scan::Interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (!kind.palette.empty()) png_set_PLTE(png, head, kind.palette.data(), static_cast<int>(kind.palette.size()));
    if (!kind.opacity.empty() || kind.transparent) {
        png_color_16 colour = kind.transparent.value_or(png_color_16{});
        png_set_tRNS(png, head, kind.opacity.empty() ? nullptr : kind.opacity.data(),
                     static_cast<int>(kind.opacity.size()), kind.transparent ? &colour : nullptr);
    }
    png_write_info(png, head);
    const int channels = png_get_channels(png, head);
    std::vector<Bytes> rows(static_cast<std::size_t>(kind.height));
    std::vector<png_bytep> pointers;
    for (int y = 0; y < kind.height; ++y) {
        Bytes& row = rows[static_cast<std::size_t>(y)];
        row.resize((static_cast<std::size_t>(kind.width) * static_cast<std::size_t>(channels * kind.bits) + 7) / 8);
        for (int i = 0; i < kind.width * channels; ++i) {
            const int value = sample(i / channels, y, i % channels), at = i * kind.bits;
            for (int b = 0; b < kind.bits; ++b)
                if ((value >> (kind.bits - 1 - b) & 1) != 0)
                    row[static_cast<std::size_t>((at + b) / 8)] |= static_cast<std::byte>(0x80 >> (at + b) % 8);
        }
        pointers.push_back(reinterpret_cast<png_bytep>(row.data()));
    }
    png_write_image(png, pointers.data());
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &head);
    return out;
}

Outcome read(const Bytes& bytes, const Limits& limits = {}) {
    return readAll(openPng(memoryFile(bytes), limits));
}
Bytes file(const char* name) {
    return *readFile(Path(contone::tests::sourceFolder) / "tests/data/png" / name, 10'000'000);
}

int noiseAt(int x, int y, int c) {
    return (x * 7919 + y * 104'729 + c * 1'299'709 + x * y * 31) & 0xFFFF;
}
Bytes gray8(int width = 40, int height = 30) {
    return encode({width, height, 8, PNG_COLOR_TYPE_GRAY}, [](int x, int y, int c) { return noiseAt(x, y, c) & 255; });
}
/// Puts chunks behind IHDR (8 + 25 bytes).
Bytes withChunks(const Bytes& png, const Bytes& chunks) {
    return Bytes(png.begin(), png.begin() + 33) + chunks + Bytes(png.begin() + 33, png.end());
}
Bytes withChunksAtEnd(const Bytes& png, const Bytes& chunks) {
    return Bytes(png.begin(), png.end() - 12) + chunks + Bytes(png.end() - 12, png.end());
}
/// EXIF with orientation 6 only, big-endian.
Bytes exifTurned() {
    return bytesOf(std::string_view("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0", 26));
}
Bytes profile(std::size_t size) {
    Bytes bytes(size, std::byte{7});
    std::ranges::copy(bigEndian(static_cast<std::uint32_t>(size)), bytes.begin());
    return bytes;
}
Bytes iccp(const Bytes& content) {
    return chunk("iCCP", bytesOf(std::string_view("icc\0\0", 5)) + packed(content));
}

}  // namespace

class PngReaderTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void grayOfEveryDepthIsSpreadOverTheWholeRange();
    void rgbIsReadAsWritten();
    void palettesBecomeRgb();
    void seeThroughPixelsLieOnWhitePaper();
    void opaqueAlphaIsNoWarning();
    void transparentColoursCountAsSeeThrough();
    void colourChunksAreSignals();
    void damagedColourChunksArePassedOver();
    void exifCountsBehindThePixelsAndInText();
    void profileBombsAreNotInflated();
    void animationsGiveTheirStillPicture();
    void cutFilesGiveTheRowsBefore();
    void wrongDataIsDamage();
    void hugePicturesAreRefusedFromTheirHead();
    void oddFilesOfOthersOpen();
    void stripsOfTheWrongShapeAreRefused();
};

void PngReaderTest::grayOfEveryDepthIsSpreadOverTheWholeRange() {
    for (const Scan scan : {Scan::Straight, Scan::Interlaced})
        for (const int bits : {1, 2, 4, 8, 16}) {
            const int most = (1 << bits) - 1, full = bits == 16 ? 65'535 : 255;
            const Outcome o = read(encode({37, 23, bits, PNG_COLOR_TYPE_GRAY, scan},
                                          [&](int x, int y, int) { return (x + y * 3) & most; }));
            QVERIFY(o.isWhole());
            QCOMPARE(o.facts.photo.bitsPerSample, bits);
            QCOMPARE(o.facts.photo.isProgressive, scan == Scan::Interlaced);
            QCOMPARE(o.facts.photo.format, PhotoFormat::Png);
            QVERIFY(o.picture.format == (PixelFormat{Channels::Gray, bits == 16 ? Depth::U16 : Depth::U8}));
            for (int y = 0; y < 23; ++y)
                for (int x = 0; x < 37; ++x)
                    QCOMPARE(o.row(y)[static_cast<std::size_t>(x)], ((x + y * 3) & most) * full / most);
            QVERIFY(o.warnings.empty());
        }
}

void PngReaderTest::rgbIsReadAsWritten() {
    for (const Scan scan : {Scan::Straight, Scan::Interlaced})
        for (const int bits : {8, 16}) {
            const int most = (1 << bits) - 1;
            const Outcome o = read(encode({19, 31, bits, PNG_COLOR_TYPE_RGB, scan},
                                          [&](int x, int y, int c) { return noiseAt(x, y, c) & most; }));
            QVERIFY(o.isWhole());
            for (int y = 0; y < 31; ++y)
                for (int i = 0; i < 57; ++i)
                    QCOMPARE(o.row(y)[static_cast<std::size_t>(i)], noiseAt(i / 3, y, i % 3) & most);
        }
}

void PngReaderTest::palettesBecomeRgb() {
    for (const int bits : {1, 2, 4, 8}) {
        Kind kind{21, 5, bits, PNG_COLOR_TYPE_PALETTE};
        for (int i = 0; i < 1 << bits; ++i)
            kind.palette.push_back({static_cast<png_byte>(i * 3), static_cast<png_byte>(255 - i), 17});
        const Outcome o = read(encode(kind, [&](int x, int y, int) { return (x + y) & ((1 << bits) - 1); }));
        QVERIFY(o.isWhole());
        QVERIFY(o.picture.format == (PixelFormat{Channels::Rgb, Depth::U8}));
        for (int x = 0; x < 21; ++x) {
            const int i = (x + 2) & ((1 << bits) - 1);
            const std::vector<int> row = o.row(2);
            const auto at = static_cast<std::size_t>(x) * 3;
            QCOMPARE(std::vector<int>(row.begin() + static_cast<long>(at), row.begin() + static_cast<long>(at) + 3),
                     (std::vector<int>{i * 3 & 255, 255 - i, 17}));
        }
    }
}

void PngReaderTest::seeThroughPixelsLieOnWhitePaper() {
    // sample·alpha + white·(1 − alpha), rounded: by hand for three opacities.
    for (const Scan scan : {Scan::Straight, Scan::Interlaced}) {
        const Outcome rgb = read(encode({3, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, scan}, [](int x, int, int c) {
            return c == 3 ? std::array{0, 128, 255}[static_cast<std::size_t>(x)] : 100;
        }));
        QCOMPARE(rgb.row(0), (std::vector<int>{255, 255, 255, 177, 177, 177, 100, 100, 100}));
        QVERIFY(rgb.warnings.has(PhotoWarning::AlphaFlattened));
        QVERIFY(!rgb.facts.photo.warnings.has(PhotoWarning::AlphaFlattened));
        const Outcome gray = read(encode({2, 1, 16, PNG_COLOR_TYPE_GRAY_ALPHA, scan},
                                         [](int x, int, int c) { return c == 1 ? (x == 0 ? 0 : 32'768) : 1000; }));
        QCOMPARE(gray.row(0), (std::vector<int>{65'535, 33'267}));
        QVERIFY(gray.picture.format == (PixelFormat{Channels::Gray, Depth::U16}));
    }
}

void PngReaderTest::opaqueAlphaIsNoWarning() {
    const Outcome o = read(encode({9, 9, 8, PNG_COLOR_TYPE_RGB_ALPHA},
                                  [](int x, int y, int c) { return c == 3 ? 255 : noiseAt(x, y, c) & 255; }));
    QVERIFY(o.isWhole());
    QVERIFY(o.warnings.empty());
    QCOMPARE(o.row(4)[3], noiseAt(1, 4, 0) & 255);
}

void PngReaderTest::transparentColoursCountAsSeeThrough() {
    Kind gray{2, 1, 2, PNG_COLOR_TYPE_GRAY};
    gray.transparent = png_color_16{0, 0, 0, 0, 1};
    QCOMPARE(read(encode(gray, [](int x, int, int) { return x + 1; })).row(0), (std::vector<int>{255, 170}));
    Kind rgb{2, 1, 16, PNG_COLOR_TYPE_RGB};
    rgb.transparent = png_color_16{0, 5, 6, 7, 0};
    QCOMPARE(read(encode(rgb, [](int x, int, int c) { return 5 + c + x; })).row(0),
             (std::vector<int>{65'535, 65'535, 65'535, 6, 7, 8}));
    Kind palette{3, 1, 8, PNG_COLOR_TYPE_PALETTE};
    palette.palette = {{10, 20, 30}, {40, 50, 60}, {70, 80, 90}};
    palette.opacity = {0, 51};  // the third is opaque
    const Outcome o = read(encode(palette, [](int x, int, int) { return x; }));
    QCOMPARE(o.row(0), (std::vector<int>{255, 255, 255, 212, 214, 216, 70, 80, 90}));
    QVERIFY(o.warnings.has(PhotoWarning::AlphaFlattened));
}

void PngReaderTest::colourChunksAreSignals() {
    QVERIFY(read(gray8()).facts.colours == ColourSignals{});
    QVERIFY(read(withChunks(gray8(), chunk("sRGB", Bytes(1)))).facts.colours.saysSrgb);
    const Outcome gamma = read(withChunks(gray8(), chunk("gAMA", bigEndian(45'455))));
    QCOMPARE(gamma.facts.colours.gama->gamma, 45'455u);
    QVERIFY(!gamma.facts.colours.gama->chromaticities);
    Bytes values;
    for (std::uint32_t i = 1; i <= 8; ++i) values = values + bigEndian(i * 1000);
    QVERIFY(!read(withChunks(gray8(), chunk("cHRM", values))).facts.colours.gama);
    const Outcome both = read(withChunks(gray8(), chunk("cHRM", values) + chunk("gAMA", bigEndian(100'000))));
    QVERIFY((*both.facts.colours.gama->chromaticities ==
             std::array<std::int32_t, 8>{1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000}));
    const Bytes p3{std::byte{12}, std::byte{13}, std::byte{0}, std::byte{1}};
    QVERIFY((read(withChunks(gray8(), chunk("cICP", p3))).facts.colours.cicp == Cicp{12, 13}));
    const Bytes narrow{std::byte{12}, std::byte{13}, std::byte{0}, std::byte{0}};
    const Outcome unclear = read(withChunks(gray8(), chunk("cICP", narrow)));
    QVERIFY(!unclear.facts.colours.cicp && unclear.warnings.has(PhotoWarning::ColoursUnspecified));
    const Outcome icc = read(withChunks(gray8(), iccp(profile(3000))));
    QVERIFY(icc.isWhole());
    QVERIFY(icc.facts.colours.profile->bytes == profile(3000));
    QVERIFY(icc.facts.colours.profile->hash == Sha256::of(profile(3000)));
    // Behind the pixels colours come too late.
    QVERIFY(!read(withChunksAtEnd(gray8(), chunk("sRGB", Bytes(1)))).facts.colours.saysSrgb);
}

void PngReaderTest::damagedColourChunksArePassedOver() {
    Bytes wrongCrc = iccp(profile(500));
    wrongCrc.back() ^= std::byte{1};
    Bytes stream = packed(profile(5000));
    stream.resize(20);
    const Bytes cutStream = chunk("iCCP", bytesOf(std::string_view("icc\0\0", 5)) + stream);
    for (const Bytes& bad : {wrongCrc, cutStream, chunk("iCCP", bytesOf("no end of the name")),
                             chunk("iCCP", bytesOf(std::string_view("icc\0\1", 5)) + packed(profile(500)))}) {
        const Outcome o = read(withChunks(gray8(), bad));
        QVERIFY(o.isWhole());
        QVERIFY(o.facts.colours.profileDamaged && !o.facts.colours.profile);
        QVERIFY(o.warnings.has(PhotoWarning::ProfileDamaged));
    }
    Bytes gamma = chunk("gAMA", bigEndian(45'455));
    gamma.back() ^= std::byte{1};
    const Outcome o = read(withChunks(gray8(), gamma));
    QVERIFY(o.isWhole() && !o.facts.colours.gama);
    QVERIFY(o.warnings.has(PhotoWarning::SlightlyDamaged));
}

void PngReaderTest::exifCountsBehindThePixelsAndInText() {
    QCOMPARE(read(withChunks(gray8(), chunk("eXIf", exifTurned()))).facts.photo.orientation, Orientation::Rotate90);
    QCOMPARE(read(withChunksAtEnd(gray8(), chunk("eXIf", exifTurned()))).facts.photo.orientation,
             Orientation::Rotate90);
    std::string text = "Raw profile type exif";
    text += '\0';
    const std::string hex =
        "\nexif\n      32\n457869660000"
        "4d4d002a0000000800010112000300000001\n0003000000000000\n";  // orientation 3, as ImageMagick writes it
    QCOMPARE(read(withChunks(gray8(), chunk("tEXt", bytesOf(text + hex)))).facts.photo.orientation,
             Orientation::Rotate180);
    const Bytes zipped = bytesOf(text + '\0') + packed(bytesOf(hex));
    QCOMPARE(read(withChunks(gray8(), chunk("zTXt", zipped))).facts.photo.orientation, Orientation::Rotate180);
    // Both: the chunk made for it counts.
    QCOMPARE(read(withChunks(gray8(), chunk("zTXt", zipped) + chunk("eXIf", exifTurned()))).facts.photo.orientation,
             Orientation::Rotate90);
    const Outcome bad = read(withChunks(gray8(), chunk("eXIf", bytesOf("nonsense"))));
    QVERIFY(bad.isWhole() && bad.warnings.has(PhotoWarning::ExifDamaged));
}

void PngReaderTest::profileBombsAreNotInflated() {
    const Outcome o = read(withChunks(gray8(), iccp(profile(20u << 20))));
    QVERIFY(o.isWhole());
    QVERIFY(!o.facts.colours.profile && o.facts.colours.profileDamaged);
    std::string text = "Raw profile type exif";
    text.append(2, '\0');
    const Bytes bomb = chunk("zTXt", bytesOf(text) + packed(Bytes(1u << 20, std::byte{'0'})));
    QVERIFY(read(withChunks(gray8(), bomb)).warnings.has(PhotoWarning::ExifDamaged));
}

void PngReaderTest::animationsGiveTheirStillPicture() {
    const Outcome o = read(withChunks(gray8(), chunk("acTL", bigEndian(5) + bigEndian(0))));
    QVERIFY(o.isWhole());
    QVERIFY(o.facts.photo.warnings.has(PhotoWarning::FirstFrameOnly));
    QVERIFY(o.picture == read(gray8()).picture);
}

void PngReaderTest::cutFilesGiveTheRowsBefore() {
    const Bytes whole = gray8(500, 400);
    const Picture all = read(whole).picture;
    const Outcome half = read(Bytes(whole.begin(), whole.begin() + static_cast<long>(whole.size() / 2)));
    QCOMPARE(half.reason, std::string("photo-truncated"));
    QVERIFY(half.rows > 150 && half.rows < 250);  // noise: half the bytes are about half the rows
    QVERIFY(std::equal(all.bytes.begin(), all.bytes.begin() + half.rows * 500, half.picture.bytes.begin()));
    const Outcome endless = read(Bytes(whole.begin(), whole.end() - 12));
    QVERIFY(endless.isWhole());
    QVERIFY(endless.warnings.has(PhotoWarning::EndMarkMissing));
    QCOMPARE(read(Bytes(whole.begin(), whole.begin() + 20)).reason, std::string("photo-truncated"));
    const Bytes woven = encode({90, 80, 8, PNG_COLOR_TYPE_RGB, Scan::Interlaced},
                               [](int x, int y, int c) { return noiseAt(x, y, c) & 255; });
    const Outcome cut = read(Bytes(woven.begin(), woven.end() - 100));
    QCOMPARE(cut.reason, std::string("photo-truncated"));
    QCOMPARE(cut.rows, 0);
}

void PngReaderTest::wrongDataIsDamage() {
    Bytes bytes = gray8(500, 400);
    bytes[bytes.size() - 30] ^= std::byte{0x55};  // inside the last IDAT: its CRC is wrong
    const Outcome o = read(bytes);
    QCOMPARE(o.reason, std::string("photo-damaged"));
    QVERIFY(o.rows > 350 && o.rows < 400);
    Bytes early = gray8();
    early[60] ^= std::byte{0x55};
    QCOMPARE(read(early).reason, std::string("photo-damaged"));
    Bytes head = gray8();
    head[24] = std::byte{3};  // a bit depth that does not exist
    QCOMPARE(read(head).reason, std::string("photo-damaged"));
}

void PngReaderTest::hugePicturesAreRefusedFromTheirHead() {
    const auto sized = [](std::uint32_t width, std::uint32_t height) {
        const Bytes png = gray8();
        const Bytes body = bigEndian(width) + bigEndian(height) + Bytes(png.begin() + 24, png.begin() + 29);
        return Bytes(png.begin(), png.begin() + 8) + chunk("IHDR", body) + Bytes(png.begin() + 33, png.end());
    };
    // Rows cost their width alone: it is read as far as it goes.
    const auto widest = openPng(memoryFile(sized(65'535, 65'535)), {});
    QVERIFY(widest.has_value());
    Picture rows = Picture::ofSize({65'535, 1}, (*widest)->facts().photo.pixels);
    QCOMPARE((*widest)->read(rows.strip()).error().reason, std::string("photo-damaged"));
    QCOMPARE(read(sized(70'000, 1)).reason, std::string("photo-too-large"));
    QCOMPARE(read(sized(0x7FFF'FFFF, 0x7FFF'FFFF)).reason, std::string("photo-too-large"));
    const auto interlaced = [](Bytes png) {  // IHDR's last byte, and its sum again
        const Bytes body(png.begin() + 16, png.begin() + 28);
        return Bytes(png.begin(), png.begin() + 8) + chunk("IHDR", body + Bytes{std::byte{1}}) +
               Bytes(png.begin() + 33, png.end());
    };
    QCOMPARE(read(sized(0, 4)).reason, std::string("photo-damaged"));
    Limits small;
    small.maxWholeFrameBytes = 1000;
    QVERIFY(read(gray8(), small).isWhole());  // a row at a time
    QCOMPARE(read(encode({40, 30, 8, PNG_COLOR_TYPE_GRAY, Scan::Interlaced}, noiseAt), small).reason,
             std::string("photo-memory"));
    Limits two;
    two.maxWholeFrameBytes = 2'000'000'000;
    const auto whole = openPng(memoryFile(interlaced(sized(50'000, 50'000))), two);
    QCOMPARE(whole.error().reason, std::string("photo-memory"));
    QCOMPARE(whole.error().message, std::string("This photo must be held in memory as a whole, which takes 2.5 GB; a "
                                                "photo may take 2.0 GB here. Save it as an ordinary JPEG, or a smaller "
                                                "copy."));
}

void PngReaderTest::oddFilesOfOthersOpen() {
    // Sizes, profile sizes and bit depths as exiftool 12.57 gives them.
    const Outcome adler = read(file("invalid-iCCP-missing-adler32-checksum.png"));
    QVERIFY(adler.isWhole());
    QCOMPARE(adler.facts.colours.profile->bytes.size(), std::size_t{3144});
    QVERIFY(adler.picture.size == (PixelSize{460, 60}));
    const Outcome method = read(file("unknown_compression_method.png"));
    QVERIFY(method.isWhole() && method.facts.colours.profileDamaged);
    // libpng drops a tRNS that comes before PLTE, and so do all that use it.
    const Outcome order = read(file("circle-trns-before-plte.png"));
    QVERIFY(order.isWhole() && order.warnings.has(PhotoWarning::SlightlyDamaged));
    QVERIFY(read(file("png_decompression_dos.png")).isWhole());
    QVERIFY(read(file("exif-deep-ifds.png")).isWhole());
    const Outcome deep = read(file("test16.png"));
    QVERIFY(deep.isWhole() && deep.facts.colours.saysSrgb && deep.facts.colours.cicp && deep.facts.colours.gama);
    QCOMPARE(deep.facts.photo.bitsPerSample, 16);
}

void PngReaderTest::stripsOfTheWrongShapeAreRefused() {
    const OpenedReader reader = openPng(memoryFile(gray8()), {});
    Picture wrong = Picture::ofSize({40, 4}, {Channels::Rgb, Depth::U8});
    QCOMPARE((*reader)->read(wrong.strip()).error().reason, std::string("strip-mismatch"));
    QVERIFY(readAll(openPng(memoryFile(gray8()), {}), 1).isWhole());
    QVERIFY(readAll(openPng(memoryFile(gray8()), {}), 1000).isWhole());
}

QTEST_GUILESS_MAIN(PngReaderTest)
#include "png_reader_test.moc"
