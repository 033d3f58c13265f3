// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What prints of one product cost by their number.
#pragma once

#include "core/pricing/price_list.h"

namespace contone::pricing {

struct LadderPrice {
    std::int64_t cost = 0;
    int charged = 0;         ///< so many prints are paid: more than were asked for where that costs less
    std::int64_t cents = 0;  ///< for each of those
};
/// `copies` 0: nothing. Never falls as copies grow: copies of the step that is reached, or the first print of a later
/// step where all of that costs less.
LadderPrice ladderPrice(const std::vector<PriceStep>& steps, int copies);

}  // namespace contone::pricing
