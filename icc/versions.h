// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What converts colours here, with versions: a part of every page's fingerprint.
#pragma once

#include <string>

namespace contone::icc {

/// "lcms 2.14".
std::string colourLibrary();
/// Of the tables that this build makes: "tables 2.1" (output, fused).
std::string tableVersions();

}  // namespace contone::icc
