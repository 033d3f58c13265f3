// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// order-drafted as JSON.
#include "core/order/events/drafted.h"

#include "core/order/read_json.h"

namespace contone::order {

std::string Drafted::json() const {
    return writeJson({{"code", code.toString()}});
}

Result<Drafted> Drafted::fromJson(std::string_view text) {
    return readJson(text, "event-unreadable", [](const nlohmann::json& json) -> Result<Drafted> {
        CONTONE_TRY(const OrderCode code, OrderCode::parse(json.at("code").get<std::string>()));
        return Drafted{code};
    });
}

}  // namespace contone::order
