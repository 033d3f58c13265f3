// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// customer-erased as JSON.
#include "core/order/events/customer_erased.h"

namespace contone::order {

Result<CustomerErased> CustomerErased::fromJson(std::string_view text) {
    auto read = json::read<CustomerErased>(text);
    if (!read)
        return fail(Code::Corrupt, "event-unreadable",
                    "A stored record cannot be read. Restore the store from a backup.", read.error().detail);
    return read;
}

}  // namespace contone::order
