// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What holds of every quote, tried on thousands of random lists and carts.
#include <QTest>
#include <algorithm>
#include <numeric>

#include "tests/core/pricing/lists.h"

using namespace contone;
using namespace contone::pricing;

namespace {

constexpr int rounds = 5000;

/// Before tax that comes on top.
std::int64_t netOf(const Quote& quote) {
    std::int64_t sum = 0;
    for (const auto& line : quote.lines) sum += line.total.minor - line.discount.minor;
    for (const auto& extra : quote.extras) sum += extra.amount.minor;
    return sum;
}

/// What a line gets, with what is in it: lines that are alike may change places.
using LineAmounts = std::tuple<std::string, std::string, int, std::vector<std::string>, std::int64_t, std::int64_t,
                               std::int64_t, std::int64_t>;
std::vector<LineAmounts> amountsOf(const Cart& cart, const Quote& quote) {
    std::vector<LineAmounts> all;
    for (std::size_t i = 0; i < cart.lines.size(); ++i)
        all.emplace_back(cart.lines[i].product, cart.lines[i].package, cart.lines[i].copies, cart.lines[i].options,
                         quote.lines[i].total.minor, quote.lines[i].discount.minor, quote.lines[i].tax.minor,
                         quote.lines[i].due.minor);
    std::ranges::sort(all);
    return all;
}

}  // namespace

class QuotePropertiesTest : public QObject {
    Q_OBJECT
  private slots:
    void everythingAddsUpAndNothingIsNegative() {
        int discounted = 0, bundled = 0, raised = 0;
        for (int round = 0; round < rounds; round++) {
            Chance chance(std::uint32_t(round) + 1);
            const PriceList list = randomList(chance);
            const Cart cart = randomCart(chance);
            const auto made = quote(list, cart, noon);
            QVERIFY2(made, qPrintable(QString::number(round)));
            std::int64_t lines = 0, discounts = 0, shares = 0, extras = 0, dues = 0, taxes = 0, gross = 0, rows = 0;
            for (const auto& line : made->lines) {
                QVERIFY(line.total.minor >= 0 && line.discount.minor >= 0 && line.tax.minor >= 0 &&
                        line.due.minor >= 0 && line.discount.minor <= line.total.minor);
                if (line.each) QCOMPARE(line.each->minor * line.copies, line.total.minor);
                lines += line.total.minor;
                shares += line.discount.minor;
                dues += line.due.minor;
                taxes += line.tax.minor;
            }
            for (const auto& extra : made->extras) {
                QVERIFY(extra.amount.minor >= 0 && extra.tax.minor >= 0 && extra.due.minor >= 0);
                extras += extra.amount.minor;
                dues += extra.due.minor;
                taxes += extra.tax.minor;
            }
            for (const auto& discount : made->discounts) {
                QVERIFY(discount.amount.minor >= 0);
                discounts += discount.amount.minor;
                (discount.kind == DiscountKind::Bundle ? bundled : discounted)++;
            }
            for (const auto& row : made->taxes) {
                QCOMPARE(row.net.minor + row.tax.minor, row.gross.minor);
                QVERIFY(row.net.minor >= 0 && row.tax.minor >= 0);
                rows += row.tax.minor;
                gross += row.gross.minor;
            }
            const bool isOnTop = list.tax.placement == TaxPlacement::Excluded;
            QCOMPARE(discounts, shares);
            QCOMPARE(taxes, rows);
            QCOMPARE(made->total.minor, lines + extras - discounts + (isOnTop ? rows : 0));
            QCOMPARE(made->total.minor, dues);
            QCOMPARE(made->total.minor, gross);
            QCOMPARE(made->cashTotal.minor - made->total.minor, made->cashRounding.minor);
            QCOMPARE(made->cashTotal.minor % list.cashStep, 0);
            QVERIFY(std::abs(made->cashRounding.minor) * 2 <= list.cashStep);
            QVERIFY(made->deposit.minor >= 0 && made->deposit.minor <= made->total.minor);
            QVERIFY(netOf(*made) >= list.minimumOrder);
            raised += netOf(*made) == list.minimumOrder;
        }
        QVERIFY2(
            discounted > rounds / 4 && bundled > rounds / 20 && raised > rounds / 50,
            qPrintable(QString("%1 %2 %3").arg(discounted).arg(bundled).arg(raised)));  // there was something to try
    }

    void whereALineStandsChangesNothing() {
        for (int round = 0; round < rounds; round++) {
            Chance chance(std::uint32_t(round) + 10'001);
            const PriceList list = randomList(chance);
            const Cart cart = randomCart(chance);
            Cart other = cart;
            for (std::size_t i = other.lines.size(); i > 1; --i)
                std::swap(other.lines[i - 1], other.lines[std::size_t(chance.from(0, int(i) - 1))]);
            const auto a = quote(list, cart, noon), b = quote(list, other, noon);
            QVERIFY(a && b);
            QVERIFY2(amountsOf(cart, *a) == amountsOf(other, *b), qPrintable(QString::number(round)));
            QVERIFY(a->discounts == b->discounts && a->extras == b->extras && a->taxes == b->taxes &&
                    a->total == b->total && a->notes == b->notes);
        }
    }

    void moreCopiesNeverCostLess() {
        for (int round = 0; round < rounds * 2; round++) {
            Chance chance(std::uint32_t(round) + 20'001);
            const PriceList list = randomList(chance);
            Cart cart = randomCart(chance, 4);
            CartLine& line = cart.lines[std::size_t(chance.from(0, int(cart.lines.size()) - 1))];
            line.copies = chance.from(1, 60);
            std::int64_t before = 0;
            for (int more = 0; more < 12; more++, line.copies++) {
                const auto made = quote(list, cart, noon);
                QVERIFY(made);
                QVERIFY2(netOf(*made) >= before,
                         qPrintable(QString("round %1, %2 copies").arg(round).arg(line.copies)));
                if (list.tax.placement == TaxPlacement::Included) QCOMPARE(made->total.minor, netOf(*made));
                before = netOf(*made);
            }
        }
    }

    void noQuantityCostsMoreThanTheNextStep() {
        for (int round = 0; round < rounds; round++) {
            Chance chance(std::uint32_t(round) + 50'001);
            PriceList list = randomList(chance);
            list.minimumOrder = 0;
            const auto& steps = list.products.at("a").steps;
            const int copies = chance.from(1, 120);
            const auto made = quote(list, {{{"a", copies}}}, noon);
            QVERIFY(made);
            for (const PriceStep& step : steps)
                if (step.from >= copies) QVERIFY(netOf(*made) <= step.from * step.cents);
        }
    }

    void aNoteOfMoreForNothingIsTrue() {
        int told = 0;
        for (int round = 0; round < rounds; round++) {
            Chance chance(std::uint32_t(round) + 70'001);
            const PriceList list = randomList(chance);
            Cart cart = randomCart(chance, 3);
            for (CartLine& line : cart.lines) line.options.clear();
            const auto made = quote(list, cart, noon);
            QVERIFY(made);
            for (const Note& note : made->notes) {
                if (note.code != NoteCode::MoreForFree) continue;
                Cart bigger = cart;
                bigger.lines.push_back({note.about, int(note.numbers.at("more"))});
                const auto more = quote(list, bigger, noon);
                QVERIFY(more);
                QVERIFY2(netOf(*more) <= netOf(*made), qPrintable(QString::number(round)));
                told++;
            }
        }
        QVERIFY(told > rounds / 10);
    }

    void partRefundsAddUpToTheLine() {
        for (int round = 0; round < rounds; round++) {
            Chance chance(std::uint32_t(round) + 90'001);
            const PriceList list = randomList(chance);
            const auto made = quote(list, randomCart(chance), noon);
            QVERIFY(made);
            for (const auto& line : made->lines) {
                std::int64_t back = 0;
                for (int gone = 0; gone < line.copies;) {
                    const int copies = chance.from(1, line.copies - gone);
                    const auto part = refundOf(line, copies, gone);
                    QVERIFY(part && part->minor >= 0);
                    back += part->minor;
                    gone += copies;
                }
                QCOMPARE(back, line.due.minor);
            }
        }
    }
};

QTEST_GUILESS_MAIN(QuotePropertiesTest)
#include "quote_properties_test.moc"
