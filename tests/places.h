// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where a test finds the sources and the built programs. One file knows the paths, so that the compiler cache of one
// checkout serves another.
#pragma once

namespace contone::tests {

extern const char* const sourceFolder;   ///< absolute, without a slash at its end
extern const char* const programFolder;  ///< of contone, contone-agent …

}  // namespace contone::tests
