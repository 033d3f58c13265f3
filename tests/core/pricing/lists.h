// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Price lists that tests of prices are about: a small one of round figures, and any number of random ones.
#pragma once

#include <algorithm>
#include <random>

#include "core/pricing/quote.h"

namespace contone::pricing {

/// 10x15 has the ladder of resources/prices/standard.toml; 13x18 and 20x30 two steps; a card is taxed at 7 %.
inline PriceList smallList() {
    PriceList list;
    list.version = "test-1";
    list.tax = {"de", TaxPlacement::Included, TaxRounding::Rate, {{"standard", 1900}, {"reduced", 700}}, "standard"};
    list.products = {{"10x15", {"standard", {{1, 59}, {25, 45}, {50, 35}, {100, 25}, {250, 19}}}},
                     {"13x18", {"standard", {{1, 199}, {10, 149}}}},
                     {"20x30", {"standard", {{1, 699}, {5, 599}}}},
                     {"card", {"reduced", {{1, 249}}}}};
    list.packages = {{"classic", {"standard", 1999}}};
    list.catalogue = {
        {"10x15", "10 × 15 cm"}, {"13x18", "13 × 18 cm"}, {"20x30", "20 × 30 cm"}, {"card", "Card"}, {"mug", "Mug"}};
    list.options = {{"white-border", {"white-border", "White border", OptionPer::Line, 0, 0, {}}},
                    {"retouch", {"retouch", "Retouched", OptionPer::Print, 50, 0, {"13x18", "20x30"}}},
                    {"framed", {"framed", "Framed", OptionPer::Line, 0, 50, {"20x30"}}},
                    {"rush", {"rush", "Rush", OptionPer::Order, 0, 25, {}}},
                    {"box", {"box", "Gift box", OptionPer::Order, 300, 0, {}}}};
    return list;
}

/// Numbers from a seed, the same on every machine.
class Chance {
  public:
    explicit Chance(std::uint32_t seed) : m_engine(seed) {}
    int from(int least, int most) { return least + int(m_engine() % std::uint32_t(most - least + 1)); }
    bool oneIn(int n) { return from(1, n) == 1; }

  private:
    std::mt19937 m_engine;
};

inline const std::vector<std::string>& randomProducts() {
    static const std::vector<std::string> ids{"a", "b", "c", "d"};
    return ids;
}

inline std::vector<std::string> someOf(Chance& chance, const std::vector<std::string>& all, int oneIn) {
    std::vector<std::string> some;
    for (const std::string& one : all)
        if (chance.oneIn(oneIn)) some.push_back(one);
    return some;
}

inline ProductPrice randomLadder(Chance& chance) {
    ProductPrice price{chance.oneIn(2) ? "high" : "low", {{1, chance.from(0, 900)}}};
    for (int steps = chance.from(0, 4); steps > 0; --steps) {
        const PriceStep& last = price.steps.back();
        price.steps.push_back({last.from + chance.from(1, 30), chance.from(0, int(last.cents))});
    }
    return price;
}

inline PriceList randomList(Chance& chance) {
    PriceList list;
    list.tax = {"x",
                chance.oneIn(2) ? TaxPlacement::Included : TaxPlacement::Excluded,
                chance.oneIn(2) ? TaxRounding::Line : TaxRounding::Rate,
                {{"high", chance.from(0, 3000)}, {"low", chance.from(0, 1000)}},
                "high"};
    list.cashStep = chance.oneIn(2) ? 5 : 1;
    if (chance.oneIn(3)) list.minimumOrder = chance.from(1, 3000);
    if (chance.oneIn(3)) list.depositPercent = chance.from(1, 100);
    for (const std::string& id : randomProducts()) {
        list.products[id] = randomLadder(chance);
        list.catalogue[id] = id;
    }
    list.packages["set"] = {"low", chance.from(0, 3000)};
    list.options = {{"cents", {"cents", "c", OptionPer::Print, chance.from(0, 200), 0, {}}},
                    {"line", {"line", "l", OptionPer::Line, chance.from(0, 500), 0, {}}},
                    {"percent", {"percent", "p", OptionPer::Print, 0, chance.from(1, 150), {}}},
                    {"rush", {"rush", "r", OptionPer::Order, 0, chance.from(1, 100), {}}},
                    {"box", {"box", "b", OptionPer::Order, chance.from(0, 500), 0, {}}}};
    for (int i = chance.from(0, 3); i > 0; --i) {
        Bundle bundle{"bundle" + std::to_string(i), "B", chance.from(1, 2500), chance.from(0, 2), chance.from(1, 4)};
        for (const std::string& product : someOf(chance, randomProducts(), 2)) bundle.set[product] = chance.from(1, 8);
        if (!bundle.set.empty()) list.bundles.push_back(bundle);
    }
    for (int i = chance.from(0, 3); i > 0; --i) {
        Promotion one{"promotion" + std::to_string(i), "P", PromotionKind(chance.from(0, 2))};
        one.percent = chance.from(1, 100);
        one.cents = chance.from(1, 5000);
        one.buy = chance.from(1, 6);
        one.get = chance.from(1, 4);
        one.products = someOf(chance, randomProducts(), 2);
        one.priority = chance.from(0, 2);
        list.promotions.push_back(one);
    }
    const auto byPriority = [](const auto& x, const auto& y) {
        return std::pair(-x.priority, x.id) < std::pair(-y.priority, y.id);
    };
    std::ranges::sort(list.bundles, byPriority);
    std::ranges::sort(list.promotions, byPriority);
    return list;
}

inline Cart randomCart(Chance& chance, int upToLines = 8) {
    Cart cart;
    for (int lines = chance.from(1, upToLines); lines > 0; --lines) {
        CartLine line;
        if (chance.oneIn(10))
            line.package = "set";
        else
            line.product = randomProducts()[std::size_t(chance.from(0, 3))];
        line.copies = chance.oneIn(10) ? chance.from(1, 999) : chance.from(1, 12);
        line.options = someOf(chance, {"cents", "line", "percent"}, 4);
        cart.lines.push_back(line);
    }
    cart.options = someOf(chance, {"rush", "box"}, 4);
    return cart;
}

inline constexpr LocalMoment noon{{2026, 12, 2}, 12 * 60};  ///< a Wednesday

}  // namespace contone::pricing
