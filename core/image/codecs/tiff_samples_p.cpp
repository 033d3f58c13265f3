// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Gather the samples that count, give them our depth, then their meaning, then lay them on paper.
#include "core/image/codecs/tiff_samples_p.h"

#include <array>
#include <cassert>
#include <cmath>
#include <cstring>

namespace contone::image {
namespace {

using Meaning = TiffLayout::Meaning;
using Number = TiffLayout::Number;

template <class T>
T at(const std::byte* row, std::size_t index) {
    T value;
    std::memcpy(&value, row + index * sizeof(T), sizeof(T));
    return value;
}

// Packed samples of 1…16 bits, the highest bit first (TIFF 6.0, fill order 1; libtiff turns the other one).
std::uint32_t bitsAt(const std::byte* row, std::size_t index, int bits) {
    std::uint32_t value = 0;
    std::size_t bit = index * static_cast<std::size_t>(bits);
    for (int left = bits; left > 0;) {
        const int here = std::min(left, 8 - static_cast<int>(bit % 8));
        const unsigned part = std::to_integer<unsigned>(row[bit / 8]) >> (8 - static_cast<int>(bit % 8) - here);
        value = value << here | (part & ((1u << here) - 1u));
        bit += static_cast<std::size_t>(here);
        left -= here;
    }
    return value;
}

// IEEE 754 binary16.
float fromHalf(std::uint16_t half) {
    const int exponent = half >> 10 & 31, fraction = half & 1023;
    const float sign = (half & 0x8000) != 0 ? -1.0f : 1.0f;
    if (exponent == 31) return fraction != 0 ? NAN : sign * INFINITY;
    return sign * (exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24)
                                 : std::ldexp(static_cast<float>(1024 + fraction), exponent - 25));
}

// ICC version 4, 16 bits: L* 0…100 and a*, b* −128…127 are 0…65535.
std::uint16_t clipped(std::int64_t value) {
    return static_cast<std::uint16_t>(std::clamp<std::int64_t>(value, 0, 65'535));
}
struct LabSample {
    int bits;
    Meaning meaning;
    std::uint16_t lightness(std::uint16_t v) const {
        if (bits == 8) return static_cast<std::uint16_t>(v * 257);
        // ICC version 2 ends at 0xFF00.
        return meaning == Meaning::CieLab ? v : clipped((std::int64_t{v} * 65'535 + 32'640) / 65'280);
    }
    std::uint16_t opponent(std::uint16_t v) const {
        const bool isSigned = meaning == Meaning::CieLab;
        if (bits == 8) return static_cast<std::uint16_t>((isSigned ? (v ^ 0x80) : v) * 257);
        // 256ths of a unit, from −128.
        return clipped((std::int64_t{isSigned ? v ^ 0x8000 : v} * 257 + 128) / 256);
    }
};
constexpr std::array<std::uint16_t, 3> paperLab{65'535, 128 * 257, 128 * 257};

// XYZ of LogLuv, whose white is (1, 1, 1), to linear RGB of Rec.709 primaries: libtiff, tif_luv.c XYZtoRGB24 (after
// G. Ward Larson, "LogLuv encoding for full-gamut, high-dynamic range images", 1998).
void rgbFromXyz(float* p) {
    const float x = p[0], y = p[1], z = p[2];
    p[0] = 2.690f * x - 1.276f * y - 0.414f * z;
    p[1] = -1.022f * x + 1.978f * y + 0.044f * z;
    p[2] = 0.061f * x - 0.224f * y + 1.163f * z;
}

}  // namespace

TiffSamples::TiffSamples(const TiffLayout& layout, FloatCurve curve, float white)
    : m_layout(layout), m_curve(curve), m_white(white) {
    const std::size_t samples = static_cast<std::size_t>(layout.size.width) * static_cast<std::size_t>(used());
    if (layout.number == Number::Float || layout.meaning == Meaning::LogL || layout.meaning == Meaning::LogLuv)
        m_floats.resize(samples);
    else if (layout.format().depth == Depth::U8)
        m_small.resize(samples);
    else
        m_large.resize(samples);
}

bool TiffSamples::isCopied() const {
    const bool isPlain =
        m_layout.meaning == Meaning::Gray || m_layout.meaning == Meaning::Rgb || m_layout.meaning == Meaning::Cmyk;
    return isPlain && m_layout.number == Number::Unsigned && !m_layout.isInverted && !m_layout.isPlanar &&
           m_layout.samples == m_layout.colours && (m_layout.bits == 8 || m_layout.bits == 16);
}

void TiffSamples::convert(std::span<const std::byte* const> planes, std::byte* to) {
    if (isCopied())
        std::memcpy(to, planes[0], m_layout.rowBytes);
    else if (!m_floats.empty())
        convertFloats(planes, reinterpret_cast<std::uint16_t*>(to));
    else if (m_layout.meaning == Meaning::Palette)
        convertPalette(planes, reinterpret_cast<std::uint8_t*>(to));
    else if (m_layout.isLab())
        convertLab(planes, reinterpret_cast<std::uint16_t*>(to));
    else if (m_layout.format().depth == Depth::U8)
        convertIntegers(planes, reinterpret_cast<std::uint8_t*>(to));
    else
        convertIntegers(planes, reinterpret_cast<std::uint16_t*>(to));
}

/// The colours and then the opacity of each pixel, `take(row, index)` each.
template <class To, class Take>
void TiffSamples::gather(std::span<const std::byte* const> planes, To* to, Take&& take) const {
    const auto step = static_cast<std::size_t>(m_layout.samplesAPlane());
    const int n = used();
    for (int k = 0; k < n; ++k) {
        const auto sample = static_cast<std::size_t>(k < m_layout.colours ? k : m_layout.alphaAt);
        const std::byte* row = planes[m_layout.isPlanar ? sample : 0];
        const std::size_t first = m_layout.isPlanar ? 0 : sample;
        for (std::size_t x = 0; x < static_cast<std::size_t>(m_layout.size.width); ++x)
            to[x * static_cast<std::size_t>(n) + static_cast<std::size_t>(k)] = take(row, first + x * step);
    }
}

template <class T>
void TiffSamples::gatherScaled(std::span<const std::byte* const> planes, T* to) const {
    const int bits = m_layout.bits;
    if (bits == 8)
        return gather(planes, to, [](const std::byte* row, std::size_t i) { return at<std::uint8_t>(row, i); });
    if (bits == 16)
        return gather(planes, to,
                      [](const std::byte* row, std::size_t i) { return static_cast<T>(at<std::uint16_t>(row, i)); });
    if (bits == 32)
        return gather(planes, to, [](const std::byte* row, std::size_t i) {
            return static_cast<T>((std::uint64_t{at<std::uint32_t>(row, i)} + 32'768) / 65'537);
        });
    assert(bits >= 1 && bits < 32);
    const std::uint32_t most = (1u << bits) - 1u, full = std::numeric_limits<T>::max();
    gather(planes, to, [=](const std::byte* row, std::size_t i) {
        return static_cast<T>((bitsAt(row, i, bits) * full + most / 2) / most);
    });
}

template <class T>
void TiffSamples::convertIntegers(std::span<const std::byte* const> planes, T* to) {
    constexpr T most = std::numeric_limits<T>::max();
    const bool hasAlpha = m_layout.alphaAt >= 0;
    T* samples = to;
    if constexpr (sizeof(T) == 1) {
        if (hasAlpha) samples = m_small.data();
    } else {
        if (hasAlpha) samples = m_large.data();
    }
    gatherScaled(planes, samples);
    const int n = used(), colours = m_layout.colours, width = m_layout.size.width;
    if (m_layout.isInverted)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < colours; ++c) samples[x * n + c] = static_cast<T>(most - samples[x * n + c]);
    if (!hasAlpha) return;
    // Paper is the most light, or no ink.
    std::array<T, 4> white{};
    if (m_layout.meaning != Meaning::Cmyk) white.fill(most);
    m_isSeeThrough |= flatten(samples, to, width, colours, white.data(), m_layout.alphaKind);
}

void TiffSamples::convertPalette(std::span<const std::byte* const> planes, std::uint8_t* to) const {
    const auto step = static_cast<std::size_t>(m_layout.samplesAPlane());
    for (std::size_t x = 0; x < static_cast<std::size_t>(m_layout.size.width); ++x) {
        const std::uint32_t i =
            m_layout.bits == 16 ? at<std::uint16_t>(planes[0], x * step) : bitsAt(planes[0], x * step, m_layout.bits);
        std::copy_n(m_layout.palette.data() + std::size_t{i} * 3, 3, to + x * 3);
    }
}

void TiffSamples::convertLab(std::span<const std::byte* const> planes, std::uint16_t* to) {
    const bool hasAlpha = m_layout.alphaAt >= 0;
    std::uint16_t* samples = hasAlpha ? m_large.data() : to;
    gatherScaled(planes, samples);
    const LabSample lab{m_layout.bits, m_layout.meaning};
    const int n = used();
    for (int x = 0; x < m_layout.size.width; ++x) {
        std::uint16_t* p = samples + x * n;
        p[0] = lab.lightness(p[0]);
        p[1] = lab.opponent(p[1]);
        p[2] = lab.opponent(p[2]);
        if (hasAlpha && m_layout.bits == 8) p[3] = static_cast<std::uint16_t>(p[3] * 257);
    }
    if (hasAlpha) m_isSeeThrough |= flatten(samples, to, m_layout.size.width, 3, paperLab.data(), m_layout.alphaKind);
}

std::uint16_t TiffSamples::encoded(float value) {
    if (!(value > 0)) return 0;  // not-a-number, too
    if (value > 1.0f + 0.5f / 65'535) m_isClipped = true;
    if (value >= 1.0f) return 65'535;
    double v = value;
    if (m_curve == FloatCurve::Srgb) v = v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    return static_cast<std::uint16_t>(std::lround(v * 65'535));
}

void TiffSamples::gatherFloats(std::span<const std::byte* const> planes) {
    float* samples = m_floats.data();
    if (m_layout.bits == 16)
        gather(planes, samples,
               [](const std::byte* row, std::size_t i) { return fromHalf(at<std::uint16_t>(row, i)); });
    else if (m_layout.bits == 32)
        gather(planes, samples, at<float>);
    else
        gather(planes, samples,
               [](const std::byte* row, std::size_t i) { return static_cast<float>(at<double>(row, i)); });
}

void TiffSamples::look(std::span<const std::byte* const> planes, FloatRange& range) {
    gatherFloats(planes);
    const auto n = static_cast<std::size_t>(used()), colours = static_cast<std::size_t>(m_layout.colours);
    for (std::size_t at = 0; at < m_floats.size(); at += n)
        for (const float value : std::span(m_floats).subspan(at, colours)) {
            ++range.samples;
            range.aboveOne += value > 1 ? 1 : 0;
            range.largest = std::max(range.largest, value);
        }
}

void TiffSamples::convertFloats(std::span<const std::byte* const> planes, std::uint16_t* to) {
    gatherFloats(planes);
    if (m_white != 1)
        for (float& sample : m_floats) sample /= m_white;
    float* samples = m_floats.data();
    const int n = used(), colours = m_layout.colours;
    const bool hasAlpha = m_layout.alphaAt >= 0;
    const float paper = m_layout.meaning == Meaning::Cmyk ? 0.0f : 1.0f;
    for (int x = 0; x < m_layout.size.width; ++x, samples += n) {
        if (m_layout.meaning == Meaning::LogLuv) rgbFromXyz(samples);
        const float alpha = hasAlpha ? std::clamp(samples[colours], 0.0f, 1.0f) : 1.0f;
        m_isSeeThrough |= alpha < 1.0f;
        for (int c = 0; c < colours; ++c) {
            const float own = m_layout.isInverted ? 1.0f - samples[c] : samples[c];
            const float part = m_layout.alphaKind == AlphaKind::Associated ? own : own * alpha;
            *to++ = encoded(alpha < 1.0f ? part + paper * (1.0f - alpha) : own);
        }
    }
}

}  // namespace contone::image
