// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// customer-erased: the personal data of this order was erased. Says that it happened and who did it, never what was
// there.
#pragma once

#include "core/order/order.h"

namespace contone::order {

struct CustomerErased {
    static constexpr std::string_view type = "customer-erased";
    static constexpr int schemaVersion = 1;

    bool operator==(const CustomerErased&) const = default;

    std::string json() const { return "{}"; }
    static Result<CustomerErased> fromJson(std::string_view) { return CustomerErased{}; }
};

}  // namespace contone::order
