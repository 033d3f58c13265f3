// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where an order is: three small machines (order, payment, production), and the one word that people read of all three.
#pragma once

#include <span>

#include "core/base/enum_words.h"

namespace contone::order {

/// The order's own stream: what the shop and its customer agreed. It belongs to the place where the order was placed.
enum class OrderState {
    Draft,      ///< somebody still chooses; it has a code, and no price that holds
    Placed,     ///< wanted, at a price
    Held,       ///< staff keeps it back
    Ready,      ///< everything is printed and waits for its customer
    Collected,  ///< handed over
    Cancelled,  ///< nobody will print it; final
    Exception,  ///< something is wrong that a person must settle; the reason says what
};
constexpr auto wordsOf(OrderState) {
    return enumWords<OrderState>("bad-order-state", "There is no such order state.",
                                 {{OrderState::Draft, "draft"},
                                  {OrderState::Placed, "placed"},
                                  {OrderState::Held, "held"},
                                  {OrderState::Ready, "ready"},
                                  {OrderState::Collected, "collected"},
                                  {OrderState::Cancelled, "cancelled"},
                                  {OrderState::Exception, "exception"}});
}

/// The payment's stream. It belongs to whoever holds the money.
enum class PaymentState {
    Due,             ///< something is to be paid
    Authorising,     ///< a terminal is asking, or a refund is under way
    Unknown,         ///< the answer was lost: nobody knows whether money moved
    Paid,            ///< all of it
    PartlyRefunded,  ///< paid, and some of it given back
    Refunded,        ///< all of it given back
    Void,            ///< the order was cancelled before anything was paid
};
constexpr auto wordsOf(PaymentState) {
    return enumWords<PaymentState>("bad-payment-state", "There is no such payment state.",
                                   {{PaymentState::Due, "due"},
                                    {PaymentState::Authorising, "authorising"},
                                    {PaymentState::Unknown, "unknown"},
                                    {PaymentState::Paid, "paid"},
                                    {PaymentState::PartlyRefunded, "partly-refunded"},
                                    {PaymentState::Refunded, "refunded"},
                                    {PaymentState::Void, "void"}});
}

/// What the sheet ledger says of the order's paper. It belongs to the shop that prints.
enum class Production {
    None,        ///< nothing is planned
    Printing,    ///< sheets wait, are at the printer, or are still to be planned again
    InQuestion,  ///< a person must look in the tray
    Printed,     ///< every copy is out
};
constexpr auto wordsOf(Production) {
    return enumWords<Production>("bad-production", "There is no such state of production.",
                                 {{Production::None, "none"},
                                  {Production::Printing, "printing"},
                                  {Production::InQuestion, "in-question"},
                                  {Production::Printed, "printed"}});
}

/// The one word that people read. docs/orders.md has the table by which it follows from the three above.
enum class Standing {
    Draft,
    ToPay,
    Paying,
    Waiting,
    Printing,
    NeedsAttention,
    Held,
    Ready,
    ReadyToPay,
    Collected,
    RefundDue,
    Cancelled,
};
constexpr auto wordsOf(Standing) {
    return enumWords<Standing>("bad-standing", "There is no such standing of an order.",
                               {{Standing::Draft, "draft"},
                                {Standing::ToPay, "to-pay"},
                                {Standing::Paying, "paying"},
                                {Standing::Waiting, "waiting"},
                                {Standing::Printing, "printing"},
                                {Standing::NeedsAttention, "needs-attention"},
                                {Standing::Held, "held"},
                                {Standing::Ready, "ready"},
                                {Standing::ReadyToPay, "ready-to-pay"},
                                {Standing::Collected, "collected"},
                                {Standing::RefundDue, "refund-due"},
                                {Standing::Cancelled, "cancelled"}});
}
using contone::toString;

/// One row of the table. What is not said stands for any.
struct StandingRow {
    std::span<const OrderState> orders;
    std::span<const PaymentState> payments;
    std::span<const Production> productions;
    Standing standing;
};
/// The first row that fits decides; the last one fits all.
std::span<const StandingRow> standingTable();
Standing standingOf(OrderState order, PaymentState payment, Production production);

/// The whole rule book of the order's stream:
/// Draft → Placed, Cancelled. Placed → Held, Ready, Cancelled, Exception. Held → Placed, Cancelled, Exception.
/// Ready → Collected, Held, Cancelled, Exception. Collected → Exception. Exception → Placed, Ready, Collected,
/// Cancelled. Cancelled is final.
bool mayMove(OrderState from, OrderState to);

/// And of the payment's stream: Due → Authorising, Paid, Void. Authorising → Due, Paid, Unknown, PartlyRefunded,
/// Refunded. Unknown → Due, Paid, PartlyRefunded, Refunded. Paid and PartlyRefunded → Authorising, PartlyRefunded,
/// Refunded; Paid → Void where nothing was taken. Refunded and Void are final. A state may follow itself where a part
/// was paid or given back.
bool mayMove(PaymentState from, PaymentState to);

}  // namespace contone::order
