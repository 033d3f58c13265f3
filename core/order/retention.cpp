// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which class, and how long that is kept.
#include "core/order/retention.h"

namespace contone::order {

RetentionClass classOf(const Ageing& one) {
    if (one.state == OrderState::Draft) return one.isCustomers ? RetentionClass::Cart : RetentionClass::Draft;
    if (one.state == OrderState::Collected || one.state == OrderState::Cancelled) return RetentionClass::Ended;
    const bool isPrinted =
        one.state == OrderState::Ready || (one.state == OrderState::Placed && one.production == Production::Printed);
    return isPrinted ? RetentionClass::Uncollected : RetentionClass::Open;
}

std::optional<Instant> dueAt(const Ageing& one, const RetentionPolicy& policy) {
    constexpr std::int64_t hour = 3'600'000, day = 24 * hour;
    const auto after = [&](std::int64_t ms) { return Instant{one.lastChange.ms + ms}; };
    switch (classOf(one)) {
        case RetentionClass::Cart:
            return after(policy.cartHours * hour);
        case RetentionClass::Draft:
            return after(policy.draftDays * day);
        case RetentionClass::Ended:
            return after(policy.orderDays * day);
        case RetentionClass::Uncollected:
            return after(policy.uncollectedDays * day);
        case RetentionClass::Open:
            break;
    }
    return std::nullopt;
}

}  // namespace contone::order
