// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Money: minor units and a currency; no floating point ever touches a price.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace contone {

/// An amount in minor units (cents) of an ISO 4217 currency.
struct Money {
    std::int64_t minor = 0;
    std::string currency = "EUR";
    bool operator==(const Money&) const = default;
    Money operator*(std::int64_t n) const { return {minor * n, currency}; }
};

/// "3.50 EUR". Currencies with two decimals only.
std::string toString(const Money& money);

}  // namespace contone
