// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone price, quote and promo: what things cost, by which list, and what takes something off.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/cli/commands/commands.h"
#include "core/base/parse_money.h"
#include "core/json/json.h"
#include "core/shop/shop.h"
#include "core/words/say.h"
#include "core/words/sentences.h"

namespace contone::cli {

namespace {

using pricing::PriceList, pricing::Promotion;

/// Looked at once: a command is over before anybody changes the file.
Result<std::pair<Path, PriceList>> listThatHolds(Context& context) {
    CONTONE_TRY(const catalog::Catalog* catalog, context.catalog());
    const SteadyClock clock;
    pricing::PriceBook book(context.places().prices(), *catalog, clock);
    CONTONE_TRY(const auto list, book.current());
    return std::pair(book.file(), *list);
}

nlohmann::json describe(const Promotion& promotion) {
    nlohmann::json weekdays = nlohmann::json::array();
    for (const auto& row : wordTable<pricing::Weekday>.words)
        if (promotion.window.weekdays.at(std::size_t(row.value))) weekdays.push_back(row.word);
    const auto day = [](const auto& one) { return one ? nlohmann::json(one->toString()) : nlohmann::json(); };
    return {{"id", promotion.id},
            {"name", promotion.name},
            {"kind", toString(promotion.kind)},
            {"percent", promotion.percent},
            {"cents", promotion.cents},
            {"buy", promotion.buy},
            {"get", promotion.get},
            {"code", promotion.code},
            {"firstOrderOnly", promotion.firstOrderOnly},
            {"firstDay", day(promotion.window.first)},
            {"lastDay", day(promotion.window.last)},
            {"weekdays", weekdays},
            {"fromMinute", promotion.window.fromMinute},
            {"untilMinute", promotion.window.untilMinute},
            {"products", promotion.products},
            {"priority", promotion.priority}};
}

nlohmann::json describe(const Path& file, const PriceList& list) {
    nlohmann::json products = nlohmann::json::array(), packages = products, options = products, bundles = products;
    for (const auto& [id, price] : list.products) {
        nlohmann::json steps = nlohmann::json::array();
        for (const auto& step : price.steps) steps.push_back({{"from", step.from}, {"cents", step.cents}});
        products.push_back({{"id", id}, {"tax", price.taxClass}, {"prices", steps}});
    }
    for (const auto& [id, price] : list.packages)
        packages.push_back({{"id", id}, {"tax", price.taxClass}, {"cents", price.cents}});
    for (const auto& [id, option] : list.options)
        options.push_back({{"id", id},
                           {"name", option.name},
                           {"per", toString(option.per)},
                           {"cents", option.cents},
                           {"percent", option.percent},
                           {"products", option.products}});
    for (const auto& bundle : list.bundles)
        bundles.push_back({{"id", bundle.id},
                           {"name", bundle.name},
                           {"cents", bundle.cents},
                           {"most", bundle.most},
                           {"priority", bundle.priority},
                           {"set", bundle.set}});
    nlohmann::json promotions = nlohmann::json::array();
    for (const Promotion& one : list.promotions) promotions.push_back(describe(one));
    return {{"file", file.string()},      {"version", list.version}, {"hash", list.hash.toString()},
            {"currency", list.currency},  {"products", products},    {"packages", packages},
            {"options", options},         {"bundles", bundles},      {"promotions", promotions},
            {"unpriced", list.unpriced()}};
}

void sayList(const Context& context, const PriceList& list) {
    const auto money = [&](std::int64_t cents) { return context.locale().money({cents, list.currency}); };
    for (const auto& [id, price] : list.products) {
        std::string steps;
        for (const auto& step : price.steps)
            steps += (steps.empty() ? "" : ", ") +
                     (step.from == 1 ? money(step.cents) : fmt::format("from {} {}", step.from, money(step.cents)));
        context.say(fmt::format("  {:16} {}", id, steps));
    }
    for (const auto& [id, price] : list.packages)
        context.say(fmt::format("  {:16} {} a set", "package " + id, money(price.cents)));
    for (const auto& [id, option] : list.options)
        context.say(fmt::format("  {:16} {}, {} a{} {}", "option " + id, option.name,
                                option.percent > 0 ? context.locale().percent(option.percent, 0) : money(option.cents),
                                option.per == pricing::OptionPer::Order ? "n" : "", toString(option.per)));
    for (const auto& bundle : list.bundles)
        context.say(fmt::format("  {:16} {}, {}", "bundle " + bundle.id, bundle.name, money(bundle.cents)));
}

int sayChecked(Context& context, const Path& file, const PriceList& list) {
    context.say(fmt::format("{}: price list {}, {} products, in {}.", file.string(), list.version, list.products.size(),
                            list.currency));
    for (const std::string& id : list.unpriced())
        context.say(fmt::format("  {} has no price and cannot be ordered.", id));
    context.answer(describe(file, list));
    return exitOk;
}

int showPrices(Context& context) {
    const auto list = listThatHolds(context);
    if (!list) return context.complain(list.error());
    const int code = sayChecked(context, list->first, list->second);
    sayList(context, list->second);
    return code;
}

int checkPrices(Context& context, const std::string& file) {
    const auto catalog = context.catalog();
    if (!catalog) return context.complain(catalog.error());
    const auto list = PriceList::read(file, **catalog);
    if (list) return sayChecked(context, file, *list);
    // Every mistake of the file, not only the first.
    context.say(list.error().detail);
    return context.complain(list.error());
}

/// What is taken off, for people: "10 %", "€5.00", "3 for 2".
std::string offOf(const Context& context, const PriceList& list, const Promotion& promotion) {
    switch (promotion.kind) {
        case pricing::PromotionKind::Percent:
            return context.locale().percent(promotion.percent, 0);
        case pricing::PromotionKind::Amount:
            return context.locale().money({promotion.cents, list.currency});
        case pricing::PromotionKind::BuyGet:
            return fmt::format("{} for {}", promotion.buy + promotion.get, promotion.buy);
    }
    return {};
}

int listPromotions(Context& context) {
    const auto list = listThatHolds(context);
    if (!list) return context.complain(list.error());
    nlohmann::json all = nlohmann::json::array();
    const auto now = pricing::LocalMoment::of(SystemClock().now());
    for (const Promotion& one : list->second.promotions) {
        const bool holds = one.window.holds(now);
        context.say(fmt::format("{}  {}, {}{}{}{}", one.id, one.name, offOf(context, list->second, one),
                                one.code.empty() ? "" : ", code " + one.code,
                                one.firstOrderOnly ? ", first orders only" : "", holds ? "" : ", not now"));
        all.push_back(describe(one));
        all.back()["holdsNow"] = holds;
    }
    if (list->second.promotions.empty()) context.say("There are no promotions.");
    context.answer({{"file", list->first.string()}, {"promotions", all}});
    return exitOk;
}

struct QuoteRequest {
    std::vector<std::string> lines, options;
    std::string code, reduce;
    bool isFirstOrder = false;
};

Result<pricing::CartLine> parseLine(const std::string& text) {
    const std::size_t equals = text.find('=');
    pricing::CartLine line{.product = text.substr(0, equals)};
    if (line.product.empty())
        return fail(Code::NotFound, "product-unknown", "Name a product and how many: 10x15=24.", text);
    if (line.product.starts_with("package:")) line.package = std::exchange(line.product, {}).substr(8);
    if (equals == std::string::npos) return line;
    const std::string copies = text.substr(equals + 1);
    const auto [end, error] = std::from_chars(copies.data(), copies.data() + copies.size(), line.copies);
    if (error != std::errc() || end != copies.data() + copies.size())
        return fail(Code::Invalid, "bad-copies", "Choose between 1 and 999 copies.", text);
    return line;
}

/// An option is of the lines that it may be of, or of the order.
void choose(const PriceList& list, const std::string& id, shop::QuoteOrder& order) {
    const auto found = list.options.find(id);
    if (found == list.options.end() || found->second.per == pricing::OptionPer::Order) {
        order.options.push_back(id);
        return;
    }
    const auto& products = found->second.products;
    bool isChosen = false;
    for (pricing::CartLine& line : order.lines) {
        if (!products.empty() && std::ranges::find(products, line.product) == products.end()) continue;
        line.options.push_back(id);
        isChosen = true;
    }
    if (!isChosen && !order.lines.empty()) order.lines.front().options.push_back(id);  // the shop says that it is not
}

void sayQuote(const Context& context, const shop::Quote& quote) {
    const words::Locale& locale = context.locale();
    for (const auto& line : quote.lines) {
        const std::string what = line.package.empty() ? line.product : "package " + line.package;
        const std::string each = line.each ? fmt::format(" at {}", locale.money(*line.each)) : "";
        context.say(fmt::format("{} × {}{}: {}", line.copies, what, each, locale.money(line.total)));
        for (const auto& option : line.options)
            context.say(fmt::format("  {}: {}", option.name, locale.money(option.amount)));
    }
    for (const auto& discount : quote.discounts) {
        const bool isOverride = discount.kind == pricing::DiscountKind::Override;
        const std::string name =
            isOverride ? words::say(locale, "price.override", {{"why", discount.id}}) : discount.name;
        context.say(fmt::format("{}: -{}", name, locale.money(discount.amount)));
    }
    for (const auto& extra : quote.extras)
        context.say(fmt::format("{}: {}", words::extra(locale, extra), locale.money(extra.amount)));
    for (const std::string& sum : words::sums(locale, quote)) context.say(sum);
    for (const auto& note : quote.notes) context.say("  " + words::sentence(locale, note));
}

int quoteOf(Context& context, const QuoteRequest& request) {
    shop::QuoteOrder order{.lines = {}, .options = {}, .code = request.code, .isFirstOrder = request.isFirstOrder};
    for (const std::string& text : request.lines) {
        auto line = parseLine(text);
        if (!line) return context.complain(line.error());
        order.lines.push_back(*std::move(line));
    }
    const auto list = listThatHolds(context);
    if (!list) return context.complain(list.error());
    for (const std::string& id : request.options) choose(list->second, id, order);
    if (!request.reduce.empty()) {
        const auto amount = parseMoney(request.reduce, list->second.currency);
        if (!amount) return context.complain(amount.error());
        order.override = pricing::PriceOverride{*amount, "asked"};
    }
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto quote = (*shop)->ask(order);
    if (!quote) return context.complain(quote.error());
    sayQuote(context, *quote);
    context.answer({{"quote", nlohmann::json::parse(contone::json::write(*quote))}});
    return exitOk;
}

}  // namespace

void addPrice(const Command& program, Context& context) {
    const auto price = program.add("price", "The price list");
    const auto show = price.add("show", "What everything costs, by the list that holds");
    show.does([&context] { return showPrices(context); });
    const auto check = price.add("check", "Whether a price list can be used, before it is put in its place");
    auto file = std::make_shared<std::string>();
    check.option("FILE", *file, "A price list (TOML)").required();
    check.does([&context, file] { return checkPrices(context, *file); });

    const auto quote = program.add("quote", "What prints would cost");
    auto request = std::make_shared<QuoteRequest>();
    quote.option("PRODUCT=COPIES", request->lines, "As 10x15=24; package:classic=2 for sets of a package").required();
    quote.option("--option", request->options, "An option of the price list; may be given several times").oneEachTime();
    quote.option("--code", request->code, "The code of a promotion");
    quote.option("--reduce", request->reduce, "What a supervisor would take off, as 2.00");
    quote.flag("--first-order", request->isFirstOrder, "As for a customer who never ordered before");
    quote.does([&context, request] { return quoteOf(context, *request); });

    const auto promo = program.add("promo", "Promotions");
    const auto list = promo.add("list", "All of the price list, and whether they hold now");
    list.does([&context] { return listPromotions(context); });
}

}  // namespace contone::cli
