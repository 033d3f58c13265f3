// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Locking this process down for good: privileges, limits, files, system calls. What a hostile photo that takes over its
// reader is left with.
#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/decode/worker/filter.h"

namespace contone::decode {

enum class Locks { All, NoFilters };  ///< NoFilters: neither Landlock nor seccomp, for a kernel without them

/// The zygote's: no new privileges, no capabilities (root's go from all five sets), no core dump, no debugger, limits
/// (address space `maxMemory` bytes, no file grows, few descriptors), Landlock with every right the kernel knows
/// handled and none granted, the zygote's filter. This process must have one thread: a second one would stay outside.
/// Fails: Internal "sandbox", the detail says at what.
Result<void> lockZygote(std::int64_t maxMemory, Locks locks);

/// A forked child's own: it dies with its parent `zygote`, gets `cpuSeconds` of processor time, and the child's filter.
/// Fails as lockZygote().
Result<void> lockChild(int zygote, std::uint32_t cpuSeconds, const Filter& filter, Locks locks);

}  // namespace contone::decode
