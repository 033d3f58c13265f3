// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Versions of the library that runs, not of its headers.
#include "icc/versions.h"

#include "icc/lcms_p.h"
#include "icc/table_cache_p.h"

namespace contone::icc {

std::string colourLibrary() {
    const int version = cmsGetEncodedCMMversion();  // 2140: 2.14
    const int patch = version % 10;
    return "lcms " + std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10) +
           (patch == 0 ? std::string() : "." + std::to_string(patch));
}

std::string tableVersions() {
    return "tables " + std::to_string(outputTableVersion) + "." + std::to_string(fusedTableVersion);
}

}  // namespace contone::icc
