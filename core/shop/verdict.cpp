// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Verdicts as words: on the command line and over the wire.
#include "core/shop/print_room.h"

namespace contone::shop {

const char* toString(Verdict verdict) {
    switch (verdict) {
        case Verdict::InTray:
            return "in-tray";
        case Verdict::Spoiled:
            return "spoiled";
        case Verdict::NotPrinted:
            return "not-printed";
        case Verdict::CannotTell:
            return "cannot-tell";
    }
    return "in-tray";
}

Result<Verdict> parseVerdict(std::string_view text) {
    for (const Verdict verdict : {Verdict::InTray, Verdict::Spoiled, Verdict::NotPrinted, Verdict::CannotTell})
        if (text == toString(verdict)) return verdict;
    return fail(Code::Invalid, "bad-verdict",
                "Say what lies in the tray: in-tray, spoiled, not-printed or cannot-tell.", std::string(text));
}

}  // namespace contone::shop
