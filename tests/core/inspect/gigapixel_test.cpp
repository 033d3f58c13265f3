// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos of a thousand million pixels in the formats that come row by row: read to their end and rendered, in 64 MB of
// the child that decodes them.
#include <cstdio>

#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/image/file_sinks.h"
#include "core/inspect/inspect_photo.h"
#include "tests/core/decode/processes.h"
#include "tests/places.h"

using namespace contone;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMostKb = 20 * 65'536;  // they cost memory of their own
#else
constexpr long kMostKb = 65'536;
#endif
constexpr image::PixelSize kSize{40'000, 25'600};  // 1,024 million
constexpr int kBands = 8;

/// Gray, brighter from band to band: a row that came twice, or from elsewhere, would show.
int bandAt(int y) {
    return 20 + 30 * (y * kBands / kSize.height);
}
std::vector<std::uint8_t> rowOf(int y) {
    return std::vector<std::uint8_t>(static_cast<std::size_t>(kSize.width), static_cast<std::uint8_t>(bandAt(y)));
}

void writeJpeg(const Path& path) {
    FILE* file = std::fopen(path.c_str(), "wb");
    jpeg_error_mgr errors;
    jpeg_compress_struct cinfo;
    cinfo.err = jpeg_std_error(&errors);  // exits: the input is ours
    jpeg_create_compress(&cinfo);
    jpeg_stdio_dest(&cinfo, file);
    cinfo.image_width = kSize.width;
    cinfo.image_height = kSize.height;
    cinfo.input_components = 1;
    cinfo.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&cinfo);
    cinfo.dct_method = JDCT_IFAST;
    jpeg_start_compress(&cinfo, TRUE);
    for (int y = 0; y < kSize.height; ++y) {
        std::vector<std::uint8_t> row = rowOf(y);
        JSAMPROW at = row.data();
        jpeg_write_scanlines(&cinfo, &at, 1);
    }
    jpeg_finish_compress(&cinfo);
    jpeg_destroy_compress(&cinfo);
    std::fclose(file);
}

void writePng(const Path& path) {
    FILE* file = std::fopen(path.c_str(), "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_compression_level(png, 1);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_set_IHDR(png, info, kSize.width, kSize.height, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, 0, 0);
    png_write_info(png, info);
    for (int y = 0; y < kSize.height; ++y) png_write_row(png, rowOf(y).data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    std::fclose(file);
}

/// Compressed, in strips as most programs write them.
void writeTiff(const Path& path) {
    TIFF* tiff = TIFFOpen(path.c_str(), "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kSize.width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kSize.height);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    TIFFSetField(tiff, TIFFTAG_ZIPQUALITY, 1);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
    for (int y = 0; y < kSize.height; ++y) TIFFWriteScanline(tiff, rowOf(y).data(), static_cast<std::uint32_t>(y), 0);
    TIFFClose(tiff);
}

/// Without compression, all of it one strip, as high as a file may be long: a hole, black, but for its last rows.
constexpr int kHoleHeight = 24'900, kHoleEnd = 640;
void writeHole(const Path& path) {
    constexpr std::uint32_t at = 4096, bytes = std::uint32_t{kSize.width} * kHoleHeight;
    // Tag, type (3: 16 bits, 4: 32 bits), value (TIFF 6.0 section 2), the lowest byte first.
    constexpr std::array<std::array<std::uint32_t, 3>, 8> fields{{{256, 4, kSize.width},
                                                                  {257, 4, kHoleHeight},
                                                                  {258, 3, 8},
                                                                  {259, 3, 1},
                                                                  {262, 3, 1},
                                                                  {273, 4, at},
                                                                  {278, 4, kHoleHeight},
                                                                  {279, 4, bytes}}};
    std::string head("II*\0\x8\0\0\0\x8\0", 10);
    const auto put = [&](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) head += static_cast<char>(value >> (8 * i) & 255);
    };
    for (const auto& [tag, type, value] : fields) {
        put(tag, 2);
        put(type, 2);
        put(1, 4);
        put(value, 4);
    }
    put(0, 4);
    std::ofstream(path) << head;
    std::filesystem::resize_file(path, at + std::uint64_t{bytes} - std::uint64_t{kHoleEnd} * kSize.width);
    std::ofstream end(path, std::ios::app);
    const std::string row(kSize.width, '\xff');
    for (int y = 0; y < kHoleEnd; ++y) end << row;
}

/// The most that any child of this process held while it lives, kilobytes (VmHWM of proc(5): with the libraries'
/// pages).
class ChildMemory {
  public:
    ChildMemory() : m_watch([this] { watch(); }) {}
    ~ChildMemory() { stop(); }
    long stop() {
        m_isOver = true;
        if (m_watch.joinable()) m_watch.join();
        return m_most;
    }

  private:
    void watch() {
        for (; !m_isOver; std::this_thread::sleep_for(std::chrono::milliseconds(5)))
            for (const int pid : decode::test::descendants(::getpid())) {
                std::ifstream status("/proc/" + std::to_string(pid) + "/status");
                for (std::string line; std::getline(status, line);)
                    if (line.starts_with("VmHWM:")) m_most = std::max(m_most.load(), std::atol(line.c_str() + 6));
            }
    }
    std::atomic<long> m_most = 0;
    std::atomic<bool> m_isOver = false;
    std::thread m_watch;
};

/// All of the photo, small.
Result<image::Picture> rendered(decode::Decoder& decoder, const Path& file, const image::PhotoFacts& facts) {
    const icc::Profile output = icc::Profile::srgb();
    render::Recipe recipe;
    recipe.photos.push_back(
        {Sha256::of("giant"), facts.uprightSize(), facts.orientation, facts.colour.profile, facts.colour.basis});
    recipe.raster = {1000, facts.storedSize.height / 40};
    recipe.frames.push_back({0, {}, {0, 0, recipe.raster.width, recipe.raster.height}, image::Orientation::Upright});
    recipe.outputProfile = output.hash();
    recipe.dither = false;
    image::PictureSink sink;
    const auto page = renderPage(recipe, inspect::ingredientsFrom(decoder, {file}, output, nullptr), sink);
    if (!page) return std::unexpected(page.error());
    return sink.picture();
}

}  // namespace

class GigapixelTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aPhotoThatComesRowByRowCostsItsWidth_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("height");
        QTest::newRow("JPEG") << 0 << kSize.height;
        QTest::newRow("PNG") << 1 << kSize.height;
        QTest::newRow("TIFF") << 2 << kSize.height;
        QTest::newRow("TIFF of one strip") << 3 << kHoleHeight;
    }
    void aPhotoThatComesRowByRowCostsItsWidth() {
        QFETCH(const int, format);
        QFETCH(const int, height);
        QTemporaryDir folder;
        const Path path = Path(folder.path().toStdString()) / "giant";
        constexpr void (*writers[])(const Path&) = {writeJpeg, writePng, writeTiff, writeHole};
        writers[format](path);
        decode::Decoder decoder({.programs = tests::programFolder});
        QElapsedTimer timer;
        timer.start();
        ChildMemory memory;
        const auto source = decoder.open(path);
        QVERIFY2(source, source ? "" : source.error().detail.c_str());
        const image::PhotoFacts facts = (*source)->facts();
        QCOMPARE(facts.storedSize, (image::PixelSize{kSize.width, height}));
        const auto read = inspect::readToTheEnd(**source);
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        const qint64 readIn = timer.restart();
        const auto page = rendered(decoder, path, facts);
        QVERIFY2(page, page ? "" : page.error().detail.c_str());
        const long most = memory.stop();
        qInfo("%s: read in %lld ms, rendered in %lld ms, %ld KB in the child", QTest::currentDataTag(), readIn,
              timer.elapsed(), most);
        QVERIFY2(most < kMostKb, qPrintable(QString::number(most)));
        for (int band = 0; band < kBands; ++band) {
            const bool isLast = band == kBands - 1, isHole = height == kHoleHeight;
            const int y = isLast ? page->size.height - 2 : (2 * band + 1) * page->size.height / (2 * kBands);
            const int wanted = isHole ? (isLast ? 255 : 0) : bandAt(y * 40 + 20);
            for (const int x : {1, 500, 998})
                QVERIFY(std::abs(page->strip().row<std::uint8_t>(y)[x * 3] - wanted) <= 2);
        }
    }
};

QTEST_GUILESS_MAIN(GigapixelTest)
#include "gigapixel_test.moc"
