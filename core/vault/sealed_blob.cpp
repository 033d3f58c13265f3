// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Blocks: sealed as they fill, opened one by one.
#include "core/vault/sealed_blob.h"

#include <algorithm>

namespace contone::vault {
namespace {

constexpr std::string_view firstLine = "contone sealed 1, AES-256-GCM\n";
constexpr std::size_t boundBytes = firstLine.size() + 4 + 8 + 16, headBytes = boundBytes + sizeof(keys::WrappedKey);
constexpr std::size_t sealedBlock = blockBytes + keys::tagBytes;
constexpr std::size_t written = 16 * sealedBlock;  ///< bytes at a time

keys::Nonce nonceOf(std::uint64_t index, bool isLast) {
    keys::Nonce nonce{};
    nonce[0] = static_cast<std::byte>(isLast ? 1 : 0);
    for (std::size_t i = 0; i < 8; i++) nonce[4 + i] = static_cast<std::byte>(index >> (56 - 8 * i) & 0xff);
    return nonce;
}

/// What the blob's key is bound to, as far as it stands in the file.
Bytes boundHead(std::uint64_t bytes, keys::KeyId under) {
    Bytes head;
    keys::append(head, firstLine);
    keys::append(head, blockBytes, 4);
    keys::append(head, bytes, 8);
    keys::append(head, under.uuid);
    return head;
}

Bytes withHash(Bytes head, const Sha256& hash) {
    keys::append(head, std::as_bytes(std::span(hash.bytes)));
    return head;
}

struct Head {
    std::uint64_t bytes = 0;
    keys::KeyId under;
    keys::WrappedKey wrapped{};
};

/// Nothing: not the head of a blob of this version.
Result<std::optional<Head>> readHead(const DiskFile& file) {
    Bytes bytes(headBytes);
    CONTONE_TRY(const std::size_t got, file.read(bytes, 0));
    Head head;
    if (got < headBytes) return std::nullopt;
    head.bytes = keys::numberAt(std::span(bytes).subspan(firstLine.size() + 4, 8));
    std::ranges::transform(std::span(bytes).subspan(firstLine.size() + 12, 16), head.under.uuid.bytes.begin(),
                           [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    if (!std::ranges::equal(boundHead(head.bytes, head.under), std::span(bytes).first(boundBytes))) return std::nullopt;
    std::ranges::copy(std::span(bytes).subspan(boundBytes), head.wrapped.begin());
    return head;
}

}  // namespace

std::unexpected<Error> originalDamaged(std::string detail) {
    return fail(Code::Corrupt, "original-damaged",
                "An original in the store is damaged. Restore it from a backup or bring the photo again.",
                std::move(detail));
}

// ---- writing ----------------------------------------------------------------------------------

BlobWriter::BlobWriter(DiskFile& file)
    : m_file(file), m_key(keys::Key::random()), m_cipher(m_key.bytes()), m_at(headBytes) {
    m_plain.reserve(blockBytes);
    m_sealed.reserve(written);
}

// A full block is sealed when more comes: only then is it known not to be the last.
Result<void> BlobWriter::write(std::span<const std::byte> plain) {
    while (!plain.empty()) {
        if (m_plain.size() == blockBytes) CONTONE_CHECK(sealBlock(Last::No));
        const std::size_t n = std::min(plain.size(), blockBytes - m_plain.size());
        keys::append(m_plain, plain.first(n));
        m_bytes += n;
        plain = plain.subspan(n);
    }
    return {};
}

Result<void> BlobWriter::sealBlock(Last last) {
    const std::size_t at = m_sealed.size();
    m_sealed.resize(at + m_plain.size() + keys::tagBytes);
    m_cipher.seal(nonceOf(m_blocks++, last == Last::Yes), {}, m_plain, std::span(m_sealed).subspan(at));
    m_plain.clear();
    return m_sealed.size() < written ? Result<void>() : flush();
}

Result<void> BlobWriter::flush() {
    CONTONE_CHECK(m_file.write(m_sealed, m_at));
    m_at += m_sealed.size();
    m_sealed.clear();
    return {};
}

Result<void> BlobWriter::finish() {
    CONTONE_CHECK(sealBlock(Last::Yes));
    if (!m_sealed.empty()) CONTONE_CHECK(flush());
    keys::clear({m_plain.data(), m_plain.capacity()});
    return {};
}

Result<void> BlobWriter::writeHead(const keys::KeyRing& ring, keys::KeyId under, const Sha256& hash) {
    Bytes head = boundHead(m_bytes, under);
    CONTONE_TRY(const keys::WrappedKey wrapped, ring.wrap(under, m_key, withHash(head, hash)));
    keys::append(head, wrapped);
    return m_file.write(head, 0);
}

// ---- reading ----------------------------------------------------------------------------------

SealedBlob::SealedBlob(const DiskFile& file, const keys::Key& key, std::uint64_t bytes)
    : m_file(&file), m_cipher(key.bytes()), m_bytes(bytes) {}

Result<SealedBlob> SealedBlob::open(std::unique_ptr<DiskFile> file, const keys::KeyRing& ring, const Sha256& hash) {
    CONTONE_TRY(const std::optional<Head> head, readHead(*file));
    if (!head) return originalDamaged("no head of a sealed blob");
    auto key = ring.unwrap(head->under, head->wrapped, withHash(boundHead(head->bytes, head->under), hash));
    if (!key && key.error().reason == "sealed-damaged") return originalDamaged("its head is not as it was written");
    if (!key) return fail(key.error());
    SealedBlob blob(*file, *key, head->bytes);
    blob.m_owned = std::move(file);
    CONTONE_CHECK(blob.checkLength());
    return blob;
}

Result<SealedBlob> SealedBlob::open(const DiskFile& file, const BlobWriter& writer) {
    SealedBlob blob(file, writer.key(), writer.bytes());
    CONTONE_CHECK(blob.checkLength());
    return blob;
}

Result<std::optional<keys::KeyId>> SealedBlob::keyOf(const DiskFile& file) {
    CONTONE_TRY(const std::optional<Head> head, readHead(file));
    return head ? std::optional(head->under) : std::nullopt;
}

Result<void> SealedBlob::checkLength() const {
    CONTONE_TRY(const std::uint64_t length, m_file->size());
    if (length != headBytes + m_bytes + blocks() * keys::tagBytes)
        return originalDamaged("it is " + std::to_string(length) + " bytes long");
    return {};
}

Result<std::span<const std::byte>> SealedBlob::block(std::uint64_t index) {
    if (index >= blocks()) return originalDamaged("there is no block " + std::to_string(index));
    const bool isLast = index + 1 == blocks();
    m_plain.resize(isLast ? static_cast<std::size_t>(m_bytes - index * blockBytes) : blockBytes);
    m_sealed.resize(m_plain.size() + keys::tagBytes);
    CONTONE_TRY(const std::size_t got, m_file->read(m_sealed, headBytes + index * sealedBlock));
    if (got != m_sealed.size() || !m_cipher.open(nonceOf(index, isLast), {}, m_sealed, m_plain))
        return originalDamaged("block " + std::to_string(index));
    return std::span<const std::byte>(m_plain);
}

Result<std::size_t> SealedBlob::read(std::span<std::byte> to, std::uint64_t at) {
    std::size_t have = 0;
    while (have < to.size() && at + have < m_bytes) {
        const std::uint64_t from = at + have;
        CONTONE_TRY(auto plain, block(from / blockBytes));
        plain = plain.subspan(static_cast<std::size_t>(from % blockBytes));
        const std::size_t n = std::min(plain.size(), to.size() - have);
        std::ranges::copy(plain.first(n), to.begin() + static_cast<std::ptrdiff_t>(have));
        have += n;
    }
    return have;
}

}  // namespace contone::vault
