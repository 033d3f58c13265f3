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

/// Opens for reading, close-on-exec. Fails as errorFromErrno; a folder is Invalid "file-is-folder".
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
/// mkdir -p, each new level 0755. Fails as errorFromErrno.
Result<void> makeDirectories(const Path& path);

/// A file that appears under its name only when commit() succeeds; otherwise it is removed by the destructor.
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

  private:
    PendingFile() = default;
    FileDescriptor m_fd;
    Path m_path, m_temporary;
};

}  // namespace contone
