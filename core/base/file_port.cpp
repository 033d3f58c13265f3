// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalDisk: POSIX calls; and what is put together of a port's calls.
#include "core/base/file_port.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace contone {
namespace {

class LocalFile final : public DiskFile {
  public:
    LocalFile(FileDescriptor fd, std::string name) : m_fd(std::move(fd)), m_name(std::move(name)) {}

    Result<void> write(std::span<const std::byte> bytes, std::uint64_t at) override {
        while (!bytes.empty()) {
            const ssize_t n = ::pwrite(m_fd.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return failed("write", n < 0 ? errno : EIO);
            bytes = bytes.subspan(static_cast<std::size_t>(n));
            at += static_cast<std::uint64_t>(n);
        }
        return {};
    }
    Result<std::size_t> read(std::span<std::byte> to, std::uint64_t at) const override {
        std::size_t have = 0;
        while (have < to.size()) {
            const ssize_t n = ::pread(m_fd.get(), to.data() + have, to.size() - have, static_cast<off_t>(at + have));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return failed("read", errno);
            if (n == 0) break;
            have += static_cast<std::size_t>(n);
        }
        return have;
    }
    Result<std::uint64_t> size() const override {
        struct stat st{};
        if (::fstat(m_fd.get(), &st) != 0) return failed("fstat", errno);
        return static_cast<std::uint64_t>(st.st_size);
    }
    Result<void> makeReadOnly() override {
        if (::fchmod(m_fd.get(), 0400) != 0) return failed("fchmod", errno);
        return {};
    }
    // Never called again after EINTR or a failure: a second fsync may say that all is well when it is not.
    Result<void> sync() override {
        if (::fsync(m_fd.get()) != 0) return failed("fsync", errno);
        return {};
    }

  private:
    std::unexpected<Error> failed(const char* call, int problem) const {
        return fail(errorFromErrno(problem, std::string(call) + " " + m_name));
    }
    FileDescriptor m_fd;  ///< of a file that was made here, it holds the lock that says "not abandoned"
    std::string m_name;
};

std::unexpected<Error> failed(const char* call, const Path& file) {
    return fail(errorFromErrno(errno, std::string(call) + " " + file.string()));
}

}  // namespace

Result<std::unique_ptr<DiskFile>> LocalDisk::create(const Path& file) {
    // Between open and flock another program's clean-up may take the file away: then its link count is 0, and we retry.
    for (int attempt = 0; attempt < 10; attempt++) {
        FileDescriptor fd(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!fd.isOpen() && errno == EEXIST)
            return fail(Code::Conflict, "name-taken", "There is such a file already.", file.string());
        if (!fd.isOpen()) return failed("create", file);
        struct stat st{};
        if (::fchmod(fd.get(), 0600) != 0) return failed("fchmod", file);
        if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0 && ::fstat(fd.get(), &st) == 0 && st.st_nlink == 1)
            return std::make_unique<LocalFile>(std::move(fd), file.string());
    }
    return fail(Code::Unavailable, "vault-busy",
                "The folder of originals is being cleaned by another program. Try again.", file.string());
}

Result<std::unique_ptr<DiskFile>> LocalDisk::open(const Path& file, Open how) {
    if (how == Open::ToRead) {
        CONTONE_TRY(FileDescriptor fd, openForReading(file));
        return std::make_unique<LocalFile>(std::move(fd), file.string());
    }
    constexpr int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    FileDescriptor fd(::open(file.c_str(), flags));
    if (!fd.isOpen() && errno == EACCES && ::chmod(file.c_str(), 0600) == 0)  // it was made read-only
        fd = FileDescriptor(::open(file.c_str(), flags));
    if (!fd.isOpen()) return failed("open", file);
    return std::make_unique<LocalFile>(std::move(fd), file.string());
}

Result<FileState> LocalDisk::look(const Path& file) const {
    struct stat st{};
    if (::lstat(file.c_str(), &st) != 0) return failed("stat", file);
    if (!S_ISREG(st.st_mode))
        return fail(Code::Invalid, "not-a-file", "That is not an ordinary file. Choose another one.", file.string());
    return FileState{static_cast<std::uint64_t>(st.st_size), (st.st_mode & 0077) != 0};
}

Result<void> LocalDisk::rename(const Path& from, const Path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return failed("rename", to);
    return {};
}

Result<void> LocalDisk::remove(const Path& file) {
    if (::unlink(file.c_str()) != 0) return failed("unlink", file);
    return {};
}

Result<void> LocalDisk::makeFolder(const Path& folder) {
    std::error_code failed;
    const bool isThere = std::filesystem::is_directory(folder, failed);
    if (!isThere && folder.has_parent_path() && !std::filesystem::is_directory(folder.parent_path(), failed))
        CONTONE_CHECK(makeFolder(folder.parent_path()));
    CONTONE_CHECK(makeDirectories(folder, Access::Private));
    // Also when it was there: whoever made it may not have come to sync what it is in.
    return folder.has_parent_path() ? syncDirectory(folder.parent_path()) : Result<void>();
}

Result<std::vector<std::string>> LocalDisk::list(const Path& folder) const {
    std::vector<std::string> names;
    std::error_code error, ignored;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->is_regular_file(ignored) && !at->is_symlink(ignored)) names.push_back(at->path().filename().string());
    if (error == std::errc::no_such_file_or_directory) return names;
    if (error) return fail(errorFromErrno(error.value(), "list " + folder.string()));
    std::ranges::sort(names);
    return names;
}

Result<void> LocalDisk::syncFolder(const Path& folder) {
    return syncDirectory(folder);
}

Result<void> LocalDisk::removeAbandoned(const Path& folder, const LastLook& last) {
    CONTONE_TRY(const std::vector<std::string> names, list(folder));
    for (const std::string& name : names) {
        const Path file = folder / name;
        FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (!fd.isOpen() || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) continue;
        LocalFile abandoned(std::move(fd), file.string());
        CONTONE_CHECK(last(abandoned));
        if (::unlink(file.c_str()) != 0 && errno != ENOENT) return failed("unlink", file);
    }
    return {};
}

Result<Bytes> readWhole(FilePort& disk, const Path& file, std::size_t limit) {
    CONTONE_TRY(const std::unique_ptr<DiskFile> opened, disk.open(file, FilePort::Open::ToRead));
    CONTONE_TRY(const std::uint64_t size, opened->size());
    if (size > limit)
        return fail(Code::Invalid, "file-too-large", "This file is too large for what it should be.", file.string());
    Bytes bytes(static_cast<std::size_t>(size));
    CONTONE_TRY(const std::size_t got, opened->read(bytes, 0));
    bytes.resize(got);
    return bytes;
}

Result<void> writeDurably(FilePort& disk, const Path& file, std::span<const std::byte> bytes) {
    const Path part = Path(file) += unfinishedEnding;
    CONTONE_TRY(const std::unique_ptr<DiskFile> made, disk.create(part));
    CONTONE_CHECK(disk.syncFolder(file.parent_path()));
    CONTONE_CHECK(made->write(bytes, 0));
    CONTONE_CHECK(made->sync());
    CONTONE_CHECK(disk.rename(part, file));
    return disk.syncFolder(file.parent_path());
}

Result<void> eraseFile(FilePort& disk, const Path& file) {
    auto opened = disk.open(file, FilePort::Open::ToOverwrite);
    if (!opened && opened.error().code != Code::NotFound) return fail(opened.error());
    if (opened) {
        const DiskFile& there = **opened;
        CONTONE_TRY(const std::uint64_t size, there.size());
        const Bytes zeros(std::size_t{1} << 16);
        for (std::uint64_t at = 0; at < size; at += zeros.size())
            CONTONE_CHECK((*opened)->write(
                std::span(zeros).first(static_cast<std::size_t>(std::min<std::uint64_t>(zeros.size(), size - at))),
                at));
        CONTONE_CHECK((*opened)->sync());
        CONTONE_CHECK(disk.remove(file));
    }
    return disk.syncFolder(file.parent_path());
}

}  // namespace contone
