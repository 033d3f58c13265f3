// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The price ladder, without the edges at which fewer prints would cost more.
#include "core/pricing/ladder_p.h"

#include <algorithm>

namespace contone::pricing {

LadderPrice ladderPrice(const std::vector<PriceStep>& steps, int copies) {
    if (copies <= 0 || steps.empty()) return {};
    LadderPrice best{copies * steps.front().cents, copies, steps.front().cents};
    for (const PriceStep& step : steps) {
        const int charged = std::max(copies, step.from);
        const LadderPrice other{charged * step.cents, charged, step.cents};
        // Of two that cost the same, the one that gives more: so is "more at no extra cost" found.
        const bool isNoDearer = other.cost < best.cost || (other.cost == best.cost && best.cost > 0);
        if (step.from <= copies || isNoDearer) best = other;
    }
    return best;
}

}  // namespace contone::pricing
