// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Pages written by the encoders and read back by the libraries themselves.
#include <cstdio>  // jpeglib.h needs FILE

#include <jpeglib.h>
#include <png.h>
#include <sys/resource.h>
#include <tiffio.h>

#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "core/image/file_sinks.h"
#include "tests/core/image/read_png.h"
#include "tests/core/image/sample_pages.h"

using namespace contone;
using namespace contone::image;

namespace {

constexpr PixelSize kSize{101, 67};  // odd sizes: nothing is a multiple of a strip or a block
constexpr PixelFormat kGray8{Channels::Gray, Depth::U8}, kGray16{Channels::Gray, Depth::U16},
    kRgb8{Channels::Rgb, Depth::U8}, kRgb16{Channels::Rgb, Depth::U16}, kCmyk8{Channels::Cmyk, Depth::U8},
    kCmyk16{Channels::Cmyk, Depth::U16};

struct ReadBack {
    Picture picture;
    Bytes profile;
    double dpi = 0;
    bool hasAdobeMarker = false;
};

ReadBack readTiff(const Path& path) {
    const std::unique_ptr<TIFF, void (*)(TIFF*)> tiff(TIFFOpen(path.c_str(), "r"), TIFFClose);
    std::uint32_t width = 0, height = 0, size = 0;
    std::uint16_t bits = 0, samples = 0;
    float dpi = 0;
    void* profile = nullptr;
    TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetField(tiff.get(), TIFFTAG_XRESOLUTION, &dpi);
    ReadBack result{Picture::ofSize({static_cast<int>(width), static_cast<int>(height)},
                                    {static_cast<Channels>(samples), bits == 16 ? Depth::U16 : Depth::U8})};
    result.dpi = dpi;
    if (TIFFGetField(tiff.get(), TIFFTAG_ICCPROFILE, &size, &profile))
        result.profile.assign(static_cast<std::byte*>(profile), static_cast<std::byte*>(profile) + size);
    for (std::uint32_t y = 0; y < height; ++y)
        TIFFReadScanline(tiff.get(), result.picture.strip().row<std::byte>(static_cast<int>(y)), y, 0);
    return result;
}

// Errors end the test program: jpeg_std_error() exits. Files here are sound.
ReadBack readJpeg(const Path& path) {
    const Bytes bytes = *readFile(path, 100'000'000);
    jpeg_error_mgr errors;
    jpeg_decompress_struct cinfo;
    cinfo.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&cinfo);
    jpeg_mem_src(&cinfo, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_save_markers(&cinfo, JPEG_APP0 + 2, 0xFFFF);
    jpeg_read_header(&cinfo, TRUE);
    ReadBack result;
    JOCTET* profile = nullptr;
    unsigned size = 0;
    if (jpeg_read_icc_profile(&cinfo, &profile, &size))
        result.profile.assign(reinterpret_cast<std::byte*>(profile), reinterpret_cast<std::byte*>(profile) + size);
    std::free(profile);
    result.dpi = cinfo.density_unit == 1 ? cinfo.X_density : 0;
    result.hasAdobeMarker = cinfo.saw_Adobe_marker != 0;
    jpeg_start_decompress(&cinfo);
    result.picture = Picture::ofSize({static_cast<int>(cinfo.output_width), static_cast<int>(cinfo.output_height)},
                                     {static_cast<Channels>(cinfo.output_components), Depth::U8});
    while (cinfo.output_scanline < cinfo.output_height) {
        auto* row = result.picture.strip().row<JSAMPLE>(static_cast<int>(cinfo.output_scanline));
        jpeg_read_scanlines(&cinfo, &row, 1);
    }
    jpeg_finish_decompress(&cinfo);
    jpeg_destroy_decompress(&cinfo);
    return result;
}

// The profile and the resolution of a PNG, by the library's simple calls.
ReadBack readPngFacts(const Path& path) {
    const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file.get());
    png_read_info(png, info);
    ReadBack result;
    result.dpi = png_get_x_pixels_per_meter(png, info) * 0.0254;
    char* name = nullptr;
    int compression = 0;
    png_bytep profile = nullptr;
    png_uint_32 size = 0;
    if (png_get_iCCP(png, info, &name, &compression, &profile, &size))
        result.profile.assign(reinterpret_cast<std::byte*>(profile), reinterpret_cast<std::byte*>(profile) + size);
    png_destroy_read_struct(&png, &info, nullptr);
    return result;
}

int largestDifference(const Picture& a, const Picture& b) {
    if (a.size != b.size || a.format != b.format) return 256;
    int most = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i)
        most = std::max(most, std::abs(std::to_integer<int>(a.bytes[i]) - std::to_integer<int>(b.bytes[i])));
    return most;
}

/// Files may not grow above `bytes` while this lives: writes fail as on a full disk.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit low{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &low);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit m_before{};
};

std::vector<std::unique_ptr<StripSink>> sinksFor(const Path& path) {
    std::vector<std::unique_ptr<StripSink>> sinks;
    sinks.push_back(pngFileSink(path));
    sinks.push_back(tiffFileSink(path));
    sinks.push_back(jpegFileSink(path, 95));
    return sinks;
}

}  // namespace

class SinksTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    Path file(const char* name) const { return Path(m_folder.path().toStdString()) / name; }
    qsizetype filesInFolder() const {
        return QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size();
    }

  private slots:
    void init() {
        for (const QString& name : QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden))
            QDir(m_folder.path()).remove(name);
    }
    void aPngKeepsEveryPixelTheProfileAndTheResolution() {
        for (const PixelFormat format : {kGray8, kGray16, kRgb8, kRgb16}) {
            const Picture page = noise(kSize, format);
            const Bytes profile = profileLike(3000, format.channels == Channels::Gray ? "GRAY" : "RGB ");
            QVERIFY(writePage(*pngFileSink(file("a.png")), page, profile, Dpi{334}));
            QVERIFY(*testing::readPng(file("a.png")) == page);
            const ReadBack back = readPngFacts(file("a.png"));
            QVERIFY(back.profile == profile);
            QVERIFY(std::abs(back.dpi - 334) < 0.02);  // whole dots per metre: half of one is 0.0127 dpi
        }
    }
    void aTiffKeepsEveryPixelTheProfileAndTheResolution() {
        for (const PixelFormat format : {kGray8, kGray16, kRgb8, kRgb16, kCmyk8, kCmyk16}) {
            const Picture page = noise(kSize, format);
            const Bytes profile = profileLike(100'000);
            QVERIFY(writePage(*tiffFileSink(file("a.tif")), page, profile, Dpi{300}));
            const ReadBack back = readTiff(file("a.tif"));
            QVERIFY(back.picture == page);
            QVERIFY(back.profile == profile);
            QCOMPARE(back.dpi, 300.0);
        }
    }
    void aJpegKeepsTheColoursTheProfileAndTheResolution() {
        for (const Channels channels : {Channels::Gray, Channels::Rgb}) {
            const Picture page = ramps(kSize, channels);
            const Bytes profile = profileLike(150'000);  // three APP2 segments
            QVERIFY(writePage(*jpegFileSink(file("a.jpg"), 100), page, profile, Dpi{300}));
            const ReadBack back = readJpeg(file("a.jpg"));
            // Quality 100: the DCT is rounded to steps of 1; three rounded channels make each of R, G and B.
            QVERIFY(largestDifference(back.picture, page) <= (channels == Channels::Gray ? 2 : 4));
            QVERIFY(back.profile == profile);
            QCOMPARE(back.dpi, 300.0);
        }
    }
    void aCmykJpegIsStoredUpsideDownAsPhotoshopDoes() {
        const Picture page = ramps(kSize, Channels::Cmyk);
        QVERIFY(writePage(*jpegFileSink(file("a.jpg"), 100), page, profileLike(500, "CMYK")));
        ReadBack back = readJpeg(file("a.jpg"));
        QVERIFY(back.hasAdobeMarker);
        QCOMPARE(back.dpi, 300.0);
        for (std::byte& b : back.picture.bytes) b = ~b;
        QVERIFY(largestDifference(back.picture, page) <= 2);
    }
    void whatAFormatCannotHoldIsRefusedWithAReason() {
        QCOMPARE(writePage(*jpegFileSink(file("a.jpg"), 95), noise(kSize, kRgb16)).error().reason,
                 std::string("jpeg-8-bit-only"));
        QCOMPARE(writePage(*jpegFileSink(file("a.jpg"), 0), noise(kSize, kRgb8)).error().reason,
                 std::string("bad-quality"));
        QCOMPARE(writePage(*jpegFileSink(file("a.jpg"), 95), noise({65501, 1}, kGray8)).error().reason,
                 std::string("jpeg-too-large"));
        QCOMPARE(writePage(*pngFileSink(file("a.png")), noise(kSize, kCmyk8)).error().reason,
                 std::string("png-no-cmyk"));
        QCOMPARE(writePage(*pngFileSink(file("a.png")), noise(kSize, kGray8), profileLike(500, "RGB ")).error().reason,
                 std::string("png-profile"));
        QCOMPARE(filesInFolder(), 0);
    }
    void samePixelsGiveTheSameFile() {
        const Picture page = ramps(kSize, Channels::Rgb);
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(writePage(*sinksFor(file("a"))[i], page, profileLike(500)));
            QVERIFY(writePage(*sinksFor(file("b"))[i], page, profileLike(500)));
            QVERIFY(*readFile(file("a"), 1 << 20) == *readFile(file("b"), 1 << 20));
        }
    }
    void aWriteThatFailsLeavesNothingNew() {
        const Picture page = noise({640, 480}, kRgb8);  // 900 KB that hardly compress
        for (std::size_t i = 0; i < 3; ++i) {
            const FileSizeLimit limit(64 << 10);
            QVERIFY(!writePage(*sinksFor(file("page"))[i], page));
            QCOMPARE(filesInFolder(), 0);
        }
    }
    void aWriteThatFailsLeavesTheOldFileAlone() {
        QVERIFY(writeFileDurably(file("page"), "the old page"));
        for (std::size_t i = 0; i < 3; ++i) {
            const FileSizeLimit limit(64 << 10);
            QVERIFY(!writePage(*sinksFor(file("page"))[i], noise({640, 480}, kRgb8)));
            QCOMPARE(*readTextFile(file("page"), 100), std::string("the old page"));
            QCOMPARE(filesInFolder(), 1);
        }
    }
    void aPageThatIsNeverFinishedLeavesNothing() {
        for (std::size_t i = 0; i < 3; ++i) {
            auto sink = std::move(sinksFor(file("page"))[i]);
            const Picture page = noise(kSize, kRgb8);
            QVERIFY(sink->begin({page.size, page.format}));
            QVERIFY(sink->write(page.strip()));
            sink.reset();
            QCOMPARE(filesInFolder(), 0);
        }
    }
    void missingOrTooManyRowsAreAnErrorAndLeaveNothing() {
        for (std::size_t i = 0; i < 3; ++i) {
            const Picture page = noise(kSize, kRgb8);
            const PageHeader tall{{kSize.width, kSize.height + 1}, kRgb8}, flat{{kSize.width, kSize.height - 1}, kRgb8};
            auto few = std::move(sinksFor(file("page"))[i]);
            QVERIFY(few->begin(tall) && few->write(page.strip()));
            QCOMPARE(few->finish().error().reason, std::string("page-incomplete"));
            auto many = std::move(sinksFor(file("page"))[i]);
            QVERIFY(many->begin(flat));
            QCOMPARE(many->write(page.strip()).error().reason, std::string("strip-mismatch"));
            QCOMPARE(filesInFolder(), 0);
        }
    }
    void aFolderThatIsNotThereIsNamed() {
        QCOMPARE(writePage(*pngFileSink(file("none") / "a.png"), noise(kSize, kRgb8)).error().reason,
                 std::string("folder-missing"));
    }
    void aPictureSinkKeepsThePage() {
        PictureSink sink;
        const Picture page = noise(kSize, kRgb16);
        QVERIFY(writePage(sink, page));
        QVERIFY(sink.picture() == page);
        QVERIFY(sink.header().size == kSize);
    }
    void theRasterHashIsOfShapeAndRows() {
        // Two gray pixels 1, 2: the documented text, then what xxh128sum says of each row, hashed by sha256sum.
        Picture page = Picture::ofSize({2, 1}, kGray8);
        page.bytes = {std::byte{1}, std::byte{2}};
        QCOMPARE(rasterHash(page).toString(),
                 std::string("b045f5977a4d9b0e4aa5d033856d49b6be241cc793c6480851f864f03486f46e"));
        page.size = {1, 2};
        QCOMPARE(rasterHash(page).toString(),
                 std::string("c06f0c6c50933d363464300fe3f17fcc5b8d9981a428da4be74efc5e0ffc6a6b"));
    }
    void theRasterHashDoesNotDependOnTheStrips() {
        const Picture page = noise(kSize, kRgb16);
        for (const int rows : {1, 2, 7}) {
            PictureSink kept;
            HashingSink sink(kept);
            QVERIFY(sink.begin({page.size, page.format}));
            for (int y = 0; y < page.size.height; y += rows) {
                StripView strip = page.strip();
                strip.data += strip.stride * static_cast<std::size_t>(y);
                strip.rows = std::min(rows, page.size.height - y);
                QVERIFY(sink.write(strip));
            }
            QVERIFY(sink.finish());
            QVERIFY(sink.hash() == rasterHash(page));
        }
    }
    void everyBitChangesTheRasterHash() {
        Picture page = noise({9, 5}, kRgb8);
        const Sha256 before = rasterHash(page);
        for (std::size_t bit = 0; bit < page.bytes.size() * 8; bit++) {
            page.bytes[bit / 8] ^= std::byte{1} << (bit % 8);
            QVERIFY(rasterHash(page) != before);
            page.bytes[bit / 8] ^= std::byte{1} << (bit % 8);
        }
    }
    void aHashingSinkHashesWhatItPassesOn() {
        for (const PixelFormat format : {kRgb8, kRgb16}) {
            PictureSink kept;
            HashingSink sink(kept);
            const Picture page = noise(kSize, format);
            QVERIFY(writePage(sink, page));
            QVERIFY(kept.picture() == page);
            QVERIFY(sink.hash() == rasterHash(page));
        }
    }
    void aDamagedPngIsRefused() {
        QVERIFY(writePage(*pngFileSink(file("a.png")), noise(kSize, kRgb8)));
        Bytes bytes = *readFile(file("a.png"), 1 << 20);
        bytes.resize(bytes.size() / 2);
        QVERIFY(writeFileDurably(file("a.png"), bytes));
        QCOMPARE(testing::readPng(file("a.png")).error().reason, std::string("png-damaged"));
        QVERIFY(writeFileDurably(file("a.png"), "not a picture"));
        QCOMPARE(testing::readPng(file("a.png")).error().reason, std::string("png-damaged"));
    }
};

QTEST_APPLESS_MAIN(SinksTest)
#include "sinks_test.moc"
