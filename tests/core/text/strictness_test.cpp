// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Texts from outside: what is refused, what is taken out, and what costs too much.
#include <time.h>

#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <limits>
#include <random>

#include "core/text/clean_text_p.h"
#include "tests/core/text/texts.h"

using namespace contone;
using namespace contone::text;
using namespace contone::text::test;

namespace {

using Change = std::function<void(TextBlock&)>;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::string repeated(const char* text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

void appendUtf8(std::string& text, char32_t c) {
    if (c < 0x80) {
        text += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr unsigned lead[] = {0, 0xc0, 0xe0, 0xf0};
    text += static_cast<char>(lead[more] | c >> (6 * more));
    for (int i = more - 1; i >= 0; --i) text += static_cast<char>(0x80 | (c >> (6 * i) & 0x3f));
}

}  // namespace

class StrictnessTest : public QObject {
    Q_OBJECT
    const FontSet m_fonts = openFonts();

  private slots:
    void whatABlockMayNotSay_data();
    void whatABlockMayNotSay();
    void whatARasterMayNotBe();
    void fontsThatAreNotThereOrDamagedAreASentence();
    void controlsAreTakenOutAndTold();
    void lineEndsAndBlanksAreOfOneKind();
    void nothingToSetIsNoInk();
    void longTextsAreCheap_data();
    void longTextsAreCheap();
    void anyCharactersAreSetInTheirBox();
};

void StrictnessTest::whatABlockMayNotSay_data() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("reason");
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const auto row = [](const char* name, const Change& change, const char* reason) {
        QTest::newRow(name) << change << QString(reason);
    };
    row("no width", [](TextBlock& b) { b.width = Length(); }, "text-box");
    row("negative height", [](TextBlock& b) { b.height = millimetres(-3); }, "text-box");
    row("a box of 11 m", [](TextBlock& b) { b.width = millimetres(11'000); }, "text-box");
    row("size is not a number", [=](TextBlock& b) { b.size = nan; }, "text-size");
    row("endless size", [=](TextBlock& b) { b.size = infinity; }, "text-size");
    row("size 0", [](TextBlock& b) { b.size = 0; }, "text-size");
    row("negative size", [](TextBlock& b) { b.size = -12; }, "text-size");
    row("least size is not a number", [=](TextBlock& b) { b.leastSize = nan; }, "text-least-size");
    row("least size above the size", [](TextBlock& b) { b.leastSize = 25; }, "text-least-size");
    row("line spacing is not a number", [=](TextBlock& b) { b.lineSpacing = nan; }, "text-line-spacing");
    row("line spacing 0", [](TextBlock& b) { b.lineSpacing = 0; }, "text-line-spacing");
    row("letter spacing 40", [](TextBlock& b) { b.letterSpacing = 40; }, "text-letter-spacing");
    row("letter spacing is not a number", [=](TextBlock& b) { b.letterSpacing = nan; }, "text-letter-spacing");
    row("no language", [](TextBlock& b) { b.language = ""; }, "text-language");
    row("a sentence as language", [](TextBlock& b) { b.language = "low german"; }, "text-language");
    row("an endless language", [](TextBlock& b) { b.language = repeated("en-", 40) + "en"; }, "text-language");
    row(
        "Latin-1",
        [](TextBlock& b) {
            b.text =
                "Gr\xfc\xdf"
                "e";
        },
        "text-not-utf8");
    row("half a character", [](TextBlock& b) { b.text = "Gr\xc3"; }, "text-not-utf8");
    row("a surrogate", [](TextBlock& b) { b.text = "\xed\xa0\x80"; }, "text-not-utf8");
    row("an unknown family", [](TextBlock& b) { b.family = "Comic Sans"; }, "text-font");
    row("a list of families", [](TextBlock& b) { b.family = "Lato,Vollkorn"; }, "text-font");
}

void StrictnessTest::whatABlockMayNotSay() {
    QFETCH(Change, change);
    QFETCH(QString, reason);
    TextBlock block = blockOf("Hello");
    change(block);
    const Result<SetText> text = m_fonts.set(block, Dpi{300}, Dpi{300});
    QVERIFY(!text);
    QCOMPARE(QString::fromStdString(text.error().reason), reason);
    QCOMPARE(text.error().code, Code::Invalid);
    QVERIFY(text.error().message.ends_with('.'));
}

void StrictnessTest::whatARasterMayNotBe() {
    const auto reasonOf = [&](const TextBlock& block, int dpiX, int dpiY) {
        const Result<SetText> text = m_fonts.set(block, Dpi{dpiX}, Dpi{dpiY});
        return text ? std::string() : text.error().reason;
    };
    QCOMPARE(reasonOf(blockOf("a"), 0, 300), std::string("text-resolution"));
    QCOMPARE(reasonOf(blockOf("a"), 300, -300), std::string("text-resolution"));
    QCOMPARE(reasonOf(blockOf("a"), 300, 5000), std::string("text-resolution"));
    QCOMPARE(reasonOf(blockOf("a", 24, 9000, 1), 300, 300), std::string("text-too-large"));
    QCOMPARE(reasonOf(blockOf("a", 24, 1000, 1000), 600, 600), std::string("text-too-large"));
    QCOMPARE(reasonOf(blockOf("a", 24, 0.01, 0.01), 300, 300), std::string());  // one pixel
}

void StrictnessTest::fontsThatAreNotThereOrDamagedAreASentence() {
    QTemporaryDir folder;
    FontSetSettings own = settings();
    own.folder = folder.path().toStdString();
    auto opened = FontSet::open(own);
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, std::string("fonts-missing"));

    for (const auto& entry : std::filesystem::directory_iterator(settings().folder))
        std::filesystem::copy_file(entry.path(), own.folder / entry.path().filename());
    QVERIFY(FontSet::open(own));
    QVERIFY(writeFileDurably(own.folder / "Lato-Bold.ttf", std::string_view("no font at all")));
    opened = FontSet::open(own);
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, std::string("font-damaged"));
}

void StrictnessTest::controlsAreTakenOutAndTold() {
    const SetText plain = test::set(m_fonts, blockOf("Anna and Bert"));
    QVERIFY(plain.warnings.empty());
    // An escape, a bell, a mark of byte order, an override of direction, NUL, DEL, C1, an object.
    const std::string dirty = std::string(
                                  "\ufeffAn\x1b"
                                  "na \x07"
                                  "and\u202e Bert") +
                              '\0' + "\x7f\u0090\ufffc";
    const SetText cleaned = test::set(m_fonts, blockOf(dirty));
    QCOMPARE(cleaned.bytes, plain.bytes);
    QVERIFY(find<ControlsStripped>(cleaned));
    QCOMPARE(find<ControlsStripped>(cleaned)->count, 8);
}

void StrictnessTest::lineEndsAndBlanksAreOfOneKind() {
    QCOMPARE(cleanText("a\r\nb\rc\nd\u2028e\u2029f\u0085g").text, std::string("a\nb\nc\nd\ne\nf\ng"));
    QCOMPARE(cleanText("a \t\nb\n\n").text, std::string("a\nb"));
    QCOMPARE(cleanText(" \ta").text, std::string("  a"));
    // Joiners, isolates, marks of direction, variation selectors, flags.
    const std::string kept = "\u200d\u200c\u2066x\u2069\u200e\u200f\u061c\ufe0f\U000e0067\u00ad";
    QCOMPARE(cleanText(kept).text, kept);
    QCOMPARE(cleanText(kept).stripped, 0);
}

void StrictnessTest::nothingToSetIsNoInk() {
    for (const char* nothing : {"", " ", "\n\n", "\u200b", "\u2003"}) {
        const SetText text = test::set(m_fonts, blockOf(nothing));
        QCOMPARE(text.ink, image::PixelRect());
        QVERIFY(text.warnings.empty());
        QCOMPARE(text.bytes.size(), static_cast<std::size_t>(1772) * 236);
    }
    QCOMPARE(test::set(m_fonts, blockOf("")).lines, 0);
}

void StrictnessTest::longTextsAreCheap_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("leftOut");
    const auto row = [](const char* name, const std::string& text, int leftOut) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << leftOut;
    };
    row("5000 letters in words", repeated("word ", 1000), 1000);
    row("5000 letters in one word", repeated("w", 5000), 1000);
    row("5000 Han", repeated("漢", 5000), 1000);
    row("5000 emoji", repeated("🎂", 5000), 1000);
    row("5000 marks on one letter", "a" + repeated("\u0300", 4999), 1000);
    row("2500 isolates that never end", repeated("a\u2067", 2500), 1000);
    row("directions that change with each letter", repeated("aא", 2500), 1000);
    row("5000 lines", repeated("x\n", 5000), 9601);
    row("a megabyte", repeated("All work and no play. ", 50'000), 1'096'000);
    row("a million controls", repeated("\x01", 1'000'000), 0);
}

void StrictnessTest::longTextsAreCheap() {
    QFETCH(QByteArray, text);
    QFETCH(int, leftOut);
    const double before = cpuSeconds();
    const SetText set = test::set(m_fonts, blockOf(text.toStdString()));
    const double took = cpuSeconds() - before;
    QCOMPARE(find<TooLong>(set) ? find<TooLong>(set)->characters : 0, leftOut);
    if (set.lines > 1) QVERIFY(find<Cut>(set) && find<Cut>(set)->characters > 0);  // marks take no room
    QVERIFY2(took < 2, qPrintable(QString::number(took)));                         // 0.01…0.3 s are usual
    qInfo("%.0f ms", took * 1000);
}

void StrictnessTest::anyCharactersAreSetInTheirBox() {
    std::mt19937 random(20261130);  // NOLINT(bugprone-random-generator-seed): the same texts in every run
    const auto below = [&](unsigned end) { return static_cast<unsigned>(random()) % end; };
    constexpr unsigned ends[] = {0x80, 0x3000, 0xd800, 0x20000, 0x110000};
    for (int i = 0; i < 150; ++i) {
        std::string text;
        const unsigned end = ends[below(5)];
        for (unsigned n = below(60); n > 0; --n)
            if (const unsigned c = below(end); c < 0xd800 || c > 0xdfff) appendUtf8(text, c);
        TextBlock block = blockOf(text, 6 + below(30), 5 + below(60), 3 + below(20));
        block.across = static_cast<Across>(below(5));
        block.letterSpacing = below(10) / 20.0 - 0.1;
        const SetText set = test::set(m_fonts, block, 150);
        QVERIFY(set.ink.x >= 0 && right(set.ink) <= set.size.width && bottom(set.ink) <= set.size.height);
        QCOMPARE(set.bytes.size(), set.stride() * static_cast<std::size_t>(set.size.height));
    }
}

QTEST_APPLESS_MAIN(StrictnessTest)
#include "strictness_test.moc"
