// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone order find, reorder.
#include <fmt/format.h>

#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "core/words/order_words.h"

namespace contone::cli {
namespace {

struct FindRequest {
    std::vector<std::string> words, states, payments;
    std::string product, from, to;
    int most = 50;
};

/// The first moment of a day, or of the one after it, as this computer's clock shows it.
Result<Instant> dayOf(const std::string& text, int daysLater) {
    std::tm day{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%d", &day);
    if (end == nullptr || *end != '\0')
        return fail(Code::Invalid, "bad-options", "A day is written as 2026-12-24.", text);
    day.tm_mday += daysLater;
    day.tm_isdst = -1;
    return Instant{static_cast<std::int64_t>(std::mktime(&day)) * 1000};
}

template <class E>
Result<std::vector<E>> parsed(const std::vector<std::string>& words) {
    std::vector<E> all;
    for (const std::string& word : words) {
        CONTONE_TRY(const E one, contone::parse<E>(word));
        all.push_back(one);
    }
    return all;
}

Result<shop::FindOrders> operationOf(const FindRequest& request) {
    shop::FindOrders find;
    for (const std::string& word : request.words) find.text += (find.text.empty() ? "" : " ") + word;
    CONTONE_TRY(find.states, parsed<order::OrderState>(request.states));
    CONTONE_TRY(find.payments, parsed<order::PaymentState>(request.payments));
    find.product = request.product;
    if (!request.from.empty()) {
        CONTONE_TRY(find.from, dayOf(request.from, 0));
    }
    if (!request.to.empty()) {
        CONTONE_TRY(find.until, dayOf(request.to, 1));
    }
    find.limit = request.most;
    return find;
}

/// "12 ready, 3 held".
std::string counted(const std::map<std::string, int>& all) {
    std::string text;
    for (const auto& [word, orders] : all) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", orders, word);
    return text;
}

int findOrders(Context& context, const FindRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto operation = operationOf(request);
    if (!operation) return context.complain(operation.error());
    const auto found = (*shop)->ask(*operation);
    if (!found) return context.complain(found.error());
    nlohmann::json list = nlohmann::json::array();
    for (const order::Order& one : found->items) {
        context.say(fmt::format("{}  {:9}  {:22}  {}  {}", one.number, one.code.toString(),
                                words::standing(context.locale(), one.standing()), localTime(one.placedAt),
                                context.locale().money(one.price.total)));
        list.push_back(describe(one));
    }
    if (found->orders == 0) context.say("No order is like that.");
    if (found->more) context.say(fmt::format("These are the newest {} of {}.", found->items.size(), found->orders));
    if (found->orders > 1)
        context.say(fmt::format("{} orders: {}; payment: {}; products: {}", found->orders, counted(found->states),
                                counted(found->payments), counted(found->products)));
    if (!found->isComplete) context.say("The names of older orders are still being read: ask again in a moment.");
    auto answer = nlohmann::json::parse(json::write(*found));
    answer.erase("items");
    context.answer({{"orders", list}, {"found", answer}});
    return exitOk;
}

int reorder(Context& context, const std::string& which) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, which);
    if (!order) return context.complain(order.error());
    const auto again = (*shop)->ask(shop::ReorderOrder{order->id});
    if (!again) return context.complain(again.error());
    context.say(fmt::format("Order {} ({}): order {} once more, {}.", again->number, again->code.toString(),
                            order->number, context.locale().money(again->price.total)));
    context.answer({{"order", describe(*again)}});
    return exitOk;
}

}  // namespace

void addOrderFind(const Command& program, Context& context) {
    const auto order = program.below("order");
    const auto find = order.add("find", "Orders by what is known of them");
    auto request = std::make_shared<FindRequest>();
    find.option("WORDS", request->words, "A number, a code, or what the customer said: name, phone, file name");
    find.option("--state", request->states, "In this state; may be given several times: placed, held, ready …");
    find.option("--payment", request->payments, "Paid like that; may be given several times: due, paid …");
    find.option("--product", request->product, "With this product");
    find.option("--from", request->from, "Placed on that day or later: 2026-12-01");
    find.option("--to", request->to, "Placed on that day or before");
    find.option("--most", request->most, "How many are listed").between(1, 500);
    find.does([&context, request] { return findOrders(context, *request); });

    const auto again = order.add("reorder", "The same once more, at today's price");
    auto which = std::make_shared<std::string>();
    again.option("ORDER", *which, "Its number, code or id").required();
    again.does([&context, which] { return reorder(context, *which); });
}

}  // namespace contone::cli
