// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Copies in the making: sealed while they are written, synced before they are named; and plain bytes in memory.
#include "core/vault/incoming.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <utility>

#include "core/base/id.h"

namespace contone::vault {

Result<IncomingBlob> IncomingBlob::create(FilePort& disk, const Path& folder) {
    IncomingBlob blob;
    const Path path = folder / (Uuid::generate({0}).toString() + ".part");
    CONTONE_TRY(blob.m_file, disk.create(path));
    blob.m_disk = &disk;
    blob.m_path = path;
    blob.m_writer = std::make_unique<BlobWriter>(*blob.m_file);
    return blob;
}

IncomingBlob& IncomingBlob::operator=(IncomingBlob&& other) noexcept {
    std::swap(m_disk, other.m_disk);
    std::swap(m_file, other.m_file);
    std::swap(m_writer, other.m_writer);
    std::swap(m_path, other.m_path);
    return *this;
}

IncomingBlob::~IncomingBlob() {
    if (m_file && !m_path.empty()) (void)m_disk->remove(m_path);  // else the next start does
}

Result<FileDescriptor> IncomingBlob::openForReading() const {
    CONTONE_TRY(SealedBlob blob, SealedBlob::open(*m_file, *m_writer));
    return inMemory(blob);
}

Result<void> IncomingBlob::publish(const Path& path, keys::KeyRing& ring, const Sha256& hash) {
    CONTONE_TRY(const keys::KeyRing::Taken taken, ring.take());
    const auto publishNow = [&]() -> Result<void> {
        CONTONE_CHECK(m_writer->writeHead(ring, taken.id, hash));
        CONTONE_CHECK(m_file->makeReadOnly());
        CONTONE_CHECK(m_file->sync());
        CONTONE_CHECK(m_disk->rename(m_path, path));
        const Path former = std::exchange(m_path, {});
        CONTONE_CHECK(m_disk->syncFolder(path.parent_path()));
        // The former name must not come back: the next start would take it for a copy that was never finished, and
        // destroy its key.
        return m_disk->syncFolder(former.parent_path());
    };
    auto done = publishNow();
    if (done) return done;
    // Nobody was told that it is here: what is left of it must not be readable.
    if (m_path.empty()) (void)m_disk->remove(path);
    (void)ring.destroy(std::array{taken.id});
    return done;
}

Result<void> removeStaleIncoming(const Path& folder, keys::KeyRing& ring) {
    return ring.disk().removeAbandoned(folder, [&](DiskFile& stale) -> Result<void> {
        const auto key = SealedBlob::keyOf(stale).value_or(std::nullopt);  // what cannot be read goes all the same
        return key && ring.has(*key) ? ring.destroy(std::array{*key}) : Result<void>();
    });
}

// ---- plain bytes in memory --------------------------------------------------------------------

namespace {

/// `piece` gives the next bytes, none at the end.
Result<FileDescriptor> inMemory(const std::function<Result<std::span<const std::byte>>()>& piece) {
    const auto failed = [](int problem, const char* call) {
        if (problem == ENOMEM || problem == ENOSPC)
            return fail(Code::Unavailable, "out-of-memory",
                        "There is not enough memory to open this. Close other programs and try again.", call);
        return fail(errorFromErrno(problem, call));
    };
    const FileDescriptor memory(::memfd_create("original", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!memory.isOpen()) return failed(errno, "memfd_create");
    for (;;) {
        CONTONE_TRY(std::span<const std::byte> rest, piece());
        if (rest.empty()) break;
        while (!rest.empty()) {
            const ssize_t n = ::write(memory.get(), rest.data(), rest.size());
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return failed(n < 0 ? errno : EIO, "write to memory");
            rest = rest.subspan(static_cast<std::size_t>(n));
        }
    }
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
        return failed(errno, "seal memory");
    // A description of its own, at the start and for reading only.
    return contone::openForReading("/proc/self/fd/" + std::to_string(memory.get()));
}

}  // namespace

Result<FileDescriptor> inMemory(SealedBlob& blob) {
    return inMemory([&blob, next = std::uint64_t{0}]() mutable -> Result<std::span<const std::byte>> {
        if (next == blob.blocks()) return std::span<const std::byte>();
        return blob.block(next++);
    });
}

Result<FileDescriptor> inMemory(const DiskFile& plain) {
    Bytes buffer(std::size_t{1} << 18);
    return inMemory([&, at = std::uint64_t{0}]() mutable -> Result<std::span<const std::byte>> {
        CONTONE_TRY(const std::size_t got, plain.read(buffer, at));
        at += got;
        return std::span<const std::byte>(buffer).first(got);
    });
}

}  // namespace contone::vault
