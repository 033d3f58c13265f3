// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Walks the chain of upcasters, one version at a time.
#include "core/order/upcast.h"

#include <algorithm>

namespace contone::order {

Result<std::string> upcast(std::string_view type, int version, int current, std::string json,
                           std::span<const Upcaster> steps) {
    if (version > current)
        return fail(Code::Unsupported, "store-newer",
                    "These orders were written by a newer Contone. Install that version or a later one.",
                    std::string(type) + " version " + std::to_string(version));
    for (; version < current; version++) {
        const auto step =
            std::ranges::find_if(steps, [&](const Upcaster& u) { return u.type == type && u.from == version; });
        if (step == steps.end())
            return fail(Code::Corrupt, "event-unreadable",
                        "A stored record cannot be read. Restore the store from a backup.",
                        "no upcaster for " + std::string(type) + " version " + std::to_string(version));
        CONTONE_TRY(json, step->step(json));
    }
    return json;
}

}  // namespace contone::order
