// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Everything counted.
#include "core/report/report.h"

#include <algorithm>
#include <ctime>

#include "core/report/margins_p.h"
#include "core/report/report_facts.h"
#include "core/report/takings_p.h"

namespace contone::report {
namespace {

template <class Row, class Key>
std::vector<Row> valuesOf(const std::map<Key, Row>& all) {
    std::vector<Row> rows;
    for (const auto& [key, row] : all) rows.push_back(row);
    return rows;
}

std::string written(const std::tm& day, const char* format) {
    char text[40];
    return {text, std::strftime(text, sizeof text, format, &day)};
}

Instant startOf(std::tm day) {
    day.tm_hour = day.tm_min = day.tm_sec = 0;
    day.tm_isdst = -1;
    return {static_cast<std::int64_t>(std::mktime(&day)) * 1000};
}

/// Of each `of` in `all`, in a thousand.
int perThousand(int of, int all) {
    return all == 0 ? 0 : static_cast<int>((of * 2000LL + all) / (2LL * all));
}

void addCost(PaperRow& row, const Costs& costs) {
    const MediumCost* cost = costs.of(row.medium, row.printer);
    if (cost == nullptr) return;
    ExactCost exact;
    exact.addSheets(*cost, row.out, row.spoiled);
    row.cost = exact.rounded(costs.currency);
    if (row.out > 0) row.costOfGoodTenThousandths = exact.tenThousandthsEach(row.out);
    const std::int64_t sheets = row.out + row.spoiled;
    if (cost->isSet) row.setsHundredths = (sheets * 200 + cost->prints) / (2 * cost->prints);
}

void addRates(PaperRow& row) {
    row.yieldPerThousand = perThousand(row.out, row.out + row.spoiled);
    row.reprintsPerThousand = perThousand(row.reprints, row.out);
}

void addPaper(Report& report, const Facts& facts) {
    std::map<std::pair<std::string, std::string>, PaperRow> paper;
    std::map<std::string, WasteRow> waste;
    for (const Ended& sheet : facts.sheets) {
        PaperRow& row = paper[{sheet.printer, sheet.medium}];
        row.printer = sheet.printer;
        row.medium = sheet.medium;
        row.mediumName = sheet.mediumName;
        (sheet.isOut ? row.out : row.spoiled)++;
        if (sheet.isOut && sheet.isReprint) row.reprints++;
        if (sheet.isOut && sheet.reason.empty()) continue;
        const std::string cause = sheet.reason.empty() ? "other" : sheet.reason;
        waste[cause].cause = cause;
        waste[cause].sheets++;
    }
    for (auto& [which, row] : paper) {
        addRates(row);
        if (facts.costs) addCost(row, *facts.costs);
    }
    for (auto& [cause, row] : waste) row.perThousand = perThousand(row.sheets, static_cast<int>(facts.sheets.size()));
    report.paper = valuesOf(paper);
    report.waste = valuesOf(waste);
    report.paperTotal = totalOf(report.paper);
    for (const WasteRow& row : report.waste) report.wasteTotal.sheets += row.sheets;
    report.wasteTotal.perThousand = perThousand(report.wasteTotal.sheets, static_cast<int>(facts.sheets.size()));
}

/// What was paid in the period of orders that were placed in it: nothing was paid before, and what was paid later is
/// not among what moved.
std::vector<DueRow> dueOf(const Facts& facts) {
    std::map<std::string, DueRow> rows;
    for (const auto& [order, payment] : facts.placed) {
        if (facts.voided.contains(order.id)) continue;
        const std::string& currency = order.price.total.currency;
        std::int64_t due = order.price.total.minor, money = 0;
        for (const order::PaymentTaken& taken : payment.taken) {
            if (!facts.moved.contains(taken.charge)) continue;
            due -= taken.amount.minor;
            if (taken.method != order::PayMethod::Free) money += taken.amount.minor;
        }
        for (const order::PaymentRefunded& refund : payment.refunds)
            if (facts.moved.contains(refund.charge)) money -= refund.amount.minor;
        if (due <= 0) continue;
        DueRow& row = rows[currency];
        row.currency = row.due.currency = row.deposited.currency = currency;
        row.orders++;
        row.due.minor += due;
        if (money <= 0) continue;
        row.deposits++;
        row.deposited.minor += money;
    }
    return valuesOf(rows);
}

Takings takingsOf(const std::string& currency, OfCurrency& of, const std::map<std::string, std::string>& names) {
    for (auto& [method, row] : of.methods) row.moved.minor = row.taken.minor - row.givenBack.minor + row.rounding.minor;
    for (auto& [what, row] : of.sums.products)
        if (const auto name = names.find(what); name != names.end()) row.name = name->second;
    Takings takings{currency, valuesOf(of.sums.products), valuesOf(of.sums.taxes), valuesOf(of.methods),
                    valuesOf(of.comps)};
    takings.productsTotal = totalOf(takings.products, currency);
    takings.taxesTotal = totalOf(takings.taxes, currency);
    takings.methodsTotal = totalOf(takings.methods, currency);
    takings.compsTotal.amount.currency = currency;
    for (const CompRow& row : takings.comps) {
        takings.compsTotal.orders += row.orders;
        takings.compsTotal.amount.minor += row.amount.minor;
    }
    return takings;
}

}  // namespace

std::string dayOf(Instant at) {
    const auto seconds = static_cast<std::time_t>(at.ms / 1000);
    std::tm day{};
    ::localtime_r(&seconds, &day);
    return written(day, "%Y-%m-%d");
}

Result<Period> periodOf(Span span, const std::string& text) {
    std::tm day{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%d", &day);
    if (end == nullptr || *end != '\0' || text.size() != 10)
        return fail(Code::Invalid, "bad-day", "A day is written as 2026-12-24.", text);
    day.tm_hour = 12;  // whatever the clocks are changed by, it is this day
    day.tm_isdst = -1;
    std::mktime(&day);  // which day of the week
    if (written(day, "%Y-%m-%d") != text) return fail(Code::Invalid, "bad-day", "There is no such day.", text);
    Period period;
    if (span == Span::Week) day.tm_mday -= (day.tm_wday + 6) % 7;
    if (span == Span::Month) day.tm_mday = 1;
    std::mktime(&day);
    period.name = written(day, span == Span::Day ? "%Y-%m-%d" : span == Span::Week ? "%G-W%V" : "%Y-%m");
    period.from = startOf(day);
    if (span == Span::Day) day.tm_mday += 1;
    if (span == Span::Week) day.tm_mday += 7;
    if (span == Span::Month) day.tm_mon += 1;
    period.until = startOf(day);
    return period;
}

Report reportOf(const Period& period, Instant now, const Facts& facts) {
    Report report{.period = period, .isOver = now >= period.until};
    std::map<std::string, OfCurrency> all;
    for (const Sold& sold : facts.sold) addSold(all, sold, facts.moved);
    for (auto& [currency, of] : all) report.takings.push_back(takingsOf(currency, of, facts.products));
    addPaper(report, facts);
    report.due = dueOf(facts);
    report.unreadable = facts.unreadable;
    if (facts.costs) report.margins = marginsOf(period, *facts.costs, facts.made);
    return report;
}
MoneyRow totalOf(const std::vector<MoneyRow>& rows, const std::string& currency) {
    MoneyRow total{"", 0, {0, currency}, {0, currency}, {0, currency}};
    for (const MoneyRow& row : rows) {
        total.count += row.count;
        total.net.minor += row.net.minor;
        total.tax.minor += row.tax.minor;
        total.gross.minor += row.gross.minor;
    }
    return total;
}

MethodTotal totalOf(const std::vector<MethodRow>& rows, const std::string& currency) {
    MethodTotal total;
    for (Money* money : {&total.taken, &total.givenBack, &total.rounding, &total.moved}) money->currency = currency;
    for (const MethodRow& row : rows) {
        total.payments += row.payments;
        total.refunds += row.refunds;
        total.taken.minor += row.taken.minor;
        total.givenBack.minor += row.givenBack.minor;
        total.rounding.minor += row.rounding.minor;
        total.moved.minor += row.moved.minor;
    }
    return total;
}

PaperRow totalOf(const std::vector<PaperRow>& rows) {
    PaperRow total;
    const bool isKnown =
        !rows.empty() && std::ranges::all_of(rows, [](const PaperRow& row) { return row.cost.has_value(); });
    if (isKnown) total.cost = Money{0, rows.front().cost->currency};
    for (const PaperRow& row : rows) {
        total.out += row.out;
        total.spoiled += row.spoiled;
        total.reprints += row.reprints;
        if (isKnown) total.cost->minor += row.cost->minor;
    }
    addRates(total);
    return total;
}

}  // namespace contone::report
