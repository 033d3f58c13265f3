// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One body for shorts and floats; what is a product and a sum differs.
#include "core/render/kernels/shear.h"

#include "core/render/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/render/kernels/shear.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace contone::render::kernels {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

inline std::int16_t plus(std::int16_t sum, std::int16_t sample, std::int16_t weight) {
    const int product = (sample * weight + (1 << 14)) >> 15;
    return static_cast<std::int16_t>(std::clamp(sum + product, -32768, 32767));
}
inline float plus(float sum, float sample, float weight) {
    return sum + sample * weight;
}

template <class T>
void Row(const T* in, int step, const ShearWeights<T>& weights, T* out, int samples) {
    for (int i = 0; i < samples; i++) {
        T sum = 0;
        for (int k = 0; k < shearTaps; k++) sum = plus(sum, in[i + k * step], weights[static_cast<std::size_t>(k)]);
        out[i] = sum;
    }
}

template <class Sample, class T>
void Columns(const std::array<const Sample*, shearTaps>& rows, const std::array<const T*, shearTaps>& weights, T* out,
             int samples) {
    for (int i = 0; i < samples; i++) {
        T sum = 0;
        for (std::size_t k = 0; k < shearTaps; k++) sum = plus(sum, static_cast<T>(rows[k][i]), weights[k][i]);
        out[i] = sum;
    }
}

void BytesToShorts(const std::uint8_t* in, std::int16_t* out, int samples) {
    for (int i = 0; i < samples; i++) out[i] = static_cast<std::int16_t>(in[i] << shortBits);
}
void ShortsToBytes(const std::int16_t* in, std::uint8_t* out, int samples) {
    for (int i = 0; i < samples; i++)
        out[i] = static_cast<std::uint8_t>(std::clamp((in[i] + (1 << (shortBits - 1))) >> shortBits, 0, 255));
}
void WordsToFloats(const std::uint16_t* in, float* out, int samples) {
    for (int i = 0; i < samples; i++) out[i] = static_cast<float>(in[i]);
}
void FloatsToWords(const float* in, float scale, float offset, std::uint16_t* out, int samples) {
    for (int i = 0; i < samples; i++)
        out[i] = static_cast<std::uint16_t>(std::nearbyint(std::clamp(in[i] * scale + offset, 0.0F, 65535.0F)));
}

#else
namespace hn = hwy::HWY_NAMESPACE;

using Shorts = hn::CappedTag<std::int16_t, 16>;
using Floats = hn::CappedTag<float, 8>;
using FewBytes = hn::Rebind<std::uint8_t, Shorts>;
using FewWords = hn::Rebind<std::uint16_t, Floats>;
using Ints = hn::Rebind<std::int32_t, Floats>;

HWY_INLINE Shorts tagOf(std::int16_t) {
    return {};
}
HWY_INLINE Floats tagOf(float) {
    return {};
}
HWY_INLINE hn::Vec<Shorts> load(const std::int16_t* in) {
    return hn::LoadU(Shorts(), in);
}
HWY_INLINE hn::Vec<Floats> load(const float* in) {
    return hn::LoadU(Floats(), in);
}
HWY_INLINE hn::Vec<Floats> load(const std::uint16_t* in) {
    return hn::ConvertTo(Floats(), hn::PromoteTo(Ints(), hn::LoadU(FewWords(), in)));
}
HWY_INLINE hn::Vec<Shorts> times(hn::Vec<Shorts> sample, hn::Vec<Shorts> weight) {
    return hn::MulFixedPoint15(sample, weight);
}
HWY_INLINE hn::Vec<Floats> times(hn::Vec<Floats> sample, hn::Vec<Floats> weight) {
    return hn::Mul(sample, weight);
}
HWY_INLINE hn::Vec<Shorts> plus(hn::Vec<Shorts> a, hn::Vec<Shorts> b) {
    return hn::SaturatedAdd(a, b);
}
HWY_INLINE hn::Vec<Floats> plus(hn::Vec<Floats> a, hn::Vec<Floats> b) {
    return hn::Add(a, b);
}

template <class T>
void Row(const T* in, int step, const ShearWeights<T>& weights, T* out, int samples) {
    const auto tag = tagOf(T());
    const int lanes = static_cast<int>(hn::Lanes(tag));
    const auto w0 = hn::Set(tag, weights[0]), w1 = hn::Set(tag, weights[1]), w2 = hn::Set(tag, weights[2]),
               w3 = hn::Set(tag, weights[3]), w4 = hn::Set(tag, weights[4]), w5 = hn::Set(tag, weights[5]);
    for (int i = 0; i < samples; i += lanes, in += lanes) {
        auto sum = times(load(in), w0);
        sum = plus(sum, times(load(in + step), w1));
        sum = plus(sum, times(load(in + 2 * step), w2));
        sum = plus(sum, times(load(in + 3 * step), w3));
        sum = plus(sum, times(load(in + 4 * step), w4));
        sum = plus(sum, times(load(in + 5 * step), w5));
        hn::StoreU(sum, tag, out + i);
    }
}

template <class Sample, class T>
void Columns(const std::array<const Sample*, shearTaps>& rows, const std::array<const T*, shearTaps>& weights, T* out,
             int samples) {
    const auto tag = tagOf(T());
    const int lanes = static_cast<int>(hn::Lanes(tag));
    const auto [a, b, c, d, e, f] = rows;
    const auto [wa, wb, wc, wd, we, wf] = weights;
    for (int i = 0; i < samples; i += lanes) {
        auto sum = times(load(a + i), load(wa + i));
        sum = plus(sum, times(load(b + i), load(wb + i)));
        sum = plus(sum, times(load(c + i), load(wc + i)));
        sum = plus(sum, times(load(d + i), load(wd + i)));
        sum = plus(sum, times(load(e + i), load(we + i)));
        sum = plus(sum, times(load(f + i), load(wf + i)));
        hn::StoreU(sum, tag, out + i);
    }
}

void BytesToShorts(const std::uint8_t* in, std::int16_t* out, int samples) {
    const Shorts shorts;
    const int lanes = static_cast<int>(hn::Lanes(shorts));
    for (int i = 0; i < samples; i += lanes)
        hn::StoreU(hn::ShiftLeft<shortBits>(hn::PromoteTo(shorts, hn::LoadU(FewBytes(), in + i))), shorts, out + i);
}
void ShortsToBytes(const std::int16_t* in, std::uint8_t* out, int samples) {
    const Shorts shorts;
    const FewBytes bytes;
    const int lanes = static_cast<int>(hn::Lanes(shorts));
    const auto half = hn::Set(shorts, 1 << (shortBits - 1));
    for (int i = 0; i < samples; i += lanes)
        hn::StoreU(hn::DemoteTo(bytes, hn::ShiftRight<shortBits>(hn::SaturatedAdd(hn::LoadU(shorts, in + i), half))),
                   bytes, out + i);
}
void WordsToFloats(const std::uint16_t* in, float* out, int samples) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    for (int i = 0; i < samples; i += lanes) hn::StoreU(load(in + i), floats, out + i);
}
void FloatsToWords(const float* in, float scale, float offset, std::uint16_t* out, int samples) {
    const Floats floats;
    const FewWords words;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    const auto most = hn::Set(floats, 65535.0F), scales = hn::Set(floats, scale), offsets = hn::Set(floats, offset);
    for (int i = 0; i < samples; i += lanes) {
        const auto value = hn::Add(hn::Mul(hn::LoadU(floats, in + i), scales), offsets);
        const auto clipped = hn::Min(hn::Max(value, hn::Zero(floats)), most);
        hn::StoreU(hn::DemoteTo(words, hn::NearestInt(clipped)), words, out + i);
    }
}
#endif

void RowOfShorts(const std::int16_t* in, int step, const ShearWeights<std::int16_t>& weights, std::int16_t* out,
                 int samples) {
    Row(in, step, weights, out, samples);
}
void RowOfFloats(const float* in, int step, const ShearWeights<float>& weights, float* out, int samples) {
    Row(in, step, weights, out, samples);
}
void ColumnsOfShorts(const std::array<const std::int16_t*, shearTaps>& rows,
                     const std::array<const std::int16_t*, shearTaps>& weights, std::int16_t* out, int samples) {
    Columns(rows, weights, out, samples);
}
void ColumnsOfWords(const std::array<const std::uint16_t*, shearTaps>& rows,
                    const std::array<const float*, shearTaps>& weights, float* out, int samples) {
    Columns(rows, weights, out, samples);
}

}  // namespace HWY_NAMESPACE
}  // namespace contone::render::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::render::kernels {

HWY_EXPORT(RowOfShorts);
HWY_EXPORT(RowOfFloats);
HWY_EXPORT(ColumnsOfShorts);
HWY_EXPORT(ColumnsOfWords);
HWY_EXPORT(BytesToShorts);
HWY_EXPORT(ShortsToBytes);
HWY_EXPORT(WordsToFloats);
HWY_EXPORT(FloatsToWords);

void shearRow(const std::int16_t* in, int step, const ShearWeights<std::int16_t>& weights, std::int16_t* out,
              int samples) {
    HWY_DYNAMIC_DISPATCH(RowOfShorts)(in, step, weights, out, samples);
}
void shearRow(const float* in, int step, const ShearWeights<float>& weights, float* out, int samples) {
    HWY_DYNAMIC_DISPATCH(RowOfFloats)(in, step, weights, out, samples);
}
void shearColumns(const std::array<const std::int16_t*, shearTaps>& rows,
                  const std::array<const std::int16_t*, shearTaps>& weights, std::int16_t* out, int samples) {
    HWY_DYNAMIC_DISPATCH(ColumnsOfShorts)(rows, weights, out, samples);
}
void shearColumns(const std::array<const std::uint16_t*, shearTaps>& rows,
                  const std::array<const float*, shearTaps>& weights, float* out, int samples) {
    HWY_DYNAMIC_DISPATCH(ColumnsOfWords)(rows, weights, out, samples);
}
void bytesToShorts(const std::uint8_t* in, std::int16_t* out, int samples) {
    HWY_DYNAMIC_DISPATCH(BytesToShorts)(in, out, samples);
}
void shortsToBytes(const std::int16_t* in, std::uint8_t* out, int samples) {
    HWY_DYNAMIC_DISPATCH(ShortsToBytes)(in, out, samples);
}
void wordsToFloats(const std::uint16_t* in, float* out, int samples) {
    HWY_DYNAMIC_DISPATCH(WordsToFloats)(in, out, samples);
}
void floatsToWords(const float* in, float scale, float offset, std::uint16_t* out, int samples) {
    HWY_DYNAMIC_DISPATCH(FloatsToWords)(in, scale, offset, out, samples);
}

}  // namespace contone::render::kernels
#endif
