// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The inner loops from 16 to 8 bits, for the processor at hand, in integers: the same bytes everywhere.
#pragma once

#include <cstdint>

namespace contone::render::kernels {

/// out = (in + 128) / 257.
void roundSamples(const std::uint16_t* in, std::uint8_t* out, int samples);

/// What is added to the phase within a tile of pixels, and from tile to tile.
struct DitherTile {
    static constexpr int pixels = 32;
    std::uint32_t phase[pixels * 4] = {};
    std::uint32_t step = 0;
    int samples = 0;  ///< pixels * channels
};
/// Sample i, of tile t = i / tile.samples: in = level * 257 + rest, out = level, and one more where the rest exceeds
/// the threshold (phase * 257) >> 32, phase = start + t * tile.step + tile.phase[i % tile.samples], modulo 2^32.
void ditherSamples(const std::uint16_t* in, std::uint8_t* out, int samples, std::uint32_t start,
                   const DitherTile& tile);

}  // namespace contone::render::kernels
