// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// quote: what prints cost. The only place in the program that computes prices.
//
// The rules, in their order:
// 1. A product's prints are counted over the whole order. They cost the step that their number reaches, but never more
//    than the first prints of a later step: 24 at 0.59 are charged as 25 at 0.45. That sum is shared to the lines.
// 2. Options of lines are added.
// 3. Bundles: of all ways to take sets of them, also ones that the order does not fill, the cheapest.
// 4. One promotion: of those that hold now, are for this customer and for something in the order, the one of the
//    highest priority, then of the greatest saving, then by id. With a promotion for some products, bundles that hold
//    other products as well are left out; where that costs more than bundles alone, the promotion is.
//    Then what somebody takes off who may, of all lines by what they cost by now; the smallest order does not count it.
// 5. What the whole order is charged for: its options, and what it lacks to the smallest order.
// 6. Tax, and the total. Then what cash and a deposit come to.
//
// What is taken off is shared to the lines that it is for, by what they cost. Sharing is by largest remainder: the
// parts are whole minor units, none is negative, they add up, and what a line gets depends on what is in it, never on
// where it stands. More copies never cost less before tax, nor with tax where prices hold it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/json/json.h"
#include "core/pricing/cart.h"
#include "core/pricing/price_list.h"

namespace contone::pricing {

/// What a person should know of a price. Each names its numbers and what `amount` is.
enum class NoteCode {
    ChargedAs,         ///< about a product: `ordered` prints cost what `charged` do; amount: each of those
    MoreForFree,       ///< about a product: `more` prints would cost nothing; as the order stands, options left out
    BundleUsed,        ///< about a bundle, `times`; amount: saved
    PromotionUsed,     ///< about a promotion; amount: saved
    PromotionNotUsed,  ///< about the promotion of the customer's code: something else is better, or nothing is for it
    BelowMinimum,      ///< amount: the smallest order, to which the surcharge brings this one
};
constexpr auto wordsOf(NoteCode) {
    using enum NoteCode;
    return enumWords<NoteCode>("bad-note", "There is no such note.",
                               {{ChargedAs, "charged-as"},
                                {MoreForFree, "more-for-free"},
                                {BundleUsed, "bundle-used"},
                                {PromotionUsed, "promotion-used"},
                                {PromotionNotUsed, "promotion-not-used"},
                                {BelowMinimum, "below-minimum"}});
}
struct Note {
    NoteCode code = NoteCode::ChargedAs;
    std::string about;  ///< an id
    std::string name;   ///< of it, for people
    std::map<std::string, std::int64_t> numbers;
    Money amount;
    bool operator==(const Note&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("code", &Note::code), json::field("about", &Note::about),
                          json::field("name", &Note::name), json::field("numbers", &Note::numbers),
                          json::field("amount", &Note::amount));
    }
};

enum class DiscountKind {
    Bundle,
    Promotion,
    Override,  ///< somebody took it off; the id is their reason
};
constexpr auto wordsOf(DiscountKind) {
    return enumWords<DiscountKind>("bad-discount", "There is no such discount.",
                                   {{DiscountKind::Bundle, "bundle"},
                                    {DiscountKind::Promotion, "promotion"},
                                    {DiscountKind::Override, "override"}});
}
enum class ExtraKind { Option, MinimumOrder };
constexpr auto wordsOf(ExtraKind) {
    return enumWords<ExtraKind>("bad-extra", "There is no such extra.",
                                {{ExtraKind::Option, "option"}, {ExtraKind::MinimumOrder, "minimum-order"}});
}
using contone::toString;

/// total = lines' totals + extras' amounts − discounts' amounts, and the tax where it is not included
///       = lines' dues + extras' dues = the tax table's gross.
struct Quote {
    struct OptionCharge {
        std::string id, name;
        Money amount;
        bool operator==(const OptionCharge&) const = default;
        static constexpr auto fields() {
            return json::list(json::field("id", &OptionCharge::id), json::field("name", &OptionCharge::name),
                              json::field("amount", &OptionCharge::amount));
        }
    };
    struct Line {
        std::string product;  ///< or none, and the package
        std::string package;
        int copies = 1;
        std::optional<Money> each;          ///< only where each × copies is the total
        Money total;                        ///< with its options; before discounts, and without tax that comes on top
        std::vector<OptionCharge> options;  ///< what they are of the total, by id; at no charge too
        Money discount;                     ///< its share of all discounts, 0…total
        Money tax;                          ///< in what is due
        int rate = 0;                       ///< of the tax, in hundredths of a percent
        Money due;                          ///< what the customer pays for it
        bool operator==(const Line&) const = default;
        static constexpr auto fields() {
            return json::list(json::field("product", &Line::product), json::field("package", &Line::package),
                              json::field("copies", &Line::copies), json::field("each", &Line::each),
                              json::field("total", &Line::total), json::field("options", &Line::options),
                              json::field("discount", &Line::discount), json::field("tax", &Line::tax),
                              json::field("rateCentipercent", &Line::rate, json::Absent::KeepsDefault),
                              json::field("due", &Line::due));
        }
    };
    /// Charged for the whole order.
    struct Extra {
        ExtraKind kind = ExtraKind::Option;
        std::string id, name;  ///< of the option
        Money amount;          ///< without tax that comes on top
        Money tax;             ///< as of a line; the two below too
        int rate = 0;
        Money due;
        bool operator==(const Extra&) const = default;
        static constexpr auto fields() {
            return json::list(json::field("kind", &Extra::kind), json::field("id", &Extra::id),
                              json::field("name", &Extra::name), json::field("amount", &Extra::amount),
                              json::field("tax", &Extra::tax),
                              json::field("rateCentipercent", &Extra::rate, json::Absent::KeepsDefault),
                              json::field("due", &Extra::due));
        }
    };
    struct Discount {
        DiscountKind kind = DiscountKind::Bundle;
        std::string id, name;
        Money amount;  ///< positive: taken off
        bool operator==(const Discount&) const = default;
        static constexpr auto fields() {
            return json::list(json::field("kind", &Discount::kind), json::field("id", &Discount::id),
                              json::field("name", &Discount::name), json::field("amount", &Discount::amount));
        }
    };
    /// All that is taxed at one rate. net + tax = gross.
    struct TaxRow {
        int rate = 0;  ///< in hundredths of a percent
        Money net, tax, gross;
        bool operator==(const TaxRow&) const = default;
        static constexpr auto fields() {
            return json::list(json::field("rateCentipercent", &TaxRow::rate), json::field("net", &TaxRow::net),
                              json::field("tax", &TaxRow::tax), json::field("gross", &TaxRow::gross));
        }
    };
    std::vector<Line> lines;  ///< in the cart's order
    std::vector<Extra> extras;
    std::vector<Discount> discounts;
    std::string taxRegion;
    TaxPlacement taxPlacement = TaxPlacement::Included;
    std::vector<TaxRow> taxes;  ///< the highest rate first; rates of which there is nothing are left out
    Money total;
    Money cashRounding;  ///< cashTotal − total
    Money cashTotal;     ///< when all of it is paid in cash
    Money deposit;       ///< 0: none is asked for
    std::string listVersion;
    Sha256 listHash;
    LocalMoment quotedAt;
    int holdsMinutes = 0;  ///< from then on
    std::vector<Note> notes;
    std::vector<std::string> features =
        {};  ///< words of what the shop offered then; whoever asks for the quote says it
    bool operator==(const Quote&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("lines", &Quote::lines), json::field("extras", &Quote::extras),
                          json::field("discounts", &Quote::discounts), json::field("taxRegion", &Quote::taxRegion),
                          json::field("taxPlacement", &Quote::taxPlacement), json::field("taxes", &Quote::taxes),
                          json::field("total", &Quote::total), json::field("cashRounding", &Quote::cashRounding),
                          json::field("cashTotal", &Quote::cashTotal), json::field("deposit", &Quote::deposit),
                          json::field("listVersion", &Quote::listVersion), json::field("listHash", &Quote::listHash),
                          json::field("quotedAt", &Quote::quotedAt), json::field("holdsMinutes", &Quote::holdsMinutes),
                          json::field("notes", &Quote::notes),
                          json::field("features", &Quote::features, json::Absent::KeepsDefault));
    }
};

/// A cart without lines costs nothing. Pure; thread-safe. Fails: NotFound "product-unknown", "product-unpriced" (also
/// of a package), "option-unknown" (also one that is not for this product), "promotion-unknown" (no such code);
/// Invalid "bad-amount" (more is taken off than the lines cost), "bad-copies", "order-too-large" (more than mostLines),
/// "line-ambiguous" (not one of product and package); Conflict "promotion-over" (the code does not hold now, or not for
/// this customer), "mixed-currencies" (the list's currency is not the cart's), "order-below-minimum".
Result<Quote> quote(const PriceList& list, const Cart& cart, const LocalMoment& when);

/// By which an amount is rounded when it is paid in cash; below 0: down.
Money cashRoundingOf(const PriceList& list, const Money& amount);

/// What is given back of a line when `copies` of it are refunded after `copiesBefore` were. However copies are taken
/// together, all of them come to the line's due. Fails: Invalid "bad-copies" when there are not so many left.
Result<Money> refundOf(const Quote::Line& line, int copies, int copiesBefore);

}  // namespace contone::pricing
