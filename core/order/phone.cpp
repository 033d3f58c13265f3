// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What people put between digits goes; what says the country stays.
#include "core/order/phone.h"

#include <algorithm>

namespace contone::order {

Result<std::string> normalisedPhone(std::string_view typed, std::string_view country) {
    const auto bad = [] {
        return fail(Code::Invalid, "bad-phone", "This is no phone number. Type its digits, as in 0170 1234567.");
    };
    std::string digits;
    bool isInternational = false;
    for (std::size_t i = 0; i < typed.size(); i++) {
        const char c = typed[i];
        if (c >= '0' && c <= '9') {
            digits += c;
        } else if (c == '+') {
            if (!digits.empty() || isInternational) return bad();
            isInternational = true;
        } else if (c == '(' && isInternational && typed.substr(i).starts_with("(0)")) {
            i += 2;  // "+49 (0)170": dialled at home alone
        } else if (std::string_view(" -/.()").find(c) == std::string_view::npos) {
            return bad();
        }
    }
    if (digits.empty() && !isInternational) return std::string();
    if (!isInternational && digits.starts_with("00")) {
        isInternational = true;
        digits.erase(0, 2);
    }
    if (!isInternational && !country.empty() && digits.starts_with('0')) {
        isInternational = true;
        digits.replace(0, 1, country);
    }
    if (digits.size() < 5 || digits.size() > 15) return bad();
    return (isInternational ? "+" : "") + digits;
}

}  // namespace contone::order
