// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Percentiles of CIE L*, and a table of kinds: the first that fits decides.
#include "core/render/auto_enhance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace contone::render {
namespace {

struct Lab {
    double l, a, b;
    double chroma() const { return std::hypot(a, b); }
};

double lightOf(double lightness) {
    const double f = (lightness + 16) / 116;
    return f > 6.0 / 29 ? f * f * f : lightness / 903.3;
}

class PhotoStatistics {
  public:
    explicit PhotoStatistics(const WorkingPicture& photo) {
        const Matrix3 toXyz = icc::workingToXyz(photo.gamut);
        const std::size_t pixels = photo.rgb.size() / 3;
        std::vector<double> lightness;
        double chroma = 0;
        for (std::size_t i = 0; i < pixels; i++) {
            const float* p = photo.rgb.data() + i * 3;
            const Lab lab = labOf(multiply(toXyz, Vector3{clipped(p[0]), clipped(p[1]), clipped(p[2])}));
            lightness.push_back(lab.l);
            chroma += lab.chroma();
            if (lab.l < 15) dark += 1;
            if (lab.l > 99) white += 1;
            if (lab.chroma() < 12 && lab.l >= 30 && lab.l <= 85) {
                m_neutralA.push_back(lab.a);
                m_neutralB.push_back(lab.b);
            }
            const bool isAbove = i < pixels / 3;
            (isAbove ? m_warmAbove : m_warmBelow) += lab.b;
        }
        if (pixels == 0) return;
        const auto all = static_cast<double>(pixels);
        dark /= all;
        white /= all;
        meanChroma = chroma / all;
        neutral = static_cast<double>(m_neutralA.size()) / all;
        isSunset = m_warmAbove / (all / 3) > 18 && m_warmAbove * 2 > m_warmBelow * 1.3;
        std::ranges::sort(lightness);
        const auto at = [&](double part) { return lightness[static_cast<std::size_t>(part * (all - 1))]; };
        p005 = at(0.005);
        p02 = at(0.02);
        p25 = at(0.25);
        median = at(0.5);
        p98 = at(0.98);
        p995 = at(0.995);
        castA = middleOf(m_neutralA);
        castB = middleOf(m_neutralB);
    }
    double p005 = 0, p02 = 0, p25 = 0, median = 0, p98 = 0, p995 = 0;  ///< of L*
    double dark = 0, white = 0;                                        ///< shares below 15 and above 99
    double meanChroma = 0, neutral = 0, castA = 0, castB = 0;
    bool isSunset = false;

  private:
    static double clipped(float v) { return std::clamp(static_cast<double>(v), 0.0, 1.0); }
    static Lab labOf(const Vector3& xyz) {
        const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
        const double x = f(xyz[0] / 0.9642), y = f(xyz[1]), z = f(xyz[2] / 0.8249);
        return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }
    static double middleOf(std::vector<double>& values) {
        if (values.empty()) return 0;
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::ranges::nth_element(values, middle);
        return *middle;
    }
    std::vector<double> m_neutralA, m_neutralB;
    double m_warmAbove = 0, m_warmBelow = 0;
};

PhotoKind kindOf(const PhotoStatistics& s) {
    if (s.p98 - s.p02 < 22 && s.meanChroma < 6) return PhotoKind::NotAPhoto;
    if (s.p25 >= 60 && s.p02 >= 25) return PhotoKind::HighKey;
    if ((s.dark >= 0.45 && s.median < 24) || (s.p25 < 8 && s.dark >= 0.28)) return PhotoKind::LowKey;
    if (s.p98 < 72 && s.p995 < 80) return s.median >= 45 ? PhotoKind::Dusk : PhotoKind::Underexposed;
    if (s.p02 >= 16 && s.p98 <= 82) return PhotoKind::Veiled;
    if (s.median < 33 && s.p98 < 80) return PhotoKind::Dim;
    if (s.white >= 0.04 || (s.median >= 72 && s.p02 > 8)) return PhotoKind::Bright;
    return PhotoKind::Normal;
}

/// 0 where `value` reaches `none`, 1 from `whole` on; straight between.
double fade(double value, double none, double whole) {
    return std::clamp((value - none) / (whole - none), 0.0, 1.0);
}

double inSteps(double stops) {
    return std::round(stops * 20) / 20;
}

/// Half of the cast, at most so much, in mired; and the tint that goes with it.
void balance(const PhotoStatistics& s, double mostMired, image::Adjustments& to) {
    if (s.isSunset || s.neutral < 0.15) return;
    const double cast = std::hypot(s.castA, s.castB), part = 0.5 * fade(cast, 4, 5) * fade(s.neutral, 0.15, 0.18);
    if (part == 0) return;
    constexpr double perMired = 0.27, perTint = 0.30;  // of b* and a*, at mid gray
    to.set("temperature", std::round(std::clamp(-part * s.castB / perMired, -mostMired, mostMired)));
    to.set("tint", std::round(std::clamp(-part * s.castA / perTint, -mostMired, mostMired)));
}

/// The slider that moves the darkest tones so far down.
double blackPointFor(double from, double to) {
    const double l = (from + 16) / 116, wanted = (to + 16) / 116, most = 0.12 * 6.75 * l * (1 - l) * (1 - l);
    return std::clamp(-100 * (l - wanted) / most, -60.0, 0.0);
}

/// Print brightness that makes this lightness so much lighter: x' = f x / (1 + (f - 1) x), f = 10^(0.004 v).
double brightnessFor(double lightness, double more) {
    const double x = lightOf(lightness), wanted = lightOf(lightness + more);
    return std::log10(wanted * (1 - x) / (x * (1 - wanted))) / 0.004;
}

}  // namespace

Enhancement autoEnhance(const WorkingPicture& photo) {
    const PhotoStatistics s(photo);
    Enhancement done{photo.rgb.empty() ? PhotoKind::NotAPhoto : kindOf(s), {}};
    image::Adjustments& to = done.adjustments;
    switch (done.kind) {
        case PhotoKind::NotAPhoto:
        case PhotoKind::HighKey:
        case PhotoKind::LowKey:
            return done;
        case PhotoKind::Dusk:
            balance(s, 5, to);
            return done;
        case PhotoKind::Underexposed:
            to.set("exposure", inSteps(std::min(0.8, 0.6 * std::log2(lightOf(92) / lightOf(std::max(s.p995, 1.0)))) *
                                       fade(72 - s.p98, 0, 6)));
            break;
        case PhotoKind::Veiled: {
            const double part = fade(s.p02, 16, 19) * fade(82 - s.p98, 0, 6);
            to.set("black-point", std::round(part * blackPointFor(s.p005, (s.p005 + 5) / 2)));
            to.set("contrast", std::round(15 * part));
            break;
        }
        case PhotoKind::Dim: {
            const double part = fade(33 - s.median, 0, 7) * fade(80 - s.p98, 0, 8);
            to.set("brightness", std::round(part * brightnessFor(std::max(s.median, 2.0), 8)));
            to.set("shadows", std::round(25 * part));
            break;
        }
        case PhotoKind::Bright:
            to.set("highlights", std::round(-30 * std::max(fade(s.white, 0.04, 0.08), fade(s.median, 72, 80))));
            break;
        case PhotoKind::Normal:
            to.set("contrast", std::round(8 * fade(90 - (s.p98 - s.p02), 0, 30)));
            to.set("vibrance", std::round(10 * fade(22 - s.meanChroma, 0, 10)));
            break;
    }
    balance(s, 20, to);
    return done;
}

}  // namespace contone::render
