// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The TIFF source and files that are cut, damaged, bombs or of forms that are not printed.
#include <QTest>

#include "tests/core/image/tiff_samples.h"

using namespace contone;
using namespace contone::image;

class TiffDamageTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void cutFilesGiveTheRowsBefore();
    void wrongDataIsDamage();
    void stripsThatHoldLessThanTheirRowsAreDamage();
    void bombsAreRefusedBeforeMemoryIsSpent();
    void unusualFormsAreRefused();
};

void TiffDamageTest::cutFilesGiveTheRowsBefore() {
    // A directory before its pixels, as many programs write it; the strips end half-way.
    const Bytes pixels(300 * 300, std::byte{77});
    std::vector<RawTag> tags{{256, 3, 1, 300}, {257, 3, 1, 300}, {258, 3, 1, 8},   {259, 3, 1, 1},
                             {262, 3, 1, 1},   {273, 4, 1, 200}, {278, 3, 1, 300}, {279, 4, 1, 90'000}};
    Bytes whole = rawTiff(tags);
    whole.resize(200);
    whole.insert(whole.end(), pixels.begin(), pixels.end());
    QVERIFY(read(whole).isWhole());
    Bytes half = whole;
    half.resize(200 + 45'000);
    const Outcome o = read(half);
    QCOMPARE(o.reason, std::string("photo-truncated"));
    QVERIFY(o.rows > 100 && o.rows <= 150);
    for (int y = 0; y < o.rows; ++y) QCOMPARE(o.row(y)[299], 77);
    // Most have their directory at the end: nothing is left without it.
    const Bytes atEnd = encodeTiff(rgb(), noise8);
    QCOMPARE(read(Bytes(atEnd.begin(), atEnd.begin() + 1000)).reason, std::string("photo-truncated"));
    QCOMPARE(read(Bytes(atEnd.begin(), atEnd.begin() + 4)).reason, std::string("photo-truncated"));
}

void TiffDamageTest::wrongDataIsDamage() {
    TiffPage page = rgb();
    page.compression = COMPRESSION_ADOBE_DEFLATE;
    Bytes bytes = encodeTiff(page, noise8);
    for (std::size_t i = 2000; i < 2100; ++i) bytes[i] = std::byte{0xFF};
    const Outcome o = read(bytes);
    QCOMPARE(o.reason, std::string("photo-damaged"));
    QVERIFY(o.rows > 5 && o.rows < 41);
    QCOMPARE(read(file("seek_too_large.tif")).reason, std::string("photo-damaged"));
    // An overwritten fax goes on, and says so.
    TiffPage fax{.bits = 1, .photometric = PHOTOMETRIC_MINISWHITE, .compression = COMPRESSION_CCITTFAX3};
    Bytes noisy = encodeTiff(fax, [](int x, int y, int c) { return noise(x, y, c) & 1; });
    noisy[100] ^= std::byte{0xFF};
    const Outcome line = read(noisy);
    QVERIFY(!line.reason.empty() || line.warnings.has(PhotoWarning::SlightlyDamaged));
}

void TiffDamageTest::stripsThatHoldLessThanTheirRowsAreDamage() {
    TiffPage planar = rgb();
    planar.isPlanar = true;
    Bytes file = encodeTiff(planar, noise8, "wl");
    QVERIFY(read(file).isWhole());
    // RowsPerStrip, SHORT, 5 → 500: one strip a plane, whose byte count is still that of five rows.
    constexpr std::string_view entry("\x16\1\3\0\1\0\0\0\5\0", 10);
    const auto at = std::search(file.begin(), file.end(), entry.begin(), entry.end(),
                                [](std::byte b, char c) { return b == static_cast<std::byte>(c); });
    QVERIFY(at != file.end());
    *(at + 8) = std::byte{244};
    *(at + 9) = std::byte{1};
    QCOMPARE(read(file).reason, std::string("photo-damaged"));
}

void TiffDamageTest::bombsAreRefusedBeforeMemoryIsSpent() {
    const auto sized = [](std::uint32_t width, std::uint32_t height) {
        return rawTiff({{256, 4, 1, width},
                        {257, 4, 1, height},
                        {258, 3, 1, 8},
                        {259, 3, 1, 1},
                        {262, 3, 1, 1},
                        {273, 4, 1, 8},
                        {278, 4, 1, height},
                        {279, 4, 1, 100}});
    };
    // Rows cost their width alone: it is read as far as it goes.
    const auto widest = openTiff(memoryFile(sized(65'535, 65'535)), {});
    QVERIFY(widest.has_value());
    Picture rows = Picture::ofSize({65'535, 1}, (*widest)->facts().photo.pixels);
    QCOMPARE((*widest)->read(rows.strip()).error().reason, std::string("photo-truncated"));
    QCOMPARE(read(sized(0x7FFF'FFFF, 1)).reason, std::string("photo-too-large"));
    const auto tiled = [](std::uint32_t tile) {
        return rawTiff({{256, 4, 1, 10},
                        {257, 4, 1, 10},
                        {258, 3, 1, 8},
                        {259, 3, 1, 8},
                        {262, 3, 1, 1},
                        {322, 4, 1, tile},
                        {323, 4, 1, tile},
                        {324, 4, 1, 8},
                        {325, 4, 1, 100}});
    };
    QCOMPARE(read(tiled(16)).reason, std::string("photo-damaged"));  // only its data is nonsense
    QCOMPARE(read(tiled(16'000)).reason, std::string("photo-memory"));
    // 60,000 strips that all are the whole file.
    constexpr std::uint32_t strips = 60'000;
    Bytes arrays(200'000);
    const std::uint32_t first = 8 + 2 + 8 * 12 + 4;
    for (std::uint32_t i = 0; i < strips; ++i) append(arrays, 0, 4);
    for (std::uint32_t i = 0; i < strips; ++i) append(arrays, 600'000, 4);
    const Bytes shared = rawTiff({{256, 4, 1, 10},
                                  {257, 4, 1, strips},
                                  {258, 3, 1, 8},
                                  {259, 3, 1, 8},
                                  {262, 3, 1, 1},
                                  {273, 4, strips, first + 200'000},
                                  {278, 4, 1, 1},
                                  {279, 4, strips, first + 200'000 + 4 * strips}},
                                 arrays);
    QCOMPARE(read(shared).reason, std::string("photo-damaged"));
    QCOMPARE(openTiff(memoryFile(shared), {}).error().detail, std::string("TIFF strips overlap"));
    Limits small;
    small.maxWholeFrameBytes = 10'000;
    TiffPage planar = rgb();
    planar.isPlanar = true;
    planar.width = planar.height = planar.rowsPerStrip = 100;
    QCOMPARE(read(encodeTiff(planar, noise8), small).reason, std::string("photo-memory"));
}

void TiffDamageTest::unusualFormsAreRefused() {
    const auto reason = [](const TiffPage& page) { return read(encodeTiff(page, noise8)).reason; };
    QCOMPARE(reason({.bits = 16, .format = SAMPLEFORMAT_INT}), std::string("photo-feature"));
    QCOMPARE(reason({.bits = 64}), std::string("photo-feature"));
    QCOMPARE(reason({.samples = 40, .photometric = PHOTOMETRIC_RGB, .extras = std::vector<std::uint16_t>(37)}),
             std::string("photo-feature"));
    TiffPage inks{.samples = 4, .photometric = PHOTOMETRIC_SEPARATED};
    inks.moreTags = [](TIFF* t) { TIFFSetField(t, TIFFTAG_INKSET, INKSET_MULTIINK); };
    QCOMPARE(reason(inks), std::string("photo-feature"));
    QCOMPARE(read(file("libtiff_segfault.tif")).reason, std::string("photo-feature"));
    QCOMPARE(read(rawTiff({{256, 4, 1, 10},
                           {257, 4, 1, 10},
                           {258, 3, 1, 8},
                           {259, 3, 1, 34'712},
                           {262, 3, 1, 1},
                           {273, 4, 1, 8},
                           {278, 4, 1, 10},
                           {279, 4, 1, 100}}))
                 .reason,
             std::string("photo-feature"));  // JPEG 2000
    const OpenedReader reader = openTiff(memoryFile(encodeTiff(rgb(), noise8)), {});
    Picture wrong = Picture::ofSize({37, 4}, {Channels::Gray, Depth::U8});
    QCOMPARE((*reader)->read(wrong.strip()).error().reason, std::string("strip-mismatch"));
}

QTEST_GUILESS_MAIN(TiffDamageTest)
#include "tiff_damage_test.moc"
