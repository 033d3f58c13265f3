// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// findings-accepted as JSON.
#include "core/order/events/findings_accepted.h"

#include "core/json/json.h"

namespace contone::order {

std::string FindingsAccepted::json() const {
    return json::write(*this);
}

Result<FindingsAccepted> FindingsAccepted::fromJson(std::string_view text) {
    auto read = json::read<FindingsAccepted>(text);
    if (!read)
        return fail(Code::Corrupt, "event-unreadable",
                    "A stored record cannot be read. Restore the store from a backup.", read.error().detail);
    return read;
}

}  // namespace contone::order
