// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reports add up: over random histories, to the minor unit.
#include <QtTest>

#include <cstdlib>
#include <ctime>
#include <random>
#include <sstream>

#include "core/pricing/quote.h"
#include "core/report/report.h"
#include "core/report/report_facts.h"
#include "core/report/report_tables.h"

using namespace contone;
using namespace contone::report;

namespace {

const SystemClock systemClock;
constexpr std::int64_t hourMs = 3'600'000;

Money euro(std::int64_t minor) {
    return {minor, "EUR"};
}

/// An order of random lines at two tax rates, with a quote as the pricing has it.
order::Order randomOrder(std::mt19937& random) {
    const auto upTo = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    order::Order order;
    order.id = OrderId::generate(systemClock);
    pricing::Quote quote;
    std::map<int, std::int64_t> gross, taxes;
    const auto charge = [&](std::int64_t due, int& of) {
        const int rate = of = upTo(1) == 0 ? 1900 : 700;
        const std::int64_t tax = due * rate / (10'000 + rate);
        gross[rate] += due;
        taxes[rate] += tax;
        order.price.total.minor += due;
        return euro(tax);
    };
    for (int i = 0, lines = 1 + upTo(4); i < lines; i++) {
        order::OrderLine line;
        line.id = LineId::generate(systemClock);
        line.product = std::array{"10x15", "13x18", "20x30"}[static_cast<std::size_t>(upTo(2))];
        line.copies = 1 + upTo(30);
        line.price = euro(upTo(5) == 0 ? 0 : upTo(4000));
        pricing::Quote::Line& quoted = quote.lines.emplace_back();
        quoted.product = line.product;
        quoted.copies = line.copies;
        quoted.due = line.price;
        quoted.tax = charge(line.price.minor, quoted.rate);
        order.lines.push_back(line);
    }
    if (upTo(2) == 0) {
        pricing::Quote::Extra& extra = quote.extras.emplace_back();
        extra.id = "rush";
        extra.due = euro(300);
        extra.tax = charge(300, extra.rate);
    }
    for (const auto& [rate, sum] : gross)
        quote.taxes.push_back({rate, euro(sum - taxes[rate]), euro(taxes[rate]), euro(sum)});
    order.price.quote = json::write(quote);
    return order;
}

/// Payments in parts, some free, some rounded; then refunds of prints or of amounts.
order::Payment randomPayment(std::mt19937& random, const order::Order& order) {
    const auto upTo = [&](std::int64_t most) {
        return static_cast<std::int64_t>(random() % static_cast<unsigned>(most + 1));
    };
    order::Payment payment;
    payment.total = order.price.total;
    std::int64_t due = order.price.total.minor, real = 0;
    while (due > 0) {
        const auto method = std::array{order::PayMethod::Cash, order::PayMethod::Card,
                                       order::PayMethod::Free}[static_cast<std::size_t>(upTo(9) == 0 ? 2 : upTo(1))];
        const std::int64_t amount = upTo(1) == 0 ? due : std::max<std::int64_t>(upTo(due), 1);
        const std::int64_t rounding = method == order::PayMethod::Cash ? upTo(4) - 2 : 0;
        payment.taken.push_back(
            {order::ChargeId::generate(systemClock), method, euro(amount), {}, euro(rounding), "goodwill", {}, {}});
        due -= amount;
        if (method != order::PayMethod::Free) real += amount;
    }
    std::vector<std::int64_t> left;
    for (const order::OrderLine& line : order.lines) left.push_back(line.price.minor);
    while (real > 0 && upTo(2) == 0) {
        order::PaymentRefunded refund;
        refund.charge = order::ChargeId::generate(systemClock);
        const auto line = static_cast<std::size_t>(upTo(std::ssize(order.lines) - 1));
        const std::int64_t most = std::min(real, left[line]);
        if (upTo(1) == 0 && most > 0) {
            refund.amount = euro(std::max<std::int64_t>(upTo(most), 1));
            refund.lines.push_back({order.lines[line].id, 1, refund.amount});
            left[line] -= refund.amount.minor;
        } else {
            refund.amount = euro(std::max<std::int64_t>(upTo(real), 1));
        }
        refund.rounding = euro(upTo(4) - 2);
        real -= refund.amount.minor;
        payment.refunds.push_back(refund);
    }
    return payment;
}

void setZone(const char* zone) {
    ::setenv("TZ", zone, 1);
    ::tzset();
}

}  // namespace

class ReportTest : public QObject {
    Q_OBJECT

    void verifySums(const Report& report) {
        for (const Takings& takings : report.takings) {
            for (const auto* rows : {&takings.products, &takings.taxes})
                for (const MoneyRow& row : *rows) QCOMPARE(row.net.minor + row.tax.minor, row.gross.minor);
            const MoneyRow products = totalOf(takings.products, takings.currency),
                           taxes = totalOf(takings.taxes, takings.currency);
            const MethodTotal methods = totalOf(takings.methods, takings.currency);
            QCOMPARE(products.gross.minor, taxes.gross.minor);
            QCOMPARE(products.tax.minor, taxes.tax.minor);
            QCOMPARE(methods.taken.minor - methods.givenBack.minor, products.gross.minor);
            QCOMPARE(methods.moved.minor - methods.rounding.minor, products.gross.minor);
        }
    }

  private slots:
    void initTestCase() { setZone("Europe/Berlin"); }

    void everySumIsThatOfItsRowsWhateverHappened() {
        std::mt19937 random(20261201);
        for (int round = 0; round < 300; round++) {
            Facts whole;
            std::array<Facts, 3> days;
            std::int64_t expected = 0;
            for (int i = 0; i < 8; i++) {
                Sold sold;
                sold.order = randomOrder(random);
                sold.payment = randomPayment(random, sold.order);
                std::array<bool, 3> isOf{};
                const auto move = [&](const order::ChargeId& charge) {
                    const std::size_t day = random() % 3;
                    days[day].moved.insert(charge);
                    whole.moved.insert(charge);
                    isOf[day] = true;
                };
                for (const auto& taken : sold.payment.taken) {
                    move(taken.charge);
                    if (taken.method != order::PayMethod::Free) expected += taken.amount.minor;
                }
                for (const auto& refund : sold.payment.refunds) {
                    move(refund.charge);
                    expected -= refund.amount.minor;
                }
                for (std::size_t day = 0; day < 3; day++)
                    if (isOf[day]) days[day].sold.push_back(sold);
                whole.sold.push_back(std::move(sold));
            }
            const Report all = reportOf({}, {}, whole);
            verifySums(all);
            std::int64_t gross = 0, ofDays = 0;
            std::map<std::string, std::int64_t> products, productsOfDays;
            const auto add = [](const Report& report, std::int64_t& sum, std::map<std::string, std::int64_t>& by) {
                for (const Takings& takings : report.takings) {
                    sum += totalOf(takings.products, "EUR").gross.minor;
                    for (const MoneyRow& row : takings.products) by[row.what] += row.gross.minor;
                }
            };
            add(all, gross, products);
            for (const Facts& day : days) {
                const Report one = reportOf({}, {}, day);
                verifySums(one);
                add(one, ofDays, productsOfDays);
            }
            QCOMPARE(gross, expected);
            QCOMPARE(ofDays, gross);
            std::erase_if(products, [](const auto& one) { return one.second == 0; });
            std::erase_if(productsOfDays, [](const auto& one) { return one.second == 0; });
            QVERIFY(products == productsOfDays);
        }
    }

    void anOrderThatIsPaidAtOnceHasTheTaxOfItsReceipt() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; round++) {
            Sold sold;
            sold.order = randomOrder(random);
            sold.payment.taken.push_back(
                {order::ChargeId::generate(systemClock), order::PayMethod::Card, sold.order.price.total});
            const auto quote = json::read<pricing::Quote>(sold.order.price.quote);
            const Report report = reportOf({}, {}, {{sold}, {sold.payment.taken[0].charge}, {}});
            std::int64_t expected = 0;
            for (const auto& row : quote->taxes) expected += row.tax.minor;
            QCOMPARE(totalOf(report.takings[0].taxes, "EUR").tax.minor, expected);
            int prints = 0, counted = totalOf(report.takings[0].products, "EUR").count;
            for (const auto& line : sold.order.lines) prints += line.price.minor > 0 ? line.copies : 0;
            QCOMPARE(counted, prints);
        }
    }

    void whatIsGivenBackWholeLeavesNothingInAnyRow() {
        std::mt19937 random(11);
        for (int round = 0; round < 200; round++) {
            Sold sold;
            sold.order = randomOrder(random);
            const std::int64_t total = sold.order.price.total.minor;
            if (total < 4) continue;
            const std::int64_t part = total / 3;
            // A deposit alone; or half of it free, before or after the money.
            const bool isDeposit = round % 3 == 0, isFreeFirst = round % 3 == 1;
            const auto take = [&](order::PayMethod method, std::int64_t amount) {
                sold.payment.taken.push_back({order::ChargeId::generate(systemClock), method, euro(amount)});
            };
            if (isFreeFirst) take(order::PayMethod::Free, part);
            const std::int64_t money = isDeposit || !isFreeFirst ? part : total - part;
            take(order::PayMethod::Card, money);
            if (!isDeposit && !isFreeFirst) take(order::PayMethod::Free, total - part);
            order::PaymentRefunded refund;
            refund.charge = order::ChargeId::generate(systemClock);
            refund.method = order::PayMethod::Card;
            refund.amount = euro(money);
            sold.payment.refunds.push_back(refund);
            Facts facts{{sold}, {refund.charge}, {}};
            for (const auto& taken : sold.payment.taken) facts.moved.insert(taken.charge);
            const Report report = reportOf({}, {}, facts);
            for (const auto* rows : {&report.takings[0].products, &report.takings[0].taxes})
                for (const MoneyRow& row : *rows) {
                    QCOMPARE(row.gross.minor, std::int64_t{0});
                    QCOMPARE(row.tax.minor, std::int64_t{0});
                    QCOMPARE(row.count, 0);
                }
        }
    }

    void aSmallAmountWithoutTaxIsOfTheRateThatThereIs() {
        std::mt19937 random(1);
        Sold sold;
        sold.order = randomOrder(random);
        pricing::Quote quote;
        sold.order.lines.resize(1);
        sold.order.lines[0].price = sold.order.price.total = euro(2);
        quote.lines.emplace_back().due = euro(2);
        quote.lines[0].rate = 1900;
        quote.taxes.push_back({1900, euro(2), euro(0), euro(2)});
        sold.order.price.quote = json::write(quote);
        sold.payment.taken.push_back({order::ChargeId::generate(systemClock), order::PayMethod::Card, euro(2)});
        const Report report = reportOf({}, {}, {{sold}, {sold.payment.taken[0].charge}, {}});
        QCOMPARE(report.takings[0].taxes.size(), std::size_t(1));
        QCOMPARE(report.takings[0].taxes[0].what, std::string("19.00 %"));
    }

    void currenciesAreNeverAdded() {
        std::mt19937 random(3);
        Sold a, b;
        a.order = randomOrder(random);
        b.order = randomOrder(random);
        b.order.price.total.currency = "CHF";
        Facts facts;
        for (Sold* one : {&a, &b}) {
            one->payment.taken.push_back(
                {order::ChargeId::generate(systemClock), order::PayMethod::Cash, one->order.price.total});
            facts.moved.insert(one->payment.taken[0].charge);
            facts.sold.push_back(*one);
        }
        const Report report = reportOf({}, {}, facts);
        QCOMPARE(report.takings.size(), std::size_t(2));
        QCOMPARE(totalOf(report.takings[0].products, "CHF").gross.minor, b.order.price.total.minor);
        QCOMPARE(totalOf(report.takings[1].products, "EUR").gross.minor, a.order.price.total.minor);
    }

    void paperIsCountedOnce() {
        Facts facts;
        for (int i = 0; i < 97; i++) facts.sheets.push_back({"front", "6x8", true, "", i < 3});
        facts.sheets.push_back({"back", "8x12", false, "jam", false});
        for (int i = 0; i < 2; i++) facts.sheets.push_back({"front", "6x8", false, "scratch", false});
        const Report report = reportOf({}, {}, facts);
        QCOMPARE(report.paper.size(), std::size_t(2));
        QVERIFY((report.paper[1] == PaperRow{"front", "6x8", 97, 2, 3, 980, 31}));  // 97 of 99, 3 of 97
        QVERIFY((report.waste == std::vector<WasteRow>{{"jam", 1, 10}, {"scratch", 2, 20}}));
    }

    void periodsAreThoseOfTheCalendarAlsoWhereClocksAreChanged() {
        const auto hours = [](Span span, const char* day) {
            const auto period = periodOf(span, day);
            return (period->until.ms - period->from.ms) / hourMs;
        };
        QCOMPARE(hours(Span::Day, "2026-03-29"), 23);
        QCOMPARE(hours(Span::Day, "2026-10-25"), 25);
        QCOMPARE(hours(Span::Day, "2026-12-01"), 24);
        QCOMPARE(hours(Span::Week, "2026-03-29"), 7 * 24 - 1);
        QCOMPARE(hours(Span::Month, "2026-10-02"), 31 * 24 + 1);
        QCOMPARE(periodOf(Span::Week, "2026-12-01")->name, std::string("2026-W49"));
        QCOMPARE(periodOf(Span::Week, "2027-01-03")->name, std::string("2026-W53"));
        QCOMPARE(dayOf(periodOf(Span::Week, "2027-01-03")->from), std::string("2026-12-28"));
        QCOMPARE(dayOf(periodOf(Span::Month, "2026-02-17")->until), std::string("2026-03-01"));
        QVERIFY(*periodOf(Span::Day, dayOf(periodOf(Span::Day, "2026-10-25")->from)) ==
                *periodOf(Span::Day, "2026-10-25"));
        for (const char* bad : {"", "2026-02-30", "1.12.2026", "2026-12-1", "2026-12-011", "heute"})
            QCOMPARE(periodOf(Span::Day, bad).error().reason, std::string("bad-day"));
    }

    void anOrderThatIsFreeInPartsIsOneOrder() {
        std::mt19937 random(5);
        Sold sold;
        do sold.order = randomOrder(random);
        while (sold.order.price.total.minor < 2);
        const std::int64_t total = sold.order.price.total.minor;
        Facts facts;
        for (const std::int64_t amount : {total / 2, total - total / 2}) {
            order::PaymentTaken taken{order::ChargeId::generate(systemClock), order::PayMethod::Free, euro(amount)};
            taken.reason = "goodwill";
            facts.moved.insert(taken.charge);
            sold.payment.taken.push_back(taken);
        }
        facts.sold.push_back(sold);
        QVERIFY((reportOf({}, {}, facts).takings[0].comps == std::vector<CompRow>{{"goodwill", 1, euro(total)}}));
    }

    void anOlderOrderWhoseLinesCostMoreThanItsTotalAddsUp() {
        Sold sold;
        order::OrderLine line;
        line.product = "10x15";
        line.price = euro(1000);
        sold.order.lines.push_back(line);
        sold.order.price.total = euro(900);
        sold.payment.taken.push_back({order::ChargeId::generate(systemClock), order::PayMethod::Card, euro(900)});
        const Report report = reportOf({}, {}, {{sold}, {sold.payment.taken[0].charge}, {}});
        verifySums(report);
        QCOMPARE(totalOf(report.takings[0].products, "EUR").gross.minor, std::int64_t{900});
    }

    void aSpreadsheetGetsNumbersAndNoFormula() {
        Facts facts;
        facts.sheets.push_back({"=cmd|x", "6x8, \"glossy\"", false, "-2-3", false});
        facts.sheets.push_back({"front", "6x8", false, "@jam", false});
        const std::string csv = csvOf(reportOf({}, {}, facts));
        QVERIFY(csv.starts_with("section,printer,medium,name,out,spoiled,"));
        QVERIFY(csv.find("paper,'=cmd|x,\"6x8, \"\"glossy\"\"\",,0,1,0,") != std::string::npos);
        QVERIFY(csv.find("waste,'@jam,1,500,,,,,,,,,\r\n") != std::string::npos);
        QVERIFY(csv.find("waste,'-2-3,1,500,,,,,,,,,\r\n") != std::string::npos);
        std::set<std::ptrdiff_t> commas;  // outside of quotes, in each row
        std::istringstream lines(csv);
        for (std::string line; std::getline(lines, line);) {
            bool isQuoted = false;
            commas.insert(std::ranges::count_if(line, [&](char c) {
                isQuoted ^= c == '"';
                return c == ',' && !isQuoted;
            }));
        }
        QCOMPARE(commas.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(ReportTest)
#include "report_test.moc"
