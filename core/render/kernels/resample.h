// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The inner loops of the resampler, for the processor at hand: plain C++, SSE4 or AVX2, chosen at run time.
//
// All three give the same bytes. Integer sums do not depend on their order. Float sums are taken in the order said
// here, by separate multiplications and additions: "in fours" means that the products of taps 0, 4, 8…, of taps 1, 5…,
// of taps 2, 6… and of taps 3, 7… are summed in tap order each, and added as (s0 + s2) + (s1 + s3).
//
// Rows are read, and results written, in whole vectors: up to `slack` bytes past the last sample of a row must be
// there (what is read there never reaches a result). Floats there must be finite.
#pragma once

#include <cstddef>
#include <cstdint>

namespace contone::render::kernels {

constexpr int slack = 192;  ///< bytes

constexpr int weightBits = 14;  ///< of an integer weight: 1 is 1 << 14; the weights of a result sum to exactly that
constexpr int middleBits = 7;   ///< of what stands between the passes: (sample - 128) << 7, so that overshoot fits

/// The rows of the vertical pass hold std::uint8_t, std::uint16_t or float, as the function's name says.
///
/// Down, 8 bits: out[i] = (sum over taps of rows[tap][i] * weight[tap]) - 128 in units of 1 / (1 << middleBits),
/// rounded to nearest, saturated. `taps` is even.
void combineBytes(const std::byte* const* rows, const std::int16_t* weight, int taps, std::int16_t* out, int samples);
/// Down in floats: out[i] = sum over taps of rows[tap][i] * weight[tap], in tap order.
void combineWords(const std::byte* const* rows, const float* weight, int taps, float* out, int samples);
void combineFloats(const std::byte* const* rows, const float* weight, int taps, float* out, int samples);

/// For each of `width` pixels of the result: the pixel of `in` where its taps begin, and its `taps` weights.
template <class Weight>
struct Across {
    const int* first = nullptr;
    const Weight* weight = nullptr;  ///< width * taps
    int taps = 0;                    ///< a multiple of tapGroup(channels)
    int width = 0;
    int channels = 3;  ///< 1, 3 or 4
};
constexpr int tapGroup(int channels) {
    return channels == 1 ? 8 : 4;
}
/// Across, of what combineBytes() gave: `out` gets width * channels floats, clipped to 0…1.
void across(const std::int16_t* in, const Across<std::int16_t>& plan, float* out);
/// Across in floats, summed in fours: `out` gets width * channels floats, times `scale`, clipped to 0…1.
void across(const float* in, const Across<float>& plan, float scale, float* out);

}  // namespace contone::render::kernels
