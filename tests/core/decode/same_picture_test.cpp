// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which small pictures inside photos show them, and which do not. CONTONE_THUMBNAILS names a folder; of the photos in
// it and below that carry a small picture of their own shape a table is printed, and how many pass for another's.
#include "core/decode/worker/same_picture.h"

#include <QTest>
#include <cstdio>
#include <cstdlib>

#include "core/decode/worker/open_photo.h"
#include "core/image/orientation.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::decode;
using image::Picture;

namespace {

const Path kData = Path(contone::tests::sourceFolder) / "tests/data";
constexpr int kListed = 160;

Codecs withoutPreviews() {
    Codecs codecs = narrowCodecs();
    codecs.openPreview = [](FileDescriptor, int, const image::Limits&) -> image::OpenedReader {
        return image::photoProblem("photo-no-preview");
    };
    return codecs;
}

/// The file's own small picture, and its photo; nothing when one of them is not there.
struct Both {
    Picture photo, small;
};
std::optional<Both> bothOf(const Path& path) {
    auto forPhoto = openForReading(path), forSmall = openForReading(path);
    if (!forPhoto || !forSmall) return {};
    const auto small = thumbnail(narrowCodecs(), *std::move(forSmall), kListed, PreviewUse::Required);
    if (!small) return {};
    const auto photo = thumbnail(withoutPreviews(), *std::move(forPhoto), kListed, PreviewUse::Allowed);
    if (!photo) return {};
    return Both{*photo, *small};
}

void printTable(const Path& folder) {
    std::vector<Path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) paths.push_back(entry.path());
    std::ranges::sort(paths);
    std::vector<Both> all;
    std::printf("file\tshown\tcontrast\tlikeness\tturned\tresidue\tcolour\n");
    for (const Path& path : paths) {
        const auto both = bothOf(path);
        if (!both) continue;
        const PictureDifference d = differenceOf(both->photo, both->small);
        std::printf("%s\t%s\t%.1f\t%.3f\t%.3f\t%.2f\t%.2f\n", path.filename().c_str(), showsThePhoto(d) ? "yes" : "NO",
                    d.contrast, d.likeness, d.better, d.residue, d.colour);
        std::fflush(stdout);
        all.push_back(*both);
    }
    int pairs = 0, passed = 0;
    double best = -1;
    for (const Both& one : all)
        for (const Both& other : all) {
            const double mine = 1.0 * one.photo.size.width / one.photo.size.height,
                         its = 1.0 * other.photo.size.width / other.photo.size.height;
            if (&one == &other || std::abs(mine / its - 1) > 0.015) continue;
            const PictureDifference d = differenceOf(one.photo, other.small);
            ++pairs;
            passed += showsThePhoto(d) ? 1 : 0;
            if (d.likeness < 0.98) best = std::max(best, d.likeness);  // copies of one photo are above
        }
    std::printf("of %d pairs of one shape %d pass; likeness of the others up to %.3f\n", pairs, passed, best);
}

template <class Change>
Picture changed(Picture picture, const Change& change) {
    for (int y = 0; y < picture.size.height; ++y)
        for (int x = 0; x < picture.size.width; ++x)
            change(picture.strip().row<std::uint8_t>(y) + static_cast<std::ptrdiff_t>(x) * 3, x, y);
    return picture;
}
std::uint8_t clipped(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

const char* const kCameras[] = {"HP_PhotoSmart_735.jpg", "Kodak_DC240.jpg", "Olympus_PEN_E-P3.jpg", "Sanyo_SR6.jpg"};

}  // namespace

class SamePictureTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void initTestCase() {
        if (const char* folder = std::getenv("CONTONE_THUMBNAILS")) printTable(folder);
    }
    void whatCamerasPutIntoTheirPhotosShowsThem() {
        for (const char* name : kCameras) {
            const auto both = bothOf(kData / "photos" / name);
            QVERIFY2(both, name);
            QVERIFY2(showsThePhoto(differenceOf(both->photo, both->small)), name);
        }
    }
    void aCamerasOwnProcessingIsNoDifference() {
        for (const char* name : kCameras) {
            const auto both = bothOf(kData / "photos" / name);
            const Picture brighter = changed(both->photo, [](std::uint8_t* p, int, int) {
                for (int c = 0; c < 3; ++c) p[c] = clipped(20 + 0.85 * p[c]);
            });
            QVERIFY2(showsThePhoto(differenceOf(both->photo, brighter)), name);
        }
    }
    void turnsColoursAndOtherPicturesAreDifferences() {
        for (const char* name : kCameras) {
            const auto both = bothOf(kData / "photos" / name);
            const Picture& small = both->small;
            for (const auto turn : {image::Orientation::Rotate180, image::Orientation::MirrorHorizontal,
                                    image::Orientation::MirrorVertical})
                QVERIFY2(!showsThePhoto(differenceOf(both->photo, image::upright(small, turn))), name);
            const Picture gray = changed(small, [](std::uint8_t* p, int, int) {
                p[0] = p[1] = p[2] = clipped(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]);
            });
            QVERIFY2(!showsThePhoto(differenceOf(both->photo, gray)), name);
            QVERIFY2(!showsThePhoto(differenceOf(gray, small)), name);
            const Picture black = changed(small, [](std::uint8_t* p, int, int) { p[0] = p[1] = p[2] = 0; });
            QVERIFY2(!showsThePhoto(differenceOf(both->photo, black)), name);
        }
        // Lightroom put a small picture of sRGB into a photo of Adobe RGB without a word: in the photo's colours, as
        // everybody takes it, it is too colourful.
        const auto adobe = bothOf(kData / "photos/Canon_EOS_7D.jpg");
        QVERIFY(differenceOf(adobe->photo, adobe->small).likeness > 0.99);
        QVERIFY(!showsThePhoto(differenceOf(adobe->photo, adobe->small)));
        const auto one = bothOf(kData / "photos" / kCameras[0]), other = bothOf(kData / "photos" / kCameras[1]);
        QVERIFY(!showsThePhoto(differenceOf(one->photo, other->small)));
    }
    void aPictureOfNothingIsComparedByItsColour() {
        const Picture gray = Picture::ofSize({40, 30}, {image::Channels::Rgb, image::Depth::U8});  // black
        QVERIFY(showsThePhoto(differenceOf(gray, gray)));
        const Picture red = changed(gray, [](std::uint8_t* p, int, int) { p[0] = 200; });
        QVERIFY(!showsThePhoto(differenceOf(gray, red)));
        const Picture dot = Picture::ofSize({1, 1}, gray.format);
        QVERIFY(showsThePhoto(differenceOf(gray, dot)));
    }
};

QTEST_APPLESS_MAIN(SamePictureTest)
#include "same_picture_test.moc"
