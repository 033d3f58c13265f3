// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The list of erased orders beside the snapshots: a restore of an older one erases them again. It has ids, no names.
#pragma once

#include <vector>

#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/result.h"

namespace contone::backup {

/// Adds the orders, and what somebody chose and did not order, that this store knows as erased; it may be at work.
Result<void> noteErased(const Path& database, const Path& target);
/// Overwrites and removes photos of the target that only erased orders of this copy of a store had. What is missing in
/// the shop for any other reason stays: the backup may be the only place that has it.
Result<void> forgetErased(const Path& database, const Path& target);
/// None, when there is no list. Fails: Corrupt "snapshot-damaged".
Result<std::vector<OrderId>> erasedIn(const Path& target);

}  // namespace contone::backup
