// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Walks to the file one name at a time, so that no link and no device is followed or opened by accident.
#include "core/vault/medium_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <deque>

namespace contone::vault {
namespace {

constexpr int mostLinks = 40;  // as the kernel

// What the system calls say when a card is pulled.
bool isGone(int problem) {
    return problem == EIO || problem == ENODEV || problem == ENXIO || problem == ESTALE || problem == ENOTCONN ||
           problem == ENOMEDIUM || problem == EREMOTEIO;
}

std::unexpected<Error> mediumRemoved(std::string detail) {
    return fail(
        Code::Unavailable, "medium-removed",
        "The card or stick was taken out while this photo was being copied. Put it back and choose the photo again.",
        std::move(detail));
}

std::unexpected<Error> notAFile(std::string detail) {
    return fail(Code::Invalid, "not-a-file", "That is not an ordinary file. Choose a photo.", std::move(detail));
}

std::unexpected<Error> ofErrno(int problem, const std::string& detail) {
    if (isGone(problem)) return mediumRemoved(detail + ": " + std::strerror(problem));  // NOLINT(concurrency-mt-unsafe)
    return fail(errorFromErrno(problem, detail));
}

FileDescriptor look(int folder, const char* name) {
    return FileDescriptor(::openat(folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC));
}

/// The names still to walk, and where from.
class Walk {
  public:
    explicit Walk(const Path& file) : m_file(file) { enter(file.native()); }
    /// A handle (O_PATH) of what the path names in the end, never a link.
    Result<FileDescriptor> toItsEnd();

  private:
    void enter(std::string_view path) {
        if (path.starts_with('/')) m_at = look(AT_FDCWD, "/");
        if (!m_at.isOpen()) m_at = look(AT_FDCWD, ".");
        std::deque<std::string> names;
        for (std::size_t from = 0; from < path.size();) {
            const std::size_t to = std::min(path.find('/', from), path.size());
            if (to > from) names.emplace_back(path.substr(from, to - from));
            from = to + 1;
        }
        m_names.insert(m_names.begin(), names.begin(), names.end());
    }
    Result<void> follow(const FileDescriptor& link, const struct stat& st);

    const Path& m_file;
    FileDescriptor m_at;
    std::deque<std::string> m_names;
    std::deque<dev_t> m_media;  ///< of the links that were followed
    int m_links = 0;
};

Result<void> Walk::follow(const FileDescriptor& link, const struct stat& st) {
    if (++m_links > mostLinks) return notAFile("too many links: " + m_file.string());
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlinkat(link.get(), "", target.data(), target.size());
    if (length < 0) return ofErrno(errno, "read the link " + m_file.string());
    m_media.push_back(st.st_dev);
    enter({target.data(), static_cast<std::size_t>(length)});
    return {};
}

Result<FileDescriptor> Walk::toItsEnd() {
    struct stat root{}, st{};
    if (::stat("/", &root) != 0) return ofErrno(errno, "stat /");
    while (!m_names.empty()) {
        const std::string name = std::move(m_names.front());
        m_names.pop_front();
        FileDescriptor next = look(m_at.get(), name.c_str());
        if (!next.isOpen()) return ofErrno(errno, "open " + m_file.string());
        if (::fstat(next.get(), &st) != 0) return ofErrno(errno, "fstat " + m_file.string());
        if (S_ISLNK(st.st_mode)) {
            CONTONE_CHECK(follow(next, st));
        } else {
            m_at = std::move(next);
        }
    }
    if (::fstat(m_at.get(), &st) != 0) return ofErrno(errno, "fstat " + m_file.string());
    if (S_ISDIR(st.st_mode)) return fail(errorFromErrno(EISDIR, "open " + m_file.string()));
    if (!S_ISREG(st.st_mode)) return notAFile(m_file.string());
    for (const dev_t medium : m_media)
        if (medium != root.st_dev && medium != st.st_dev)
            return notAFile("a link leaves its medium: " + m_file.string());
    return std::move(m_at);
}

}  // namespace

Result<FileDescriptor> openOnMedium(const Path& file) {
    if (file.empty()) return fail(errorFromErrno(ENOENT, "open"));
    CONTONE_TRY(const FileDescriptor found, Walk(file).toItsEnd());
    // Through /proc the very file that was looked at is opened, whatever its name leads to by now.
    const std::string handle = "/proc/self/fd/" + std::to_string(found.get());
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
    FileDescriptor fd(::open(handle.c_str(), flags | O_NOATIME));
    if (!fd.isOpen() && errno == EPERM) fd = FileDescriptor(::open(handle.c_str(), flags));  // not our file
    if (!fd.isOpen()) return ofErrno(errno, "open " + file.string());
    return fd;
}

Result<std::size_t> readOnMedium(const FileDescriptor& file, std::span<std::byte> to, std::int64_t at) {
    std::size_t done = 0;
    while (done < to.size()) {
        const ssize_t n = ::pread(file.get(), to.data() + done, to.size() - done, at + static_cast<off_t>(done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return ofErrno(errno, "read a part of a photo");
        if (n == 0) break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

Result<MediumFile> MediumFile::open(const Path& file) {
    return open(file, [](int fd, void* to, std::size_t size) { return ::read(fd, to, size); });
}

Result<MediumFile> MediumFile::open(const Path& file, ReadCall read) {
    MediumFile medium;
    CONTONE_TRY(medium.m_fd, openOnMedium(file));
    struct stat st{};
    if (::fstat(medium.m_fd.get(), &st) != 0) return ofErrno(errno, "fstat " + file.string());
    if (st.st_size > largestOriginal)
        return fail(Code::Invalid, "file-too-large", "This file is larger than 1 GB. Use a smaller one.",
                    file.string());
    (void)::posix_fadvise(medium.m_fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    medium.m_path = file;
    medium.m_read = std::move(read);
    medium.m_size = st.st_size;
    medium.m_written = st.st_mtim;
    return medium;
}

MediumFile::~MediumFile() {
    if (m_fd.isOpen()) (void)::posix_fadvise(m_fd.get(), 0, 0, POSIX_FADV_DONTNEED);
}

Result<void> MediumFile::checkUnchanged() const {
    struct stat now{};
    if (::fstat(m_fd.get(), &now) != 0) return ofErrno(errno, "fstat " + m_path.string());
    if (now.st_size == m_size && now.st_mtim.tv_sec == m_written.tv_sec && now.st_mtim.tv_nsec == m_written.tv_nsec)
        return {};
    return fail(Code::Conflict, "photo-changed-while-copying",
                "This photo was changed by somebody else while it was being copied. Choose it again.", m_path.string());
}

Result<std::size_t> MediumFile::read(std::span<std::byte> to) {
    ssize_t n = 0;
    do n = m_read(m_fd.get(), to.data(), to.size());
    while (n < 0 && errno == EINTR);
    if (n < 0) return ofErrno(errno, "read " + m_path.string());
    m_done += n;
    // Files of /proc and /sys do not know their length: those that say 0 may be longer.
    if (n == 0 || m_done >= m_size) CONTONE_CHECK(checkUnchanged());
    if (n == 0 && m_done < m_size) return mediumRemoved("short read " + m_path.string());
    if (m_done > largestOriginal)
        return fail(Code::Invalid, "file-too-large", "This file is larger than 1 GB. Use a smaller one.",
                    m_path.string());
    return static_cast<std::size_t>(n);
}

}  // namespace contone::vault
