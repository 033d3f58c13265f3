// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vault: read once, hash and seal on the way, name by what was read.
#include "core/vault/vault.h"

#include <algorithm>
#include <cerrno>
#include <optional>

#include "core/vault/medium_file.h"

namespace contone::vault {

namespace {

constexpr std::size_t chunk = 1 << 20;
std::unexpected<Error> tooLarge(const std::string& detail) {
    return fail(Code::Invalid, "file-too-large", "This file is larger than 1 GB. Use a smaller one.", detail);
}

/// What arrives, piece by piece; the first piece is long enough to be looked at.
class Pieces {
  public:
    explicit Pieces(const ReadBytes& read) : m_read(read), m_buffer(chunk) {}

    /// Fails as `read`; Invalid "file-too-large".
    Result<void> next() {
        const std::size_t least = m_soFar == 0 ? firstBytes : 1;
        m_filled = 0;
        while (!m_isEnd && m_filled < least) {
            CONTONE_TRY(const std::size_t n, m_read(std::span(m_buffer).subspan(m_filled)));
            m_filled += n;
            m_isEnd = n == 0;
        }
        if (m_soFar == 0) m_first.assign(piece().begin(), piece().begin() + firstLength());
        m_soFar += static_cast<std::int64_t>(m_filled);
        if (m_soFar > largestOriginal) return tooLarge("what arrives");
        return {};
    }
    std::span<const std::byte> piece() const { return std::span(m_buffer).first(m_filled); }  ///< empty: the end
    std::span<const std::byte> first() const { return m_first; }
    std::int64_t soFar() const { return m_soFar; }

  private:
    static constexpr std::size_t firstBytes = 32;
    std::ptrdiff_t firstLength() const { return static_cast<std::ptrdiff_t>(std::min(m_filled, firstBytes)); }

    const ReadBytes& m_read;
    Bytes m_buffer, m_first;
    std::size_t m_filled = 0;
    std::int64_t m_soFar = 0;
    bool m_isEnd = false;
};

std::unexpected<Error> originalMissing(std::string detail) {
    return fail(Code::NotFound, "original-missing", "This original is not in the store. Bring the photo again.",
                std::move(detail));
}

// What a person may not write to is "not-writable" here, whichever system call found out.
Error forWriting(Error error) {
    if (error.reason == "no-permission") error = errorFromErrno(EROFS, error.detail);
    return error;
}

}  // namespace

Vault::Vault(Path root, keys::KeyRing& ring)
    : m_root(std::move(root)), m_ring(&ring), m_turns(std::make_unique<Turns>()) {}

Result<Vault> Vault::open(const Path& root, keys::KeyRing& ring) {
    const auto prepare = [&]() -> Result<void> {
        CONTONE_CHECK(ring.disk().makeFolder(root / "originals"));
        CONTONE_CHECK(ring.disk().makeFolder(root / "incoming"));
        return removeStaleIncoming(root / "incoming", ring);
    };
    if (auto done = prepare(); !done) return fail(forWriting(done.error()));
    return Vault(root, ring);
}

// ---- coming in --------------------------------------------------------------------------------

Result<Staged> Vault::stage(const Path& file, const FirstLook& look) {
    CONTONE_TRY(MediumFile medium, MediumFile::open(file));
    return stage([&](std::span<std::byte> to) { return medium.read(to); }, look);
}

Result<Staged> Vault::stage(const ReadBytes& read, const FirstLook& look) {
    Pieces pieces(read);
    CONTONE_CHECK(pieces.next());
    // No file is made of what is refused at the first look.
    if (look && !pieces.piece().empty()) CONTONE_CHECK(look(pieces.first(), pieces.soFar()));
    CONTONE_TRY(IncomingBlob incoming, IncomingBlob::create(disk(), m_root / "incoming"));
    Sha256Hasher hasher;
    while (!pieces.piece().empty()) {
        hasher.update(pieces.piece());
        CONTONE_CHECK(incoming.write(pieces.piece()));
        CONTONE_CHECK(pieces.next());
        if (look) CONTONE_CHECK(look(pieces.first(), pieces.soFar()));
    }
    CONTONE_CHECK(incoming.finish());
    return Staged(std::move(incoming), hasher.finish());
}

// Named before and whole: nothing to do. One that the disk has damaged ours heals.
Result<Sha256> Vault::commit(Staged staged) {
    const Sha256 hash = staged.hash();
    const Path file = pathOf(hash);
    const std::lock_guard lock(turnOf(hash));
    CONTONE_CHECK(disk().makeFolder(file.parent_path()));
    const auto before = disk().open(file, FilePort::Open::ToRead);
    const bool isWhole = before && check(hash);
    if (isWhole) {
        // Whoever named it may not have come to sync the folder.
        CONTONE_CHECK(disk().syncFolder(file.parent_path()));
    } else {
        std::optional<keys::KeyId> formerKey;
        if (before) formerKey = SealedBlob::keyOf(**before).value_or(std::nullopt);
        CONTONE_CHECK(staged.m_blob.publish(file, *m_ring, hash));
        if (formerKey) CONTONE_CHECK(m_ring->destroy(std::array{*formerKey}));
    }
    const Path plain = plainPathOf(hash);
    if (disk().look(plain)) CONTONE_CHECK(eraseFile(disk(), plain));
    return hash;
}

Result<Sha256> Vault::add(const Path& file) {
    CONTONE_TRY(Staged staged, stage(file));
    return commit(std::move(staged));
}

Result<Sha256> Vault::addBytes(std::span<const std::byte> bytes) {
    if (bytes.size() > static_cast<std::size_t>(largestOriginal)) return tooLarge("bytes");
    CONTONE_TRY(IncomingBlob incoming, IncomingBlob::create(disk(), m_root / "incoming"));
    CONTONE_CHECK(incoming.write(bytes));
    CONTONE_CHECK(incoming.finish());
    return commit(Staged(std::move(incoming), Sha256::of(bytes)));
}

// ---- reading ----------------------------------------------------------------------------------

/// A blob that is sealed, or a plain one of an older store.
struct Vault::Opened {
    std::optional<SealedBlob> sealed;
    std::unique_ptr<DiskFile> plain;

    Result<std::uint64_t> bytes() const { return sealed ? sealed->bytes() : plain->size(); }
    /// Until `to` is full or the blob ends.
    Result<std::size_t> read(std::span<std::byte> to, std::uint64_t at) {
        return sealed ? sealed->read(to, at) : plain->read(to, at);
    }
};

Result<Vault::Opened> Vault::openEither(const Sha256& hash) const {
    auto file = disk().open(pathOf(hash), FilePort::Open::ToRead);
    if (file) {
        auto sealed = SealedBlob::open(std::move(*file), *m_ring, hash);
        if (sealed) return Opened{std::move(*sealed), nullptr};
        // It is being forgotten: a power cut came before it was removed.
        if (sealed.error().reason == "key-destroyed") return originalMissing(sealed.error().detail);
        return fail(sealed.error().during(pathOf(hash).string()));
    }
    if (file.error().code != Code::NotFound) return fail(file.error());
    auto plain = disk().open(plainPathOf(hash), FilePort::Open::ToRead);
    if (plain) return Opened{std::nullopt, std::move(*plain)};
    if (plain.error().code == Code::NotFound) return originalMissing(file.error().detail);
    return fail(plain.error());
}

Result<FileDescriptor> Vault::openBlob(const Sha256& hash) const {
    CONTONE_TRY(Opened opened, openEither(hash));
    return opened.sealed ? inMemory(*opened.sealed) : inMemory(*opened.plain);
}

Result<Bytes> Vault::read(const Sha256& hash, std::size_t limit) const {
    CONTONE_TRY(Opened opened, openEither(hash));
    CONTONE_TRY(const std::uint64_t size, opened.bytes());
    if (size > limit)
        return fail(Code::Invalid, "file-too-large", "This file is too large for what it should be.", hash.toString());
    Bytes bytes(static_cast<std::size_t>(size));
    CONTONE_TRY(const std::size_t got, opened.read(bytes, 0));
    bytes.resize(got);
    return bytes;
}

Result<void> Vault::check(const Sha256& hash) const {
    CONTONE_TRY(Opened opened, openEither(hash));
    Sha256Hasher hasher;
    Bytes buffer(chunk);
    for (std::uint64_t at = 0;;) {
        const auto got = opened.read(buffer, at);
        if (!got && got.error().code == Code::Internal) return originalDamaged(got.error().detail);
        if (!got) return fail(got.error().during(hash.toString()));
        if (*got == 0) break;
        hasher.update(std::span(buffer).first(*got));
        at += *got;
    }
    // An empty blob has a block as well.
    if (opened.sealed && opened.sealed->bytes() == 0) CONTONE_CHECK(opened.sealed->block(0));
    if (hasher.finish() != hash) return originalDamaged(hash.toString());
    return {};
}

Path Vault::pathOf(const Sha256& hash) const {
    return Path(plainPathOf(hash)) += ".sealed";
}

Path Vault::plainPathOf(const Sha256& hash) const {
    const std::string name = hash.toString();
    return m_root / "originals" / name.substr(0, 2) / name.substr(2);
}

bool Vault::contains(const Sha256& hash) const {
    const auto file = disk().open(pathOf(hash), FilePort::Open::ToRead);
    if (!file) return disk().look(plainPathOf(hash)).has_value();
    const auto key = SealedBlob::keyOf(**file);
    return !key || !*key || m_ring->has(**key);  // a damaged one is here; what is being forgotten is not
}

// ---- forgetting -------------------------------------------------------------------------------

Result<void> Vault::forget(const Sha256& hash) {
    const std::lock_guard lock(turnOf(hash));
    CONTONE_CHECK(forgetSealed(pathOf(hash)));
    const Path plain = plainPathOf(hash);
    return disk().look(plain) ? eraseFile(disk(), plain) : Result<void>();
}

// The key first: were the file removed first, a power cut could leave a key of which nobody knows what it opens.
Result<void> Vault::forgetSealed(const Path& file) {
    std::optional<keys::KeyId> key;
    {
        const auto opened = disk().open(file, FilePort::Open::ToRead);
        if (!opened && opened.error().code == Code::NotFound) return {};
        if (!opened) return fail(opened.error());
        CONTONE_TRY(key, SealedBlob::keyOf(**opened));
    }
    if (!key) return eraseFile(disk(), file);  // nobody knows which key it has
    CONTONE_CHECK(m_ring->destroy(std::array{*key}));
    CONTONE_CHECK(disk().remove(file));
    return disk().syncFolder(file.parent_path());
}

}  // namespace contone::vault
