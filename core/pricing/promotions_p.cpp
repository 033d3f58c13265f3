// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The one promotion of an order.
#include <algorithm>
#include <cctype>
#include <tuple>

#include "core/pricing/reductions_p.h"
#include "core/pricing/shares_p.h"

namespace contone::pricing {

namespace {

bool isFor(const Promotion& promotion, const std::string& product) {
    return promotion.products.empty() || std::ranges::find(promotion.products, product) != promotion.products.end();
}

bool isForLine(const Promotion& promotion, const CountedLine& line) {
    if (!line.asked->package.empty()) return promotion.products.empty() && promotion.kind != PromotionKind::BuyGet;
    return isFor(promotion, line.asked->product);
}

/// Whether there is something in the order that it is for. Once there is, more copies do not change that.
bool meets(const Promotion& promotion, const CountedCart& cart) {
    if (promotion.kind != PromotionKind::BuyGet)
        return std::ranges::any_of(cart.lines, [&](const CountedLine& line) { return isForLine(promotion, line); });
    return std::ranges::any_of(
        cart.copies, [&](const auto& one) { return isFor(promotion, one.first) && one.second > promotion.buy; });
}

/// A bundle whose products are all of the promotion, or all not, keeps its saving; else more of one product could
/// change which lines the promotion counts, and more copies could cost less. What is given for nothing by number is
/// counted without bundles.
bool goesWith(const Bundle& bundle, const Promotion& promotion) {
    const auto of = std::ranges::count_if(bundle.set, [&](const auto& one) { return isFor(promotion, one.first); });
    return of == 0 || (of == std::ssize(bundle.set) && promotion.kind != PromotionKind::BuyGet);
}

/// So many prints of one product are paid: of each `buy + get`, `buy`.
int paidOf(const Promotion& promotion, int copies) {
    const int round = promotion.buy + promotion.get;
    return copies / round * promotion.buy + std::min(copies % round, promotion.buy);
}

Reductions withPromotion(const PriceList& list, const CountedCart& cart, const Promotion& promotion) {
    std::vector<const Bundle*> bundles;
    for (const Bundle& bundle : list.bundles)
        if (goesWith(bundle, promotion)) bundles.push_back(&bundle);
    Reductions taken = takeBundles(list, cart, bundles);
    taken.promotion = &promotion;
    std::int64_t cents = 0;
    if (promotion.kind == PromotionKind::BuyGet) {
        for (const auto& [product, copies] : cart.copies) {
            if (!isFor(promotion, product)) continue;
            const auto& steps = list.products.at(product).steps;
            const std::int64_t off = cart.ladders.at(product).cost - ladderPrice(steps, paidOf(promotion, copies)).cost;
            cart.share(
                off, cart.alike.at(product), [&](int line) { return cart.lines[std::size_t(line)].prints; },
                taken.byLine);
            cents += off;
        }
    } else {
        std::vector<int> lines;
        std::int64_t base = 0;
        for (std::size_t i = 0; i < cart.lines.size(); ++i) {
            if (!isForLine(promotion, cart.lines[i])) continue;
            lines.push_back(int(i));
            base += cart.lines[i].total - taken.byLine[i];
        }
        cents = promotion.kind == PromotionKind::Percent ? nearestPart(base, promotion.percent, 100)
                                                         : std::min(base, promotion.cents);
        const std::vector<std::int64_t> before = taken.byLine;
        cart.share(
            cents, lines, [&](int line) { return cart.lines[std::size_t(line)].total - before[std::size_t(line)]; },
            taken.byLine);
    }
    if (cents > 0) taken.all.push_back({DiscountKind::Promotion, promotion.id, promotion.name, 1, cents});
    taken.saved += cents;
    return taken;
}

bool holds(const Promotion& promotion, const Cart& cart, const LocalMoment& when) {
    return promotion.window.holds(when) && (!promotion.firstOrderOnly || cart.isFirstOrder);
}

Result<void> checkCode(const PriceList& list, const Cart& cart, const LocalMoment& when) {
    if (cart.code.empty()) return {};
    bool isKnown = false;
    for (const Promotion& promotion : list.promotions) {
        if (!isCodeOf(promotion, cart.code)) continue;
        if (holds(promotion, cart, when)) return {};
        isKnown = true;
    }
    if (!isKnown)
        return fail(Code::NotFound, "promotion-unknown", "This code is not known here. Check it, or leave it out.",
                    cart.code);
    return fail(Code::Conflict, "promotion-over",
                "This code does not hold now, or not for this order. Leave it out, or ask for its terms.", cart.code);
}

}  // namespace

bool isCodeOf(const Promotion& promotion, const std::string& code) {
    const auto capital = [](char c) { return char(std::toupper(static_cast<unsigned char>(c))); };
    return !code.empty() && std::ranges::equal(promotion.code, code, {}, capital, capital);
}

Result<Reductions> reduce(const PriceList& list, const Cart& cart, const CountedCart& counted,
                          const LocalMoment& when) {
    CONTONE_CHECK(checkCode(list, cart, when));
    std::vector<const Bundle*> bundles;
    for (const Bundle& bundle : list.bundles) bundles.push_back(&bundle);
    Reductions best = takeBundles(list, counted, bundles);
    std::optional<Reductions> chosen;
    for (const Promotion& promotion : list.promotions) {  // highest priority first, then by id
        if (chosen && promotion.priority < chosen->promotion->priority) break;
        const bool isGiven = promotion.code.empty() || isCodeOf(promotion, cart.code);
        if (!isGiven || !holds(promotion, cart, when) || !meets(promotion, counted)) continue;
        Reductions with = withPromotion(list, counted, promotion);
        if (!chosen || with.saved > chosen->saved) chosen = std::move(with);
    }
    if (chosen && chosen->saved > best.saved) best = *std::move(chosen);
    return best;
}

}  // namespace contone::pricing
