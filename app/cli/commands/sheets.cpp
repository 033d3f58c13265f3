// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone sheets [ORDER], sheets list, show, settle, reprint, cancel, spoilage: the ledger, and a person's word about
// it.
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "app/host/exit_codes.h"
#include "core/print/setup_json.h"
#include "core/render/fingerprint.h"

namespace contone::cli {
namespace {

/// As many of all orders' sheets as people read; one order's are all told.
constexpr int pageOfSheets = 200;

struct SheetRequest {
    std::string order, sheet, verdict, reason, owner = "shop", from, to, after;
    int limit = 0;  ///< 0: not said
    bool noReprint = false, inQuestion = false;
};

int listSheets(Context& context, const SheetRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    int limit = request.limit;
    shop::ListSheets list;
    if (!request.order.empty()) {
        const auto order = findOrder(**shop, request.order);
        if (!order) return context.complain(order.error());
        list.order = order->id;
    } else {
        list.sorting = print::SheetOrder::NewestFirst;
        if (limit == 0 && !request.inQuestion) limit = pageOfSheets;
    }
    list.openOnly = request.inQuestion;  // few at any time: those in question are picked here
    if (request.inQuestion) limit = 0;
    if (!request.after.empty()) {
        const auto after = SheetId::parse(request.after);
        if (!after) return context.complain(after.error());
        list.after = *after;
    }
    auto page = shop::askUpTo(**shop, list, limit == 0 ? std::numeric_limits<int>::max() : limit);
    if (!page) return context.complain(page.error());
    std::vector<print::Sheet>& sheets = page->items;
    if (request.inQuestion)
        std::erase_if(sheets, [](const print::Sheet& s) { return s.state != print::SheetState::Unknown; });
    nlohmann::json rows = nlohmann::json::array();
    OrderNumbers numbers(**shop);
    for (const print::Sheet& s : sheets) {
        const bool named = !list.order && !context.json;  // each order is asked for once
        context.say(s.id.toString() + "  " + (named ? numbers.of(s.order) + ", " : "") + sentence(s));
        rows.push_back(describe(s));
    }
    if (sheets.empty()) context.say(request.inQuestion ? "No sheet is in question." : "No sheets.");
    if (request.inQuestion && !sheets.empty())
        context.say("Look in the tray, then: contone sheets settle SHEET in-tray|spoiled|not-printed|cannot-tell");
    if (page->more) context.say("There are more. Go on with --after " + sheets.back().id.toString());
    context.answer({{"sheets", rows}, {"truncated", page->more}});
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

/// Text of a field of a stored record, whatever version wrote it.
std::string word(const nlohmann::json& j, const char* key) {
    if (!j.is_object() || !j.contains(key)) return "not recorded";
    return j.at(key).is_string() ? j.at(key).get<std::string>() : j.at(key).dump();
}

void tellColours(const Context& context, const shop::SheetRecord& record, const nlohmann::json& recipe) {
    const print::Sheet& s = record.sheet;
    const print::PrinterSetup& setup = record.job.setup;
    context.say(fmt::format("  printed with  {}: {} on {}, {}", setup.name, setup.medium, setup.model, setup.finish));
    context.say(fmt::format("  profile       {} ({})", setup.profileName, word(recipe, "outputProfile")));
    const bool compensated = recipe.is_object() && recipe.value("blackPoint", nlohmann::json()) == true;
    context.say(fmt::format("  intent        {}, black point {}", word(recipe, "intent"),
                            compensated ? "compensated" : "as it is"));
    const std::string& engine = s.fingerprint.empty() ? record.job.engine : s.fingerprint;
    context.say("  engine        " + (engine.empty() ? "not recorded" : engine));
    const print::Calibration& unit = setup.calibration;
    const Edges& extra = unit.extraOverscan;
    context.say(fmt::format(
        "  calibration   {:.2f} mm right, {:.2f} mm down; {:.2f}, {:.2f}, {:.2f}, {:.2f} mm more lost left, top, "
        "right, bottom",
        unit.offsetX.mm(), unit.offsetY.mm(), extra.left.mm(), extra.top.mm(), extra.right.mm(), extra.bottom.mm()));
    if (const auto& proof = setup.verification)
        context.say(fmt::format("  setup         {} {}", proof->passed ? "verified" : "refused", localTime(proof->at)));
    else
        context.say("  setup         not verified");
    context.say("  recipe        " + s.recipe.toString());
    context.say("  raster        " + (s.raster.isNone() ? std::string("not rendered yet") : s.raster.toString()));
    if (s.reprint)
        context.say(fmt::format("  reprint       {}, at the cost of the {}", toString(s.reprint->reason),
                                toString(s.reprint->owner)));
    if (s.movedFrom) context.say("  moved from    sheet " + s.movedFrom->toString());
}

int showSheet(Context& context, const SheetRequest& request) {
    return withSheet(context, request.sheet, [&](shop::Shop& shop, SheetId id) {
        const auto record = shop.ask(shop::ShowSheetRecord{id});
        if (!record) return context.complain(record.error());
        const auto recipe = nlohmann::json::parse(record->recipeJson, nullptr, false);
        context.say(sentence(record->sheet));
        tellColours(context, *record, recipe);
        context.answer({{"sheet", describe(record->sheet)},
                        {"job", describe(record->job)},
                        {"recipe", recipe},
                        {"setup", nlohmann::json::parse(print::toJson(record->job.setup))}});
        return exitOk;
    });
}

std::string joined(const std::vector<std::string>& entries) {
    std::string all;
    for (const std::string& one : entries) all += (all.empty() ? "" : "; ") + one;
    return all.empty() ? "nothing" : all;
}

void sayDifference(Context& context, const shop::SheetComparison& c) {
    if (c.difference)
        context.say(fmt::format(
            "Rendered again it differs in {} of {} pixels: ΔE2000 at most {:.2f}, {:.4f} on average.",
            c.difference->differing, c.difference->pixels, c.difference->maxDeltaE, c.difference->meanDeltaE));
    else
        context.say(
            "Rendered again it has another raster hash. By how much is not known: the page as it was printed is no "
            "longer here.");
    if (c.recordedFingerprint.empty())
        context.say("What rendered it then was not recorded.");
    else if (c.recordedFingerprint == c.nowFingerprint)
        context.say("The same libraries rendered it then. That should not be: please report it.");
    else
        context.say("Then, not now: " + joined(render::onlyIn(c.recordedFingerprint, c.nowFingerprint)) +
                    ". Now, not then: " + joined(render::onlyIn(c.nowFingerprint, c.recordedFingerprint)) + ".");
}

int verifySheet(Context& context, const SheetRequest& request) {
    return withSheet(context, request.sheet, [&](shop::Shop& shop, SheetId id) {
        const auto compared = shop.ask(shop::CompareSheet{id});
        if (!compared) return context.complain(compared.error());
        const bool isSame = compared->recorded == compared->now;
        if (isSame)
            context.say("Rendered again it is the same page, to the last bit.");
        else
            sayDifference(context, *compared);
        nlohmann::json difference;
        if (const auto& d = compared->difference; d && !isSame)
            difference = {{"pixels", d->pixels},
                          {"differing", d->differing},
                          {"meanDeltaE2000", d->meanDeltaE},
                          {"maxDeltaE2000", d->maxDeltaE}};
        context.answer(
            {{"same", isSame},
             {"raster", {{"recorded", compared->recorded.toString()}, {"now", compared->now.toString()}}},
             {"fingerprint", {{"recorded", compared->recordedFingerprint}, {"now", compared->nowFingerprint}}},
             {"difference", difference}});
        return exitOk;
    });
}

int settleSheet(Context& context, const SheetRequest& request) {
    return withSheet(context, request.sheet, [&](shop::Shop& shop, SheetId id) {
        const auto verdict = contone::parse<shop::SheetOutcome>(request.verdict);
        if (!verdict) return context.complain(verdict.error());
        const auto owner = contone::parse<print::CostOwner>(request.owner);
        if (!owner) return context.complain(owner.error());
        const auto settled = shop.ask(shop::ReportOutcome{
            id, *verdict, request.reason, request.noReprint ? shop::FollowUp::None : shop::FollowUp::Reprint, *owner});
        if (!settled) return context.complain(settled.error());
        context.say(sentence(settled->sheet));
        if (settled->reprint) context.say("It is printed again on " + settled->reprint->setup.name + ".");
        context.answer({{"sheet", describe(settled->sheet)},
                        {"reprint", settled->reprint ? describe(*settled->reprint) : nlohmann::json()}});
        return exitOk;
    });
}

int reprintSheet(Context& context, const SheetRequest& request) {
    return withSheet(context, request.sheet, [&](shop::Shop& shop, SheetId id) {
        const auto reason = contone::parse<print::ReprintReason>(request.reason);
        if (!reason) return context.complain(reason.error());
        const auto owner = contone::parse<print::CostOwner>(request.owner);
        if (!owner) return context.complain(owner.error());
        const auto job = shop.ask(shop::ReprintSheet{id, *reason, *owner});
        if (!job) return context.complain(job.error());
        context.say(fmt::format("One sheet planned again on {}.", job->setup.name));
        context.answer({{"job", describe(*job)}});
        return exitOk;
    });
}

int cancelSheets(Context& context, const SheetRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, request.order);
    if (!order) return context.complain(order.error());
    const auto cancelled = (*shop)->ask(shop::CancelWaitingSheets{order->id, request.reason});
    if (!cancelled) return context.complain(cancelled.error());
    nlohmann::json list = nlohmann::json::array();
    for (const print::Sheet& s : cancelled->sheets) list.push_back(describe(s));
    context.say(cancelled->sheets.empty() ? "No sheet of this order was waiting."
                                          : fmt::format("{} {} cancelled.", cancelled->sheets.size(),
                                                        cancelled->sheets.size() == 1 ? "sheet" : "sheets"));
    context.answer({{"sheets", list}});
    return exitOk;
}

/// "2026-11-22", midnight UTC; empty: none.
Result<Instant> dayOf(const std::string& text) {
    if (text.empty()) return Instant{};
    std::istringstream in(text);
    int year = 0, month = 0, date = 0;
    char dash = 0, other = 0;
    if (in >> year >> dash >> month >> other >> date; in && in.eof() && dash == '-' && other == '-') {
        const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                              std::chrono::day(static_cast<unsigned>(date))};
        if (ymd.ok())
            return Instant{
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::sys_days(ymd).time_since_epoch())
                    .count()};
    }
    return fail(Code::Invalid, "bad-options", "Write a day as 2026-11-22.", text);
}

int tellSpoilage(Context& context, const SheetRequest& request) {
    const auto from = dayOf(request.from), to = dayOf(request.to);
    if (!from) return context.complain(from.error());
    if (!to) return context.complain(to.error());
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto sum = (*shop)->ask(shop::SumSpoilage{*from, *to});
    if (!sum) return context.complain(sum.error());
    context.say(fmt::format("{} sheets came out.", sum->out));
    for (const auto& [cause, count] : sum->spoiled) context.say(fmt::format("  spoiled, {}: {}", cause, count));
    for (const auto& [owner, count] : sum->reprints)
        context.say(fmt::format("  printed again at the cost of the {}: {}", owner, count));
    context.answer({{"out", sum->out}, {"spoiled", sum->spoiled}, {"reprints", sum->reprints}});
    return exitOk;
}

}  // namespace

void addSheets(const Command& program, Context& context) {
    const auto sheets = program.add("sheets", "The sheet ledger: one line a sheet of paper");
    auto request = std::make_shared<SheetRequest>();
    const auto addListing = [&](const Command& command) {
        command.option("ORDER", request->order, "Only this order's: its number or id");
        command.option("--limit", request->limit, "At most so many (default: an order's all, else the newest 200)")
            .between(1, 100000);
        command.flag("--in-question", request->inQuestion, "Only those that wait for a person's word");
        command.option("--after", request->after, "Go on after this sheet, the last of a list");
    };
    addListing(sheets);
    sheets.does([&context, request] { return listSheets(context, *request); });
    const auto add = [&](const char* name, const char* help, int (*work)(Context&, const SheetRequest&)) {
        const auto command = sheets.add(name, help);
        command.option("SHEET", request->sheet, "The sheet's id").required();
        command.does([&context, request, work] { return work(context, *request); });
        return command;
    };
    const auto addOwner = [&](const Command& command) {
        command.option("--cost", request->owner, "Who bears the cost: shop (default), customer or supplier");
    };
    add("show", "How a sheet's pixels came to be: its colour record", showSheet);
    add("verify", "Render a sheet's page again and compare with what was printed", verifySheet);
    const auto settle = add("settle", "Say what became of a sheet that is in question", settleSheet);
    settle
        .option("VERDICT", request->verdict,
                "in-tray (a whole sheet), spoiled (half of it, or a colour is missing), not-printed (nothing, and "
                "the stack is unchanged) or cannot-tell")
        .required();
    settle.option("--reason", request->reason, "Why it is printed again, as for reprint (default: jam)");
    settle.flag("--no-reprint", request->noReprint, "Only say it; spoiled and not-printed print it again else");
    addOwner(settle);
    const auto cancel = sheets.add("cancel", "Cancel an order's sheets that still wait; print plans them again");
    cancel.option("ORDER", request->order, "Its number or id").required();
    cancel.option("--reason", request->reason, "Why, in a word: wrong-photo, not-wanted");
    cancel.does([&context, request] { return cancelSheets(context, *request); });
    const auto reprint = add("reprint", "Print one more like this sheet", reprintSheet);
    reprint
        .option("--reason", request->reason,
                "jam, colour, scratch, cut, wrong-crop, wrong-photo, not-printed, customer-wish or other")
        .required();
    addOwner(reprint);
    const auto list = sheets.add("list", "The same as sheets alone");
    addListing(list);
    list.does([&context, request] { return listSheets(context, *request); });
    const auto spoilage = sheets.add("spoilage", "Paper that was wasted, by cause, and reprints by who pays");
    spoilage.option("--from", request->from, "From this day on, as 2026-11-22 (UTC)");
    spoilage.option("--to", request->to, "To the beginning of this day");
    spoilage.does([&context, request] { return tellSpoilage(context, *request); });
}

}  // namespace contone::cli
