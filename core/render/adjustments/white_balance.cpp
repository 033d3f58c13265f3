// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// White balance: the photo as under another light. One matrix: Bradford from a white that was moved along the Planckian
// locus (in mired, so that a step looks the same everywhere) or across it, to D50. Locus: M. Krystek, "An algorithm to
// calculate correlated colour temperature" (1985), CIE 1960 u, v, 1000…15000 K.
#include <array>
#include <cmath>

#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"temperature", "Warmth", "mired", -100, 100, 1, "Makes the colours warmer (more yellow) or cooler (more blue)"},
    {"tint", "Tint", "", -100, 100, 1, "Takes away a green cast (to the right) or a magenta one (to the left)"},
};

struct Uv {
    double u, v;
};

Uv planck(double mired) {
    const double t = 1e6 / mired;
    return {
        (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t) / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t * t),
        (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t) / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t * t)};
}

/// The white that is to become D50. Warmer: one that is bluer. Magenta: one above the locus, greener.
Vector3 whiteOf(double warmer, double magenta) {
    constexpr double d50Mired = 199.9, tintReach = 0.03;
    constexpr Uv d50{0.20916, 0.32554};  // of ICC's D50: XYZ 0.9642, 1, 0.8249
    const Uv from = planck(d50Mired), to = planck(d50Mired - warmer), on = planck(d50Mired - warmer + 1);
    const double alongU = on.u - to.u, alongV = on.v - to.v, length = std::hypot(alongU, alongV);
    const double across = magenta / 100 * tintReach;  // Duv: positive is green
    const double u = d50.u + to.u - from.u - alongV / length * across;
    const double v = d50.v + to.v - from.v + alongU / length * across;
    return {1.5 * u / v, 1, (4 - u - 10 * v) / (2 * v)};
}

/// Bradford cone responses of XYZ.
constexpr Matrix3 bradford{0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296};

Matrix3 whiteTo(const Vector3& white, const Vector3& wanted, icc::WorkingGamut gamut) {
    const Vector3 from = multiply(bradford, white), to = multiply(bradford, wanted);
    const Matrix3 scale{to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]};
    const Matrix3 adapt = multiply(multiply(inverse(bradford).value_or(Matrix3{}), scale), bradford);
    const Matrix3 toXyz = icc::workingToXyz(gamut);
    return multiply(multiply(inverse(toXyz).value_or(Matrix3{}), adapt), toXyz);
}

class WhiteBalance final : public RowStage {
  public:
    explicit WhiteBalance(const Matrix3& matrix) {
        for (std::size_t i = 0; i < 9; i++) m_matrix[i] = static_cast<float>(matrix[i]);
    }
    void run(Row& row) const override {
        const auto& m = m_matrix;
        float* p = row.packed;
        for (int x = 0; x < row.width; x++, p += 3) {
            const float r = p[0], g = p[1], b = p[2];
            p[0] = m[0] * r + m[1] * g + m[2] * b;
            p[1] = m[3] * r + m[4] * g + m[5] * b;
            p[2] = m[6] * r + m[7] * g + m[8] * b;
        }
    }

  private:
    std::array<float, 9> m_matrix{};
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings& around) {
    const double warmer = a.number("temperature"), magenta = a.number("tint");
    if (warmer == 0 && magenta == 0) return nullptr;
    return std::make_shared<WhiteBalance>(whiteTo(whiteOf(warmer, magenta), whiteOf(0, 0), around.gamut));
}

}  // namespace

const Adjustment whiteBalance{numbers, PixelSpace::Light, Reach::Everywhere, make};

}  // namespace contone::render
