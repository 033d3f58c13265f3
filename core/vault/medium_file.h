// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// MediumFile: a file that somebody brought, on a card, a stick or a disk: read once, to its end, and never written.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <functional>

#include "core/base/file.h"

namespace contone::vault {

/// Opens for reading what a customer's medium may name: an ordinary file. A symbolic link may only lead to a file on
/// its own medium (links of the system itself, on the root file system, may lead anywhere): a stick must not show the
/// kiosk's own files. No device or pipe is ever opened, and the file's access time stays as it is where we may.
/// Fails: Invalid "not-a-file", "file-is-folder"; NotFound "file-missing"; Unavailable "medium-removed";
/// errorFromErrno.
Result<FileDescriptor> openOnMedium(const Path& file);

/// Reads from `at` on until `to` is full or the file ends, for those who want a part of a file. Returns how many bytes.
/// Fails: Unavailable "medium-removed"; errorFromErrno.
Result<std::size_t> readOnMedium(const FileDescriptor& file, std::span<std::byte> to, std::int64_t at);

/// Largest original, bytes.
constexpr std::int64_t largestOriginal = std::int64_t{1} << 30;

/// One thread at a time.
class MediumFile {
  public:
    /// As read(2): bytes, 0 at the end, -1 and errno. Tests bring their own.
    using ReadCall = std::function<ssize_t(int fd, void* to, std::size_t size)>;
    /// Fails as openOnMedium; Invalid "file-too-large" above largestOriginal.
    static Result<MediumFile> open(const Path& file);
    static Result<MediumFile> open(const Path& file, ReadCall read);
    MediumFile(MediumFile&&) noexcept = default;
    MediumFile& operator=(MediumFile&&) noexcept = default;
    ~MediumFile();  ///< the system forgets what it kept of the file: it is not read again

    std::int64_t size() const { return m_size; }
    /// The next bytes, at least one; 0 at the end. The last bytes are handed out only when the file is still the one
    /// that was opened, with the same length and time. Fails: Unavailable "medium-removed" when it is gone or ends
    /// early; Conflict "photo-changed-while-copying"; Invalid "file-too-large"; errorFromErrno.
    Result<std::size_t> read(std::span<std::byte> to);

  private:
    MediumFile() = default;
    Result<void> checkUnchanged() const;

    FileDescriptor m_fd;
    Path m_path;
    ReadCall m_read;
    std::int64_t m_size = 0, m_done = 0;
    timespec m_written{};
};

}  // namespace contone::vault
