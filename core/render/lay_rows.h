// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// layRows: copies rows of a frame to where they lie on a page, turned and mirrored.
#pragma once

#include <cstddef>

#include "core/image/orientation.h"
#include "core/image/pixels.h"
#include "core/render/dither.h"

namespace contone::render {

/// Where a frame lies: `box` on the page; `toPage` from the photo's stored rows to the page.
struct FramePlace {
    image::PixelRect box;
    image::Orientation toPage = image::Orientation::Upright;
    /// Where row `y` of the frame, in the photo's stored order, lies.
    RowOnPage row(int y) const;
    /// Pixels of a row as it comes.
    int rowWidth() const { return image::swapsAxes(toPage) ? box.height : box.width; }
};

/// Pixels of any kind in memory, rows packed.
struct PagePixels {
    std::byte* data = nullptr;
    std::size_t pixelBytes = 0;  ///< 1, 2, 3, 4, 6, 8 or 12
    std::size_t rowBytes = 0;
};

/// Rows y … y + rows - 1 of a frame in stored order, packed, of the page's kind of pixels.
void layRows(const PagePixels& page, const FramePlace& frame, int y, int rows, const std::byte* samples);

}  // namespace contone::render
