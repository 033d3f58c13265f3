// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone order add|list|show|cancel|erase: from photos, alone or in a design, to an order, and back.
#include <fmt/format.h>

#include <cmath>

#include <nlohmann/json.hpp>

#include "app/cli/commands/commands.h"
#include "app/cli/design_request.h"
#include "app/cli/id_photo_request.h"
#include "app/cli/package_request.h"
#include "app/cli/shop_words.h"
#include "app/cli/turn_options.h"
#include "app/host/exit_codes.h"
#include "core/base/parse_money.h"
#include "core/facts/fact_file.h"
#include "core/inspect/faces_on_print.h"
#include "core/render/look_folder.h"
#include "core/words/order_words.h"
#include "core/words/sentences.h"

namespace contone::cli {
namespace {

struct AddRequest {
    std::vector<std::string> files, texts;
    std::string product, name, phone, from, adjust, templateId;
    std::string reduce, reduceReason;
    IdPhotoRequest idPhoto;
    std::string package;
    int copies = 1;
    bool fit = false, middle = false, turnInks = false, asSent = false;
    TurnOptions turn;
};

bool isDesign(const AddRequest& request) {
    return !request.templateId.empty() || !request.idPhoto.document.empty() || !request.package.empty();
}

/// That what was typed goes together. Fails: Invalid "bad-options".
Result<void> check(const AddRequest& request) {
    const auto bad = [](const char* message) { return fail(Code::Invalid, "bad-options", message); };
    if (!request.templateId.empty() + !request.idPhoto.document.empty() + !request.package.empty() > 1)
        return bad("Say one of --template, --id-photo and --package.");
    if (!request.texts.empty() && request.templateId.empty()) return bad("Say which --template the --text is for.");
    if (isDesign(request) && (request.fit || request.middle))
        return bad("A design says itself how it shows its photos: leave out --fit and --middle.");
    return {};
}

/// One photo as one product.
struct Wanted {
    std::string file, product;
    int copies = 1;
    order::PhotoChoices choices;
};

image::PhotoTurn turnOf(const facts::FactTable& print) {
    TurnOptions typed;
    if (print.has("turn")) typed.turn = print.word("turn", {"right", "left", "half"});
    typed.isMirrored = print.flag("mirror", facts::Need::Optional);
    image::PhotoTurn turn = typed.parse().value_or(image::PhotoTurn{});
    constexpr double most = image::PhotoTurn::most / 100.0;
    if (print.has("straighten_degrees"))
        turn.straighten = static_cast<int>(std::lround(print.number("straighten_degrees", -most, most) * 100));
    return turn;
}

/// name = "Ada" (may be left out), and for each photo [[print]] with photo (from the file's folder), product, copies
/// (else 1), fit = "fill" or "whole" (else fill), inks = "as-read" or "turned" (else as-read), adjust (as --adjust),
/// turn (as --turn), mirror, straighten_degrees and as-sent (as --as-sent). Fails: Invalid "order-file"; as
/// readTextFile.
Result<std::vector<Wanted>> readOrderFile(const Path& path, std::string& name) {
    CONTONE_TRY(const facts::FactFile file, facts::FactFile::open(path, "order"));
    const facts::FactTable root = file.root();
    if (const std::string said = root.text("name", facts::Need::Optional); !said.empty()) name = said;
    std::vector<Wanted> wanted;
    for (const facts::FactTable& print : root.tables("print")) {
        Wanted one{(path.parent_path() / print.text("photo")).string(), print.text("product")};
        if (print.has("copies")) one.copies = print.integer("copies", 1, 999);
        if (print.has("fit"))
            one.choices.fit = print.word("fit", {"fill", "whole"}) == "whole" ? order::Fit::Whole : order::Fit::Fill;
        if (print.has("inks") && print.word("inks", {"as-read", "turned"}) == "turned")
            one.choices.inks = image::InkSense::Turned;
        if (print.has("adjust")) {
            CONTONE_TRY(one.choices.adjustments, image::parseAdjustments(print.text("adjust")));
        }
        one.choices.turn = turnOf(print);
        one.choices.asSent = print.flag("as-sent", facts::Need::Optional);
        wanted.push_back(std::move(one));
    }
    CONTONE_CHECK(file.finish(path.stem().string()));
    return wanted;
}

/// Looks of the shop's own by their hash, as orders hold them.
Result<std::vector<Wanted>> resolved(Context& context, Result<std::vector<Wanted>> wanted) {
    if (!wanted) return wanted;
    const render::LookFolder folder(context.places().looks());
    for (Wanted& one : *wanted) {
        CONTONE_TRY(one.choices.adjustments, folder.resolved(std::move(one.choices.adjustments)));
    }
    return wanted;
}

Result<std::vector<Wanted>> wantedBy(AddRequest& request) {
    const auto bad = [](const char* message) { return fail(Code::Invalid, "bad-options", message); };
    if (!request.from.empty()) {
        if (!request.files.empty() || !request.product.empty() || isDesign(request))
            return bad("Name photos and a product, or an order file with --from, not both.");
        return readOrderFile(request.from, request.name);
    }
    if (request.files.empty()) return bad("Name photos, or an order file with --from.");
    if (request.product.empty()) return bad("Say which --product.");
    std::vector<Wanted> wanted;
    wanted.reserve(request.files.size());
    order::PhotoChoices choices;
    if (request.fit) choices.fit = order::Fit::Whole;
    if (request.turnInks) choices.inks = image::InkSense::Turned;
    CONTONE_TRY(choices.turn, request.turn.parse());
    choices.asSent = request.asSent;
    CONTONE_TRY(choices.adjustments, image::parseAdjustments(request.adjust));
    for (const std::string& file : request.files) wanted.push_back({file, request.product, request.copies, choices});
    return wanted;
}

/// The page, or the pages of a package.
Result<std::vector<FilledTemplate>> filledBy(Context& context, const AddRequest& request,
                                             const image::PhotoTurn& turn) {
    std::vector<FilledTemplate> pages;
    if (!request.templateId.empty()) {
        CONTONE_TRY(const layout::Template of, templateNamed(context, request.templateId));
        CONTONE_TRY(FilledTemplate page, fillTemplate(context, of, request.files, request.texts, turn));
        pages.push_back(std::move(page));
        return pages;
    }
    CONTONE_TRY(const auto* catalog, context.catalog());
    CONTONE_TRY(const catalog::Product product, catalog->product(request.product));
    if (!request.package.empty()) return fillPackage(context, request.package, request.files, product.trim, turn);
    if (request.files.size() != 1 || !turn.isNone())
        return fail(Code::Invalid, "bad-options",
                    "A sheet of ID photos is of one photo, which is straightened by the eyes.", {});
    CONTONE_TRY(FilledTemplate page,
                fillIdSheet(context, request.idPhoto, request.files.front(), product.trim, layout::Guides::Hidden));
    pages.push_back(std::move(page));
    return pages;
}

/// A line a page. A design of fewer photos would be another design: one that cannot be read stops it.
Result<std::vector<shop::NewLine>> designLines(Context& context, const AddRequest& request,
                                               const std::vector<Wanted>& wanted) {
    CONTONE_TRY(std::vector<FilledTemplate> pages, filledBy(context, request, wanted.front().choices.turn));
    CONTONE_TRY(shop::Shop* const shop, context.shop());
    std::map<std::string, Sha256> kept;
    for (const Wanted& one : wanted) {
        CONTONE_TRY(const auto original, shop->ask(shop::AddOriginal{.file = one.file, .read = {}}));
        kept.insert_or_assign(one.file, original.original);
    }
    std::vector<shop::NewLine> lines;
    for (FilledTemplate& page : pages) {
        shop::NewLine line{{}, {}, request.product, request.copies, {}, shop::NewDesign{std::move(page.layout), {}}};
        for (const std::string& file : page.files) {
            order::PhotoChoices choices = wanted.front().choices;  // one for all, as typed
            choices.turn = page.turn;
            line.design->photos.push_back({kept.at(file), std::move(choices)});
            line.fileName += (line.fileName.empty() ? "" : ", ") + Path(file).filename().string();
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

/// "2.00" off, in the shop's currency; empty: nothing.
Result<std::optional<pricing::PriceOverride>> overrideOf(shop::Shop& shop, const AddRequest& request) {
    if (request.reduce.empty()) return std::nullopt;
    CONTONE_TRY(const shop::Quote nothing, shop.ask(shop::QuoteOrder{}));
    CONTONE_TRY(const Money amount, parseMoney(request.reduce, nothing.total.currency));
    return pricing::PriceOverride{amount, request.reduceReason};
}

int sayPlaced(Context& context, const order::Order& placed, const nlohmann::json& refused) {
    int prints = 0;
    for (const auto& line : placed.lines) prints += line.copies;
    context.say(fmt::format("Order {} ({}): {} {}, {}", placed.number, placed.code.toString(), prints,
                            prints == 1 ? "print" : "prints", context.locale().money(placed.price.total)));
    context.answer({{"order", describe(placed)}, {"refused", refused}});
    return exitOk;
}

int addDesignOf(Context& context, AddRequest request) {
    const auto wanted = resolved(context, wantedBy(request));
    if (!wanted) return context.complain(wanted.error());
    auto lines = designLines(context, request, *wanted);
    if (!lines) return context.complain(lines.error());
    shop::PlaceOrder place{*std::move(lines), request.name, request.phone};
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto reduced = overrideOf(**shop, request);
    if (!reduced) return context.complain(reduced.error());
    place.override = *reduced;
    const auto placed = (*shop)->ask(place);
    if (!placed) return context.complain(placed.error());
    return sayPlaced(context, *placed, nlohmann::json::array());
}

/// Says so. What cannot be found out stays in the middle.
void keepFaces(Context& context, const std::string& file, const std::string& productId, order::PhotoChoices& choices) {
    const auto catalog = context.catalog();
    if (!catalog) return;
    const auto product = (*catalog)->product(productId);
    if (!product) return;
    const auto crop = inspect::faceKeepingCrop(context.decoder(), file, *product, choices);
    if (!crop || !*crop) return;
    choices.crop = **crop;
    context.say(file + ": the crop was moved so that faces stay whole. --middle leaves it in the middle.");
}

int addOrderOf(Context& context, AddRequest request) {
    if (const auto fine = check(request); !fine) return context.complain(fine.error());
    if (isDesign(request)) return addDesignOf(context, std::move(request));
    auto wanted = resolved(context, wantedBy(request));
    if (!wanted) return context.complain(wanted.error());
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    shop::PlaceOrder order{{}, request.name, request.phone};
    const auto reduced = overrideOf(**shop, request);
    if (!reduced) return context.complain(reduced.error());
    order.override = *reduced;
    nlohmann::json refused = nlohmann::json::array();
    int exit = exitOk;
    for (auto& [file, product, copies, choices] : *wanted) {
        // A photo that cannot be printed does not keep the others waiting.
        const auto kept = (*shop)->ask(shop::AddOriginal{.file = file, .read = {}});
        if (kept) {
            if (!request.middle) keepFaces(context, file, product, choices);
            order.lines.push_back({kept->original, Path(file).filename().string(), product, copies, choices});
            for (const findings::Finding& one : kept->findings)
                context.say(fmt::format("{}: {}", file, words::sentence(context.locale(), one)));
            continue;
        }
        context.complainAbout(file, kept.error());
        refused.push_back({{"file", file}, {"error", toJson(kept.error())}});
        const int code = exitCodeOf(kept.error());
        exit = exit == exitOk || exit == code ? code : exitSeveral;
    }
    if (order.lines.empty()) {
        context.answer({{"order", nullptr}, {"refused", refused}});
        return exit;
    }
    const auto placed = (*shop)->ask(order);
    if (!placed) return context.complain(placed.error());
    sayPlaced(context, *placed, refused);
    return exit;
}

int listOrders(Context& context) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto orders = shop::askUpTo(**shop, shop::ListOrders{}, 200);
    if (!orders) return context.complain(orders.error());
    nlohmann::json list = nlohmann::json::array();
    for (const order::Order& o : orders->items) {
        context.say(fmt::format("{}  {:9}  {:22}  {}  {}", o.number, o.code.toString(),
                                words::standing(context.locale(), o.standing()), localTime(o.placedAt),
                                context.locale().money(o.price.total)));
        list.push_back(describe(o));
    }
    if (orders->items.empty()) context.say("No orders yet.");
    if (orders->more) context.say("There are older ones; these are the newest 200.");
    context.answer({{"orders", list}, {"truncated", orders->more}});
    return exitOk;
}

int showOrder(Context& context, const std::string& which, bool withTimeline) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, which);
    if (!order) return context.complain(order.error());
    if (withTimeline) return sayTimeline(context, *order);
    context.say(fmt::format("Order {} ({}), {}, {}, placed {}", order->number, order->code.toString(),
                            words::standing(context.locale(), order->standing()),
                            context.locale().money(order->price.total), localTime(order->placedAt)));
    for (const auto& line : order->lines)
        context.say(
            fmt::format("  {} × {}, {}{}{}{}", line.copies, line.product, context.locale().money(line.price),
                        line.design ? ". " + words::design(context.locale(), std::ssize(line.design->photos)) : "",
                        line.choices.asSent ? ". " + words::asSent(context.locale()) : "",
                        line.choices.turn.isNone() ? "" : ". " + words::turned(context.locale())));
    const auto check = (*shop)->ask(shop::CheckOrder{.order = order->id});
    if (check) sayFindings(context, *order, *check);  // none, when a photo is gone: the order is there all the same
    context.answer({{"order", describe(*order)}, {"check", check ? describe(*check) : nlohmann::json()}});
    return exitOk;
}

int cancelOrderOf(Context& context, const std::string& which, const std::string& reason) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, which);
    if (!order) return context.complain(order.error());
    const auto cancelled = (*shop)->ask(shop::CancelOrder{order->id, reason});
    if (!cancelled) return context.complain(cancelled.error());
    context.say(fmt::format("Order {} is cancelled.", cancelled->number));
    context.answer({{"order", describe(*cancelled)}});
    return exitOk;
}

int eraseCustomerOf(Context& context, const std::string& which, const std::string& reason) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto order = findOrder(**shop, which);
    if (!order) return context.complain(order.error());
    const auto erased = (*shop)->ask(shop::EraseCustomer{order->id, reason});
    if (!erased) return context.complain(erased.error());
    context.say(fmt::format("Order {}:", order->number));
    sayErased(context, *erased);
    context.answer({{"order", describe(*order)}, {"receipt", nlohmann::json::parse(json::write(*erased))}});
    return exitOk;
}

}  // namespace

void addOrder(const Command& program, Context& context) {
    const auto order = program.add("order", "Place and look up orders");

    const auto add = order.add("add", "Order prints of photos");
    auto request = std::make_shared<AddRequest>();
    add.option("FILE", request->files, "Photos");
    add.option("--product", request->product, "A product, e.g. 10x15");
    const auto byDocument = request->idPhoto.addOptions(add);
    add.option("--template", request->templateId, "All photos in one design: contone template list; or a .toml file")
        .excludes(byDocument);
    add.option("--package", request->package,
               "Prints of several sizes on few sheets: contone template packages; or \"1*20x25cm,8*6x9cm\"");
    add.option("--text", request->texts, "A text of the design, as title=\"Our day\"; may be given several times")
        .oneEachTime();
    add.option("--from", request->from, "Instead: an order file (TOML) with a product and copies for each photo");
    add.option("--copies", request->copies, "Copies of each").between(1, 999);
    add.option("--name", request->name, "The customer's name (kept apart, erasable)");
    add.option("--phone", request->phone, "The customer's phone number (kept apart, erasable)");
    const auto reduce = add.option("--reduce", request->reduce, "Take so much off the price, as 2.00: a supervisor's");
    const auto why = add.option("--reduce-reason", request->reduceReason, "Why, in a word: our-fault");
    reduce.needs(why);
    why.needs(reduce);
    add.flag("--fit", request->fit, "Show whole photos, paper around them");
    add.flag("--middle", request->middle, "Crop from the middle of each photo, also where that cuts a face");
    add.option("--adjust", request->adjust,
               "Light and colours of each, as \"exposure=0.5 look=film*60\": see contone adjust --list");
    request->turn.addOptions(add);
    add.flag("--as-sent", request->asSent,
             "No changes to colour or light: only scaled, converted and sharpened for the paper");
    add.flag("--turn-inks", request->turnInks,
             "Take CMYK photos that do not say how their inks are stored the other way round");
    add.does([&context, request] { return addOrderOf(context, *request); });

    const auto list = order.add("list", "The latest orders");
    list.does([&context] { return listOrders(context); });

    const auto show = order.add("show", "One order");
    auto which = std::make_shared<std::string>();
    show.option("ORDER", *which, "Its number, code or id").required();
    auto withTimeline = std::make_shared<bool>(false);
    show.flag("--timeline", *withTimeline, "All that happened to it");
    show.does([&context, which, withTimeline] { return showOrder(context, *which, *withTimeline); });

    const auto cancel = order.add("cancel", "Cancel an order of which nothing has been printed");
    auto reason = std::make_shared<std::string>();
    cancel.option("ORDER", *which, "Its number, code or id").required();
    cancel.option("--reason", *reason, "Why, in a word: not-wanted, unpaid");
    cancel.does([&context, which, reason] { return cancelOrderOf(context, *which, *reason); });

    const auto erase = order.add("erase", "Erase the customer's name, file names and designs for good");
    erase.option("ORDER", *which, "Its number, code or id").required();
    auto eraseReason = std::make_shared<std::string>("customer-asked");
    erase.option("--reason", *eraseReason, "Why, in a word (default: customer-asked)");
    erase.does([&context, which, eraseReason] { return eraseCustomerOf(context, *which, *eraseReason); });
}

}  // namespace contone::cli
