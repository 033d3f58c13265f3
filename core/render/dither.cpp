// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Position-hashed ordered dither: the phases of a tile of pixels, which the kernel repeats.
#include "core/render/dither.h"

#include "core/render/kernels/to_bytes.h"

namespace contone::render {

void ditherRow(const std::uint16_t* in, std::uint8_t* out, int width, int channels, RowOnPage where) {
    // 2^32 / plastic number and its square: the two steps of R2.
    constexpr std::uint32_t stepX = 0xC13FA9A9U, stepY = 0x91E10DA5U, stepChannel = 0x55555555U;
    const auto phaseOf = [](int x, int y) {
        return static_cast<std::uint32_t>(x) * stepX + static_cast<std::uint32_t>(y) * stepY;
    };
    const std::uint32_t step = phaseOf(where.stepX, where.stepY);
    kernels::DitherTile tile;
    tile.samples = kernels::DitherTile::pixels * channels;
    tile.step = step * kernels::DitherTile::pixels;
    for (int i = 0; i < tile.samples; i++)
        tile.phase[i] =
            static_cast<std::uint32_t>(i / channels) * step + static_cast<std::uint32_t>(i % channels) * stepChannel;
    kernels::ditherSamples(in, out, width * channels, phaseOf(where.x, where.y), tile);
}

void roundRow(const std::uint16_t* in, std::uint8_t* out, int samples) {
    kernels::roundSamples(in, out, samples);
}

}  // namespace contone::render
