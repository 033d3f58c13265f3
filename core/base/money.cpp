// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How an amount is written.
#include "core/base/money.h"

#include <fmt/format.h>

namespace contone {

std::string toString(const Money& money) {
    const std::int64_t whole = money.minor / 100, cents = money.minor % 100;
    return fmt::format("{}{}.{:02} {}", money.minor < 0 ? "-" : "", whole < 0 ? -whole : whole,
                       cents < 0 ? -cents : cents, money.currency);
}

}  // namespace contone
