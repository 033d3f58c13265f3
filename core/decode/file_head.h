// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The first look at a file: is it one, how large, what kind.
#pragma once

#include "core/base/file.h"
#include "core/decode/sniff.h"
#include "core/image/photo_facts.h"

namespace contone::decode {

/// Reads the first 32 bytes with pread. Fails: Invalid "not-a-file" (a pipe, a device), "photo-empty",
/// "photo-file-too-large" (limits.maxFileBytes); errorFromErrno.
Result<Sniffed> sniffFile(const FileDescriptor& file, const image::Limits& limits);

/// Unsupported "photo-format": `kind` is no photo, and what it is when it is known.
std::unexpected<Error> notAPhoto(const Sniffed& kind);

/// For whoever copies a photo that arrives: may what begins with `first` (32 bytes, or all of a shorter file) and is
/// at least `soFar` bytes long be a photo? Fails: Unsupported "photo-format". Cheap: to be asked with each piece.
Result<void> checkFirstBytes(std::span<const std::byte> first, std::int64_t soFar);

}  // namespace contone::decode
