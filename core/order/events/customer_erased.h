// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// customer-erased: the personal data of this order was erased. Says that it happened and who did it, never what was
// there.
#pragma once

#include "core/json/json.h"
#include "core/order/order.h"

namespace contone::order {

struct CustomerErased {
    static constexpr std::string_view type = "customer-erased";
    static constexpr int schemaVersion = 1;

    std::string reason;  ///< kebab case: "customer-asked", "by-age"

    bool operator==(const CustomerErased&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("reason", &CustomerErased::reason, json::Absent::KeepsDefault));
    }

    std::string json() const { return json::write(*this); }
    static Result<CustomerErased> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::order
