// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Exit codes: one number a reason, so that scripts can tell a full disk from a damaged photo. docs/cli.md lists them.
#pragma once

#include <span>
#include <string_view>

#include "core/base/result.h"

namespace contone::app {

constexpr int exitOk = 0, exitInternal = 1, exitUsage = 2, exitSeveral = 3;

struct ExitCode {
    int number;
    std::string_view reason;
};
/// All reasons that have a number of their own.
std::span<const ExitCode> exitCodes();
/// The number of an error's reason; exitInternal for one that has none.
int exitCodeOf(const Error& error);

}  // namespace contone::app
