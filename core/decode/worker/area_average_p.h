// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// AreaAverage: rows from the top become a smaller picture, each pixel of it the exact mean of the area it covers.
#pragma once

#include <cstdint>
#include <vector>

#include "core/image/pixels.h"

namespace contone::decode {

/// Source pixel i covers [i·to, (i+1)·to), target pixel j [j·from, (j+1)·from) of one integer scale, so all weights are
/// whole and the mean is exact: sums stay below 2^48.
class AreaAverage {
  public:
    /// `to` is not larger than `from` on either side.
    AreaAverage(image::PixelSize from, image::PixelSize to, image::PixelFormat format);
    void add(image::StripView strip, int y);
    bool isComplete() const { return m_out == m_picture.size.height; }
    image::Picture take() { return std::move(m_picture); }  ///< 16 bit

  private:
    template <class Sample>
    void reduceRow(const Sample* in);
    void emit();

    image::PixelSize m_from;
    image::PixelFormat m_format;
    std::size_t m_channels;
    image::Picture m_picture;
    std::vector<std::uint64_t> m_row, m_sum;
    std::int64_t m_y = 0, m_out = 0;
};

/// `size` reduced so that its long side is `longSide`; never enlarged.
image::PixelSize fitted(image::PixelSize size, int longSide);

}  // namespace contone::decode
