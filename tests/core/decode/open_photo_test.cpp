// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The door for customers' bytes: what comes in, what is refused and in which words; and thumbnails.
#include "core/decode/worker/open_photo.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <string_view>

#include "core/decode/sniff.h"
#include "icc/profile.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

const Path kPhotos = Path(contone::tests::sourceFolder) / "tests/data/photos";

using Opened = Result<std::unique_ptr<image::PhotoSource>>;

FileDescriptor memoryFile(std::string_view bytes) {
    FileDescriptor fd(::memfd_create("photo", MFD_CLOEXEC));
    if (!writeAll(fd.get(), std::as_bytes(std::span(bytes.data(), bytes.size())), "memory")) std::abort();
    return fd;
}
Opened openBytes(std::string_view bytes) {
    return openPhoto(narrowCodecs(), memoryFile(bytes), {});
}
Opened openFile(const Path& path, const image::Limits& limits = {}) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    return openPhoto(narrowCodecs(), std::move(file), {}, limits);
}
Result<image::Picture> small(const Path& path, int longSide) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    return thumbnail(narrowCodecs(), std::move(file), longSide, PreviewUse::Allowed);
}

/// The same codecs, for photos as if no camera had put a small picture inside.
Codecs withoutPreviews() {
    Codecs codecs = narrowCodecs();
    codecs.openPreview = [](FileDescriptor, int, const image::Limits&) -> image::OpenedReader {
        return image::photoProblem("photo-no-preview");
    };
    return codecs;
}
image::Picture reduced(const Path& path, int longSide) {
    return thumbnail(withoutPreviews(), *openForReading(path), longSide, PreviewUse::Allowed).value();
}

/// The JPEG with the profile in an APP2 segment behind its start mark (ICC.1:2010 B.4); the profile fits into one.
std::string withProfile(const Path& path, const icc::Profile& profile) {
    std::string bytes = readTextFile(path, 1'000'000).value();
    const auto* first = reinterpret_cast<const char*>(profile.bytes().data());
    std::string segment = "\xff\xe2"s + "??ICC_PROFILE\0\1\1"s + std::string(first, profile.bytes().size());
    segment[2] = static_cast<char>((segment.size() - 2) >> 8);
    segment[3] = static_cast<char>((segment.size() - 2) & 255);
    return bytes.insert(2, segment);
}
image::Picture readAll(image::PhotoSource& source) {
    image::Picture picture = image::Picture::ofSize(source.facts().size, source.facts().pixels);
    if (source.read(picture.strip()) != picture.size.height) std::abort();
    return picture;
}

std::array<int, 3> colourAt(const image::Picture& picture, int x, int y) {
    const auto* p = picture.strip().row<std::uint8_t>(y) + x * 3;
    return {p[0], p[1], p[2]};
}

}  // namespace

class OpenPhotoTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aJpegOpensWhateverItIsCalled() {
        QTemporaryDir folder;
        const Path odd = Path(folder.path().toStdString()) / "photo.heic";
        std::filesystem::copy_file(kPhotos / "hopper.jpg", odd);
        const auto source = openFile(odd);
        QVERIFY(source.has_value());
        QVERIFY((*source)->facts().storedSize == (image::PixelSize{128, 128}));
    }
    void everyBrandOfStillHeifIsToldFromVideo() {
        const auto family = [](const std::string& brand) {
            const std::string head = "\0\0\0\x18"s + "ftyp" + brand + "\0\0\0\0"s;
            return sniff(std::as_bytes(std::span(head))).family;
        };
        for (const char* brand : {"heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs", "mif1", "mif2",
                                  "msf1", "miaf", "avif", "avis"})
            QVERIFY2(family(brand) == Family::Heif, brand);
        for (const char* brand : {"isom", "mp42", "qt  ", "3gp5"}) QVERIFY2(family(brand) == Family::Unknown, brand);
    }
    void filesThatAreNoPhotosAreRefused() {
        for (const std::string_view bytes : {"\0\0\0\x18"
                                             "ftypmp42"sv,
                                             "%PDF-1.7"sv, "hello"sv, "\xff"sv}) {
            const auto source = openBytes(bytes);
            QVERIFY(!source);
            QVERIFY(source.error().code == Code::Unsupported);
            QCOMPARE(source.error().reason, std::string("photo-format"));
        }
    }
    void anEmptyFileIsCalledEmpty() { QCOMPARE(openBytes("").error().reason, std::string("photo-empty")); }
    void aHeadOfTwoBytesIsIncomplete() {
        QCOMPARE(openBytes("\xff\xd8"sv).error().reason, std::string("photo-truncated"));
    }
    void foldersPipesAndMissingFilesAreRefused() {
        QTemporaryDir folder;
        const Path here(folder.path().toStdString());
        QCOMPARE(openFile(here).error().reason, std::string("file-is-folder"));
        QCOMPARE(openFile(here / "none.jpg").error().reason, std::string("file-missing"));
        QCOMPARE(openFile(Path("/dev/zero")).error().reason, std::string("not-a-file"));
    }
    void aFileAboveTheLimitIsRefused() {
        image::Limits limits;
        limits.maxFileBytes = 6000;  // hopper.jpg has 6,412
        QCOMPARE(openFile(kPhotos / "hopper.jpg", limits).error().reason, std::string("photo-file-too-large"));
    }
    void thePhotoMayBeDeletedWhileItIsOpen() {
        QTemporaryDir folder;
        const Path path = Path(folder.path().toStdString()) / "a.jpg";
        std::filesystem::copy_file(kPhotos / "hopper.jpg", path);
        auto source = openFile(path);
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
        auto source = openPhoto(narrowCodecs(), std::move(fd), {});
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
            const auto picture = small(kPhotos / ("Landscape_" + std::to_string(o) + ".jpg"), 100);
            QVERIFY(picture.has_value());
            QVERIFY(picture->size == (image::PixelSize{100, 68}));  // 328 x 224 is 100 x 68.3
            QVERIFY(picture->format == (image::PixelFormat{image::Channels::Rgb, image::Depth::U8}));
        }
    }
    void aThumbnailIsTheMeanOfTheArea() {
        // The DCT's eighth is the mean of each block, so thumbnails by different ways agree.
        const auto byEighth = reduced(kPhotos / "HP_PhotoSmart_735.jpg", 80),
                   byBox = reduced(kPhotos / "HP_PhotoSmart_735.jpg", 640);
        QVERIFY(byBox.size == (image::PixelSize{640, 480}));
        double sum = 0;
        for (int y = 0; y < 60; ++y)
            for (int x = 0; x < 80; ++x) {
                std::array<int, 3> mean{};
                for (int i = 0; i < 64; ++i)
                    for (std::size_t c = 0; c < 3; ++c) mean[c] += colourAt(byBox, x * 8 + i % 8, y * 8 + i / 8)[c];
                for (std::size_t c = 0; c < 3; ++c) sum += std::abs(mean[c] / 64.0 - colourAt(byEighth, x, y)[c]);
            }
        QVERIFY2(sum / (80 * 60 * 3) < 1.5, qPrintable(QString::number(sum / (80 * 60 * 3))));
    }
    void thumbnailsNeverEnlarge() {
        QVERIFY(small(kPhotos / "hopper.jpg", 1000)->size == (image::PixelSize{128, 128}));
        QVERIFY(small(kPhotos / "orientation_rectangle.jpg", 160)->size == (image::PixelSize{1, 2}));
        QCOMPARE(small(kPhotos / "hopper.jpg", 0).error().reason, std::string("bad-size"));
    }
    void thePictureInsideThePhotoIsTakenWhereItIsLargeEnough() {
        // 640 x 480 with a small picture of 160 x 120 inside (exiftool -ThumbnailImage).
        const Path path = kPhotos / "HP_PhotoSmart_735.jpg";
        QVERIFY(*small(path, 160) != reduced(path, 160));
        QVERIFY(*small(path, 161) == reduced(path, 161));
        const auto embedded = thumbnail(narrowCodecs(), *openForReading(path), 400, PreviewUse::Required);
        QVERIFY(embedded->size == (image::PixelSize{160, 120}));
        double difference = 0;
        const auto whole = reduced(path, 160), inside = *small(path, 160);
        for (std::size_t i = 0; i < whole.bytes.size(); ++i)
            difference += std::abs(std::to_integer<int>(whole.bytes[i]) - std::to_integer<int>(inside.bytes[i]));
        QVERIFY(difference / static_cast<double>(whole.bytes.size()) < 12);  // the same scene
    }
    void aPhotoWithoutASmallPictureSaysSoWhenThatIsRequired() {
        const auto none = thumbnail(narrowCodecs(), *openForReading(kPhotos / "hopper.jpg"), 100, PreviewUse::Required);
        QCOMPARE(none.error().reason, std::string("photo-no-preview"));
    }
    void theListShowsAdobeRgbInSrgb() {
        // The camera says R03. Adobe RGB's colours have more colour in sRGB numbers than in their own.
        const image::Picture list = reduced(kPhotos / "Olympus_PEN_E-P3.jpg", 1280);
        const auto source = openFile(kPhotos / "Olympus_PEN_E-P3.jpg");
        QCOMPARE((*source)->facts().colour.basis, image::SourceBasis::ExifInteropR03);
        image::Picture own = image::Picture::ofSize({1280, 960}, (*source)->facts().pixels);
        for (int y = 0; y < 960;) {
            image::MutableStrip strip{own.strip().row<std::byte>(y), 1280, 960 - y, own.stride(), own.format};
            y += *(*source)->read(strip);
        }
        double chromaList = 0, chromaOwn = 0;
        for (int y = 0; y < 960; y += 8)
            for (int x = 0; x < 1280; x += 8) {
                const auto a = colourAt(list, x, y), b = colourAt(own, x, y);
                chromaList += *std::ranges::max_element(a) - *std::ranges::min_element(a);
                chromaOwn += *std::ranges::max_element(b) - *std::ranges::min_element(b);
            }
        QVERIFY2(chromaList > chromaOwn * 1.05, qPrintable(QString::number(chromaList / chromaOwn)));
    }
    void whiteCmykPaperIsWhiteInTheList() {
        // Web-coated paper without ink in the corner; upside down it would be black.
        const image::Picture list = reduced(kPhotos / "Multiple_ICC_segments.jpg", 70);
        for (const int v : colourAt(list, 0, 0)) QVERIFY2(v > 250, qPrintable(QString::number(v)));
    }
    void aCmykPhotoComesAsWideRgb() {
        const auto source = openFile(kPhotos / "Multiple_ICC_segments.jpg");
        const image::PhotoFacts& facts = (*source)->facts();
        QCOMPARE(facts.colour.kind, image::SourceColour::Kind::Converted);
        QVERIFY(image::check(facts.colour).has_value());
        QVERIFY(facts.pixels == (image::PixelFormat{image::Channels::Rgb, image::Depth::U16}));
        image::Picture own = image::Picture::ofSize({140, 140}, {image::Channels::Cmyk, image::Depth::U8});
        QCOMPARE((*source)->read(own.strip()).error().reason, std::string("strip-mismatch"));
        std::vector<image::Picture> read;
        for (const int stripRows : {1, 37, 140}) {
            const auto again = openFile(kPhotos / "Multiple_ICC_segments.jpg");
            image::Picture rgb = image::Picture::ofSize({140, 140}, facts.pixels);
            int y = 0;
            while (y < 140) {
                const int rows = *(*again)->read(
                    {rgb.strip().row<std::byte>(y), 140, std::min(stripRows, 140 - y), rgb.stride(), rgb.format});
                QVERIFY(rows > 0);
                y += rows;
            }
            read.push_back(std::move(rgb));
        }
        QVERIFY(read[0] == read[1] && read[0] == read[2]);
        for (int c = 0; c < 3; ++c) QVERIFY(read[0].strip().row<std::uint16_t>(0)[c] > 62900);  // white is 63,379
    }
    void cmykWithoutAProfileIsReadAsIfCoatedWebOffsetWereEmbedded() {
        const auto untagged = openFile(kPhotos / "YCbCrK.jpg");
        QVERIFY(untagged.has_value());
        QCOMPARE((*untagged)->facts().colour.basis, image::SourceBasis::UntaggedCmyk);
        QVERIFY((*untagged)->warnings().has(image::PhotoWarning::ColoursUnspecified));
        const std::string tagged = withProfile(kPhotos / "YCbCrK.jpg", icc::Profile::offsetCmyk());
        const auto told = openBytes(tagged);
        QVERIFY(told.has_value());
        QCOMPARE((*told)->facts().colour.basis, image::SourceBasis::EmbeddedProfile);
        QVERIFY(!(*told)->warnings().has(image::PhotoWarning::ColoursUnspecified));
        QVERIFY(readAll(**untagged) == readAll(**told));
        QVERIFY(*small(kPhotos / "YCbCrK.jpg", 52) ==
                *thumbnail(narrowCodecs(), memoryFile(tagged), 52, PreviewUse::Allowed));
    }
};

QTEST_APPLESS_MAIN(OpenPhotoTest)
#include "open_photo_test.moc"
