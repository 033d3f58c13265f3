// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The inner loops of output sharpening, for the processor at hand: plain C++, SSE4 or AVX2, chosen at run time.
//
// Luma is in integers, so that sums do not depend on the processor: 0…lumaOne. A weight w of 15 bits takes
// (value * w + (1 << 14)) >> 15 of a value. All blurs are written as the value plus weighted differences from it: where
// neighbours are equal nothing is rounded, and nothing changes.
//
// Rows are read and written in whole vectors: `slack` bytes (kernels/resample.h) past the last sample must be there.
#pragma once

#include <cstdint>

namespace contone::render::kernels {

constexpr int lumaOne = 16000;     ///< differences of two pairs still fit in 16 bits
constexpr int detailLimit = 8000;  ///< more detail than this is taken for this
constexpr int detailIgnored = 36;  ///< 0.57/255: what a step of 8 bits makes is no detail, nor is faint grain

/// Luma of `width` packed RGB pixels of floats 0…1: 0.2126 R + 0.7152 G + 0.0722 B of the encoded samples, rounded.
void lumaOf(const float* packed, int width, std::int16_t* luma);

/// From light to the code that it is sharpened in and back (core/render/light_curves.h), as plain numbers.
struct Curves {
    static constexpr int octaves = 14, stepsPerOctave = 256, codeSteps = 4096;
    static constexpr float smallest = 1.0F / 16384.0F;         ///< 2^-octaves: straight from 0 to here
    static constexpr std::uint32_t smallestBits = 113U << 23;  ///< of it as a float
    const float* toPrimaries = nullptr;    ///< linear samples → linear RGB of the code's primaries: 9, row-major
    const float* fromPrimaries = nullptr;  ///< and back
    float slope = 0;                       ///< code of light below `smallest`, a unit of light
    const float* code = nullptr;           ///< of light smallest…1, even steps in each octave; octaves * 256 + 2 values
    const float* light = nullptr;          ///< of code 0…1; codeSteps + 2 values
};
/// The same luma, of the codes of linear samples; outside 0…1 they count as the ends.
void lumaOfLight(const float* packed, const Curves& curves, int width, std::int16_t* luma);

/// Symmetric: weight[k - 1] for the neighbours at distance k = 1…radius.
struct Blur {
    const std::int16_t* weight = nullptr;
    int radius = 0;
};
/// Along a row. `luma` has at least max(blur.radius, hood) samples before the first and behind the last of `width`.
/// `blurred`: luma + sum of weight[k] * (luma[x - k] + luma[x + k] - 2 luma[x]); `least`, `most`: of 2 * hood + 1.
void blurAcross(const std::int16_t* luma, const Blur& blur, int hood, int width, std::int16_t* blurred,
                std::int16_t* least, std::int16_t* most);

struct Rows {
    const std::int16_t* luma = nullptr;
    const std::int16_t* const* blurred = nullptr;  ///< 2 * blur.radius + 1 rows, this one in the middle
    const std::int16_t* const* least = nullptr;    ///< 2 * hood + 1 rows
    const std::int16_t* const* most = nullptr;
};
struct Amount {
    Blur blur;                   ///< down the rows
    int hood = 1;                ///< rows above and below whose least and most count
    std::int16_t whole = 0;      ///< 0…3
    std::int16_t fraction = 0;   ///< 15 bits
    std::int16_t overshoot = 0;  ///< in luma
};
/// detail = luma - blurred in both directions, at most ±detailLimit, nearer to zero by detailIgnored; the new luma is
/// luma + amount * detail, kept between least - overshoot and most + overshoot. What that adds to luma is added to
/// every channel of the packed row, clipped to 0…1; pixels whose luma stays are not touched.
void sharpen(const Rows& rows, const Amount& amount, int width, float* packed);
/// The same for a row of linear samples: it is added to their codes, and what that adds in light to the
/// samples.
void sharpenLight(const Rows& rows, const Amount& amount, const Curves& curves, int width, float* packed);

}  // namespace contone::render::kernels
