// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// 16 to 8 bits. Division by 257: v / 257 is (v - (v >> 8)) >> 8, for every v; rounded, that of v + 128, which may stop
// at 65535 since 255 is the end.
#include "core/render/kernels/to_bytes.h"

#include "core/render/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/render/kernels/to_bytes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace contone::render::kernels {
namespace HWY_NAMESPACE {

HWY_INLINE std::uint8_t ditheredOne(std::uint32_t value, std::uint32_t phase) {
    const std::uint32_t level = value / 257, rest = value % 257;
    const auto threshold = static_cast<std::uint32_t>((static_cast<std::uint64_t>(phase) * 257) >> 32);
    return static_cast<std::uint8_t>(level + (rest > threshold ? 1 : 0));
}

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

HWY_INLINE int roundedVectors(const std::uint16_t*, std::uint8_t*, int) {
    return 0;
}
HWY_INLINE int ditheredVectors(const std::uint16_t*, std::uint8_t*, int, std::uint32_t, const std::uint32_t*) {
    return 0;
}

#else
namespace hn = hwy::HWY_NAMESPACE;

using Words = hn::CappedTag<std::uint16_t, 16>;
using Shorts = hn::Repartition<std::int16_t, Words>;
using Phases = hn::Repartition<std::uint32_t, Words>;
using Ints = hn::Repartition<std::int32_t, Words>;

/// Samples 0…255 of a vector of words.
HWY_INLINE void storeBytes(hn::Vec<Shorts> values, std::uint8_t* out) {
    const hn::Rebind<std::uint8_t, Shorts> half;
    hn::StoreU(hn::DemoteTo(half, values), half, out);
}

/// How many samples were done: whole vectors.
HWY_INLINE int roundedVectors(const std::uint16_t* in, std::uint8_t* out, int samples) {
    const Words words;
    const int lanes = static_cast<int>(hn::Lanes(words));
    int i = 0;
    for (; i + lanes <= samples; i += lanes) {
        const auto v = hn::SaturatedAdd(hn::LoadU(words, in + i), hn::Set(words, 128));
        storeBytes(hn::BitCast(Shorts(), hn::ShiftRight<8>(hn::Sub(v, hn::ShiftRight<8>(v)))), out + i);
    }
    return i;
}

/// (phase * 257) >> 32, without the carry that would not fit: with a = phase >> 8 and b = phase & 255 that is
/// (a + ((a + b) >> 8)) >> 16.
HWY_INLINE hn::Vec<Ints> threshold(hn::Vec<Phases> phase) {
    const Phases phases;
    const auto a = hn::ShiftRight<8>(phase);
    const auto carry = hn::ShiftRight<8>(hn::Add(a, hn::And(phase, hn::Set(phases, 255))));
    return hn::BitCast(Ints(), hn::ShiftRight<16>(hn::Add(a, carry)));
}

HWY_INLINE hn::Vec<Shorts> thresholds(hn::Vec<Phases> start, const std::uint32_t* phase) {
    const Phases phases;
    auto lower = hn::LoadU(phases, phase), upper = hn::LoadU(phases, phase + hn::Lanes(phases));
    if constexpr (hn::MaxLanes(Phases()) == 8) {  // demoting works within 16 bytes
        const auto first = hn::ConcatLowerLower(phases, upper, lower);
        upper = hn::ConcatUpperUpper(phases, upper, lower);
        lower = first;
    }
    return hn::ReorderDemote2To(Shorts(), threshold(hn::Add(start, lower)), threshold(hn::Add(start, upper)));
}

HWY_INLINE int ditheredVectors(const std::uint16_t* in, std::uint8_t* out, int samples, std::uint32_t start,
                               const std::uint32_t* phase) {
    const Words words;
    const Shorts shorts;
    const int lanes = static_cast<int>(hn::Lanes(words));
    const auto from = hn::Set(Phases(), start);
    int i = 0;
    for (; i + lanes <= samples; i += lanes) {
        const auto v = hn::LoadU(words, in + i);
        const auto level = hn::ShiftRight<8>(hn::Sub(v, hn::ShiftRight<8>(v)));
        const auto rest = hn::Sub(hn::Sub(v, level), hn::ShiftLeft<8>(level));
        const auto isAbove = hn::Gt(hn::BitCast(shorts, rest), thresholds(from, phase + i));
        storeBytes(hn::Sub(hn::BitCast(shorts, level), hn::VecFromMask(shorts, isAbove)), out + i);  // - -1
    }
    return i;
}
#endif

void RoundSamples(const std::uint16_t* in, std::uint8_t* out, int samples) {
    for (int i = roundedVectors(in, out, samples); i < samples; i++)
        out[i] = static_cast<std::uint8_t>((in[i] + 128U) / 257U);
}

void DitherSamples(const std::uint16_t* in, std::uint8_t* out, int samples, std::uint32_t start,
                   const DitherTile& tile) {
    for (int begin = 0; begin < samples; begin += tile.samples, start += tile.step) {
        const int count = std::min(tile.samples, samples - begin);
        for (int i = ditheredVectors(in + begin, out + begin, count, start, tile.phase); i < count; i++)
            out[begin + i] = ditheredOne(in[begin + i], start + tile.phase[i]);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace contone::render::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::render::kernels {

HWY_EXPORT(RoundSamples);
HWY_EXPORT(DitherSamples);

void roundSamples(const std::uint16_t* in, std::uint8_t* out, int samples) {
    HWY_DYNAMIC_DISPATCH(RoundSamples)(in, out, samples);
}
void ditherSamples(const std::uint16_t* in, std::uint8_t* out, int samples, std::uint32_t start,
                   const DitherTile& tile) {
    HWY_DYNAMIC_DISPATCH(DitherSamples)(in, out, samples, start, tile);
}

}  // namespace contone::render::kernels
#endif
