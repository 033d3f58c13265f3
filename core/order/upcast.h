// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Upcasters: how an event written by an older Contone is read by this one. Stored events are never edited.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone::order {

/// Makes the JSON of `type` at version `from` that of version `from` + 1.
struct Upcaster {
    std::string_view type;
    int from = 1;
    Result<std::string> (*step)(const std::string& json) = nullptr;
};

/// Applies the steps from `version` up to `current`. The same text when they are equal.
/// Fails: Unsupported "store-newer" when `version` is above `current`; Corrupt "event-unreadable" when a step is
/// missing or refuses.
Result<std::string> upcast(std::string_view type, int version, int current, std::string json,
                           std::span<const Upcaster> steps);

}  // namespace contone::order
