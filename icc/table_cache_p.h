// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tables on disk. A file is its key, its table and a checksum; anything that does not add up is a miss.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/file.h"
#include "core/base/sha256.h"

namespace contone::icc {

/// Raised whenever the table of the same profiles and options would come out differently.
inline constexpr int outputTableVersion = 2, fusedTableVersion = 1;

/// `key`: hash of everything the table depends on. The folder may be empty (no cache) or missing.
std::optional<std::vector<std::uint16_t>> loadTable(const Path& folder, const Sha256& key, std::size_t values);
/// Best effort: a cache that cannot be written is only a slower start next time.
void saveTable(const Path& folder, const Sha256& key, const std::vector<std::uint16_t>& table);
/// Hash of the values, little-endian.
Sha256 hashOf(const std::vector<std::uint16_t>& table);

}  // namespace contone::icc
