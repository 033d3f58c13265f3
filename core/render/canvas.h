// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Canvas: the samples of a whole page, in memory or, above a budget, in a file without a name.
#pragma once

#include <cstddef>

#include "core/base/file.h"

namespace contone::render {

/// Owns its bytes, zero at first. Movable.
class Canvas {
  public:
    Canvas() = default;
    /// Up to `budget` bytes, or where `folder` is empty, in memory; else in an unlinked file in `folder`, which is made
    /// when it is not there: the kernel may write it out instead of keeping it in memory, and it is gone with the
    /// process. Its room is taken before anything is written. Fails as errorFromErrno (a full disk, no memory).
    static Result<Canvas> create(std::size_t bytes, std::size_t budget, const Path& folder);
    Canvas(Canvas&& other) noexcept;
    Canvas& operator=(Canvas&& other) noexcept;
    ~Canvas();
    std::byte* data() { return m_data; }
    const std::byte* data() const { return m_data; }

  private:
    Canvas(std::byte* data, std::size_t bytes) : m_data(data), m_bytes(bytes) {}
    std::byte* m_data = nullptr;
    std::size_t m_bytes = 0;
};

}  // namespace contone::render
