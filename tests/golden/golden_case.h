// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// GoldenCase: a picture that was once looked at and accepted, and how far the same picture may be from it today.
#pragma once

#include <string>

#include "core/base/file.h"
#include "core/image/pixels.h"

namespace contone::golden {

/// The folder tests/golden/<name>: expected.png and thresholds.toml.
struct GoldenCase {
    std::string name;
    double mean = 0, p99 = 0, most = 0;  ///< ΔE2000, as the picture looks on an sRGB monitor
};

/// Fails: Invalid "golden-file", as FactFile.
Result<GoldenCase> readCase(const std::string& name);

/// Compares `picture` (RGB, 8 bits) with the expectation. Empty when it agrees; else what differs, and the command that
/// accepts `picture`, which then stands in the build folder golden/<name>.
std::string disagreement(const GoldenCase& golden, const image::Picture& picture);

/// The folders of tests/golden.
std::vector<std::string> caseNames();

}  // namespace contone::golden
