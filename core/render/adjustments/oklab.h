// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// OKLab of linear working RGB: lightness and two colour axes in which a change of chroma keeps the hue. Björn Ottosson,
// "A perceptual color space for image processing" (2020). From D50 by Bradford; the rows of the first matrix are scaled
// so that R = G = B has a = b = 0 exactly.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "core/render/row_stage.h"
#include "icc/transforms.h"

namespace contone::render {

/// Within 2e-7 of the cube root; odd. Bits and arithmetic only: the same on every processor.
inline float cubeRoot(float x) {
    const float a = std::fabs(x);
    float y = std::bit_cast<float>(std::bit_cast<std::uint32_t>(a) / 3 + 0x2a5137a0U);
    for (int i = 0; i < 2; i++) {  // Halley
        const float cube = y * y * y;
        y *= (cube + 2 * a) / (2 * cube + a + 1e-30F);
    }
    return std::copysign(y, x);
}

struct Lab {
    float l = 0, a = 0, b = 0;
};

/// One working space's numbers.
class Oklab {
  public:
    explicit Oklab(icc::WorkingGamut gamut);
    Lab of(float r, float g, float b) const {
        const auto& m = m_toLms;
        const float l = cubeRoot(m[0] * r + m[1] * g + m[2] * b), c = cubeRoot(m[3] * r + m[4] * g + m[5] * b),
                    s = cubeRoot(m[6] * r + m[7] * g + m[8] * b);
        const auto& k = m_toLab;
        return {k[0] * l + k[1] * c + k[2] * s, k[3] * l + k[4] * c + k[5] * s, k[6] * l + k[7] * c + k[8] * s};
    }
    std::array<float, 3> rgb(const Lab& lab) const {
        const auto& k = m_fromLab;
        const float l = lab.l + k[0] * lab.a + k[1] * lab.b, c = lab.l + k[2] * lab.a + k[3] * lab.b,
                    s = lab.l + k[4] * lab.a + k[5] * lab.b;
        const float l3 = l * l * l, c3 = c * c * c, s3 = s * s * s;
        const auto& m = m_toRgb;
        return {m[0] * l3 + m[1] * c3 + m[2] * s3, m[3] * l3 + m[4] * c3 + m[5] * s3,
                m[6] * l3 + m[7] * c3 + m[8] * s3};
    }

  private:
    std::array<float, 9> m_toLms{}, m_toLab{}, m_toRgb{};
    std::array<float, 6> m_fromLab{};  ///< of a and b for each of the three; L counts once
};

class ToOklab final : public RowStage {
  public:
    explicit ToOklab(icc::WorkingGamut gamut) : m_oklab(gamut) {}
    void run(Row& row) const override;

  private:
    Oklab m_oklab;
};
class FromOklab final : public RowStage {
  public:
    explicit FromOklab(icc::WorkingGamut gamut) : m_oklab(gamut) {}
    void run(Row& row) const override;

  private:
    Oklab m_oklab;
};

}  // namespace contone::render
