// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Vault: the immutable originals and other blobs, each named by its SHA-256.
#pragma once

#include <functional>

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/vault/incoming.h"

namespace contone::vault {

/// Fills the span from its start and says how many bytes; 0 at the end.
using ReadBytes = std::function<Result<std::size_t>(std::span<std::byte>)>;

/// Looks at what arrives before it is written: the first bytes (at least 32, unless there are fewer) and how many came
/// so far. Called for each piece; a failure is that of all.
using FirstLook = std::function<Result<void>(std::span<const std::byte> first, std::int64_t soFar)>;

/// A whole copy that is not an original yet: it has a hash but no name, and is gone with this object unless it is
/// committed. Whether it is worth keeping is found out on it, never on the medium it came from.
class Staged {
  public:
    const Sha256& hash() const { return m_hash; }
    /// A descriptor of its own, for reading only, at the start.
    Result<FileDescriptor> open() const { return m_file.openForReading(); }

  private:
    friend class Vault;
    Staged(IncomingFile file, const Sha256& hash) : m_file(std::move(file)), m_hash(hash) {}
    IncomingFile m_file;
    Sha256 m_hash;
};

/// Layout: root/originals/ab/cdef…, files are 0444; root/incoming holds copies that are not complete yet.
/// Thread-safe; several processes may add and read at the same time.
class Vault {
  public:
    /// Makes the folders and removes copies that a crash left half-way. Fails as makeDirectories; Denied
    /// "not-writable".
    static Result<Vault> open(const Path& root);
    /// Copies once, hashing while reading; the medium is only read. Fails as MediumFile; Unavailable "disk-full".
    /// Fails also as `look`. Nothing is left behind then. An empty file is a blob like any other.
    Result<Staged> stage(const Path& file, const FirstLook& look = {});
    /// The same for bytes that arrive: a failure of `read` is the failure of all. Fails also: Invalid "file-too-large"
    /// above 1 GB.
    Result<Staged> stage(const ReadBytes& read, const FirstLook& look = {});
    /// fsyncs the file and its folders, then it exists. The same bytes twice are stored once.
    Result<Sha256> commit(Staged staged);
    /// stage() and commit().
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
