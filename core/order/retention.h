// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Retention: how long what customers brought is kept, by what it is. Pure: who erases asks here what is due.
#pragma once

#include <optional>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/order/order_state.h"

namespace contone::order {

enum class RetentionClass {
    Cart,         ///< chosen at a kiosk and never ordered
    Draft,        ///< begun by somebody who works here
    Ended,        ///< collected or cancelled
    Uncollected,  ///< printed, and nobody says that it was handed over
    Open,         ///< still to be printed, held, or with something wrong: a person ends it, never its age
};
constexpr auto wordsOf(RetentionClass) {
    return enumWords<RetentionClass>("bad-retention-class", "Say what: cart, draft, ended, uncollected or open.",
                                     {{RetentionClass::Cart, "cart"},
                                      {RetentionClass::Draft, "draft"},
                                      {RetentionClass::Ended, "ended"},
                                      {RetentionClass::Uncollected, "uncollected"},
                                      {RetentionClass::Open, "open"}});
}

/// How long after its last change. Amounts, taxes and receipt numbers are no class: they hold no person and stay.
struct RetentionPolicy {
    int cartHours = 24;  ///< 1…8760
    int draftDays = 30;  ///< 1…3650, as all that follow
    int orderDays = 30;  ///< Ended
    int uncollectedDays = 90;
    bool operator==(const RetentionPolicy&) const = default;
};

/// An order or draft that was not erased, and when something last happened to it.
struct Ageing {
    OrderId id;
    int number = 0;  ///< 0: a draft
    OrderState state = OrderState::Placed;
    Production production = Production::None;
    bool isCustomers = false;  ///< a customer began it
    Instant lastChange;
    bool operator==(const Ageing&) const = default;
};

RetentionClass classOf(const Ageing& one);
/// When it is erased; none: not by age.
std::optional<Instant> dueAt(const Ageing& one, const RetentionPolicy& policy);

}  // namespace contone::order
