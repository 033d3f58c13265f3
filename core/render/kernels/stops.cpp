// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Whole vectors of pixels; what is left over, one by one.
#include "core/render/kernels/stops.h"

#include "core/render/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/render/kernels/stops.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/render/adjustments/stops.h"

HWY_BEFORE_NAMESPACE();
namespace contone::render::kernels {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

HWY_INLINE int stopsVectors(const float*, const std::array<float, 3>&, float*, int) {
    return 0;
}
HWY_INLINE int lightenVectors(const float*, float*, int) {
    return 0;
}

#else
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 8>;
using Ints = hn::RebindToSigned<Floats>;
using Vector = hn::Vec<Floats>;

HWY_INLINE Vector all(float value) {
    return hn::Set(Floats(), value);
}
/// sum * x + next, rounded twice, as plain C++ does it.
HWY_INLINE Vector step(Vector sum, Vector x, float next) {
    return hn::Add(hn::Mul(sum, x), all(next));
}

/// As stopsOf().
HWY_INLINE Vector stopsOfLight(Vector light) {
    const Ints ints;
    const auto bits = hn::BitCast(ints, hn::Max(light, all(1.0F / 65536)));
    const auto exponent = hn::ShiftRight<23>(hn::Sub(bits, hn::Set(ints, 0x3f3504f3)));
    const auto mantissa = hn::BitCast(Floats(), hn::Sub(bits, hn::ShiftLeft<23>(exponent)));
    const auto t = hn::Div(hn::Sub(mantissa, all(1)), hn::Add(mantissa, all(1))), s = hn::Mul(t, t);
    const auto series = step(step(step(all(0.41219858F), s, 0.57707802F), s, 0.96179669F), s, 2.88539008F);
    return hn::Add(hn::ConvertTo(Floats(), exponent), hn::Mul(t, series));
}

/// As lightOfStops().
HWY_INLINE Vector lightOf(Vector stops) {
    const Ints ints;
    const auto whole = hn::Floor(hn::Add(stops, all(0.5F))), f = hn::Sub(stops, whole);
    auto part = step(step(all(0.00015404F), f, 0.00133336F), f, 0.00961813F);
    part = step(step(step(step(part, f, 0.05550411F), f, 0.24022651F), f, 0.69314718F), f, 1);
    const auto power = hn::ShiftLeft<23>(hn::Add(hn::ConvertTo(ints, whole), hn::Set(ints, 127)));
    return hn::Mul(part, hn::BitCast(Floats(), power));
}

HWY_INLINE int stopsVectors(const float* rgb, const std::array<float, 3>& weights, float* stops, int pixels) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    const auto red = all(weights[0]), green = all(weights[1]), blue = all(weights[2]);
    int x = 0;
    for (; x + lanes <= pixels; x += lanes) {
        Vector r, g, b;
        hn::LoadInterleaved3(floats, rgb + x * 3, r, g, b);
        const auto light = hn::Add(hn::Add(hn::Mul(red, r), hn::Mul(green, g)), hn::Mul(blue, b));
        hn::StoreU(stopsOfLight(light), floats, stops + x);
    }
    return x;
}

HWY_INLINE int lightenVectors(const float* stops, float* rgb, int pixels) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    int x = 0;
    for (; x + lanes <= pixels; x += lanes) {
        Vector r, g, b;
        hn::LoadInterleaved3(floats, rgb + x * 3, r, g, b);
        const auto gain = lightOf(hn::LoadU(floats, stops + x));
        hn::StoreInterleaved3(hn::Mul(r, gain), hn::Mul(g, gain), hn::Mul(b, gain), floats, rgb + x * 3);
    }
    return x;
}
#endif

void RowStops(const float* rgb, const std::array<float, 3>& weights, float* stops, int pixels) {
    for (int x = stopsVectors(rgb, weights, stops, pixels); x < pixels; x++)
        stops[x] = stopsOf(weights[0] * rgb[x * 3] + weights[1] * rgb[x * 3 + 1] + weights[2] * rgb[x * 3 + 2]);
}
void LightenRow(const float* stops, float* rgb, int pixels) {
    for (int x = lightenVectors(stops, rgb, pixels); x < pixels; x++) {
        const float gain = lightOfStops(stops[x]);
        for (int c = 0; c < 3; c++) rgb[x * 3 + c] *= gain;
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace contone::render::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::render::kernels {

HWY_EXPORT(RowStops);
HWY_EXPORT(LightenRow);

void rowStops(const float* rgb, const std::array<float, 3>& weights, float* stops, int pixels) {
    HWY_DYNAMIC_DISPATCH(RowStops)(rgb, weights, stops, pixels);
}
void lightenRow(const float* stops, float* rgb, int pixels) {
    HWY_DYNAMIC_DISPATCH(LightenRow)(stops, rgb, pixels);
}

}  // namespace contone::render::kernels
#endif
