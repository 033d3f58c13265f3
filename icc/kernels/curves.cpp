// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tone curves, their inverses and the matrix behind them, several samples at once.
#include "icc/kernels/kernels_p.h"
#include "icc/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "icc/kernels/curves.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace contone::icc::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 8>;
using Ints = hn::Repartition<std::int32_t, Floats>;
using Values = hn::Vec<Floats>;

/// Not a number counts as 0.
HWY_INLINE Values numbers(Values x) {
    return hn::IfThenElseZero(hn::Eq(x, x), x);
}

HWY_INLINE Values between(const float* table, hn::Vec<Ints> index, Values fraction) {
    const Floats f;
    const auto low = hn::GatherIndex(f, table, index), high = hn::GatherIndex(f, table + 1, index);
    return hn::Add(low, hn::Mul(fraction, hn::Sub(high, low)));
}

HWY_INLINE Values rootOf(const Root& curve, Values raw) {
    const Floats f;
    const Ints ints;
    const auto x = numbers(raw);
    const auto smallest = hn::Set(f, curve.smallest), greatest = hn::Set(f, curve.greatest);
    const auto inside = hn::Min(hn::Max(x, smallest), greatest);
    const auto offset = hn::Sub(hn::BitCast(ints, inside), hn::Set(ints, static_cast<std::int32_t>(curve.firstBits)));
    const auto index = hn::Min(hn::ShiftRight<15>(offset), hn::Set(ints, curve.last - 1));
    const auto fraction =
        hn::Mul(hn::ConvertTo(f, hn::And(offset, hn::Set(ints, 0x7fff))), hn::Set(f, 1.0F / 32768.0F));
    const auto curved = between(curve.values, index, fraction);
    const auto below = hn::Max(hn::Add(hn::Set(f, curve.atZero), hn::Mul(x, hn::Set(f, curve.slope))), hn::Zero(f));
    const auto upper = hn::IfThenElse(hn::Ge(x, greatest), hn::Set(f, curve.values[curve.last]), curved);
    return hn::IfThenElse(hn::Gt(x, smallest), upper, below);
}

void Roots(const Root& curve, const float* in, float* out, int samples) {
    const Floats f;
    const int lanes = static_cast<int>(hn::Lanes(f));
    int i = 0;
    for (; i + lanes <= samples; i += lanes) hn::StoreU(rootOf(curve, hn::LoadU(f, in + i)), f, out + i);
    if (i == samples) return;
    HWY_ALIGN float rest[8] = {};
    std::copy_n(in + i, samples - i, rest);
    hn::Store(rootOf(curve, hn::Load(f, rest)), f, rest);
    std::copy_n(rest, samples - i, out + i);
}

HWY_INLINE Values curveOf(const float* table, int steps, Values raw) {
    const Floats f;
    const Ints ints;
    const auto clipped = hn::Min(hn::Max(numbers(raw), hn::Zero(f)), hn::Set(f, 1.0F));
    const auto position = hn::Mul(clipped, hn::Set(f, static_cast<float>(steps)));
    const auto index = hn::Min(hn::ConvertTo(ints, position), hn::Set(ints, steps - 1));
    return between(table, index, hn::Sub(position, hn::ConvertTo(f, index)));
}

HWY_INLINE Values rowOf(const float* m, Values r, Values g, Values b) {
    const Floats f;
    const auto red = hn::Mul(hn::Set(f, m[0]), r), green = hn::Mul(hn::Set(f, m[1]), g);
    const auto blue = hn::Mul(hn::Set(f, m[2]), b);
    return hn::Add(hn::Add(hn::Add(red, green), blue), hn::Set(f, m[3]));
}

HWY_INLINE void mapLanes(const CurvesAndMatrix& how, const float* in, float* out) {
    const Floats f;
    Values r, g, b;
    hn::LoadInterleaved3(f, in, r, g, b);
    r = curveOf(how.curve[0], how.steps, r);
    g = curveOf(how.curve[1], how.steps, g);
    b = curveOf(how.curve[2], how.steps, b);
    hn::StoreInterleaved3(rowOf(how.map, r, g, b), rowOf(how.map + 4, r, g, b), rowOf(how.map + 8, r, g, b), f, out);
}

void MapPixels(const CurvesAndMatrix& how, const float* in, float* out, int pixels) {
    const int lanes = static_cast<int>(hn::Lanes(Floats()));
    int i = 0;
    for (; i + lanes <= pixels; i += lanes) mapLanes(how, in + i * 3, out + i * 3);
    if (i == pixels) return;
    HWY_ALIGN float rest[24] = {};
    std::copy_n(in + i * 3, (pixels - i) * 3, rest);
    mapLanes(how, rest, rest);
    std::copy_n(rest, (pixels - i) * 3, out + i * 3);
}

}  // namespace HWY_NAMESPACE
}  // namespace contone::icc::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::icc::kernels {

HWY_EXPORT(Roots);
HWY_EXPORT(MapPixels);

void root(const Root& curve, const float* in, float* out, int samples) {
    HWY_DYNAMIC_DISPATCH(Roots)(curve, in, out, samples);
}
void curvesAndMatrix(const CurvesAndMatrix& how, const float* in, float* out, int pixels) {
    HWY_DYNAMIC_DISPATCH(MapPixels)(how, in, out, pixels);
}

}  // namespace contone::icc::kernels
#endif
