// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Money: minor units and a currency; no floating point ever touches a price.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace contone {

/// An amount in minor units (cents) of an ISO 4217 currency.
struct Money {
    std::int64_t minor = 0;
    std::string currency = "EUR";
    bool operator==(const Money&) const = default;
    Money operator*(std::int64_t n) const { return {minor * n, currency}; }
};

/// Whether these three capitals are the code of a currency in ISO 4217 (as of amendment 179, funds and metals left
/// out).
bool isCurrency(std::string_view code);
/// How many decimals the currency's amounts have: the exponent of ISO 4217, 0, 2 or 3. One that is not known: 2.
int decimalsOf(std::string_view currency);

/// An amount without its sign, in two parts: "3" and "50"; "3" and "500" where there are three decimals; "350" and ""
/// where there are none.
struct AmountDigits {
    std::uint64_t whole = 0;
    std::string decimals;
};
AmountDigits digitsOf(const Money& money);

/// "3.50 EUR", "350 JPY", "3.500 KWD", "-0.05 EUR".
std::string toString(const Money& money);

}  // namespace contone
