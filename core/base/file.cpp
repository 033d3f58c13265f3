// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Durable writing: write beside, fsync, rename, fsync the directory.
#include "core/base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <mutex>
#include <set>

#include "core/base/id.h"

namespace contone {

void FileDescriptor::reset() {
    if (m_fd >= 0) ::close(m_fd);
    m_fd = -1;
}

Result<FileDescriptor> openForReading(const Path& path) {
    // A pipe would keep us waiting for somebody who writes: it is opened without waiting, and then refused.
    FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!fd.isOpen()) return fail(errorFromErrno(errno, "open " + path.string()));
    struct stat st{};
    if (::fstat(fd.get(), &st) != 0) return fail(errorFromErrno(errno, "fstat " + path.string()));
    if (S_ISDIR(st.st_mode)) return fail(errorFromErrno(EISDIR, "open " + path.string()));
    if (!S_ISREG(st.st_mode))
        return fail(Code::Invalid, "not-a-file", "That is not an ordinary file. Choose another one.", path.string());
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

Result<void> makeDirectories(const Path& path, Access access) {
    std::error_code error;
    if (access == Access::Private && path.has_relative_path() && !std::filesystem::exists(path, error)) {
        const Path folder = path.has_filename() ? path : path.parent_path();
        if (folder.has_parent_path()) CONTONE_CHECK(makeDirectories(folder.parent_path(), access));
        const bool isMade = ::mkdir(folder.c_str(), 0700) == 0;
        if (!isMade && errno != EEXIST) return fail(errorFromErrno(errno, "mkdir " + path.string()));
        if (isMade && ::chmod(folder.c_str(), 0700) != 0) return fail(errorFromErrno(errno, "chmod " + path.string()));
    }
    std::filesystem::create_directories(path, error);
    if (error) return fail(errorFromErrno(error.value(), "mkdir " + path.string()));
    return {};
}

int makePrivate(const Path& path) {
    const auto close = [](const Path& one) {
        struct stat st{};
        if (::lstat(one.c_str(), &st) != 0 || !(S_ISDIR(st.st_mode) || S_ISREG(st.st_mode))) return 0;
        if ((st.st_mode & 0077) == 0) return 0;
        return ::chmod(one.c_str(), st.st_mode & 0700) == 0 ? 1 : 0;
    };
    int closed = close(path);
    std::error_code ignored;
    using Walk = std::filesystem::recursive_directory_iterator;
    for (Walk at(path, std::filesystem::directory_options::skip_permission_denied, ignored), end; !ignored && at != end;
         at.increment(ignored))
        closed += close(at->path());
    return closed;
}

namespace {

constexpr std::string_view unfinishedBegin = ".contone-", unfinishedEnd = ".part";

Path folderOf(const Path& file) {
    return file.has_parent_path() ? file.parent_path() : Path(".");
}

Path unfinishedName(const Path& folder) {
    return folder / (std::string(unfinishedBegin) + Uuid::generate({0}).toString() + std::string(unfinishedEnd));
}

/// The names that PendingFiles of this process have now. Never destroyed: threads may outlive main().
class UnfinishedNames {
  public:
    static UnfinishedNames& all() {
        static auto& names = *new UnfinishedNames;
        return names;
    }
    Path in(const Path& folder) {
        Path name = unfinishedName(folder);
        const std::lock_guard guard(m_mutex);
        m_names.insert(name);
        return name;
    }
    void forget(const Path& name) {
        const std::lock_guard guard(m_mutex);
        m_names.erase(name);
    }
    void removeForGood() {
        m_mutex.lock();  // and never unlocked
        for (const Path& name : m_names) ::unlink(name.c_str());
    }

  private:
    std::mutex m_mutex;
    std::set<Path> m_names;
};

/// Unfinished files belong to whoever holds their lock. Those of nobody are left from a kill or a power cut.
void removeAbandoned(const Path& folder) {
    std::error_code ignored;
    for (std::filesystem::directory_iterator at(folder, ignored), end; !ignored && at != end; at.increment(ignored)) {
        const std::string name = at->path().filename().string();
        if (!name.starts_with(unfinishedBegin) || !name.ends_with(unfinishedEnd)) continue;
        const FileDescriptor fd(::open(at->path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (fd.isOpen() && ::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(at->path().c_str());
    }
}

/// Takes the lock. False: another program took the file for abandoned before it was ours.
bool isOurs(const FileDescriptor& made) {
    struct stat st{};
    return ::flock(made.get(), LOCK_EX | LOCK_NB) == 0 && ::fstat(made.get(), &st) == 0 && st.st_nlink > 0;
}

/// What the folder lets others see of a file in it: 0644 without what they may not do with the folder.
mode_t modeIn(const Path& folder) {
    struct stat st{};
    if (::stat(folder.c_str(), &st) != 0) return 0600;
    return 0600u | ((st.st_mode & 0050u) != 0 ? 0040u : 0u) | ((st.st_mode & 0005u) != 0 ? 0004u : 0u);
}

/// A file without a name, or -1 where the file system has no such thing (FAT, network shares).
int openNameless(const Path& folder, mode_t mode) {
    return ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
}

}  // namespace

Result<PendingFile> PendingFile::create(const Path& path) {
    PendingFile file;
    file.m_path = path;
    if (path.filename().native().size() > NAME_MAX)
        return fail(errorFromErrno(ENAMETOOLONG, "create " + path.string()));
    const Path folder = folderOf(path);
    const mode_t bits = modeIn(folder);
    file.m_fd = FileDescriptor(openNameless(folder, bits));
    const int refusal = file.m_fd.isOpen() ? 0 : errno;
    if (refusal == EOPNOTSUPP || refusal == EISDIR || refusal == EINVAL) {
        removeAbandoned(folder);
        do {
            file.dropName();
            file.m_temporary = UnfinishedNames::all().in(folder);
            file.m_fd = FileDescriptor(::open(file.m_temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, bits));
        } while (file.m_fd.isOpen() && !isOurs(file.m_fd));
    }
    if (!file.m_fd.isOpen()) {
        const int problem = errno;
        file.dropName();
        if (problem == ENOENT || problem == ENOTDIR)
            return fail(Code::NotFound, "folder-missing", "There is no such folder to write into. Check the name.",
                        path.string());
        return fail(errorFromErrno(problem, "create " + path.string()));
    }
    struct stat made{};
    if (::fstat(file.m_fd.get(), &made) == 0 && (made.st_mode & 0600u) != 0600u)
        ::fchmod(file.m_fd.get(), (made.st_mode & 0777u) | 0600u);
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
    dropName();
}

void PendingFile::dropName() {
    if (m_temporary.empty()) return;
    UnfinishedNames::all().forget(m_temporary);
    m_temporary.clear();
}

void PendingFile::removeAll() {
    UnfinishedNames::all().removeForGood();
}

Result<void> PendingFile::commit() {
    if (::fsync(m_fd.get()) != 0) return fail(errorFromErrno(errno, "fsync " + m_path.string()));
    if (m_temporary.empty()) CONTONE_CHECK(giveName());
    if (!m_temporary.empty() && ::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return fail(errorFromErrno(errno, "rename " + m_path.string()));
    dropName();
    m_fd.reset();
    return syncDirectory(folderOf(m_path));
}

// A name that is taken cannot be linked over; then the file gets one beside it first.
Result<void> PendingFile::giveName() {
    const std::string nameless = "/proc/self/fd/" + std::to_string(m_fd.get());
    const auto link = [&](const Path& name) {
        return ::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    };
    if (link(m_path)) return {};
    if (errno != EEXIST) return fail(errorFromErrno(errno, "name " + m_path.string()));
    ::flock(m_fd.get(), LOCK_EX | LOCK_NB);
    m_temporary = UnfinishedNames::all().in(folderOf(m_path));
    if (link(m_temporary)) return {};
    const int problem = errno;
    dropName();
    return fail(errorFromErrno(problem, "name " + m_path.string()));
}

}  // namespace contone
