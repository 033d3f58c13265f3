// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A store of many orders, each placed, paid, printed and collected, written as fast as the machine can.
#pragma once

#include <functional>

#include "core/base/file.h"
#include "core/keys/key_ring.h"

namespace contone::bench {

/// Adds `orders` orders of two prints to the store in `home`, which nobody has open: the events that the product's own
/// rules make, with their hashes and all that follows from them, but many orders a transaction, none of them synced.
/// Each has ten events; the last fifty wait for the printer. `done(n)` is told now and then.
Result<void> fillWithOrders(const Path& home, keys::KeyRing& ring, int orders, const std::function<void(int)>& done);

}  // namespace contone::bench
