// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Cart: what a customer would order, as far as it decides the price.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/money.h"
#include "core/json/fields.h"

namespace contone::pricing {

constexpr json::Range copiesOfOne{1, 999, "bad-copies", "Choose between 1 and 999 copies."};

/// As many as an order may have prints: each line has one at least.
constexpr std::size_t mostLines = 5000;

struct CartLine {
    std::string product;                    ///< none with a package
    int copies = 1;                         ///< 1…999 prints, or sets of a package
    std::vector<std::string> options = {};  ///< ids, in any order; twice counts once
    std::string package = {};               ///< instead of a product: an id of a package
    bool operator==(const CartLine&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("product", &CartLine::product, json::Absent::KeepsDefault),
                          json::field("copies", &CartLine::copies, copiesOfOne),
                          json::field("options", &CartLine::options, json::Absent::KeepsDefault),
                          json::field("package", &CartLine::package, json::Absent::KeepsDefault));
    }
};

/// What somebody takes off the price who may: of what bundles and promotions leave, before tax that comes on top.
struct PriceOverride {
    Money amount;        ///< above 0
    std::string reason;  ///< kebab case, never a person's words
    bool operator==(const PriceOverride&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("amount", &PriceOverride::amount), json::field("reason", &PriceOverride::reason));
    }
};

struct Cart {
    std::vector<CartLine> lines;
    std::vector<std::string> options = {};  ///< of the whole order
    std::string code = {};                  ///< of a promotion; empty: none
    bool isFirstOrder = false;
    std::string currency = {};  ///< in which the customer saw prices before; empty: none were seen
    std::optional<PriceOverride> override = {};
    bool operator==(const Cart&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("lines", &Cart::lines),
                          json::field("options", &Cart::options, json::Absent::KeepsDefault),
                          json::field("code", &Cart::code, json::Absent::KeepsDefault),
                          json::field("isFirstOrder", &Cart::isFirstOrder, json::Absent::KeepsDefault),
                          json::field("currency", &Cart::currency, json::Absent::KeepsDefault),
                          json::field("override", &Cart::override));
    }
};

}  // namespace contone::pricing
