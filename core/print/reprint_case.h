// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ReprintCase: why a sheet is printed again and who bears the cost. Spoilage: the waste of a period.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum_words.h"
#include "core/base/result.h"

namespace contone::print {

enum class ReprintReason {
    Jam,           ///< the paper jammed, or came out half printed
    Colour,        ///< a colour is missing or wrong
    Scratch,       ///< scratches, dust, fingerprints
    Cut,           ///< cut in the wrong place
    Crop,          ///< the wrong part of the photo
    Photo,         ///< the wrong photo, or a bad one
    NotPrinted,    ///< nothing came out
    CustomerWish,  ///< the print is good; one more is wanted
    Other,
};
inline constexpr ReprintReason reprintReasons[]{
    ReprintReason::Jam,        ReprintReason::Colour,       ReprintReason::Scratch,
    ReprintReason::Cut,        ReprintReason::Crop,         ReprintReason::Photo,
    ReprintReason::NotPrinted, ReprintReason::CustomerWish, ReprintReason::Other};
constexpr auto wordsOf(ReprintReason) {
    return enumWords<ReprintReason>("bad-reprint-reason",
                                    "Say why it is printed once more: jam, colour, scratch, cut, wrong-crop, "
                                    "wrong-photo, not-printed, customer-wish, other.",
                                    {{ReprintReason::Jam, "jam"},
                                     {ReprintReason::Colour, "colour"},
                                     {ReprintReason::Scratch, "scratch"},
                                     {ReprintReason::Cut, "cut"},
                                     {ReprintReason::Crop, "wrong-crop"},
                                     {ReprintReason::Photo, "wrong-photo"},
                                     {ReprintReason::NotPrinted, "not-printed"},
                                     {ReprintReason::CustomerWish, "customer-wish"},
                                     {ReprintReason::Other, "other"}});
}
using contone::toString;

enum class CostOwner { Shop, Customer, Supplier };
constexpr auto wordsOf(CostOwner) {
    return enumWords<CostOwner>(
        "bad-cost-owner", "Say who bears the cost: shop, customer or supplier.",
        {{CostOwner::Shop, "shop"}, {CostOwner::Customer, "customer"}, {CostOwner::Supplier, "supplier"}});
}

struct ReprintCase {
    ReprintReason reason = ReprintReason::Other;
    CostOwner owner = CostOwner::Shop;
    bool operator==(const ReprintCase&) const = default;
};

struct Sheet;

/// What became of the paper of a period.
struct Spoilage {
    int out = 0;  ///< sheets that came out, good or not
    /// Paper that was wasted, by cause: spoiled sheets by their reason, and sheets that came out and were printed once
    /// more by the reason of the reprint; a customer's wish wastes nothing.
    std::map<std::string, int> spoiled;
    std::map<std::string, int> reprints;  ///< reprints, by who bears the cost
    bool operator==(const Spoilage&) const = default;
};
/// `sheets`: all that changed in the period. A reprint whose first sheet changed before the period counts as well.
Spoilage spoilageOf(const std::vector<Sheet>& sheets);

}  // namespace contone::print
