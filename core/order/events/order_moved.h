// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-moved: the order is held, ready, handed over … Cancelling has an event of its own.
#pragma once

#include "core/order/order.h"

namespace contone::order {

struct OrderMoved {
    static constexpr std::string_view type = "order-moved";
    static constexpr int schemaVersion = 1;

    OrderState from = OrderState::Placed, to = OrderState::Placed;
    std::string reason;  ///< kebab case, never free text: free text may name people; empty where none is asked for
    bool operator==(const OrderMoved&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("from", &OrderMoved::from), json::field("to", &OrderMoved::to),
                          json::field("reason", &OrderMoved::reason));
    }

    std::string json() const;
    static Result<OrderMoved> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::order
