// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tone curve: white and black point, contrast, and a curve of one's own, in one table over OKLab lightness.
#include <algorithm>

#include "core/render/adjustments/lightness_table.h"
#include "core/render/adjustments/list_p.h"

namespace contone::render {
namespace {

constexpr NumberDescriptor numbers[] = {
    {"contrast", "Contrast", "", -100, 100, 1, "Parts light from dark more, or less"},
    {"white-point", "Whites", "", -100, 100, 1, "Moves the lightest tones towards paper white, or away from it"},
    {"black-point", "Blacks", "", -100, 100, 1, "Lightens the darkest tones, or darkens them"},
};

/// 0 at both ends and 1 at a third: what a point slider moves, without cutting anything off.
double nearEnd(double l) {
    return 6.75 * l * (1 - l) * (1 - l);
}
/// Both keep black and white, and rise everywhere: 6.75 * reach < 1.
constexpr double reach = 0.12;
double withWhite(double l, double slider) {
    return l + reach * slider / 100 * nearEnd(1 - l);
}
double withBlack(double l, double slider) {
    return l + reach * slider / 100 * nearEnd(l);
}

/// Through its points and the ends, rising: Fritsch and Carlson, "Monotone piecewise cubic interpolation" (1980).
class Spline {
  public:
    explicit Spline(const std::vector<image::CurvePoint>& curve) {
        m_points = curve;
        if (m_points.empty()) return;
        if (m_points.front().in > 0) m_points.insert(m_points.begin(), {0, 0});
        if (m_points.back().in < 1) m_points.push_back({1, 1});
        const std::size_t n = m_points.size();
        std::vector<double> slope(n - 1);
        for (std::size_t i = 0; i + 1 < n; i++)
            slope[i] = (m_points[i + 1].out - m_points[i].out) / (m_points[i + 1].in - m_points[i].in);
        m_tangent.assign(n, 0);
        m_tangent.front() = slope.front();
        m_tangent.back() = slope.back();
        for (std::size_t i = 1; i + 1 < n; i++)
            m_tangent[i] = slope[i - 1] * slope[i] <= 0 ? 0 : 2 * slope[i - 1] * slope[i] / (slope[i - 1] + slope[i]);
    }
    double at(double x) const {
        if (m_points.empty()) return x;
        std::size_t i = 0;
        while (i + 2 < m_points.size() && x > m_points[i + 1].in) i++;
        const double h = m_points[i + 1].in - m_points[i].in, t = std::clamp((x - m_points[i].in) / h, 0.0, 1.0);
        const double t2 = t * t, t3 = t2 * t;
        return m_points[i].out * (2 * t3 - 3 * t2 + 1) + h * m_tangent[i] * (t3 - 2 * t2 + t) +
               m_points[i + 1].out * (3 * t2 - 2 * t3) + h * m_tangent[i + 1] * (t3 - t2);
    }

  private:
    std::vector<image::CurvePoint> m_points;
    std::vector<double> m_tangent;
};

class ToneCurve final : public RowStage {
  public:
    explicit ToneCurve(const image::Adjustments& a)
        : m_table([&, curve = Spline(a.curve)](double l) {
              const double pointed = withBlack(withWhite(l, a.number("white-point")), a.number("black-point"));
              return curve.at(contrasted(pointed, a.number("contrast")));
          }) {}
    void run(Row& row) const override {
        for (int x = 0; x < row.width; x++) m_table.apply(row.packed + static_cast<std::ptrdiff_t>(x) * 3);
    }

  private:
    LightnessTable m_table;
};

std::shared_ptr<const RowStage> make(const image::Adjustments& a, const Surroundings&) {
    const bool rests = a.number("contrast") == 0 && a.number("white-point") == 0 && a.number("black-point") == 0;
    return rests && a.curve.empty() ? nullptr : std::make_shared<ToneCurve>(a);
}

}  // namespace

const Adjustment toneCurve{numbers, PixelSpace::Oklab, Reach::Everywhere, make};

}  // namespace contone::render
