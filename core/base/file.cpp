// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Durable writing: write beside, fsync, rename, fsync the directory.
#include "core/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/id.h"

namespace contone {

void FileDescriptor::reset() {
    if (m_fd >= 0) ::close(m_fd);
    m_fd = -1;
}

Result<FileDescriptor> openForReading(const Path& path) {
    FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.isOpen()) return fail(errorFromErrno(errno, "open " + path.string()));
    struct stat st{};
    if (::fstat(fd.get(), &st) != 0) return fail(errorFromErrno(errno, "fstat " + path.string()));
    if (S_ISDIR(st.st_mode)) return fail(errorFromErrno(EISDIR, "open " + path.string()));
    return fd;
}

Result<Bytes> readFile(const Path& path, std::size_t limit) {
    CONTONE_TRY(const FileDescriptor fd, openForReading(path));
    Bytes bytes;
    for (;;) {
        const std::size_t have = bytes.size();
        if (have > limit)
            return fail(Code::Invalid, "file-too-large", "This file is too large for what it should be.",
                        path.string());
        bytes.resize(have + (256 << 10));
        const ssize_t n = ::read(fd.get(), bytes.data() + have, bytes.size() - have);
        if (n < 0 && errno != EINTR) return fail(errorFromErrno(errno, "read " + path.string()));
        bytes.resize(have + static_cast<std::size_t>(n < 0 ? 0 : n));
        if (n == 0) break;
    }
    return bytes;
}

Result<std::string> readTextFile(const Path& path, std::size_t limit) {
    CONTONE_TRY(const Bytes bytes, readFile(path, limit));
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

Result<void> writeAll(int fd, std::span<const std::byte> data, std::string_view what) {
    while (!data.empty()) {
        const ssize_t n = ::write(fd, data.data(), data.size());
        if (n < 0) {
            if (errno == EINTR) continue;
            return fail(errorFromErrno(errno, "write " + std::string(what)));
        }
        data = data.subspan(static_cast<std::size_t>(n));
    }
    return {};
}

Result<void> syncDirectory(const Path& directory) {
    const FileDescriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.isOpen() || ::fsync(fd.get()) != 0) return fail(errorFromErrno(errno, "fsync " + directory.string()));
    return {};
}

Result<void> writeFileDurably(const Path& path, std::span<const std::byte> data) {
    CONTONE_TRY(PendingFile file, PendingFile::create(path));
    CONTONE_CHECK(file.write(data));
    return file.commit();
}

Result<void> writeFileDurably(const Path& path, std::string_view text) {
    return writeFileDurably(path, std::as_bytes(std::span(text.data(), text.size())));
}

Result<void> makeDirectories(const Path& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return fail(errorFromErrno(error.value(), "mkdir " + path.string()));
    return {};
}

Result<PendingFile> PendingFile::create(const Path& path) {
    PendingFile file;
    file.m_path = path;
    const Path directory = path.has_parent_path() ? path.parent_path() : Path(".");
    file.m_temporary = directory / ("." + path.filename().string() + "." + Uuid::generate({0}).toString() + ".part");
    file.m_fd = FileDescriptor(::open(file.m_temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!file.m_fd.isOpen()) {
        const int problem = errno;
        file.m_temporary.clear();
        if (problem == ENOENT || problem == ENOTDIR)
            return fail(Code::NotFound, "folder-missing", "There is no such folder to write into. Check the name.",
                        path.string());
        return fail(errorFromErrno(problem, "create " + path.string()));
    }
    return file;
}

PendingFile& PendingFile::operator=(PendingFile&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    std::swap(m_path, other.m_path);
    std::swap(m_temporary, other.m_temporary);
    return *this;
}

PendingFile::~PendingFile() {
    if (m_fd.isOpen() && !m_temporary.empty()) ::unlink(m_temporary.c_str());
}

Result<void> PendingFile::commit() {
    if (::fsync(m_fd.get()) != 0) return fail(errorFromErrno(errno, "fsync " + m_path.string()));
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return fail(errorFromErrno(errno, "rename " + m_path.string()));
    m_temporary.clear();
    m_fd.reset();
    return syncDirectory(m_path.has_parent_path() ? m_path.parent_path() : Path("."));
}

}  // namespace contone
