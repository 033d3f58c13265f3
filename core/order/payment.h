// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Payment: what was paid for an order and given back, built from the events of its payment stream alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/money.h"
#include "core/json/json.h"
#include "core/order/order_state.h"

namespace contone::order {

enum class PayMethod {
    Cash,
    Card,      ///< on a terminal that this program does not drive: staff says that it was paid
    Terminal,  ///< on a terminal that the agent drives
    Free,      ///< nothing is taken; somebody said why
};
constexpr auto wordsOf(PayMethod) {
    return enumWords<PayMethod>("bad-pay-method", "Say how it is paid: cash, card, terminal or free.",
                                {{PayMethod::Cash, "cash"},
                                 {PayMethod::Card, "card"},
                                 {PayMethod::Terminal, "terminal"},
                                 {PayMethod::Free, "free"}});
}

/// One charge or refund. The asker makes it: the same one twice is one payment.
using ChargeId = Id<struct ChargeTag>;

/// Numbers of receipts rise by one within a series; a restored store begins a new series.
struct ReceiptNumber {
    std::string series;  ///< "A"; the store's epoch
    int number = 0;      ///< 1… without gaps
    bool operator==(const ReceiptNumber&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("series", &ReceiptNumber::series), json::field("number", &ReceiptNumber::number));
    }
};
std::string toString(const ReceiptNumber& receipt);  ///< "A-000123"

/// What a driven terminal says of one payment. Never a card's number.
struct TerminalFacts {
    std::string terminal;                       ///< its id; empty: it has not said anything
    int receipt = 0, trace = 0;                 ///< both 0: it has made no payment yet
    std::string authorisation, card, aid = {};  ///< card: its kind, "girocard"
    std::optional<Money> amount = {};           ///< as the terminal says
    bool operator==(const TerminalFacts&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("terminal", &TerminalFacts::terminal),
                          json::field("receipt", &TerminalFacts::receipt), json::field("trace", &TerminalFacts::trace),
                          json::field("authorisation", &TerminalFacts::authorisation),
                          json::field("card", &TerminalFacts::card), json::field("aid", &TerminalFacts::aid),
                          json::field("amount", &TerminalFacts::amount));
    }
};

/// Copies of a line that are given back, and what of its amount.
struct RefundedLine {
    LineId line;
    int copies = 0;
    Money amount;
    bool operator==(const RefundedLine&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("line", &RefundedLine::line), json::field("copies", &RefundedLine::copies),
                          json::field("amount", &RefundedLine::amount));
    }
};

// ---- events, in the stream "payment/<order>" ------------------------------------------------------------------------

/// payment-begun: a terminal is about to ask for money. Committed before it does.
struct PaymentBegun {
    static constexpr std::string_view type = "payment-begun";
    static constexpr int schemaVersion = 1;
    ChargeId charge;
    PayMethod method = PayMethod::Terminal;
    Money amount;
    TerminalFacts before;  ///< the terminal's last receipt and trace: what is paid has newer ones
    bool operator==(const PaymentBegun&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("charge", &PaymentBegun::charge), json::field("method", &PaymentBegun::method),
                          json::field("amount", &PaymentBegun::amount), json::field("before", &PaymentBegun::before));
    }
    std::string json() const;
    static Result<PaymentBegun> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};
/// payment-taken: the money is here.
struct PaymentTaken {
    static constexpr std::string_view type = "payment-taken";
    static constexpr int schemaVersion = 1;
    ChargeId charge;
    PayMethod method = PayMethod::Cash;
    Money amount;        ///< of what was due
    Money given;         ///< handed over, for cash; the change is what it is above amount + rounding
    Money rounding;      ///< what cash was rounded by, below 0: down
    std::string reason;  ///< why it is free, or how an unknown payment was settled: kebab case
    TerminalFacts terminal;
    ReceiptNumber receipt;
    bool operator==(const PaymentTaken&) const = default;
    static constexpr auto fields() {
        return json::list(
            json::field("charge", &PaymentTaken::charge), json::field("method", &PaymentTaken::method),
            json::field("amount", &PaymentTaken::amount), json::field("given", &PaymentTaken::given),
            json::field("rounding", &PaymentTaken::rounding), json::field("reason", &PaymentTaken::reason),
            json::field("terminal", &PaymentTaken::terminal), json::field("receipt", &PaymentTaken::receipt));
    }
    std::string json() const;
    static Result<PaymentTaken> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};
/// refund-begun: a terminal is about to give money back.
struct RefundBegun {
    static constexpr std::string_view type = "refund-begun";
    static constexpr int schemaVersion = 1;
    ChargeId charge;
    PayMethod method = PayMethod::Terminal;
    Money amount;
    std::vector<RefundedLine> lines;
    TerminalFacts before;
    std::string reason, approvedBy = {};  ///< as of PaymentRefunded
    bool operator==(const RefundBegun&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("charge", &RefundBegun::charge), json::field("method", &RefundBegun::method),
                          json::field("amount", &RefundBegun::amount), json::field("lines", &RefundBegun::lines),
                          json::field("before", &RefundBegun::before),
                          json::field("reason", &RefundBegun::reason, json::Absent::KeepsDefault),
                          json::field("approvedBy", &RefundBegun::approvedBy, json::Absent::KeepsDefault));
    }
    std::string json() const;
    static Result<RefundBegun> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};
/// payment-refunded: the money was given back.
struct PaymentRefunded {
    static constexpr std::string_view type = "payment-refunded";
    static constexpr int schemaVersion = 1;
    ChargeId charge;
    PayMethod method = PayMethod::Cash;
    Money amount;
    Money rounding;
    std::vector<RefundedLine> lines;
    std::string reason;  ///< kebab case
    TerminalFacts terminal;
    ReceiptNumber receipt;
    std::string approvedBy = {};  ///< the person besides the one who asked, by their id; empty: nobody had to
    bool operator==(const PaymentRefunded&) const = default;
    static constexpr auto fields() {
        return json::list(
            json::field("charge", &PaymentRefunded::charge), json::field("method", &PaymentRefunded::method),
            json::field("amount", &PaymentRefunded::amount), json::field("rounding", &PaymentRefunded::rounding),
            json::field("lines", &PaymentRefunded::lines), json::field("reason", &PaymentRefunded::reason),
            json::field("terminal", &PaymentRefunded::terminal), json::field("receipt", &PaymentRefunded::receipt),
            json::field("approvedBy", &PaymentRefunded::approvedBy, json::Absent::KeepsDefault));
    }
    std::string json() const;
    static Result<PaymentRefunded> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};
/// payment-failed: no money moved. Ends a charge or a refund that was begun or unknown.
struct PaymentFailed {
    static constexpr std::string_view type = "payment-failed";
    static constexpr int schemaVersion = 1;
    ChargeId charge;
    std::string reason;  ///< kebab case: "declined", "cancelled", "not-paid"
    bool operator==(const PaymentFailed&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("charge", &PaymentFailed::charge), json::field("reason", &PaymentFailed::reason));
    }
    std::string json() const;
    static Result<PaymentFailed> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};
/// payment-unknown: the answer was lost.
struct PaymentUnknown {
    static constexpr std::string_view type = "payment-unknown";
    static constexpr int schemaVersion = 1;
    ChargeId charge;
    std::string reason;  ///< kebab case: "agent-died", "terminal-lost", "store-restored"; "nobody-knows": it was asked
                         ///< for at the terminal, which does not prove it either
    bool operator==(const PaymentUnknown&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("charge", &PaymentUnknown::charge),
                          json::field("reason", &PaymentUnknown::reason));
    }
    std::string json() const;
    static Result<PaymentUnknown> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};
/// payment-voided: the order was cancelled before all of it was paid. Nothing more is to be paid.
struct PaymentVoided {
    static constexpr std::string_view type = "payment-voided";
    static constexpr int schemaVersion = 1;
    std::string reason;  ///< kebab case
    bool operator==(const PaymentVoided&) const = default;
    static constexpr auto fields() { return json::list(json::field("reason", &PaymentVoided::reason)); }
    std::string json() const;
    static Result<PaymentVoided> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

using PaymentEvent = std::variant<PaymentBegun, PaymentTaken, RefundBegun, PaymentRefunded, PaymentFailed,
                                  PaymentUnknown, PaymentVoided>;

// ---- a terminal's day, in the stream "terminal/<id>" ----------------------------------------------------------------

/// terminal-closed: a terminal settled its day with the bank. What it says of it, and what we recorded since it did so
/// before.
struct TerminalClosed {
    static constexpr std::string_view type = "terminal-closed";
    static constexpr int schemaVersion = 1;
    std::string terminal;
    int count = 0, ours = 0;   ///< payments and refunds; count 0: it does not tell how many
    Money amount, oursAmount;  ///< payments less refunds
    bool operator==(const TerminalClosed&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("terminal", &TerminalClosed::terminal),
                          json::field("count", &TerminalClosed::count), json::field("ours", &TerminalClosed::ours),
                          json::field("amount", &TerminalClosed::amount),
                          json::field("oursAmount", &TerminalClosed::oursAmount));
    }
    std::string json() const;
    static Result<TerminalClosed> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};
std::string terminalStream(const std::string& terminal);  ///< "terminal/<id>"

// ---- the value ------------------------------------------------------------------------------------------------------

/// A charge or refund that has begun and is not over.
struct OpenCharge {
    ChargeId charge;
    bool isRefund = false;
    PayMethod method = PayMethod::Terminal;
    Money amount;
    std::vector<RefundedLine> lines = {};  ///< of a refund
    TerminalFacts before;
    std::string reason = {}, approvedBy = {};  ///< of a refund
    std::string unknown = {};                  ///< why nobody knows what became of it; empty: it is under way
    bool operator==(const OpenCharge&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("charge", &OpenCharge::charge), json::field("isRefund", &OpenCharge::isRefund),
                          json::field("method", &OpenCharge::method), json::field("amount", &OpenCharge::amount),
                          json::field("lines", &OpenCharge::lines), json::field("before", &OpenCharge::before),
                          json::field("reason", &OpenCharge::reason, json::Absent::KeepsDefault),
                          json::field("approvedBy", &OpenCharge::approvedBy, json::Absent::KeepsDefault),
                          json::field("unknown", &OpenCharge::unknown, json::Absent::KeepsDefault));
    }
};

struct Payment {
    PaymentState state = PaymentState::Due;
    Money total;           ///< of the order
    Money paid, refunded;  ///< without the rounding of cash
    std::optional<OpenCharge> open;
    std::vector<PaymentTaken> taken;
    std::vector<PaymentRefunded> refunds;
    std::vector<PaymentFailed> failed;
    bool operator==(const Payment&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("state", &Payment::state), json::field("total", &Payment::total),
                          json::field("paid", &Payment::paid), json::field("refunded", &Payment::refunded),
                          json::field("open", &Payment::open), json::field("taken", &Payment::taken),
                          json::field("refunds", &Payment::refunds), json::field("failed", &Payment::failed));
    }

    Money outstanding() const { return {total.minor - paid.minor, total.currency}; }
    /// What was really taken, less what was given back: free is no money.
    Money refundable() const;
    /// Copies of this line that were given back.
    int copiesRefunded(const LineId& line) const;
};

/// Of an order that was just placed. Nothing to pay is paid.
Payment paymentFor(const Money& total);
/// Fails: Corrupt "event-out-of-order".
Result<Payment> reduce(const Payment& before, const PaymentEvent& event);

std::string paymentStream(OrderId order);  ///< "payment/<uuid>"
/// Fails: Corrupt "event-unreadable" for any other stream.
Result<OrderId> orderOfPayment(std::string_view stream);

// ---- the rules: what a person or a terminal asks for becomes an event, or is refused --------------------------------

/// Money that a person takes at the counter.
struct Taking {
    ChargeId charge;
    PayMethod method = PayMethod::Cash;  ///< not Terminal, which begins a charge first
    std::optional<Money> amount;         ///< none: all that is outstanding
    std::optional<Money> given;          ///< cash handed over; none: exactly what is asked
    Money rounding;                      ///< of cash
    std::string reason;                  ///< kebab case; free needs one
};
/// Fails: Conflict "already-paid", "payment-open", "payment-void"; Invalid "bad-amount", "cash-short",
/// "reason-missing", "mixed-currencies".
Result<PaymentTaken> decideTake(const Payment& before, const Taking& asked, const ReceiptNumber& next);
/// Fails: Conflict "already-paid", "payment-open", "payment-void"; Invalid "bad-amount".
Result<PaymentBegun> decideBegin(const Payment& before, const PaymentBegun& asked);

/// Money that a person gives back.
struct Refunding {
    ChargeId charge;
    PayMethod method = PayMethod::Cash;
    Money amount;
    Money rounding;
    std::vector<RefundedLine> lines;  ///< none: an amount without prints
    std::string reason;               ///< kebab case
    std::string approvedBy = {};
};
/// Fails: Conflict "nothing-to-refund", "payment-open", "order-unpaid" (a deposit); Invalid "bad-amount" (more than is
/// left of what was paid), "reason-missing", "mixed-currencies".
Result<PaymentRefunded> decideRefund(const Payment& before, const Refunding& asked, const ReceiptNumber& next);
/// By a terminal, whose last payment is `last`. Fails: as decideRefund.
Result<RefundBegun> decideBeginRefund(const Payment& before, const Refunding& asked, const TerminalFacts& last);

/// A charge or refund of an unknown outcome, as it was found out or as a person says. None: no money moved.
struct Settling {
    std::optional<TerminalFacts> proof;  ///< none, when a person says so
    bool hasMoved = false;
    std::string reason;  ///< kebab case: "terminal-says", "person-says"
};
/// What has moved by a terminal's proof is only what was asked for: another amount is nobody's word for it.
/// Fails: Conflict "payment-not-open"; Invalid "amount-differs".
Result<PaymentEvent> decideSettle(const Payment& before, const Settling& asked, const ReceiptNumber& next);
/// Fails: Conflict "payment-open", "already-paid".
Result<PaymentVoided> decideVoid(const Payment& before, const std::string& reason);

/// Payments as the rest of the program sees them. Each call is one committed transaction. Thread-safe.
class PaymentStore {
  public:
    virtual ~PaymentStore() = default;
    virtual Result<Payment> payment(OrderId order) const = 0;  ///< NotFound "order-unknown"
    /// Records what `decide` makes of the payment as it is now; `next` is the receipt that would be written. What
    /// `decide` fails with is the failure of all, and nothing is recorded. Nothing decided: nothing is recorded.
    using Decide = std::function<Result<std::optional<PaymentEvent>>(const Payment& now, const ReceiptNumber& next)>;
    virtual Result<Payment> changePayment(OrderId order, const Decide& decide, const std::string& actor) = 0;
    /// Orders whose payment has begun or is unknown, oldest first.
    virtual Result<std::vector<OrderId>> openPayments() const = 0;
    virtual Result<void> closeTerminal(const TerminalClosed& closed, const std::string& actor) = 0;
};

}  // namespace contone::order
