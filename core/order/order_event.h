// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OrderEvent: every fact an order is built from, and the one function that builds it.
#pragma once

#include <optional>
#include <variant>

#include "core/order/decode_event.h"
#include "core/order/events/cancelled.h"
#include "core/order/events/customer_erased.h"
#include "core/order/events/findings_accepted.h"
#include "core/order/events/placed.h"

namespace contone::order {

using OrderEvent = std::variant<Placed, Cancelled, CustomerErased, FindingsAccepted>;

std::string orderStream(OrderId id);  ///< "order/<uuid>"
/// Fails: Corrupt "event-unreadable" for any other stream.
Result<OrderId> orderOf(std::string_view stream);

/// The order after one more event. `before`: empty for the first.
/// Fails: Corrupt "event-out-of-order" when the first event is not Placed or Placed comes twice.
Result<Order> reduce(const std::optional<Order>& before, OrderId id, const OrderEvent& event, Instant at);

/// Prints of one order. They are planned in one piece, and what prints besides waits so long.
constexpr int mostSheets = 5000;

/// What a person may ask for; answers with the event that makes it so.
/// Fails: Invalid "order-empty", "bad-copies" (1…999), "order-too-large" (more than mostSheets), "mixed-currencies".
/// `total`: what was quoted for all of it; none: the sum of copies times price.
Result<Placed> decidePlace(const std::vector<OrderLine>& lines, int number, const std::optional<Money>& total = {});
enum class SheetsOnTheWay { No, Yes };
/// Fails: Conflict "order-done", "order-cancelled", "order-printing" (sheets are not final yet).
Result<Cancelled> decideCancel(const Order& order, SheetsOnTheWay sheets, const std::string& reason);

}  // namespace contone::order
