// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Letterbox: a picture made as large as a square allows, in its middle, black around it, -1…1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/image/pixels.h"

namespace contone::vision {

/// Eight-bit RGB pixels seen from any side: a part of a picture, perhaps turned. Never owns.
struct Area {
    const std::uint8_t* first = nullptr;  ///< the left top pixel of what is seen
    std::ptrdiff_t right = 0, down = 0;   ///< bytes to the neighbours
    int width = 0, height = 0;

    static Area of(const image::StripView& picture);  ///< Rgb, 8 bit
    Area part(int x, int y, int partWidth, int partHeight) const;
    Area turned() const;  ///< a quarter clockwise
    int longSide() const { return width > height ? width : height; }
};

class Letterbox {
  public:
    explicit Letterbox(int side);
    /// Fills `square` (side · side · 3). A triangle filter, as wide as a pixel of the square when the picture is made
    /// smaller, as one of the picture when it is enlarged. At most `longestSide` pixels a side.
    void fill(const Area& picture, std::span<float> square);
    static constexpr int longestSide = 1024;

  private:
    /// The pixels of one line that make one value, and their weights, which add up to 1.
    struct Taps {
        int first = 0, count = 0;
        std::size_t weights = 0;
    };
    void aim(std::vector<Taps>& taps, int length, int longSide);
    void sumRows(const Area& picture, const Taps& rows);

    int m_side;
    std::vector<Taps> m_across, m_down;
    std::vector<float> m_weights, m_row;
};

}  // namespace contone::vision
