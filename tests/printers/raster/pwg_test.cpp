// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PWG raster against libcups: both ways the pixels are the same; hostile files are refused.
#include <cups/raster.h>
#include <fcntl.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <bit>
#include <cstring>

#include "printers/raster/pwg_reader.h"
#include "printers/raster/pwg_writer.h"

using namespace contone;
using namespace contone::printers;

namespace {

/// Noise, flat areas, repeated rows and every run length around the limits of 128 pixels and 256 rows.
image::Picture testPicture(image::PixelSize size, image::PixelFormat format) {
    auto picture = image::Picture::ofSize(size, format);
    std::uint32_t seed = 12345;
    const std::size_t pixel = format.bytesPerPixel();
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            std::byte* at =
                &picture.bytes[picture.stride() * static_cast<std::size_t>(y) + static_cast<std::size_t>(x) * pixel];
            const bool noisy = (y / 40) % 3 == 0 || (y < 300 && x % 300 > 128 + y % 7);
            for (std::size_t i = 0; i < pixel; ++i) {
                seed = seed * 1664525U + 1013904223U;
                at[i] = static_cast<std::byte>(
                    noisy ? seed >> 24 : static_cast<unsigned>(x / (1 + y % 5)) & (y / 40 % 3 == 1 ? 0xFFU : 0U));
            }
        }
    return picture;
}

Result<void> writeAs(RasterType type, const image::Picture& picture, const Path& path) {
    const auto sink = pwgFileSink(path, {type, "na_index-4x6_4x6in", "photographic-glossy"});
    CONTONE_CHECK(sink->begin({picture.size, picture.format, {300}, {300}, {}}));
    // Uneven strips: the format must not depend on them.
    for (int y = 0, rows = 1; y < picture.size.height; y += rows, rows = rows % 37 + 5) {
        rows = std::min(rows, picture.size.height - y);
        CONTONE_CHECK(sink->write({picture.bytes.data() + picture.stride() * static_cast<std::size_t>(y),
                                   picture.size.width, rows, picture.stride(), picture.format}));
    }
    return sink->finish();
}

constexpr std::array allTypes{RasterType::Sgray8, RasterType::Srgb8, RasterType::Rgb8, RasterType::AdobeRgb8,
                              RasterType::Srgb16, RasterType::Rgb16, RasterType::Cmyk8};

struct CupsFile {
    int fd;
    cups_raster_t* raster;
    CupsFile(const Path& path, cups_mode_t mode)
        : fd(mode == CUPS_RASTER_READ ? ::open(path.c_str(), O_RDONLY)
                                      : ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644)),
          raster(cupsRasterOpen(fd, mode)) {}
    ~CupsFile() {
        cupsRasterClose(raster);
        ::close(fd);
    }
};

}  // namespace

class PwgTest : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir m_dir;
    Path file(const char* name) const { return Path(m_dir.path().toStdString()) / name; }

    Bytes goodFile() const {
        const auto path = file("good.pwg");
        auto done = writeAs(RasterType::Srgb8, testPicture({60, 50}, formatOf(RasterType::Srgb8)), path);
        return done ? *readFile(path, 1 << 20) : Bytes{};
    }

  private slots:
    void libcupsReadsTheSamePixelsAndHeader() {
        for (const RasterType type : allTypes) {
            const auto picture = testPicture({701, 903}, formatOf(type));
            QVERIFY(writeAs(type, picture, file("a.pwg")));
            CupsFile cups(file("a.pwg"), CUPS_RASTER_READ);
            QVERIFY(cups.raster != nullptr);
            cups_page_header2_t header;
            QVERIFY(cupsRasterReadHeader2(cups.raster, &header) != 0);
            QCOMPARE(QByteArray(header.MediaClass), QByteArray("PwgRaster"));
            QCOMPARE(QByteArray(header.cupsPageSizeName), QByteArray("na_index-4x6_4x6in"));
            QCOMPARE(QByteArray(header.MediaType), QByteArray("photographic-glossy"));
            QCOMPARE(header.cupsWidth, 701U);
            QCOMPARE(header.cupsHeight, 903U);
            QCOMPARE(header.HWResolution[0], 300U);
            QCOMPARE(header.NumCopies, 1U);
            QCOMPARE(header.PageSize[0], 168U);  // 701 / 300 in × 72 = 168.24
            QCOMPARE(header.cupsInteger[CUPS_RASTER_PWG_TotalPageCount], 1U);
            QCOMPARE(header.cupsInteger[CUPS_RASTER_PWG_PrintQuality], 5U);
            QCOMPARE(header.cupsInteger[CUPS_RASTER_PWG_ImageBoxBottom], 903U);
            auto read = image::Picture::ofSize(picture.size, picture.format);
            QCOMPARE(std::size_t{header.cupsBytesPerLine}, read.stride());
            for (int y = 0; y < 903; ++y)
                QCOMPARE(cupsRasterReadPixels(
                             cups.raster,
                             reinterpret_cast<unsigned char*>(&read.bytes[read.stride() * static_cast<std::size_t>(y)]),
                             header.cupsBytesPerLine),
                         header.cupsBytesPerLine);
            QVERIFY2(read == picture, pwgName(type));
        }
    }

    void theHeaderIsTheOneThatLibcupsMakes() {
        // The oracle: cupsRasterInitPWGHeader. Fields it fills from its media table, and ours that it leaves open,
        // apart.
        for (const RasterType type : allTypes) {
            QVERIFY(writeAs(type, testPicture({1200, 1800}, formatOf(type)), file("h.pwg")));
            CupsFile cups(file("h.pwg"), CUPS_RASTER_READ);
            cups_page_header2_t ours, theirs;
            QVERIFY(cupsRasterReadHeader2(cups.raster, &ours) != 0);
            QVERIFY(cupsRasterInitPWGHeader(&theirs, pwgMediaForPWG("na_index-4x6_4x6in"), pwgName(type), 300, 300,
                                            "one-sided", "normal") != 0);
            QCOMPARE(ours.cupsWidth, theirs.cupsWidth);
            QCOMPARE(ours.cupsHeight, theirs.cupsHeight);
            QCOMPARE(ours.cupsBitsPerColor, theirs.cupsBitsPerColor);
            QCOMPARE(ours.cupsBitsPerPixel, theirs.cupsBitsPerPixel);
            QCOMPARE(ours.cupsBytesPerLine, theirs.cupsBytesPerLine);
            QCOMPARE(ours.cupsColorOrder, theirs.cupsColorOrder);
            QCOMPARE(ours.cupsColorSpace, theirs.cupsColorSpace);
            QCOMPARE(ours.cupsNumColors, theirs.cupsNumColors);
            QCOMPARE(ours.PageSize[0], theirs.PageSize[0]);
            QCOMPARE(ours.PageSize[1], theirs.PageSize[1]);
            QCOMPARE(ours.cupsInteger[1], theirs.cupsInteger[1]);
            QCOMPARE(ours.cupsInteger[2], theirs.cupsInteger[2]);
        }
    }

    void filesThatLibcupsWroteReadToTheSamePixels() {
        for (const RasterType type : allTypes) {
            const auto picture = testPicture({1200, 700}, formatOf(type));
            {
                CupsFile cups(file("b.pwg"), CUPS_RASTER_WRITE_PWG);
                cups_page_header2_t header;
                QVERIFY(cupsRasterInitPWGHeader(&header, pwgMediaForPWG("na_index-4x6_4x6in"), pwgName(type), 300, 300,
                                                "one-sided", "normal") != 0);
                header.cupsHeight = 700;
                QVERIFY(cupsRasterWriteHeader2(cups.raster, &header) != 0);
                auto copy = picture;  // libcups swaps 16-bit samples in the caller's buffer
                for (std::size_t y = 0; y < 700; ++y)
                    QVERIFY(cupsRasterWritePixels(cups.raster,
                                                  reinterpret_cast<unsigned char*>(&copy.bytes[copy.stride() * y]),
                                                  header.cupsBytesPerLine) != 0);
            }
            const auto pages = readPwg(file("b.pwg"));
            QVERIFY2(pages, pages ? "" : pages.error().detail.c_str());
            QCOMPARE(pages->size(), std::size_t{1});
            QCOMPARE(pages->front().type, type);
            QCOMPARE(pages->front().dpiX.value, 300);
            QVERIFY2(pages->front().picture == picture, pwgName(type));
        }
    }

    void ourReaderGetsBackWhatOurWriterWrote() {
        // 1 pixel, one row, 257 equal rows (the repeat count's limit), 128 and 129 pixels (the run's limits).
        for (const RasterType type : allTypes)
            for (const image::PixelSize size : {image::PixelSize{1, 1}, {128, 1}, {129, 3}, {2, 257}, {257, 600}}) {
                const auto picture = testPicture(size, formatOf(type));
                QVERIFY(writeAs(type, picture, file("c.pwg")));
                const auto pages = readPwg(file("c.pwg"));
                QVERIFY2(pages, pages ? "" : pages.error().detail.c_str());
                QVERIFY(pages->front().picture == picture);
                QCOMPARE(pages->front().mediaSizeName, std::string("na_index-4x6_4x6in"));
            }
    }

    void samePixelsGiveTheSameBytes() {
        QVERIFY(goodFile() == goodFile());
        QVERIFY(goodFile().size() > 1800);
    }

    void equalRowsAreStoredOnce() {
        const image::PixelFormat rgb = formatOf(RasterType::Rgb8);
        QVERIFY(writeAs(RasterType::Rgb8, image::Picture::ofSize({1200, 1800}, rgb), file("flat.pwg")));
        // Sync and header, then ceil(1800/256) = 8 groups of 1 repeat byte + ceil(1200/128) = 10 runs of 4 bytes.
        QCOMPARE(readFile(file("flat.pwg"), 1 << 20)->size(), std::size_t{4 + 1796 + 8 * (1 + 10 * 4)});
    }

    void everyTruncationIsRefused() {
        const Bytes good = goodFile();
        for (std::size_t n = 0; n < good.size(); ++n)
            QVERIFY2(!readPwg(std::span(good).first(n)), std::to_string(n).c_str());
        QVERIFY(readPwg(good));
    }

    void aHeaderThatLiesIsRefused() {
        struct Lie {
            std::size_t at;
            std::uint32_t value;
            const char* reason;
        };
        for (const Lie lie :
             {Lie{372, 0xFFFFFFFF, "pwg-corrupt"}, Lie{376, 0, "pwg-corrupt"}, Lie{376, 49, "pwg-corrupt"},
              Lie{376, 51, "pwg-corrupt"}, Lie{384, 16, "pwg-corrupt"}, Lie{388, 32, "pwg-corrupt"},
              Lie{392, 181, "pwg-corrupt"}, Lie{396, 1, "pwg-unsupported"}, Lie{400, 55, "pwg-unsupported"},
              Lie{420, 4, "pwg-corrupt"}, Lie{276, 0, "pwg-corrupt"}}) {
            Bytes bad = goodFile();
            for (std::size_t i = 0; i < 4; ++i) bad[4 + lie.at + i] = static_cast<std::byte>(lie.value >> (24 - 8 * i));
            const auto pages = readPwg(bad);
            QVERIFY2(!pages, std::to_string(lie.at).c_str());
            QCOMPARE(pages.error().reason, std::string(lie.reason));
        }
    }

    void aSmallFileCannotClaimGigabytes() {
        Bytes bad = goodFile();
        const auto put = [&](std::size_t at, std::uint32_t v) {
            for (std::size_t i = 0; i < 4; ++i) bad[4 + at + i] = static_cast<std::byte>(v >> (24 - 8 * i));
        };
        put(372, 900000), put(376, 900000), put(392, 2700000);
        const auto pages = readPwg(bad);
        QVERIFY(!pages);
        QCOMPARE(pages.error().detail, std::string("more pixels than allowed"));
    }

    void pixelsOfAnotherKindAreNotWritten() {
        const auto gray = testPicture({8, 8}, {image::Channels::Gray, image::Depth::U8});
        const auto done = writeAs(RasterType::Srgb8, gray, file("never.pwg"));
        QVERIFY(!done);
        QCOMPARE(done.error().reason, std::string("raster-format"));
        QVERIFY(!std::filesystem::exists(file("never.pwg")));
    }

    void anUnfinishedPageLeavesNoFile() {
        {
            const auto sink = pwgFileSink(file("half.pwg"), {RasterType::Rgb8, "", ""});
            QVERIFY(sink->begin({{4, 4}, formatOf(RasterType::Rgb8), {300}, {300}, {}}));
            QVERIFY(!sink->finish());
        }
        QVERIFY(!std::filesystem::exists(file("half.pwg")));
    }

    void deviceRgbIsPreferredAndAdobeRgbNeverChosen() {
        const image::PixelFormat rgb{image::Channels::Rgb, image::Depth::U8};
        QCOMPARE(chooseRasterType(rgb, {"sgray_8", "srgb_8", "rgb_8"}), RasterType::Rgb8);
        QCOMPARE(chooseRasterType(rgb, {"srgb_8", "adobe-rgb_8"}), RasterType::Srgb8);
        QVERIFY(!chooseRasterType(rgb, {"adobe-rgb_8", "rgb_16", "black_1"}));
        QCOMPARE(chooseRasterType({image::Channels::Rgb, image::Depth::U16}, {"rgb_8", "srgb_16"}), RasterType::Srgb16);
    }
};

QTEST_GUILESS_MAIN(PwgTest)
#include "pwg_test.moc"
