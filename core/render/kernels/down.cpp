// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The vertical pass: weighted sums of rows, sample by sample, whatever the samples are.
#include "core/render/kernels/resample.h"
#include "core/render/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/render/kernels/down.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace contone::render::kernels {
namespace HWY_NAMESPACE {

template <class T>
HWY_INLINE const T* samplesOf(const std::byte* row) {
    return reinterpret_cast<const T*>(row);
}

// Weights sum to 1, so that 128 taken off every sample is 128 taken off the sum; half a unit is for rounding.
constexpr int sumShift = weightBits - middleBits;
constexpr std::int32_t sumStart = -(128 << weightBits) + (1 << (sumShift - 1));

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void CombineBytes(const std::byte* const* rows, const std::int16_t* weight, int taps, std::int16_t* out, int samples) {
    for (int i = 0; i < samples; i++) {
        std::int32_t sum = sumStart;
        for (int t = 0; t < taps; t++) sum += samplesOf<std::uint8_t>(rows[t])[i] * weight[t];
        out[i] = static_cast<std::int16_t>(std::clamp(sum >> sumShift, -32768, 32767));
    }
}

template <class T>
void CombineAsFloats(const std::byte* const* rows, const float* weight, int taps, float* out, int samples) {
    for (int i = 0; i < samples; i++) {
        float sum = static_cast<float>(samplesOf<T>(rows[0])[i]) * weight[0];
        for (int t = 1; t < taps; t++) sum += static_cast<float>(samplesOf<T>(rows[t])[i]) * weight[t];
        out[i] = sum;
    }
}

#else
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<std::uint8_t, 32>;
using Shorts = hn::Repartition<std::int16_t, Bytes>;
using Ints = hn::Repartition<std::int32_t, Bytes>;

/// The sums of one vector of bytes, in the order that interleaving leaves them.
struct ByteSums {
    hn::Vec<Ints> a, b, c, d;
    hn::Vec<Ints> oddA, oddB, oddC, oddD;

    HWY_INLINE void start() {
        const Ints ints;
        a = b = c = d = hn::Set(ints, sumStart);
        oddA = oddB = oddC = oddD = hn::Zero(ints);
    }
    HWY_INLINE void add(const std::uint8_t* row0, const std::uint8_t* row1, hn::Vec<Shorts> weights) {
        const Bytes bytes;
        const Shorts shorts;
        const Ints ints;
        const auto zero = hn::Zero(bytes);
        const auto row = hn::LoadU(bytes, row0), next = hn::LoadU(bytes, row1);
        const auto lower = hn::InterleaveLower(bytes, row, next), upper = hn::InterleaveUpper(bytes, row, next);
        const auto pairs = [&](auto v) HWY_ATTR { return hn::BitCast(shorts, v); };
        a = hn::ReorderWidenMulAccumulate(ints, pairs(hn::InterleaveLower(bytes, lower, zero)), weights, a, oddA);
        b = hn::ReorderWidenMulAccumulate(ints, pairs(hn::InterleaveUpper(bytes, lower, zero)), weights, b, oddB);
        c = hn::ReorderWidenMulAccumulate(ints, pairs(hn::InterleaveLower(bytes, upper, zero)), weights, c, oddC);
        d = hn::ReorderWidenMulAccumulate(ints, pairs(hn::InterleaveUpper(bytes, upper, zero)), weights, d, oddD);
    }
    HWY_INLINE void store(std::int16_t* out) const {
        const Shorts shorts;
        const auto unit = [](auto sum, auto odd)
                              HWY_ATTR { return hn::ShiftRight<sumShift>(hn::RearrangeToOddPlusEven(sum, odd)); };
        const auto lower = hn::ReorderDemote2To(shorts, unit(a, oddA), unit(b, oddB));
        const auto upper = hn::ReorderDemote2To(shorts, unit(c, oddC), unit(d, oddD));
        if constexpr (hn::MaxLanes(Bytes()) == 32) {  // interleaving works within 16 bytes
            hn::StoreU(hn::ConcatLowerLower(shorts, upper, lower), shorts, out);
            hn::StoreU(hn::ConcatUpperUpper(shorts, upper, lower), shorts, out + 16);
        } else {
            hn::StoreU(lower, shorts, out);
            hn::StoreU(upper, shorts, out + 8);
        }
    }
};

HWY_INLINE hn::Vec<Shorts> weightPair(const std::int16_t* weight) {
    std::int32_t pair = 0;
    std::memcpy(&pair, weight, sizeof(pair));
    return hn::BitCast(Shorts(), hn::Set(Ints(), pair));
}

void CombineBytes(const std::byte* const* rows, const std::int16_t* weight, int taps, std::int16_t* out, int samples) {
    const int lanes = static_cast<int>(hn::Lanes(Bytes()));
    for (int i = 0; i < samples; i += lanes) {
        ByteSums sums;
        sums.start();
        for (int t = 0; t < taps; t += 2)
            sums.add(samplesOf<std::uint8_t>(rows[t]) + i, samplesOf<std::uint8_t>(rows[t + 1]) + i,
                     weightPair(weight + t));
        sums.store(out + i);
    }
}

using Floats = hn::CappedTag<float, 8>;

HWY_INLINE hn::Vec<Floats> load(const std::uint16_t* row) {
    const hn::Rebind<std::uint16_t, Floats> words;
    const hn::Rebind<std::int32_t, Floats> ints;
    return hn::ConvertTo(Floats(), hn::PromoteTo(ints, hn::LoadU(words, row)));
}
HWY_INLINE hn::Vec<Floats> load(const float* row) {
    return hn::LoadU(Floats(), row);
}

template <class T>
void CombineAsFloats(const std::byte* const* rows, const float* weight, int taps, float* out, int samples) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    for (int i = 0; i < samples; i += 4 * lanes) {
        const auto w0 = hn::Set(floats, weight[0]);
        const T* first = samplesOf<T>(rows[0]) + i;
        auto a = hn::Mul(load(first), w0), b = hn::Mul(load(first + lanes), w0),
             c = hn::Mul(load(first + 2 * lanes), w0), d = hn::Mul(load(first + 3 * lanes), w0);
        for (int t = 1; t < taps; t++) {
            const T* row = samplesOf<T>(rows[t]) + i;
            const auto w = hn::Set(floats, weight[t]);
            a = hn::Add(a, hn::Mul(load(row), w));
            b = hn::Add(b, hn::Mul(load(row + lanes), w));
            c = hn::Add(c, hn::Mul(load(row + 2 * lanes), w));
            d = hn::Add(d, hn::Mul(load(row + 3 * lanes), w));
        }
        hn::StoreU(a, floats, out + i);
        hn::StoreU(b, floats, out + i + lanes);
        hn::StoreU(c, floats, out + i + 2 * lanes);
        hn::StoreU(d, floats, out + i + 3 * lanes);
    }
}
#endif

void CombineWords(const std::byte* const* rows, const float* weight, int taps, float* out, int samples) {
    CombineAsFloats<std::uint16_t>(rows, weight, taps, out, samples);
}
void CombineFloats(const std::byte* const* rows, const float* weight, int taps, float* out, int samples) {
    CombineAsFloats<float>(rows, weight, taps, out, samples);
}

}  // namespace HWY_NAMESPACE
}  // namespace contone::render::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::render::kernels {

HWY_EXPORT(CombineBytes);
HWY_EXPORT(CombineWords);
HWY_EXPORT(CombineFloats);

void combineBytes(const std::byte* const* rows, const std::int16_t* weight, int taps, std::int16_t* out, int samples) {
    HWY_DYNAMIC_DISPATCH(CombineBytes)(rows, weight, taps, out, samples);
}
void combineWords(const std::byte* const* rows, const float* weight, int taps, float* out, int samples) {
    HWY_DYNAMIC_DISPATCH(CombineWords)(rows, weight, taps, out, samples);
}
void combineFloats(const std::byte* const* rows, const float* weight, int taps, float* out, int samples) {
    HWY_DYNAMIC_DISPATCH(CombineFloats)(rows, weight, taps, out, samples);
}

}  // namespace contone::render::kernels
#endif
