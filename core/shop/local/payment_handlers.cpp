// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Payments at the counter: taken, given back, found out about.
#include <algorithm>

#include "core/shop/local/handlers_p.h"

namespace contone::shop {
namespace {

/// Whether this charge was recorded before; the same one for other money is a mistake of the asker.
template <class Fact>
Result<bool> isRecorded(const std::vector<Fact>& facts, const order::ChargeId& charge,
                        const std::optional<Money>& amount, order::PayMethod method) {
    const auto known = std::ranges::find(facts, charge, &Fact::charge);
    if (known == facts.end()) return false;
    if ((amount && *amount != known->amount) || method != known->method)
        return fail(Code::Conflict, "charge-used", "This payment was recorded already, with other money. Look at it.",
                    charge.toString());
    return true;
}

Result<void> checkCharge(const order::ChargeId& charge) {
    if (charge.isNil()) return fail(Code::Invalid, "bad-id", "Each payment has an id of its own.");
    return {};
}

/// What was paid for these copies: their share of the line, so that the shares of all copies are the line.
Result<order::RefundedLine> refundOf(const order::Order& order, const order::Payment& payment,
                                     const LineCopies& asked) {
    const auto line = std::ranges::find(order.lines, asked.line, &order::OrderLine::id);
    if (line == order.lines.end())
        return fail(Code::NotFound, "line-unknown", "This order has no such line. Look at it again.",
                    asked.line.toString());
    const int before = payment.copiesRefunded(asked.line);
    if (before + asked.copies > line->copies)
        return fail(Code::Invalid, "bad-copies",
                    "Only " + std::to_string(line->copies - before) + " of these prints can still be given back.",
                    std::to_string(asked.copies));
    pricing::Quote::Line paid;
    paid.copies = line->copies;
    paid.due = line->price;
    CONTONE_TRY(const Money amount, pricing::refundOf(paid, asked.copies, before));
    return order::RefundedLine{asked.line, asked.copies, amount};
}

}  // namespace

Result<order::Refunding> refundingOf(const order::Order& order, const order::Payment& now, const RefundPayment& asked,
                                     const std::string& approver) {
    order::Refunding refunding{asked.charge, asked.method, asked.amount.value_or(now.refundable()), {}, {},
                               asked.reason, approver};
    if (!asked.lines.empty()) refunding.amount.minor = 0;
    for (const LineCopies& line : asked.lines) {
        if (std::ranges::find(refunding.lines, line.line, &order::RefundedLine::line) != refunding.lines.end())
            return fail(Code::Invalid, "bad-copies", "Name each line once, with all of its prints.",
                        line.line.toString());
        CONTONE_TRY(order::RefundedLine one, refundOf(order, now, line));
        refunding.amount.minor += one.amount.minor;
        refunding.lines.push_back(std::move(one));
    }
    return refunding;
}

Result<void> checkWord(const std::string& reason) {
    const bool isWord = reason.size() <= 40 && std::ranges::all_of(reason, [](char c) {
                            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                        });
    if (isWord) return {};
    return fail(Code::Invalid, "bad-reason",
                "A reason is a word of small letters, digits and dashes, as in \"customer-left\": nobody's name may "
                "stand in the record.");
}

Result<void> checkReason(const std::string& reason) {
    if (reason.empty())
        return fail(Code::Invalid, "reason-missing", "Say why, in a word: it stands in the record of the order.");
    return checkWord(reason);
}

Money Handlers::roundingOf(const Money& amount) const {
    const auto prices = m_parts.prices.current();
    if (!prices || (*prices)->currency != amount.currency)
        return {0, amount.currency};  // it was agreed by another list
    return pricing::cashRoundingOf(**prices, amount);
}

Result<order::Payment> Handlers::handle(const ShowPayment& asked, const Asking&) {
    return m_parts.payments.payment(asked.order);
}

Result<order::Payment> Handlers::handle(const TakePayment& asked, const Asking& by) {
    CONTONE_CHECK(checkCharge(asked.charge));
    CONTONE_CHECK(checkWord(asked.reason));
    if (asked.method == order::PayMethod::Free) CONTONE_CHECK(checkPerson(by, Role::Supervisor));
    if (asked.method == order::PayMethod::Terminal) return takeByTerminal(asked, by);
    return m_parts.payments.changePayment(
        asked.order,
        [&](const order::Payment& now, const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
            CONTONE_TRY(const bool known, isRecorded(now.taken, asked.charge, asked.amount, asked.method));
            if (known) return std::nullopt;
            CONTONE_TRY(const order::PaymentTaken taken,
                        order::decideTake(now,
                                          {asked.charge, asked.method, asked.amount, asked.given,
                                           roundingOf(asked.amount.value_or(now.outstanding())), asked.reason},
                                          next));
            return taken;
        },
        by.actor);
}

Result<order::Payment> Handlers::handle(const RefundPayment& asked, const Asking& by) {
    CONTONE_CHECK(checkCharge(asked.charge));
    CONTONE_CHECK(checkWord(asked.reason));
    if (!asked.lines.empty() && asked.amount)
        return fail(Code::Invalid, "bad-amount", "Name the prints that are given back, or an amount, not both.");
    CONTONE_TRY(const std::string approver, approvedBy(by, asked.approval));
    if (asked.method == order::PayMethod::Terminal) return refundByTerminal(asked, approver, by);
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    return m_parts.payments.changePayment(
        asked.order,
        [&](const order::Payment& now, const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
            CONTONE_TRY(const bool known, isRecorded(now.refunds, asked.charge, asked.amount, asked.method));
            if (known) return std::nullopt;
            CONTONE_TRY(order::Refunding refunding, refundingOf(order, now, asked, approver));
            refunding.rounding = roundingOf(refunding.amount);
            CONTONE_TRY(const order::PaymentRefunded refunded, order::decideRefund(now, refunding, next));
            return refunded;
        },
        by.actor);
}

Result<order::Payment> Handlers::handle(const SettlePayment& asked, const Asking& by) {
    if (asked.reason.empty())
        return fail(Code::Invalid, "reason-missing", "Say how you found out, in a word: it stands in the record.");
    CONTONE_CHECK(checkWord(asked.reason));
    CONTONE_CHECK(checkPerson(by, Role::Supervisor));
    return m_parts.payments.changePayment(
        asked.order,
        [&](const order::Payment& now, const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
            if (m_desk.isBusyWith(asked.order))  // it was taken before anything was begun
                return fail(Code::Conflict, "payment-open", "The card terminal is still at this payment. Wait for it.");
            if (asked.charge && now.open && *asked.charge != now.open->charge)
                return fail(Code::Conflict, "payment-not-open", "Another payment of this order is in question by now.");
            CONTONE_TRY(order::PaymentEvent settled,
                        order::decideSettle(now, {{}, asked.hasMoved, asked.reason}, next));
            return settled;
        },
        by.actor);
}

}  // namespace contone::shop
