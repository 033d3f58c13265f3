// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Largest remainder, as seats are given after Hamilton.
#include "core/pricing/shares_p.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace contone::pricing {

namespace {
using Wide = __int128;  // two amounts multiplied
}

std::int64_t floorPart(std::int64_t amount, std::int64_t numerator, std::int64_t denominator) {
    return static_cast<std::int64_t>(Wide(amount) * numerator / denominator);
}

std::int64_t nearestPart(std::int64_t amount, std::int64_t numerator, std::int64_t denominator) {
    return static_cast<std::int64_t>((Wide(amount) * numerator * 2 + denominator) / (Wide(denominator) * 2));
}

std::vector<std::int64_t> sharesOf(std::int64_t amount, const std::vector<std::int64_t>& weights,
                                   const std::vector<int>& ranks) {
    std::vector<std::int64_t> parts(weights.size(), 0);
    if (weights.empty()) return parts;
    const std::int64_t whole = std::accumulate(weights.begin(), weights.end(), std::int64_t(0));
    if (whole == 0) return sharesOf(amount, std::vector<std::int64_t>(weights.size(), 1), ranks);
    std::vector<std::int64_t> lost(weights.size());
    std::int64_t left = amount;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = Wide(amount) * weights[i];
        parts[i] = static_cast<std::int64_t>(product / whole);
        lost[i] = static_cast<std::int64_t>(product % whole);
        left -= parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::tuple(-lost[a], ranks[a]) < std::tuple(-lost[b], ranks[b]);
    });
    for (std::size_t i = 0; left > 0; ++i, --left) parts[order[i]]++;
    return parts;
}

}  // namespace contone::pricing
