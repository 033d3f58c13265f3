// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The ledger's rule book: which state a sheet may go to from which.
#include "core/print/sheet.h"

#include <array>

namespace contone::print {

namespace {
using enum SheetState;
constexpr std::array allStates{Planned, Sending, Sent, Printing, Out, Unknown, Spoiled, Cancelled};
}  // namespace

const char* toString(SheetState state) {
    switch (state) {
        case Planned:
            return "planned";
        case Sending:
            return "sending";
        case Sent:
            return "sent";
        case Printing:
            return "printing";
        case Out:
            return "out";
        case Unknown:
            return "unknown";
        case Spoiled:
            return "spoiled";
        case Cancelled:
            return "cancelled";
    }
    return "unknown";
}

Result<SheetState> parseSheetState(std::string_view text) {
    for (const SheetState state : allStates)
        if (text == toString(state)) return state;
    return fail(Code::Invalid, "bad-sheet-state", "There is no such state of a sheet.",
                std::string(text.substr(0, 60)));
}

bool isFinal(SheetState state) {
    return state == Out || state == Spoiled || state == Cancelled;
}

bool mayMove(SheetState from, SheetState to) {
    switch (from) {
        case Planned:
            return to == Sending || to == Cancelled;
        case Sending:
            return to == Sent || to == Unknown || to == Planned;
        case Sent:
            return to == Printing || to == Out || to == Unknown || to == Spoiled;
        case Printing:
            return to == Out || to == Unknown || to == Spoiled;
        case Unknown:
            return to == Out || to == Spoiled || to == Cancelled;
        case Out:
        case Spoiled:
        case Cancelled:
            return false;
    }
    return false;
}

}  // namespace contone::print
