// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// copyStore: the database as it is at one moment, while others read and write it.
#pragma once

#include <string>

#include "core/base/file.h"
#include "core/base/result.h"

namespace contone::store {

/// What a copy holds.
struct StoreFacts {
    std::string origin;
    int epoch = 1;
    std::int64_t lastPosition = 0;  ///< of its newest event
    std::string chainHead;          ///< the hash of that
    int orders = 0;                 ///< without drafts
    bool operator==(const StoreFacts&) const = default;
};

/// Copies `folder`/contone.db to the new file `to`, for its owner alone, without its free pages, and marks it as a
/// backup: wherever it is opened, a new epoch begins. When it returns the file is on disk and was checked; its folder
/// is not synced. Nobody waits for it. Blocks as long as the disk needs.
/// Fails: Conflict "output-exists"; NotFound "store-missing"; Corrupt as SqliteStore::open; Unavailable "disk-full".
Result<StoreFacts> copyStore(const Path& folder, const Path& to);

}  // namespace contone::store
