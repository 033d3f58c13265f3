// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ./dev bench pricing: how long a quote takes. The goal is 1 ms for 200 lines.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/core/pricing/lists.h"

using namespace contone::pricing;

namespace {

void row(const char* name, int rounds, const PriceList& list, const Cart& cart) {
    std::vector<double> took;
    for (int i = 0; i < rounds; i++) {
        const auto before = std::chrono::steady_clock::now();
        const auto made = quote(list, cart, noon);
        const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - before;
        if (!made) std::abort();
        took.push_back(passed.count());
    }
    std::ranges::sort(took);
    std::printf("| %-48s | %.3f | %.3f | %.3f |\n", name, took.front(), took[took.size() / 2], took.back());
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 200;
    Chance chance(7);
    PriceList list = smallList();
    Cart cart;
    const char* const products[] = {"10x15", "13x18", "20x30", "card"};
    for (int i = 0; i < 200; i++) {
        CartLine line{products[chance.from(0, 3)], chance.from(1, 4)};
        if (chance.oneIn(3)) line.options.push_back("white-border");
        cart.lines.push_back(line);
    }
    std::printf("| 200 lines of four products | ms min | median | max |\n|---|---|---|---|\n");
    row("ladders, options and tax", rounds, list, cart);
    Promotion ten{"ten", "Ten percent"};
    ten.percent = 10;
    list.promotions.push_back(ten);
    row("and a promotion", rounds, list, cart);
    list.bundles = {{"wall", "Wall set", 1199, 0, 40, {{"20x30", 1}, {"13x18", 4}}}};
    row("and a bundle of at most 40", rounds, list, cart);
    list.bundles = {{"a", "A", 1199, 2, 16, {{"20x30", 1}, {"13x18", 4}}},
                    {"b", "B", 999, 1, 16, {{"13x18", 8}}},
                    {"c", "C", 1499, 0, 16, {{"20x30", 2}, {"card", 3}}}};
    row("and three that share products, 4913 ways", rounds, list, cart);
}
