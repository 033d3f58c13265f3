// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What paper costs and orders leave: exact, rounded once, and the same for a week as for its days.
#include <QTemporaryDir>
#include <QTest>

#include <random>

#include "core/base/file.h"
#include "core/report/report_facts.h"
#include "core/report/report_tables.h"

using namespace contone;
using namespace contone::report;

namespace {

const SystemClock systemClock;

Money euro(std::int64_t minor) {
    return {minor, "EUR"};
}

constexpr const char* shopCosts = R"(currency = "EUR"
fixed_share = "0.02"

[[medium]]
id = "6x8"
set_price = "89.00"
prints = 400

[[medium]]
id = "6x8"
printer = "back"
print_price = "0.31"
fixed_share = "0"
)";

/// An order of this total without tax, paid by card.
Made made(int number, std::int64_t total, Instant paidAt) {
    Made one;
    one.sold.order.id = OrderId::generate(systemClock);
    one.sold.order.number = number;
    order::OrderLine line;
    line.product = "10x15";
    line.copies = 2;
    line.price = one.sold.order.price.total = euro(total);
    one.sold.order.lines.push_back(line);
    one.sold.payment.taken.push_back({order::ChargeId::generate(systemClock), order::PayMethod::Card, euro(total)});
    one.moved[one.sold.payment.taken[0].charge] = paidAt;
    return one;
}

}  // namespace

class CostsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    Path write(const std::string& text) const {
        Path file = Path(m_dir.path().toStdString()) / "costs.toml";
        std::filesystem::remove(file);
        if (!writeFileDurably(file, text)) return {};
        return file;
    }
    static Costs costs() {
        Costs all{"EUR", {}};
        all.media[{"6x8", ""}] = {89'000'000, 400, true, 20'000};
        all.media[{"6x8", "back"}] = {310'000, 1, false, 0};
        return all;
    }

  private slots:
    void aFileIsReadAndItsMistakesAreNamed() {
        const auto read = Costs::read(write(shopCosts));
        QVERIFY(read && *read);
        QVERIFY(**read == costs());
        QVERIFY((*read)->of("6x8", "front")->isSet);
        QVERIFY(!(*read)->of("6x8", "back")->isSet);
        QVERIFY((*read)->of("8x12", "front") == nullptr);
        const auto none = Costs::read(Path(m_dir.path().toStdString()) / "nothing.toml");
        QVERIFY(none && !*none);
        const auto mistake = [&](const char* from, const char* to, const char* line, const char* key) {
            std::string text = shopCosts;
            text.replace(text.find(from), std::string_view(from).size(), to);
            const auto wrong = Costs::read(write(text));
            QVERIFY(!wrong);
            QCOMPARE(wrong.error().reason, std::string("costs-file"));
            for (const char* said : {"costs.toml", line, key})
                QVERIFY2(wrong.error().message.find(said) != std::string::npos, wrong.error().message.c_str());
        };
        mistake("\"89.00\"", "89.00", "line 6", "set_price");
        mistake("\"89.00\"", "\"89,00\"", "line 6", "set_price");
        mistake("\"89.00\"", "\"-89.00\"", "line 6", "set_price");
        mistake("\"89.00\"", "\"0.0000001\"", "line 6", "set_price");
        mistake("prints = 400", "prints = 0", "line 7", "prints");
        mistake("set_price", "price", "line 6", "price");
        mistake("\"EUR\"", "\"Euro\"", "line 1", "currency");
        mistake("print_price = \"0.31\"", "print_price = \"0.31\"\nprints = 3", "line 13", "prints");
        mistake("printer = \"back\"\nprint_price = \"0.31\"", "set_price = \"1\"\nprints = 3", "line 10", "twice");
    }

    void sumsAreRoundedOnceAndHalvesAwayFromNought() {
        const auto cents = [](std::int64_t millionths, std::int64_t times, std::int64_t parts) {
            ExactCost cost;
            cost.add(millionths, times, parts);
            return cost.rounded("EUR").minor;
        };
        QCOMPARE(cents(89'000'000, 1, 400), 22);  // 0.2225
        QCOMPARE(cents(89'000'000, 400, 400), 8900);
        QCOMPARE(cents(5'000, 1, 1), 1);  // half a cent
        QCOMPARE(cents(4'999, 1, 1), 0);
        QCOMPARE(cents(10'000'000, 1, 3), 333);
        QCOMPARE(cents(-5'000, 1, 1), -1);
        ExactCost thirds;  // three thirds of a cent, by different sets, are a cent
        for (const std::int64_t parts : {3, 6, 12}) thirds.add(10'000, parts / 3, parts);
        QCOMPARE(thirds.rounded("EUR").minor, 1);
        QCOMPARE(thirds.tenThousandthsEach(3), 33);
        ExactCost yen;
        yen.add(1'500'000, 1);
        QCOMPARE(yen.rounded("JPY").minor, 2);
        ExactCost dinar;
        dinar.add(1'500'400, 1);
        QCOMPARE(dinar.rounded("KWD").minor, 1500);
    }

    void paperSaysWhatItCost() {
        Facts facts;
        facts.costs = costs();
        for (int i = 0; i < 97; i++) facts.sheets.push_back({"front", "6x8", true, "", i < 3});
        for (int i = 0; i < 3; i++) facts.sheets.push_back({"front", "6x8", false, "jam", false});
        facts.sheets.push_back({"back", "6x8", true, "", false});
        const Report report = reportOf({}, {}, facts);
        const PaperRow& front = report.paper[1];
        QCOMPARE(front.cost->minor, 2419);                // 100 × 0.2225 + 97 × 0.02 = 24.19
        QCOMPARE(*front.costOfGoodTenThousandths, 2494);  // 24.19 / 97 = 0.24938
        QCOMPARE(*front.setsHundredths, 25);              // 100 / 400
        QCOMPARE(front.yieldPerThousand, 970);
        QCOMPARE(front.reprintsPerThousand, 31);
        QCOMPARE(report.paper[0].cost->minor, 31);
        QVERIFY(!report.paper[0].setsHundredths);
        QCOMPARE(report.paperTotal.cost->minor, 2450);
        facts.sheets.push_back({"front", "8x12", true, "", false});
        const Report unknown = reportOf({}, {}, facts);
        QVERIFY(!unknown.paper[2].cost && !unknown.paperTotal.cost);  // never as if it were nothing
        const std::string text = textOf(unknown, words::Locale());
        QVERIFY2(text.find("What it costs is not said in costs.toml: 8x12.") != std::string::npos, text.c_str());
        facts.costs.reset();
        const Report without = reportOf({}, {}, facts);
        QVERIFY(!without.margins && !without.paper[1].cost && !without.paper[1].setsHundredths);
        QVERIFY(textOf(without, words::Locale()).find("ost") == std::string::npos);
    }

    void anOrderLeavesWhatWasTakenLessItsPaper() {
        Facts facts;
        facts.costs = costs();
        const Period period{"one", {1000}, {2000}};
        Made good = made(1001, 1000, {500});  // paid the day before, printed today
        for (int i = 0; i < 4; i++) good.sheets.push_back({{1500}, "front", "6x8", i < 3});
        Made later = made(1002, 700, {1100});  // not printed before the period was over
        later.sheets.push_back({{2500}, "front", "6x8", true});
        Made dear = made(1003, 20, {1200});
        dear.sheets.push_back({{1300}, "back", "6x8", true});
        Made foreign = made(1004, 300, {1200});
        foreign.sold.order.price.total.currency = "CHF";
        foreign.sheets.push_back({{1300}, "back", "6x8", true});
        Made unknown = made(1005, 300, {1200});
        unknown.sheets.push_back({{1300}, "back", "8x12", true});
        facts.made = {good, later, dear, foreign, unknown};
        const Report report = reportOf(period, {3000}, facts);
        const Margins& margins = *report.margins;
        // 4 × 0.2225 + 3 × 0.02 = 0.95
        QVERIFY((margins.orders == std::vector<MarginRow>{{1001, 4, euro(1000), euro(95), euro(905)},
                                                          {1003, 1, euro(20), euro(31), euro(-11)}}));
        QVERIFY((margins.total == MarginRow{0, 5, euro(1020), euro(126), euro(894)}));
        QCOMPARE(margins.ofOtherCurrencies, 1);
        QCOMPARE(margins.withoutCost, 1);
        QVERIFY(csvOf(report).find("margin,1003,EUR,1,0.20,0.31,-0.11\r\n") != std::string::npos);
        const std::string text = textOf(report, words::Locale());
        QVERIFY2(text.find("1 order in another currency is not in it") != std::string::npos, text.c_str());
        QVERIFY2(text.find("1 order on paper of unknown cost is not in it.") != std::string::npos, text.c_str());
    }

    void periodsAddUp() {
        std::mt19937 random(20261203);
        const auto upTo = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
        for (int round = 0; round < 200; round++) {
            std::vector<Made> all;
            for (int i = 0; i < 6; i++) {
                Made one = made(1001 + i, upTo(5000), {upTo(2999)});
                if (upTo(1) == 0) {
                    order::PaymentRefunded refund;
                    refund.charge = order::ChargeId::generate(systemClock);
                    refund.amount = euro(upTo(static_cast<int>(one.sold.order.price.total.minor)));
                    one.moved[refund.charge] = {one.moved.begin()->second.ms + upTo(500)};
                    one.sold.payment.refunds.push_back(refund);
                }
                // Sheets of 0.31 alone: no cost is rounded.
                for (int n = upTo(5); n > 0; n--) one.sheets.push_back({{upTo(2999)}, "back", "6x8", upTo(3) > 0});
                all.push_back(std::move(one));
            }
            const auto totalOfPeriod = [&](std::int64_t from, std::int64_t until) {
                Facts facts;
                facts.costs = costs();
                facts.made = all;
                const Report report = reportOf({"", {from}, {until}}, {}, facts);
                MarginRow sum{0, 0, euro(0), euro(0), euro(0)};
                for (const MarginRow& row : report.margins->orders) {
                    sum.sheets += row.sheets;
                    sum.net.minor += row.net.minor;
                    sum.cost.minor += row.cost.minor;
                    sum.margin.minor += row.margin.minor;
                    if (row.net.minor - row.cost.minor != row.margin.minor) sum.order = -1;
                }
                if (sum != report.margins->total) sum.order = -1;
                return sum;
            };
            MarginRow days{0, 0, euro(0), euro(0), euro(0)};
            for (const std::int64_t from : {0, 1000, 2000}) {
                const MarginRow day = totalOfPeriod(from, from + 1000);
                QCOMPARE(day.order, 0);
                days.sheets += day.sheets;
                days.net.minor += day.net.minor;
                days.cost.minor += day.cost.minor;
                days.margin.minor += day.margin.minor;
            }
            // Refunds may be later than the last day.
            QVERIFY(days == totalOfPeriod(0, 3000));
        }
    }
};

QTEST_GUILESS_MAIN(CostsTest)
#include "costs_test.moc"
