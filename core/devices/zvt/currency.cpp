// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table of ISO 4217, as far as it is used here.
#include "core/devices/zvt/currency.h"

#include <algorithm>
#include <array>

namespace contone::devices::zvt {
namespace {

struct Row {
    std::string_view code;
    int number;
};
constexpr std::array table{Row{"CHF", 756}, Row{"CZK", 203}, Row{"DKK", 208}, Row{"EUR", 978},
                           Row{"GBP", 826}, Row{"HUF", 348}, Row{"JPY", 392}, Row{"NOK", 578},
                           Row{"PLN", 985}, Row{"SEK", 752}, Row{"USD", 840}};

}  // namespace

std::optional<int> numberOfCurrency(std::string_view code) {
    const auto* row = std::ranges::find(table, code, &Row::code);
    if (row == table.end()) return {};
    return row->number;
}

std::string currencyOfNumber(int number) {
    const auto* row = std::ranges::find(table, number, &Row::number);
    return row == table.end() ? std::string() : std::string(row->code);
}

}  // namespace contone::devices::zvt
