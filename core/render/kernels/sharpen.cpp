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
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace contone::render::kernels {
namespace HWY_NAMESPACE {

constexpr float redShare = 0.2126F, greenShare = 0.7152F, blueShare = 0.0722F;
constexpr float one = lumaOne;
constexpr int lastLight = Curves::octaves * Curves::stepsPerOctave, fractionBits = 15;
constexpr std::int32_t fractionMask = (1 << fractionBits) - 1;
constexpr float fractionOne = 1.0F / (1 << fractionBits);

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

std::int16_t part(int value, int weight) {
    return static_cast<std::int16_t>((value * weight + (1 << 14)) >> 15);
}

std::int16_t lumaOfCodes(float r, float g, float b) {
    return static_cast<std::int16_t>((r * redShare + g * greenShare + b * blueShare) * one + 0.5F);
}

void LumaOf(const float* packed, int width, std::int16_t* luma) {
    for (int x = 0; x < width; x++, packed += 3) luma[x] = lumaOfCodes(packed[0], packed[1], packed[2]);
}

float between(const float* table, int index, float fraction) {
    return table[index] + fraction * (table[index + 1] - table[index]);
}

float codeOf(const Curves& curves, float light) {
    const float inside = std::min(std::max(0.0F, light), 1.0F), curved = std::max(inside, Curves::smallest);
    std::int32_t bits;
    std::memcpy(&bits, &curved, sizeof bits);
    bits -= static_cast<std::int32_t>(Curves::smallestBits);
    const float code =
        between(curves.code, bits >> fractionBits, static_cast<float>(bits & fractionMask) * fractionOne);
    return inside < Curves::smallest ? inside * curves.slope : code;
}

float lightOf(const Curves& curves, float code) {
    const float position = code * Curves::codeSteps;
    const int index = static_cast<int>(position);
    return between(curves.light, index, position - static_cast<float>(index));
}

void mapped(const float* m, const float* in, float* out) {
    for (int row = 0; row < 3; row++, m += 3) out[row] = in[0] * m[0] + in[1] * m[1] + in[2] * m[2];
}

void LumaOfLight(const float* packed, const Curves& curves, int width, std::int16_t* luma) {
    for (int x = 0; x < width; x++, packed += 3) {
        float code[3];
        mapped(curves.toPrimaries, packed, code);
        for (float& c : code) c = codeOf(curves, c);
        luma[x] = lumaOfCodes(code[0], code[1], code[2]);
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

void Sharpen(const Rows& rows, const Amount& amount, int width, float* packed) {
    for (int x = 0; x < width; x++, packed += 3) {
        const float more = static_cast<float>(added(rows, amount, x)) * (1.0F / one);
        for (int c = 0; c < 3; c++) packed[c] = std::clamp(packed[c] + more, 0.0F, 1.0F);
    }
}

void SharpenLight(const Rows& rows, const Amount& amount, const Curves& curves, int width, float* packed) {
    for (int x = 0; x < width; x++, packed += 3) {
        const float more = static_cast<float>(added(rows, amount, x)) * (1.0F / one);
        float own[3], change[3];
        mapped(curves.toPrimaries, packed, own);
        for (float& c : own) {
            const float code = codeOf(curves, c), sharper = std::min(std::max(0.0F, code + more), 1.0F);
            c = lightOf(curves, sharper) - lightOf(curves, code);
        }
        mapped(curves.fromPrimaries, own, change);
        for (int c = 0; c < 3; c++) packed[c] += change[c];
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

HWY_INLINE hn::Vec<HalfShorts> lumaOfCodes(hn::Vec<Floats> r, hn::Vec<Floats> g, hn::Vec<Floats> b) {
    const Floats floats;
    const auto red = hn::Set(floats, redShare), green = hn::Set(floats, greenShare), blue = hn::Set(floats, blueShare);
    return rounded(hn::Add(hn::Add(hn::Mul(r, red), hn::Mul(g, green)), hn::Mul(b, blue)));
}

void LumaOf(const float* packed, int width, std::int16_t* luma) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    for (int x = 0; x < width; x += lanes, packed += 3 * lanes) {
        hn::Vec<Floats> r, g, b;
        hn::LoadInterleaved3(floats, packed, r, g, b);
        hn::StoreU(lumaOfCodes(r, g, b), HalfShorts(), luma + x);
    }
}

HWY_INLINE hn::Vec<Floats> between(const float* table, hn::Vec<Ints> index, hn::Vec<Floats> fraction) {
    const Floats floats;
    const auto low = hn::GatherIndex(floats, table, index), high = hn::GatherIndex(floats, table + 1, index);
    return hn::Add(low, hn::Mul(fraction, hn::Sub(high, low)));
}

HWY_INLINE hn::Vec<Floats> withinUnit(hn::Vec<Floats> v) {
    const Floats floats;
    return hn::Min(hn::Max(v, hn::Zero(floats)), hn::Set(floats, 1.0F));
}

HWY_INLINE hn::Vec<Floats> codeOf(const Curves& curves, hn::Vec<Floats> light) {
    const Floats floats;
    const Ints ints;
    const auto smallest = hn::Set(floats, Curves::smallest);
    const auto inside = withinUnit(light);
    const auto bits = hn::Sub(hn::BitCast(ints, hn::Max(inside, smallest)),
                              hn::Set(ints, static_cast<std::int32_t>(Curves::smallestBits)));
    const auto fraction =
        hn::Mul(hn::ConvertTo(floats, hn::And(bits, hn::Set(ints, fractionMask))), hn::Set(floats, fractionOne));
    // Past the last pixel of a row anything may stand; the index must not leave the table.
    const auto index = hn::Min(hn::ShiftRight<fractionBits>(bits), hn::Set(ints, lastLight));
    return hn::IfThenElse(hn::Lt(inside, smallest), hn::Mul(inside, hn::Set(floats, curves.slope)),
                          between(curves.code, index, fraction));
}

HWY_INLINE hn::Vec<Floats> lightOf(const Curves& curves, hn::Vec<Floats> code) {
    const Floats floats;
    const Ints ints;
    const auto position = hn::Mul(code, hn::Set(floats, static_cast<float>(Curves::codeSteps)));
    const auto index =
        hn::Min(hn::Max(hn::ConvertTo(ints, position), hn::Zero(ints)), hn::Set(ints, Curves::codeSteps));
    return between(curves.light, index, hn::Sub(position, hn::ConvertTo(floats, index)));
}

struct Pixels {
    hn::Vec<Floats> r, g, b;
};

HWY_INLINE hn::Vec<Floats> mappedRow(const float* m, const Pixels& p) {
    const Floats floats;
    const auto red = hn::Mul(p.r, hn::Set(floats, m[0])), green = hn::Mul(p.g, hn::Set(floats, m[1]));
    return hn::Add(hn::Add(red, green), hn::Mul(p.b, hn::Set(floats, m[2])));
}

HWY_INLINE Pixels mapped(const float* m, const Pixels& p) {
    return {mappedRow(m, p), mappedRow(m + 3, p), mappedRow(m + 6, p)};
}

void LumaOfLight(const float* packed, const Curves& curves, int width, std::int16_t* luma) {
    const Floats floats;
    const int lanes = static_cast<int>(hn::Lanes(floats));
    for (int x = 0; x < width; x += lanes, packed += 3 * lanes) {
        Pixels p;
        hn::LoadInterleaved3(floats, packed, p.r, p.g, p.b);
        p = mapped(curves.toPrimaries, p);
        hn::StoreU(lumaOfCodes(codeOf(curves, p.r), codeOf(curves, p.g), codeOf(curves, p.b)), HalfShorts(), luma + x);
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

HWY_INLINE hn::Vec<Floats> inCodes(hn::Vec<HalfShorts> luma) {
    const Floats floats;
    return hn::Mul(hn::ConvertTo(floats, hn::PromoteTo(Ints(), luma)), hn::Set(floats, 1.0F / one));
}

HWY_INLINE void addTo(hn::Vec<HalfShorts> luma, const Spread& spread, float* packed) {
    const int lanes = static_cast<int>(hn::Lanes(Floats()));
    const auto more = inCodes(luma);
    for (int n = 0; n < 3; n++) add(hn::TableLookupLanes(more, spread.of[n]), packed + n * lanes);
}

void Sharpen(const Rows& rows, const Amount& amount, int width, float* packed) {
    const Shorts shorts;
    const int lanes = static_cast<int>(hn::Lanes(shorts));
    const Spread spread;
    for (int x = 0; x < width; x += lanes, packed += 3 * lanes) {
        const Luma more = added(rows, amount, x);
        if (hn::AllTrue(shorts, hn::Eq(more, hn::Zero(shorts)))) continue;
        addTo(hn::LowerHalf(more), spread, packed);
        addTo(hn::UpperHalf(HalfShorts(), more), spread, packed + 3 * lanes / 2);
    }
}

/// What `more` of code comes to in light.
HWY_INLINE hn::Vec<Floats> added(const Curves& curves, hn::Vec<Floats> light, hn::Vec<Floats> more) {
    const auto code = codeOf(curves, light);
    return hn::Sub(lightOf(curves, withinUnit(hn::Add(code, more))), lightOf(curves, code));
}

HWY_INLINE void addToLight(hn::Vec<HalfShorts> luma, const Curves& curves, float* packed) {
    const Floats floats;
    const auto more = inCodes(luma);
    Pixels p;
    hn::LoadInterleaved3(floats, packed, p.r, p.g, p.b);
    const Pixels own = mapped(curves.toPrimaries, p);
    const Pixels change = mapped(curves.fromPrimaries,
                                 {added(curves, own.r, more), added(curves, own.g, more), added(curves, own.b, more)});
    hn::StoreInterleaved3(hn::Add(p.r, change.r), hn::Add(p.g, change.g), hn::Add(p.b, change.b), floats, packed);
}

void SharpenLight(const Rows& rows, const Amount& amount, const Curves& curves, int width, float* packed) {
    const Shorts shorts;
    const int lanes = static_cast<int>(hn::Lanes(shorts));
    for (int x = 0; x < width; x += lanes, packed += 3 * lanes) {
        const Luma more = added(rows, amount, x);
        if (hn::AllTrue(shorts, hn::Eq(more, hn::Zero(shorts)))) continue;
        addToLight(hn::LowerHalf(more), curves, packed);
        addToLight(hn::UpperHalf(HalfShorts(), more), curves, packed + 3 * lanes / 2);
    }
}
#endif

}  // namespace HWY_NAMESPACE
}  // namespace contone::render::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace contone::render::kernels {

HWY_EXPORT(LumaOf);
HWY_EXPORT(LumaOfLight);
HWY_EXPORT(BlurAcross);
HWY_EXPORT(Sharpen);
HWY_EXPORT(SharpenLight);

void lumaOf(const float* packed, int width, std::int16_t* luma) {
    HWY_DYNAMIC_DISPATCH(LumaOf)(packed, width, luma);
}
void lumaOfLight(const float* packed, const Curves& curves, int width, std::int16_t* luma) {
    HWY_DYNAMIC_DISPATCH(LumaOfLight)(packed, curves, width, luma);
}
void blurAcross(const std::int16_t* luma, const Blur& blur, int hood, int width, std::int16_t* blurred,
                std::int16_t* least, std::int16_t* most) {
    HWY_DYNAMIC_DISPATCH(BlurAcross)(luma, blur, hood, width, blurred, least, most);
}
void sharpen(const Rows& rows, const Amount& amount, int width, float* packed) {
    HWY_DYNAMIC_DISPATCH(Sharpen)(rows, amount, width, packed);
}
void sharpenLight(const Rows& rows, const Amount& amount, const Curves& curves, int width, float* packed) {
    HWY_DYNAMIC_DISPATCH(SharpenLight)(rows, amount, curves, width, packed);
}

}  // namespace contone::render::kernels
#endif
