// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Vault: the immutable originals and other blobs, each named by the SHA-256 of its plain bytes and sealed on the disk.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>

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
    /// Its plain bytes in memory: as Vault::openBlob. Fails: as it.
    Result<FileDescriptor> open() const { return m_blob.openForReading(); }

  private:
    friend class Vault;
    Staged(IncomingBlob blob, const Sha256& hash) : m_blob(std::move(blob)), m_hash(hash) {}
    IncomingBlob m_blob;
    Sha256 m_hash;
};

/// Layout: root/originals/ab/cdef….sealed, files are 0400; root/incoming holds copies that are not complete yet. Plain
/// bytes are never on the disk. Of stores that are older than sealing, root/originals/ab/cdef… without an ending are
/// plain blobs; they are read as ever, and sealed when the same bytes come again.
/// For one process at a time, as its ring. Thread-safe.
class Vault {
  public:
    /// Makes the folders and removes copies that a crash left half-way. `ring` outlives it. Fails as makeDirectories;
    /// Denied "not-writable".
    static Result<Vault> open(const Path& root, keys::KeyRing& ring);
    /// Copies once, hashing and sealing while reading; the medium is only read. Fails as MediumFile; Unavailable
    /// "disk-full". Fails also as `look`. Nothing is left behind then. An empty file is a blob like any other.
    Result<Staged> stage(const Path& file, const FirstLook& look = {});
    /// The same for bytes that arrive: a failure of `read` is the failure of all. Fails also: Invalid "file-too-large"
    /// above 1 GB.
    Result<Staged> stage(const ReadBytes& read, const FirstLook& look = {});
    /// fsyncs the file and its folders, then it exists, under a key of the ring. The same bytes twice are stored once.
    Result<Sha256> commit(Staged staged);
    /// stage() and commit().
    Result<Sha256> add(const Path& file);
    Result<Sha256> addBytes(std::span<const std::byte> bytes);
    /// A descriptor of memory that holds the plain bytes, for reading only, at its start; sealed against changes. It
    /// takes as much memory as the blob has bytes while anybody has it open.
    /// Fails: NotFound "original-missing"; Corrupt "original-damaged", "keys-damaged"; Unavailable "out-of-memory".
    Result<FileDescriptor> openBlob(const Sha256& hash) const;
    /// All of its plain bytes. Fails too: Invalid "file-too-large" above `limit`.
    Result<Bytes> read(const Sha256& hash, std::size_t limit) const;
    /// Where the sealed blob lies.
    Path pathOf(const Sha256& hash) const;
    bool contains(const Sha256& hash) const;
    /// Re-hashes the plain bytes. Fails as openBlob, but for memory.
    Result<void> check(const Sha256& hash) const;
    /// Destroys the key of a blob, then removes it; a plain one is overwritten. When it returns, nothing that is left
    /// on the disk gives its bytes (as far as KeyRing::destroy says so). One that is not there is what is wanted. When
    /// it fails, it must be called again; until then the blob may be missing or not. Fails as KeyRing::destroy.
    Result<void> forget(const Sha256& hash);

  private:
    Vault(Path root, keys::KeyRing& ring);
    FilePort& disk() const { return m_ring->disk(); }
    Path plainPathOf(const Sha256& hash) const;
    /// One of both. Fails as openBlob.
    struct Opened;
    Result<Opened> openEither(const Sha256& hash) const;
    Result<void> forgetSealed(const Path& file);
    Path m_root;
    keys::KeyRing* m_ring;
    /// One at a time gives a name or takes it; photos whose hashes begin otherwise do not wait for each other's disk.
    using Turns = std::array<std::mutex, 64>;
    std::mutex& turnOf(const Sha256& hash) const { return (*m_turns)[hash.bytes[0] % std::tuple_size_v<Turns>]; }
    std::unique_ptr<Turns> m_turns;
};

}  // namespace contone::vault
