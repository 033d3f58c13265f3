// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Block after block, through keys::Cipher.
#include "core/backup/sealed_file_p.h"

#include <algorithm>
#include <array>

#include "core/keys/cipher.h"

namespace contone::backup {
namespace {

constexpr std::string_view head = "contone backup file 1 AES-256-GCM\n";
constexpr std::size_t saltBytes = 32, blockBytes = 64 << 10;

keys::Cipher cipherFor(const keys::StoreKey& storeKey, std::span<const std::byte> salt) {
    return keys::Cipher(keys::derive(storeKey.bytes(), salt, "contone backup file").bytes());
}

keys::Nonce nonceOf(std::uint64_t block, bool isLast) {
    keys::Nonce nonce{};
    nonce[0] = static_cast<std::byte>(isLast ? 1 : 0);
    for (std::size_t i = 0; i < 8; i++) nonce[4 + i] = static_cast<std::byte>(block >> (56 - 8 * i));
    return nonce;
}

std::unexpected<Error> damaged(const Path& file, const char* how) {
    return fail(Code::Corrupt, "snapshot-damaged", "This backup is damaged. Use another one.",
                file.string() + ": " + how);
}

}  // namespace

Result<void> sealFile(const Path& from, const Path& to, const keys::StoreKey& storeKey) {
    LocalDisk disk;
    CONTONE_TRY(const auto source, disk.open(from, FilePort::Open::ToRead));
    CONTONE_TRY(const std::uint64_t bytes, source->size());
    CONTONE_TRY(const auto made, disk.create(to));
    Bytes start;
    keys::append(start, head);
    std::array<std::byte, saltBytes> salt{};
    keys::fillRandom(salt);
    keys::append(start, salt);
    CONTONE_CHECK(made->write(start, 0));
    keys::Cipher cipher = cipherFor(storeKey, salt);
    Bytes plain(blockBytes), sealed(blockBytes + keys::tagBytes);
    std::uint64_t at = start.size();
    for (std::uint64_t block = 0;; block++) {
        CONTONE_TRY(const std::size_t n, source->read(plain, block * blockBytes));
        const bool isLast = (block + 1) * blockBytes >= bytes;
        const auto out = std::span(sealed).first(n + keys::tagBytes);
        cipher.seal(nonceOf(block, isLast), {}, std::span(plain).first(n), out);
        CONTONE_CHECK(made->write(out, at));
        at += out.size();
        if (isLast) break;
    }
    CONTONE_CHECK(made->sync());
    return disk.syncFolder(to.parent_path());
}

Result<void> openFile(const Path& from, const Path& to, const keys::StoreKey& storeKey) {
    LocalDisk disk;
    CONTONE_TRY(const auto source, disk.open(from, FilePort::Open::ToRead));
    CONTONE_TRY(const std::uint64_t bytes, source->size());
    Bytes start(head.size() + saltBytes);
    CONTONE_TRY(const std::size_t got, source->read(start, 0));
    if (got != start.size() || !std::ranges::equal(std::span(start).first(head.size()), std::as_bytes(std::span(head))))
        return damaged(from, "no backup file");
    keys::Cipher cipher = cipherFor(storeKey, std::span<const std::byte>(start).last(saltBytes));
    CONTONE_TRY(const auto made, disk.create(to));
    constexpr std::size_t whole = blockBytes + keys::tagBytes;
    Bytes sealed(whole), plain(blockBytes);
    std::uint64_t at = start.size();
    for (std::uint64_t block = 0;; block++) {
        CONTONE_TRY(const std::size_t n, source->read(sealed, at));
        if (n < keys::tagBytes) return damaged(from, "it ends too early");
        at += n;
        const bool isLast = at >= bytes;
        const auto out = std::span(plain).first(n - keys::tagBytes);
        if (!cipher.open(nonceOf(block, isLast), {}, std::span<const std::byte>(sealed).first(n), out))
            return damaged(from, "a block does not fit");
        CONTONE_CHECK(made->write(out, block * blockBytes));
        if (isLast) break;
    }
    return made->sync();
}

}  // namespace contone::backup
