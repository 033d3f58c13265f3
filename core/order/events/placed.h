// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-placed: a customer ordered prints. The first event of every order.
#pragma once

#include <vector>

#include "core/order/order.h"

namespace contone::order {

struct Placed {
    static constexpr std::string_view type = "order-placed";
    /// 1: a price of one copy a line, and neither code nor quote.
    static constexpr int schemaVersion = 2;

    int number = 0;
    OrderCode code;
    std::vector<OrderLine> lines;
    AgreedPrice price;
    bool operator==(const Placed&) const = default;

    std::string json() const;
    static Result<Placed> fromJson(std::string_view json);      ///< Corrupt "event-unreadable"
    static Result<std::string> from1(const std::string& json);  ///< upcaster of version 1
};

}  // namespace contone::order
