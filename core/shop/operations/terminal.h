// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The card terminal: what it shows, stopped, asked what became of a payment, closed for the day.
#pragma once

#include "core/devices/card_terminal.h"
#include "core/order/payment.h"
#include "core/shop/operation_terms.h"
#include "core/shop/values.h"

namespace contone::shop {

struct TerminalState {
    bool isSet = false;                             ///< the shop has one: [terminal] in shop.toml
    std::optional<OrderId> order;                   ///< whose money it is asking for, or giving back
    std::optional<devices::TerminalPrompt> prompt;  ///< what it told the customer last
    bool operator==(const TerminalState&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("isSet", &TerminalState::isSet), json::field("order", &TerminalState::order),
                          json::field("prompt", &TerminalState::prompt));
    }
};

struct ShowTerminal {
    using Answer = TerminalState;
    static constexpr OperationTerms terms{.name = "show-terminal",
                                          .does = "Says what the card terminal is doing, for whoever stands before it.",
                                          .answer = "TerminalState",
                                          .fails = "shop-file",
                                          .role = Role::Customer,
                                          .effect = Effect::Reads};
    static constexpr auto fields() { return json::list(); }
};

/// Whoever asked for the money still gets its answer: the customer may have been quicker.
struct StopTerminal {
    using Answer = Nothing;
    static constexpr OperationTerms terms{.name = "stop-terminal",
                                          .does = "Asks the card terminal to stop what it is doing.",
                                          .answer = "nothing",
                                          .fails = "",
                                          .role = Role::Customer};
    static constexpr auto fields() { return json::list(); }
};

struct AskTerminal {
    using Answer = order::Payment;
    static constexpr OperationTerms terms{
        .name = "ask-terminal",
        .does = "Asks the card terminal what became of a payment whose answer was lost. Moves no money.",
        .answer = "Payment, as it is then: still unknown where the terminal does not prove it",
        .fails =
            "order-unknown, payment-not-open, terminal-missing, terminal-in-use, terminal-unreachable, "
            "terminal-lost, terminal-silent, terminal-busy, terminal-refused, terminal-foreign, shop-file",
        .within = aWhile};
    OrderId order;
    static constexpr auto fields() { return json::list(json::field("order", &AskTerminal::order)); }
};

struct CloseTerminal {
    using Answer = order::TerminalClosed;
    static constexpr OperationTerms terms{
        .name = "close-terminal",
        .does = "Has the card terminal settle its day with the bank, and compares its totals with the record.",
        .answer = "TerminalClosed: what it says, and what the record has",
        .fails =
            "terminal-missing, terminal-in-use, payment-open, totals-missing, terminal-unreachable, terminal-lost, "
            "terminal-silent, terminal-busy, terminal-refused, terminal-foreign, shop-file",
        .within = aWhile};
    static constexpr auto fields() { return json::list(); }
};

}  // namespace contone::shop
