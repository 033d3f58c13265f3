// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FrameSink: takes the finished rows of one frame: on paper, into a composed page, or into a picture.
#pragma once

#include <cstddef>

#include "core/base/result.h"
#include "core/render/dither.h"

namespace contone::render {

class FrameSink {
  public:
    virtual ~FrameSink() = default;
    /// Of a pixel in Row::samples, as the last row stage leaves it.
    virtual std::size_t pixelBytes() const = 0;
    /// Where row `y` of the frame, in the photo's stored order, will lie on the page.
    virtual RowOnPage placeOf(int y) const = 0;
    /// Rows `y` … `y + rows - 1` in stored order, packed. Rows come in order, on one thread.
    virtual Result<void> add(int y, int rows, const std::byte* samples) = 0;
};

}  // namespace contone::render
