// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How often this program waited for a disk.
#pragma once

namespace contone::bench {

/// Calls of fsync() and fdatasync() so far, by anybody in this program. They go on to the kernel.
long syncs();

}  // namespace contone::bench
