// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks a cart against a list, counts products over all lines and prices them and their options.
#include "core/pricing/counted_p.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "core/json/json.h"
#include "core/pricing/shares_p.h"

namespace contone::pricing {

namespace {

std::set<std::string> optionsOf(const CartLine& line) {
    return {line.options.begin(), line.options.end()};
}

Result<void> checkLine(const PriceList& list, const CartLine& line) {
    if (line.product.empty() == line.package.empty())
        return fail(Code::Invalid, "line-ambiguous",
                    "A line has prints of one product or sets of one package, not both. Make two lines of it.");
    if (!line.package.empty()) {
        if (list.packages.contains(line.package)) return {};
        return fail(Code::NotFound, "product-unpriced",
                    "The package \"" + line.package + "\" has no price in this shop. Add it to the price list.");
    }
    const auto name = list.catalogue.find(line.product);
    if (name == list.catalogue.end())
        return fail(Code::NotFound, "product-unknown",
                    "There is no product \"" + line.product + "\" in this shop. Choose another one.");
    if (list.products.contains(line.product)) return {};
    return fail(Code::NotFound, "product-unpriced",
                "The product \"" + name->second + "\" has no price in this shop. Add it to the price list.",
                line.product);
}

/// The lines by what is in them. Lines that are alike in everything keep their order: which is which makes no
/// difference to anybody.
std::vector<int> ranksOf(const Cart& cart) {
    std::vector<std::set<std::string>> options;
    for (const CartLine& line : cart.lines) options.push_back(optionsOf(line));
    std::vector<int> order(cart.lines.size()), ranks(cart.lines.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](int a, int b) {
        const CartLine &left = cart.lines[std::size_t(a)], &right = cart.lines[std::size_t(b)];
        return std::tie(left.product, left.package, left.copies, options[std::size_t(a)]) <
               std::tie(right.product, right.package, right.copies, options[std::size_t(b)]);
    });
    for (std::size_t i = 0; i < order.size(); ++i) ranks[std::size_t(order[i])] = int(i);
    return ranks;
}

/// Percents of what the prints that have the option cost by themselves, so that prints without it do not change it.
void addPercents(const PriceList& list, CountedCart& counted) {
    std::map<std::pair<std::string, const Option*>, std::vector<int>> groups;
    for (std::size_t i = 0; i < counted.lines.size(); ++i)
        for (const OptionCents& chosen : counted.lines[i].options)
            if (chosen.option->percent > 0) groups[{counted.lines[i].asked->product, chosen.option}].push_back(int(i));
    std::vector<std::int64_t> cents(counted.lines.size());
    for (const auto& [key, group] : groups) {
        std::ranges::fill(cents, 0);
        const auto& [product, option] = key;
        int copies = 0;
        for (const int line : group) copies += counted.lines[std::size_t(line)].asked->copies;
        if (product.empty()) {  // packages: each by itself
            for (const int line : group)
                cents[std::size_t(line)] = nearestPart(counted.lines[std::size_t(line)].prints, option->percent, 100);
        } else {
            const std::int64_t base = ladderPrice(list.products.at(product).steps, copies).cost;
            counted.share(
                nearestPart(base, option->percent, 100), group,
                [&](int line) { return counted.lines[std::size_t(line)].asked->copies; }, cents);
        }
        for (const int line : group)
            std::ranges::find(counted.lines[std::size_t(line)].options, option, &OptionCents::option)->cents +=
                cents[std::size_t(line)];
    }
}

}  // namespace

void CountedCart::addShares(std::int64_t amount, const std::vector<std::int64_t>& weights,
                            const std::vector<int>& ranks, const std::vector<int>& group,
                            std::vector<std::int64_t>& into) {
    const auto parts = sharesOf(amount, weights, ranks);
    for (std::size_t i = 0; i < group.size(); ++i) into[std::size_t(group[i])] += parts[i];
}

Result<const Option*> optionFor(const PriceList& list, const std::string& id, const CartLine* asked) {
    const auto found = list.options.find(id);
    if (found == list.options.end())
        return fail(Code::NotFound, "option-unknown", "There is no option \"" + id + "\" in this shop. Leave it out.");
    const Option& option = found->second;
    const bool isForOrder = option.per == OptionPer::Order;
    if (isForOrder != (asked == nullptr))
        return fail(Code::NotFound, "option-unknown",
                    isForOrder
                        ? "The option \"" + id + "\" is for a whole order, not for single lines. Choose it there."
                        : "The option \"" + id + "\" is for single lines, not for a whole order. Choose it there.");
    const bool isForAll = option.products.empty() || asked == nullptr;
    if (!isForAll && std::ranges::find(option.products, asked->product) == option.products.end())
        return fail(Code::NotFound, "option-unknown",
                    "The option \"" + id + "\" is not for this product. Leave it out.",
                    asked->product + asked->package);
    return &option;
}

Result<CountedCart> count(const PriceList& list, const Cart& cart) {
    if (cart.lines.size() > mostLines)
        return fail(Code::Invalid, "order-too-large",
                    "An order has at most " + std::to_string(mostLines) + " prints. Make two orders of it.",
                    std::to_string(cart.lines.size()) + " lines");
    CONTONE_CHECK(json::checkRanges(cart));
    CountedCart counted;
    counted.ranks = ranksOf(cart);
    for (const CartLine& line : cart.lines) {
        CONTONE_CHECK(checkLine(list, line));
        CountedLine& made = counted.lines.emplace_back();
        made.asked = &line;
        if (line.package.empty()) {
            made.taxClass = &list.products.at(line.product).taxClass;
            counted.copies[line.product] += line.copies;
            counted.alike[line.product].push_back(int(counted.lines.size()) - 1);
        } else {
            const PackagePrice& package = list.packages.at(line.package);
            made.taxClass = &package.taxClass;
            made.prints = package.cents * line.copies;
        }
        for (const std::string& id : optionsOf(line)) {
            CONTONE_TRY(const Option* option, optionFor(list, id, &line));
            made.options.push_back({option, option->cents * (option->per == OptionPer::Print ? line.copies : 1)});
        }
    }
    std::vector<std::int64_t> prints(counted.lines.size());
    for (const auto& [product, copies] : counted.copies) {
        const LadderPrice& price = counted.ladders[product] = ladderPrice(list.products.at(product).steps, copies);
        counted.share(
            price.cost, counted.alike.at(product),
            [&](int line) { return counted.lines[std::size_t(line)].asked->copies; }, prints);
    }
    addPercents(list, counted);
    for (std::size_t i = 0; i < counted.lines.size(); ++i) {
        CountedLine& line = counted.lines[i];
        line.prints += prints[i];
        line.total = line.prints;
        for (const OptionCents& chosen : line.options) line.total += chosen.cents;
    }
    return counted;
}

}  // namespace contone::pricing
