// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The one place of core/json that includes nlohmann/json, for what needs care when it is written.
#include "core/json/quoting_p.h"

#include <nlohmann/json.hpp>

namespace contone::json {

std::string quotedWithCare(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string shortestText(double value) {
    return nlohmann::json(value).dump();
}

}  // namespace contone::json
