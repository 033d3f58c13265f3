// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// EXIF blocks built byte by byte, sound and hostile.
#include "core/image/codecs/exif.h"

#include <QTest>
#include <random>

using namespace contone;
using namespace contone::image;

namespace {

/// Writes a TIFF block in one byte order.
class BlockWriter {
  public:
    explicit BlockWriter(char order) : m_order(order) {
        byte(order);
        byte(order);
        number(42, 2);
        number(8, 4);
    }
    BlockWriter& byte(int value) {
        m_bytes.push_back(static_cast<std::byte>(value));
        return *this;
    }
    BlockWriter& number(std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) byte(static_cast<int>(value >> 8 * (m_order == 'I' ? i : size - 1 - i) & 0xFF));
        return *this;
    }
    BlockWriter& entry(int tag, int type, std::uint32_t count, std::uint32_t value) {
        number(static_cast<std::uint32_t>(tag), 2).number(static_cast<std::uint32_t>(type), 2).number(count, 4);
        return type == 3 ? number(value, 2).number(0, 2) : number(value, 4);
    }
    BlockWriter& text(const char* words) {
        for (; *words != 0; ++words) byte(*words);
        return byte(0);
    }
    std::size_t size() const { return m_bytes.size(); }
    const Bytes& bytes() const { return m_bytes; }

  private:
    char m_order;
    Bytes m_bytes;
};

/// A camera's block: orientation 6, uncalibrated, R03, "Canon" "Canon EOS 7D".
Bytes cameraBlock(char order) {
    BlockWriter w(order);
    const std::uint32_t ifd0End = 8 + 2 + 4 * 12 + 4, exifAt = ifd0End + 6 + 13, interopAt = exifAt + 2 + 2 * 12 + 4;
    w.number(4, 2).entry(0x010F, 2, 6, ifd0End).entry(0x0110, 2, 13, ifd0End + 6).entry(0x0112, 3, 1, 6);
    w.entry(0x8769, 4, 1, exifAt).number(0, 4).text("Canon").text("Canon EOS 7D");
    w.number(2, 2).entry(0xA001, 3, 1, 65535).entry(0xA005, 4, 1, interopAt).number(0, 4);
    w.number(1, 2).number(1, 2).number(2, 2).number(4, 4).byte('R').byte('0').byte('3').byte(0).number(0, 4);
    return w.bytes();
}

}  // namespace

class ExifTest : public QObject {
    Q_OBJECT
  private slots:
    void bothByteOrdersSayTheSame() {
        for (const char order : {'I', 'M'}) {
            const ExifFacts facts = parseExif(cameraBlock(order));
            QVERIFY(facts.orientation == Orientation::Rotate90);
            QVERIFY(facts.colorSpace == ExifColorSpace::Uncalibrated);
            QVERIFY(facts.interop == ExifInterop::R03);
            QCOMPARE(facts.camera, std::string("Canon EOS 7D"));  // the make is not said twice
            QVERIFY(!facts.isDamaged);
        }
    }
    void anOrientationWrittenAsLongCounts() {
        BlockWriter w('M');
        w.number(1, 2).entry(0x0112, 4, 1, 8);
        QVERIFY(parseExif(w.bytes()).orientation == Orientation::Rotate270);
    }
    void aDirectoryThatPointsAtItselfEnds() {
        BlockWriter w('I');
        // IFD0 names itself as the Exif IFD, and that names it as Interoperability IFD and next IFD.
        w.number(3, 2).entry(0x0112, 3, 1, 3).entry(0x8769, 4, 1, 8).entry(0xA005, 4, 1, 8).number(8, 4);
        QVERIFY(parseExif(w.bytes()).orientation == Orientation::Rotate180);
    }
    void hugeCountsAndOffsetsReadNothing() {
        BlockWriter w('I');
        w.number(4, 2).entry(0x010F, 2, 0xFFFFFFFF, 8).entry(0x0110, 2, 20, 0xFFFFFFF0);
        w.entry(0x0112, 3, 0x7FFFFFFF, 6).entry(0x8769, 4, 1, 0xFFFFFFFF).number(0, 4);
        const ExifFacts facts = parseExif(w.bytes());
        QVERIFY(facts.isDamaged);
        QCOMPARE(facts.camera, std::string());
        QVERIFY(facts.orientation == Orientation::Upright);
    }
    void aDirectoryOf65535EntriesInAShortBlockStops() {
        BlockWriter w('I');
        w.number(0xFFFF, 2).entry(0x0112, 3, 1, 6);
        const ExifFacts facts = parseExif(w.bytes());
        QVERIFY(facts.isDamaged);
        QVERIFY(facts.orientation == Orientation::Rotate90);  // what was readable counts
    }
    void controlCharactersNeverReachTheCameraName() {
        BlockWriter w('I');
        w.number(1, 2).entry(0x010F, 2, 8, 26).number(0, 4).text("A\x1B[2J\xC3\xA9");
        QCOMPARE(parseExif(w.bytes()).camera, std::string("A[2J"));
    }
    void theTimeIsThereOnlyWhenItIsOne() {
        const auto takenAt = [](const char* words) {
            BlockWriter w('I');
            w.number(1, 2).entry(0x8769, 4, 1, 26).number(0, 4);
            w.number(1, 2).entry(0x9003, 2, 20, 26 + 18).number(0, 4).text(words);
            return parseExif(w.bytes()).takenAt;
        };
        QCOMPARE(takenAt("2026:11:22 10:20:30"), std::string("2026:11:22 10:20:30"));
        for (const char* words :
             {"0000:00:00 00:00:00", "    :  :     :  :  ", "2026-11-22 10:20:30", "2026:13:22 10:20:30",
              "2026:11:32 10:20:30", "2026:11:22 24:20:30", "2026:11:22 10:60:30", "2026:11:22 10:20:61",
              "2026:11:22T10:20:30", "2026:1\x1B:22 10:20:30"})
            QCOMPARE(takenAt(words), std::string());
    }
    void theThumbnailIsWhereTheSecondDirectorySays() {
        const auto block = [](std::uint32_t at, std::uint32_t size) {
            BlockWriter w('M');
            w.number(1, 2).entry(0x0112, 3, 1, 6).number(26, 4);
            w.number(2, 2).entry(0x0201, 4, 1, at).entry(0x0202, 4, 1, size).number(8, 4).text("JPEG bytes");
            return w.bytes();
        };
        const ExifFacts facts = parseExif(block(56, 11));
        QCOMPARE(facts.thumbnailAt, 56u);
        QCOMPARE(facts.thumbnailSize, 11u);
        QVERIFY(facts.orientation == Orientation::Rotate90 && !facts.isDamaged);
        // One that lies outside is not there, and no print depends on it.
        for (const auto& [at, size] : {std::pair{56u, 12u}, {0xFFFFFFFFu, 2u}, {2u, 0xFFFFFFFFu}, {67u, 1u}}) {
            const ExifFacts outside = parseExif(block(at, size));
            QCOMPARE(outside.thumbnailSize, 0u);
            QVERIFY(!outside.isDamaged);
        }
    }
    void everyCutAndEveryFlippedByteIsSurvived() {
        const Bytes whole = cameraBlock('I');
        for (std::size_t size = 0; size < whole.size(); ++size) {
            // A copy of the exact size: AddressSanitizer sees a read behind it.
            const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            const ExifFacts facts = parseExif(cut);
            QVERIFY(facts.isDamaged || facts == parseExif(whole));
        }
        std::mt19937 random(11);
        for (int round = 0; round < 200'000; ++round) {
            Bytes noisy = whole;
            for (int i = 0; i < 3; ++i) noisy[random() % noisy.size()] = static_cast<std::byte>(random() & 0xFF);
            QVERIFY(parseExif(noisy).camera.size() <= 64);
        }
    }
};

QTEST_APPLESS_MAIN(ExifTest)
#include "exif_test.moc"
