// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Phone numbers, in the one form in which two are the same.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone::order {

/// "+491701234567" of "0170 123 45 67", "0049-170/1234567" or "+49 (0)170 1234567" where `country` is "49" (E.164).
/// Without a country a number that does not name one stays national: "01701234567". Empty is empty.
/// Fails: Invalid "bad-phone": anything but digits, spaces and + ( ) - / . or fewer than 5 digits, or more than 15.
Result<std::string> normalisedPhone(std::string_view typed, std::string_view country);

}  // namespace contone::order
