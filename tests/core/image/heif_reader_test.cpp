// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// HEIC and AVIF: what phones and encoders wrote, what is made here, and what is broken.
#include <dlfcn.h>
#include <libheif/heif.h>
#include <pthread.h>

#include <QTest>
#include <atomic>
#include <random>

#include "core/image/codecs/heif_reader.h"
#include "tests/core/image/reader_samples.h"
#include "tests/places.h"

namespace {
std::atomic<int> threadsStarted{0};
}

// Stands before the C library's, for libheif and its codecs too: the sandbox has no threads to give.
extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*), void* user) {
    ++threadsStarted;
    using Function = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
    static const auto next = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "pthread_create"));
    return next(thread, attributes, start, user);
}

namespace contone::image {
namespace {

Bytes sample(const char* name) {
    auto bytes = readFile(Path(contone::tests::sourceFolder) / "tests/data/heif" / name, 10'000'000);
    if (!bytes) qFatal("%s is missing", name);
    return *bytes;
}

Outcome open(const Bytes& bytes, const Limits& limits = {}) {
    return readAll(openHeif(memoryFile(bytes), {}, limits));
}

double meanDifference(const Picture& a, const Picture& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i)
        sum += std::abs(std::to_integer<int>(a.bytes[i]) - std::to_integer<int>(b.bytes[i]));
    return sum / static_cast<double>(a.bytes.size());
}

/// A horizontal ramp 0…255 of gray, with a thumbnail when `thumbnail` is not 0, coded without loss by libheif's AV1.
Bytes grayRamp(int width, int height, int thumbnail, const std::string& profile, const Bytes& exif = {}) {
    heif_context* context = heif_context_alloc();
    heif_image* image = nullptr;
    heif_image_create(width, height, heif_colorspace_monochrome, heif_chroma_monochrome, &image);
    heif_image_add_plane(image, heif_channel_Y, width, height, 8);
    int stride = 0;
    std::uint8_t* plane = heif_image_get_plane(image, heif_channel_Y, &stride);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) plane[y * stride + x] = static_cast<std::uint8_t>(x * 255 / (width - 1));
    if (!profile.empty()) heif_image_set_raw_color_profile(image, "prof", profile.data(), profile.size());
    heif_encoder* encoder = nullptr;
    heif_context_get_encoder_for_format(context, heif_compression_AV1, &encoder);
    heif_encoder_set_lossless(encoder, 1);
    heif_image_handle* handle = nullptr;
    heif_context_encode_image(context, image, encoder, nullptr, &handle);
    if (thumbnail > 0) {
        heif_image_handle* small = nullptr;
        heif_context_encode_thumbnail(context, image, handle, encoder, nullptr, thumbnail, &small);
        heif_image_handle_release(small);
    }
    if (!exif.empty()) heif_context_add_exif_metadata(context, handle, exif.data(), static_cast<int>(exif.size()));
    Bytes bytes;
    heif_writer writer{1, [](heif_context*, const void* data, std::size_t size, void* user) {
                           const auto* from = static_cast<const std::byte*>(data);
                           static_cast<Bytes*>(user)->assign(from, from + size);
                           return heif_error{heif_error_Ok, heif_suberror_Unspecified, "ok"};
                       }};
    heif_context_write(context, &writer, &bytes);
    heif_image_handle_release(handle);
    heif_encoder_release(encoder);
    heif_image_release(image);
    heif_context_free(context);
    return bytes;
}

/// The EXIF block of a camera's photo of 4:3 (without "Exif\\0\\0"); its first segment is APP1, little-endian.
Bytes cameraExif(int orientation) {
    const Bytes jpeg =
        readFile(Path(contone::tests::sourceFolder) / "tests/data/photos/Olympus_PEN_E-P3.jpg", 10'000'000).value();
    const int size = std::to_integer<int>(jpeg[4]) << 8 | std::to_integer<int>(jpeg[5]);
    Bytes tiff(jpeg.begin() + 12, jpeg.begin() + 4 + size);
    constexpr std::string_view entry("\x12\1\3\0\1\0\0\0", 8);
    const auto at = std::search(tiff.begin(), tiff.end(), entry.begin(), entry.end(),
                                [](std::byte b, char c) { return b == static_cast<std::byte>(c); });
    if (at == tiff.end()) qFatal("no orientation");
    *(at + 8) = static_cast<std::byte>(orientation);
    return tiff;
}

/// The head of a gray profile, which is all that a codec looks at.
std::string grayProfileHead() {
    std::string head(128, '\0');
    head.replace(16, 4, "GRAY");
    return head;
}

class HeifReaderTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aPhonesPhotoBringsItsProfileCameraAndDate() {
        const Outcome photo = open(sample("IMG_7702_small.heic"));
        QVERIFY(photo.isWhole());
        const PhotoFacts& facts = photo.facts.photo;
        QCOMPARE(facts.format, PhotoFormat::Heic);
        QVERIFY(facts.storedSize == (PixelSize{512, 300}));
        QCOMPARE(facts.orientation, Orientation::Upright);
        QCOMPARE(facts.camera, std::string("Apple iPhone 7"));
        QCOMPARE(facts.takenAt, std::string("2019:01:21 16:10:54"));
        QVERIFY(photo.facts.colours.profile.has_value());  // hash: exiftool -b -icc_profile | sha256sum
        QCOMPARE(photo.facts.colours.profile->hash.toString(),
                 std::string("e468e89239fc0493d5e8fb9b014e91b210c6caa73c81edf04c3d21a734f377cc"));
        QVERIFY(photo.warnings.empty());
    }

    void turnedAndMirroredPicturesComeUprightOnce() {
        const Outcome straight = open(sample("rot0mir0.avif"));
        QVERIFY(straight.isWhole());
        for (const char* name : {"rot1mir0.avif", "rot2mir1.avif", "rot3mir1.avif"}) {
            const Outcome turned = open(sample(name));
            QVERIFY2(turned.isWhole(), name);
            QVERIFY(turned.facts.photo.storedSize == (PixelSize{640, 427}));
            QCOMPARE(turned.facts.photo.orientation, Orientation::Upright);
            // The same grass coded anew, and other digits on it.
            const double off = meanDifference(turned.picture, straight.picture);
            QVERIFY2(off < 10, qPrintable(QString("%1: %2").arg(name).arg(off)));
            Picture wrong = upright(turned.picture, Orientation::Rotate180);
            QVERIFY(meanDifference(wrong, straight.picture) > 3 * off);
        }
    }

    void tenBitsBecomeSixteenAndHdrIsSaid() {
        const Outcome hdr = open(sample("colors_hdr_p3.avif"));
        QVERIFY(hdr.isWhole());
        QCOMPARE(hdr.facts.photo.bitsPerSample, 10);
        QVERIFY(hdr.picture.format == (PixelFormat{Channels::Rgb, Depth::U16}));
        QVERIFY(hdr.facts.colours.cicp == (Cicp{12, 16}));  // the file's nclx box: P3 D65, PQ
        QVERIFY(hdr.warnings.has(PhotoWarning::HdrClipped));
        QVERIFY(hdr.warnings.has(PhotoWarning::GainMapIgnored));
        for (int v : hdr.row(17)) QCOMPARE(v, ((v * 1023 + 32767) / 65535 * 65535 + 511) / 1023);
    }

    void seeThroughPartsLieOnWhite() {
        const Outcome photo = open(sample("transparency.avif"));
        QVERIFY(photo.isWhole());
        QVERIFY(photo.warnings.has(PhotoWarning::AlphaFlattened));
        const std::vector<int> row = photo.row(32);  // a hole in the middle, the border opaque and coloured
        QVERIFY(std::all_of(row.begin() + 30 * 3, row.begin() + 34 * 3, [](int v) { return v == 255; }));
        QVERIFY(std::any_of(row.begin(), row.begin() + 3, [](int v) { return v < 200; }));
        QVERIFY(!open(sample("hopper.heif")).warnings.has(PhotoWarning::AlphaFlattened));
    }

    void tilesAreNoOtherPicturesButSequencesAreToldApart() {
        const Outcome grid = open(sample("sofa_grid1x5_420.avif"));
        QVERIFY(grid.isWhole());
        QVERIFY(grid.facts.photo.size == (PixelSize{1024, 770}));
        QVERIFY(grid.warnings.empty());
        QVERIFY(open(sample("colors-animated-8bpc.avif")).warnings.has(PhotoWarning::FirstFrameOnly));
    }

    void aGrayProfileMakesGrayStripsAndNoneMakesRgb() {
        const Outcome gray = open(grayRamp(256, 16, 0, grayProfileHead()));
        QVERIFY(gray.isWhole());
        QCOMPARE(gray.picture.format.channels, Channels::Gray);
        const Outcome rgb = open(grayRamp(256, 16, 0, {}));
        QVERIFY(rgb.isWhole());
        QCOMPARE(rgb.picture.format.channels, Channels::Rgb);
        for (int x = 0; x < 256; ++x) {
            QCOMPARE(gray.row(7)[static_cast<std::size_t>(x)], x);
            for (int c = 0; c < 3; ++c) QCOMPARE(rgb.row(7)[static_cast<std::size_t>(x * 3 + c)], x);
        }
    }

    void theThumbnailItemIsThePreview() {
        const Bytes file = grayRamp(512, 256, 64, {});
        const Outcome preview = readAll(openHeifPreview(memoryFile(file), 48, {}));
        QVERIFY(preview.isWhole());
        QVERIFY(preview.facts.photo.size == (PixelSize{64, 32}));
        QCOMPARE(readAll(openHeifPreview(memoryFile(sample("hopper.heif")), 48, {})).reason,
                 std::string("photo-no-preview"));
    }

    void withoutSuchAnItemEXIFsThumbnailIsThePreviewAndComesUpright() {
        const auto preview = [](int width, int height, int orientation) {
            return readAll(
                openHeifPreview(memoryFile(grayRamp(width, height, 0, {}, cameraExif(orientation))), 160, {}));
        };
        const Outcome level = preview(640, 480, 1);
        QVERIFY(level.isWhole());
        QVERIFY(level.facts.photo.size == (PixelSize{160, 120}));
        QCOMPARE(level.facts.photo.orientation, Orientation::Upright);
        const Outcome turned = preview(480, 640, 6);
        QVERIFY(turned.isWhole());
        QVERIFY(turned.picture == upright(level.picture, Orientation::Rotate90));
        QCOMPARE(preview(480, 640, 1).reason, std::string("photo-no-preview"));  // of another shape
    }

    void decodingStartsNoThread() {
        prepareHeif();
        const int before = threadsStarted;
        for (const char* name : {"IMG_7702_small.heic", "hopper.heif", "sofa_grid1x5_420.avif", "test-10bit.avif"})
            QVERIFY2(open(sample(name)).isWhole(), name);
        QCOMPARE(threadsStarted.load(), before);
    }

    void stripHeightsMakeNoDifference() {
        const Bytes file = sample("paris_icc_exif_xmp.avif");
        const Outcome one = readAll(openHeif(memoryFile(file), {}, {}), 1);
        const Outcome many = readAll(openHeif(memoryFile(file), {}, {}), 1000);
        QVERIFY(one.isWhole());
        QVERIFY(one.picture == many.picture);
    }

    void limitsAreKeptBeforeDecoding() {
        Limits limits;
        limits.maxPixels = 128 * 128 - 1;
        QCOMPARE(open(sample("hopper.heif"), limits).reason, std::string("photo-too-large"));
        limits = {};
        limits.maxWholeFrameBytes = 128 * 128 * 6;
        QCOMPARE(open(sample("hopper.heif"), limits).reason, std::string("photo-memory"));
        limits = {};
        limits.maxFileBytes = 1000;
        QCOMPARE(open(sample("hopper.heif"), limits).reason, std::string("photo-file-too-large"));
    }

    void aHeadThatLiesAboutTheSizeIsDamage() {
        Bytes file = sample("hopper.heif");
        const std::string_view type = "ispe";
        const auto at = std::search(file.begin(), file.end(), type.begin(), type.end(),
                                    [](std::byte b, char c) { return b == static_cast<std::byte>(c); });
        QVERIFY(at != file.end());
        *(at + 11) = std::byte{64};  // type, version and flags, then the width: 64 for 128
        QCOMPARE(open(file).reason, std::string("photo-damaged"));
    }

    void brokenFilesAreRefusedOrRead() {
        QCOMPARE(open(sample("draw_points_idat_metasize0.avif")).reason, std::string("photo-damaged"));
        for (const char* name : {"alpha_noispe.avif", "poc_b_506387278.avif", "clop_irot_imor.avif"})
            QVERIFY2(open(sample(name)).isWhole(), name);
        QCOMPARE(open({}).reason, std::string("photo-empty"));
    }

    void aCutFileIsNeverAWholePhoto() {
        const Bytes file = sample("hopper.heif");
        for (std::size_t size = 1; size < file.size(); size += 13) {
            const Outcome cut = open(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)));
            QVERIFY2(!cut.isWhole() || cut.warnings.has(PhotoWarning::SlightlyDamaged),
                     qPrintable(QString::number(size)));
            QVERIFY(cut.rows == 0 || cut.isWhole());
        }
    }

    void flippedBytesEndInAnAnswerThatIsTheSameTwice() {
        std::mt19937 random(20261122);
        for (const char* name : {"hopper.heif", "test-10bit.avif", "transparency.avif"}) {
            const Bytes file = sample(name);
            for (int i = 0; i < 60; ++i) {
                Bytes bad = file;
                for (int k = 0; k < 4; ++k) bad[random() % bad.size()] = static_cast<std::byte>(random());
                const Outcome first = open(bad), second = open(bad);
                QCOMPARE(first.reason, second.reason);
                QCOMPARE(first.rows, second.rows);
                // libde265 filters what a damaged stream never set by chance, and says nothing: pixels may differ
                // there.
                if (std::string_view(name).ends_with(".avif")) QVERIFY(first.picture == second.picture);
            }
        }
    }
};

}  // namespace
}  // namespace contone::image

QTEST_APPLESS_MAIN(contone::image::HeifReaderTest)
#include "heif_reader_test.moc"
