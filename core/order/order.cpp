// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names of order states, and who owns which stream.
#include "core/order/order.h"

namespace contone::order {

const char* toString(OrderState state) {
    switch (state) {
        case OrderState::Placed:
            return "placed";
        case OrderState::Printing:
            return "printing";
        case OrderState::Done:
            return "done";
        case OrderState::Cancelled:
            return "cancelled";
    }
    return "placed";
}

Result<OrderState> parseOrderState(std::string_view text) {
    for (const OrderState state : {OrderState::Placed, OrderState::Printing, OrderState::Done, OrderState::Cancelled})
        if (text == toString(state)) return state;
    return fail(Code::Invalid, "bad-order-state", "There is no such order state.", std::string(text.substr(0, 60)));
}

Owner ownerOf(std::string_view stream) {
    if (stream.starts_with("order/")) return Owner::OrderPlace;
    if (stream.starts_with("production/") || stream.starts_with("setup/")) return Owner::Shop;
    return Owner::Nobody;
}

}  // namespace contone::order
