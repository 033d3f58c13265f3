// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Priority: which jobs of a printer go first.
#pragma once

#include <string_view>

#include "core/base/enum_words.h"
#include "core/base/result.h"

namespace contone::print {

/// In this order on each printer; jobs of one kind first come, first served.
enum class Priority {
    InStore,  ///< the customer waits at the counter
    Pickup,   ///< is fetched later today
    Bulk,     ///< whenever the printer has nothing else to do
};
constexpr auto wordsOf(Priority) {
    return enumWords<Priority>(
        "bad-priority", "A print job is in-store, pickup or bulk. Choose one of these.",
        {{Priority::InStore, "in-store"}, {Priority::Pickup, "pickup"}, {Priority::Bulk, "bulk"}});
}
using contone::toString;

}  // namespace contone::print
