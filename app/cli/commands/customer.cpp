// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// contone customer, contone retention: what the shop has of people, given to them and erased.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "app/cli/commands/commands.h"
#include "app/cli/shop_words.h"
#include "core/words/order_words.h"

namespace contone::cli {
namespace {

struct CustomerRequest {
    std::string order, phone, folder, reason = "customer-asked";
};

/// The orders that are meant: one, or all of a phone number.
Result<std::vector<OrderId>> ordersOf(shop::Shop& shop, const CustomerRequest& request) {
    if (request.phone.empty()) {
        CONTONE_TRY(const order::Order order, findOrder(shop, request.order));
        return std::vector{order.id};
    }
    CONTONE_TRY(auto found, shop.ask(shop::FindCustomer{request.phone}));
    return std::move(found.orders);
}

int findCustomer(Context& context, const CustomerRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto orders = ordersOf(**shop, request);
    if (!orders) return context.complain(orders.error());
    nlohmann::json all = nlohmann::json::array();
    for (const OrderId& id : *orders) {
        const auto order = (*shop)->ask(shop::ShowOrder{id});
        if (!order) return context.complain(order.error());
        context.say(fmt::format("Order {} ({}): {}", order->number, order->code.toString(),
                                words::standing(context.locale(), order->standing())));
        all.push_back(describe(*order));
    }
    if (orders->empty()) context.say("No order has this phone number.");
    context.answer({{"orders", all}});
    return exitOk;
}

/// A name for a photo that its customer knows and that no other photo of the export has.
std::string exportName(std::string brought, const Sha256& original, std::set<std::string>& taken) {
    for (char& c : brought)
        if (c == '/' || static_cast<unsigned char>(c) < 0x20) c = '_';
    if (brought.empty() || brought.starts_with('.') || brought.size() > 200) brought = original.toString();
    if (!taken.insert(brought).second) {
        brought = original.toString().substr(0, 8) + "-" + brought;
        taken.insert(brought);
    }
    return brought;
}

Result<void> exportPhoto(shop::Shop& shop, OrderId order, const shop::HeldPhoto& photo, const Path& to) {
    Bytes whole;
    for (bool more = true; more;) {
        CONTONE_TRY(const shop::PhotoPiece piece,
                    shop.ask(shop::ReadOriginal{order, photo.original, static_cast<std::int64_t>(whole.size())}));
        whole.insert(whole.end(), piece.bytes.begin(), piece.bytes.end());
        more = piece.more && !piece.bytes.empty();
    }
    if (Sha256::of(whole) != photo.original)
        return fail(Code::Corrupt, "original-damaged", "A photo changed on its way. Export again.", to.string());
    return writeFileDurably(to, std::string_view(reinterpret_cast<const char*>(whole.data()), whole.size()));
}

/// The names of the photos of a record, by their hash, as they were brought.
std::map<Sha256, std::string> namesOf(const shop::CustomerRecord& record) {
    std::map<Sha256, std::string> names;
    for (std::size_t i = 0; i < record.order.lines.size() && i < record.fileNames.size(); i++) {
        const order::OrderLine& line = record.order.lines[i];
        if (!line.design) names[line.original] = record.fileNames[i];
    }
    return names;
}

int exportCustomer(Context& context, const CustomerRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto orders = ordersOf(**shop, request);
    if (!orders) return context.complain(orders.error());
    const Path folder = request.folder;
    std::error_code failed;
    if (std::filesystem::exists(folder, failed))
        return context.complain(
            Error{Code::Conflict, "output-exists", "There is such a folder already. Name a new one.", folder.string()});
    if (const auto made = makeDirectories(folder, Access::Private); !made) return context.complain(made.error());
    nlohmann::json all = nlohmann::json::array();
    std::set<std::string> taken{"customer.json"};
    int photos = 0, missing = 0;
    for (const OrderId& id : *orders) {
        const auto record = (*shop)->ask(shop::ExportCustomer{id});
        if (!record) return context.complain(record.error());
        auto written = nlohmann::json::parse(json::write(*record));
        auto names = namesOf(*record);
        for (std::size_t i = 0; i < record->photos.size(); i++) {
            const shop::HeldPhoto& photo = record->photos[i];
            if (photo.bytes == 0) {
                missing++;
                continue;
            }
            const std::string name = exportName(names[photo.original], photo.original, taken);
            if (const auto done = exportPhoto(**shop, id, photo, folder / name); !done)
                return context.complain(done.error());
            written["photos"][i]["file"] = name;
            photos++;
        }
        all.push_back(std::move(written));
    }
    const nlohmann::json whole{{"orders", all}};
    if (const auto done = writeFileDurably(folder / "customer.json", whole.dump(2) + "\n"); !done)
        return context.complain(done.error());
    context.say(fmt::format("{} order{} and {} photo{} are in {}.{}", orders->size(), orders->size() == 1 ? "" : "s",
                            photos, photos == 1 ? "" : "s", folder.string(),
                            missing > 0 ? fmt::format(" {} photos are not in the shop any more.", missing) : ""));
    context.answer({{"orders", orders->size()}, {"photos", photos}, {"missing", missing}});
    return exitOk;
}

int eraseCustomer(Context& context, const CustomerRequest& request) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto orders = ordersOf(**shop, request);
    if (!orders) return context.complain(orders.error());
    shop::ErasureReceipt sum;
    for (const OrderId& id : *orders) {
        const auto one = (*shop)->ask(shop::EraseCustomer{id, request.reason});
        if (!one) return context.complain(one.error());
        sum = {one->at, sum.orders + one->orders, sum.destroyed + one->destroyed, sum.keptPhotos + one->keptPhotos,
               one->inBackupsUntil};
    }
    sayErased(context, sum);
    context.answer({{"receipt", nlohmann::json::parse(json::write(sum))}});
    return exitOk;
}

int sayRetention(Context& context, const shop::RetentionReport& report) {
    for (const shop::RetainedClass& one : report.classes)
        context.say(fmt::format("{:12} {:6} kept, {:4} due; nothing happened to the oldest since {}",
                                toString(one.what), one.kept, one.due, localTime(one.oldest)));
    if (report.classes.empty()) context.say("Nothing of any customer is kept.");
    if (report.strayPhotos > 0)
        context.say(fmt::format("{} photos that came in were never ordered, and are due.", report.strayPhotos));
    if (report.erased + report.destroyed + report.failed > 0)
        context.say(fmt::format(
            "Erased: {} orders and drafts, {} photos and texts.{}", report.erased, report.destroyed,
            report.failed > 0 ? fmt::format(" {} could not be erased now: the log says why.", report.failed) : ""));
    context.answer({{"retention", nlohmann::json::parse(json::write(report))}});
    return exitOk;
}

template <class Asked>
int retention(Context& context) {
    const auto shop = context.shop();
    if (!shop) return context.complain(shop.error());
    const auto report = (*shop)->ask(Asked{});
    return report ? sayRetention(context, *report) : context.complain(report.error());
}

}  // namespace

void sayErased(const Context& context, const shop::ErasureReceipt& receipt) {
    context.say(receipt.orders > 0 ? fmt::format("Erased: names, phone numbers, file names and designs of {} order{}.",
                                                 receipt.orders, receipt.orders == 1 ? "" : "s")
                                   : "There was nothing to erase.");
    context.say(fmt::format(
        "{} photos and texts are destroyed{}. Amounts and receipt numbers stay; they name nobody.", receipt.destroyed,
        receipt.keptPhotos > 0 ? fmt::format("; {} stay, because other orders show them too", receipt.keptPhotos)
                               : ""));
    context.say(
        receipt.inBackupsUntil
            ? fmt::format("Backups that were made before can be opened until {}.", localTime(*receipt.inBackupsUntil))
            : "How long backups can still be opened, this shop does not say (backup_days in shop.toml).");
}

void addCustomer(const Command& program, Context& context) {
    const auto customer = program.add("customer", "What the shop has of a customer");
    const auto add = [&](const char* name, const char* help, int (*run)(Context&, const CustomerRequest&)) {
        const auto command = customer.add(name, help);
        auto request = std::make_shared<CustomerRequest>();
        command.option("ORDER", request->order, "Its number, code or id");
        command.option("--phone", request->phone, "Instead: all orders with this phone number");
        command.does([&context, request, run] {
            if (request->order.empty() == request->phone.empty())
                return context.complain(
                    Error{Code::Invalid, "bad-options", "Name an order, or a phone number with --phone."});
            return run(context, *request);
        });
        return std::pair(command, request);
    };
    add("find", "The orders of a customer", findCustomer);
    const auto [exporting, request] =
        add("export", "All that the shop has of a customer, with the photos", exportCustomer);
    exporting.option("--to", request->folder, "A new folder").required();
    const auto [erasing, why] = add("erase", "Erase a customer for good: words, photos and their keys", eraseCustomer);
    erasing.option("--reason", why->reason, "Why, in a word (default: customer-asked)");

    const auto policy = program.add("retention", "What is kept of customers, and for how long");
    policy.add("show", "What is kept, and what is due to go").does([&context] {
        return retention<shop::ShowRetention>(context);
    });
    policy.add("run", "Erase what is due; the agent does so every hour").does([&context] {
        return retention<shop::ApplyRetention>(context);
    });
}

}  // namespace contone::cli
