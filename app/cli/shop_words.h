// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders, sheets and setups, as JSON for scripts and as lines for people.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/cli/context.h"
#include "core/shop/shop.h"

namespace contone::cli {

nlohmann::json describe(const order::Order& order);
nlohmann::json describe(const print::Sheet& sheet);
nlohmann::json describe(const print::PrintJob& job);
nlohmann::json describe(const print::PrinterSetup& setup);
nlohmann::json describe(const shop::OrderCheck& check);
/// "sheet 2 of line 1: out"
std::string sentence(const print::Sheet& sheet);
/// "22 Nov 08:35", of another year "22 Nov 2025": as this computer's clock shows it, for people.
std::string localTime(Instant instant);
/// What people call orders. Asks the shop once for each.
class OrderNumbers {
  public:
    explicit OrderNumbers(shop::Shop& shop) : m_shop(shop) {}
    std::string of(OrderId order);  ///< "order 1003", "calibration"; by its id when the shop does not know it

  private:
    shop::Shop& m_shop;
    std::map<OrderId, std::string> m_known;
};
/// What a person should know of the prints of an order, one line each: "Photo 2 (10x15): Too few pixels …". Of what
/// people accepted it says who and when. Nothing is said of what is well.
void sayFindings(Context& context, const order::Order& order, const shop::OrderCheck& check);
/// An order by the number that staff says (1001), by the code that its customer has (4F7K-92MT), or by its id.
Result<order::Order> findOrder(shop::Shop& shop, const std::string& text);

}  // namespace contone::cli
