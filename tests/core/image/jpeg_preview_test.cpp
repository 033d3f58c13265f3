// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Previews inside JPEGs: they show the same scene as the photo, in its shape and orientation, or they are not used.
#include "core/image/codecs/jpeg_preview.h"

#include <QTest>

#include "tests/core/image/jpeg_samples.h"
#include "tests/core/image/sample_pages.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::image;

namespace {

const Path kPhotos = Path(contone::tests::sourceFolder) / "tests/data/photos";

Bytes photo(const std::string& name) {
    return *readFile(kPhotos / name, 10'000'000);
}
OpenedReader preview(const Bytes& bytes, int longSide = 160) {
    return openJpegPreview(memoryFile(bytes), longSide, {});
}

/// A grid of mean gray levels: what a scene looks like from afar.
constexpr int kCells = 6;
std::array<double, kCells * kCells> gridOf(const Picture& picture) {
    std::array<double, kCells * kCells> sums{}, counts{};
    const auto pixel = picture.format.bytesPerPixel();
    for (int y = 0; y < picture.size.height; ++y)
        for (int x = 0; x < picture.size.width; ++x) {
            const auto cell =
                static_cast<std::size_t>(y * kCells / picture.size.height * kCells + x * kCells / picture.size.width);
            const auto* p = picture.strip().row<std::uint8_t>(y) + static_cast<std::size_t>(x) * pixel;
            sums[cell] += (p[0] + p[pixel / 2] + p[pixel - 1]) / 3.0;
            ++counts[cell];
        }
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] /= counts[i];
    return sums;
}
double greatestDifference(const Picture& a, const Picture& b) {
    const auto left = gridOf(a), right = gridOf(b);
    double most = 0;
    for (std::size_t i = 0; i < left.size(); ++i) most = std::max(most, std::abs(left[i] - right[i]));
    return most;
}

void number(Bytes& to, std::uint32_t value, int size) {
    for (int i = size - 1; i >= 0; --i) to.push_back(static_cast<std::byte>(value >> 8 * i & 0xFF));
}
void append(Bytes& to, const Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}
void append(Bytes& to, std::string_view text) {
    for (const char c : text) to.push_back(static_cast<std::byte>(c));
}
/// Puts a segment with `body` behind SOI.
Bytes withSegment(const Bytes& jpeg, int marker, const Bytes& body) {
    Bytes result(jpeg.begin(), jpeg.begin() + 2);
    number(result, 0xFF00u | static_cast<std::uint32_t>(marker), 2);
    number(result, static_cast<std::uint32_t>(body.size() + 2), 2);
    append(result, body);
    result.insert(result.end(), jpeg.begin() + 2, jpeg.end());
    return result;
}
/// A photo with `thumbnail` in IFD1 and an orientation.
Bytes withThumbnail(const Bytes& jpeg, const Bytes& thumbnail, int orientation = 1) {
    Bytes body;
    append(body, std::string_view("Exif\0\0MM\0*", 10));
    number(body, 8, 4);
    number(body, 1, 2);
    for (const auto& [value, size] : {std::pair{0x0112u, 2}, {3u, 2}, {1u, 4}}) number(body, value, size);
    number(body, static_cast<std::uint32_t>(orientation), 2);
    number(body, 0, 2);
    number(body, 26, 4);
    number(body, 2, 2);
    for (const std::uint32_t value : {0x02010004u, 1u, 56u, 0x02020004u, 1u}) number(body, value, 4);
    number(body, static_cast<std::uint32_t>(thumbnail.size()), 4);
    number(body, 0, 4);
    append(body, thumbnail);
    return withSegment(jpeg, 0xE1, body);
}
/// A photo with `large` behind it as the "large thumbnail, full HD" of CIPA DC-007.
Bytes withLargeThumbnail(const Bytes& jpeg, const Bytes& large) {
    Bytes body;
    append(body, std::string_view("MPF\0MM\0*", 8));
    number(body, 8, 4);
    number(body, 1, 2);
    for (const std::uint32_t value : {0xB0020007u, 32u, 26u, 0u}) number(body, value, 4);
    const std::size_t size = jpeg.size() + 4 + 4 + 26 + 32, markAt = 2 + 4 + 4;
    for (const std::uint32_t value : {0x20030000u, static_cast<std::uint32_t>(size), 0u, 0u}) number(body, value, 4);
    for (const std::uint32_t value :
         {0x00010002u, static_cast<std::uint32_t>(large.size()), static_cast<std::uint32_t>(size - markAt), 0u})
        number(body, value, 4);
    Bytes result = withSegment(jpeg, 0xE2, body);
    append(result, large);
    return result;
}
Bytes scene(PixelSize size) {
    return encodeJpeg(ramps(size, Channels::Rgb), JpegKind::Baseline);
}
/// `inner` centred on black.
Bytes onBlack(const Picture& inner, PixelSize size) {
    Picture page = Picture::ofSize(size, inner.format);
    const int left = (size.width - inner.size.width) / 2, top = (size.height - inner.size.height) / 2;
    for (int y = 0; y < inner.size.height; ++y)
        std::copy_n(inner.strip().row<std::byte>(y), inner.stride(),
                    page.strip().row<std::byte>(top + y) + static_cast<std::size_t>(left) * 3);
    return encodeJpeg(page, JpegKind::Baseline);
}

}  // namespace

class JpegPreviewTest : public QObject {
    Q_OBJECT
  private slots:
    void previewsOfSamplePhotosShowTheWholePhoto() {
        // Those with a thumbnail of their own shape or with bars, by exiftool -IFD1:ThumbnailImage. The photos were
        // taken by six makers; their thumbnails are their cameras' own reductions. Other positions or a left bar
        // would change a cell by 40 levels and more.
        for (const char* name :
             {"Canon_EOS_7D.jpg", "HP_PhotoSmart_735.jpg", "Issue_80.jpg", "Kodak_DC240.jpg", "Olympus_PEN_E-P3.jpg",
              "flower.jpg", "flower2.jpg", "frozenpond.mpo", "pil_sample_rgb.jpg"}) {
            const Bytes bytes = photo(name);
            const OpenedReader opened = preview(bytes);
            QVERIFY2(opened.has_value(), name);
            const PhotoFacts small = (*opened)->facts().photo,
                             large = (*openJpeg(memoryFile(bytes), {}, {}))->facts().photo;
            QVERIFY(small.orientation == large.orientation && small.takenAt == large.takenAt);
            const Picture picture = readAll(opened).picture;
            const double shape = 1.0 * picture.size.width / picture.size.height,
                         wanted = 1.0 * large.size.width / large.size.height;
            QVERIFY2(std::abs(shape / wanted - 1) < 0.04, name);
            const double difference = greatestDifference(picture, readAll(bytes).picture);
            QVERIFY2(difference < 20, qPrintable(QString("%1: %2").arg(name).arg(difference)));
        }
    }
    void aThumbnailOfAnotherShapeIsNotThePhoto() {
        // An editor cropped this photo to 311x450 and left the camera's 160x120 in place.
        QCOMPARE(preview(photo("Sony_Cybershot_3_.jpg")).error().reason, std::string("photo-no-preview"));
        // This camera made 160x120 of 896x600 without bars.
        QCOMPARE(preview(photo("Ricoh_RDC5300.jpg")).error().reason, std::string("photo-no-preview"));
    }
    void aPhotoWithoutOneSaysSo() {
        for (const char* name : {"hopper.jpg", "Canon_EOS_D60.jpg", "Landscape_3.jpg"})
            QCOMPARE(preview(photo(name)).error().reason, std::string("photo-no-preview"));
    }
    void blackBarsAreCutOffOnEitherSide() {
        const Picture wide = ramps({160, 107}, Channels::Rgb), tall = ramps({90, 120}, Channels::Rgb);
        const auto size = [](const Bytes& bytes) { return (*preview(bytes))->facts().photo.size; };
        QCOMPARE(size(withThumbnail(scene({1500, 1000}), onBlack(wide, {160, 120}))).width, 160);
        QCOMPARE(size(withThumbnail(scene({1500, 1000}), onBlack(wide, {160, 120}))).height, 106);
        QCOMPARE(size(withThumbnail(scene({750, 1000}), onBlack(tall, {160, 120}))).width, 90);
        QCOMPARE(size(withThumbnail(scene({750, 1000}), onBlack(tall, {160, 120}))).height, 120);
        // The same shapes without bars show something else.
        QVERIFY(!preview(withThumbnail(scene({1500, 1000}), scene({160, 120}))));
    }
    void thePhotosOrientationAndColoursAreThePreviews() {
        const Bytes bytes = withThumbnail(photo("Landscape_1.jpg"),
                                          encodeJpeg(decodeWhole(photo("Landscape_1.jpg")), JpegKind::Baseline), 8);
        QCOMPARE(static_cast<int>((*preview(bytes))->facts().photo.orientation), 8);
        const auto signalsOf = [](const Bytes& b) { return (*preview(b))->facts().colours; };
        QVERIFY(signalsOf(photo("Olympus_PEN_E-P3.jpg")).exifInterop == ExifInterop::R03);
        QVERIFY(signalsOf(photo("Canon_EOS_7D.jpg")).profile.has_value());
        // A CMYK profile says nothing about its RGB thumbnail.
        QVERIFY(signalsOf(photo("pil_sample_rgb.jpg")) ==
                (*openJpeg(memoryFile(photo("pil_sample_rgb.jpg")), {}, {}))->facts().colours);
        QVERIFY(!signalsOf(photo("pil_sample_cmyk.jpg")).profile);
    }
    void theLargeThumbnailIsTakenWhenTheSmallOneIsTooSmall() {
        const Bytes both =
            withLargeThumbnail(withThumbnail(scene({2400, 1800}), scene({160, 120})), scene({1200, 900}));
        QCOMPARE((*preview(both, 160))->facts().photo.size.width, 160);
        QCOMPARE((*preview(both, 161))->facts().photo.size.width, 1200);
        QCOMPARE((*preview(both, 5000))->facts().photo.size.width, 1200);
        // A large one that was cut off leaves the small one.
        QCOMPARE((*preview(Bytes(both.begin(), both.end() - 5000), 500))->facts().photo.size.width, 160);
        QVERIFY((*openJpeg(memoryFile(both), {}, {}))->facts().photo.warnings.empty());
    }
    void everyCutOfAPhotoWithPreviewsIsSurvived() {
        const Bytes whole = withLargeThumbnail(withThumbnail(scene({240, 180}), scene({32, 24})), scene({120, 90}));
        for (std::size_t size = 0; size < whole.size(); size += 7) {
            const OpenedReader opened =
                preview(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)), 100);
            if (opened) QVERIFY(readAll(opened).isWhole());
        }
    }
};

QTEST_APPLESS_MAIN(JpegPreviewTest)
#include "jpeg_preview_test.moc"
