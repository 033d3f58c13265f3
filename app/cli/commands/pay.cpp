// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone pay take|refund|settle|show: money at the counter.
#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/commands/commands.h"
#include "app/cli/pdf_output.h"
#include "app/cli/shop_words.h"
#include "app/host/secret_input.h"
#include "core/base/parse_money.h"
#include "core/document/document.h"
#include "core/json/json.h"
#include "core/words/order_words.h"
#include "core/words/say.h"

namespace contone::cli {
namespace {

struct PayRequest {
    std::string order, method = "cash", amount, given, reason, charge;
    std::vector<std::string> lines;  ///< of a refund: LINE=COPIES, lines counted from 1
    std::string approver, approverPinFile;
    std::string output, pdf;
    int columns = 48;
    bool paid = false, notPaid = false;
};

/// Both, or the error of either.
struct Asked {
    shop::Shop* shop;
    order::Order order;
};

Result<Asked> asked(Context& context, const PayRequest& request) {
    CONTONE_TRY(shop::Shop* const shop, context.shop());
    CONTONE_TRY(order::Order order, findOrder(*shop, request.order));
    return Asked{shop, std::move(order)};
}

/// "12.50", in the order's currency; empty: nothing was said.
Result<std::optional<Money>> amountOf(const std::string& text, const Money& like) {
    if (text.empty()) return std::nullopt;
    CONTONE_TRY(const Money amount, parseMoney(text, like.currency));
    return amount;
}

Result<order::ChargeId> chargeOf(const std::string& text) {
    if (text.empty()) return order::ChargeId::generate(SystemClock());
    return order::ChargeId::parse(text);
}

void sayMoney(Context& context, const order::Payment& payment) {
    const auto& locale = context.locale();
    for (const order::PaymentTaken& one : payment.taken) {
        const Money wanted{one.amount.minor + one.rounding.minor, one.amount.currency};
        std::string line = fmt::format("  {}  {}  {}", order::toString(one.receipt), locale.money(one.amount),
                                       words::method(locale, one.method));
        if (one.rounding.minor != 0) line += fmt::format(", rounded to {}", locale.money(wanted));
        if (one.given.minor > wanted.minor)
            line += fmt::format(", given {}, change {}", locale.money(one.given),
                                locale.money({one.given.minor - wanted.minor, wanted.currency}));
        context.say(line);
    }
    for (const order::PaymentRefunded& one : payment.refunds)
        context.say(fmt::format("  {}  −{}  {} ({})", order::toString(one.receipt), locale.money(one.amount),
                                words::method(locale, one.method), one.reason));
    if (payment.state == order::PaymentState::Unknown)
        context.say("  Nobody knows whether " + locale.money(payment.open->amount) +
                    " went through. Ask the terminal: contone pay ask. If it does not know, look at its slips, then: "
                    "contone pay settle");
}

int sayPayment(Context& context, const order::Order& order, const order::Payment& payment) {
    const auto& locale = context.locale();
    context.say(fmt::format("Order {} ({}): {} in all, {} paid, {} given back: {}.", order.number,
                            order.code.toString(), locale.money(payment.total), locale.money(payment.paid),
                            locale.money(payment.refunded), toString(payment.state)));
    sayMoney(context, payment);
    context.answer({{"order", order.id.toString()}, {"payment", nlohmann::json::parse(json::write(payment))}});
    return exitOk;
}

Result<shop::TakePayment> takingOf(const PayRequest& request, const order::Order& order) {
    shop::TakePayment take{.order = order.id, .reason = request.reason};
    CONTONE_TRY(take.charge, chargeOf(request.charge));
    CONTONE_TRY(take.method, contone::parse<order::PayMethod>(request.method));
    CONTONE_TRY(take.amount, amountOf(request.amount, order.price.total));
    CONTONE_TRY(take.given, amountOf(request.given, order.price.total));
    return take;
}

Result<shop::RefundPayment> refundingOf(const PayRequest& request, const order::Order& order) {
    shop::RefundPayment refund{.order = order.id, .reason = request.reason};
    CONTONE_TRY(refund.charge, chargeOf(request.charge));
    CONTONE_TRY(refund.method, contone::parse<order::PayMethod>(request.method));
    CONTONE_TRY(refund.amount, amountOf(request.amount, order.price.total));
    if (!request.approver.empty()) {
        CONTONE_TRY(std::string pin, app::readSecret("PIN of " + request.approver, request.approverPinFile));
        refund.approval = shop::Approval{request.approver, std::move(pin)};
    }
    for (const std::string& text : request.lines) {
        std::size_t line = 0;
        int copies = 0;
        const auto equals = text.find('=');
        const char* const end = text.data() + text.size();
        if (equals != std::string::npos) {
            std::from_chars(text.data(), text.data() + equals, line);
            std::from_chars(text.data() + equals + 1, end, copies);
        }
        if (line < 1 || line > order.lines.size() || copies < 1)
            return fail(Code::Invalid, "bad-options",
                        "Say which line and how many of its prints, as --prints 1=2; lines are counted from 1.", text);
        refund.lines.push_back({order.lines[line - 1].id, copies});
    }
    return refund;
}

template <class Make>
int pay(Context& context, const PayRequest& request, Make make) {
    const auto one = asked(context, request);
    if (!one) return context.complain(one.error());
    const auto operation = make(request, one->order);
    if (!operation) return context.complain(operation.error());
    const auto payment = one->shop->ask(*operation);
    if (!payment) return context.complain(payment.error());
    return sayPayment(context, one->order, *payment);
}

Result<shop::SettlePayment> settlingOf(const PayRequest& request, const order::Order& order) {
    std::optional<order::ChargeId> charge;
    if (!request.charge.empty()) {
        CONTONE_TRY(charge, order::ChargeId::parse(request.charge));
    }
    if (request.paid == request.notPaid)
        return fail(Code::Invalid, "bad-options", "Say --paid or --not-paid, as the terminal's slips have it.");
    // The one that was open when the person looked: another may have been begun meanwhile.
    return shop::SettlePayment{order.id, request.paid, request.reason, charge};
}

Result<shop::AskTerminal> askingOf(const PayRequest&, const order::Order& order) {
    return shop::AskTerminal{order.id};
}

int stopTerminal(Context& context) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto stopped = (*shop)->ask(shop::StopTerminal{});
    if (!stopped) return context.complain(stopped.error());
    context.say("The terminal is asked to stop. Whoever asked for the money hears what came of it.");
    context.answer({{"stopped", true}});
    return exitOk;
}

int closeTerminal(Context& context) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto closed = (*shop)->ask(shop::CloseTerminal{});
    if (!closed) return context.complain(closed.error());
    const auto& locale = context.locale();
    context.say(fmt::format("Terminal {} closed its day: {}{}.", closed->terminal, locale.money(closed->amount),
                            closed->count > 0 ? fmt::format(" in {} payments and refunds", closed->count) : ""));
    if (closed->amount == closed->oursAmount)
        context.say(fmt::format("The record has the same, in {}.", closed->ours));
    else
        context.say(
            fmt::format("The record has {} in {}: {} differ. Compare the terminal's slips with: contone report "
                        "day",
                        locale.money(closed->oursAmount), closed->ours,
                        locale.money({closed->amount.minor - closed->oursAmount.minor, closed->amount.currency})));
    context.answer({{"closed", nlohmann::json::parse(json::write(*closed))}});
    return exitOk;
}

Result<shop::ShowPayment> showingOf(const PayRequest&, const order::Order& order) {
    return shop::ShowPayment{order.id};
}

Result<void> writeSlip(Context& context, const PayRequest& request, const order::Order& order, const slip::Slip& slip) {
    if (!request.output.empty()) {
        const Bytes bytes = slip::asEscPos(slip, request.columns);
        CONTONE_CHECK(writeFileDurably(request.output, std::span<const std::byte>(bytes)));
    }
    if (!request.pdf.empty()) {
        const std::string title =
            words::say(context.locale(), "slip.number", {{"number", std::to_string(order.number)}});
        CONTONE_CHECK(writePdf(context, request.pdf, {title, order.placedAt},
                               [&](const auto& fonts) { return document::pagesOf(slip, fonts); }));
    }
    if (!request.output.empty() || !request.pdf.empty()) return {};
    std::istringstream text(slip::asText(slip, request.columns));
    for (std::string line; std::getline(text, line);) context.say(line);
    return {};
}

int slipOf(Context& context, const PayRequest& request) {
    for (const std::string& file : {request.output, request.pdf})
        if (!file.empty())
            if (const auto free = checkNewFile(file); !free) return context.complain(free.error());
    const auto one = asked(context, request);
    if (!one) return context.complain(one.error());
    const auto slip = one->shop->ask(shop::ShowSlip{one->order.id, context.locale().language()});
    if (!slip) return context.complain(slip.error());
    if (const auto written = writeSlip(context, request, one->order, *slip); !written)
        return context.complain(written.error());
    context.answer(
        {{"order", one->order.id.toString()}, {"slip", nlohmann::json::parse(json::write(*slip)).at("rows")}});
    return exitOk;
}

}  // namespace

void addPay(const Command& program, Context& context) {
    const auto group = program.add("pay", "Take money for orders and give it back");
    const auto request = std::make_shared<PayRequest>();
    const auto common = [&](const Command& command) {
        command.option("ORDER", request->order, "Its number, code or id").required();
    };
    const auto money = [&](const Command& command) {
        common(command);
        command.option("--amount", request->amount, "Only so much, as 12.50 (default: all of it)");
        command.option("--charge", request->charge, "An id of this payment: the same one twice is one payment");
    };

    const auto take = group.add("take", "Take money at the counter");
    money(take);
    take.option("--by", request->method, "How it is paid").oneOf({"cash", "card", "terminal", "free"});
    take.option("--given", request->given, "Cash that was handed over, as 20.00");
    take.option("--reason", request->reason, "Why it is free, in a word: our-fault");
    take.does([&context, request] { return pay(context, *request, takingOf); });

    const auto refund = group.add("refund", "Give money back");
    money(refund);
    refund.option("--by", request->method, "How it is given back").oneOf({"cash", "card", "terminal"});
    refund.option("--prints", request->lines, "Prints that are given back, as 1=2: two of the first line")
        .oneEachTime();
    refund.option("--reason", request->reason, "Why, in a word: misprint").required();
    refund.option("--approved-by", request->approver, "Another person who approves it, with their PIN: p-2");
    refund.option("--approval-pin-file", request->approverPinFile,
                  "The file that their PIN is in, or - for the input (default: they type it)");
    refund.does([&context, request] { return pay(context, *request, refundingOf); });

    const auto ask = group.add("ask", "Ask the card terminal what became of a payment in question");
    common(ask);
    ask.does([&context, request] { return pay(context, *request, askingOf); });

    const auto stop = group.add("stop", "Ask the card terminal to stop what it is doing");
    stop.does([&context] { return stopTerminal(context); });

    const auto closing = group.add("close-terminal", "Settle the card terminal's day, and compare it with the record");
    closing.does([&context] { return closeTerminal(context); });

    const auto settle = group.add("settle", "Say what became of a payment in question");
    common(settle);
    settle.option("--charge", request->charge, "Which one, as pay show --json says it (default: whichever is open)");
    settle.flag("--paid", request->paid, "The money went through");
    settle.flag("--not-paid", request->notPaid, "It did not");
    settle.option("--reason", request->reason, "How you found out, in a word: slip-seen").required();
    settle.does([&context, request] { return pay(context, *request, settlingOf); });

    const auto slip = group.add("slip", "The slip of an order, for its customer or the till");
    common(slip);
    slip.option("--columns", request->columns, "Characters a line").between(20, 80);
    slip.option("--output", request->output, "Instead of showing it: ESC/POS for a receipt printer, into this file");
    slip.option("--pdf", request->pdf, "Instead of showing it: 80 mm wide, to print, into this new file");
    slip.does([&context, request] { return slipOf(context, *request); });

    const auto show = group.add("show", "What was paid for an order");
    common(show);
    show.does([&context, request] { return pay(context, *request, showingOf); });
}

}  // namespace contone::cli
