// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Vault: the immutable originals and other blobs, each named by its SHA-256.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

namespace contone::vault {

/// Layout: root/originals/ab/cdef…, root/profiles/…; files are 0444. Thread-safe; several processes may read.
class Vault {
  public:
    /// Makes the folders. Fails as makeDirectories.
    static Result<Vault> open(const Path& root);
    /// Copies once: hash while reading, fsync the file and its folder, then it exists. The medium is only read.
    /// The same bytes twice are stored once. Fails: Unavailable "medium-removed" when reading fails half way,
    /// "disk-full"; Invalid "file-too-large" above 1 GB; "photo-empty" is not judged here (an empty file is a blob).
    Result<Sha256> add(const Path& file);
    Result<Sha256> addBytes(std::span<const std::byte> bytes);
    /// Fails: NotFound "original-missing".
    Result<FileDescriptor> openBlob(const Sha256& hash) const;
    Path pathOf(const Sha256& hash) const;
    bool contains(const Sha256& hash) const;
    /// Re-hashes. Fails: Corrupt "original-damaged".
    Result<void> check(const Sha256& hash) const;

  private:
    explicit Vault(Path root) : m_root(std::move(root)) {}
    Path m_root;
};

}  // namespace contone::vault
