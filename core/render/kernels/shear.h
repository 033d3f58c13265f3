// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The inner loops of straightening, for the processor at hand: plain C++, SSE4 or AVX2, chosen at run time.
//
// All give the same bytes: sums are taken in tap order, integers saturated after each tap. Samples are read, and
// results written, in whole vectors: up to kernels::slack bytes past the last sample of a row must be there.
#pragma once

#include <array>
#include <cstdint>

namespace contone::render::kernels {

constexpr int shearTaps = 6;
constexpr int shortBits = 6;  ///< a byte in a short is byte << 6, so that three passes of overshoot fit

/// A product of shorts is (a * b + (1 << 14)) >> 15: a weight of 1 is 32767.
template <class T>
using ShearWeights = std::array<T, shearTaps>;

/// out[i] = sum over taps k of in[i + k * step] * weights[k].
void shearRow(const std::int16_t* in, int step, const ShearWeights<std::int16_t>& weights, std::int16_t* out,
              int samples);
void shearRow(const float* in, int step, const ShearWeights<float>& weights, float* out, int samples);

/// out[i] = sum over taps k of rows[k][i] * weights[k][i].
void shearColumns(const std::array<const std::int16_t*, shearTaps>& rows,
                  const std::array<const std::int16_t*, shearTaps>& weights, std::int16_t* out, int samples);
void shearColumns(const std::array<const std::uint16_t*, shearTaps>& rows,
                  const std::array<const float*, shearTaps>& weights, float* out, int samples);

void bytesToShorts(const std::uint8_t* in, std::int16_t* out, int samples);
/// Rounded, and clipped to 0…255.
void shortsToBytes(const std::int16_t* in, std::uint8_t* out, int samples);
void wordsToFloats(const std::uint16_t* in, float* out, int samples);
/// out = in * scale + offset, rounded to nearest, ties to even, and clipped to 0…65535.
void floatsToWords(const float* in, float scale, float offset, std::uint16_t* out, int samples);

}  // namespace contone::render::kernels
