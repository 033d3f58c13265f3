// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Matrices in doubles, once; rows in floats.
#include "core/render/adjustments/oklab.h"

namespace contone::render {
namespace {

/// XYZ of D50 → of D65, Bradford (ICC.1:2010 annex E has the other way).
constexpr Matrix3 d50ToD65{0.9554734, -0.0230985, 0.0632593,  -0.0283697, 1.0099956,
                           0.0210414, 0.0123140,  -0.0205077, 1.3303659};
/// XYZ of D65 → cone responses, and those (cube roots) → Lab: Ottosson 2020.
constexpr Matrix3 xyzToLms{0.8189330101, 0.3618667424, -0.1288597137, 0.0329845436, 0.9293118715,
                           0.0361456387, 0.0482003018, 0.2643662691,  0.6338517070};
constexpr Matrix3 lmsToLab{0.2104542553, 0.7936177850, -0.0040720403, 1.9779984951, -2.4285922050,
                           0.4505937099, 0.0259040371, 0.7827717662,  -0.8086757660};

}  // namespace

Oklab::Oklab(icc::WorkingGamut gamut) {
    Matrix3 toLms = multiply(multiply(xyzToLms, d50ToD65), icc::workingToXyz(gamut));
    Matrix3 toLab = lmsToLab;
    for (std::size_t row = 0; row < 9; row += 3) {
        const double white = toLms[row] + toLms[row + 1] + toLms[row + 2];
        for (std::size_t k = row; k < row + 3; k++) toLms[k] /= white;
    }
    const double lightness = toLab[0] + toLab[1] + toLab[2];
    for (std::size_t k = 0; k < 3; k++) toLab[k] /= lightness;
    for (std::size_t row = 3; row < 9; row += 3) toLab[row + 2] = -(toLab[row] + toLab[row + 1]);
    const Matrix3 toRgb = inverse(toLms).value_or(Matrix3{}), fromLab = inverse(toLab).value_or(Matrix3{});
    for (std::size_t k = 0; k < 9; k++) {
        m_toLms[k] = static_cast<float>(toLms[k]);
        m_toLab[k] = static_cast<float>(toLab[k]);
        m_toRgb[k] = static_cast<float>(toRgb[k]);
    }
    for (std::size_t row = 0; row < 3; row++)
        for (std::size_t k = 0; k < 2; k++) m_fromLab[row * 2 + k] = static_cast<float>(fromLab[row * 3 + 1 + k]);
}

void ToOklab::run(Row& row) const {
    float* p = row.packed;
    for (int x = 0; x < row.width; x++, p += 3) {
        const Lab lab = m_oklab.of(p[0], p[1], p[2]);
        p[0] = lab.l;
        p[1] = lab.a;
        p[2] = lab.b;
    }
}

void FromOklab::run(Row& row) const {
    float* p = row.packed;
    for (int x = 0; x < row.width; x++, p += 3) {
        const auto rgb = m_oklab.rgb({p[0], p[1], p[2]});
        p[0] = rgb[0];
        p[1] = rgb[1];
        p[2] = rgb[2];
    }
}

}  // namespace contone::render
