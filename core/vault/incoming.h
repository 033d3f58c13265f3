// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// IncomingBlob: a sealed copy in the making; it belongs to nobody until it has a name, and to no crash for long.
#pragma once

#include "core/vault/sealed_blob.h"

namespace contone::vault {

/// A file in the incoming folder, whose key is in memory alone: once this object is gone without publish(), nobody can
/// read what is left of it on the disk. Removed by the destructor unless published. One thread at a time.
class IncomingBlob {
  public:
    /// `disk` outlives it.
    static Result<IncomingBlob> create(FilePort& disk, const Path& folder);
    IncomingBlob(IncomingBlob&&) noexcept = default;
    IncomingBlob(const IncomingBlob&) = delete;
    IncomingBlob& operator=(IncomingBlob&& other) noexcept;
    ~IncomingBlob();
    Result<void> write(std::span<const std::byte> plain) { return m_writer->write(plain); }
    Result<void> finish() { return m_writer->finish(); }
    /// What was written, from its start, for reading only: plain, in memory. After finish().
    Result<FileDescriptor> openForReading() const;
    /// Takes a key of the ring, syncs, makes read-only and gives the file its final name, in a folder that exists; a
    /// file that has that name loses it. When it returns, a power cut leaves the file in place; when it fails, its key
    /// is destroyed as far as that can be done. After finish().
    Result<void> publish(const Path& path, keys::KeyRing& ring, const Sha256& hash);

  private:
    IncomingBlob() = default;
    FilePort* m_disk = nullptr;
    std::unique_ptr<DiskFile> m_file;
    std::unique_ptr<BlobWriter> m_writer;
    Path m_path;  ///< empty: it has been published
};

/// Removes the copies that nobody is writing, and with them the keys of those that had almost been published.
Result<void> removeStaleIncoming(const Path& folder, keys::KeyRing& ring);

/// Memory that holds the plain bytes of `blob`, for reading only, at its start: sealed, so that nobody who gets it can
/// change its bytes or its length. Fails: as SealedBlob::block; Unavailable "out-of-memory".
Result<FileDescriptor> inMemory(SealedBlob& blob);
/// The same of a file that is not sealed.
Result<FileDescriptor> inMemory(const DiskFile& plain);

}  // namespace contone::vault
