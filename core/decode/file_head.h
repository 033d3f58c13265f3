// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The first look at a file: is it one, how large, what kind.
#pragma once

#include "core/base/file.h"
#include "core/decode/sniff.h"
#include "core/image/photo_facts.h"

namespace contone::decode {

/// Reads the first 32 bytes with pread. Fails: Invalid "not-a-file" (a pipe, a device), "photo-empty",
/// "photo-too-large" (limits.maxFileBytes); errorFromErrno.
Result<Sniffed> sniffFile(const FileDescriptor& file, const image::Limits& limits);

}  // namespace contone::decode
