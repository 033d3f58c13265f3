// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vault: read once, hash on the way, name by what was read.
#include "core/vault/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/vault/medium_file.h"

namespace contone::vault {

namespace {

constexpr std::size_t chunk = 1 << 20;
std::unexpected<Error> tooLarge(const std::string& detail) {
    return fail(Code::Invalid, "file-too-large", "This file is larger than 1 GB. Use a smaller one.", detail);
}

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

Result<Staged> Vault::stage(const Path& file) {
    CONTONE_TRY(MediumFile medium, MediumFile::open(file));
    return stage([&](std::span<std::byte> to) { return medium.read(to); });
}

Result<Staged> Vault::stage(const ReadBytes& read) {
    CONTONE_TRY(IncomingFile incoming, IncomingFile::create(m_root / "incoming"));
    Sha256Hasher hasher;
    Bytes buffer(chunk);
    for (std::int64_t total = 0;;) {
        CONTONE_TRY(const std::size_t n, read(buffer));
        if (n == 0) return Staged(std::move(incoming), hasher.finish());
        total += static_cast<std::int64_t>(n);
        if (total > largestOriginal) return tooLarge("what arrives");
        hasher.update({buffer.data(), n});
        CONTONE_CHECK(incoming.write({buffer.data(), n}));
    }
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
