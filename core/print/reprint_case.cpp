// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The words of reprints, and counting them.
#include "core/print/reprint_case.h"

#include "core/print/sheet.h"

namespace contone::print {

const char* toString(ReprintReason reason) {
    switch (reason) {
        case ReprintReason::Jam:
            return "jam";
        case ReprintReason::Colour:
            return "colour";
        case ReprintReason::Scratch:
            return "scratch";
        case ReprintReason::Cut:
            return "cut";
        case ReprintReason::Crop:
            return "wrong-crop";
        case ReprintReason::Photo:
            return "wrong-photo";
        case ReprintReason::NotPrinted:
            return "not-printed";
        case ReprintReason::CustomerWish:
            return "customer-wish";
        case ReprintReason::Other:
            return "other";
    }
    return "other";
}

Result<ReprintReason> parseReprintReason(std::string_view text) {
    std::string words;
    for (const ReprintReason reason : reprintReasons) {
        if (text == toString(reason)) return reason;
        words += (words.empty() ? "" : ", ") + std::string(toString(reason));
    }
    return fail(Code::Invalid, "bad-reprint-reason", "Choose why it is printed again: " + words + ".",
                std::string(text.substr(0, 60)));
}

const char* toString(CostOwner owner) {
    switch (owner) {
        case CostOwner::Shop:
            return "shop";
        case CostOwner::Customer:
            return "customer";
        case CostOwner::Supplier:
            return "supplier";
    }
    return "shop";
}

Result<CostOwner> parseCostOwner(std::string_view text) {
    for (const CostOwner owner : {CostOwner::Shop, CostOwner::Customer, CostOwner::Supplier})
        if (text == toString(owner)) return owner;
    return fail(Code::Invalid, "bad-cost-owner", "Choose who bears the cost: shop, customer or supplier.",
                std::string(text.substr(0, 60)));
}

Spoilage spoilageOf(const std::vector<Sheet>& sheets) {
    Spoilage sum;
    std::map<SheetId, SheetState> states;
    for (const Sheet& sheet : sheets) states[sheet.id] = sheet.state;
    for (const Sheet& sheet : sheets) {
        if (sheet.state == SheetState::Out) sum.out++;
        if (sheet.state == SheetState::Spoiled) sum.spoiled[sheet.reason.empty() ? "other" : sheet.reason]++;
        // A sheet that only changed its printer is the same reprint.
        if (!sheet.reprintOf || !sheet.reprint || sheet.reason == movedAway) continue;
        sum.reprints[toString(sheet.reprint->owner)]++;
        const auto first = states.find(*sheet.reprintOf);
        const bool cameOut = first == states.end() ? sheet.reprint->reason != ReprintReason::NotPrinted
                                                   : first->second == SheetState::Out;
        if (cameOut && sheet.reprint->reason != ReprintReason::CustomerWish)
            sum.spoiled[toString(sheet.reprint->reason)]++;
    }
    return sum;
}

}  // namespace contone::print
