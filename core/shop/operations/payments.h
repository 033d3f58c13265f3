// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Payments: money that is taken for an order, given back, and found out about.
#pragma once

#include "core/order/payment.h"
#include "core/shop/operation_terms.h"
#include "core/shop/operations/staff.h"
#include "core/shop/values.h"
#include "core/slip/slip.h"
#include "core/words/locale.h"

namespace contone::slip {

constexpr auto fieldsOf(std::type_identity<Row>) {
    return json::list(json::field("text", &Row::text), json::field("right", &Row::right),
                      json::field("align", &Row::align), json::field("bold", &Row::bold),
                      json::field("large", &Row::large), json::field("rule", &Row::rule),
                      json::field("code", &Row::code));
}
constexpr auto fieldsOf(std::type_identity<Slip>) {
    return json::list(json::field("rows", &Slip::rows));
}

}  // namespace contone::slip

namespace contone::shop {

struct ShowPayment {
    using Answer = order::Payment;
    static constexpr OperationTerms terms{.name = "show-payment",
                                          .does = "Says what is to be paid for an order, was paid and given back.",
                                          .answer = "Payment",
                                          .fails = "order-unknown",
                                          .effect = Effect::Reads};
    OrderId order;
    static constexpr auto fields() { return json::list(json::field("order", &ShowPayment::order)); }
};

/// The slip of an order for its customer and for staff.
struct ShowSlip {
    using Answer = slip::Slip;
    static constexpr OperationTerms terms{
        .name = "show-slip",
        .does = "Writes the slip of an order: its code, what it costs, what was paid.",
        .answer = "Slip",
        .fails = "order-unknown, shop-file, bad-language",
        .role = Role::Customer,
        .effect = Effect::Reads};
    OrderId order;
    words::Language language = words::Language::English;
    static constexpr auto fields() {
        return json::list(json::field("order", &ShowSlip::order),
                          json::field("language", &ShowSlip::language, json::Absent::KeepsDefault));
    }
};

/// Asked twice with the same charge it is one payment: the answer of the first comes again.
struct TakePayment {
    using Answer = order::Payment;
    static constexpr OperationTerms terms{
        .name = "take-payment",
        .does =
            "Takes money: records cash, a card on a terminal of its own, or free; has the driven terminal ask for it "
            "and waits, minutes if need be.",
        .answer = "Payment, its receipt last",
        .fails =
            "order-unknown, already-paid, payment-open, payment-void, bad-amount, cash-short, reason-missing, "
            "bad-reason, bad-pay-method, mixed-currencies, charge-used, order-newer, sign-in-needed, "
            "terminal-missing, terminal-in-use, feature-off, card-declined, payment-cancelled, terminal-unreachable, "
            "terminal-lost, "
            "terminal-silent, terminal-busy, terminal-refused, terminal-currency, terminal-foreign, shop-file",
        .within = atTerminal};
    OrderId order;
    order::ChargeId charge;  ///< the asker's own, made anew for each payment
    order::PayMethod method = order::PayMethod::Cash;
    std::optional<Money> amount;  ///< none: all that is outstanding
    std::optional<Money> given;   ///< cash handed over; none: exactly what is asked
    std::string reason;           ///< kebab case, never a person's words; free needs one
    static constexpr auto fields() {
        return json::list(json::field("order", &TakePayment::order), json::field("charge", &TakePayment::charge),
                          json::field("method", &TakePayment::method), json::field("amount", &TakePayment::amount),
                          json::field("given", &TakePayment::given),
                          json::field("reason", &TakePayment::reason, json::Absent::KeepsDefault));
    }
};

/// Copies of a line.
struct LineCopies {
    LineId line;
    int copies = 1;  ///< 1…999
    bool operator==(const LineCopies&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("line", &LineCopies::line),
                          json::field("copies", &LineCopies::copies, copiesOfOne));
    }
};

/// What is given back for prints is their share of what was paid, never a new price.
struct RefundPayment {
    using Answer = order::Payment;
    static constexpr OperationTerms terms{.name = "refund-payment",
                                          .does = "Gives money back, for some prints of an order or as an amount.",
                                          .answer = "Payment, its receipt last",
                                          .fails =
                                              "order-unknown, nothing-to-refund, order-unpaid, payment-open, "
                                              "bad-amount, bad-copies, line-unknown, reason-missing, "
                                              "bad-reason, bad-pay-method, mixed-currencies, charge-used, order-newer, "
                                              "sign-in-needed, approval-needed, approval-own, pin-wrong, pin-locked, "
                                              "pin-must-change, person-unknown, shop-file, and of the terminal as "
                                              "take-payment",
                                          .within = atTerminal};
    OrderId order;
    order::ChargeId charge;  ///< the asker's own, made anew for each refund
    order::PayMethod method = order::PayMethod::Cash;
    std::vector<LineCopies> lines;          ///< of prints; none: the amount
    std::optional<Money> amount;            ///< without lines; neither: all that is left
    std::string reason;                     ///< kebab case, never a person's words
    std::optional<Approval> approval = {};  ///< of another person, as shop.toml wants it
    static constexpr auto fields() {
        return json::list(json::field("order", &RefundPayment::order), json::field("charge", &RefundPayment::charge),
                          json::field("method", &RefundPayment::method),
                          json::field("lines", &RefundPayment::lines, json::Absent::KeepsDefault),
                          json::field("amount", &RefundPayment::amount), json::field("reason", &RefundPayment::reason),
                          json::field("approval", &RefundPayment::approval));
    }
};

struct SettlePayment {
    using Answer = order::Payment;
    static constexpr OperationTerms terms{
        .name = "settle-payment",
        .does = "Says what became of a payment or refund in question, as a person found out from the terminal's slips.",
        .answer = "Payment",
        .fails = "order-unknown, payment-not-open, reason-missing, bad-reason, order-newer, sign-in-needed",
        .role = Role::Supervisor};
    OrderId order;
    bool hasMoved = false;                       ///< the money went through
    std::string reason;                          ///< kebab case: "slip-seen"
    std::optional<order::ChargeId> charge = {};  ///< which one the person looked at; none: whichever is open
    static constexpr auto fields() {
        return json::list(json::field("order", &SettlePayment::order),
                          json::field("hasMoved", &SettlePayment::hasMoved),
                          json::field("reason", &SettlePayment::reason), json::field("charge", &SettlePayment::charge));
    }
};

}  // namespace contone::shop
