// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One row at a time: chroma to full size at 16 times its scale, then a 3x3 matrix in fixed point.
#include "core/image/codecs/ycbcr_p.h"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <vector>

namespace contone::image {
namespace {

constexpr int kExtraBits = 4;         // interpolated chroma is 16 times as fine
constexpr int kCoefficientBits = 13;  // the largest, 2.14 for BT.2020 in limited range, fits 16 bits

struct Luma {
    double red, blue;
};
// CIE x, y of red, green, blue, white.
using Primaries = std::array<std::array<double, 2>, 4>;

// H.273 equations 32…37 for matrix 12.
Luma lumaOf(const Primaries& p) {
    const auto z = [&](std::size_t i) { return 1 - p[i][0] - p[i][1]; };
    const auto &r = p[0], &g = p[1], &b = p[2], &w = p[3];
    const double all = w[1] * (r[0] * (g[1] * z(2) - b[1] * z(1)) + g[0] * (b[1] * z(0) - r[1] * z(2)) +
                               b[0] * (r[1] * z(1) - g[1] * z(0)));
    const double red = r[1] * (w[0] * (g[1] * z(2) - b[1] * z(1)) + w[1] * (b[0] * z(1) - g[0] * z(2)) +
                               z(3) * (g[0] * b[1] - b[0] * g[1]));
    const double blue = b[1] * (w[0] * (r[1] * z(1) - g[1] * z(0)) + w[1] * (g[0] * z(0) - r[0] * z(1)) +
                                z(3) * (r[0] * g[1] - g[0] * r[1]));
    return {red / all, blue / all};
}

// H.273 table 4.
Luma lumaOf(const YCbCrCoding& coding) {
    switch (coding.matrix) {
        case 1:
            return {0.2126, 0.0722};
        case 4:
            return {0.30, 0.11};
        case 7:
            return {0.212, 0.087};
        case 9:
        case 10:
            return {0.2627, 0.0593};
        case 12: {
            constexpr std::array<double, 2> d65{0.3127, 0.3290};
            if (coding.primaries == 1) return lumaOf({{{0.640, 0.330}, {0.300, 0.600}, {0.150, 0.060}, d65}});
            if (coding.primaries == 9) return lumaOf({{{0.708, 0.292}, {0.170, 0.797}, {0.131, 0.046}, d65}});
            if (coding.primaries == 12) return lumaOf({{{0.680, 0.320}, {0.265, 0.690}, {0.150, 0.060}, d65}});
            return {0.299, 0.114};
        }
        default:
            return {0.299, 0.114};
    }
}

struct Matrix {
    std::array<std::int16_t, 3> cb{}, cr{};  // for red, green, blue
    std::int16_t y = 0;
    int lumaOffset = 0;
};

Matrix matrixOf(const YCbCrCoding& coding, int bits) {
    const double top = (1 << bits) - 1;
    const double lumaRange = coding.isFullRange ? top : 219 * (1 << (bits - 8));
    const double chromaRange = coding.isFullRange ? top : 224 * (1 << (bits - 8));
    const auto fixed = [](double v) { return static_cast<std::int16_t>(std::lround(v * (1 << kCoefficientBits))); };
    const double scale = top / chromaRange;
    Matrix m;
    m.y = fixed(top / lumaRange);
    m.lumaOffset = coding.isFullRange ? 0 : 16 << (bits - 8);
    if (coding.matrix == 8) {  // YCgCo: Cg is where Cb is
        m.cb = {fixed(-scale), fixed(scale), fixed(-scale)};
        m.cr = {fixed(scale), 0, fixed(-scale)};
        return m;
    }
    const auto [kr, kb] = lumaOf(coding);
    const double kg = 1 - kr - kb;
    m.cb = {0, fixed(-2 * kb * (1 - kb) / kg * scale), fixed(2 * (1 - kb) * scale)};
    m.cr = {fixed(2 * (1 - kr) * scale), fixed(-2 * kr * (1 - kr) / kg * scale), 0};
    return m;
}

template <class Sample>
const Sample* rowOf(const YCbCrPlanes& p, std::size_t plane, int y) {
    return reinterpret_cast<const Sample*>(p.data[plane] + p.stride[plane] * y);
}

// `Fine` holds a sample with its extra bits and a sign, `Sum` a sample times a coefficient: 16 and 32 bits for 8-bit
// pictures, which is what the compiler turns into multiply-and-add instructions.
template <class Sample, class Fine, class Sum>
class Converter {
  public:
    Converter(const YCbCrPlanes& from, const YCbCrCoding& coding, const RgbPlanes& to)
        : m_from(from), m_to(to), m_matrix(matrixOf(coding, from.bits)) {
        const auto width = static_cast<std::size_t>(from.width);
        for (auto* row : {&m_y, &m_cb, &m_cr}) row->resize(width + 1);
        m_blend.resize(width + 1);
    }
    void convert() {
        for (int y = 0; y < m_from.height; ++y) {
            fineLuma(y);
            fineChroma(1, y, m_cb);
            fineChroma(2, y, m_cr);
            for (std::size_t c = 0; c < 3; ++c) mix(c, y);
        }
    }

  private:
    // Bytes may alias anything, so widths and pointers are the loops' own: without that nothing is vectorised.
    void fineLuma(int y) {
        const Sample* in = rowOf<Sample>(m_from, 0, y);
        Fine* __restrict out = m_y.data();
        const int offset = m_matrix.lumaOffset, width = m_from.width;
        for (int x = 0; x < width; ++x) out[x] = static_cast<Fine>((in[x] - offset) * (1 << kExtraBits));
    }

    void fineChroma(std::size_t plane, int y, std::vector<Fine>& out) {
        const int width = m_from.isHalfWidth ? (m_from.width + 1) / 2 : m_from.width;
        const int middle = 1 << (m_from.bits - 1);
        Fine* __restrict blend = m_blend.data();
        if (m_from.isHalfHeight) {
            const int last = (m_from.height + 1) / 2 - 1;
            const Sample* near = rowOf<Sample>(m_from, plane, y / 2);
            const Sample* far = rowOf<Sample>(m_from, plane, std::clamp(y / 2 + (y % 2 == 0 ? -1 : 1), 0, last));
            for (int x = 0; x < width; ++x) blend[x] = static_cast<Fine>(3 * near[x] + far[x] - 4 * middle);
        } else {
            const Sample* row = rowOf<Sample>(m_from, plane, y);
            for (int x = 0; x < width; ++x) blend[x] = static_cast<Fine>(4 * (row[x] - middle));
        }
        Fine* __restrict fine = out.data();
        if (!m_from.isHalfWidth) {
            for (int x = 0; x < width; ++x) fine[x] = static_cast<Fine>(4 * blend[x]);
            return;
        }
        // The vectors have one sample more than the picture is wide, for the odd one of the last pair.
        fine[0] = static_cast<Fine>(4 * blend[0]);
        for (int x = 0; x + 1 < width; ++x) {
            fine[2 * x + 1] = static_cast<Fine>(3 * blend[x] + blend[x + 1]);
            fine[2 * x + 2] = static_cast<Fine>(blend[x] + 3 * blend[x + 1]);
        }
        fine[2 * width - 1] = static_cast<Fine>(4 * blend[width - 1]);
    }

    void mix(std::size_t channel, int y) {
        constexpr int shift = kCoefficientBits + kExtraBits;
        const auto top = static_cast<Fine>((1 << m_from.bits) - 1);
        const Fine *luma = m_y.data(), *cb = m_cb.data(), *cr = m_cr.data();
        const std::int16_t ky = m_matrix.y, kb = m_matrix.cb[channel], kr = m_matrix.cr[channel];
        auto* __restrict out = reinterpret_cast<Sample*>(m_to.data[channel] + m_to.stride[channel] * y);
        const int width = m_from.width;
        for (int x = 0; x < width; ++x) {
            const Sum sum = static_cast<Sum>(luma[x]) * ky + static_cast<Sum>(cb[x]) * kb +
                            static_cast<Sum>(cr[x]) * kr + (Sum{1} << (shift - 1));
            // A sum is less than four times the top, so that the narrow type holds it.
            out[x] = static_cast<Sample>(std::clamp(static_cast<Fine>(sum >> shift), Fine{0}, top));
        }
    }

    const YCbCrPlanes& m_from;
    const RgbPlanes& m_to;
    Matrix m_matrix;
    std::vector<Fine> m_y, m_cb, m_cr, m_blend;
};

// Matrix 0: the planes are green, blue, red.
template <class Sample>
void unpackGbr(const YCbCrPlanes& from, bool isFullRange, const RgbPlanes& to) {
    constexpr std::array<std::size_t, 3> target{1, 2, 0};
    const int top = (1 << from.bits) - 1, offset = isFullRange ? 0 : 16 << (from.bits - 8);
    const std::int64_t range = isFullRange ? top : 219 << (from.bits - 8);
    for (std::size_t plane = 0; plane < 3; ++plane)
        for (int y = 0; y < from.height; ++y) {
            const Sample* in = rowOf<Sample>(from, plane, y);
            auto* out = reinterpret_cast<Sample*>(to.data[target[plane]] + to.stride[target[plane]] * y);
            for (int x = 0; x < from.width; ++x) {
                const std::int64_t v = std::max(in[x] - offset, 0);
                out[x] = static_cast<Sample>(std::min<std::int64_t>((v * top + range / 2) / range, top));
            }
        }
}

}  // namespace

void toRgb(const YCbCrPlanes& from, const YCbCrCoding& coding, const RgbPlanes& to) {
    const bool isGbr = coding.matrix == 0 && !from.isHalfWidth && !from.isHalfHeight;
    if (from.bits == 8) {
        if (isGbr) return unpackGbr<std::uint8_t>(from, coding.isFullRange, to);
        Converter<std::uint8_t, std::int16_t, std::int32_t>(from, coding, to).convert();
    } else {
        if (isGbr) return unpackGbr<std::uint16_t>(from, coding.isFullRange, to);
        Converter<std::uint16_t, std::int32_t, std::int64_t>(from, coding, to).convert();
    }
}

}  // namespace contone::image
