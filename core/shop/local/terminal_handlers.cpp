// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Payments at the driven terminal: committed before it is asked, concluded by what it proves, found out about when an
// answer was lost. Nothing of the store is held while it talks.
#include <algorithm>
#include <array>

#include "core/devices/settle.h"
#include "core/shop/local/handlers_p.h"
#include "core/shop/local/shop_settings.h"

namespace contone::shop {
namespace {

order::TerminalFacts saidBy(const devices::TerminalSale& sale) {
    return {.terminal = sale.terminal,
            .receipt = sale.receipt,
            .trace = sale.trace,
            .authorisation = sale.authorisation,
            .card = sale.card,
            .aid = sale.aid,
            .amount = sale.amount};
}

devices::LastSale lastOf(const order::TerminalFacts& before) {
    devices::LastSale last;
    last.isKnown = !before.terminal.empty();
    last.hasSale = before.receipt > 0 || before.trace > 0;
    last.sale = {
        .terminal = before.terminal, .receipt = before.receipt, .trace = before.trace, .amount = before.amount};
    return last;
}

/// What a person reads when no money moved.
Error refusal(const std::string& reason) {
    if (reason == "declined" || reason == "host-unreachable")
        return {Code::Conflict, "card-declined", "The card was declined, nothing was paid. Take another card, or cash.",
                reason};
    if (reason == "cancelled")
        return {Code::Conflict, "payment-cancelled", "The payment was stopped at the terminal, nothing was paid.", {}};
    if (reason == "terminal-currency")
        return {Code::Conflict, "terminal-currency", "The card terminal does not take this currency.", {}};
    if (reason == "terminal-refused" || reason == "not-reversible" || reason == "already-reversed")
        return {Code::Conflict, "terminal-refused",
                "The card terminal refuses this, no money moved. See what it shows.", reason};
    if (reason == "terminal-foreign")
        return {Code::Conflict, "terminal-foreign", "Another card terminal answers than the one of shop.toml.", {}};
    return {Code::Unavailable, "terminal-unreachable",
            "The card terminal does not answer, nothing was paid. See that it is on and connected.", reason};
}

/// A terminal that contradicted itself, or was asked for something else since, proves nothing any more.
bool isForAPerson(const order::OpenCharge& open) {
    constexpr std::array<std::string_view, 6> reasons{nobodyKnows,      "store-restored",   "amount-differs",
                                                      "answers-differ", "currency-differs", "terminal-differs"};
    return open.isRefund || std::ranges::find(reasons, open.unknown) != reasons.end();
}

/// Whether money moved for this charge. Fails: as it did before, where none did.
template <class Fact>
Result<bool> isAnswered(const order::Payment& now, const std::vector<Fact>& facts, const order::ChargeId& charge) {
    const auto failed = std::ranges::find(now.failed, charge, &order::PaymentFailed::charge);
    if (failed != now.failed.end()) return std::unexpected(refusal(failed->reason));
    return std::ranges::find(facts, charge, &Fact::charge) != facts.end();
}

/// It was answered between two looks: whoever asks again gets that answer.
std::unexpected<Error> chargeUsed(const order::ChargeId& charge) {
    return fail(Code::Conflict, "charge-used", "This payment was recorded already. Look at it.", charge.toString());
}

}  // namespace

Result<CardDesk::Turn> Handlers::terminalFor(OrderId order, const std::string& currency, const Asking& by) {
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    CONTONE_TRY(auto turn, m_desk.take(settings.terminal, currency, order, by.cancel));
    // Once it is asked for something new, its memory proves nothing about what was before.
    CONTONE_TRY(const auto open, m_parts.payments.openPayments());
    for (const OrderId& one : open) {
        const auto found = findOut(turn, one, by.actor);
        if (!found) return std::unexpected(found.error());
        if (found->state != order::PaymentState::Unknown || isForAPerson(*found->open)) continue;
        CONTONE_CHECK(m_parts.payments.changePayment(
            one,
            [&](const order::Payment& now, const order::ReceiptNumber&) -> Result<std::optional<order::PaymentEvent>> {
                if (!now.open) return std::nullopt;
                return order::PaymentUnknown{now.open->charge, nobodyKnows};
            },
            by.actor));
    }
    return turn;
}

Result<order::TerminalFacts> Handlers::lastAtTerminal(const CardDesk::Turn& turn) const {
    CONTONE_TRY(const devices::TerminalStatus status, turn.terminal().connect(turn.cancel()));
    CONTONE_TRY(const devices::LastSale last, turn.terminal().lastSale(turn.cancel()));
    // A memory without numbers cannot be told from a newer one.
    const bool isTold = !last.hasSale || last.sale.receipt > 0 || last.sale.trace > 0;
    if (!last.isKnown || !isTold) return order::TerminalFacts{};
    order::TerminalFacts facts = saidBy(last.sale);
    facts.terminal = status.terminal;
    if (!last.hasSale) facts.receipt = facts.trace = 0;
    return facts;
}

Result<order::Payment> Handlers::takeByTerminal(const TakePayment& asked, const Asking& by) {
    CONTONE_CHECK(checkFeature(Feature::CardTerminal, by));
    CONTONE_TRY(const order::Payment before, m_parts.payments.payment(asked.order));
    CONTONE_TRY(const bool isDone, isAnswered(before, before.taken, asked.charge));
    if (isDone) return before;
    const Money amount = asked.amount.value_or(before.outstanding());
    CONTONE_CHECK(order::decideBegin(before, {asked.charge, order::PayMethod::Terminal, amount, {}}));
    CONTONE_TRY(const auto turn, terminalFor(asked.order, amount.currency, by));
    CONTONE_TRY(const order::TerminalFacts last, lastAtTerminal(turn));
    CONTONE_CHECK(m_parts.payments.changePayment(
        asked.order,
        [&](const order::Payment& now, const order::ReceiptNumber&) -> Result<std::optional<order::PaymentEvent>> {
            CONTONE_TRY(const bool isDoneByNow, isAnswered(now, now.taken, asked.charge));
            if (isDoneByNow) return chargeUsed(asked.charge);
            CONTONE_TRY(const order::PaymentBegun begun,
                        order::decideBegin(now, {asked.charge, order::PayMethod::Terminal, amount, last}));
            return begun;
        },
        by.actor));
    m_parts.commitPoint("terminal-begun");
    const devices::ChargeResult result = turn.terminal().pay(amount, turn.tell(), turn.cancel());
    m_parts.commitPoint("terminal-answered");
    return conclude(turn, asked.order, asked.charge, result, by.actor);
}

Result<order::Payment> Handlers::refundByTerminal(const RefundPayment& asked, const std::string& approver,
                                                  const Asking& by) {
    CONTONE_TRY(const order::Order order, m_parts.orders.order(asked.order));
    CONTONE_TRY(const order::Payment before, m_parts.payments.payment(order.id));
    CONTONE_TRY(const bool isDone, isAnswered(before, before.refunds, asked.charge));
    if (isDone) return before;
    CONTONE_TRY(const order::Refunding first, refundingOf(order, before, asked, approver));
    CONTONE_CHECK(order::decideBeginRefund(before, first, {}));
    CONTONE_TRY(const auto turn, terminalFor(order.id, first.amount.currency, by));
    CONTONE_TRY(const order::TerminalFacts last, lastAtTerminal(turn));
    Money amount;
    int reversed = 0;  // the receipt that is taken back as a whole; 0: the amount is given back to a card
    CONTONE_CHECK(m_parts.payments.changePayment(
        order.id,
        [&](const order::Payment& now, const order::ReceiptNumber&) -> Result<std::optional<order::PaymentEvent>> {
            CONTONE_TRY(const bool isDoneByNow, isAnswered(now, now.refunds, asked.charge));
            if (isDoneByNow) return chargeUsed(asked.charge);
            // Once more: prints may have been given back at another till meanwhile.
            CONTONE_TRY(const order::Refunding refunding, refundingOf(order, now, asked, approver));
            amount = refunding.amount;
            const bool isWhole = now.refunds.empty() && now.taken.size() == 1 &&
                                 now.taken.front().method == order::PayMethod::Terminal &&
                                 now.taken.front().amount == amount;
            if (isWhole && now.taken.front().terminal.terminal == last.terminal &&
                now.taken.front().terminal.receipt == last.receipt)
                reversed = last.receipt;
            CONTONE_TRY(const order::RefundBegun begun, order::decideBeginRefund(now, refunding, last));
            return begun;
        },
        by.actor));
    m_parts.commitPoint("terminal-begun");
    const devices::ChargeResult result = reversed > 0
                                             ? turn.terminal().reverse(reversed, amount, turn.tell(), turn.cancel())
                                             : turn.terminal().refund(amount, turn.tell(), turn.cancel());
    m_parts.commitPoint("terminal-answered");
    return conclude(turn, order.id, asked.charge, result, by.actor);
}

Result<order::Payment> Handlers::conclude(const CardDesk::Turn& turn, OrderId order, const order::ChargeId& charge,
                                          const devices::ChargeResult& result, const std::string& actor) {
    using devices::Charged;
    const auto event = [&](const order::Payment& now,
                           const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
        if (!now.open || now.open->charge != charge) {
            m_parts.log.error("terminal", {{"order", order.toString()}, {"reason", "settled-meanwhile"}});
            return std::nullopt;
        }
        if (result.charged == Charged::Unknown) return order::PaymentUnknown{charge, result.reason};
        const bool hasMoved = result.charged == Charged::Yes;
        std::optional<order::TerminalFacts> proof;
        if (hasMoved) proof = saidBy(result.sale);
        CONTONE_TRY(order::PaymentEvent settled, order::decideSettle(now, {proof, hasMoved, result.reason}, next));
        return settled;
    };
    CONTONE_TRY(order::Payment after, m_parts.payments.changePayment(order, event, actor));
    m_parts.log.info("terminal", {{"order", order.toString()},
                                  {"outcome", result.charged == Charged::Yes  ? "yes"
                                              : result.charged == Charged::No ? "no"
                                                                              : "unknown"},
                                  {"reason", result.reason}});
    if (result.charged == Charged::No) return std::unexpected(refusal(result.reason));
    if (result.charged == Charged::Yes) return after;
    const auto found = findOut(turn, order, actor);  // it may be proved already; else later, or by a person
    return found ? *found : after;
}

Result<order::Payment> Handlers::findOut(const CardDesk::Turn& turn, OrderId order, const std::string& actor) {
    CONTONE_TRY(order::Payment payment, m_parts.payments.payment(order));
    if (!payment.open || payment.open->method != order::PayMethod::Terminal) return payment;
    if (payment.state == order::PaymentState::Authorising) {  // whoever asked is gone, for the terminal is ours
        CONTONE_TRY(payment, m_parts.payments.changePayment(
                                 order,
                                 [&](const order::Payment& now,
                                     const order::ReceiptNumber&) -> Result<std::optional<order::PaymentEvent>> {
                                     if (!now.open) return std::nullopt;
                                     return order::PaymentUnknown{now.open->charge, "agent-died"};
                                 },
                                 actor));
    }
    if (!payment.open || isForAPerson(*payment.open)) return payment;
    const order::OpenCharge open = *payment.open;
    CONTONE_TRY(const devices::LastSale last, turn.terminal().lastSale(turn.cancel()));
    const auto settled = devices::settle(open.amount, open.before.terminal, lastOf(open.before), last);
    m_parts.log.info("terminal-asked", {{"order", order.toString()},
                                        {"outcome", settled == devices::Settled::Paid      ? "paid"
                                                    : settled == devices::Settled::NotPaid ? "not-paid"
                                                                                           : "nobody-knows"}});
    if (settled == devices::Settled::NobodyKnows) return payment;
    const bool hasMoved = settled == devices::Settled::Paid;
    return m_parts.payments.changePayment(
        order,
        [&](const order::Payment& now, const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
            if (!now.open || now.open->charge != open.charge) return std::nullopt;
            std::optional<order::TerminalFacts> proof;
            if (hasMoved) proof = saidBy(last.sale);
            CONTONE_TRY(order::PaymentEvent event, order::decideSettle(now, {proof, hasMoved, "terminal-says"}, next));
            return event;
        },
        actor);
}

void Handlers::findOutPayments(const CancelToken& cancel) {
    const auto open = m_parts.payments.openPayments();
    if (!open || open->empty()) return;
    const auto settings = ShopSettings::load(m_parts.settings);
    if (!settings || !settings->terminal) return;
    for (const OrderId& order : *open) {
        const auto payment = m_parts.payments.payment(order);
        if (!payment || !payment->open) continue;
        const auto turn = m_desk.take(settings->terminal, payment->total.currency, std::nullopt, cancel);
        if (!turn) return;  // somebody pays; next time
        const auto found = findOut(*turn, order, "agent");
        if (!found) m_parts.log.warning("terminal", {{"order", order.toString()}, {"reason", found.error().reason}});
    }
}

Result<TerminalState> Handlers::handle(const ShowTerminal&, const Asking&) {
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    return m_desk.state(settings.terminal.has_value());
}

Result<Nothing> Handlers::handle(const StopTerminal&, const Asking&) {
    m_desk.stop();
    return Nothing{};
}

Result<order::Payment> Handlers::handle(const AskTerminal& asked, const Asking& by) {
    CONTONE_TRY(const order::Payment payment, m_parts.payments.payment(asked.order));
    if (!payment.open)
        return fail(Code::Conflict, "payment-not-open", "No payment of this order is in question any more.");
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    CONTONE_TRY(const auto turn, m_desk.take(settings.terminal, payment.total.currency, std::nullopt, by.cancel));
    return findOut(turn, asked.order, by.actor);
}

Result<order::TerminalClosed> Handlers::handle(const CloseTerminal&, const Asking& by) {
    CONTONE_TRY(const auto list, m_parts.prices.current());
    CONTONE_TRY(const ShopSettings settings, ShopSettings::load(m_parts.settings));
    CONTONE_TRY(const auto turn, m_desk.take(settings.terminal, list->currency, std::nullopt, by.cancel));
    CONTONE_TRY(const auto open, m_parts.payments.openPayments());
    for (const OrderId& order : open) {
        CONTONE_TRY(const order::Payment payment, findOut(turn, order, by.actor));
        if (payment.open && payment.open->method == order::PayMethod::Terminal)
            return fail(Code::Conflict, "payment-open",
                        "Nobody knows yet what became of a payment at the terminal. Settle it first, as long as the "
                        "terminal remembers it.",
                        order.toString());
    }
    CONTONE_TRY(const devices::DayTotals totals, turn.terminal().endOfDay(turn.cancel()));
    order::TerminalClosed closed{totals.terminal, totals.count, 0, totals.amount, {0, totals.amount.currency}};
    constexpr std::array<std::string_view, 3> types{order::TerminalClosed::type, order::PaymentTaken::type,
                                                    order::PaymentRefunded::type};
    const Instant now = m_parts.clock.now();
    constexpr std::int64_t longestMs = 40LL * 24 * 3'600'000;  // no terminal keeps a day open for longer
    CONTONE_TRY(const auto events, m_parts.orders.eventsBetween({now.ms - longestMs}, {now.ms + longestMs}, types));
    for (const auto& stored : events) {
        const order::Event& event = stored.event;
        if (event.type == order::TerminalClosed::type && event.stream == order::terminalStream(totals.terminal)) {
            closed.ours = 0;
            closed.oursAmount.minor = 0;
        } else if (event.type == order::PaymentTaken::type) {
            CONTONE_TRY(const auto taken, order::PaymentTaken::fromJson(event.json));
            if (taken.method != order::PayMethod::Terminal || taken.terminal.terminal != totals.terminal) continue;
            closed.ours++;
            closed.oursAmount.minor += taken.amount.minor;
        } else if (event.type == order::PaymentRefunded::type) {
            CONTONE_TRY(const auto refunded, order::PaymentRefunded::fromJson(event.json));
            if (refunded.method != order::PayMethod::Terminal || refunded.terminal.terminal != totals.terminal)
                continue;
            closed.ours++;
            closed.oursAmount.minor -= refunded.amount.minor;
        }
    }
    CONTONE_CHECK(m_parts.payments.closeTerminal(closed, by.actor));
    return closed;
}

}  // namespace contone::shop
