// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// findings-accepted: a person saw what may go wrong with these prints, and wants them all the same.
#pragma once

#include <vector>

#include "core/findings/finding.h"
#include "core/order/order.h"

namespace contone::order {

struct FindingsAccepted {
    static constexpr std::string_view type = "findings-accepted";
    static constexpr int schemaVersion = 1;

    std::vector<findings::Finding> findings;  ///< as the person saw them
    bool operator==(const FindingsAccepted&) const = default;
    static constexpr auto fields() { return json::list(json::field("findings", &FindingsAccepted::findings)); }

    std::string json() const;
    static Result<FindingsAccepted> fromJson(std::string_view json);  ///< Corrupt "event-unreadable"
};

}  // namespace contone::order
