// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// parseMoney: an amount as people type it.
#pragma once

#include <string>
#include <string_view>

#include "core/base/money.h"
#include "core/base/result.h"

namespace contone {

/// "3", "3.5", "3.50" or "3,50": digits and at most so many decimals as the currency has; nothing in front, no groups.
/// Fails: Invalid "bad-amount".
Result<Money> parseMoney(std::string_view text, const std::string& currency);

}  // namespace contone
