// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Scripts and emoji: letters that join, conjuncts, marks, forms of Han, sequences, and what no font has.
#include <QTest>

#include "tests/core/text/texts.h"

using namespace contone;
using namespace contone::text;
using namespace contone::text::test;

namespace {

TextBlock inLanguage(std::string text, const char* language) {
    TextBlock block = blockOf(std::move(text));
    block.language = language;
    return block;
}

}  // namespace

class ScriptsTest : public QObject {
    Q_OBJECT
    const FontSet m_fonts = openFonts();
    SetText set(const TextBlock& block, int dpi = 300) const { return test::set(m_fonts, block, dpi); }

  private slots:
    void initTestCase();
    void arabicLettersJoin();
    void devanagariConsonantsMelt();
    void thaiMarksTakeNoWidth();
    void hebrewKeepsItsNumbersUpright();
    void hanFollowsTheLanguage();
    void hanWithoutALanguageFollowsKanaAndHangul();
    void isolatesKeepWordsInTheirPlace();
    void emojiAreColoured();
    void emojiStandBesideTextInItsColour();
    void sequencesAreOnePicture_data();
    void sequencesAreOnePicture();
    void aLonelyEmojiNeedsNoMark();
    void emojiAreSharpUpTo109PixelsAnEm();
    void whatNoFontHasIsLeftBlankAndTold();
    void withoutDebiansFontsHanAndEmojiAreTold();
    void aFamilyWithoutBoldSaysSo();
};

void ScriptsTest::initTestCase() {
    QVERIFY2(m_fonts.missingFiles().empty(), "fonts-noto-cjk or fonts-noto-color-emoji is missing: run ./dev setup");
}

void ScriptsTest::arabicLettersJoin() {
    // Two beh, each with one dot: joined they are one stroke. A non-joiner keeps them apart.
    QCOMPARE(shapes(set(inLanguage("بب", "ar"))), 3);
    QCOMPARE(shapes(set(inLanguage("ب\u200cب", "ar"))), 4);
    QVERIFY(set(inLanguage("سلام", "ar")).ink.width < set(inLanguage("س\u200cل\u200cا\u200cم", "ar")).ink.width * 0.95);
}

void ScriptsTest::devanagariConsonantsMelt() {
    // ka + virama + ssa is one sign; with a non-joiner the half of each is seen.
    const SetText conjunct = set(inLanguage("क्ष", "hi")), apart = set(inLanguage("क्\u200cष", "hi"));
    QVERIFY(conjunct.ink.width < apart.ink.width * 0.75);
    QVERIFY(conjunct.warnings.empty());
    // The vowel sign i stands before the consonant that it is spoken after.
    const SetText consonant = set(inLanguage("क", "hi")), withSign = set(inLanguage("कि", "hi"));
    QVERIFY(withSign.ink.width > consonant.ink.width * 1.2);
}

void ScriptsTest::thaiMarksTakeNoWidth() {
    const SetText plain = set(inLanguage("ท", "th")), marked = set(inLanguage("ที่", "th"));
    QVERIFY(std::abs(marked.ink.width - plain.ink.width) <= plain.ink.width / 10);
    QVERIFY(marked.ink.height > plain.ink.height * 1.3);
}

void ScriptsTest::hebrewKeepsItsNumbersUpright() {
    // Right to left, but digits left to right: what stands at the left is "12", not "21". The line is higher than one
    // of digits alone, so what is compared is the ink of each column.
    const SetText text = set(inLanguage("שלום 12", "he")), digits = set(blockOf("12"));
    for (int x = 0; x < right(digits.ink); ++x) {
        int expected = 0, found = 0;
        for (int y = 0; y < text.size.height; ++y) {
            expected += inkAt(digits, x, y);
            found += inkAt(text, x, y);
        }
        QVERIFY2(std::abs(found - expected) <= 255, qPrintable(QString::number(x)));
    }
}

void ScriptsTest::hanFollowsTheLanguage() {
    for (const char* character : {"直", "骨"}) {
        const SetText japanese = set(inLanguage(character, "ja"));
        const SetText chinese = set(inLanguage(character, "zh-Hans"));
        const SetText taiwanese = set(inLanguage(character, "zh-TW"));
        QVERIFY(japanese.ink.width > 50 && japanese.warnings.empty());
        QVERIFY2(japanese.bytes != chinese.bytes, character);
        QCOMPARE(set(inLanguage(character, "zh-CN")), chinese);
        QCOMPARE(set(inLanguage(character, "zh-Hant")), taiwanese);
    }
    QVERIFY(set(inLanguage("骨", "zh-Hans")).bytes != set(inLanguage("骨", "zh-Hant")).bytes);
}

void ScriptsTest::hanWithoutALanguageFollowsKanaAndHangul() {
    QCOMPARE(set(inLanguage("直の骨", "de")), set(inLanguage("直の骨", "ja")));
    QCOMPARE(set(inLanguage("直 한국", "de")), set(inLanguage("直 한국", "ko")));
    QCOMPARE(set(inLanguage("直", "de")), set(inLanguage("直", "zh-Hans")));
}

void ScriptsTest::isolatesKeepWordsInTheirPlace() {
    // A Hebrew name before a number: isolated, the number stays behind it in the English line.
    const SetText isolated = set(blockOf("\u2068שרה\u2069 3 a")), bare = set(blockOf("שרה 3 a"));
    QVERIFY(!find<ControlsStripped>(isolated));
    QVERIFY(isolated.bytes != bare.bytes);
}

void ScriptsTest::emojiAreColoured() {
    // Invisible emoji do not count as missing, so nothing but their pixels can tell (noto-emoji issue 362).
    for (const char* emoji : {"🎂", "❤️", "🇩🇪", "👍🏽"}) {
        const SetText text = set(blockOf(emoji));
        QCOMPARE(text.kind, SetText::Kind::Rgba);
        QVERIFY2(colouredPixels(text) > 2000, emoji);
        QVERIFY(text.warnings.empty());
    }
    QCOMPARE(set(blockOf("plain")).kind, SetText::Kind::Coverage);
}

void ScriptsTest::emojiStandBesideTextInItsColour() {
    TextBlock block = blockOf("I 🎂");
    block.colour = {10, 20, 200};
    const SetText text = set(block);
    const int y = text.ink.y + text.ink.height / 2;
    const std::byte* pixel = nullptr;
    for (int x = 0; pixel == nullptr && x < text.size.width; ++x)
        if (inkAt(text, x, y) == 255) pixel = &text.bytes[text.stride() * y + static_cast<std::size_t>(x) * 4];
    QVERIFY(pixel != nullptr);
    QCOMPARE(static_cast<int>(pixel[0]), 10);
    QCOMPARE(static_cast<int>(pixel[1]), 20);
    QCOMPARE(static_cast<int>(pixel[2]), 200);
    // Edges are not darkened by their transparency.
    for (int x = 0; x < text.ink.x + 8; ++x) {
        const std::byte* edge = &text.bytes[text.stride() * y + static_cast<std::size_t>(x) * 4];
        if (inkAt(text, x, y) > 100) QVERIFY(std::abs(static_cast<int>(edge[2]) - 200) <= 2);
    }
}

void ScriptsTest::sequencesAreOnePicture_data() {
    QTest::addColumn<QString>("sequence");
    QTest::newRow("skin tone") << "👍🏽";
    QTest::newRow("family") << "👩‍👩‍👧‍👦";
    QTest::newRow("flag") << "🇯🇵";
    QTest::newRow("flag of tags") << "🏴󠁧󠁢󠁥󠁮󠁧󠁿";
    QTest::newRow("key cap") << "1️⃣";
    QTest::newRow("profession with skin tone") << "👩🏾‍🚀";
    QTest::newRow("hands held") << "🧑🏻‍🤝‍🧑🏿";
    QTest::newRow("veil, fully qualified") << "👰🏽‍♀️";
    QTest::newRow("veil, without the last mark") << "👰🏽‍♀";
    QTest::newRow("heart") << "❤️";
    QTest::newRow("heart on fire") << "❤️‍🔥";
    QTest::newRow("detective, half qualified") << "🕵‍♂️";
    QTest::newRow("rainbow flag") << "🏳️‍🌈";
    QTest::newRow("polar bear") << "🐻‍❄️";
}

void ScriptsTest::sequencesAreOnePicture() {
    QFETCH(QString, sequence);
    const SetText one = set(blockOf("🎂")), text = set(blockOf(sequence.toStdString()));
    QCOMPARE(text.kind, SetText::Kind::Rgba);
    QVERIFY(text.warnings.empty());
    // A picture is 1.245 em wide at most; two would be 2.5. Nothing of the text's black stands beside it.
    QVERIFY2(text.ink.width <= 1.3 * 100, qPrintable(QString::number(text.ink.width)));
    QVERIFY(one.ink.width > 60 && text.ink.width > 60);
}

void ScriptsTest::aLonelyEmojiNeedsNoMark() {
    // U+263A and U+1F5A5 are text unless marked, but no text font has them: the blank before them stays a blank.
    QCOMPARE(set(blockOf("a ☺ b")), set(blockOf("a ☺\ufe0f b")));
    QCOMPARE(set(blockOf("a 🖥")), set(blockOf("a 🖥\ufe0f")));
    QCOMPARE(set(blockOf("a 🎂")), set(blockOf("a 🎂\ufe0f")));
}

void ScriptsTest::emojiAreSharpUpTo109PixelsAnEm() {
    QVERIFY(!find<EmojiUpscaled>(set(blockOf("🎂", 26))));
    const SetText enlarged = set(blockOf("🎂", 26), 600);
    QVERIFY(find<EmojiUpscaled>(enlarged));
    QVERIFY(std::abs(find<EmojiUpscaled>(enlarged)->factor - 26.0 * 600 / 72 / 109) < 0.001);
    // The font's picture of a flag fills all of its 136 pixels: at 26 pt and 300 dpi, 108.3 pixels an em, 135 are left.
    QVERIFY(set(blockOf("1️⃣", 26)).ink.width <= 136);
    QVERIFY(!find<EmojiUpscaled>(set(blockOf("no emoji", 48), 600)));
}

void ScriptsTest::whatNoFontHasIsLeftBlankAndTold() {
    const SetText text = set(blockOf("a বাবা \ue000 b"));
    QVERIFY(find<MissingGlyphs>(text));
    QCOMPARE(find<MissingGlyphs>(text)->characters, (std::vector<char32_t>{0x9ac, 0x9be, 0xe000}));
    QCOMPARE(shapes(text), 2);  // a, b
}

void ScriptsTest::withoutDebiansFontsHanAndEmojiAreTold() {
    FontSetSettings bare = settings();
    bare.systemFiles = {"/nowhere/NotoColorEmoji.ttf"};
    const FontSet fonts = orStop(FontSet::open(bare));
    QCOMPARE(fonts.missingFiles(), bare.systemFiles);
    const SetText text = test::set(fonts, blockOf("H 直🎂☺"));
    QVERIFY(find<MissingGlyphs>(text));
    QCOMPARE(find<MissingGlyphs>(text)->characters, (std::vector<char32_t>{U'直', U'🎂', U'☺'}));
    QCOMPARE(text.kind, SetText::Kind::Coverage);
    QCOMPARE(shapes(text), 1);
    QCOMPARE(test::set(fonts, blockOf("Hamburg")), set(blockOf("Hamburg")));
}

void ScriptsTest::aFamilyWithoutBoldSaysSo() {
    TextBlock block = blockOf("Bold");
    block.weight = Weight::Bold;
    for (const FontFamily& family : m_fonts.families()) {
        block.family = family.name;
        QCOMPARE(find<StyleMissing>(set(block)) == nullptr, family.hasBold);
        TextBlock italic = blockOf("Italic");
        italic.family = family.name;
        italic.slant = Slant::Italic;
        QCOMPARE(find<StyleMissing>(set(italic)) == nullptr, family.hasItalic);
        TextBlock upright = italic;
        upright.slant = Slant::Upright;
        QCOMPARE(set(italic).bytes != set(upright).bytes, family.hasItalic);
    }
}

QTEST_APPLESS_MAIN(ScriptsTest)
#include "scripts_test.moc"
