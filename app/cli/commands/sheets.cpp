// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone sheets [ORDER], sheets show, settle, reprint, cancel: the ledger, and a person's word about it.
#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "app/host/exit_codes.h"

namespace contone::cli {
namespace {

/// Of all orders' sheets; one order's are all told.
constexpr int longestList = 10000;

struct SheetRequest {
    std::string order, sheet, verdict, reason;
};

int listSheets(Context& context, const SheetRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    print::SheetFilter filter{.limit = std::numeric_limits<int>::max()};
    if (!request.order.empty()) {
        const auto order = findOrder(**shop, request.order);
        if (!order) return context.complain(order.error());
        filter.order = order->id;
    } else {
        filter.sorting = print::SheetOrder::NewestFirst;
        filter.limit = longestList + 1;
    }
    auto sheets = (*shop)->sheets(filter);
    if (!sheets) return context.complain(sheets.error());
    const bool truncated = request.order.empty() && std::ssize(*sheets) > longestList;
    if (truncated) sheets->pop_back();
    nlohmann::json list = nlohmann::json::array();
    for (const print::Sheet& s : *sheets) {
        context.say(s.id.toString() + "  " + sentence(s));
        list.push_back(describe(s));
    }
    if (sheets->empty()) context.say("No sheets.");
    if (truncated)
        context.say(fmt::format("There are older ones: these are the newest {}. Ask for an order's.", longestList));
    context.answer({{"sheets", list}, {"truncated", truncated}});
    return exitOk;
}

/// Finds the sheet and the shop, or says why not.
template <class Work>
int withSheet(Context& context, const std::string& text, Work work) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto id = SheetId::parse(text);
    if (!id) return context.complain(id.error());
    return work(**shop, *id);
}

int showSheet(Context& context, const SheetRequest& request) {
    return withSheet(context, request.sheet, [&](shop::Shop& shop, SheetId id) {
        const auto record = shop.sheetRecord(id);
        if (!record) return context.complain(record.error());
        const auto setup = nlohmann::json::parse(record->setupJson, nullptr, false);
        const auto recipe = nlohmann::json::parse(record->recipeJson, nullptr, false);
        context.say(sentence(record->sheet));
        context.say("  raster  " + (record->sheet.raster.isNone() ? std::string("not rendered yet")
                                                                  : record->sheet.raster.toString()));
        context.say("  recipe  " + recipe.dump());
        context.say("  setup   " + setup.dump());
        context.answer({{"sheet", describe(record->sheet)}, {"recipe", recipe}, {"setup", setup}});
        return exitOk;
    });
}

int settleSheet(Context& context, const SheetRequest& request) {
    return withSheet(context, request.sheet, [&](shop::Shop& shop, SheetId id) {
        const auto verdict = shop::parseVerdict(request.verdict);
        if (!verdict) return context.complain(verdict.error());
        const auto sheet = shop.settle(id, *verdict, request.reason, "staff");
        if (!sheet) return context.complain(sheet.error());
        context.say(sentence(*sheet));
        context.answer({{"sheet", describe(*sheet)}});
        return exitOk;
    });
}

int reprintSheet(Context& context, const SheetRequest& request) {
    return withSheet(context, request.sheet, [&](shop::Shop& shop, SheetId id) {
        const auto job = shop.reprint(id, request.reason, "staff");
        if (!job) return context.complain(job.error());
        context.say(fmt::format("One sheet planned again on {}.", job->setupName));
        context.answer({{"job", describe(*job)}});
        return exitOk;
    });
}

int cancelSheets(Context& context, const SheetRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, request.order);
    if (!order) return context.complain(order.error());
    const auto cancelled = (*shop)->cancelPlanned(order->id, request.reason, "staff");
    if (!cancelled) return context.complain(cancelled.error());
    nlohmann::json list = nlohmann::json::array();
    for (const print::Sheet& s : *cancelled) list.push_back(describe(s));
    context.say(cancelled->empty()
                    ? "No sheet of this order was waiting."
                    : fmt::format("{} {} cancelled.", cancelled->size(), cancelled->size() == 1 ? "sheet" : "sheets"));
    context.answer({{"sheets", list}});
    return exitOk;
}

}  // namespace

void addSheets(CLI::App& app, Context& context) {
    auto* sheets = app.add_subcommand("sheets", "The sheet ledger: one line a sheet of paper");
    auto request = std::make_shared<SheetRequest>();
    sheets->add_option("ORDER", request->order, "Only this order's: its number or id");
    sheets->add_flag("--json", context.json, "One JSON object on stdout");
    sheets->callback([&context, request, sheets] {
        if (sheets->get_subcommands().empty())
            context.run = [&context, request] { return listSheets(context, *request); };
    });
    const auto add = [&](const char* name, const char* help, int (*work)(Context&, const SheetRequest&)) {
        auto* command = sheets->add_subcommand(name, help);
        command->add_option("SHEET", request->sheet, "The sheet's id")->required();
        command->add_flag("--json", context.json, "One JSON object on stdout");
        command->callback(
            [&context, request, work] { context.run = [&context, request, work] { return work(context, *request); }; });
        return command;
    };
    add("show", "How a sheet's pixels came to be: its colour record", showSheet);
    auto* settle = add("settle", "Say what became of a sheet that is in question", settleSheet);
    settle->add_option("VERDICT", request->verdict, "in-tray, spoiled or not-printed")->required();
    settle->add_option("--reason", request->reason, "Why, in a word: jam, colour, ribbon");
    auto* cancel = sheets->add_subcommand("cancel", "Cancel an order's sheets that still wait; print plans them again");
    cancel->add_option("ORDER", request->order, "Its number or id")->required();
    cancel->add_option("--reason", request->reason, "Why, in a word: wrong-photo, not-wanted");
    cancel->add_flag("--json", context.json, "One JSON object on stdout");
    cancel->callback(
        [&context, request] { context.run = [&context, request] { return cancelSheets(context, *request); }; });
    add("reprint", "Print one more like this sheet", reprintSheet)
        ->add_option("--reason", request->reason, "Why, in a word")
        ->required();
}

}  // namespace contone::cli
