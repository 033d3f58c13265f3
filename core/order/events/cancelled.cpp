// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-cancelled as JSON.
#include "core/order/events/cancelled.h"

#include "core/order/read_json.h"

namespace contone::order {

std::string Cancelled::json() const {
    return writeJson({{"reason", reason}});
}

Result<Cancelled> Cancelled::fromJson(std::string_view text) {
    return readJson(text, "event-unreadable", [](const nlohmann::json& json) -> Result<Cancelled> {
        return Cancelled{json.at("reason").get<std::string>()};
    });
}

}  // namespace contone::order
