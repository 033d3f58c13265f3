// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The tables of the three machines.
#include "core/order/order_state.h"

#include <algorithm>
#include <array>

namespace contone::order {
namespace {

using enum OrderState;
using Pay = PaymentState;
using Make = Production;

template <class E, E... values>
constexpr std::array<E, sizeof...(values)> oneOf{values...};

constexpr std::span<const OrderState> anyOrder;
constexpr std::span<const PaymentState> anyPayment;
constexpr std::span<const Production> anyProduction;

// What a person must do something about stands first. docs/orders.md has these rows; a test compares.
constexpr std::array rows{
    StandingRow{oneOf<OrderState, Draft>, anyPayment, anyProduction, Standing::Draft},
    StandingRow{oneOf<OrderState, Cancelled>, oneOf<Pay, Pay::Paid, Pay::PartlyRefunded>, anyProduction,
                Standing::RefundDue},
    StandingRow{anyOrder, oneOf<Pay, Pay::Unknown>, anyProduction, Standing::NeedsAttention},
    StandingRow{oneOf<OrderState, Cancelled>, anyPayment, anyProduction, Standing::Cancelled},
    StandingRow{oneOf<OrderState, Exception>, anyPayment, anyProduction, Standing::NeedsAttention},
    StandingRow{anyOrder, anyPayment, oneOf<Make, Make::InQuestion>, Standing::NeedsAttention},
    StandingRow{oneOf<OrderState, Held>, anyPayment, anyProduction, Standing::Held},
    StandingRow{anyOrder, oneOf<Pay, Pay::Authorising>, anyProduction, Standing::Paying},
    StandingRow{anyOrder, anyPayment, oneOf<Make, Make::Printing>, Standing::Printing},
    StandingRow{oneOf<OrderState, Collected>, anyPayment, anyProduction, Standing::Collected},
    StandingRow{anyOrder, oneOf<Pay, Pay::Due>, oneOf<Make, Make::Printed>, Standing::ReadyToPay},
    StandingRow{oneOf<OrderState, Ready>, oneOf<Pay, Pay::Due>, anyProduction, Standing::ReadyToPay},
    StandingRow{anyOrder, anyPayment, oneOf<Make, Make::Printed>, Standing::Ready},
    StandingRow{oneOf<OrderState, Ready>, anyPayment, anyProduction, Standing::Ready},
    StandingRow{anyOrder, oneOf<Pay, Pay::Due>, anyProduction, Standing::ToPay},
    StandingRow{anyOrder, anyPayment, anyProduction, Standing::Waiting},
};

template <class E>
bool fits(std::span<const E> said, E value) {
    return said.empty() || std::ranges::find(said, value) != said.end();
}

template <class E>
struct Step {
    E from, to;
};

constexpr std::array orderSteps{
    Step{Draft, Placed},        Step{Draft, Cancelled},     Step{Placed, Held},      Step{Placed, Ready},
    Step{Placed, Cancelled},    Step{Placed, Exception},    Step{Held, Placed},      Step{Held, Cancelled},
    Step{Held, Exception},      Step{Ready, Collected},     Step{Ready, Held},       Step{Ready, Cancelled},
    Step{Ready, Exception},     Step{Collected, Exception}, Step{Exception, Placed}, Step{Exception, Ready},
    Step{Exception, Collected}, Step{Exception, Cancelled},
};

constexpr std::array paymentSteps{
    Step{Pay::Due, Pay::Due},
    Step{Pay::Due, Pay::Authorising},
    Step{Pay::Due, Pay::Paid},
    Step{Pay::Due, Pay::Void},
    Step{Pay::Authorising, Pay::Due},
    Step{Pay::Authorising, Pay::Paid},
    Step{Pay::Authorising, Pay::Unknown},
    Step{Pay::Authorising, Pay::PartlyRefunded},
    Step{Pay::Authorising, Pay::Refunded},
    Step{Pay::Unknown, Pay::Due},
    Step{Pay::Unknown, Pay::Paid},
    Step{Pay::Unknown, Pay::PartlyRefunded},
    Step{Pay::Unknown, Pay::Refunded},
    Step{Pay::Paid, Pay::Authorising},
    Step{Pay::Paid, Pay::Void},
    Step{Pay::Paid, Pay::PartlyRefunded},
    Step{Pay::Paid, Pay::Refunded},
    Step{Pay::PartlyRefunded, Pay::Authorising},
    Step{Pay::PartlyRefunded, Pay::PartlyRefunded},
    Step{Pay::PartlyRefunded, Pay::Refunded},
};

template <class E, std::size_t N>
bool isIn(const std::array<Step<E>, N>& steps, E from, E to) {
    return std::ranges::any_of(steps, [&](const Step<E>& step) { return step.from == from && step.to == to; });
}

}  // namespace

std::span<const StandingRow> standingTable() {
    return rows;
}

Standing standingOf(OrderState order, PaymentState payment, Production production) {
    const auto row = std::ranges::find_if(rows, [&](const StandingRow& one) {
        return fits(one.orders, order) && fits(one.payments, payment) && fits(one.productions, production);
    });
    return row->standing;  // the last fits all
}

bool mayMove(OrderState from, OrderState to) {
    return isIn(orderSteps, from, to);
}

bool mayMove(PaymentState from, PaymentState to) {
    return isIn(paymentSteps, from, to);
}

}  // namespace contone::order
