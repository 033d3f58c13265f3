// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The list of erased orders beside the snapshots: a restore of an older one erases them again. It has ids, no names.
#pragma once

#include <vector>

#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/result.h"

namespace contone::backup {

/// Adds the orders that this copy of a store knows as erased.
Result<void> noteErased(const Path& database, const Path& target);
/// Removes photos from the target that are no longer in the shop's folder: they were erased, and their keys with them.
/// Overwrites them first, where they lie.
Result<void> forgetErased(const Path& originals, const Path& target);
/// None, when there is no list. Fails: Corrupt "snapshot-damaged".
Result<std::vector<OrderId>> erasedIn(const Path& target);

}  // namespace contone::backup
