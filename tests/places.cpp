// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The paths, as CMake gave them.
#include "tests/places.h"

namespace contone::tests {

const char* const sourceFolder = CONTONE_SOURCE_DIR;
const char* const programFolder = CONTONE_BIN_DIR;

}  // namespace contone::tests
