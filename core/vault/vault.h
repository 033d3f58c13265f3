// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Vault: the immutable originals and other blobs, each named by its SHA-256.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

namespace contone::vault {

/// Layout: root/originals/ab/cdef…, files are 0444; root/incoming holds copies that are not complete yet.
/// Thread-safe; several processes may add and read at the same time.
class Vault {
  public:
    /// Makes the folders and removes copies that a crash left half-way. Fails as makeDirectories; Denied
    /// "not-writable".
    static Result<Vault> open(const Path& root);
    /// Copies once: hash while reading, fsync the file and its folders, then it exists. The medium is only read.
    /// The same bytes twice are stored once. Fails: Unavailable "medium-removed" when reading fails half way or ends
    /// early, "disk-full"; Invalid "file-too-large" above 1 GB, "file-not-regular" (a pipe, a device); NotFound
    /// "file-missing". Nothing is left behind then. An empty file is a blob like any other.
    Result<Sha256> add(const Path& file);
    Result<Sha256> addBytes(std::span<const std::byte> bytes);
    /// Fails: NotFound "original-missing".
    Result<FileDescriptor> openBlob(const Sha256& hash) const;
    Path pathOf(const Sha256& hash) const;
    bool contains(const Sha256& hash) const;
    /// Re-hashes. Fails: NotFound "original-missing"; Corrupt "original-damaged".
    Result<void> check(const Sha256& hash) const;

  private:
    explicit Vault(Path root) : m_root(std::move(root)) {}
    Path m_root;
};

}  // namespace contone::vault
