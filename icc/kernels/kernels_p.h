// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The inner loops of colour conversion, for the processor at hand, chosen at run time. Every processor gives the same
// bytes: separate multiplications and additions in the order said here, no approximations.
#pragma once

#include <cstdint>

namespace contone::icc::kernels {

/// A RootCurve as plain numbers (icc/curve_p.h says what they mean).
struct Root {
    const float* values = nullptr;
    int last = 0;  ///< index of the last value
    float smallest = 0, greatest = 0, atZero = 0, slope = 0;
    std::uint32_t firstBits = 0;
};
/// out[i] = RootCurve of in[i], the same to the bit. May be the same memory.
void root(const Root& curve, const float* in, float* out, int samples);

/// A Curve (65,537 values) by channel: out[3 i + c] = curve[c] of in[3 i + c], the same to the bit, and then the affine
/// map (rows of matrix and offset), as PixelAffine. `in` may be `out`.
struct CurvesAndMatrix {
    const float* curve[3] = {};
    int steps = 0;
    float map[12] = {};
};
void curvesAndMatrix(const CurvesAndMatrix& how, const float* in, float* out, int pixels);

/// A Lattice as plain numbers: four floats a node.
struct Cube {
    const float* nodes = nullptr;
    int grid = 0, channels = 3;
};
/// Tetrahedral interpolation as Lattice::at, the same to the bit. `positions`: pixels * 3 of `scale` * position.
void interpolate(const Cube& cube, const float* positions, float scale, float* out, int pixels);
/// The same, clipped to 0…1 and rounded to 16 bits.
void interpolate(const Cube& cube, const float* positions, float scale, std::uint16_t* out, int pixels);

}  // namespace contone::icc::kernels
