// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The words of priorities.
#include "core/print/priority.h"

#include <string>

namespace contone::print {

const char* toString(Priority priority) {
    switch (priority) {
        case Priority::InStore:
            return "in-store";
        case Priority::Pickup:
            return "pickup";
        case Priority::Bulk:
            return "bulk";
    }
    return "in-store";
}

Result<Priority> parsePriority(std::string_view text) {
    for (const Priority priority : {Priority::InStore, Priority::Pickup, Priority::Bulk})
        if (text == toString(priority)) return priority;
    return fail(Code::Invalid, "bad-priority", "A print job is in-store, pickup or bulk. Choose one of these.",
                std::string(text.substr(0, 60)));
}

}  // namespace contone::print
