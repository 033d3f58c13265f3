// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Quotes worked out by hand.
#include <QTest>

#include "tests/core/pricing/lists.h"

using namespace contone;
using namespace contone::pricing;

namespace {

Quote quoteOf(const PriceList& list, const Cart& cart, const LocalMoment& when = noon) {
    const auto made = quote(list, cart, when);
    if (!made) qFatal("%s: %s", made.error().reason.c_str(), made.error().message.c_str());
    return *made;
}

std::string reasonOf(const PriceList& list, const Cart& cart, const LocalMoment& when = noon) {
    const auto made = quote(list, cart, when);
    return made ? std::string() : made.error().reason;
}

std::vector<std::int64_t> totalsOf(const Quote& quote) {
    std::vector<std::int64_t> all;
    for (const Quote::Line& line : quote.lines) all.push_back(line.total.minor);
    return all;
}

const Note* noteOf(const Quote& quote, NoteCode code) {
    for (const Note& note : quote.notes)
        if (note.code == code) return &note;
    return nullptr;
}

Promotion promotion(const std::string& id, int percent, int priority = 0) {
    Promotion made{id, "Promotion " + id};
    made.percent = percent;
    made.priority = priority;
    return made;
}

using Amounts = std::vector<std::int64_t>;

}  // namespace

class QuoteTest : public QObject {
    Q_OBJECT
  private slots:
    void aLadderCountsTheWholeOrder() {
        const Quote made = quoteOf(smallList(), {{{"10x15", 20}, {"13x18", 1}, {"10x15", 5}}});
        // 25 at 0.45: 20 and 5 of them, and one at 1.99.
        QCOMPARE(totalsOf(made), (Amounts{900, 199, 225}));
        QCOMPARE(made.total.minor, 1324);
        QVERIFY(made.lines[0].each == (Money{45, "EUR"}) && made.lines[2].each == (Money{45, "EUR"}));
        QVERIFY(made.notes.empty());
    }

    void twentyFourAreChargedAsTwentyFive() {
        const Quote made = quoteOf(smallList(), {{{"10x15", 24}}});
        QCOMPARE(made.total.minor, 1125);  // 25 × 0.45, less than 24 × 0.59 = 14.16
        QVERIFY(!made.lines[0].each);      // 11.25 is not 24 times anything
        const Note* charged = noteOf(made, NoteCode::ChargedAs);
        QVERIFY(charged != nullptr);
        QCOMPARE(charged->about, std::string("10x15"));
        QCOMPARE(charged->name, std::string("10 × 15 cm"));
        QCOMPARE(charged->numbers.at("ordered"), 24);
        QCOMPARE(charged->numbers.at("charged"), 25);
        QVERIFY(charged->amount == (Money{45, "EUR"}));
        const Note* more = noteOf(made, NoteCode::MoreForFree);
        QVERIFY(more != nullptr && more->numbers.at("more") == 1);
        QCOMPARE(quoteOf(smallList(), {{{"10x15", 25}}}).total.minor, 1125);
        // 19 at 0.59 are 11.21: the last that costs less than the step.
        QCOMPARE(quoteOf(smallList(), {{{"10x15", 19}}}).total.minor, 1121);
        QCOMPARE(quoteOf(smallList(), {{{"10x15", 20}}}).total.minor, 1125);
        // 4 × 1.99 = 7.96 stays; 8 × 1.99 = 15.92 is more than 10 × 1.49.
        QCOMPARE(quoteOf(smallList(), {{{"13x18", 4}}}).total.minor, 796);
        QCOMPARE(quoteOf(smallList(), {{{"13x18", 8}}}).total.minor, 1490);
    }

    void aSumThatDoesNotDivideIsSharedByLargestRemainder() {
        // 24 as 25 at 0.45 = 11.25; by copies: 7 of 24 are 3.28125, 17 are 7.96875. The larger part lost more.
        const Quote made = quoteOf(smallList(), {{{"10x15", 7}, {"10x15", 17}}});
        QCOMPARE(totalsOf(made), (Amounts{328, 797}));
        QVERIFY(!made.lines[0].each && !made.lines[1].each);
        // 1, 7 and 16 of 24: 0.46875, 3.28125, 7.5. Two cents are left; the halves and more get them.
        QCOMPARE(totalsOf(quoteOf(smallList(), {{{"10x15", 16}, {"10x15", 1}, {"10x15", 7}}})),
                 (Amounts{750, 47, 328}));
    }

    void nothingCostsNothing() {
        PriceList list = smallList();
        list.minimumOrder = 500;
        const Quote made = quoteOf(list, {.lines = {}, .options = {"box"}});
        QVERIFY(made.total == (Money{0, "EUR"}) && made.taxes.empty() && made.notes.empty());
    }

    void optionsAreChargedPerPrintPerLineAndPerOrder() {
        const Quote made = quoteOf(
            smallList(),
            {{{"13x18", 3, {"retouch", "white-border", "retouch"}}, {"20x30", 2, {"framed"}}}, {"box", "rush"}});
        // 3 × 1.99 and 3 × 0.50; 2 × 6.99 and half of that.
        QCOMPARE(totalsOf(made), (Amounts{597 + 150, 1398 + 699}));
        QCOMPARE(made.lines[0].options.size(), 2u);
        QCOMPARE(made.lines[0].options[0].id, std::string("retouch"));
        QCOMPARE(made.lines[0].options[0].amount.minor, 150);
        QCOMPARE(made.lines[0].options[1].amount.minor, 0);
        QVERIFY(made.lines[0].each == (Money{249, "EUR"}));
        QVERIFY(!made.lines[1].each);  // 20.97
        QCOMPARE(made.extras.size(), 2u);
        QCOMPARE(made.extras[0].amount.minor, 300);
        QCOMPARE(made.extras[1].amount.minor, 711);  // a quarter of 28.44
        QCOMPARE(made.total.minor, 747 + 2097 + 300 + 711);
    }

    void aPackageHasThePriceOfASet() {
        const Quote made = quoteOf(smallList(), {{{.product = {}, .copies = 2, .package = "classic"}}});
        QCOMPARE(made.total.minor, 3998);
        QVERIFY(made.lines[0].each == (Money{1999, "EUR"}));
    }

    void aBundleIsTakenWhereItSaves() {
        PriceList list = smallList();
        list.bundles = {{"wall", "Wall set", 1199, 0, 5, {{"20x30", 1}, {"13x18", 4}}}};
        // 6.99 + 4 × 1.99 = 14.95.
        const Quote whole = quoteOf(list, {{{"20x30", 1}, {"13x18", 4}}});
        QCOMPARE(whole.total.minor, 1199);
        QCOMPARE(totalsOf(whole), (Amounts{699, 796}));
        QCOMPARE(whole.discounts.size(), 1u);
        QCOMPARE(whole.discounts[0].amount.minor, 296);
        // 2.96 by 6.99 to 7.96: 1.3839…, 1.5760…
        QCOMPARE(whole.lines[0].discount.minor, 138);
        QCOMPARE(whole.lines[1].discount.minor, 158);
        QCOMPARE(noteOf(whole, NoteCode::BundleUsed)->numbers.at("times"), 1);
        // Three of the four cost 12.96 by themselves: the set is less, and the fourth would cost nothing more.
        const Quote part = quoteOf(list, {{{"20x30", 1}, {"13x18", 3}}});
        QCOMPARE(part.total.minor, 1199);
        QCOMPARE(noteOf(part, NoteCode::MoreForFree)->about, std::string("13x18"));
        QCOMPARE(noteOf(part, NoteCode::MoreForFree)->numbers.at("more"), 1);
        // Two cost 10.97, less than the set.
        const Quote few = quoteOf(list, {{{"20x30", 1}, {"13x18", 2}}});
        QCOMPARE(few.total.minor, 1097);
        QVERIFY(few.discounts.empty());
        // What is beyond the sets has its own ladder: two sets and one 13x18.
        QCOMPARE(quoteOf(list, {{{"20x30", 2}, {"13x18", 9}}}).total.minor, 2 * 1199 + 199);
    }

    void ofBundlesThatShareProductsTheCheapestWayIsTaken() {
        PriceList list = smallList();
        list.bundles = {{"four", "Four", 700, 9, 9, {{"13x18", 4}}}, {"three", "Three", 450, 1, 9, {{"13x18", 3}}}};
        // Six: 2 × 4.50, not 7.00 and two more, although "four" has the higher priority.
        QCOMPARE(quoteOf(list, {{{"13x18", 6}}}).total.minor, 900);
        QCOMPARE(quoteOf(list, {{{"13x18", 7}}}).total.minor, 1099);
        // Where both ways cost the same, the higher priority is taken.
        list.bundles = {{"x", "X", 500, 9, 9, {{"13x18", 3}}}, {"a", "A", 500, 1, 9, {{"13x18", 3}}}};
        QCOMPARE(quoteOf(list, {{{"13x18", 3}}}).discounts[0].id, std::string("x"));
        // Not more sets than one order may have.
        list.bundles = {{"one", "One", 100, 0, 1, {{"13x18", 1}}}};
        QCOMPARE(quoteOf(list, {{{"13x18", 3}}}).total.minor, 100 + 2 * 199);
    }

    void aPercentIsTakenOffWhatItIsFor() {
        PriceList list = smallList();
        list.promotions = {promotion("ten", 10)};
        const Quote all = quoteOf(list, {{{"13x18", 1, {"retouch"}}, {"card", 1}}, {"box"}});
        // 2.49 + 2.49 = 4.98; 0.498 is 0.50. The box is not a part of it.
        QCOMPARE(all.discounts[0].amount.minor, 50);
        QCOMPARE(all.total.minor, 498 - 50 + 300);
        QCOMPARE(all.lines[0].discount.minor + all.lines[1].discount.minor, 50);
        list.promotions[0].products = {"card"};
        const Quote cards = quoteOf(list, {{{"13x18", 1}, {"card", 2}}});
        QCOMPARE(cards.lines[0].discount.minor, 0);
        QCOMPARE(cards.lines[1].discount.minor, 50);  // of 4.98
    }

    void anAmountIsNeverMoreThanThereIs() {
        PriceList list = smallList();
        list.promotions = {promotion("five", 0)};
        list.promotions[0].kind = PromotionKind::Amount;
        list.promotions[0].cents = 500;
        QCOMPARE(quoteOf(list, {{{"13x18", 4}}}).total.minor, 296);
        const Quote small = quoteOf(list, {{{"13x18", 1}}});
        QCOMPARE(small.total.minor, 0);
        QCOMPARE(small.discounts[0].amount.minor, 199);
        QCOMPARE(small.lines[0].due.minor, 0);
    }

    void ofSoManyBoughtSomeCostNothing() {
        PriceList list = smallList();
        list.promotions = {promotion("three-for-two", 0)};
        list.promotions[0].kind = PromotionKind::BuyGet;
        list.promotions[0].buy = 2;
        list.promotions[0].get = 1;
        QCOMPARE(quoteOf(list, {{{"13x18", 2}}}).total.minor, 398);
        QCOMPARE(quoteOf(list, {{{"13x18", 3}}}).total.minor, 398);
        QCOMPARE(quoteOf(list, {{{"13x18", 4}}}).total.minor, 597);
        // 30 are paid as 20, which are charged as 25 at 0.45.
        QCOMPARE(quoteOf(list, {{{"10x15", 30}}}).total.minor, 1125);
    }

    void thePromotionOfTheHighestPriorityIsUsedThenTheGreatestSaving() {
        PriceList list = smallList();
        list.promotions = {promotion("high", 10, 5), promotion("a", 30, 1), promotion("b", 40, 1)};
        QCOMPARE(quoteOf(list, {{{"card", 4}}}).discounts[0].id, std::string("high"));
        list.promotions.erase(list.promotions.begin());
        QCOMPARE(quoteOf(list, {{{"card", 4}}}).discounts[0].id, std::string("b"));
        list.promotions[1].percent = 30;
        const Quote same = quoteOf(list, {{{"card", 4}}});
        QCOMPARE(same.discounts.size(), 1u);
        QCOMPARE(same.discounts[0].id, std::string("a"));
        // One for what is not in the order leaves the way free.
        list.promotions = {promotion("high", 10, 5), promotion("low", 20, 1)};
        list.promotions[0].products = {"20x30"};
        QCOMPARE(quoteOf(list, {{{"card", 4}}}).discounts[0].id, std::string("low"));
    }

    void aCodeIsKnownOrSaidToBeOver() {
        PriceList list = smallList();
        list.promotions = {promotion("winter", 20)};
        Promotion& winter = list.promotions[0];
        winter.code = "Winter";
        winter.window.first = Day{2026, 12, 1};
        winter.window.last = Day{2026, 12, 2};
        const Cart cart{.lines = {{"card", 4}}, .code = "wINTER"};
        QCOMPARE(quoteOf(list, cart).total.minor, 797);  // 9.96 less 1.99
        QCOMPARE(quoteOf(list, {{{"card", 4}}}).total.minor, 996);
        QCOMPARE(reasonOf(list, {.lines = {{"card", 1}}, .code = "summer"}), std::string("promotion-unknown"));
        QCOMPARE(reasonOf(list, cart, {{2026, 12, 3}, 0}), std::string("promotion-over"));
        QCOMPARE(reasonOf(list, cart, {{2026, 11, 30}, 1439}), std::string("promotion-over"));
        winter.firstOrderOnly = true;
        QCOMPARE(reasonOf(list, cart), std::string("promotion-over"));
        Cart first = cart;
        first.isFirstOrder = true;
        QCOMPARE(quoteOf(list, first).total.minor, 797);
        // It holds, but is not for what is ordered.
        winter.products = {"20x30"};
        const Quote without = quoteOf(list, first);
        QCOMPARE(without.total.minor, 996);
        QVERIFY(noteOf(without, NoteCode::PromotionNotUsed) != nullptr);
    }

    void happyHourIsByDayAndTime() {
        PriceList list = smallList();
        list.promotions = {promotion("happy", 50)};
        TimeWindow& window = list.promotions[0].window;
        window.weekdays[std::size_t(Weekday::Wednesday)] = true;
        window.fromMinute = 14 * 60;
        window.untilMinute = 16 * 60;
        const auto total = [&](const LocalMoment& when) { return quoteOf(list, {{{"card", 2}}}, when).total.minor; };
        QCOMPARE(total({{2026, 12, 2}, 14 * 60 - 1}), 498);
        QCOMPARE(total({{2026, 12, 2}, 14 * 60}), 249);
        QCOMPARE(total({{2026, 12, 2}, 16 * 60 - 1}), 249);
        QCOMPARE(total({{2026, 12, 2}, 16 * 60}), 498);
        QCOMPARE(total({{2026, 12, 3}, 15 * 60}), 498);
    }

    void bundlesOrAPromotionThatCannotGoWithThemWhicheverSavesMore() {
        PriceList list = smallList();
        list.bundles = {{"wall", "Wall set", 1199, 0, 5, {{"20x30", 1}, {"13x18", 4}}}};
        list.promotions = {promotion("big-prints", 20)};
        list.promotions[0].products = {"20x30"};
        // 20 % of 6.99 is 1.40; the set saves 2.96 and holds other products too.
        const Quote set = quoteOf(list, {{{"20x30", 1}, {"13x18", 4}}});
        QCOMPARE(set.total.minor, 1199);
        QCOMPARE(set.discounts[0].id, std::string("wall"));
        list.promotions[0].percent = 50;
        const Quote half = quoteOf(list, {{{"20x30", 1}, {"13x18", 4}}});
        QCOMPARE(half.total.minor, 796 + 349);
        QCOMPARE(half.discounts.size(), 1u);
        // One for everything goes with it: 10 % of 11.99.
        list.promotions = {promotion("all", 10)};
        QCOMPARE(quoteOf(list, {{{"20x30", 1}, {"13x18", 4}}}).total.minor, 1079);
    }

    void aSmallOrderIsBroughtToTheMinimumOrRefused() {
        PriceList list = smallList();
        list.minimumOrder = 500;
        const Quote made = quoteOf(list, {{{"10x15", 2}}});
        QCOMPARE(made.total.minor, 500);
        QVERIFY(made.extras[0].kind == ExtraKind::MinimumOrder);
        QCOMPARE(made.extras[0].amount.minor, 382);
        QCOMPARE(noteOf(made, NoteCode::BelowMinimum)->amount.minor, 500);
        list.belowMinimum = BelowMinimum::Refuse;
        QCOMPARE(reasonOf(list, {{{"10x15", 2}}}), std::string("order-below-minimum"));
        // What is charged for the order counts: 1.99 + 3.00 + 0.50.
        QCOMPARE(quoteOf(list, {{{"13x18", 1}}, {"box", "rush"}}).total.minor, 549);
    }

    void taxIsInThePriceOrOnTop() {
        PriceList list = smallList();
        // 2 cards at 2.49 (7 %) and one 13x18 at 1.99 (19 %).
        const Cart cart{{{"card", 2}, {"13x18", 1}}};
        const Quote in = quoteOf(list, cart);
        QCOMPARE(in.taxes.size(), 2u);
        QCOMPARE(in.taxes[0].rate, 1900);
        QCOMPARE(in.taxes[0].tax.minor, 32);  // 199 × 19 / 119 = 31.77
        QCOMPARE(in.taxes[0].net.minor, 167);
        QCOMPARE(in.taxes[1].tax.minor, 33);  // 498 × 7 / 107 = 32.58
        QCOMPARE(in.total.minor, 697);
        list.tax.placement = TaxPlacement::Excluded;
        const Quote on = quoteOf(list, cart);
        QCOMPARE(on.taxes[0].tax.minor, 38);  // 37.81
        QCOMPARE(on.taxes[1].tax.minor, 35);  // 34.86
        QCOMPARE(on.total.minor, 697 + 38 + 35);
        QCOMPARE(on.lines[0].due.minor, 498 + 35);
        QCOMPARE(on.lines[0].total.minor, 498);
    }

    void taxIsRoundedOnLinesOrOnceForARate() {
        PriceList list = smallList();
        // Three lines of 0.59: each holds 9.42 cents of tax, all of them 28.26.
        const Cart cart{{{"10x15", 1, {"white-border"}}, {"10x15", 1}, {"10x15", 1}}};
        QCOMPARE(quoteOf(list, cart).taxes[0].tax.minor, 28);
        list.tax.rounding = TaxRounding::Line;
        QCOMPARE(quoteOf(list, cart).taxes[0].tax.minor, 27);
        QCOMPARE(quoteOf(list, cart).lines[0].tax.minor, 9);
    }

    void cashIsRoundedToTheCoinsThereAre() {
        PriceList list = smallList();
        list.currency = "CHF";
        list.cashStep = 5;
        const Quote down = quoteOf(list, {{{"10x15", 3}}});
        QCOMPARE(down.total.minor, 177);
        QVERIFY(down.cashTotal == (Money{175, "CHF"}) && down.cashRounding == (Money{-2, "CHF"}));
        const Quote up = quoteOf(list, {{{"10x15", 2}}});
        QCOMPARE(up.cashTotal.minor, 120);
        QCOMPARE(up.cashRounding.minor, 2);
    }

    void aDepositIsAskedForFromItsAmountOn() {
        PriceList list = smallList();
        list.depositFrom = 1000;
        list.depositPercent = 30;
        QCOMPARE(quoteOf(list, {{{"card", 4}}}).deposit.minor, 0);    // 9.96
        QCOMPARE(quoteOf(list, {{{"card", 5}}}).deposit.minor, 374);  // 12.45 × 0.3 = 3.735
    }

    void aQuoteSaysByWhichListAndFromWhen() {
        PriceList list = smallList();
        list.hash = Sha256::of("list");
        list.holdsMinutes = 45;
        const Quote made = quoteOf(list, {{{"card", 1}}});
        QCOMPARE(made.listVersion, std::string("test-1"));
        QVERIFY(made.listHash == Sha256::of("list"));
        QVERIFY(made.quotedAt == noon);
        QCOMPARE(made.holdsMinutes, 45);
    }

    void partsOfARefundAddUp() {
        // 11.25 for 24: one after the other, and five at once.
        const Quote made = quoteOf(smallList(), {{{"10x15", 24}}});
        std::int64_t back = 0;
        for (int i = 0; i < 24; i++) back += refundOf(made.lines[0], 1, i)->minor;
        QCOMPARE(back, 1125);
        QCOMPARE(refundOf(made.lines[0], 5, 0)->minor, 234);  // 234.375
        QCOMPARE(refundOf(made.lines[0], 19, 5)->minor, 891);
        for (const auto& [copies, before] : {std::pair(0, 0), {25, 0}, {1, 24}, {1, -1}})
            QCOMPARE(refundOf(made.lines[0], copies, before).error().reason, std::string("bad-copies"));
    }

    void whatCannotBePricedIsRefused_data() {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<Cart>("cart");
        QTest::newRow("no such product") << "product-unknown" << Cart{{{"9x9", 1}}};
        QTest::newRow("no price") << "product-unpriced" << Cart{{{"mug", 1}}};
        QTest::newRow("no such package") << "product-unpriced" << Cart{{{.copies = 1, .package = "huge"}}};
        QTest::newRow("neither") << "line-ambiguous" << Cart{{{"", 1}}};
        QTest::newRow("both") << "line-ambiguous" << Cart{{{.product = "card", .package = "classic"}}};
        QTest::newRow("no copies") << "bad-copies" << Cart{{{"card", 0}}};
        QTest::newRow("too many") << "bad-copies" << Cart{{{"card", 1000}}};
        QTest::newRow("too many lines") << "order-too-large" << Cart{std::vector(5001, CartLine{"card", 1})};
        QTest::newRow("no such option") << "option-unknown" << Cart{{{"card", 1, {"gold"}}}};
        QTest::newRow("not for this product") << "option-unknown" << Cart{{{"card", 1, {"retouch"}}}};
        QTest::newRow("for orders") << "option-unknown" << Cart{{{"card", 1, {"rush"}}}};
        QTest::newRow("for lines") << "option-unknown" << Cart{{{"card", 1}}, {"white-border"}};
        QTest::newRow("other currency") << "mixed-currencies" << Cart{.lines = {{"card", 1}}, .currency = "CHF"};
    }
    void whatCannotBePricedIsRefused() {
        QFETCH(QString, reason);
        QFETCH(Cart, cart);
        const auto made = quote(smallList(), cart, noon);
        QVERIFY(!made);
        QCOMPARE(QString::fromStdString(made.error().reason), reason);
        QVERIFY(made.error().message.ends_with('.'));
    }

    void daysAreThoseOfTheCalendar() {
        QVERIFY((Day{2026, 12, 2}.weekday() == Weekday::Wednesday));
        QVERIFY((Day{2028, 2, 29}.weekday() == Weekday::Tuesday));
        QVERIFY(Day::parse("2028-02-29") == (Day{2028, 2, 29}));
        for (const char* text : {"2027-02-29", "2026-13-01", "2026-1-01", "26-12-01", "2026-12-0x", "", "2026/12/01"})
            QVERIFY2(!Day::parse(text), text);
        QCOMPARE(noon.toString(), std::string("2026-12-02 12:00"));
    }
};

QTEST_GUILESS_MAIN(QuoteTest)
#include "quote_test.moc"
