// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From 16-bit device samples to 8 bits, with or without dither.
#pragma once

#include <cstdint>

namespace contone::render {

/// Where a row of pixels lies on the page: its first pixel, and the step to the next one (one of the two is 0, the
/// other 1 or -1). A turned photo's rows run down, up or to the left.
struct RowOnPage {
    int x = 0, y = 0;
    int stepX = 1, stepY = 0;
};

/// Ordered dither by the R2 low-discrepancy sequence (Roberts 2018, "The unreasonable effectiveness of quasirandom
/// sequences"), hashed from the page position and channel: no state, so any order of rows gives the same bytes, and a
/// turned row those that it would get where it will lie.
/// 0 and 65535 stay 0 and 255, and a value that 8 bits can hold exactly stays exact.
void ditherRow(const std::uint16_t* in, std::uint8_t* out, int width, int channels, RowOnPage where);
/// Rounds to nearest.
void roundRow(const std::uint16_t* in, std::uint8_t* out, int samples);

}  // namespace contone::render
