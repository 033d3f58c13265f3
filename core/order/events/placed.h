// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-placed: a customer ordered prints. The first event of every order.
#pragma once

#include <vector>

#include "core/order/order.h"

namespace contone::order {

struct Placed {
    static constexpr std::string_view type = "order-placed";
    static constexpr int schemaVersion = 1;

    int number = 0;
    std::vector<OrderLine> lines;
    Money total;
    bool operator==(const Placed&) const = default;

    std::string json() const;
    static Result<Placed> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::order
