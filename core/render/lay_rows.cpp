// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Loops by the size of a pixel, so that copying one is one instruction.
#include "core/render/lay_rows.h"

#include <cstring>

namespace contone::render {
namespace {

/// Column by column of the rows given, where those become columns of the page: a row of the page is touched once.
template <std::size_t pixelBytes>
void lay(const PagePixels& page, const FramePlace& frame, int y, int rows, const std::byte* samples) {
    constexpr auto pixel = static_cast<std::ptrdiff_t>(pixelBytes);
    const auto pageRow = static_cast<std::ptrdiff_t>(page.rowBytes);
    const auto width = static_cast<std::ptrdiff_t>(frame.rowWidth());
    const RowOnPage first = frame.row(y), second = frame.row(y + 1);
    std::byte* corner = page.data + pageRow * first.y + pixel * first.x;
    const std::ptrdiff_t along = pageRow * first.stepY + pixel * first.stepX;
    const std::ptrdiff_t across = pageRow * (second.y - first.y) + pixel * (second.x - first.x);
    const auto copy = [&](std::ptrdiff_t x, std::ptrdiff_t r) {
        std::memcpy(corner + along * x + across * r, samples + (width * r + x) * pixel, pixelBytes);
    };
    if (first.stepX == 0) {
        for (std::ptrdiff_t x = 0; x < width; x++)
            for (int r = 0; r < rows; r++) copy(x, r);
    } else {
        for (int r = 0; r < rows; r++)
            for (std::ptrdiff_t x = 0; x < width; x++) copy(x, r);
    }
}

}  // namespace

RowOnPage FramePlace::row(int y) const {
    const auto p = image::parts(toPage);
    const int left = box.x + (p.flipX ? box.width - 1 : 0), top = box.y + (p.flipY ? box.height - 1 : 0);
    const int stepX = p.flipX ? -1 : 1, stepY = p.flipY ? -1 : 1;
    if (p.swap) return {left + y * stepX, top, 0, stepY};
    return {left, top + y * stepY, stepX, 0};
}

void layRows(const PagePixels& page, const FramePlace& frame, int y, int rows, const std::byte* samples) {
    switch (page.pixelBytes) {
        case 1:
            return lay<1>(page, frame, y, rows, samples);
        case 2:
            return lay<2>(page, frame, y, rows, samples);
        case 3:
            return lay<3>(page, frame, y, rows, samples);
        case 4:
            return lay<4>(page, frame, y, rows, samples);
        case 6:
            return lay<6>(page, frame, y, rows, samples);
        case 8:
            return lay<8>(page, frame, y, rows, samples);
        default:
            return lay<12>(page, frame, y, rows, samples);
    }
}

}  // namespace contone::render
