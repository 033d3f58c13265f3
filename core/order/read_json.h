// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// readJson: turns what nlohmann throws into a Result. Included by .cpp files only, so that JSON stays out of headers.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone::order {

/// `read` gets the parsed document and returns Result<T>. Anything that is not there or has the wrong type fails with
/// Corrupt `reason`.
template <class Read>
auto readJson(std::string_view text, const char* reason, Read read) -> decltype(read(nlohmann::json())) {
    try {
        return read(nlohmann::json::parse(text));
    } catch (const nlohmann::json::exception& e) {
        return fail(Code::Corrupt, reason, "A stored record cannot be read. Restore the store from a backup.",
                    e.what());
    }
}

/// One line. Bytes that are not UTF-8 (names from old sticks, printers' messages) become U+FFFD instead of a failure.
inline std::string writeJson(const nlohmann::json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace contone::order
