// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where ink is, in millimetres. Expected numbers come from Lato's own tables: 2000 units an em, H 1433 high and 1161
// wide, ascender 1610, descender 390, line gap 400.
#include <QTest>

#include "tests/core/text/texts.h"

using namespace contone;
using namespace contone::text;
using namespace contone::text::test;

namespace {

constexpr double point = 25.4 / 72;  ///< mm

bool isNear(double value, double expected, double tolerance) {
    if (value >= expected - tolerance && value <= expected + tolerance) return true;
    qWarning("%.3f is not %.3f", value, expected);
    return false;
}

}  // namespace

class GeometryTest : public QObject {
    Q_OBJECT
    const FontSet m_fonts = openFonts();

  private slots:
    void capitalsHaveTheirSizeOnPaper_data();
    void capitalsHaveTheirSizeOnPaper();
    void linesAreTheSameAtAnyResolution();
    void linesStandLeftCentredRight();
    void startAndEndFollowTheDirection();
    void linesStandAtTopMiddleBottom();
    void lineSpacingCountsFromBaselineToBaseline();
    void letterSpacingLeavesJoinedLettersAlone();
    void noInkIsLostAtTheEdges();
    void aTextThatDoesNotFitIsSetSmallerAndTold();
    void aTextThatNeverFitsIsCutAndTold();
    void aWordWiderThanTheBoxIsBrokenAndTold();
    void whatIsCutAcrossParagraphsIsCounted();
    void aBoxSmallerThanALetterIsTold();
};

void GeometryTest::capitalsHaveTheirSizeOnPaper_data() {
    QTest::addColumn<double>("size");
    QTest::addColumn<int>("dpiX");
    QTest::addColumn<int>("dpiY");
    QTest::newRow("24 pt, 300 dpi") << 24.0 << 300 << 300;
    QTest::newRow("24 pt, 600 dpi") << 24.0 << 600 << 600;
    QTest::newRow("24 pt, 300 × 600 dpi") << 24.0 << 300 << 600;
    QTest::newRow("7 pt, 300 dpi") << 7.0 << 300 << 300;
    QTest::newRow("7 pt, 600 dpi") << 7.0 << 600 << 600;
}

void GeometryTest::capitalsHaveTheirSizeOnPaper() {
    QFETCH(double, size);
    QFETCH(int, dpiX);
    QFETCH(int, dpiY);
    const SetText text = test::set(m_fonts, blockOf("H", size), dpiX, dpiY);
    QCOMPARE(text.size.width, wholeDots(millimetres(150), Dpi{dpiX}));
    QCOMPARE(text.size.height, wholeDots(millimetres(20), Dpi{dpiY}));
    const InkSums sums = inkSums(text);
    const double height = size * 1433 / 2000 * point, width = size * 1161 / 2000 * point;
    QVERIFY(isNear(mm(sums.column, dpiY), height, height * 0.01));
    QVERIFY(isNear(mm(sums.row, dpiX), width, width * 0.01));
}

void GeometryTest::linesAreTheSameAtAnyResolution() {
    const TextBlock block = blockOf(
        "We walked from Saas-Fee to Zermatt in five days, and on the third it snowed. Photographs by Ann and Uncle Bo.",
        13, 62, 30);
    const SetText coarse = test::set(m_fonts, block, 150);
    QVERIFY(coarse.lines >= 4);
    for (const int dpi : {300, 600, 1440}) {
        const SetText fine = test::set(m_fonts, block, dpi);
        QCOMPARE(fine.lines, coarse.lines);
        QCOMPARE(fine.fontSize, coarse.fontSize);
        QVERIFY(isNear(mm(fine.ink.x, dpi), mm(coarse.ink.x, 150), mm(1, 150)));
        QVERIFY(isNear(mm(right(fine.ink), dpi), mm(right(coarse.ink), 150), mm(1, 150)));
        QVERIFY(isNear(mm(bottom(fine.ink), dpi), mm(bottom(coarse.ink), 150), mm(1, 150)));
    }
}

void GeometryTest::linesStandLeftCentredRight() {
    TextBlock block = blockOf("HOH", 24, 100);
    const SetText left = test::set(m_fonts, block);
    QVERIFY(mm(left.ink.x) < 1);
    block.across = Across::Right;
    const SetText right_ = test::set(m_fonts, block);
    QVERIFY(isNear(mm(right_.size.width - right(right_.ink)), mm(left.ink.x), 0.1));  // H is as far from both its edges
    block.across = Across::Centre;
    const SetText centred = test::set(m_fonts, block);
    QVERIFY(isNear(mm(centred.ink.x), mm(centred.size.width - right(centred.ink)), 0.1));
    QCOMPARE(centred.ink.width, left.ink.width);
}

void GeometryTest::startAndEndFollowTheDirection() {
    const auto inkOf = [&](const char* words, Across across) {
        TextBlock block = blockOf(words, 24, 100);
        block.across = across;
        return test::set(m_fonts, block);
    };
    for (const char* words : {"שלום", "مرحبا", "(שלום) 12", "123 שלום"}) {
        for (const Across across : {Across::Start, Across::Right}) {
            const SetText text = inkOf(words, across);
            QVERIFY2(text.ink.x > text.size.width / 2 && mm(text.size.width - right(text.ink)) < 1, words);
        }
        for (const Across across : {Across::End, Across::Left}) QVERIFY2(mm(inkOf(words, across).ink.x) < 1, words);
    }
    QVERIFY(mm(inkOf("Hello שלום", Across::Start).ink.x) < 1);
    // Each paragraph for itself: one line at the left, one at the right.
    const SetText both = inkOf("Hello\nשלום", Across::Start);
    QVERIFY(mm(both.ink.x) < 1 && mm(both.size.width - right(both.ink)) < 1);
}

void GeometryTest::linesStandAtTopMiddleBottom() {
    TextBlock block = blockOf("H");
    const auto baseline = [&](Down down) {
        block.down = down;
        return mm(bottom(test::set(m_fonts, block, 600).ink), 600);
    };
    const double em = 24 * point, tolerance = mm(1.5, 600);
    QVERIFY(isNear(baseline(Down::Top), em * 1610 / 2000, tolerance));
    QVERIFY(isNear(baseline(Down::Bottom), 20 - em * 390 / 2000, tolerance));
    QVERIFY(isNear(baseline(Down::Middle), 10 + em * (1610 - 390) / 4000, tolerance));
}

void GeometryTest::lineSpacingCountsFromBaselineToBaseline() {
    TextBlock block = blockOf("H\nH\nH", 12, 50, 50);
    for (const double spacing : {0.5, 1.0, 1.5}) {
        block.lineSpacing = spacing;
        const SetText text = test::set(m_fonts, block, 600);
        QCOMPARE(text.lines, 3);
        const double step = 12 * point * (1610 + 390 + 400) / 2000 * spacing;
        QVERIFY(isNear(mm(text.ink.height, 600), 2 * step + 12 * point * 1433 / 2000, mm(1.5, 600)));
    }
}

void GeometryTest::letterSpacingLeavesJoinedLettersAlone() {
    TextBlock block = blockOf("HHHH");
    const int tight = test::set(m_fonts, block).ink.width;
    block.letterSpacing = 0.5;
    QVERIFY(isNear(mm(test::set(m_fonts, block).ink.width - tight), 3 * 0.5 * 24 * point, mm(1)));

    TextBlock joined = blockOf("سلام");
    const SetText plain = test::set(m_fonts, joined);
    joined.letterSpacing = 0.5;
    QCOMPARE(test::set(m_fonts, joined), plain);
}

void GeometryTest::noInkIsLostAtTheEdges() {
    // Its f and j reach far beyond their widths.
    TextBlock block = blockOf("fjord of");
    block.family = "Kaushan Script";
    block.across = Across::Centre;
    const SetText whole = test::set(m_fonts, block);
    QVERIFY(whole.warnings.empty());
    for (const Across across : {Across::Left, Across::Right}) {
        block.across = across;
        const SetText text = test::set(m_fonts, block);
        QVERIFY(text.warnings.empty());
        QVERIFY(isNear(inkSums(text).all, inkSums(whole).all, inkSums(whole).all * 0.002));
    }
}

void GeometryTest::aTextThatDoesNotFitIsSetSmallerAndTold() {
    const TextBlock block = blockOf("Sunrise over the Matterhorn, seen from Gornergrat", 24, 60, 18);
    const SetText text = test::set(m_fonts, block);
    const auto* shrunk = find<Shrunk>(text);
    QVERIFY(shrunk != nullptr && !find<Cut>(text) && !find<WordsBroken>(text));
    QCOMPARE(shrunk->size, text.fontSize);
    QVERIFY(text.fontSize < 24 && text.fontSize >= 6);
    // It was necessary: a quarter of a point more does not fit.
    TextBlock larger = block;
    larger.size = text.fontSize + 0.25;
    QVERIFY(find<Shrunk>(test::set(m_fonts, larger)) != nullptr);
    // And enough: the same size asked for fits.
    TextBlock same = block;
    same.size = text.fontSize;
    const SetText again = test::set(m_fonts, same);
    QVERIFY(again.warnings.empty());
    QCOMPARE(again.bytes, text.bytes);
}

void GeometryTest::aTextThatNeverFitsIsCutAndTold() {
    TextBlock block = blockOf("", 12, 40, 11);
    block.leastSize = 9;
    for (int i = 0; i < 40; ++i) block.text += "again and ";
    const SetText text = test::set(m_fonts, block);
    QCOMPARE(text.fontSize, 9.0);
    QVERIFY(find<Shrunk>(text) && find<Cut>(text));
    QCOMPARE(text.lines, 3);  // 9 pt, 10.8 pt from line to line: 10.8 mm
    const int hidden = find<Cut>(text)->characters;
    QVERIFY(hidden > 300 && hidden < 400);
    QVERIFY(right(text.ink) <= text.size.width && bottom(text.ink) <= text.size.height);
    // What is seen stays, what more is hidden is counted.
    block.text += "twelve more.";
    const SetText longer = test::set(m_fonts, block);
    QCOMPARE(longer.bytes, text.bytes);
    QCOMPARE(find<Cut>(longer)->characters, hidden + 13);  // with the blank that stood at the end
}

void GeometryTest::aWordWiderThanTheBoxIsBrokenAndTold() {
    const SetText text = test::set(m_fonts, blockOf("Donaudampfschifffahrtsgesellschaftskapitänsmütze", 24, 30, 20));
    QCOMPARE(text.fontSize, 6.0);
    QVERIFY(find<WordsBroken>(text) && !find<Cut>(text));
    QVERIFY(text.lines >= 2);
}

void GeometryTest::whatIsCutAcrossParagraphsIsCounted() {
    TextBlock block = blockOf("first\nsecond\nthird\nfourth", 12, 50, 11);
    block.leastSize = 12;
    const SetText text = test::set(m_fonts, block);
    QCOMPARE(text.lines, 2);
    QVERIFY(!find<Shrunk>(text) && find<Cut>(text));
    QCOMPARE(find<Cut>(text)->characters, 13);  // "third", "fourth" and two line ends
    // The second line says that there is more, as if somebody had typed it.
    block.text = "first\nsecond \u2026";
    const SetText typed = test::set(m_fonts, block);
    QVERIFY(typed.warnings.empty());
    QCOMPARE(typed.bytes, text.bytes);
}

void GeometryTest::aBoxSmallerThanALetterIsTold() {
    const SetText text = test::set(m_fonts, blockOf("H", 24, 0.5, 0.5));
    QVERIFY(find<Cut>(text));
    QCOMPARE(text.size, (image::PixelSize{6, 6}));
}

QTEST_APPLESS_MAIN(GeometryTest)
#include "geometry_test.moc"
