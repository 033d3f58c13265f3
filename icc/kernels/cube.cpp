// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tetrahedral interpolation: which tetrahedron and with what weights for several pixels at once, then the four nodes of
// each pixel.
#include "icc/kernels/kernels_p.h"
#include "icc/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "icc/kernels/cube.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace contone::icc::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 8>;
using Ints = hn::Repartition<std::int32_t, Floats>;
// One pixel's node: four floats, in one register where there are registers for that.
using Node = float __attribute__((vector_size(16)));
using NodeInts = std::int32_t __attribute__((vector_size(16)));
constexpr int most = 8;  ///< lanes

/// Where the four nodes of each pixel are, and their weights.
struct Located {
    HWY_ALIGN std::int32_t origin[most];
    HWY_ALIGN std::int32_t second[most];
    HWY_ALIGN std::int32_t third[most];
    HWY_ALIGN float weight[4][most];
};

HWY_INLINE void locate(const Cube& cube, const float* positions, float scale, Located& at) {
    const Floats f;
    const Ints ints;
    hn::Vec<Floats> r, g, b;
    hn::LoadInterleaved3(f, positions, r, g, b);
    const auto scaled = hn::Set(f, scale);
    r = hn::Mul(r, scaled);
    g = hn::Mul(g, scaled);
    b = hn::Mul(b, scaled);
    const auto last = hn::Set(ints, cube.grid - 2);
    const auto ir = hn::Min(hn::ConvertTo(ints, r), last), ig = hn::Min(hn::ConvertTo(ints, g), last);
    const auto ib = hn::Min(hn::ConvertTo(ints, b), last);
    const auto fr = hn::Sub(r, hn::ConvertTo(f, ir)), fg = hn::Sub(g, hn::ConvertTo(f, ig));
    const auto fb = hn::Sub(b, hn::ConvertTo(f, ib));
    const auto highest = hn::Max(fr, hn::Max(fg, fb)), lowest = hn::Min(fr, hn::Min(fg, fb));
    const auto middle = hn::Max(hn::Min(fr, fg), hn::Min(hn::Max(fr, fg), fb));
    // Offsets in floats, so that they can be chosen by comparisons of floats; a cube has far fewer than 2^24 of them.
    const auto strideR = hn::Set(f, static_cast<float>(cube.grid * cube.grid * 4));
    const auto strideG = hn::Set(f, static_cast<float>(cube.grid * 4)), strideB = hn::Set(f, 4.0F);
    const auto first =
        hn::IfThenElse(hn::Eq(fr, highest), strideR, hn::IfThenElse(hn::Eq(fg, highest), strideG, strideB));
    const auto missing =
        hn::IfThenElse(hn::Eq(fb, lowest), strideB, hn::IfThenElse(hn::Eq(fg, lowest), strideG, strideR));
    const int grid = cube.grid, diagonal = (grid * grid + grid + 1) * 4;
    const auto origin =
        hn::ShiftLeft<2>(hn::Add(hn::Mul(hn::Add(hn::Mul(ir, hn::Set(ints, grid)), ig), hn::Set(ints, grid)), ib));
    hn::Store(origin, ints, at.origin);
    hn::Store(hn::Add(origin, hn::ConvertTo(ints, first)), ints, at.second);
    hn::Store(hn::Sub(hn::Add(origin, hn::Set(ints, diagonal)), hn::ConvertTo(ints, missing)), ints, at.third);
    hn::Store(hn::Sub(hn::Set(f, 1.0F), highest), f, at.weight[0]);
    hn::Store(hn::Sub(highest, middle), f, at.weight[1]);
    hn::Store(hn::Sub(middle, lowest), f, at.weight[2]);
    hn::Store(lowest, f, at.weight[3]);
}

HWY_INLINE Node nodeAt(const float* nodes) {
    return *reinterpret_cast<const Node*>(nodes);
}

HWY_INLINE Node valueAt(const Cube& cube, const Located& at, int diagonal, int i) {
    const float* origin = cube.nodes + at.origin[i];
    return nodeAt(origin) * at.weight[0][i] + nodeAt(cube.nodes + at.second[i]) * at.weight[1][i] +
           nodeAt(cube.nodes + at.third[i]) * at.weight[2][i] + nodeAt(origin + diagonal) * at.weight[3][i];
}

HWY_INLINE void store(Node value, float* out) {
    std::memcpy(out, &value, sizeof value);
}
HWY_INLINE void store(Node value, std::uint16_t* out) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
    for (int c = 0; c < 4; ++c) out[c] = static_cast<std::uint16_t>(std::clamp(value[c], 0.0F, 1.0F) * 65535.0F + 0.5F);
#else
    const hn::FixedTag<float, 4> floats;
    const hn::FixedTag<std::int32_t, 4> ints;
    const hn::FixedTag<std::uint16_t, 4> shorts;
    const hn::Vec<decltype(floats)> raw{value};
    const auto clipped = hn::Min(hn::Max(raw, hn::Zero(floats)), hn::Set(floats, 1.0F));
    const auto scaled = hn::Add(hn::Mul(clipped, hn::Set(floats, 65535.0F)), hn::Set(floats, 0.5F));
    hn::StoreU(hn::DemoteTo(shorts, hn::ConvertTo(ints, scaled)), shorts, out);
#endif
}

/// Each pixel is stored as four values; what lies behind its channels is overwritten by the next pixel, so the last
/// pixels go through a buffer.
template <class T>
HWY_INLINE void convert(const Cube& cube, const float* positions, float scale, T* out, int pixels) {
    const int lanes = static_cast<int>(hn::Lanes(Floats()));
    const int diagonal = (cube.grid * cube.grid + cube.grid + 1) * 4;
    Located at;
    const int behind = cube.channels == 1 ? 3 : 1;  // pixels that four values reach into
    int i = 0;
    for (; i + lanes + behind <= pixels; i += lanes) {
        locate(cube, positions + i * 3, scale, at);
        for (int k = 0; k < lanes; ++k) store(valueAt(cube, at, diagonal, k), out + (i + k) * cube.channels);
    }
    for (; i < pixels; i += lanes) {
        const int n = std::min(lanes, pixels - i);
        HWY_ALIGN float rest[most * 3] = {};
        std::copy_n(positions + i * 3, n * 3, rest);
        locate(cube, rest, scale, at);
        T four[4];
        for (int k = 0; k < n; ++k) {
            store(valueAt(cube, at, diagonal, k), four);
            std::copy_n(four, cube.channels, out + (i + k) * cube.channels);
        }
    }
}

void ToFloats(const Cube& cube, const float* positions, float scale, float* out, int pixels) {
    convert(cube, positions, scale, out, pixels);
}
void ToShorts(const Cube& cube, const float* positions, float scale, std::uint16_t* out, int pixels) {
    convert(cube, positions, scale, out, pixels);
}

}  // namespace HWY_NAMESPACE
}  // namespace contone::icc::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::icc::kernels {

HWY_EXPORT(ToFloats);
HWY_EXPORT(ToShorts);

void interpolate(const Cube& cube, const float* positions, float scale, float* out, int pixels) {
    if (pixels > 0) HWY_DYNAMIC_DISPATCH(ToFloats)(cube, positions, scale, out, pixels);
}
void interpolate(const Cube& cube, const float* positions, float scale, std::uint16_t* out, int pixels) {
    if (pixels > 0) HWY_DYNAMIC_DISPATCH(ToShorts)(cube, positions, scale, out, pixels);
}

}  // namespace contone::icc::kernels
#endif
