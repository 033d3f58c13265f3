// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Copies in the making: locked while written, synced before they are named.
#include "core/vault/incoming.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/id.h"

namespace contone::vault {

Result<IncomingFile> IncomingFile::create(const Path& folder) {
    // Between open and flock another process' clean-up may take the file away: then its link count is 0, and we retry.
    for (int attempt = 0; attempt < 10; attempt++) {
        IncomingFile file;
        file.m_path = folder / (Uuid::generate({0}).toString() + ".part");
        file.m_fd = FileDescriptor(::open(file.m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file.m_fd.isOpen()) {
            const int problem = errno;
            file.m_path.clear();
            return fail(errorFromErrno(problem, "create in " + folder.string()));
        }
        struct stat st{};
        if (::flock(file.m_fd.get(), LOCK_EX | LOCK_NB) == 0 && ::fstat(file.m_fd.get(), &st) == 0 && st.st_nlink == 1)
            return file;
    }
    return fail(Code::Unavailable, "vault-busy",
                "The folder of originals is being cleaned by another program. Try again.", folder.string());
}

IncomingFile& IncomingFile::operator=(IncomingFile&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    std::swap(m_path, other.m_path);
    return *this;
}

IncomingFile::~IncomingFile() {
    if (m_fd.isOpen() && !m_path.empty()) ::unlink(m_path.c_str());
}

Result<FileDescriptor> IncomingFile::openForReading() const {
    return contone::openForReading(m_path);
}

Result<void> IncomingFile::publish(const Path& path, const std::function<bool()>& isWhole) {
    if (::fchmod(m_fd.get(), 0400) != 0 || ::fsync(m_fd.get()) != 0)
        return fail(errorFromErrno(errno, "fsync " + path.string()));
    if (::link(m_path.c_str(), path.c_str()) != 0) {
        if (errno != EEXIST) return fail(errorFromErrno(errno, "link " + path.string()));
        // Named before and whole: nothing to do. One that the disk has damaged, also at its full length, ours heals.
        if (!isWhole()) {
            if (::rename(m_path.c_str(), path.c_str()) != 0)
                return fail(errorFromErrno(errno, "rename " + path.string()));
            m_path.clear();
        }
    }
    // Also when the file was there already: whoever named it may not have synced the folder yet.
    return syncDirectory(path.parent_path());
}

Result<void> removeStaleIncoming(const Path& folder) {
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const FileDescriptor fd(::open(it->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (fd.isOpen() && ::flock(fd.get(), LOCK_EX | LOCK_NB) == 0 && ::unlink(it->path().c_str()) != 0 &&
            errno != ENOENT)
            return fail(errorFromErrno(errno, "unlink " + it->path().string()));
    }
    if (error) return fail(errorFromErrno(error.value(), "read " + folder.string()));
    return {};
}

}  // namespace contone::vault
