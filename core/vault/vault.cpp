// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vault: read once, hash on the way, name by what was read.
#include "core/vault/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/vault/incoming.h"

namespace contone::vault {

namespace {

constexpr std::size_t chunk = 1 << 20;
constexpr std::int64_t largest = std::int64_t{1} << 30;

std::unexpected<Error> tooLarge(const std::string& detail) {
    return fail(Code::Invalid, "file-too-large", "This file is larger than 1 GB. Use a smaller one.", detail);
}

// Reads to the end and hands every chunk on. `expected`: what the file said its length is; it may be longer.
template <class Use>
Result<std::int64_t> readAll(int fd, std::int64_t expected, const std::string& name, Use use) {
    Bytes buffer(chunk);
    std::int64_t total = 0;
    for (;;) {
        const ssize_t n = ::read(fd, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 || (n == 0 && total < expected))
            return fail(Code::Unavailable, "medium-removed",
                        "Reading this file stopped half-way. Put the card or stick back in and try again.",
                        n < 0 ? errorFromErrno(errno, "read " + name).detail : "short read " + name);
        if (n == 0) return total;
        total += n;
        if (total > largest) return tooLarge(name);
        CONTONE_CHECK(use(std::span<const std::byte>(buffer.data(), static_cast<std::size_t>(n))));
    }
}

// A new level of folders is on disk only when its parent is synced.
Result<void> makeDurableDirectory(const Path& path) {
    if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST)
        return fail(errorFromErrno(errno, "mkdir " + path.string()));
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
        CONTONE_CHECK(makeDirectories(root));
        CONTONE_CHECK(makeDurableDirectory(root / "originals"));
        CONTONE_CHECK(makeDurableDirectory(root / "incoming"));
        return removeStaleIncoming(root / "incoming");
    };
    if (auto done = prepare(); !done) return fail(forWriting(done.error()));
    return Vault(root);
}

Result<Sha256> Vault::add(const Path& file) {
    // O_NONBLOCK: a pipe in a folder of photos must not hang us; it changes nothing for files.
    const FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd.isOpen()) return fail(errorFromErrno(errno, "open " + file.string()));
    struct stat st{};
    if (::fstat(fd.get(), &st) != 0) return fail(errorFromErrno(errno, "fstat " + file.string()));
    if (S_ISDIR(st.st_mode)) return fail(errorFromErrno(EISDIR, "open " + file.string()));
    if (!S_ISREG(st.st_mode))
        return fail(Code::Invalid, "file-not-regular", "This is not a file with a photo in it. Choose another.",
                    file.string());
    if (st.st_size > largest) return tooLarge(file.string());
    (void)::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL);

    CONTONE_TRY(IncomingFile incoming, IncomingFile::create(m_root / "incoming"));
    Sha256Hasher hasher;
    CONTONE_CHECK(readAll(fd.get(), st.st_size, file.string(), [&](std::span<const std::byte> part) {
        hasher.update(part);
        return incoming.write(part);
    }));
    (void)::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED);  // the medium is not read again
    const Sha256 hash = hasher.finish();
    CONTONE_CHECK(makeDurableDirectory(pathOf(hash).parent_path()));
    CONTONE_CHECK(incoming.publish(pathOf(hash), [&] { return check(hash).has_value(); }));
    return hash;
}

Result<Sha256> Vault::addBytes(std::span<const std::byte> bytes) {
    if (bytes.size() > static_cast<std::size_t>(largest)) return tooLarge("bytes");
    const Sha256 hash = Sha256::of(bytes);
    CONTONE_TRY(IncomingFile incoming, IncomingFile::create(m_root / "incoming"));
    CONTONE_CHECK(incoming.write(bytes));
    CONTONE_CHECK(makeDurableDirectory(pathOf(hash).parent_path()));
    CONTONE_CHECK(incoming.publish(pathOf(hash), [&] { return check(hash).has_value(); }));
    return hash;
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
    auto read = readAll(fd.get(), 0, pathOf(hash).string(), [&](std::span<const std::byte> part) -> Result<void> {
        hasher.update(part);
        return {};
    });
    if (!read || hasher.finish() != hash)
        return fail(Code::Corrupt, "original-damaged",
                    "An original in the store is damaged. Restore it from a backup or bring the photo again.",
                    read ? pathOf(hash).string() : read.error().detail);
    return {};
}

}  // namespace contone::vault
