// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Payments built from their events, and events as JSON.
#include "core/order/payment.h"

#include <fmt/format.h>

#include "core/order/decode_event.h"

namespace contone::order {
namespace {

constexpr std::string_view prefix = "payment/";

template <class Fact>
Result<Fact> read(std::string_view text) {
    auto fact = json::read<Fact>(text);
    if (!fact)
        return fail(Code::Corrupt, "event-unreadable",
                    "A stored record cannot be read. Restore the store from a backup.", fact.error().detail);
    return fact;
}

std::unexpected<Error> outOfOrder(const std::string& detail) {
    return fail(Code::Corrupt, "event-out-of-order",
                "The stored records of a payment do not fit together. Restore the store from a backup.", detail);
}

/// A charge that was begun ends only by its own events.
Result<void> closes(const Payment& payment, const ChargeId& charge) {
    if (payment.open && payment.open->charge != charge) return outOfOrder("charge " + charge.toString());
    return {};
}

PaymentState restingState(const Payment& payment) {
    if (payment.refunded.minor > 0)
        return payment.refundable().minor <= 0 ? PaymentState::Refunded : PaymentState::PartlyRefunded;
    return payment.paid.minor >= payment.total.minor ? PaymentState::Paid : PaymentState::Due;
}

struct Apply {
    Payment payment;

    Result<Payment> operator()(const PaymentBegun& begun) {
        if (payment.open) return outOfOrder("begun twice");
        payment.open = OpenCharge{begun.charge, false, begun.method, begun.amount, {}, begun.before};
        payment.state = PaymentState::Authorising;
        return std::move(payment);
    }
    Result<Payment> operator()(const RefundBegun& begun) {
        if (payment.open) return outOfOrder("begun twice");
        payment.open = OpenCharge{begun.charge, true,         begun.method, begun.amount,
                                  begun.lines,  begun.before, begun.reason, begun.approvedBy};
        payment.state = PaymentState::Authorising;
        return std::move(payment);
    }
    Result<Payment> operator()(const PaymentTaken& taken) {
        CONTONE_CHECK(closes(payment, taken.charge));
        payment.open.reset();
        payment.paid.minor += taken.amount.minor;
        payment.taken.push_back(taken);
        payment.state = restingState(payment);
        return std::move(payment);
    }
    Result<Payment> operator()(const PaymentRefunded& refunded) {
        CONTONE_CHECK(closes(payment, refunded.charge));
        payment.open.reset();
        payment.refunded.minor += refunded.amount.minor;
        payment.refunds.push_back(refunded);
        payment.state = restingState(payment);
        return std::move(payment);
    }
    Result<Payment> operator()(const PaymentFailed& failed) {
        if (!payment.open) return outOfOrder("failed without a charge");
        CONTONE_CHECK(closes(payment, failed.charge));
        payment.open.reset();
        payment.failed.push_back(failed);
        payment.state = restingState(payment);
        return std::move(payment);
    }
    Result<Payment> operator()(const PaymentUnknown& unknown) {
        if (!payment.open) return outOfOrder("unknown without a charge");
        CONTONE_CHECK(closes(payment, unknown.charge));
        payment.open->unknown = unknown.reason;
        payment.state = PaymentState::Unknown;
        return std::move(payment);
    }
    Result<Payment> operator()(const PaymentVoided&) {
        payment.total = payment.paid;  // of a deposit that was paid; it may be given back
        payment.state = payment.refundable().minor > 0 ? PaymentState::Paid : PaymentState::Void;
        return std::move(payment);
    }
};

}  // namespace

std::string toString(const ReceiptNumber& receipt) {
    return fmt::format("{}-{:06}", receipt.series, receipt.number);
}

std::string PaymentBegun::json() const {
    return json::write(*this);
}
Result<PaymentBegun> PaymentBegun::fromJson(std::string_view text) {
    return read<PaymentBegun>(text);
}
std::string PaymentTaken::json() const {
    return json::write(*this);
}
Result<PaymentTaken> PaymentTaken::fromJson(std::string_view text) {
    return read<PaymentTaken>(text);
}
std::string RefundBegun::json() const {
    return json::write(*this);
}
Result<RefundBegun> RefundBegun::fromJson(std::string_view text) {
    return read<RefundBegun>(text);
}
std::string PaymentRefunded::json() const {
    return json::write(*this);
}
Result<PaymentRefunded> PaymentRefunded::fromJson(std::string_view text) {
    return read<PaymentRefunded>(text);
}
std::string PaymentFailed::json() const {
    return json::write(*this);
}
Result<PaymentFailed> PaymentFailed::fromJson(std::string_view text) {
    return read<PaymentFailed>(text);
}
std::string PaymentUnknown::json() const {
    return json::write(*this);
}
Result<PaymentUnknown> PaymentUnknown::fromJson(std::string_view text) {
    return read<PaymentUnknown>(text);
}
std::string TerminalClosed::json() const {
    return json::write(*this);
}
Result<TerminalClosed> TerminalClosed::fromJson(std::string_view text) {
    return read<TerminalClosed>(text);
}
std::string terminalStream(const std::string& terminal) {
    return "terminal/" + terminal;
}
std::string PaymentVoided::json() const {
    return json::write(*this);
}
Result<PaymentVoided> PaymentVoided::fromJson(std::string_view text) {
    return read<PaymentVoided>(text);
}

Money Payment::refundable() const {
    Money left{-refunded.minor, total.currency};
    for (const PaymentTaken& one : taken)
        if (one.method != PayMethod::Free) left.minor += one.amount.minor;
    return left;
}

int Payment::copiesRefunded(const LineId& line) const {
    int copies = 0;
    for (const PaymentRefunded& refund : refunds)
        for (const RefundedLine& one : refund.lines)
            if (one.line == line) copies += one.copies;
    return copies;
}

Payment paymentFor(const Money& total) {
    Payment payment;
    payment.total = total;
    payment.paid.currency = payment.refunded.currency = total.currency;
    payment.state = total.minor == 0 ? PaymentState::Paid : PaymentState::Due;
    return payment;
}

Result<Payment> reduce(const Payment& before, const PaymentEvent& event) {
    CONTONE_TRY(Payment after, std::visit(Apply{before}, event));
    if (before.state != after.state && !mayMove(before.state, after.state))
        return outOfOrder(std::string(toString(before.state)) + " to " + toString(after.state));
    return after;
}

std::string paymentStream(OrderId order) {
    return std::string(prefix) + order.toString();
}

Result<OrderId> orderOfPayment(std::string_view stream) {
    if (stream.starts_with(prefix))
        if (auto id = OrderId::parse(stream.substr(prefix.size()))) return *id;
    return fail(Code::Corrupt, "event-unreadable", "A stored record cannot be read. Restore the store from a backup.",
                "not a payment's stream: " + std::string(stream));
}

}  // namespace contone::order
