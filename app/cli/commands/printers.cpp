// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone printers status|pause|resume, contone enough: how the printers are, and whether their paper will do.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "app/host/exit_codes.h"

namespace contone::cli {
namespace {

using nlohmann::json;

struct PrinterRequest {
    std::string setup;
};

struct EnoughRequest {
    std::string order, product, setup, pool;
    int copies = 1;
};

json describeStatus(const shop::SetupStatus& s) {
    json supplies = json::array();
    for (const print::Supply& supply : s.supplies)
        supplies.push_back({{"name", supply.name},
                            {"percent", supply.percent ? json(*supply.percent) : json()},
                            {"prints", supply.prints ? json(*supply.prints) : json()}});
    json notices = json::array();
    for (const print::Notice& notice : s.notices)
        notices.push_back({{"reason", notice.reason}, {"message", notice.message}});
    return {{"setup", s.setup},
            {"ready", s.ready},
            {"notices", notices},
            {"openSheets", s.openSheets},
            {"unknownSheets", s.unknownSheets},
            {"heldJobs", s.heldJobs},
            {"printsLeft", s.printsLeft ? json(*s.printsLeft) : json()},
            {"low", s.low},
            {"paused", s.paused},
            {"supplies", supplies},
            {"otherSetups", s.otherSetups},
            {"seenAt", s.seenAt == Instant{} ? json() : json(toString(s.seenAt))}};
}

void tell(const Context& context, const shop::SetupStatus& s) {
    std::string line = s.setup + ": " +
                       (s.paused                ? "paused"
                        : s.ready               ? "ready"
                        : s.seenAt == Instant{} ? "not looked at (no agent prints)"
                                                : "not ready");
    line += fmt::format(", {} to print", s.openSheets);
    if (s.unknownSheets > 0) line += fmt::format(", {} in question", s.unknownSheets);
    if (s.printsLeft) line += fmt::format(", {} prints left", *s.printsLeft);
    context.say(line);
    for (const print::Supply& supply : s.supplies)
        if (supply.percent) context.say(fmt::format("  {}: {} %", supply.name, *supply.percent));
    for (const print::Notice& notice : s.notices) context.say("  " + notice.message);
    if (s.unknownSheets > 0)
        context.say(
            "  Nobody can tell by wire whether a sheet came out. Look in the tray, then: contone sheets --in-question");
}

int showStatus(Context& context, const PrinterRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    std::vector<std::string> names{request.setup};
    if (request.setup.empty()) {
        const auto setups = shop::askAll(**shop, shop::ListSetups{});
        if (!setups) return context.complain(setups.error());
        names.clear();
        for (const print::PrinterSetup& s : *setups) names.push_back(s.name);
    }
    json list = json::array();
    for (const std::string& name : names) {
        const auto status = (*shop)->ask(shop::ShowSetupStatus{name});
        if (!status) return context.complain(status.error());
        tell(context, *status);
        list.push_back(describeStatus(*status));
    }
    if (names.empty()) context.say("No printer is set up yet.");
    context.answer({{"printers", list}});
    return exitOk;
}

int pause(Context& context, const PrinterRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto status = (*shop)->ask(shop::PausePrinter{request.setup});
    if (!status) return context.complain(status.error());
    tell(context, *status);
    context.answer({{"printers", json::array({describeStatus(*status)})}});
    return exitOk;
}

int resume(Context& context, const PrinterRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto status = (*shop)->ask(shop::ResumePrinter{request.setup});
    if (!status) return context.complain(status.error());
    tell(context, *status);
    context.answer({{"printers", json::array({describeStatus(*status)})}});
    return exitOk;
}

int askEnough(Context& context, const EnoughRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    shop::CheckMedia query{{}, {}, request.setup, request.pool};
    if (!request.order.empty()) {
        const auto order = findOrder(**shop, request.order);
        if (!order) return context.complain(order.error());
        query.order = order->id;
    } else {
        query.lines.push_back({request.product, request.copies});
    }
    const auto asked = (*shop)->ask(query);
    if (!asked) return context.complain(asked.error());
    const print::MediaCheck& enough = *asked;
    context.say(enough.sentence);
    context.answer({{"answer", print::toString(enough.answer)},
                    {"needed", enough.needed},
                    {"printsLeft", enough.printsLeft ? json(*enough.printsLeft) : json()},
                    {"sentence", enough.sentence}});
    if (enough.answer != print::MediaCheck::Answer::No) return exitOk;
    return exitCodeOf({Code::Conflict, "not-enough", {}, {}});
}

}  // namespace

void addPrinters(const Command& program, Context& context) {
    const auto printers = program.add("printers", "How the printers are");
    auto request = std::make_shared<PrinterRequest>();
    const auto add = [&](const char* name, const char* help, int (*work)(Context&, const PrinterRequest&)) {
        const auto command = printers.add(name, help);
        command.does([&context, request, work] { return work(context, *request); });
        return command.option("SETUP", request->setup, "The setup");
    };
    add("status", "What stands in the way, what is left, what waits; of all setups or one", showStatus);
    add("pause", "No new sheet starts on its printer, whatever the setup", pause).required();
    add("resume", "It goes on", resume).required();

    const auto command = program.add("enough", "Is there paper for an order, or for some more prints?");
    auto asked = std::make_shared<EnoughRequest>();
    const auto byOrder = command.option("ORDER", asked->order, "Its number or id");
    const auto byProduct =
        command.option("--product", asked->product, "Instead: prints of this product").excludes(byOrder);
    command.option("--copies", asked->copies, "So many (default 1)").between(1, 100000).needs(byProduct);
    const auto where = command.exactlyOne("where");
    where.option("--setup", asked->setup, "On this setup's printer");
    where.option("--pool", asked->pool, "On the printers of this pool");
    command.atLeastOneOf({byOrder, byProduct});
    command.does([&context, asked] { return askEnough(context, *asked); });
}

}  // namespace contone::cli
