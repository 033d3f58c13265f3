// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tax inside a price, or on top of it, rounded where the list says.
#include "core/pricing/taxes_p.h"

#include <functional>

#include "core/pricing/shares_p.h"

namespace contone::pricing {

std::vector<Quote::TaxRow> taxesOf(const Tax& tax, const std::string& currency, std::vector<Taxed>& all) {
    const bool isIncluded = tax.placement == TaxPlacement::Included;
    const auto taxOf = [&](std::int64_t amount, int rate) {
        return nearestPart(amount, rate, isIncluded ? 10'000 + rate : 10'000);
    };
    std::map<int, std::vector<std::size_t>, std::greater<>> byRate;
    for (std::size_t i = 0; i < all.size(); ++i) byRate[all[i].rate].push_back(i);
    std::vector<Quote::TaxRow> rows;
    for (const auto& [rate, group] : byRate) {
        std::int64_t sum = 0, taxSum = 0;
        std::vector<std::int64_t> amounts;
        std::vector<int> ranks;
        for (const std::size_t i : group) {
            sum += all[i].amount;
            amounts.push_back(all[i].amount);
            ranks.push_back(all[i].rank);
        }
        if (sum == 0) continue;
        if (tax.rounding == TaxRounding::Line) {
            for (const std::size_t i : group) taxSum += all[i].tax = taxOf(all[i].amount, rate);
        } else {
            taxSum = taxOf(sum, rate);
            const auto parts = sharesOf(taxSum, amounts, ranks);
            for (std::size_t k = 0; k < group.size(); ++k) all[group[k]].tax = parts[k];
        }
        rows.push_back({rate,
                        {isIncluded ? sum - taxSum : sum, currency},
                        {taxSum, currency},
                        {isIncluded ? sum : sum + taxSum, currency}});
    }
    return rows;
}

}  // namespace contone::pricing
