// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which payments and sheets of an order count in a period, and what they leave.
#include "core/report/margins_p.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/report/takings_p.h"

namespace contone::report {
namespace {

/// From when on what happened to an order counts in the period; none: it has no print yet.
std::optional<Instant> countsFrom(const Period& period, const Made& made) {
    bool isPrinted = false, wasPrinted = false;
    for (const Made::Used& sheet : made.sheets) {
        isPrinted = isPrinted || (sheet.isOut && sheet.at < period.until);
        wasPrinted = wasPrinted || (sheet.isOut && sheet.at < period.from);
    }
    if (!isPrinted) return std::nullopt;
    return wasPrinted ? period.from : Instant{std::numeric_limits<std::int64_t>::min()};
}

/// Without tax.
std::int64_t netOf(const Sold& sold, const std::set<order::ChargeId>& moved) {
    std::map<std::string, OfCurrency> all;
    addSold(all, sold, moved);
    std::int64_t net = 0;
    for (const auto& [currency, of] : all)
        for (const auto& [rate, row] : of.sums.taxes) net += row.net.minor;
    return net;
}

struct Paper {
    int sheets = 0;
    bool isKnown = true;
    ExactCost cost;
};
Paper paperOf(const Made& made, const Costs& costs, Instant from, Instant until) {
    std::map<std::pair<std::string, std::string>, std::pair<int, int>> counts;  // out, spoiled
    for (const Made::Used& sheet : made.sheets) {
        if (sheet.at < from || sheet.at >= until) continue;
        auto& [out, spoiled] = counts[{sheet.medium, sheet.printer}];
        (sheet.isOut ? out : spoiled)++;
    }
    Paper paper;
    for (const auto& [which, count] : counts) {
        paper.sheets += count.first + count.second;
        const MediumCost* cost = costs.of(which.first, which.second);
        paper.isKnown = paper.isKnown && cost != nullptr;
        if (cost != nullptr) paper.cost.addSheets(*cost, count.first, count.second);
    }
    return paper;
}

}  // namespace

Margins marginsOf(const Period& period, const Costs& costs, const std::vector<Made>& made) {
    const auto none = [&] { return Money{0, costs.currency}; };
    Margins margins{.currency = costs.currency};
    margins.total = {0, 0, none(), none(), none()};
    for (const Made& one : made) {
        const auto from = countsFrom(period, one);
        if (!from) continue;
        std::set<order::ChargeId> moved;
        for (const auto& [charge, at] : one.moved)
            if (at >= *from && at < period.until) moved.insert(charge);
        const Paper paper = paperOf(one, costs, *from, period.until);
        if (moved.empty() && paper.sheets == 0) continue;
        if (!paper.isKnown) {
            margins.withoutCost++;
        } else if (one.sold.order.price.total.currency != costs.currency) {
            margins.ofOtherCurrencies++;
        } else {
            MarginRow row{one.sold.order.number,
                          paper.sheets,
                          {netOf(one.sold, moved), costs.currency},
                          paper.cost.rounded(costs.currency),
                          none()};
            row.margin.minor = row.net.minor - row.cost.minor;
            margins.total.sheets += row.sheets;
            margins.total.net.minor += row.net.minor;
            margins.total.cost.minor += row.cost.minor;
            margins.total.margin.minor += row.margin.minor;
            margins.orders.push_back(std::move(row));
        }
    }
    std::ranges::sort(margins.orders, {}, &MarginRow::order);
    return margins;
}

}  // namespace contone::report
