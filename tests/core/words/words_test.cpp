// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sentences, amounts, sizes and times as people read them in English and in German.
#include <QtTest>

#include "core/image/photo_problem.h"
#include "core/preflight/page_findings.h"
#include "core/words/say.h"
#include "core/words/sentences.h"

using namespace contone;
using namespace contone::words;

class WordsTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void amountsAreWrittenAsInTheShopsCountry();
    void numbersAreGroupedAndNeverMinusZero();
    void sizesAreInCentimetres();
    void timesAreAsShortAsTheirDayAllows();
    void aLocaleIsKnownByTheSystemsName();
    void oneAndManyHaveTheirOwnWords();
    void everyFindingIsASentenceInEveryLanguage();
    void everyReasonOfAPhotoIsASentenceInGerman();
    void aPhotoThatNeedsTooMuchMemorySaysHowMuch();
    void anErrorThatHasNoWordsKeepsItsMessage();
    void everyStateHasAWord();
    void aGamutReportIsToldInWords();
    void everyNoteOfAPriceIsASentence();
    void aQuoteEndsWithItsSums();

  private:
    static constexpr Locale english{Language::English}, german{Language::German};
};

#define SAID(expression, text) QCOMPARE(QString::fromStdString(expression), QString::fromUtf8(text))

void WordsTest::initTestCase() {
    // The zone is a part of what times say.
    QCOMPARE(qgetenv("TZ"), QByteArray("Europe/Berlin"));
}

void WordsTest::amountsAreWrittenAsInTheShopsCountry() {
    SAID(english.money({118, "EUR"}), "€1.18");
    SAID(german.money({118, "EUR"}), "1,18\u00a0€");
    SAID(english.money({123456, "CHF"}), "CHF\u00a01,234.56");
    SAID(german.money({123456, "CHF"}), "1.234,56\u00a0CHF");
    SAID(english.money({-5, "GBP"}), "-£0.05");
    SAID(german.money({-5, "USD"}), "-0,05\u00a0$");
    SAID(english.money({123456, "JPY"}), "¥123,456");
    SAID(german.money({350, "JPY"}), "350\u00a0¥");
    SAID(english.money({1234567, "KWD"}), "KWD\u00a01,234.567");
    SAID(german.money({-5, "TND"}), "-0,005\u00a0TND");
    SAID(english.money({std::numeric_limits<std::int64_t>::min(), "EUR"}), "-€92,233,720,368,547,758.08");
}

void WordsTest::numbersAreGroupedAndNeverMinusZero() {
    SAID(english.number(std::int64_t(999)), "999");
    SAID(english.number(std::int64_t(1204)), "1,204");
    SAID(german.number(std::int64_t(-1234567)), "-1.234.567");
    SAID(english.number(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
    SAID(german.number(1204.56, 1), "1.204,6");
    SAID(english.number(-0.04, 1), "0.0");
    SAID(english.percent(3.04, 1), "3.0\u00a0%");
}

void WordsTest::sizesAreInCentimetres() {
    SAID(english.size({millimetres(100), millimetres(150)}), "10 × 15\u00a0cm");
    SAID(german.size({millimetres(102), millimetres(152)}), "10,2 × 15,2\u00a0cm");
    SAID(german.millimetres(millimetres(-0.4)), "-0,4\u00a0mm");
    SAID(english.pixels(6000, 4000), "6000 × 4000 pixels (24.0 megapixels)");
    SAID(german.pixels(300, 225), "300 × 225 Pixel (0,1 Megapixel)");
}

void WordsTest::timesAreAsShortAsTheirDayAllows() {
    // 2026-11-22 13:03 UTC: 14:03 in Berlin, where winter time is an hour ahead.
    const Instant at{1'795'352'580'000}, hour{3'600'000};
    SAID(english.time(at, {at.ms + hour.ms}), "14:03");
    SAID(german.time(at, {at.ms + 24 * hour.ms}), "22. Nov., 14:03");
    SAID(english.time(at, {at.ms + 24 * hour.ms}), "22 Nov, 14:03");
    SAID(english.time(at, {at.ms + 50 * 24 * hour.ms}), "22 Nov 2026");
    SAID(english.time({}, at), "");
}

void WordsTest::aLocaleIsKnownByTheSystemsName() {
    QVERIFY(Locale::named("de_AT.UTF-8") == german && Locale::named("de") == german &&
            Locale::named("de-CH") == german);
    QVERIFY(Locale::named("C") == english && Locale::named("") == english && Locale::named("den") == english);
    const QByteArray all = qgetenv("LC_ALL");
    qputenv("LC_ALL", "de_DE.UTF-8");
    const Locale asSet = Locale::ofEnvironment();
    if (all.isNull())
        qunsetenv("LC_ALL");
    else
        qputenv("LC_ALL", all);
    QVERIFY(asSet == german);
}

void WordsTest::oneAndManyHaveTheirOwnWords() {
    SAID(asSent(english), "No changes to colour or light");
    SAID(asSent(german), "Farben und Licht bleiben, wie sie sind");
    SAID(printsLeft(english, 1), "1 print left");
    SAID(printsLeft(german, 1), "Noch 1 Abzug");
    SAID(printsLeft(english, 1200), "1,200 prints left");
    SAID(printsLeft(german, 1200), "Noch 1.200 Abzüge");
    SAID(supply(german, "Farbband", 62), "Farbband 62\u00a0%");
    SAID(say(english, "printer.line", {{"setup", "counter"}}), "counter: {state}");
    SAID(say(english, "no-such-key", {{"n", 2}}, "said as {n} it is"), "said as {n} it is");
}

void WordsTest::everyFindingIsASentenceInEveryLanguage() {
    for (const auto& row : wordTable<findings::FindingCode>.words)
        for (const auto& fix : wordTable<findings::Fix>.words)
            for (const Locale& locale : {english, german}) {
                const findings::Finding finding{
                    .code = row.value, .numbers = {{"dpi", 97}, {"percent", 4}, {"ninth", 8}}, .fix = fix.value};
                const QString said = QString::fromStdString(sentence(locale, finding));
                QVERIFY2(said.endsWith('.') && !said.contains('{') && said.size() > 15, row.word);
            }
    const image::PhotoWarnings all((1ULL << image::photoWarningCount) - 1);
    for (int i = 0; i < image::photoWarningCount; i++) {
        const auto warning = image::PhotoWarning(i);
        QCOMPARE(sentence(english, warning), image::toSentence(warning));
        QVERIFY(sentence(german, warning) != image::toSentence(warning));
    }
}

void WordsTest::everyReasonOfAPhotoIsASentenceInGerman() {
    for (const image::PhotoProblem& problem : image::photoProblems()) {
        const Error error{problem.code, problem.reason, problem.sentence, {}};
        QCOMPARE(sentence(english, error), std::string(problem.sentence));
        const QString said = QString::fromStdString(sentence(german, error));
        QVERIFY2(said != QString::fromUtf8(problem.sentence) && said.endsWith('.'), problem.reason);
    }
}

void WordsTest::aPhotoThatNeedsTooMuchMemorySaysHowMuch() {
    const Error error = image::photoNeedsMemory(3'360'000'001, 2'000'000'000, "interlaced PNG").error();
    QCOMPARE(error.reason, std::string("photo-memory"));
    SAID(
        sentence(english, error),
        "This photo must be held in memory as a whole, which takes 3.4 GB; a photo may take 2.0 GB here. Save it as an "
        "ordinary JPEG, or a smaller copy.");
    SAID(sentence(german, error),
         "Dieses Foto muss als Ganzes im Speicher liegen und braucht dafür 3,4 GB; ein Foto bekommt hier 2,0 GB. "
         "Speichern Sie es als gewöhnliches JPEG oder kleiner.");
    // As it comes from a child: reason and detail.
    QVERIFY(image::photoProblem("photo-memory", error.detail).error() == error);
    for (const char* detail : {"", "bad_alloc", "needs 5", "needs -5 of 3 bytes", "needs 5 of x bytes", "needs 5 of 3"})
        QVERIFY2(!image::memoryNeed(image::photoProblem("photo-memory", detail).error()), detail);
}

void WordsTest::anErrorThatHasNoWordsKeepsItsMessage() {
    const Error error{Code::NotFound, "model-unknown", "The printer model of setup \"a{b\" is not known here.", {}};
    QCOMPARE(sentence(german, error), error.message);
}

void WordsTest::everyStateHasAWord() {
    for (int i = 0; i <= int(print::SheetState::Cancelled); i++)
        for (const Locale& locale : {english, german}) QVERIFY(!sheetState(locale, print::SheetState(i)).empty());
    for (int i = 1; i <= 8; i++)
        for (const Locale& locale : {english, german}) QVERIFY(!orientation(locale, image::Orientation(i)).empty());
    for (const auto intent :
         {icc::Intent::Perceptual, icc::Intent::Relative, icc::Intent::Saturation, icc::Intent::Absolute})
        for (const Locale& locale : {english, german}) QVERIFY(!words::intent(locale, intent).empty());
    SAID(verification(german, std::nullopt), "Noch nicht geprüft: Vorher kann er nicht drucken.");
    SAID(verification(english, print::Verification{.passed = false, .problems = {"Load glossy paper."}}),
         "Check failed. Load glossy paper.");
    SAID(largest(german, std::nullopt, "13 × 18 cm"), "Gut bis 13 × 18 cm, scharf in keiner Größe, die wir anbieten");
}

void WordsTest::aGamutReportIsToldInWords() {
    const icc::GamutReport many{.percentOutOfGamut = 3.04, .meanDeltaE = 0.42, .p95DeltaE = 2.5, .worstRegion = 0};
    SAID(sentence(english, preflight::ofGamut({}, many, {})),
         "3.0\u00a0% of the colours are outside what this paper can show (mean ΔE 0.4, 95\u00a0% within 2.5; worst: "
         "upper left).");
    SAID(sentence(german, preflight::ofGamut({}, many, {})),
         "3,0\u00a0% der Farben kann dieses Papier nicht zeigen (mittleres ΔE 0,4, 95\u00a0% bis 2,5; am stärksten: "
         "oben "
         "links).");
    QVERIFY(sentence(english, preflight::ofGamut({}, {}, {})).starts_with("This paper can show all"));
}

void WordsTest::everyNoteOfAPriceIsASentence() {
    for (const auto& row : wordTable<pricing::NoteCode>.words)
        for (const Locale& locale : {english, german}) {
            const QString said = QString::fromStdString(
                sentence(locale, pricing::Note{row.value, "10x15", "10 × 15 cm", {{"ordered", 2}}, {45, "EUR"}}));
            QVERIFY2(said.endsWith('.') && !said.contains('{') && said.size() > 15, row.word);
        }
    const pricing::Note charged{
        pricing::NoteCode::ChargedAs, "10x15", "10 × 15 cm", {{"ordered", 24}, {"charged", 25}}, {45, "EUR"}};
    SAID(sentence(english, charged), "10 × 15 cm: 24 prints are charged as 25 at €0.45.");
    SAID(sentence(german, charged), "10 × 15 cm: 24 Abzüge werden als 25 zu 0,45\u00a0€ berechnet.");
    const pricing::Note more{pricing::NoteCode::MoreForFree, "10x15", "10 × 15 cm", {{"more", 1}}, {}};
    SAID(sentence(english, more), "10 × 15 cm: 1 more at no extra cost.");
}

void WordsTest::aQuoteEndsWithItsSums() {
    pricing::Quote quote;
    quote.taxes = {{1900, {84, "EUR"}, {16, "EUR"}, {100, "EUR"}}, {810, {1, "EUR"}, {0, "EUR"}, {1, "EUR"}}};
    quote.total = {101, "EUR"};
    quote.cashTotal = {100, "EUR"};
    quote.cashRounding = {-1, "EUR"};
    quote.holdsMinutes = 1;
    const auto said = sums(english, quote);
    QCOMPARE(said.size(), 5u);
    SAID(said[0], "19\u00a0% tax included: €0.16");
    SAID(said[1], "8.10\u00a0% tax included: €0.00");
    SAID(said[2], "Total: €1.01");
    SAID(said[3], "In cash: €1.00");
    SAID(said[4], "Holds for 1 minute.");
    quote.taxPlacement = pricing::TaxPlacement::Excluded;
    SAID(sums(german, quote).front(), "19\u00a0% Steuer: 0,16\u00a0€");
}

QTEST_GUILESS_MAIN(WordsTest)
#include "words_test.moc"
