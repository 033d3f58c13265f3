// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Luma, its blur and its extremes along a row; and the mask put on a row.
#include "core/render/kernels/sharpen.h"
#include "core/render/kernels/targets_p.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/render/kernels/sharpen.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace contone::render::kernels {
namespace HWY_NAMESPACE {

constexpr float redShare = 0.2126F, greenShare = 0.7152F, blueShare = 0.0722F;
constexpr float one = lumaOne;

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

std::int16_t part(int value, int weight) {
    return static_cast<std::int16_t>((value * weight + (1 << 14)) >> 15);
}

void LumaOf(const float* packed, int channels, int width, std::int16_t* luma) {
    for (int x = 0; x < width; x++, packed += channels) {
        const float y =
            channels == 1 ? packed[0] : packed[0] * redShare + packed[1] * greenShare + packed[2] * blueShare;
        luma[x] = static_cast<std::int16_t>(y * one + 0.5F);
    }
}

void BlurAcross(const std::int16_t* luma, const Blur& blur, int hood, int width, std::int16_t* blurred,
                std::int16_t* least, std::int16_t* most) {
    for (int x = 0; x < width; x++) {
        int sum = luma[x];
        for (int k = 1; k <= blur.radius; k++) sum += part(luma[x - k] + luma[x + k] - 2 * luma[x], blur.weight[k - 1]);
        blurred[x] = static_cast<std::int16_t>(sum);
        least[x] = *std::min_element(luma + x - hood, luma + x + hood + 1);
        most[x] = *std::max_element(luma + x - hood, luma + x + hood + 1);
    }
}

/// What sharpening adds to the luma of pixel x.
int added(const Rows& rows, const Amount& amount, int x) {
    const Blur& blur = amount.blur;
    const int middle = rows.blurred[blur.radius][x], luma = rows.luma[x];
    int blurred = middle;
    for (int k = 1; k <= blur.radius; k++)
        blurred +=
            part(rows.blurred[blur.radius - k][x] + rows.blurred[blur.radius + k][x] - 2 * middle, blur.weight[k - 1]);
    int detail = std::clamp(luma - blurred, -detailLimit, detailLimit);
    detail -= std::clamp(detail, -detailIgnored, detailIgnored);
    int least = luma, most = luma;
    for (int k = 0; k <= 2 * amount.hood; k++) {
        least = std::min<int>(least, rows.least[k][x]);
        most = std::max<int>(most, rows.most[k][x]);
    }
    const int wanted = luma + detail * amount.whole + part(detail, amount.fraction);
    return std::clamp(wanted, least - amount.overshoot, most + amount.overshoot) - luma;
}

void Sharpen(const Rows& rows, const Amount& amount, int channels, int width, float* packed) {
    for (int x = 0; x < width; x++, packed += channels) {
        const float more = static_cast<float>(added(rows, amount, x)) * (1.0F / one);
        for (int c = 0; c < channels; c++) packed[c] = std::clamp(packed[c] + more, 0.0F, 1.0F);
    }
}

#else
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 8>;
using Ints = hn::RebindToSigned<Floats>;
using HalfShorts = hn::Rebind<std::int16_t, Floats>;
using Shorts = hn::Twice<HalfShorts>;
using Luma = hn::Vec<Shorts>;

HWY_INLINE hn::Vec<HalfShorts> rounded(hn::Vec<Floats> y) {
    const Floats floats;
    const auto scaled = hn::Add(hn::Mul(y, hn::Set(floats, one)), hn::Set(floats, 0.5F));
    return hn::DemoteTo(HalfShorts(), hn::ConvertTo(Ints(), scaled));
}

void LumaOf(const float* packed, int channels, int width, std::int16_t* luma) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    if (channels == 1) {
        for (int x = 0; x < width; x += lanes)
            hn::StoreU(rounded(hn::LoadU(floats, packed + x)), HalfShorts(), luma + x);
        return;
    }
    const auto red = hn::Set(floats, redShare), green = hn::Set(floats, greenShare), blue = hn::Set(floats, blueShare);
    for (int x = 0; x < width; x += lanes, packed += 3 * lanes) {
        hn::Vec<Floats> r, g, b;
        hn::LoadInterleaved3(floats, packed, r, g, b);
        const auto y = hn::Add(hn::Add(hn::Mul(r, red), hn::Mul(g, green)), hn::Mul(b, blue));
        hn::StoreU(rounded(y), HalfShorts(), luma + x);
    }
}

/// The weighted difference of two neighbours from the value between them.
HWY_INLINE Luma drawn(Luma before, Luma after, Luma twice, std::int16_t weight) {
    return hn::MulFixedPoint15(hn::Sub(hn::Add(before, after), twice), hn::Set(Shorts(), weight));
}

void BlurAcross(const std::int16_t* luma, const Blur& blur, int hood, int width, std::int16_t* blurred,
                std::int16_t* least, std::int16_t* most) {
    const Shorts shorts;
    const int lanes = static_cast<int>(hn::Lanes(shorts));
    for (int x = 0; x < width; x += lanes) {
        const std::int16_t* at = luma + x;
        const Luma here = hn::LoadU(shorts, at), twice = hn::Add(here, here);
        Luma sum = here, low = here, high = here;
        for (int k = 1; k <= blur.radius; k++)
            sum = hn::Add(sum, drawn(hn::LoadU(shorts, at - k), hn::LoadU(shorts, at + k), twice, blur.weight[k - 1]));
        for (int k = 1; k <= hood; k++) {
            const Luma before = hn::LoadU(shorts, at - k), after = hn::LoadU(shorts, at + k);
            low = hn::Min(low, hn::Min(before, after));
            high = hn::Max(high, hn::Max(before, after));
        }
        hn::StoreU(sum, shorts, blurred + x);
        hn::StoreU(low, shorts, least + x);
        hn::StoreU(high, shorts, most + x);
    }
}

HWY_INLINE Luma clamped(Luma v, Luma low, Luma high) {
    return hn::Min(hn::Max(v, low), high);
}

/// What sharpening adds to the luma of the pixels from x on.
HWY_INLINE Luma added(const Rows& rows, const Amount& amount, int x) {
    const Shorts shorts;
    const auto all = [&](int v) HWY_ATTR { return hn::Set(shorts, static_cast<std::int16_t>(v)); };
    const Blur& blur = amount.blur;
    const Luma middle = hn::LoadU(shorts, rows.blurred[blur.radius] + x), twice = hn::Add(middle, middle);
    const Luma luma = hn::LoadU(shorts, rows.luma + x);
    Luma blurred = middle;
    for (int k = 1; k <= blur.radius; k++)
        blurred =
            hn::Add(blurred, drawn(hn::LoadU(shorts, rows.blurred[blur.radius - k] + x),
                                   hn::LoadU(shorts, rows.blurred[blur.radius + k] + x), twice, blur.weight[k - 1]));
    Luma detail = clamped(hn::Sub(luma, blurred), all(-detailLimit), all(detailLimit));
    detail = hn::Sub(detail, clamped(detail, all(-detailIgnored), all(detailIgnored)));
    Luma least = luma, most = luma;
    for (int k = 0; k <= 2 * amount.hood; k++) {
        least = hn::Min(least, hn::LoadU(shorts, rows.least[k] + x));
        most = hn::Max(most, hn::LoadU(shorts, rows.most[k] + x));
    }
    const Luma more = hn::Add(hn::Mul(detail, all(amount.whole)), hn::MulFixedPoint15(detail, all(amount.fraction)));
    const Luma wanted = hn::SaturatedAdd(luma, more), room = all(amount.overshoot);
    return hn::Sub(clamped(wanted, hn::Sub(least, room), hn::Add(most, room)), luma);
}

HWY_INLINE void add(hn::Vec<Floats> more, float* samples) {
    const Floats floats;
    const auto sum = hn::Add(hn::LoadU(floats, samples), more);
    hn::StoreU(hn::Min(hn::Max(sum, hn::Zero(floats)), hn::Set(floats, 1.0F)), floats, samples);
}

/// Lane l of the n-th vector of packed RGB belongs to pixel (n * lanes + l) / 3.
struct Spread {
    using Indices = decltype(hn::SetTableIndices(Floats(), static_cast<const std::int32_t*>(nullptr)));
    Indices of[3];
    HWY_INLINE Spread() {
        constexpr int lanes = static_cast<int>(hn::MaxLanes(Floats()));
        alignas(32) std::int32_t index[lanes];
        for (int n = 0; n < 3; n++) {
            for (int l = 0; l < lanes; l++) index[l] = (n * lanes + l) / 3;
            of[n] = hn::SetTableIndices(Floats(), index);
        }
    }
};

HWY_INLINE void addTo(hn::Vec<HalfShorts> luma, const Spread& spread, int channels, float* packed) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    const auto more = hn::Mul(hn::ConvertTo(floats, hn::PromoteTo(Ints(), luma)), hn::Set(floats, 1.0F / one));
    if (channels == 1) return add(more, packed);
    for (int n = 0; n < 3; n++) add(hn::TableLookupLanes(more, spread.of[n]), packed + n * lanes);
}

void Sharpen(const Rows& rows, const Amount& amount, int channels, int width, float* packed) {
    const Shorts shorts;
    const int lanes = static_cast<int>(hn::Lanes(shorts));
    const Spread spread;
    for (int x = 0; x < width; x += lanes, packed += channels * lanes) {
        const Luma more = added(rows, amount, x);
        if (hn::AllTrue(shorts, hn::Eq(more, hn::Zero(shorts)))) continue;
        addTo(hn::LowerHalf(more), spread, channels, packed);
        addTo(hn::UpperHalf(HalfShorts(), more), spread, channels, packed + channels * lanes / 2);
    }
}
#endif

}  // namespace HWY_NAMESPACE
}  // namespace contone::render::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::render::kernels {

HWY_EXPORT(LumaOf);
HWY_EXPORT(BlurAcross);
HWY_EXPORT(Sharpen);

void lumaOf(const float* packed, int channels, int width, std::int16_t* luma) {
    HWY_DYNAMIC_DISPATCH(LumaOf)(packed, channels, width, luma);
}
void blurAcross(const std::int16_t* luma, const Blur& blur, int hood, int width, std::int16_t* blurred,
                std::int16_t* least, std::int16_t* most) {
    HWY_DYNAMIC_DISPATCH(BlurAcross)(luma, blur, hood, width, blurred, least, most);
}
void sharpen(const Rows& rows, const Amount& amount, int channels, int width, float* packed) {
    HWY_DYNAMIC_DISPATCH(Sharpen)(rows, amount, channels, width, packed);
}

}  // namespace contone::render::kernels
#endif
