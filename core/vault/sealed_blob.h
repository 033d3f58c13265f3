// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SealedBlob: a photo as it lies on the disk: under a key of its own, in blocks of which each can be read alone.
//
//     line that names format, version and cipher, '\n' at its end
//      4 bytes  of plain bytes in a block, big-endian: 65536
//      8 bytes  how many plain bytes in all, big-endian
//     16 bytes  the ring's key under which the blob's key is wrapped
//     60 bytes  the blob's key, wrapped with all before and the SHA-256 of the plain bytes as associated data
//     blocks    each its plain bytes and 16 bytes that authenticate them; the last may be short, or empty when all is
//
// Block n is sealed with the nonce (is it the last: 1 byte, zeros: 3 bytes, n: 8 bytes), so that blocks that are cut
// off, changed over or added are found: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015). Each
// blob has a random key that seals nothing else, so that no nonce comes twice.
#pragma once

#include <memory>
#include <optional>

#include "core/base/file_port.h"
#include "core/base/sha256.h"
#include "core/keys/key_ring.h"

namespace contone::vault {

inline constexpr std::size_t blockBytes = 64 << 10;

/// Corrupt "original-damaged".
std::unexpected<Error> originalDamaged(std::string detail);

/// Seals what it is given into a new file. Plain bytes never reach the disk. One thread. Fails as DiskFile::write.
class BlobWriter {
  public:
    explicit BlobWriter(DiskFile& file);
    Result<void> write(std::span<const std::byte> plain);
    /// The last block. Nothing can be written afterwards.
    Result<void> finish();
    /// Makes it a blob that can be opened by the ring: call once, after finish(). Fails too: as KeyRing::wrap.
    Result<void> writeHead(const keys::KeyRing& ring, keys::KeyId under, const Sha256& hash);
    std::uint64_t bytes() const { return m_bytes; }  ///< plain
    const keys::Key& key() const { return m_key; }

  private:
    enum class Last { No, Yes };
    Result<void> sealBlock(Last last);
    Result<void> flush();
    DiskFile& m_file;
    keys::Key m_key;
    keys::Cipher m_cipher;
    Bytes m_plain, m_sealed;  ///< of the block that is being filled; of blocks that are not written yet
    std::uint64_t m_bytes = 0, m_blocks = 0, m_at;
};

/// Reads. One thread at a time. Fails, all functions: Corrupt "original-damaged"; as DiskFile::read.
class SealedBlob {
  public:
    /// `hash`: of its plain bytes. Fails too: as KeyRing::get.
    static Result<SealedBlob> open(std::unique_ptr<DiskFile> file, const keys::KeyRing& ring, const Sha256& hash);
    /// One that has no head yet. `file` outlives it.
    static Result<SealedBlob> open(const DiskFile& file, const BlobWriter& writer);
    /// The ring's key of the blob in `file`; none when that is no blob.
    static Result<std::optional<keys::KeyId>> keyOf(const DiskFile& file);

    std::uint64_t bytes() const { return m_bytes; }  ///< plain
    std::uint64_t blocks() const { return m_bytes == 0 ? 1 : (m_bytes - 1) / blockBytes + 1; }
    /// The plain bytes of one block, until the next call.
    Result<std::span<const std::byte>> block(std::uint64_t index);
    /// From byte `at` on, until `to` is full or the blob ends. Returns how many.
    Result<std::size_t> read(std::span<std::byte> to, std::uint64_t at);

  private:
    SealedBlob(const DiskFile& file, const keys::Key& key, std::uint64_t bytes);
    Result<void> checkLength() const;
    std::unique_ptr<DiskFile> m_owned;
    const DiskFile* m_file;
    keys::Cipher m_cipher;
    std::uint64_t m_bytes;
    Bytes m_sealed, m_plain;
};

}  // namespace contone::vault
