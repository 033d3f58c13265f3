// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The ledger's rule book: which state a sheet may go to from which.
#include "core/print/sheet.h"

namespace contone::print {

namespace {
using enum SheetState;
}  // namespace

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
