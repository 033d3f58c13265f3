// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PriceList: what everything costs in a shop, one data file.
//
// Amounts are whole minor units (cents) of the list's one currency; percents are whole. A value; thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/catalog/product.h"
#include "core/pricing/local_moment.h"

namespace contone::pricing {

/// One print costs `cents` when at least `from` are ordered.
struct PriceStep {
    int from = 1;
    std::int64_t cents = 0;
    bool operator==(const PriceStep&) const = default;
};

struct ProductPrice {
    std::string taxClass;
    std::vector<PriceStep> steps;  ///< `from` rises from 1, `cents` never rise
    bool operator==(const ProductPrice&) const = default;
};

/// One set of prints of several sizes: a file of resources/packages, or the shop's own.
struct PackagePrice {
    std::string taxClass;
    std::int64_t cents = 0;
    bool operator==(const PackagePrice&) const = default;
};

enum class TaxPlacement { Included, Excluded };  ///< whether prices hold the tax, or it comes on top
constexpr auto wordsOf(TaxPlacement) {
    return enumWords<TaxPlacement>("bad-tax-placement", "Say whether prices hold the tax: included or excluded.",
                                   {{TaxPlacement::Included, "included"}, {TaxPlacement::Excluded, "excluded"}});
}
/// Where tax is rounded to whole minor units, half a unit up: on each line, or once for all that has the same rate.
enum class TaxRounding { Line, Rate };
constexpr auto wordsOf(TaxRounding) {
    return enumWords<TaxRounding>("bad-tax-rounding", "Say where tax is rounded: line or rate.",
                                  {{TaxRounding::Line, "line"}, {TaxRounding::Rate, "rate"}});
}

struct Tax {
    std::string region;  ///< "de"
    TaxPlacement placement = TaxPlacement::Included;
    TaxRounding rounding = TaxRounding::Rate;
    std::map<std::string, int> rates;  ///< by class, in hundredths of a percent: 1900 is 19 %
    std::string extrasClass;           ///< of what is charged for the whole order: rush, the surcharge of a small one
    bool operator==(const Tax&) const = default;
    int rateOf(const std::string& taxClass) const;  ///< 0 for a class that is not there
};

enum class OptionPer { Print, Line, Order };
constexpr auto wordsOf(OptionPer) {
    return enumWords<OptionPer>("bad-option-per", "Say what the option is charged for: print, line or order.",
                                {{OptionPer::Print, "print"}, {OptionPer::Line, "line"}, {OptionPer::Order, "order"}});
}
/// Something that a customer may choose besides prints. A percent is one of what the prints that have the option
/// cost by themselves; for an order, of its lines less what is taken off.
struct Option {
    std::string id, name;
    OptionPer per = OptionPer::Print;
    std::int64_t cents = 0;
    int percent = 0;
    std::vector<std::string> products;  ///< none: for all, packages too
    bool operator==(const Option&) const = default;
};

/// So many prints of some products, together for less than each by itself.
struct Bundle {
    std::string id, name;
    std::int64_t cents = 0;
    int priority = 0;                ///< between ways that cost the same, the one with more of the higher is taken
    int most = 1;                    ///< in one order
    std::map<std::string, int> set;  ///< copies, by product
    bool operator==(const Bundle&) const = default;
};

enum class PromotionKind { Percent, Amount, BuyGet };
constexpr auto wordsOf(PromotionKind) {
    return enumWords<PromotionKind>(
        "bad-promotion-kind", "Say what kind of promotion it is: percent, amount or buy-get.",
        {{PromotionKind::Percent, "percent"}, {PromotionKind::Amount, "amount"}, {PromotionKind::BuyGet, "buy-get"}});
}
struct Promotion {
    std::string id, name;
    PromotionKind kind = PromotionKind::Percent;
    int percent = 0;
    std::int64_t cents = 0;
    int buy = 0, get = 0;   ///< of each product, of so many bought so many more cost nothing
    std::string code = {};  ///< that the customer has to say, capital letters or not; empty: for everybody
    bool firstOrderOnly = false;
    TimeWindow window = {};
    std::vector<std::string> products = {};  ///< none: all
    int priority = 0;
    bool operator==(const Promotion&) const = default;
};

enum class BelowMinimum { Surcharge, Refuse };
constexpr auto wordsOf(BelowMinimum) {
    return enumWords<BelowMinimum>("bad-below-minimum", "Say what becomes of small orders: surcharge or refuse.",
                                   {{BelowMinimum::Surcharge, "surcharge"}, {BelowMinimum::Refuse, "refuse"}});
}
using contone::toString;

struct PriceList {
    std::string version;  ///< as the shop calls it: "2026-12"
    Sha256 hash;          ///< of the file's text
    std::string currency = "EUR";
    Tax tax;
    std::int64_t cashStep = 1;      ///< cash is paid in multiples of it: 5 where the smallest coin is 0.05
    std::int64_t minimumOrder = 0;  ///< 0: none
    BelowMinimum belowMinimum = BelowMinimum::Surcharge;
    std::int64_t depositFrom = 0;  ///< a deposit is asked for from this total on
    int depositPercent = 0;        ///< 0: none
    int holdsMinutes = 30;         ///< how long what was quoted holds
    std::map<std::string, ProductPrice> products;
    std::map<std::string, PackagePrice> packages;
    std::map<std::string, Option> options;
    std::vector<Bundle> bundles;                   ///< highest priority first, then by id
    std::vector<Promotion> promotions;             ///< highest priority first, then by id
    std::map<std::string, std::string> catalogue;  ///< names of all products that are sold, by id, priced or not
    bool operator==(const PriceList&) const = default;

    /// Fails: Invalid "price-file" with file, line and key; as readTextFile. A product that `catalog` does not have is
    /// refused; one that has no price here cannot be ordered.
    static Result<PriceList> read(const Path& file, const catalog::Catalog& catalog);
    /// Those of the catalogue without a price.
    std::vector<std::string> unpriced() const;
};

/// Bundles that share products are weighed against each other: so many combinations at most, else the file is refused.
constexpr int mostBundleWays = 5000;
/// The groups of bundles that have products in common, directly or through others; in the order of the list.
std::vector<std::vector<const Bundle*>> bundleGroups(const std::vector<const Bundle*>& bundles);

}  // namespace contone::pricing
