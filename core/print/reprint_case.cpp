// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Counting what was wasted.
#include "core/print/reprint_case.h"

#include "core/print/sheet.h"

namespace contone::print {

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
