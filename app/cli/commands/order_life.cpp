// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone order hold|release|ready|collect|problem: what becomes of an order after it was placed; its history.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "core/json/json.h"
#include "core/words/order_words.h"

namespace contone::cli {
namespace {

struct Step {
    const char* name;
    const char* help;
    order::OrderState to;
    bool needsReason;
};

constexpr Step steps[] = {
    {"hold", "Keep an order back", order::OrderState::Held, true},
    {"release", "Let an order go on that was held or had a problem", order::OrderState::Placed, false},
    {"ready", "Say that an order waits for its customer", order::OrderState::Ready, false},
    {"collect", "Hand an order over", order::OrderState::Collected, false},
    {"problem", "Say that something is wrong with an order", order::OrderState::Exception, true},
};

struct StepRequest {
    std::string order, reason;
};

int moveOrderOf(Context& context, const StepRequest& request, order::OrderState to) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, request.order);
    if (!order) return context.complain(order.error());
    const auto moved = (*shop)->ask(shop::MoveOrder{order->id, to, request.reason});
    if (!moved) return context.complain(moved.error());
    context.say(fmt::format("Order {} ({}): {}.", moved->number, moved->code.toString(),
                            words::standing(context.locale(), moved->standing())));
    context.answer({{"order", describe(*moved)}});
    return exitOk;
}

}  // namespace

int sayTimeline(Context& context, const order::Order& order) {
    const auto timeline = (*context.shop())->ask(shop::ShowTimeline{order.id});
    if (!timeline) return context.complain(timeline.error());
    for (const order::Event& event : timeline->events)
        context.say(
            fmt::format("{}  {:14}  {}", localTime(event.at), event.actor, words::happened(context.locale(), event)));
    context.answer(
        {{"order", describe(order)}, {"timeline", nlohmann::json::parse(json::write(*timeline)).at("events")}});
    return exitOk;
}

void addOrderLife(const Command& program, Context& context) {
    const auto order = program.below("order");
    for (const Step& step : steps) {
        const auto command = order.add(step.name, step.help);
        auto request = std::make_shared<StepRequest>();
        command.option("ORDER", request->order, "Its number, code or id").required();
        const auto reason = command.option("--reason", request->reason, "Why, in a word: wrong-paper");
        if (step.needsReason) reason.required();
        command.does([&context, request, to = step.to] { return moveOrderOf(context, *request, to); });
    }
}

}  // namespace contone::cli
