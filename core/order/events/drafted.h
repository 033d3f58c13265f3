// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-drafted: somebody began to choose photos. Gives the order its code, long before it has a price.
#pragma once

#include "core/order/order.h"

namespace contone::order {

struct Drafted {
    static constexpr std::string_view type = "order-drafted";
    static constexpr int schemaVersion = 1;

    OrderCode code;
    bool operator==(const Drafted&) const = default;

    std::string json() const;
    static Result<Drafted> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::order
