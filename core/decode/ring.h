// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The memory through which a child hands over rows. This side makes it and seals its size before anyone else has it
// (a child that could shrink it would kill this process with SIGBUS), and maps it for reading only.
#pragma once

#include <cstddef>
#include <span>

#include "core/base/file.h"
#include "core/image/pixels.h"

namespace contone::decode {

/// `slots` strips of `rows` rows, packed one after another.
struct RingShape {
    std::size_t rowBytes = 0;
    int rows = 0, slots = 0;
    std::size_t slotBytes() const { return rowBytes * static_cast<std::size_t>(rows); }
    std::size_t bytes() const { return slotBytes() * static_cast<std::size_t>(slots); }
    /// Four strips of about 256 KB (at least one row): both sides work on one while another waits, all in the cache.
    static RingShape of(image::PixelSize size, image::PixelFormat format);
};

/// A mapping that ends with its owner. Movable.
class Mapping {
  public:
    enum class Access { Read, Write };
    /// Fails as errorFromErrno.
    static Result<Mapping> of(const FileDescriptor& memory, std::size_t bytes, Access access);
    Mapping() = default;
    Mapping(Mapping&& other) noexcept;
    Mapping& operator=(Mapping&& other) noexcept;
    ~Mapping();
    std::span<std::byte> bytes() const { return m_bytes; }

  private:
    std::span<std::byte> m_bytes;
};

/// Memory of a fixed size without a name: sealed against shrinking, growing and further seals.
Result<FileDescriptor> makeSealedMemory(std::size_t bytes);

}  // namespace contone::decode
