// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reports of random shops: real quotes of random price lists, paid in parts, given back in part, free: every sum is
// that of its rows, and what products, taxes and ways of payment come to is the same.
#include <QTest>

#include "core/report/report_facts.h"
#include "tests/core/pricing/lists.h"

using namespace contone;
using namespace contone::report;
using pricing::Chance;

namespace {

const SystemClock systemClock;

Money euro(std::int64_t minor) {
    return {minor, "EUR"};
}

/// As the shop keeps what a customer agreed to.
order::Order ordered(const pricing::Cart& cart, const pricing::Quote& quote, int number) {
    order::Order order;
    order.id = OrderId::generate(systemClock);
    order.number = number;
    for (std::size_t i = 0; i < cart.lines.size(); i++) {
        order::OrderLine line;
        line.id = LineId::generate(systemClock);
        line.product = cart.lines[i].product;
        line.copies = cart.lines[i].copies;
        line.price = quote.lines[i].due;
        order.lines.push_back(line);
    }
    order.price = {quote.total, json::write(quote)};
    return order;
}

std::int64_t upTo(Chance& chance, std::int64_t most) {
    return chance.from(0, static_cast<int>(std::min<std::int64_t>(most, 1'000'000'000)));
}

/// Nothing, a deposit or all of it; in parts, by any way, some of it free.
void pay(Chance& chance, Sold& sold, const pricing::PriceList& list) {
    std::int64_t due = sold.order.price.total.minor;
    if (chance.oneIn(6)) return;
    while (due > 0) {
        order::PaymentTaken taken;
        taken.charge = order::ChargeId::generate(systemClock);
        taken.method = chance.oneIn(8) ? order::PayMethod::Free
                                       : std::array{order::PayMethod::Cash, order::PayMethod::Card,
                                                    order::PayMethod::Terminal}[std::size_t(chance.from(0, 2))];
        if (taken.method == order::PayMethod::Free) taken.reason = chance.oneIn(2) ? "goodwill" : "our-fault";
        taken.amount = euro(chance.oneIn(2) ? due : std::max<std::int64_t>(upTo(chance, due), 1));
        taken.rounding = euro(0);
        if (taken.method == order::PayMethod::Cash) taken.rounding = pricing::cashRoundingOf(list, taken.amount);
        due -= taken.amount.minor;
        sold.payment.taken.push_back(taken);
        if (chance.oneIn(5)) return;  // a deposit
    }
}

/// Copies of lines at what they cost, then amounts, never more than was taken.
void giveBack(Chance& chance, Sold& sold, const pricing::Quote& quote) {
    std::int64_t money = 0;
    for (const order::PaymentTaken& taken : sold.payment.taken)
        if (taken.method != order::PayMethod::Free) money += taken.amount.minor;
    std::vector<int> given(sold.order.lines.size());
    while (money > 0 && chance.oneIn(3)) {
        order::PaymentRefunded refund;
        refund.charge = order::ChargeId::generate(systemClock);
        refund.method = chance.oneIn(2) ? order::PayMethod::Cash : order::PayMethod::Card;
        refund.rounding = euro(refund.method == order::PayMethod::Cash ? chance.from(-2, 2) : 0);
        refund.reason = "misprint";
        const auto i = std::size_t(chance.from(0, int(given.size()) - 1));
        const order::OrderLine& line = sold.order.lines[i];
        const int copies = std::min(chance.from(1, 3), line.copies - given[i]);
        const auto amount = copies > 0 ? pricing::refundOf(quote.lines[i], copies, given[i]) : Result<Money>(euro(0));
        if (chance.oneIn(2) && amount && amount->minor > 0 && amount->minor <= money) {
            refund.amount = *amount;
            refund.lines.push_back({line.id, copies, *amount});
            given[i] += copies;
        } else {
            refund.amount = euro(std::max<std::int64_t>(upTo(chance, money), 1));
        }
        money -= refund.amount.minor;
        sold.payment.refunds.push_back(refund);
    }
}

std::string rateOf(int centipercent) {
    const int rest = centipercent % 100;
    return std::to_string(centipercent / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest) + " %";
}

/// What was taken in money less what was given back; and whether all was taken at once, in money, and kept.
std::int64_t keptOf(const Sold& sold) {
    std::int64_t kept = 0;
    for (const auto& taken : sold.payment.taken)
        if (taken.method != order::PayMethod::Free) kept += taken.amount.minor;
    for (const auto& refund : sold.payment.refunds) kept -= refund.amount.minor;
    return kept;
}

void moveAll(Facts& facts, const Sold& sold) {
    for (const auto& taken : sold.payment.taken) facts.moved.insert(taken.charge);
    for (const auto& refund : sold.payment.refunds) facts.moved.insert(refund.charge);
}

}  // namespace

class HistoriesTest : public QObject {
    Q_OBJECT

    /// Each total against its rows, added up here once more.
    static void verifyTotals(const Report& report) {
        for (const Takings& of : report.takings) {
            for (const auto& [rows, total] :
                 {std::pair(&of.products, &of.productsTotal), std::pair(&of.taxes, &of.taxesTotal)}) {
                MoneyRow sum{"", 0, euro(0), euro(0), euro(0)};
                for (const MoneyRow& row : *rows) {
                    QCOMPARE(row.net.minor + row.tax.minor, row.gross.minor);
                    sum.count += row.count;
                    sum.net.minor += row.net.minor;
                    sum.tax.minor += row.tax.minor;
                    sum.gross.minor += row.gross.minor;
                }
                QVERIFY(sum == *total);
            }
            MethodTotal methods{0, 0, euro(0), euro(0), euro(0), euro(0)};
            for (const MethodRow& row : of.methods) {
                QVERIFY(row.method != order::PayMethod::Free);
                QCOMPARE(row.moved.minor, row.taken.minor - row.givenBack.minor + row.rounding.minor);
                methods.payments += row.payments;
                methods.refunds += row.refunds;
                methods.taken.minor += row.taken.minor;
                methods.givenBack.minor += row.givenBack.minor;
                methods.rounding.minor += row.rounding.minor;
                methods.moved.minor += row.moved.minor;
            }
            QVERIFY(methods == of.methodsTotal);
            CompRow comps{"", 0, euro(0)};
            for (const CompRow& row : of.comps) {
                comps.orders += row.orders;
                comps.amount.minor += row.amount.minor;
            }
            QVERIFY(comps == of.compsTotal);
            QVERIFY(of.productsTotal.net == of.taxesTotal.net && of.productsTotal.tax == of.taxesTotal.tax &&
                    of.productsTotal.gross == of.taxesTotal.gross);
            QCOMPARE(of.methodsTotal.moved.minor - of.methodsTotal.rounding.minor, of.productsTotal.gross.minor);
        }
        PaperRow paper;
        for (const PaperRow& row : report.paper) {
            paper.out += row.out;
            paper.spoiled += row.spoiled;
            paper.reprints += row.reprints;
        }
        QCOMPARE(report.paperTotal.out, paper.out);
        QCOMPARE(report.paperTotal.spoiled, paper.spoiled);
        QCOMPARE(report.paperTotal.reprints, paper.reprints);
        int wasted = 0;
        for (const WasteRow& row : report.waste) wasted += row.sheets;
        QCOMPARE(report.wasteTotal.sheets, wasted);
    }

  private slots:
    void sumsAreThoseOfTheRowsOfAnyHistory() {
        int quoted = 0, packages = 0, promotions = 0, onTop = 0;
        for (std::uint32_t seed = 1; seed <= 400; seed++) {
            Chance chance(seed);
            const pricing::PriceList list = pricing::randomList(chance);
            Facts facts;
            std::int64_t kept = 0, free = 0, due = 0, deposited = 0;
            std::map<std::string, std::int64_t> rounding;
            for (int i = 0; i < 10; i++) {
                const pricing::Cart cart = pricing::randomCart(chance);
                const auto quote = pricing::quote(list, cart, pricing::noon);
                if (!quote) continue;
                quoted++;
                packages += std::ranges::any_of(cart.lines, [](const auto& line) { return !line.package.empty(); });
                promotions += !quote->discounts.empty();
                onTop += quote->taxPlacement == pricing::TaxPlacement::Excluded;
                Sold sold{ordered(cart, *quote, 1001 + i), {}};
                pay(chance, sold, list);
                giveBack(chance, sold, *quote);
                moveAll(facts, sold);
                kept += keptOf(sold);
                std::int64_t paid = 0;
                for (const auto& taken : sold.payment.taken) {
                    paid += taken.amount.minor;
                    if (taken.method == order::PayMethod::Free) free += taken.amount.minor;
                }
                if (paid < quote->total.minor) {
                    due += quote->total.minor - paid;
                    deposited += keptOf(sold);
                }
                if (!sold.payment.taken.empty()) facts.sold.push_back(sold);
                facts.placed.push_back(std::move(sold));
            }
            for (int sheets = chance.from(0, 60); sheets > 0; sheets--)
                facts.sheets.push_back({"front", chance.oneIn(2) ? "6x8" : "8x12", !chance.oneIn(6),
                                        chance.oneIn(8) ? "jam" : "", chance.oneIn(9)});
            const Report report = reportOf({}, {}, facts);
            verifyTotals(report);
            if (QTest::currentTestFailed()) qFatal("seed %u", seed);
            std::int64_t gross = 0, comps = 0;
            for (const Takings& takings : report.takings) {
                gross += takings.productsTotal.gross.minor;
                comps += takings.compsTotal.amount.minor;
            }
            QCOMPARE(gross, kept);
            QCOMPARE(comps, free);
            QCOMPARE(report.due.empty() ? 0 : report.due[0].due.minor, due);
            QCOMPARE(report.due.empty() ? 0 : report.due[0].deposited.minor, deposited);
        }
        QVERIFY(quoted > 3000 && packages > 500 && promotions > 500 && onTop > 500);
    }

    void whatIsPaidWholeHasTheTaxesOfItsQuote() {
        for (std::uint32_t seed = 1; seed <= 1500; seed++) {
            Chance chance(seed);
            const pricing::PriceList list = pricing::randomList(chance);
            const pricing::Cart cart = pricing::randomCart(chance);
            const auto quote = pricing::quote(list, cart, pricing::noon);
            if (!quote || quote->total.minor == 0) continue;
            Sold sold{ordered(cart, *quote, 1001), {}};
            // In parts: what it is paid in makes no difference once it is paid.
            for (std::int64_t left = quote->total.minor; left > 0;) {
                const std::int64_t amount = chance.oneIn(2) ? left : std::max<std::int64_t>(upTo(chance, left), 1);
                sold.payment.taken.push_back(
                    {order::ChargeId::generate(systemClock), order::PayMethod::Card, euro(amount)});
                left -= amount;
            }
            Facts facts;
            moveAll(facts, sold);
            facts.sold.push_back(sold);
            const Report report = reportOf({}, {}, facts);
            std::map<std::string, std::int64_t> gross, tax;
            for (const auto& row : quote->taxes) {
                gross[rateOf(row.rate)] += row.gross.minor;
                tax[rateOf(row.rate)] += row.tax.minor;
            }
            for (const MoneyRow& row : report.takings[0].taxes) {
                gross[row.what] -= row.gross.minor;
                tax[row.what] -= row.tax.minor;
            }
            for (const auto& [rate, left] : gross)
                QVERIFY2(left == 0,
                         qPrintable(QString("seed %1, %2: gross off by %3").arg(seed).arg(rate.c_str()).arg(left)));
            for (const auto& [rate, left] : tax)
                QVERIFY2(left == 0,
                         qPrintable(QString("seed %1, %2: tax off by %3").arg(seed).arg(rate.c_str()).arg(left)));
            int copies = 0;
            for (const order::OrderLine& line : sold.order.lines) copies += line.price.minor > 0 ? line.copies : 0;
            QCOMPARE(report.takings[0].productsTotal.count, copies);
        }
    }
};

QTEST_GUILESS_MAIN(HistoriesTest)
#include "histories_test.moc"
