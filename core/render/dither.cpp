// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Position-hashed ordered dither in integers.
#include "core/render/dither.h"

namespace contone::render {

void ditherRow(const std::uint16_t* in, std::uint8_t* out, int width, int channels, int y) {
    // 2^32 / plastic number and its square: the two steps of R2.
    constexpr std::uint32_t stepX = 0xC13FA9A9U, stepY = 0x91E10DA5U, stepChannel = 0x55555555U;
    std::uint32_t rowPhase = static_cast<std::uint32_t>(y) * stepY;
    for (int x = 0; x < width; x++, rowPhase += stepX) {
        for (int c = 0; c < channels; c++) {
            // value = level * 257 + rest, rest 0…256; the rest decides with probability rest / 257.
            const std::uint32_t value = in[c], level = value / 257, rest = value % 257;
            const std::uint32_t phase = rowPhase + static_cast<std::uint32_t>(c) * stepChannel;
            const std::uint32_t threshold = static_cast<std::uint32_t>((static_cast<std::uint64_t>(phase) * 257) >> 32);
            out[c] = static_cast<std::uint8_t>(level + (rest > threshold ? 1 : 0));
        }
        in += channels;
        out += channels;
    }
}

void roundRow(const std::uint16_t* in, std::uint8_t* out, int samples) {
    for (int i = 0; i < samples; i++) out[i] = static_cast<std::uint8_t>((in[i] + 128U) / 257U);
}

}  // namespace contone::render
