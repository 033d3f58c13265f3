// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The JPEG source: the same rows as libjpeg-turbo, the facts that exiftool reads, and what it says about damage.
#include "core/image/codecs/jpeg_reader.h"

#include <QDir>
#include <QTest>

#include "tests/core/image/jpeg_samples.h"
#include "tests/core/image/sample_pages.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::image;

namespace {

const Path kPhotos = Path(contone::tests::sourceFolder) / "tests/data/photos";
constexpr PixelSize kSize{203, 149};

Bytes photo(const std::string& name) {
    return *readFile(kPhotos / name, 10'000'000);
}

Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}
Bytes bytesOf(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    return {bytes.begin(), bytes.end()};
}
Bytes segment(int marker, const Bytes& body) {
    const std::size_t size = body.size() + 2;
    return Bytes{std::byte{0xFF}, static_cast<std::byte>(marker), static_cast<std::byte>(size >> 8),
                 static_cast<std::byte>(size & 0xFF)} +
           body;
}
Bytes iccSegment(int number, int total, const Bytes& part) {
    return segment(0xE2, bytesOf(std::string_view("ICC_PROFILE\0", 12)) +
                             Bytes{static_cast<std::byte>(number), static_cast<std::byte>(total)} + part);
}
/// Puts `segments` behind SOI.
Bytes withSegments(const Bytes& jpeg, const Bytes& segments) {
    return Bytes(jpeg.begin(), jpeg.begin() + 2) + segments + Bytes(jpeg.begin() + 2, jpeg.end());
}
std::size_t positionOf(const Bytes& jpeg, int marker, std::size_t from = 0) {
    for (std::size_t i = from; i + 1 < jpeg.size(); ++i)
        if (jpeg[i] == std::byte{0xFF} && jpeg[i + 1] == static_cast<std::byte>(marker)) return i;
    return jpeg.size();
}
CodecFacts factsOf(const Bytes& bytes) {
    return (*openJpeg(memoryFile(bytes), {}, {}))->facts();
}
PhotoWarnings only(PhotoWarning warning) {
    PhotoWarnings warnings;
    warnings.add(warning);
    return warnings;
}

bool firstRowsEqual(const Outcome& outcome, const Picture& whole) {
    const auto size = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(outcome.rows) * whole.stride());
    return std::equal(whole.bytes.begin(), whole.bytes.begin() + size, outcome.picture.bytes.begin());
}

double meanDifference(const Picture& a, const Picture& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i)
        sum += std::abs(std::to_integer<int>(a.bytes[i]) - std::to_integer<int>(b.bytes[i]));
    return sum / static_cast<double>(a.bytes.size());
}

struct Expected {
    const char* file;
    int width, height, orientation;
    ExifColorSpace space;
    ExifInterop interop;
    Channels channels;
    bool isProgressive;
    const char* camera;
    const char* profileHash;  // first 8 digits of the SHA-256; "" none
    const char* takenAt = "";
    PhotoWarnings warnings{};
};
constexpr auto kNone = ExifColorSpace::Absent, kSrgb = ExifColorSpace::Srgb, kOther = ExifColorSpace::Uncalibrated;
constexpr auto kNoInterop = ExifInterop::Absent, kR98 = ExifInterop::R98, kR03 = ExifInterop::R03;

// What exiftool 12.57 says: -n -ImageSize -IFD0:Orientation -ExifIFD:ColorSpace -InteropIFD:InteropIndex
// -EncodingProcess -ColorComponents -IFD0:Make -IFD0:Model -ExifIFD:DateTimeOriginal -MPF:all, and sha256sum of
// -icc_profile -b.
const Expected kExpected[] = {
    {"Canon_EOS_7D.jpg", 600, 900, 1, kNone, kNoInterop, Channels::Rgb, false, "Canon EOS 7D", "e5f6ffb8",
     "2010:12:12 12:41:35"},
    {"Canon_EOS_D60.jpg", 1772, 1181, 1, kSrgb, kNoInterop, Channels::Rgb, false, "Canon EOS D60", "2b3aa164",
     "2002:10:26 19:26:35"},
    {"HP_PhotoSmart_735.jpg", 640, 480, 1, kSrgb, kR98, Channels::Rgb, false, "Hewlett-Packard hp photosmart 735", "",
     "2004:10:19 06:10:01"},
    {"Issue_80.jpg", 1024, 768, 1, kOther, kNoInterop, Channels::Rgb, false, "", "", "2008:03:14 13:59:26"},
    {"Multiple_ICC_segments.jpg", 140, 140, 1, kOther, kNoInterop, Channels::Cmyk, false, "", "4855b8fa"},
    {"Olympus_PEN_E-P3.jpg", 1280, 960, 1, kOther, kR03, Channels::Rgb, false, "OLYMPUS IMAGING CORP. E-P3", "",
     "2013:08:27 19:45:23"},
    {"Sanyo_SR6.jpg", 640, 480, 1, kOther, kNoInterop, Channels::Rgb, false, "SANYO Electric Co.,Ltd. SR6", "",
     "1998:01:01 00:00:00"},
    {"Sony_Cybershot_3_.jpg", 311, 450, 6, kSrgb, kR98, Channels::Rgb, false, "SONY CYBERSHOT", "",
     "2001:11:27 18:33:44"},
    {"YCbCrK.jpg", 52, 52, 1, kNone, kNoInterop, Channels::Cmyk, false, "", ""},
    {"app13-multiple.jpg", 256, 160, 1, kNone, kNoInterop, Channels::Rgb, true, "", ""},
    {"apple_gainmap_new.jpg", 384, 512, 1, kOther, kNoInterop, Channels::Rgb, false, "Apple iPhone 13 mini", "20789fdb",
     "2026:01:07 15:20:14", only(PhotoWarning::GainMapIgnored)},
    {"frozenpond.mpo", 640, 480, 1, kSrgb, kR98, Channels::Rgb, false, "Nintendo 3DS", "", "2014:03:02 13:30:00",
     only(PhotoWarning::FirstPageOnly)},
    {"icc_profile_big.jpg", 425, 250, 1, kNone, kNoInterop, Channels::Rgb, true, "", "a99111f3"},
    {"orientation_rectangle.jpg", 2, 1, 8, kNone, kNoInterop, Channels::Rgb, false, "", ""},
    {"rgb.jpg", 100, 100, 1, kSrgb, kNoInterop, Channels::Rgb, false, "", "3f6d6741"},
};

}  // namespace

class JpegTest : public QObject {
    Q_OBJECT
  private slots:
    void theQualityIsThatOfTheQuantisationTable() {
        // What ImageMagick 6.9.11 estimates (identify -format %Q), by tables of its own, of chroma too: where a
        // camera's table has another shape than libjpeg's, the two differ more.
        constexpr int likeLibjpeg = 2, ofACamera = 8;
        for (const auto& [file, quality, within] : {std::tuple("Canon_EOS_7D.jpg", 99, likeLibjpeg),
                                                    {"HP_PhotoSmart_735.jpg", 96, likeLibjpeg},
                                                    {"Kodak_DC240.jpg", 90, likeLibjpeg},
                                                    {"Landscape_1.jpg", 73, likeLibjpeg},
                                                    {"Ricoh_RDC5300.jpg", 75, likeLibjpeg},
                                                    {"flower.jpg", 75, likeLibjpeg},
                                                    {"hopper.jpg", 88, likeLibjpeg},
                                                    {"Canon_EOS_D60.jpg", 87, ofACamera},
                                                    {"Sanyo_SR6.jpg", 77, ofACamera}}) {
            const int found = factsOf(photo(file)).photo.jpegQuality;
            QVERIFY2(std::abs(found - quality) <= within, qPrintable(QString("%1 %2").arg(file).arg(found)));
        }
    }
    void aTableThatIsNotThereSaysNoQuality() {
        Bytes jpeg = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        QCOMPARE(factsOf(jpeg).photo.jpegQuality, 90);
        // The number of the table in the frame header's first component, which libjpeg checks only when it decodes.
        jpeg[positionOf(jpeg, 0xC0) + 12] = std::byte{200};
        QCOMPARE(factsOf(jpeg).photo.jpegQuality, 0);
    }
    void theFactsAreThoseThatExiftoolReads() {
        for (const Expected& e : kExpected) {
            const CodecFacts codec = factsOf(photo(e.file));
            const PhotoFacts& facts = codec.photo;
            const ColourSignals& says = codec.colours;
            const auto same = [&](bool is, const char* what) {
                QVERIFY2(is, qPrintable(QString(e.file) + ": " + what));
            };
            same(facts.storedSize == PixelSize{e.width, e.height}, "size");
            same(static_cast<int>(facts.orientation) == e.orientation, "orientation");
            same(says.exifColorSpace == e.space && says.exifInterop == e.interop, "EXIF colour space");
            same(facts.pixels == PixelFormat{e.channels, Depth::U8}, "channels");
            same(facts.isProgressive == e.isProgressive, "progressive");
            same(facts.camera == e.camera, "camera");
            same(says.profile ? says.profile->hash.toString().starts_with(e.profileHash) && *e.profileHash != 0
                              : *e.profileHash == 0,
                 "profile");
            same(facts.takenAt == e.takenAt, "time");
            same(!says.profileDamaged && facts.warnings == e.warnings, "warnings");
        }
    }
    void everySamplePhotoGivesTheRowsOfLibjpegTurbo() {
        int photos = 0;
        for (const QString& name : QDir(QString::fromStdString(kPhotos.string())).entryList({"*.jpg", "*.mpo"})) {
            const Bytes bytes = photo(name.toStdString());
            Picture whole = decodeWhole(bytes);
            const Outcome outcome = readAll(bytes);
            QVERIFY2(outcome.isWhole() && outcome.warnings == factsOf(bytes).photo.warnings, qPrintable(name));
            if (whole.format.channels == Channels::Cmyk)  // all of them by Adobe's rule
                for (std::byte& b : whole.bytes) b = ~b;
            QVERIFY2(outcome.picture == whole, qPrintable(name));
            ++photos;
        }
        QCOMPARE(photos, 32);
    }
    void everyKindOfEncodingGivesTheRowsOfLibjpegTurbo() {
        for (const JpegKind kind :
             {JpegKind::Baseline, JpegKind::Restarts, JpegKind::Progressive, JpegKind::Arithmetic, JpegKind::RgbStored})
            for (const Channels channels : {Channels::Gray, Channels::Rgb}) {
                if (kind == JpegKind::RgbStored && channels == Channels::Gray) continue;
                const Bytes bytes = encodeJpeg(ramps(kSize, channels), kind);
                const Outcome outcome = readAll(bytes);
                QVERIFY(outcome.isWhole() && outcome.warnings.empty());
                QVERIFY(outcome.picture.format.channels == channels);
                QVERIFY(outcome.picture == decodeWhole(bytes));
            }
    }
    void cmykWithoutAdobesMarkerIsReadAsEverybodyDoesAndSaysSo() {
        const Bytes bytes = encodeJpeg(ramps(kSize, Channels::Cmyk), JpegKind::CmykPlain);
        Picture turned = decodeWhole(bytes);
        for (std::byte& b : turned.bytes) b = ~b;
        const Outcome outcome = readAll(bytes);
        QVERIFY(outcome.picture == turned);
        QVERIFY(outcome.warnings == only(PhotoWarning::InkGuessed));
        // What a profile says of the inks does not say how they are stored.
        const Bytes tagged = withSegments(bytes, iccSegment(1, 1, Bytes(100, std::byte{1})));
        QVERIFY(factsOf(tagged).photo.warnings == only(PhotoWarning::InkGuessed));
    }
    void aHeightBehindTheScanCounts() {
        const Bytes jpeg = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        const std::size_t frame = positionOf(jpeg, 0xC0);
        const auto high = static_cast<std::byte>(kSize.height >> 8), low = static_cast<std::byte>(kSize.height & 0xFF);
        for (const std::byte written : {std::byte{0}, std::byte{0xFF}}) {
            Bytes bytes = jpeg;
            bytes[frame + 5] = bytes[frame + 6] = written;  // behind marker, length and precision
            const Outcome without = readAll(bytes);
            QVERIFY(!without.isWhole());
            bytes.erase(bytes.end() - 2, bytes.end());
            bytes = bytes + Bytes{std::byte{0xFF}, std::byte{0xDC}, std::byte{0}, std::byte{4}, high, low,
                                  std::byte{0xFF}, std::byte{0xD9}};
            const Outcome outcome = readAll(bytes);
            QVERIFY2(outcome.isWhole() && outcome.warnings.empty(), outcome.reason.c_str());
            QVERIFY(outcome.picture == decodeWhole(jpeg));
        }
    }
    void stripsOfAnyHeightGiveTheSameRows() {
        const Bytes bytes = photo("hopper.jpg");
        const Picture whole = readAll(bytes).picture;
        for (const int rows : {1, 3, 16, 17, 1000})
            QVERIFY(readAll(openJpeg(memoryFile(bytes), {}, {}), rows).picture == whole);
    }
    void theEightLandscapesAreOnePictureOnlyWhenUpright() {
        // Eight separately compressed files of one scene full of detail: they differ by up to 17 levels on average when
        // seen in the right orientation, and by 44 to 58 in any other.
        const Picture first = readAll(photo("Landscape_1.jpg")).picture;
        for (int file = 1; file <= 8; ++file) {
            const Bytes bytes = photo("Landscape_" + std::to_string(file) + ".jpg");
            const PhotoFacts facts = factsOf(bytes).photo;
            QCOMPARE(static_cast<int>(facts.orientation), file);
            QVERIFY(facts.uprightSize() == (PixelSize{328, 224}));
            for (int o = 1; o <= 8; ++o) {
                const Picture seen = upright(readAll(bytes).picture, orientationFromExif(o));
                if (seen.size != first.size) continue;
                const double difference = meanDifference(seen, first);
                QVERIFY2(o == file ? difference < 20 : difference > 40,
                         qPrintable(QString("%1 as %2").arg(file).arg(o)));
            }
        }
    }
    void scalingGivesTheReducedSize() {
        const Bytes bytes = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        // The caller keeps a factor of two at least, so that its own reduction is the last one.
        constexpr struct {
            double reducible;
            int n;
        } cases[] = {{1, 1}, {3.9, 1}, {4, 2}, {7.9, 2}, {8, 4}, {16, 8}, {1000, 8}};
        for (const auto& [reducible, n] : cases) {
            const Outcome outcome = readAll(openJpeg(memoryFile(bytes), {.reducible = reducible}, {}));
            QVERIFY(outcome.isWhole());
            QVERIFY(outcome.picture.size == (PixelSize{(kSize.width + n - 1) / n, (kSize.height + n - 1) / n}));
        }
    }

    void profileSegmentsMayComeInAnyOrder() {
        const Bytes jpeg = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        const Bytes a(1000, std::byte{1}), b(2000, std::byte{2}), c(3, std::byte{3});
        const CodecFacts facts =
            factsOf(withSegments(jpeg, iccSegment(3, 3, c) + iccSegment(1, 3, a) + iccSegment(2, 3, b)));
        const EmbeddedProfile profile = facts.colours.profile.value_or(EmbeddedProfile{});
        QVERIFY(profile.bytes == a + b + c);
        QVERIFY(profile.hash == Sha256::of(a + b + c));
    }
    void profileSegmentsThatDoNotAddUpAreDamage() {
        const Bytes jpeg = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        const Bytes part(100, std::byte{1});
        const Bytes bad[] = {
            iccSegment(1, 2, part),                                                          // one is missing
            iccSegment(1, 2, part) + iccSegment(1, 2, part),                                 // one is twice
            iccSegment(1, 2, part) + iccSegment(2, 2, part) + iccSegment(2, 2, Bytes(100)),  // and differs
            iccSegment(1, 2, part) + iccSegment(2, 3, part),                                 // totals differ
            iccSegment(0, 2, part) + iccSegment(1, 2, part),
            iccSegment(2, 1, part),
            iccSegment(1, 1, {}),
            segment(0xE2, bytesOf(std::string_view("ICC_PROFILE\0", 12)))};
        for (const Bytes& segments : bad) {
            const Bytes bytes = withSegments(jpeg, segments);
            const CodecFacts facts = factsOf(bytes);
            QVERIFY(facts.colours.profileDamaged && !facts.colours.profile);
            QVERIFY(facts.photo.warnings == only(PhotoWarning::ProfileDamaged));
            QVERIFY(readAll(bytes).isWhole());  // the picture prints all the same
        }
    }
    void equalCopiesOfAProfileAreOneProfile() {
        const Bytes jpeg = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        const Bytes a(100, std::byte{1}), b(50, std::byte{2});
        const Bytes good[] = {iccSegment(1, 2, a) + iccSegment(2, 2, b) + iccSegment(1, 2, a) + iccSegment(2, 2, b),
                              iccSegment(1, 1, a + b) + iccSegment(1, 1, a + b), iccSegment(0, 1, a + b)};
        for (const Bytes& segments : good) {
            const CodecFacts facts = factsOf(withSegments(jpeg, segments));
            QVERIFY(!facts.colours.profileDamaged && facts.colours.profile);
            QVERIFY(facts.colours.profile->bytes == a + b);
        }
    }
    void otherApp2SegmentsAreNoProfile() {
        const Bytes jpeg = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        const CodecFacts facts = factsOf(withSegments(jpeg, segment(0xE2, bytesOf("MPF stuff"))));
        QVERIFY(!facts.colours.profile && !facts.colours.profileDamaged);
    }
    void whatFollowsThePictureIsLeftAlone() {
        const Bytes bytes = photo("hopper.jpg");
        const Outcome outcome = readAll(bytes + photo("rgb.jpg") + Bytes(5000, std::byte{0x55}));
        QVERIFY(outcome.isWhole() && outcome.warnings.empty());
        QVERIFY(outcome.picture == readAll(bytes).picture);
    }
    void anHdrPhotoSaysThatItsGainMapIsIgnored() {
        // Android's way: XMP of the photo itself; ISO 21496-1: a segment of its own.
        const Bytes jpeg = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        const Bytes xmp = bytesOf(std::string_view("http://ns.adobe.com/xap/1.0/\0", 29)) +
                          bytesOf("<rdf:Description xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\"/>");
        const Bytes iso = bytesOf(std::string_view("urn:iso:std:iso:ts:21496:-1\0", 28)) + Bytes(4);
        QVERIFY(factsOf(withSegments(jpeg, segment(0xE1, xmp))).photo.warnings == only(PhotoWarning::GainMapIgnored));
        QVERIFY(factsOf(withSegments(jpeg, segment(0xE2, iso))).photo.warnings == only(PhotoWarning::GainMapIgnored));
    }
    void aMotionPhotoIsItsStillPicture() {
        const Bytes jpeg = photo("hopper.jpg");
        const Bytes video = bytesOf(std::string_view("\0\0\0\x18"
                                                     "ftypmp42",
                                                     12)) +
                            Bytes(3000);
        const Outcome outcome = readAll(jpeg + video);
        QVERIFY(outcome.isWhole() && outcome.warnings.empty());
        QVERIFY(outcome.picture == readAll(jpeg).picture);
    }

    void aPhotoCutAnywhereNeverGivesAWrongRow() {
        for (const JpegKind kind :
             {JpegKind::Baseline, JpegKind::Restarts, JpegKind::Progressive, JpegKind::Arithmetic}) {
            const Bytes bytes = encodeJpeg(decodeWhole(photo("hopper.jpg")), kind);
            const Picture whole = readAll(bytes).picture;
            for (std::size_t size = 2; size < bytes.size(); size += 13) {
                const Outcome outcome =
                    readAll(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
                const QString at = QString("kind %1, %2 bytes").arg(static_cast<int>(kind)).arg(size);
                QVERIFY2(outcome.isWhole() ? !outcome.warnings.empty() : outcome.reason == "photo-truncated",
                         qPrintable(at));
                QVERIFY2(firstRowsEqual(outcome, whole), qPrintable(at));
            }
        }
    }
    void aRealPhotoCutAtEvery97thByteNeverGivesAWrongRow() {
        for (const char* name : {"rgb.jpg", "Landscape_6.jpg", "app13-multiple.jpg"}) {
            const Bytes bytes = photo(name);
            const Picture whole = readAll(bytes).picture;
            for (std::size_t size = 2; size < bytes.size(); size += 97) {
                const Outcome outcome =
                    readAll(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
                QVERIFY(outcome.isWhole() ? !outcome.warnings.empty() : outcome.reason == "photo-truncated");
                QVERIFY(firstRowsEqual(outcome, whole));
            }
        }
    }
    void aMissingEndMarkerIsOnlyAWarning() {
        for (const JpegKind kind : {JpegKind::Baseline, JpegKind::Restarts, JpegKind::Progressive}) {
            Bytes bytes = encodeJpeg(ramps(kSize, Channels::Rgb), kind);
            const Picture whole = readAll(bytes).picture;
            bytes.erase(bytes.end() - 2, bytes.end());
            const Outcome outcome = readAll(bytes);
            QVERIFY(outcome.isWhole());
            QVERIFY(outcome.warnings == only(PhotoWarning::EndMarkMissing));
            QVERIFY(outcome.picture == whole);
        }
    }
    void anEndMarkerInTheMiddleIsAsBadAsTheEndOfTheFile() {
        for (const JpegKind kind : {JpegKind::Baseline, JpegKind::Restarts}) {
            Bytes bytes = encodeJpeg(noise(kSize, {Channels::Rgb, Depth::U8}), kind);
            const Picture whole = readAll(bytes).picture;
            bytes[bytes.size() / 2] = std::byte{0xFF};
            bytes[bytes.size() / 2 + 1] = std::byte{0xD9};
            const Outcome outcome = readAll(bytes);
            QCOMPARE(outcome.reason, std::string("photo-truncated"));
            QVERIFY(outcome.rows > kSize.height / 4 && outcome.rows < kSize.height);
        }
    }
    void damageBetweenRestartMarkersIsAWarningAndTheRestIsRight() {
        Bytes bytes = encodeJpeg(noise(kSize, {Channels::Rgb, Depth::U8}), JpegKind::Restarts);
        const Picture whole = readAll(bytes).picture;
        const std::size_t scan = positionOf(bytes, 0xDA), first = positionOf(bytes, 0xD0, scan),
                          second = positionOf(bytes, 0xD1, first);
        QVERIFY(second < bytes.size());
        for (std::size_t i = first + 100; i < second - 1; ++i) bytes[i] = std::byte{0};
        const Outcome outcome = readAll(bytes);
        QVERIFY(outcome.isWhole());
        QVERIFY(outcome.warnings == only(PhotoWarning::SlightlyDamaged));
        // The second row of MCUs is damaged; the rows from the fourth on (16 high, 4:2:0) are untouched.
        const std::size_t from = 48 * whole.stride();
        QVERIFY(std::equal(whole.bytes.begin() + static_cast<std::ptrdiff_t>(from), whole.bytes.end(),
                           outcome.picture.bytes.begin() + static_cast<std::ptrdiff_t>(from)));
        QVERIFY(outcome.picture != whole);
    }

    void twelveBitsAreRefusedByName() {
        Bytes bytes = photo("hopper.jpg");
        bytes[positionOf(bytes, 0xC0) + 4] = std::byte{12};
        QCOMPARE(readAll(bytes).reason, std::string("photo-12-bit"));
    }
    void losslessJpegIsRefusedByName() {
        Bytes bytes = photo("hopper.jpg");
        bytes[positionOf(bytes, 0xC0) + 1] = std::byte{0xC3};
        QCOMPARE(readAll(bytes).reason, std::string("photo-feature"));
    }
    void moreThanTheLimitsIsRefusedBeforeItIsDecoded() {
        const Bytes baseline = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Baseline);
        const Bytes progressive = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Progressive);
        Limits pixels;
        pixels.maxPixels = kSize.width * kSize.height - 1;
        QCOMPARE(openJpeg(memoryFile(baseline), {}, pixels).error().reason, std::string("photo-too-large"));
        Limits memory;
        memory.maxWholeFrameBytes = 90'000;  // 4:2:0: 26x20 + 2 * 13x10 blocks of 128 bytes = 99,840
        QVERIFY(openJpeg(memoryFile(baseline), {}, memory).has_value());
        QCOMPARE(openJpeg(memoryFile(progressive), {}, memory).error().reason, std::string("photo-memory"));
    }
    void tooManyScansAreRefused() {
        // The second scan, with its table before it, may come again: it says the same thing once more.
        const Bytes bytes = encodeJpeg(ramps(kSize, Channels::Rgb), JpegKind::Progressive);
        const auto table = static_cast<std::ptrdiff_t>(positionOf(bytes, 0xC4, positionOf(bytes, 0xDA)));
        const std::size_t scan = positionOf(bytes, 0xDA, static_cast<std::size_t>(table));
        const auto behind = static_cast<std::ptrdiff_t>(positionOf(bytes, 0xC4, scan));
        const auto repeated = [&](int times) {
            Bytes result(bytes.begin(), bytes.begin() + behind);
            for (int i = 0; i < times; ++i) result.insert(result.end(), bytes.begin() + table, bytes.begin() + behind);
            result.insert(result.end(), bytes.begin() + behind, bytes.end());
            return result;
        };
        QVERIFY(readAll(repeated(20)).isWhole());
        QCOMPARE(readAll(repeated(500)).reason, std::string("photo-too-many-scans"));
        Limits work;
        work.maxScanSamples = 15ll * kSize.width * kSize.height;  // the ten scans of this photo visit eight a pixel
        QVERIFY(readAll(bytes, work).isWhole());
        QCOMPARE(readAll(repeated(20), work).reason, std::string("photo-too-many-scans"));
    }
    void aStripOfTheWrongShapeIsRefused() {
        auto source = *openJpeg(memoryFile(photo("hopper.jpg")), {}, {});
        Picture narrow = Picture::ofSize({127, 8}, {Channels::Rgb, Depth::U8}),
                gray = Picture::ofSize({128, 8}, {Channels::Gray, Depth::U8});
        QCOMPARE(source->read(narrow.strip()).error().reason, std::string("strip-mismatch"));
        QCOMPARE(source->read(gray.strip()).error().reason, std::string("strip-mismatch"));
    }
};

QTEST_APPLESS_MAIN(JpegTest)
#include "jpeg_test.moc"
