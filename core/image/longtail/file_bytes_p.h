// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FileBytes: exact reads at a place in a file, and numbers in either byte order.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/file.h"

namespace contone::image {

/// A file whose size was taken once. Reads beyond it are "photo-truncated".
class FileBytes {
  public:
    /// Fails: Internal "io-error".
    static Result<FileBytes> of(FileDescriptor file);
    std::int64_t size() const { return m_size; }
    /// All of `out`. Fails: Corrupt "photo-truncated"; Internal "io-error".
    Result<void> read(std::int64_t offset, std::span<std::byte> out) const;
    /// As many bytes as there are. Fails: Internal "io-error".
    Result<std::size_t> readSome(std::int64_t offset, std::span<std::byte> out) const;

  private:
    FileDescriptor m_file;
    std::int64_t m_size = 0;
};

inline std::uint32_t bigEndian(std::span<const std::byte> b) {
    std::uint32_t value = 0;
    for (const std::byte x : b) value = value << 8 | std::to_integer<std::uint32_t>(x);
    return value;
}
inline std::uint32_t littleEndian(std::span<const std::byte> b) {
    std::uint32_t value = 0;
    for (std::size_t i = b.size(); i-- > 0;) value = value << 8 | std::to_integer<std::uint32_t>(b[i]);
    return value;
}

}  // namespace contone::image
