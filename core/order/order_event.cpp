// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The order's reducer: a visit that does not compile until every event is handled; and the rules of placing.
#include "core/order/order_event.h"

#include <algorithm>
#include <array>

#include "core/order/payment.h"

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

std::span<const Upcaster> orderUpcasters() {
    static constexpr std::array<Upcaster, 1> steps{{{Placed::type, 1, &Placed::from1}}};
    return steps;
}

namespace {

struct Reduce {
    const std::optional<Order>& before;
    OrderId id;
    Instant at;

    Result<Order> operator()(const Drafted& drafted) const {
        if (before) return outOfOrder(id);
        Order order;
        order.id = id;
        order.code = drafted.code;
        order.state = OrderState::Draft;
        order.placedAt = at;
        return order;
    }
    Result<Order> operator()(const Placed& placed) const {
        if (before && before->state != OrderState::Draft) return outOfOrder(id);
        Order order;
        order.id = id;
        order.number = placed.number;
        order.code = placed.code;
        order.lines = placed.lines;
        order.payment = paymentFor(placed.price.total).state;
        order.price = placed.price;
        order.placedAt = at;
        return order;
    }
    Result<Order> operator()(const OrderMoved& moved) const { return movedTo(moved.to, moved.reason); }
    Result<Order> operator()(const Cancelled& cancelled) const {
        return movedTo(OrderState::Cancelled, cancelled.reason);
    }
    Result<Order> operator()(const CustomerErased&) const { return asBefore(); }
    Result<Order> operator()(const FindingsAccepted&) const { return asBefore(); }

  private:
    Result<Order> movedTo(OrderState to, const std::string& reason) const {
        if (!before || !mayMove(before->state, to)) return outOfOrder(id);
        Order order = *before;
        order.state = to;
        order.reason = reason;
        return order;
    }
    /// Of the order, but nothing of it changes.
    Result<Order> asBefore() const {
        if (!before) return outOfOrder(id);
        return *before;
    }
};

/// "This order is held. Release it first."
struct Refusal {
    OrderState state;
    const char* reason;
    const char* sentence;
};
constexpr std::array refusals{
    Refusal{OrderState::Draft, "order-draft", "This order is not placed yet."},
    Refusal{OrderState::Placed, "order-placed", "This order is placed already and waits for nothing like that."},
    Refusal{OrderState::Held, "order-held", "This order is held. Release it first."},
    Refusal{OrderState::Ready, "order-ready", "This order is ready already."},
    Refusal{OrderState::Collected, "order-collected", "This order was handed over already."},
    Refusal{OrderState::Cancelled, "order-cancelled", "This order is cancelled already."},
    Refusal{OrderState::Exception, "order-exception", "Something is wrong with this order. Settle that first."},
};

std::unexpected<Error> refused(const Order& order, OrderState to) {
    const auto row = std::ranges::find(refusals, order.state, &Refusal::state);
    return fail(Code::Conflict, row->reason, row->sentence, std::string(toString(order.state)) + " to " + toString(to));
}

}  // namespace

Result<Order> reduce(const std::optional<Order>& before, OrderId id, const OrderEvent& event, Instant at) {
    return std::visit(Reduce{before, id, at}, event);
}

Result<Placed> decidePlace(const std::vector<OrderLine>& lines, const AgreedPrice& price, int number,
                           const OrderCode& code) {
    if (lines.empty()) return fail(Code::Invalid, "order-empty", "This order has no photos. Add at least one.");
    std::int64_t sheets = 0;
    for (const OrderLine& line : lines) {
        if (line.copies < 1 || line.copies > 999)
            return fail(Code::Invalid, "bad-copies",
                        "Between 1 and 999 copies of a photo can be ordered. Change the number.",
                        std::to_string(line.copies));
        if (line.price.currency != price.total.currency)
            return fail(Code::Invalid, "mixed-currencies",
                        "All prices of an order must be in one currency. Correct the price list.",
                        price.total.currency + " and " + line.price.currency);
        sheets += line.copies;
    }
    if (sheets > mostSheets)
        return fail(Code::Invalid, "order-too-large",
                    "An order has at most " + std::to_string(mostSheets) + " prints. Make two orders of it.",
                    std::to_string(sheets));
    return Placed{number, code, lines, price};
}

Result<void> checkKnown(const Order& order) {
    if (order.newer.empty()) return {};
    return fail(Code::Unsupported, "order-newer",
                "A newer Contone did something with this order that this one does not know. Install that version, or "
                "go on with the order there.",
                order.newer);
}

Result<OrderMoved> decideMove(const Order& order, OrderState to, const std::string& reason) {
    CONTONE_CHECK(checkKnown(order));
    // A draft is placed with its price, or erased.
    if (order.state == OrderState::Draft || !mayMove(order.state, to)) return refused(order, to);
    return OrderMoved{order.state, to, reason};
}

Result<Cancelled> decideCancel(const Order& order, SheetsOnTheWay sheets, const std::string& reason) {
    CONTONE_CHECK(checkKnown(order));
    if (order.state == OrderState::Draft || !mayMove(order.state, OrderState::Cancelled))
        return refused(order, OrderState::Cancelled);
    if (order.production == Production::Printed)
        return fail(Code::Conflict, "order-done", "This order is printed already and cannot be cancelled.");
    if (sheets == SheetsOnTheWay::Yes)
        return fail(Code::Conflict, "order-printing",
                    "Sheets of this order are being printed. Cancel or settle them first.");
    return Cancelled{reason};
}

}  // namespace contone::order
