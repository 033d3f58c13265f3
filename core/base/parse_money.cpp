// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Digits become minor units.
#include "core/base/parse_money.h"

namespace contone {

Result<Money> parseMoney(std::string_view text, const std::string& currency) {
    const int decimals = decimalsOf(currency);
    Money money{0, currency};
    int behind = -1;  // digits behind the point; -1: none yet
    int digits = 0;
    bool isAmount = text.size() <= 15;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            money.minor = money.minor * 10 + (c - '0');
            digits++;
            if (behind >= 0) behind++;
        } else if ((c == '.' || c == ',') && behind < 0 && digits > 0) {
            behind = 0;
        } else {
            isAmount = false;
        }
    }
    if (!isAmount || digits == 0 || behind == 0 || behind > decimals)
        return fail(Code::Invalid, "bad-amount", "An amount is written as 12.50. Type it again.", std::string(text));
    for (int i = behind < 0 ? 0 : behind; i < decimals; i++) money.minor *= 10;
    return money;
}

}  // namespace contone
