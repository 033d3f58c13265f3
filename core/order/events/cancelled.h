// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-cancelled: nobody will print or pay this order.
#pragma once

#include "core/order/order.h"

namespace contone::order {

struct Cancelled {
    static constexpr std::string_view type = "order-cancelled";
    static constexpr int schemaVersion = 1;

    std::string reason;  ///< kebab case, never free text: free text may name people
    bool operator==(const Cancelled&) const = default;

    std::string json() const;
    static Result<Cancelled> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::order
