// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-moved as JSON.
#include "core/order/events/order_moved.h"

#include "core/json/json.h"

namespace contone::order {

std::string OrderMoved::json() const {
    return json::write(*this);
}

Result<OrderMoved> OrderMoved::fromJson(std::string_view text) {
    auto read = json::read<OrderMoved>(text);
    if (!read)
        return fail(Code::Corrupt, "event-unreadable",
                    "A stored record cannot be read. Restore the store from a backup.", read.error().detail);
    return read;
}

}  // namespace contone::order
