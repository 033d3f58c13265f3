// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vault: read once, hash on the way, name by what was read.
#include "core/vault/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

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

// A new level of folders is on disk only when its parent is synced.
Result<void> makeDurableDirectory(const Path& path) {
    CONTONE_CHECK(makeDirectories(path, Access::Private));
    return syncDirectory(path.parent_path());
}

// What a person may not write to is "not-writable" here, whichever system call found out.
Error forWriting(Error error) {
    if (error.reason == "no-permission") error = errorFromErrno(EROFS, error.detail);
    return error;
}

}  // namespace

Result<Vault> Vault::open(const Path& root) {
    const auto prepare = [&]() -> Result<void> {
        CONTONE_CHECK(makeDirectories(root, Access::Private));
        CONTONE_CHECK(makeDurableDirectory(root / "originals"));
        CONTONE_CHECK(makeDurableDirectory(root / "incoming"));
        return removeStaleIncoming(root / "incoming");
    };
    if (auto done = prepare(); !done) return fail(forWriting(done.error()));
    return Vault(root);
}

Result<Staged> Vault::stage(const Path& file, const FirstLook& look) {
    CONTONE_TRY(MediumFile medium, MediumFile::open(file));
    return stage([&](std::span<std::byte> to) { return medium.read(to); }, look);
}

Result<Staged> Vault::stage(const ReadBytes& read, const FirstLook& look) {
    Pieces pieces(read);
    CONTONE_CHECK(pieces.next());
    // No file is made of what is refused at the first look.
    if (look && !pieces.piece().empty()) CONTONE_CHECK(look(pieces.first(), pieces.soFar()));
    CONTONE_TRY(IncomingFile incoming, IncomingFile::create(m_root / "incoming"));
    Sha256Hasher hasher;
    while (!pieces.piece().empty()) {
        hasher.update(pieces.piece());
        CONTONE_CHECK(incoming.write(pieces.piece()));
        CONTONE_CHECK(pieces.next());
        if (look) CONTONE_CHECK(look(pieces.first(), pieces.soFar()));
    }
    return Staged(std::move(incoming), hasher.finish());
}

Result<Sha256> Vault::commit(Staged staged) {
    const Sha256 hash = staged.hash();
    CONTONE_CHECK(makeDurableDirectory(pathOf(hash).parent_path()));
    CONTONE_CHECK(staged.m_file.publish(pathOf(hash), [&] { return check(hash).has_value(); }));
    return hash;
}

Result<Sha256> Vault::add(const Path& file) {
    CONTONE_TRY(Staged staged, stage(file));
    return commit(std::move(staged));
}

Result<Sha256> Vault::addBytes(std::span<const std::byte> bytes) {
    if (bytes.size() > static_cast<std::size_t>(largestOriginal)) return tooLarge("bytes");
    CONTONE_TRY(IncomingFile incoming, IncomingFile::create(m_root / "incoming"));
    CONTONE_CHECK(incoming.write(bytes));
    return commit(Staged(std::move(incoming), Sha256::of(bytes)));
}

Result<FileDescriptor> Vault::openBlob(const Sha256& hash) const {
    auto fd = openForReading(pathOf(hash));
    if (!fd && fd.error().code == Code::NotFound)
        return fail(Code::NotFound, "original-missing", "This original is not in the store. Bring the photo again.",
                    fd.error().detail);
    return fd;
}

Path Vault::pathOf(const Sha256& hash) const {
    const std::string name = hash.toString();
    return m_root / "originals" / name.substr(0, 2) / name.substr(2);
}

bool Vault::contains(const Sha256& hash) const {
    struct stat st{};
    return ::stat(pathOf(hash).c_str(), &st) == 0 && S_ISREG(st.st_mode);
}

Result<void> Vault::check(const Sha256& hash) const {
    CONTONE_TRY(const FileDescriptor fd, openBlob(hash));
    Sha256Hasher hasher;
    Bytes buffer(chunk);
    ssize_t n = 0;
    while ((n = ::read(fd.get(), buffer.data(), buffer.size())) != 0) {
        if (n > 0) hasher.update({buffer.data(), static_cast<std::size_t>(n)});
        if (n < 0 && errno != EINTR) break;
    }
    const std::string problem = n < 0 ? errorFromErrno(errno, "read " + pathOf(hash).string()).detail : std::string();
    if (n < 0 || hasher.finish() != hash)
        return fail(Code::Corrupt, "original-damaged",
                    "An original in the store is damaged. Restore it from a backup or bring the photo again.",
                    n < 0 ? problem : pathOf(hash).string());
    return {};
}

}  // namespace contone::vault
