// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// isIn: whether some bytes stand anywhere in the files of a folder: what was erased must not.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/file.h"

namespace contone::shoptest {

inline bool isIn(const Path& folder, const std::string& bytes) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const auto all = readTextFile(entry.path(), std::size_t{1} << 30);
        if (all && all->find(bytes) != std::string::npos) return true;
    }
    return false;
}

}  // namespace contone::shoptest
