// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// runTree: one command, measured with everything that it starts, however that ends up related to it.
#pragma once

#include <string>
#include <vector>

#include "core/base/file.h"

namespace contone::bench {

struct Command {
    std::vector<std::string> words;        ///< words[0] is looked up in PATH
    std::vector<std::string> environment;  ///< NAME=VALUE, added to this process' own
};

struct TreeUsage {
    double processorSeconds = 0;  ///< user and system, of every process that ran
    double wallSeconds = 0;       ///< until the command itself ended
    /// The highest sum of proportional set sizes (PSS: a page shared by n processes counts 1/n in each) over all of the
    /// tree's processes at one moment; 0: not sampled. A peak between two samples is missed.
    double peakMegabytes = 0;
    bool sawAllMemory = true;  ///< false: the kernel would not show the memory of some process
    int exitCode = 0;          ///< 128 + signal when it was killed
};

enum class Memory { Ignore, Sample };

/// Runs and waits. This process becomes the reaper of orphans (PR_SET_CHILD_SUBREAPER) for good, so that no process of
/// the tree escapes the sum; those that outlive the command by 10 s are killed. There must be no other children of this
/// process meanwhile. `log`: where stdout and stderr go. Sampling (every 3 ms) takes processor time of its own and is
/// for runs whose time does not count. Fails: as errorFromErrno when the command cannot be started.
Result<TreeUsage> runTree(const Command& command, Memory memory, const Path& log);

/// Where `name` is in PATH; empty: nowhere.
Path findProgram(const std::string& name);

}  // namespace contone::bench
