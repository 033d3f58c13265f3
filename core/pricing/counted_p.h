// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CountedCart: a cart that was checked against a list and counted, on which everything else is computed.
#pragma once

#include <map>
#include <vector>

#include "core/base/result.h"
#include "core/pricing/cart.h"
#include "core/pricing/ladder_p.h"

namespace contone::pricing {

struct OptionCents {
    const Option* option = nullptr;
    std::int64_t cents = 0;
};

struct CountedLine {
    const CartLine* asked = nullptr;
    const std::string* taxClass = nullptr;
    std::int64_t prints = 0;           ///< its part of what the product's prints cost; of packages their price
    std::vector<OptionCents> options;  ///< by id, each once
    std::int64_t total = 0;            ///< prints and options
};

struct CountedCart {
    std::vector<CountedLine> lines;
    std::vector<int> ranks;  ///< of the lines by what is in them: it decides who gets a cent that could go to several
    std::map<std::string, int> copies;              ///< by product
    std::map<std::string, LadderPrice> ladders;     ///< by product
    std::map<std::string, std::vector<int>> alike;  ///< the lines of a product

    /// A group's amount onto its lines, by what `weightOf` says of each.
    template <class WeightOf>
    void share(std::int64_t amount, const std::vector<int>& group, WeightOf weightOf,
               std::vector<std::int64_t>& into) const {
        std::vector<std::int64_t> weights;
        std::vector<int> groupRanks;
        for (const int line : group) {
            weights.push_back(weightOf(line));
            groupRanks.push_back(ranks[std::size_t(line)]);
        }
        addShares(amount, weights, groupRanks, group, into);
    }

  private:
    static void addShares(std::int64_t amount, const std::vector<std::int64_t>& weights, const std::vector<int>& ranks,
                          const std::vector<int>& group, std::vector<std::int64_t>& into);
};

/// `list` and `cart` outlive it. Fails: as quote, for products, copies and options of lines.
Result<CountedCart> count(const PriceList& list, const Cart& cart);
/// The option of this id that may be chosen here. `asked` null: for the whole order. Fails: NotFound "option-unknown".
Result<const Option*> optionFor(const PriceList& list, const std::string& id, const CartLine* asked);

}  // namespace contone::pricing
