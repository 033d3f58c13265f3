// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Nested prints lie apart, inside the margins and with their owner, can be cut as the shop cuts, and leave little
// paper.
#include <QtTest>

#include <algorithm>
#include <ctime>
#include <set>

#include "core/base/sha256.h"
#include "core/layout/chance_p.h"
#include "core/layout/nesting.h"

using namespace contone;
using namespace contone::layout;

namespace {

struct Side {
    double width, height;
};
using Mix = std::array<Side, 12>;
// Sizes that labs sell, in mm. Those in inches leave less between them than those of paper formats and cameras.
constexpr Mix inchSizes{{{51, 152},
                         {89, 89},
                         {89, 127},
                         {102, 102},
                         {102, 152},
                         {127, 127},
                         {127, 178},
                         {152, 152},
                         {152, 203},
                         {203, 203},
                         {203, 254},
                         {210, 297}}};
constexpr Mix metricSizes{{{51, 152},
                           {76, 102},
                           {89, 127},
                           {90, 130},
                           {102, 152},
                           {105, 148},
                           {127, 178},
                           {130, 180},
                           {148, 210},
                           {152, 203},
                           {203, 254},
                           {210, 297}}};

Print print(double width, double height, std::string owner = "ann", Turning turning = Turning::Allowed) {
    return {{millimetres(width), millimetres(height)}, std::move(owner), turning};
}

std::vector<Print> mixed(std::uint64_t seed, const Mix& mix = inchSizes, std::size_t count = 100) {
    Chance chance(seed);
    std::vector<Print> prints;
    for (std::size_t i = 0; i < count; ++i) {
        const Side side = mix[chance.below(mix.size())];
        prints.push_back(print(side.width, side.height));
    }
    return prints;
}

Medium roll(double width) {
    return {.form = Form::Roll, .width = millimetres(width)};
}
Medium sheets(double width, double length) {
    return {.form = Form::Sheets, .width = millimetres(width), .length = millimetres(length)};
}

/// Apart by `gap` on at least one axis.
bool areApart(const Box& a, const Box& b, Length gap) {
    return a.right() + gap <= b.left || b.right() + gap <= a.left || a.bottom() + gap <= b.top ||
           b.bottom() + gap <= a.top;
}

/// Whether cuts from edge to edge can part all boxes: there is a line that crosses none, and so on in both parts.
bool canBeGuillotined(const std::vector<Box>& boxes) {
    if (boxes.size() < 2) return true;
    const auto parts = [&](auto start, auto end) {
        for (const Box& at : boxes) {
            std::vector<Box> before, after;
            bool crosses = false;
            for (const Box& box : boxes) {
                crosses = crosses || (start(box) < start(at) && end(box) > start(at));
                (start(box) < start(at) ? before : after).push_back(box);
            }
            if (!crosses && !before.empty()) return canBeGuillotined(before) && canBeGuillotined(after);
        }
        return false;
    };
    return parts([](const Box& b) { return b.left; }, [](const Box& b) { return b.right(); }) ||
           parts([](const Box& b) { return b.top; }, [](const Box& b) { return b.bottom(); });
}

std::vector<Box> boxesOf(const NestedSheet& sheet) {
    std::vector<Box> boxes;
    for (const Place& place : sheet.places) boxes.push_back(place.box);
    return boxes;
}

/// What is wrong with a nesting, in words; empty when nothing is.
std::string faultOf(const Nesting& nesting, const std::vector<Print>& prints, const Medium& m, Owners owners) {
    std::multiset<std::size_t> seen;
    for (const LeftOut& out : nesting.leftOut) seen.insert(out.print);
    for (const NestedSheet& sheet : nesting.sheets) {
        if (m.form == Form::Sheets && sheet.length != m.length) return "a sheet has another length";
        if (sheet.used > sheet.length) return "more is used than there is";
        if (m.length > Length() && sheet.length > m.length) return "a section is too long";
        for (const Place& place : sheet.places) {
            seen.insert(place.print);
            const Print& given = prints.at(place.print);
            const bool isTurned = place.turned == Turned::Quarter;
            if (place.box.size != (isTurned ? given.size.rotated() : given.size)) return "a print has another size";
            if (isTurned && given.turning == Turning::Fixed) return "a print was turned";
            if (owners == Owners::Apart && given.owner != sheet.owner) return "owners are mixed";
            if (place.box.left < m.margins.left || place.box.right() > m.width - m.margins.right ||
                place.box.top < m.margins.top || place.box.bottom() > sheet.length - m.margins.bottom)
                return "a print lies in the margin";
            for (const Place& other : sheet.places)
                if (&other != &place && !areApart(place.box, other.box, m.gap)) return "prints are too near";
        }
        if (m.cutting == Cutting::Guillotine && !canBeGuillotined(boxesOf(sheet))) return "no guillotine parts them";
    }
    for (std::size_t i = 0; i < prints.size(); ++i)
        if (seen.count(i) != 1) return "a print is missing or there twice";
    return seen.size() == prints.size() ? "" : "there is a print that nobody ordered";
}

/// Mean and least use of seeded sets of 100 prints without a gap, and the processor's milliseconds for each.
struct Outcome {
    double mean = 0, least = 1, milliseconds = 0;
    std::string fault;
};

Outcome outcomeOf(const Medium& medium, const Mix& mix, int sets) {
    Outcome outcome;
    for (int set = 1; set <= sets; ++set) {
        const std::vector<Print> prints = mixed(static_cast<std::uint64_t>(set), mix);
        const std::clock_t begin = std::clock();
        const auto nesting = nest(prints, medium);
        outcome.milliseconds += static_cast<double>(std::clock() - begin) * 1000 / CLOCKS_PER_SEC / sets;
        if (!nesting) return {.fault = nesting.error().message};
        if (outcome.fault.empty()) outcome.fault = faultOf(*nesting, prints, medium, Owners::Apart);
        outcome.mean += nesting->use / sets;
        outcome.least = std::min(outcome.least, nesting->use);
    }
    return outcome;
}

}  // namespace

class NestingTest : public QObject {
    Q_OBJECT
  private slots:
    void littlePaperIsLeftOver_data();
    void littlePaperIsLeftOver();
    void printsKeepTheirGapMarginsAndOwners_data();
    void printsKeepTheirGapMarginsAndOwners();
    void theCheckOfGuillotinesKnowsAPinwheel();
    void equalQuestionsHaveEqualAnswers();
    void placesAreTheSameOnEveryMachine();
    void customersShareASheetOnlyWhenToldSo();
    void aPrintThatFillsTheSheetIsPlaced();
    void useIsThePrintsByThePaper();
    void aPrintThatMayNotBeTurnedIsNot();
    void impossiblePrintsAreNamedAndTheRestIsPlaced();
    void sectionsOfARollAreNoLongerThanItsPrinterCan();
    void impossibleMediaAreRefused_data();
    void impossibleMediaAreRefused();
    void nothingIsNestedOfNothing();
    void tooManyPrintsAndTriesAreRefused();
    void aSearchCanBeStopped();
};

void NestingTest::littlePaperIsLeftOver_data() {
    QTest::addColumn<bool>("isRoll");
    QTest::addColumn<bool>("isGuillotine");
    QTest::addColumn<bool>("isMetric");
    QTest::addColumn<int>("sets");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("least");
    // Mean and least as measured, to the half percent below. The aim was 0.95 on a roll and 0.94 on sheets.
    QTest::newRow("roll") << true << false << false << 20 << 0.95 << 0.94;
    QTest::newRow("sheets") << false << false << false << 20 << 0.94 << 0.87;
    QTest::newRow("roll, guillotine") << true << true << false << 8 << 0.95 << 0.94;
    QTest::newRow("sheets, guillotine") << false << true << false << 8 << 0.94 << 0.87;
    QTest::newRow("roll, metric") << true << false << true << 8 << 0.95 << 0.94;
    QTest::newRow("sheets, metric") << false << false << true << 8 << 0.93 << 0.91;
}
void NestingTest::littlePaperIsLeftOver() {
    QFETCH(bool, isRoll);
    QFETCH(bool, isGuillotine);
    QFETCH(bool, isMetric);
    QFETCH(int, sets);
    QFETCH(double, mean);
    QFETCH(double, least);
    Medium medium = isRoll ? roll(305) : sheets(305, 457);
    medium.cutting = isGuillotine ? Cutting::Guillotine : Cutting::Free;
    const Outcome outcome = outcomeOf(medium, isMetric ? metricSizes : inchSizes, sets);
    QVERIFY2(outcome.fault.empty(), outcome.fault.c_str());
    qInfo("use %.1f %% in the mean, %.1f %% at least, %.0f ms a set", outcome.mean * 100, outcome.least * 100,
          outcome.milliseconds);
    QCOMPARE_GE(outcome.mean, mean);
    QCOMPARE_GE(outcome.least, least);
}

void NestingTest::printsKeepTheirGapMarginsAndOwners_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 60; ++seed) QTest::addRow("%d", seed) << seed;
}
/// Random prints of random media, to the micrometre, with all that may be asked of them.
void NestingTest::printsKeepTheirGapMarginsAndOwners() {
    QFETCH(int, seed);
    Chance chance(static_cast<std::uint64_t>(seed));
    const auto upTo = [&](double mm) { return Length::micrometres(std::int64_t(chance.share() * mm * 1000)); };
    Medium m;
    m.form = chance.below(2) ? Form::Roll : Form::Sheets;
    m.width = millimetres(150) + upTo(300);
    if (m.form == Form::Sheets || chance.below(2)) m.length = millimetres(200) + upTo(500);
    m.margins = {upTo(15), upTo(15), upTo(15), upTo(15)};
    m.gap = upTo(6);
    m.cutting = chance.below(2) ? Cutting::Guillotine : Cutting::Free;
    const Owners owners = chance.below(4) ? Owners::Apart : Owners::Mixed;
    std::vector<Print> prints;
    for (std::size_t i = 0; i < 40; ++i)
        prints.push_back({{millimetres(20) + upTo(180), millimetres(20) + upTo(180)},
                          "customer " + std::to_string(chance.below(4)),
                          chance.below(3) ? Turning::Allowed : Turning::Fixed});
    const auto nesting = nest(prints, m, owners, {.triesForEachPrint = 500});
    QVERIFY2(nesting, nesting ? "" : nesting.error().message.c_str());
    const std::string fault = faultOf(*nesting, prints, m, owners);
    QVERIFY2(fault.empty(), fault.c_str());
    QVERIFY(nesting->use > 0 && nesting->use <= 1);
}

void NestingTest::theCheckOfGuillotinesKnowsAPinwheel() {
    const auto box = [](int x, int y, int w, int h) {
        return Box{millimetres(x), millimetres(y), {millimetres(w), millimetres(h)}};
    };
    QVERIFY(!canBeGuillotined({box(0, 0, 2, 1), box(2, 0, 1, 2), box(1, 2, 2, 1), box(0, 1, 1, 2)}));
    QVERIFY(canBeGuillotined({box(0, 0, 2, 1), box(2, 0, 1, 2), box(0, 1, 1, 1), box(1, 1, 1, 1), box(0, 2, 3, 1)}));
}

void NestingTest::equalQuestionsHaveEqualAnswers() {
    for (const Medium& medium : {roll(305), sheets(305, 457)}) {
        const auto once = nest(mixed(3), medium), again = nest(mixed(3), medium);
        QVERIFY(once && *once == *again);
        const auto other = nest(mixed(3), medium, Owners::Apart, {.seed = 2});
        QVERIFY(other && other->sheets != once->sheets);
    }
}

/// Of GCC and clang, with and without optimisation, from x86-64 to x86-64-v3. Changes when the search does.
void NestingTest::placesAreTheSameOnEveryMachine() {
    std::string text;
    for (const Medium& medium : {roll(305), sheets(305, 457)}) {
        const auto nesting = nest(mixed(3), medium, Owners::Apart, {.triesForEachPrint = 1000});
        QVERIFY(nesting);
        for (const NestedSheet& sheet : nesting->sheets)
            for (const Place& place : sheet.places)
                text += std::to_string(place.print) + " " + std::to_string(place.box.left.um()) + " " +
                        std::to_string(place.box.top.um()) + "\n";
    }
    QCOMPARE(QString::fromStdString(Sha256::of(text).toString()).left(16), QString("62928499277fa240"));
}

void NestingTest::customersShareASheetOnlyWhenToldSo() {
    // Two prints of 100 × 150 mm fill a sheet of 200 × 150 mm.
    const std::vector<Print> prints{print(100, 150, "ann"), print(100, 150, "bob")};
    const auto apart = nest(prints, sheets(200, 150)), mixedUp = nest(prints, sheets(200, 150), Owners::Mixed);
    QVERIFY(apart && mixedUp);
    QCOMPARE(apart->sheets.size(), std::size_t(2));
    QCOMPARE(apart->sheets[0].owner, std::string("ann"));
    QCOMPARE(apart->sheets[1].owner, std::string("bob"));
    QCOMPARE(mixedUp->sheets.size(), std::size_t(1));
    QCOMPARE(mixedUp->use, 1.0);
    const auto sections = nest(prints, roll(200));
    QVERIFY(sections);
    QCOMPARE(sections->sheets.size(), std::size_t(2));
}

void NestingTest::aPrintThatFillsTheSheetIsPlaced() {
    Medium medium = sheets(210, 160);
    medium.margins = Edges::all(millimetres(5));
    medium.gap = millimetres(4);  // between prints, so a lone one may reach the margins
    const auto nesting = nest({print(200, 150)}, medium);
    QVERIFY(nesting);
    QVERIFY(nesting->leftOut.empty());
    QVERIFY(nesting->sheets.at(0).places.at(0).box == (Box{millimetres(5), millimetres(5), print(200, 150).size}));
}

void NestingTest::useIsThePrintsByThePaper() {
    // Two sheets of 100 × 200: a full one, and half of another, which counts as far as it is used.
    const auto onSheets = nest({print(100, 200), print(100, 100)}, sheets(100, 200));
    QVERIFY(onSheets);
    QCOMPARE(onSheets->sheets.back().used, millimetres(100));
    QCOMPARE(onSheets->use, 1.0);
    // Half of a roll's width.
    Medium wide = roll(204);
    wide.margins.left = wide.margins.right = millimetres(2);
    const auto onRoll = nest({print(100, 300, "ann", Turning::Fixed)}, wide);
    QVERIFY(onRoll);
    QCOMPARE(onRoll->sheets.at(0).length, millimetres(300));
    QCOMPARE(onRoll->use, 100.0 / 204);
}

void NestingTest::aPrintThatMayNotBeTurnedIsNot() {
    const auto turned = nest({print(300, 100)}, roll(305));
    QVERIFY(turned);
    QCOMPARE(turned->sheets.at(0).length, millimetres(100));
    const auto fixed = nest({print(100, 300, "ann", Turning::Fixed)}, roll(305));
    QVERIFY(fixed);
    QCOMPARE(fixed->sheets.at(0).length, millimetres(300));
    QCOMPARE(fixed->sheets.at(0).places.at(0).turned, Turned::No);
}

void NestingTest::impossiblePrintsAreNamedAndTheRestIsPlaced() {
    const std::vector<Print> prints{print(102, 152), print(406, 508), print(152, 102, "ann", Turning::Fixed),
                                    print(0, 50), print(102, 152)};
    const auto nesting = nest(prints, sheets(127, 178));
    QVERIFY(nesting);
    QCOMPARE(nesting->sheets.size(), std::size_t(2));
    QCOMPARE(nesting->leftOut.size(), std::size_t(3));
    QCOMPARE(nesting->leftOut[0].print, std::size_t(1));
    QCOMPARE(nesting->leftOut[0].why.reason, std::string("print-too-large"));
    QCOMPARE(nesting->leftOut[0].why.message, std::string("A print of 406 × 508 mm does not fit on 127 × 178 mm. "
                                                          "Choose larger paper or a smaller print."));
    QCOMPARE(nesting->leftOut[1].why.message,
             std::string("A print of 152 × 102 mm does not fit on 127 × 178 mm. Allow that it is turned."));
    QCOMPARE(nesting->leftOut[2].why.reason, std::string("print-size"));
    const auto onRoll = nest({print(406, 508)}, roll(305));
    QVERIFY(onRoll && onRoll->sheets.empty());
    QCOMPARE(onRoll->leftOut.at(0).why.message, std::string("A print of 406 × 508 mm does not fit on a roll 305 mm "
                                                            "wide. Choose larger paper or a smaller print."));
}

void NestingTest::sectionsOfARollAreNoLongerThanItsPrinterCan() {
    Medium medium = roll(305);
    medium.length = millimetres(1000);
    const auto prints = mixed(5);
    const auto nesting = nest(prints, medium);
    QVERIFY(nesting);
    QVERIFY(nesting->sheets.size() > 6);
    const std::string fault = faultOf(*nesting, prints, medium, Owners::Apart);
    QVERIFY2(fault.empty(), fault.c_str());
    for (const NestedSheet& section : nesting->sheets) QCOMPARE(section.length, section.used);
    QCOMPARE_GE(nesting->use, 0.94);
}

void NestingTest::impossibleMediaAreRefused_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("length");
    QTest::addColumn<double>("margin");
    QTest::addColumn<double>("gap");
    QTest::newRow("no width") << 0.0 << 100.0 << 0.0 << 0.0;
    QTest::newRow("sheets without an end") << 100.0 << 0.0 << 0.0 << 0.0;
    QTest::newRow("negative") << -100.0 << 100.0 << 0.0 << 0.0;
    QTest::newRow("huge") << 1e9 << 100.0 << 0.0 << 0.0;
    QTest::newRow("negative margin") << 100.0 << 100.0 << -1.0 << 0.0;
    QTest::newRow("nothing but margins") << 100.0 << 100.0 << 50.0 << 0.0;
    QTest::newRow("negative gap") << 100.0 << 100.0 << 0.0 << -1.0;
    QTest::newRow("huge gap") << 100.0 << 100.0 << 0.0 << 1e12;
}
void NestingTest::impossibleMediaAreRefused() {
    QFETCH(double, width);
    QFETCH(double, length);
    QFETCH(double, margin);
    QFETCH(double, gap);
    Medium medium = sheets(width, length);
    medium.margins = Edges::all(millimetres(margin));
    medium.gap = millimetres(gap);
    const auto nesting = nest({print(50, 50)}, medium);
    QVERIFY(!nesting);
    QCOMPARE(nesting.error().reason, std::string("medium-size"));
}

void NestingTest::nothingIsNestedOfNothing() {
    const auto nesting = nest({}, roll(305));
    QVERIFY(nesting && nesting->sheets.empty() && nesting->leftOut.empty());
    QCOMPARE(nesting->use, 0.0);
}

void NestingTest::tooManyPrintsAndTriesAreRefused() {
    const auto many = nest(mixed(1, inchSizes, mostNestedPrints + 1), roll(305));
    QVERIFY(!many);
    QCOMPARE(many.error().reason, std::string("nesting-too-many"));
    const auto effort = nest(mixed(1), roll(305), Owners::Apart, {.triesForEachPrint = -1});
    QVERIFY(!effort);
    QCOMPARE(effort.error().reason, std::string("nesting-effort"));
}

void NestingTest::aSearchCanBeStopped() {
    const CancelToken cancel;
    cancel.cancel();
    for (const Medium& medium : {roll(305), sheets(305, 457)}) {
        const auto nesting = nest(mixed(1), medium, Owners::Apart, {}, cancel);
        QVERIFY(!nesting);
        QCOMPARE(nesting.error().code, Code::Cancelled);
    }
}

QTEST_GUILESS_MAIN(NestingTest)
#include "nesting_test.moc"
