// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders, sheets and setups, as JSON for scripts and as lines for people.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/shop/shop.h"

namespace contone::cli {

nlohmann::json describe(const order::Order& order);
nlohmann::json describe(const print::Sheet& sheet);
nlohmann::json describe(const print::PrintJob& job);
nlohmann::json describe(const print::PrinterSetup& setup);
/// "sheet 2 of line 1: out"
std::string sentence(const print::Sheet& sheet);
/// An order by the number people say (1001) or by its id.
Result<order::Order> findOrder(const shop::Shop& shop, const std::string& text);

}  // namespace contone::cli
