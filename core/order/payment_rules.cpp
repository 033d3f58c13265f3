// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What may be paid, given back, settled and voided, and why not.
#include "core/order/payment.h"

namespace contone::order {
namespace {

Result<void> checkOpen(const Payment& payment) {
    if (payment.state == PaymentState::Unknown)
        return fail(Code::Conflict, "payment-open",
                    "Nobody knows yet whether the last payment of this order went through. Settle that first.");
    if (payment.open)
        return fail(Code::Conflict, "payment-open",
                    "A payment of this order is under way at a terminal. Wait for it, or cancel it there.");
    return {};
}

Result<void> checkMayTake(const Payment& payment) {
    CONTONE_CHECK(checkOpen(payment));
    if (payment.state == PaymentState::Void)
        return fail(Code::Conflict, "payment-void", "This order was cancelled, so there is nothing to pay.");
    if (payment.state != PaymentState::Due) return fail(Code::Conflict, "already-paid", "This order is paid already.");
    return {};
}

Result<void> checkAmount(const Money& amount, const Money& most) {
    if (amount.currency != most.currency)
        return fail(Code::Invalid, "mixed-currencies", "This order is in " + most.currency + ". Pay it in that.",
                    amount.currency);
    if (amount.minor <= 0 || amount.minor > most.minor)
        return fail(Code::Invalid, "bad-amount", "At most " + toString(most) + " are open here. Correct the amount.",
                    toString(amount));
    return {};
}

std::unexpected<Error> reasonMissing() {
    return fail(Code::Invalid, "reason-missing", "Say why, in a word: it stands in the record of the day.");
}

Result<void> checkRefund(const Payment& before, const Refunding& asked) {
    CONTONE_CHECK(checkOpen(before));
    if (before.state == PaymentState::Due && before.paid.minor > 0)
        return fail(Code::Conflict, "order-unpaid",
                    "Only a part of this order is paid. Cancel the order, then give that back.");
    if (before.refundable().minor == 0)
        return fail(Code::Conflict, "nothing-to-refund", "Nothing is left of what was paid that could be given back.");
    CONTONE_CHECK(checkAmount(asked.amount, before.refundable()));
    if (asked.reason.empty()) return reasonMissing();
    return {};
}

}  // namespace

Result<PaymentTaken> decideTake(const Payment& before, const Taking& asked, const ReceiptNumber& next) {
    CONTONE_CHECK(checkMayTake(before));
    const Money amount = asked.amount.value_or(before.outstanding());
    CONTONE_CHECK(checkAmount(amount, before.outstanding()));
    if (asked.method == PayMethod::Terminal)
        return fail(Code::Invalid, "bad-pay-method", "A driven terminal asks for the money itself. Start it there.");
    if (asked.method == PayMethod::Free && asked.reason.empty()) return reasonMissing();
    const Money none{0, amount.currency};
    const bool isCash = asked.method == PayMethod::Cash;
    const Money rounding = isCash && asked.rounding.minor != 0 ? asked.rounding : none;
    const Money wanted{amount.minor + rounding.minor, amount.currency};
    const Money given = isCash ? asked.given.value_or(wanted) : none;
    // Rounding is for what is left to pay: parts that round would add up to another price.
    if (isCash && rounding.minor != 0 && amount != before.outstanding())
        return fail(Code::Invalid, "bad-amount",
                    "A part that is paid in cash must be payable in coins. Take a little more or less.",
                    toString(amount));
    if (rounding.currency != amount.currency || given.currency != amount.currency)
        return fail(Code::Invalid, "mixed-currencies",
                    "This order is in " + amount.currency + ". Take and give it in that.", given.currency);
    if (isCash && given.minor < wanted.minor)
        return fail(Code::Invalid, "cash-short", "That is less than the " + toString(wanted) + " to be paid.",
                    toString(given));
    return PaymentTaken{asked.charge, asked.method, amount, given, rounding, asked.reason, {}, next};
}

Result<PaymentBegun> decideBegin(const Payment& before, const PaymentBegun& asked) {
    CONTONE_CHECK(checkMayTake(before));
    CONTONE_CHECK(checkAmount(asked.amount, before.outstanding()));
    return asked;
}

Result<PaymentRefunded> decideRefund(const Payment& before, const Refunding& asked, const ReceiptNumber& next) {
    CONTONE_CHECK(checkRefund(before, asked));
    const Money none{0, asked.amount.currency};
    const Money rounding = asked.method == PayMethod::Cash && asked.rounding.minor != 0 ? asked.rounding : none;
    if (asked.amount.minor + rounding.minor <= 0)
        return fail(Code::Invalid, "bad-amount", "In cash this rounds to nothing. Give more back at once.",
                    toString(asked.amount));
    return PaymentRefunded{asked.charge, asked.method, asked.amount, rounding,        asked.lines,
                           asked.reason, {},           next,         asked.approvedBy};
}

Result<RefundBegun> decideBeginRefund(const Payment& before, const Refunding& asked, const TerminalFacts& last) {
    CONTONE_CHECK(checkRefund(before, asked));
    return RefundBegun{asked.charge, PayMethod::Terminal, asked.amount,    asked.lines,
                       last,         asked.reason,        asked.approvedBy};
}

Result<PaymentEvent> decideSettle(const Payment& before, const Settling& asked, const ReceiptNumber& next) {
    if (!before.open)
        return fail(Code::Conflict, "payment-not-open", "No payment of this order is in question any more.");
    const OpenCharge& open = *before.open;
    if (!asked.hasMoved) return PaymentFailed{open.charge, asked.reason};
    if (asked.proof && asked.proof->amount != open.amount)
        return fail(Code::Invalid, "amount-differs",
                    "The terminal says another amount than was asked for. Look at its slips.");
    const Money none{0, open.amount.currency};
    const TerminalFacts terminal = asked.proof.value_or(TerminalFacts{.terminal = open.before.terminal});
    if (open.isRefund)
        return PaymentRefunded{open.charge, open.method, open.amount,
                               none,        open.lines,  open.reason.empty() ? asked.reason : open.reason,
                               terminal,    next,        open.approvedBy};
    return PaymentTaken{open.charge, open.method, open.amount, none, none, asked.reason, terminal, next};
}

Result<PaymentVoided> decideVoid(const Payment& before, const std::string& reason) {
    CONTONE_CHECK(checkOpen(before));
    const bool isNothingTaken = before.state == PaymentState::Paid && before.refundable().minor == 0;
    if (before.state != PaymentState::Due && !isNothingTaken)
        return fail(Code::Conflict, "already-paid", "This order is paid. Give the money back instead.");
    return PaymentVoided{reason};
}

}  // namespace contone::order
