// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Secrets that people type: never on the command line, where others see them, and never shown.
#pragma once

#include <string>

#include "core/base/result.h"

namespace contone::app {

/// The first line of `file`, "-" for standard input; of the terminal when it is empty, with `prompt`, unseen.
/// Fails: Invalid "bad-options" (nobody to ask), as readTextFile.
Result<std::string> readSecret(const std::string& prompt, const std::string& file);

}  // namespace contone::app
