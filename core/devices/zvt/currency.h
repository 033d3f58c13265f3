// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The numbers of currencies (ISO 4217) that card terminals are asked in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace contone::devices::zvt {

/// "EUR" is 978. None: a currency that is not asked for here.
std::optional<int> numberOfCurrency(std::string_view code);
/// 978 is "EUR". Empty: not known here.
std::string currencyOfNumber(int number);

}  // namespace contone::devices::zvt
