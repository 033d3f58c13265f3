// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Files: descriptors that close themselves, and writes that are whole or absent after a power cut.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace contone {

using Path = std::filesystem::path;
using Bytes = std::vector<std::byte>;

/// Owns a file descriptor. -1 is none.
class FileDescriptor {
  public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    ~FileDescriptor() { reset(); }
    FileDescriptor(FileDescriptor&& o) noexcept : m_fd(std::exchange(o.m_fd, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& o) noexcept {
        if (this != &o) {
            reset();
            m_fd = std::exchange(o.m_fd, -1);
        }
        return *this;
    }
    int get() const { return m_fd; }
    bool isOpen() const { return m_fd >= 0; }
    void reset();

  private:
    int m_fd = -1;
};

/// Opens an ordinary file for reading, close-on-exec. Never waits. Fails as errorFromErrno; Invalid "file-is-folder",
/// "not-a-file" (a pipe, a device).
Result<FileDescriptor> openForReading(const Path& path);
/// The whole file. Fails: Invalid "file-too-large" above `limit` bytes, else as errorFromErrno.
Result<Bytes> readFile(const Path& path, std::size_t limit);
Result<std::string> readTextFile(const Path& path, std::size_t limit);
/// Writes all of `data`, retrying interrupted and short writes.
Result<void> writeAll(int fd, std::span<const std::byte> data, std::string_view what);
/// fsyncs a directory, so that a rename or a new name in it survives a power cut.
Result<void> syncDirectory(const Path& directory);
/// Writes beside `path`, fsyncs, renames over it, fsyncs the directory: after a power cut the old or the new file is
/// there, whole. On failure `path` is untouched and nothing is left beside it.
Result<void> writeFileDurably(const Path& path, std::span<const std::byte> data);
Result<void> writeFileDurably(const Path& path, std::string_view text);
/// Who may look into what is made: who may by the umask, or its owner alone, whatever the umask.
enum class Access { Shared, Private };
/// mkdir -p, each new level 0755 less the umask, or 0700. Fails as errorFromErrno.
Result<void> makeDirectories(const Path& path, Access access = Access::Shared);
/// Takes from everybody but the owner what they may do with `path`, and with what is below it, links not followed.
/// Gives how many files and folders there were of which others could do something. What is not there, or not ours to
/// change, is left out.
int makePrivate(const Path& path);

/// A file that appears under its name only when commit() succeeds. No more people may read it than may read its folder;
/// its owner may, whatever the umask. Until then it has no name, so that a program that is killed leaves nothing; where
/// the file system cannot do that (FAT), it is ".contone-….part", which the destructor removes, or removeAll(), or else
/// the next PendingFile in that folder.
class PendingFile {
  public:
    /// Fails: NotFound "folder-missing"; else as errorFromErrno.
    static Result<PendingFile> create(const Path& path);
    PendingFile(PendingFile&&) noexcept = default;
    PendingFile(const PendingFile&) = delete;
    PendingFile& operator=(PendingFile&&) noexcept;
    ~PendingFile();
    int fd() const { return m_fd.get(); }
    Result<void> write(std::span<const std::byte> data) { return writeAll(fd(), data, m_path.string()); }
    /// fsync, rename, fsync of the directory.
    Result<void> commit();
    /// For a process that a signal is about to end: removes what all PendingFiles have under names of their own. None
    /// can be made afterwards: whoever tries waits for the end. Thread-safe; not for signal handlers.
    static void removeAll();

  private:
    PendingFile() = default;
    Result<void> giveName();
    void dropName();
    FileDescriptor m_fd;
    Path m_path, m_temporary;  ///< m_temporary empty: it has no name
};

}  // namespace contone
