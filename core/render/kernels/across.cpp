// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The horizontal pass: weighted sums of neighbouring pixels, on the rows that the vertical pass left.
#include "core/render/kernels/resample.h"
#include "core/render/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/render/kernels/across.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace contone::render::kernels {
namespace HWY_NAMESPACE {

// A sum of middle values times weights: 255 is this much, and 128 is still taken off.
constexpr int sumBits = weightBits + middleBits;
constexpr std::int32_t sumOffset = 128 << sumBits, sumOne = 255 << sumBits;
constexpr float sumScale = 1.0F / static_cast<float>(sumOne);

/// What a pixel of a row is for the kernels below.
template <class T, class Weight>
struct Taps {
    const T* pixel;
    const Weight* weight;
};
template <int channels, class T, class Weight>
HWY_INLINE Taps<T, Weight> tapsOf(const T* in, const Across<Weight>& plan, int x) {
    return {in + static_cast<std::ptrdiff_t>(plan.first[x]) * channels,
            plan.weight + static_cast<std::ptrdiff_t>(x) * plan.taps};
}

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

template <int channels>
void AcrossFixed(const std::int16_t* in, const Across<std::int16_t>& plan, float* out) {
    for (int x = 0; x < plan.width; x++) {
        const auto [pixel, weight] = tapsOf<channels>(in, plan, x);
        for (int c = 0; c < channels; c++) {
            std::int32_t sum = sumOffset;
            for (int t = 0; t < plan.taps; t++) sum += pixel[t * channels + c] * weight[t];
            *out++ = static_cast<float>(std::clamp(sum, 0, sumOne)) * sumScale;
        }
    }
}

template <int channels>
void AcrossFloats(const float* in, const Across<float>& plan, float scale, float* out) {
    for (int x = 0; x < plan.width; x++) {
        const auto [pixel, weight] = tapsOf<channels>(in, plan, x);
        for (int c = 0; c < channels; c++) {
            float sum[4] = {};
            for (int t = 0; t < plan.taps; t++) sum[t % 4] += pixel[t * channels + c] * weight[t];
            const float value = ((sum[0] + sum[2]) + (sum[1] + sum[3])) * scale;
            const float positive = value > 0 ? value : 0;  // as the instruction: never a negative zero
            *out++ = positive < 1 ? positive : 1;
        }
    }
}

#else
namespace hn = hwy::HWY_NAMESPACE;

using Shorts = hn::FixedTag<std::int16_t, 8>;
using Bytes = hn::FixedTag<std::uint8_t, 16>;
using Ints = hn::FixedTag<std::int32_t, 4>;
using Floats = hn::FixedTag<float, 4>;

/// Turns two neighbouring pixels into pairs of one channel each, which is what the multiplication adds up.
template <int channels>
struct PairOrder {
    alignas(16) std::uint8_t bytes[16];
    constexpr PairOrder() : bytes() {
        for (int i = 0; i < 16; i++) bytes[i] = 0x80;  // no fourth channel: zero
        for (int c = 0; c < channels; c++)
            for (int b = 0; b < 2; b++) {
                bytes[4 * c + b] = static_cast<std::uint8_t>(2 * c + b);
                bytes[4 * c + 2 + b] = static_cast<std::uint8_t>(2 * (c + channels) + b);
            }
    }
};

/// Four weights as they stand in memory.
HWY_INLINE std::int64_t fourWeights(const std::int16_t* weight) {
    std::int64_t four = 0;
    std::memcpy(&four, weight, sizeof(four));
    return four;
}

template <class V>
HWY_INLINE V finish(V sum) {
    const hn::DFromV<V> ints;
    return hn::Min(hn::Max(hn::Add(sum, hn::Set(ints, sumOffset)), hn::Zero(ints)), hn::Set(ints, sumOne));
}
template <class D, class V>
HWY_INLINE hn::Vec<D> asFloats(D floats, V sum) {
    return hn::Mul(hn::ConvertTo(floats, finish(sum)), hn::Set(floats, sumScale));
}

#if HWY_MAX_BYTES >= 32

using WideShorts = hn::FixedTag<std::int16_t, 16>;
using WideInts = hn::FixedTag<std::int32_t, 8>;
using WideFloats = hn::FixedTag<float, 8>;
using WideLongs = hn::FixedTag<std::int64_t, 4>;

/// Sums of one pixel: taps 0, 1 of every four in the lower half, taps 2, 3 in the upper.
template <int channels>
HWY_INLINE hn::Vec<WideInts> pixelSums(Taps<std::int16_t, std::int16_t> taps, int count, hn::Vec<WideShorts> pairOrder,
                                       hn::Vec<WideShorts> weightOrder) {
    const Shorts shorts;
    const WideShorts wide;
    const WideInts ints;
    auto sum = hn::Zero(ints), odd = hn::Zero(ints);
    for (int t = 0; t < count; t += 4) {
        const auto pixels = hn::Combine(wide, hn::LoadU(shorts, taps.pixel + (t + 2) * channels),
                                        hn::LoadU(shorts, taps.pixel + t * channels));
        const auto weights = hn::BitCast(wide, hn::Set(WideLongs(), fourWeights(taps.weight + t)));
        sum = hn::ReorderWidenMulAccumulate(ints, hn::TableLookupBytes(pixels, pairOrder),
                                            hn::TableLookupBytes(weights, weightOrder), sum, odd);
    }
    return hn::RearrangeToOddPlusEven(sum, odd);
}

template <int channels>
void AcrossPixels(const std::int16_t* in, const Across<std::int16_t>& plan, float* out) {
    static constexpr PairOrder<channels> order;
    alignas(32) static constexpr std::uint8_t weightOrderBytes[32] = {
        0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,  //
        4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7};
    const hn::FixedTag<std::uint8_t, 32> bytes;
    const auto pairOrder = hn::BitCast(WideShorts(), hn::LoadDup128(bytes, order.bytes));
    const auto weightOrder = hn::BitCast(WideShorts(), hn::Load(bytes, weightOrderBytes));
    const WideInts ints;
    const WideFloats floats;
    const Floats half;
    int x = 0;
    for (; x + 2 <= plan.width; x += 2, out += 2 * channels) {
        const auto a = pixelSums<channels>(tapsOf<channels>(in, plan, x), plan.taps, pairOrder, weightOrder);
        const auto b = pixelSums<channels>(tapsOf<channels>(in, plan, x + 1), plan.taps, pairOrder, weightOrder);
        const auto both = asFloats(floats, hn::Add(hn::ConcatLowerLower(ints, b, a), hn::ConcatUpperUpper(ints, b, a)));
        hn::StoreU(hn::LowerHalf(half, both), half, out);
        hn::StoreU(hn::UpperHalf(half, both), half, out + channels);
    }
    if (x < plan.width) {
        const auto a = pixelSums<channels>(tapsOf<channels>(in, plan, x), plan.taps, pairOrder, weightOrder);
        const Ints narrow;
        hn::StoreU(asFloats(half, hn::Add(hn::LowerHalf(narrow, a), hn::UpperHalf(narrow, a))), half, out);
    }
}

template <int channels>
HWY_INLINE hn::Vec<Floats> pixelSum(Taps<float, float> taps, int count) {
    alignas(32) static constexpr std::uint8_t firstBytes[32] = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,  //
                                                                4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7};
    alignas(32) static constexpr std::uint8_t lastBytes[32] = {
        8,  9,  10, 11, 8,  9,  10, 11, 8,  9,  10, 11, 8,  9,  10, 11,  //
        12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15};
    const hn::FixedTag<std::uint8_t, 32> bytes;
    const auto firstTwo = hn::Load(bytes, firstBytes), lastTwo = hn::Load(bytes, lastBytes);
    const Floats half;
    const WideFloats wide;
    auto sum01 = hn::Zero(wide), sum23 = hn::Zero(wide);
    for (int t = 0; t < count; t += 4) {
        const float* p = taps.pixel + t * channels;
        const auto weights = hn::BitCast(bytes, hn::LoadDup128(wide, taps.weight + t));
        const auto w01 = hn::BitCast(wide, hn::TableLookupBytes(weights, firstTwo));
        const auto w23 = hn::BitCast(wide, hn::TableLookupBytes(weights, lastTwo));
        const auto p01 = hn::Combine(wide, hn::LoadU(half, p + channels), hn::LoadU(half, p));
        const auto p23 = hn::Combine(wide, hn::LoadU(half, p + 3 * channels), hn::LoadU(half, p + 2 * channels));
        sum01 = hn::Add(sum01, hn::Mul(p01, w01));
        sum23 = hn::Add(sum23, hn::Mul(p23, w23));
    }
    const auto sum = hn::Add(sum01, sum23);
    return hn::Add(hn::LowerHalf(half, sum), hn::UpperHalf(half, sum));
}

#else  // 16-byte vectors

template <int channels>
void AcrossPixels(const std::int16_t* in, const Across<std::int16_t>& plan, float* out) {
    static constexpr PairOrder<channels> order;
    const Shorts shorts;
    const Ints ints;
    const Floats floats;
    const hn::FixedTag<std::int64_t, 2> longs;
    const auto pairOrder = hn::BitCast(shorts, hn::Load(Bytes(), order.bytes));
    for (int x = 0; x < plan.width; x++, out += channels) {
        const auto [pixel, weight] = tapsOf<channels>(in, plan, x);
        auto sum = hn::Zero(ints), odd = hn::Zero(ints);
        for (int t = 0; t < plan.taps; t += 4) {
            const auto weights = hn::BitCast(ints, hn::Set(longs, fourWeights(weight + t)));
            const auto first = hn::TableLookupBytes(hn::LoadU(shorts, pixel + t * channels), pairOrder);
            const auto last = hn::TableLookupBytes(hn::LoadU(shorts, pixel + (t + 2) * channels), pairOrder);
            sum = hn::ReorderWidenMulAccumulate(ints, first, hn::BitCast(shorts, hn::Broadcast<0>(weights)), sum, odd);
            sum = hn::ReorderWidenMulAccumulate(ints, last, hn::BitCast(shorts, hn::Broadcast<1>(weights)), sum, odd);
        }
        hn::StoreU(asFloats(floats, hn::RearrangeToOddPlusEven(sum, odd)), floats, out);
    }
}

template <int channels>
HWY_INLINE hn::Vec<Floats> pixelSum(Taps<float, float> taps, int count) {
    const Floats floats;
    auto s0 = hn::Zero(floats), s1 = s0, s2 = s0, s3 = s0;
    for (int t = 0; t < count; t += 4) {
        const float* p = taps.pixel + t * channels;
        const auto weights = hn::LoadU(floats, taps.weight + t);
        s0 = hn::Add(s0, hn::Mul(hn::LoadU(floats, p), hn::Broadcast<0>(weights)));
        s1 = hn::Add(s1, hn::Mul(hn::LoadU(floats, p + channels), hn::Broadcast<1>(weights)));
        s2 = hn::Add(s2, hn::Mul(hn::LoadU(floats, p + 2 * channels), hn::Broadcast<2>(weights)));
        s3 = hn::Add(s3, hn::Mul(hn::LoadU(floats, p + 3 * channels), hn::Broadcast<3>(weights)));
    }
    return hn::Add(hn::Add(s0, s2), hn::Add(s1, s3));
}
#endif

void AcrossGray(const std::int16_t* in, const Across<std::int16_t>& plan, float* out) {
    const Shorts shorts;
    const Ints ints;
    const Floats floats;
    for (int x = 0; x < plan.width; x++) {
        const auto [pixel, weight] = tapsOf<1>(in, plan, x);
        auto sum = hn::Zero(ints), odd = hn::Zero(ints);
        for (int t = 0; t < plan.taps; t += 8)
            sum = hn::ReorderWidenMulAccumulate(ints, hn::LoadU(shorts, pixel + t), hn::LoadU(shorts, weight + t), sum,
                                                odd);
        out[x] = hn::GetLane(asFloats(floats, hn::SumOfLanes(ints, hn::Add(sum, odd))));
    }
}

template <int channels>
void AcrossFixed(const std::int16_t* in, const Across<std::int16_t>& plan, float* out) {
    if constexpr (channels == 1)
        AcrossGray(in, plan, out);
    else
        AcrossPixels<channels>(in, plan, out);
}

/// One channel: the four sums are the lanes.
HWY_INLINE hn::Vec<Floats> graySum(Taps<float, float> taps, int count) {
    const Floats floats;
    auto sum = hn::Zero(floats);
    for (int t = 0; t < count; t += 4)
        sum = hn::Add(sum, hn::Mul(hn::LoadU(floats, taps.pixel + t), hn::LoadU(floats, taps.weight + t)));
    const auto even = hn::Add(sum, hn::Shuffle1032(sum));
    return hn::Add(even, hn::Shuffle2301(even));
}

template <int channels>
void AcrossFloats(const float* in, const Across<float>& plan, float scale, float* out) {
    const Floats floats;
    const auto scales = hn::Set(floats, scale), one = hn::Set(floats, 1.0F), zero = hn::Zero(floats);
    for (int x = 0; x < plan.width; x++, out += channels) {
        const auto taps = tapsOf<channels>(in, plan, x);
        hn::Vec<Floats> sum;
        if constexpr (channels == 1)
            sum = graySum(taps, plan.taps);
        else
            sum = pixelSum<channels>(taps, plan.taps);
        const auto value = hn::Min(hn::Max(hn::Mul(sum, scales), zero), one);
        if constexpr (channels == 1)
            *out = hn::GetLane(value);
        else
            hn::StoreU(value, floats, out);
    }
}
#endif

void AcrossShorts(const std::int16_t* in, const Across<std::int16_t>& plan, float* out) {
    switch (plan.channels) {
        case 1:
            return AcrossFixed<1>(in, plan, out);
        case 3:
            return AcrossFixed<3>(in, plan, out);
        default:
            return AcrossFixed<4>(in, plan, out);
    }
}
void AcrossWide(const float* in, const Across<float>& plan, float scale, float* out) {
    switch (plan.channels) {
        case 1:
            return AcrossFloats<1>(in, plan, scale, out);
        case 3:
            return AcrossFloats<3>(in, plan, scale, out);
        default:
            return AcrossFloats<4>(in, plan, scale, out);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace contone::render::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::render::kernels {

HWY_EXPORT(AcrossShorts);
HWY_EXPORT(AcrossWide);

void across(const std::int16_t* in, const Across<std::int16_t>& plan, float* out) {
    HWY_DYNAMIC_DISPATCH(AcrossShorts)(in, plan, out);
}
void across(const float* in, const Across<float>& plan, float scale, float* out) {
    HWY_DYNAMIC_DISPATCH(AcrossWide)(in, plan, scale, out);
}

}  // namespace contone::render::kernels
#endif
