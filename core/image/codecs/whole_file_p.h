// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A whole photo file in memory, for libraries that want to jump about in it.
#pragma once

#include "core/base/file.h"
#include "core/image/photo_facts.h"

namespace contone::image {

/// Reads with pread from the start, so the descriptor's position is left alone; the length is asked for once. A file
/// that is shorter by the time it is read gives what is there: its codec says what is missing.
/// Fails: Invalid "photo-empty", "photo-too-large" (limits.maxFileBytes), "photo-memory"; Internal "io-error";
/// errorFromErrno.
Result<Bytes> readWholeFile(const FileDescriptor& file, const Limits& limits);

}  // namespace contone::image
