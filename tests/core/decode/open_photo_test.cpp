// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The door for customers' bytes: what comes in, what is refused and in which words; and thumbnails.
#include "core/decode/open_photo.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <string_view>

using namespace contone;
using namespace contone::decode;
using namespace std::string_view_literals;

namespace {

const Path kPhotos = Path(CONTONE_SOURCE_DIR) / "tests/data/photos";

Result<std::unique_ptr<image::PhotoSource>> openBytes(std::string_view bytes) {
    FileDescriptor fd(::memfd_create("photo", MFD_CLOEXEC));
    if (!writeAll(fd.get(), std::as_bytes(std::span(bytes.data(), bytes.size())), "memory")) std::abort();
    return openPhoto(std::move(fd));
}

std::array<int, 3> colourAt(const image::Picture& picture, int x, int y) {
    const auto* p = picture.strip().row<std::uint8_t>(y) + x * 3;
    return {p[0], p[1], p[2]};
}

}  // namespace

class OpenPhotoTest : public QObject {
    Q_OBJECT
  private slots:
    void aJpegOpensWhateverItIsCalled() {
        QTemporaryDir folder;
        const Path odd = Path(folder.path().toStdString()) / "photo.heic";
        std::filesystem::copy_file(kPhotos / "hopper.jpg", odd);
        const auto source = openPhoto(odd);
        QVERIFY(source.has_value());
        QVERIFY((*source)->facts().storedSize == (image::PixelSize{128, 128}));
    }
    void formatsThatAreNotReadAreNamed() {
        const std::pair<std::string_view, const char*> files[] = {
            {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"sv, "This is a PNG picture; this version prints JPEG only."},
            {"\0\0\0\x24"
             "ftypheic\0\0\0\0mif1heic"sv,
             "This is a HEIC photo; this version prints JPEG only."},
            {"\0\0\0\x20"
             "ftypavif\0\0\0\0"sv,
             "This is an AVIF photo; this version prints JPEG only."},
            {"RIFF\x10\0\0\0WEBPVP8 "sv, "This is a WebP picture; this version prints JPEG only."},
            {"II*\0\x10\0\0\0CR\x02\0"sv, "This is a Canon raw photo (CR2); this version prints JPEG only."},
            {"II*\0\x08\0\0\0\0\0\0\0"sv,
             "This is a TIFF picture or a camera's raw photo; this version prints JPEG only."},
            {"MM\0*\0\0\0\x08"sv, "This is a TIFF picture or a camera's raw photo; this version prints JPEG only."},
            {"8BPS\0\x01"sv, "This is a Photoshop document; this version prints JPEG only."},
            {"GIF89a"sv, "This is a GIF picture; this version prints JPEG only."},
            {"\0\0\0\x18"
             "ftypmp42"sv,
             "This is a video; this version prints JPEG only."},
            {"hello"sv, "This is not a photo of a kind that we know. This version prints JPEG only."},
            {"\xff"sv, "This is not a photo of a kind that we know. This version prints JPEG only."}};
        for (const auto& [bytes, words] : files) {
            const auto source = openBytes(bytes);
            QVERIFY(!source);
            QVERIFY(source.error().code == Code::Unsupported);
            QCOMPARE(source.error().reason, std::string("photo-format"));
            QCOMPARE(source.error().message, std::string(words));
        }
    }
    void anEmptyFileIsCalledEmpty() { QCOMPARE(openBytes("").error().reason, std::string("photo-empty")); }
    void aHeadOfTwoBytesIsIncomplete() {
        QCOMPARE(openBytes("\xff\xd8"sv).error().reason, std::string("photo-truncated"));
    }
    void foldersPipesAndMissingFilesAreRefused() {
        QTemporaryDir folder;
        const Path here(folder.path().toStdString());
        QCOMPARE(openPhoto(here).error().reason, std::string("file-is-folder"));
        QCOMPARE(openPhoto(here / "none.jpg").error().reason, std::string("file-missing"));
        QCOMPARE(openPhoto(Path("/dev/zero")).error().reason, std::string("not-a-file"));
    }
    void aFileAboveTheLimitIsRefused() {
        image::Limits limits;
        limits.maxFileBytes = 6000;  // hopper.jpg has 6,412
        QCOMPARE(openPhoto(kPhotos / "hopper.jpg", limits).error().reason, std::string("photo-too-large"));
    }
    void thePhotoMayBeDeletedWhileItIsOpen() {
        QTemporaryDir folder;
        const Path path = Path(folder.path().toStdString()) / "a.jpg";
        std::filesystem::copy_file(kPhotos / "hopper.jpg", path);
        auto source = openPhoto(path);
        QVERIFY(source.has_value());
        std::filesystem::remove(path);
        image::Picture rows = image::Picture::ofSize({128, 128}, (*source)->facts().pixels);
        QCOMPARE(*(*source)->read(rows.strip()), 128);
    }
    void aPhotoThatShrinksWhileItIsReadIsIncomplete() {
        FileDescriptor fd(::memfd_create("photo", MFD_CLOEXEC));
        const Bytes bytes = *readFile(kPhotos / "Canon_EOS_7D.jpg", 1'000'000);  // 348 KB: more than one chunk
        QVERIFY(writeAll(fd.get(), bytes, "memory"));
        const int same = ::dup(fd.get());
        auto source = openPhoto(std::move(fd));
        image::Picture rows = image::Picture::ofSize({600, 16}, (*source)->facts().pixels);
        QCOMPARE(*(*source)->read(rows.strip()), 16);
        QCOMPARE(::ftruncate(same, 100'000), 0);
        ::close(same);
        Result<int> got = 1;
        while (got && *got > 0) got = (*source)->read(rows.strip());
        QCOMPARE(got.error().reason, std::string("photo-truncated"));
        QVERIFY(!(*source)->read(rows.strip()));  // and no more rows after that
    }
    void aThumbnailIsUprightAndFits() {
        for (int o = 1; o <= 8; ++o) {
            const auto small = thumbnail(kPhotos / ("Landscape_" + std::to_string(o) + ".jpg"), 100);
            QVERIFY(small.has_value());
            QVERIFY(small->size == (image::PixelSize{100, 68}));  // 328 x 224 is 100 x 68.3
            QVERIFY(small->format == (image::PixelFormat{image::Channels::Rgb, image::Depth::U8}));
        }
    }
    void aThumbnailIsTheMeanOfTheArea() {
        // The DCT's eighth is the mean of each block, so thumbnails by different ways agree.
        const auto byEighth = thumbnail(kPhotos / "HP_PhotoSmart_735.jpg", 80),
                   byBox = thumbnail(kPhotos / "HP_PhotoSmart_735.jpg", 640);
        QVERIFY(byEighth && byBox);
        QVERIFY(byBox->size == (image::PixelSize{640, 480}));
        double sum = 0;
        for (int y = 0; y < 60; ++y)
            for (int x = 0; x < 80; ++x) {
                std::array<int, 3> mean{};
                for (int i = 0; i < 64; ++i)
                    for (std::size_t c = 0; c < 3; ++c) mean[c] += colourAt(*byBox, x * 8 + i % 8, y * 8 + i / 8)[c];
                for (std::size_t c = 0; c < 3; ++c) sum += std::abs(mean[c] / 64.0 - colourAt(*byEighth, x, y)[c]);
            }
        QVERIFY2(sum / (80 * 60 * 3) < 1.5, qPrintable(QString::number(sum / (80 * 60 * 3))));
    }
    void thumbnailsNeverEnlarge() {
        QVERIFY(thumbnail(kPhotos / "hopper.jpg", 1000)->size == (image::PixelSize{128, 128}));
        QVERIFY(thumbnail(kPhotos / "orientation_rectangle.jpg", 160)->size == (image::PixelSize{1, 2}));
        QCOMPARE(thumbnail(kPhotos / "hopper.jpg", 0).error().reason, std::string("bad-size"));
    }
    void whiteCmykPaperIsWhiteInTheList() {
        // The corner of this CMYK photo has little ink; upside down it would be nearly black.
        const auto small = thumbnail(kPhotos / "YCbCrK.jpg", 52);
        QVERIFY(small.has_value());
        QVERIFY(colourAt(*small, 0, 0)[0] > 128);
    }
};

QTEST_APPLESS_MAIN(OpenPhotoTest)
#include "open_photo_test.moc"
