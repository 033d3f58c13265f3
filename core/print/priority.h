// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Priority: which jobs of a printer go first.
#pragma once

#include <string_view>

#include "core/base/result.h"

namespace contone::print {

/// In this order on each printer; jobs of one kind first come, first served.
enum class Priority {
    InStore,  ///< the customer waits at the counter
    Pickup,   ///< is fetched later today
    Bulk,     ///< whenever the printer has nothing else to do
};
const char* toString(Priority priority);                ///< "in-store", "pickup", "bulk"
Result<Priority> parsePriority(std::string_view text);  ///< Invalid "bad-priority"

}  // namespace contone::print
