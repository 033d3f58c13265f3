// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PictureBytes: where one picture's bytes are: a file, a part of a file, or memory. Read with pread, never mapped.
#pragma once

#include <sys/types.h>

#include <limits>
#include <memory>

#include "core/base/file.h"

namespace contone::image {

/// A value; copies share the file or the memory. Positions are relative to the first byte of the picture.
class PictureBytes {
  public:
    explicit PictureBytes(FileDescriptor file) : m_file(std::make_shared<FileDescriptor>(std::move(file))) {}
    explicit PictureBytes(Bytes bytes) : m_memory(std::make_shared<Bytes>(std::move(bytes))) {}
    /// A file that somebody else closes, later than the last use of this.
    static PictureBytes borrowed(int fd);
    /// `size` bytes from `at` on; what lies behind the end of the whole is not there. Never fails.
    PictureBytes part(off_t at, off_t size) const;

    /// As pread(2): how many came, 0 at the end, -1 with errno.
    ssize_t readAt(void* to, std::size_t size, off_t at) const;
    off_t size() const;  ///< 0 when the file cannot say
    /// As many of `size` bytes as there are; fewer also when the file cannot be read.
    Bytes take(off_t at, std::size_t size) const;

  private:
    PictureBytes() = default;
    int fd() const { return m_file ? m_file->get() : m_borrowed; }
    std::shared_ptr<FileDescriptor> m_file;
    std::shared_ptr<Bytes> m_memory;
    int m_borrowed = -1;
    off_t m_start = 0, m_size = std::numeric_limits<off_t>::max();
};

}  // namespace contone::image
