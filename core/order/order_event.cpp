// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The order's reducer: a visit that does not compile until every event is handled; and the rules of placing.
#include "core/order/order_event.h"

namespace contone::order {

namespace {
constexpr std::string_view prefix = "order/";

std::unexpected<Error> outOfOrder(OrderId id) {
    return fail(Code::Corrupt, "event-out-of-order",
                "The stored records of an order do not fit together. Restore the store from a backup.",
                orderStream(id));
}
}  // namespace

std::string orderStream(OrderId id) {
    return std::string(prefix) + id.toString();
}

Result<OrderId> orderOf(std::string_view stream) {
    if (stream.starts_with(prefix))
        if (auto id = OrderId::parse(stream.substr(prefix.size()))) return *id;
    return fail(Code::Corrupt, "event-unreadable", "A stored record cannot be read. Restore the store from a backup.",
                "not an order's stream: " + std::string(stream));
}

Result<Order> reduce(const std::optional<Order>& before, OrderId id, const OrderEvent& event, Instant at) {
    return std::visit(Overloaded{[&](const Placed& placed) -> Result<Order> {
                                     if (before) return outOfOrder(id);
                                     return Order{id, placed.number, placed.lines, OrderState::Placed, placed.total,
                                                  at};
                                 },
                                 [&](const Cancelled&) -> Result<Order> {
                                     if (!before) return outOfOrder(id);
                                     Order order = *before;
                                     order.state = OrderState::Cancelled;
                                     return order;
                                 },
                                 [&](const auto& said) -> Result<Order> {  // of the order, but nothing of it changes
                                     static_assert(std::same_as<decltype(said), const CustomerErased&> ||
                                                   std::same_as<decltype(said), const FindingsAccepted&>);
                                     if (!before) return outOfOrder(id);
                                     return *before;
                                 }},
                      event);
}

Result<Placed> decidePlace(const std::vector<OrderLine>& lines, int number, const std::optional<Money>& quoted) {
    if (lines.empty()) return fail(Code::Invalid, "order-empty", "This order has no photos. Add at least one.");
    Money total{0, lines.front().unitPrice.currency};
    std::int64_t sheets = 0;
    for (const OrderLine& line : lines) {
        if (line.copies < 1 || line.copies > 999)
            return fail(Code::Invalid, "bad-copies",
                        "Between 1 and 999 copies of a photo can be ordered. Change the number.",
                        std::to_string(line.copies));
        if (line.unitPrice.currency != total.currency)
            return fail(Code::Invalid, "mixed-currencies",
                        "All prices of an order must be in one currency. Correct the products.",
                        total.currency + " and " + line.unitPrice.currency);
        total.minor += line.unitPrice.minor * line.copies;
        sheets += line.copies;
    }
    if (sheets > mostSheets)
        return fail(Code::Invalid, "order-too-large",
                    "An order has at most " + std::to_string(mostSheets) + " prints. Make two orders of it.",
                    std::to_string(sheets));
    return Placed{number, lines, quoted.value_or(total)};
}

Result<Cancelled> decideCancel(const Order& order, SheetsOnTheWay sheets, const std::string& reason) {
    if (order.state == OrderState::Cancelled)
        return fail(Code::Conflict, "order-cancelled", "This order is cancelled already.");
    if (order.state == OrderState::Done)
        return fail(Code::Conflict, "order-done", "This order is printed already and cannot be cancelled.");
    if (sheets == SheetsOnTheWay::Yes)
        return fail(Code::Conflict, "order-printing",
                    "Sheets of this order are being printed. Cancel or settle them first.");
    return Cancelled{reason};
}

}  // namespace contone::order
