// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What bundles and promotions take off a counted cart.
#pragma once

#include "core/pricing/counted_p.h"
#include "core/pricing/quote.h"

namespace contone::pricing {

struct Reductions {
    struct One {
        DiscountKind kind = DiscountKind::Bundle;
        std::string id, name;
        int times = 1;
        std::int64_t cents = 0;
    };
    std::vector<One> all;
    std::vector<std::int64_t> byLine;        ///< what each line pays less
    std::map<std::string, int> moreForFree;  ///< prints by product that the sets of bundles would still hold
    std::int64_t saved = 0;
    const Promotion* promotion = nullptr;  ///< that was used
};

/// The cheapest way to take sets of these bundles, some of which the cart may not fill. None where that saves nothing.
Reductions takeBundles(const PriceList& list, const CountedCart& cart, const std::vector<const Bundle*>& bundles);

/// Bundles, and the promotion that is due at this moment. Fails: NotFound "promotion-unknown"; Conflict
/// "promotion-over".
Result<Reductions> reduce(const PriceList& list, const Cart& cart, const CountedCart& counted, const LocalMoment& when);

/// Whether the customer's code is this one's: capital letters do not count.
bool isCodeOf(const Promotion& promotion, const std::string& code);

}  // namespace contone::pricing
