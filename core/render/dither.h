// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From 16-bit device samples to 8 bits, with or without dither.
#pragma once

#include <cstdint>

namespace contone::render {

/// Ordered dither by the R2 low-discrepancy sequence (Roberts 2018, "The unreasonable effectiveness of quasirandom
/// sequences"), hashed from the page position and channel: no state, so any strip order gives the same bytes.
/// 0 and 65535 stay 0 and 255, and a value that 8 bits can hold exactly stays exact.
void ditherRow(const std::uint16_t* in, std::uint8_t* out, int width, int channels, int y);
/// Rounds to nearest.
void roundRow(const std::uint16_t* in, std::uint8_t* out, int samples);

}  // namespace contone::render
