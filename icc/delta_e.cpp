// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CIEDE2000, after Sharma, Wu, Dalal 2005, "The CIEDE2000 color-difference formula: implementation notes".
#include <cmath>
#include <numbers>

#include "icc/transforms.h"

namespace contone::icc {
namespace {

constexpr double degrees = std::numbers::pi / 180.0;

/// Hue angle in degrees, 0…360; 0 for neutral.
double hue(double a, double b) {
    if (a == 0 && b == 0) return 0;
    const double angle = std::atan2(b, a) / degrees;
    return angle < 0 ? angle + 360 : angle;
}

double chromaWeight(double chroma) {
    const double c7 = std::pow(chroma, 7);
    return std::sqrt(c7 / (c7 + 6103515625.0));  // 25^7
}

double hueDifference(double h1, double h2, double chromaProduct) {
    if (chromaProduct == 0) return 0;
    const double d = h2 - h1;
    return d > 180 ? d - 360 : d < -180 ? d + 360 : d;
}

double hueMean(double h1, double h2, double chromaProduct) {
    if (chromaProduct == 0) return h1 + h2;
    if (std::fabs(h1 - h2) <= 180) return (h1 + h2) / 2;
    return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

}  // namespace

double deltaE2000(const double lab1[3], const double lab2[3]) {
    const double g = 0.5 * (1 - chromaWeight((std::hypot(lab1[1], lab1[2]) + std::hypot(lab2[1], lab2[2])) / 2));
    const double a1 = (1 + g) * lab1[1], a2 = (1 + g) * lab2[1];
    const double c1 = std::hypot(a1, lab1[2]), c2 = std::hypot(a2, lab2[2]);
    const double h1 = hue(a1, lab1[2]), h2 = hue(a2, lab2[2]);

    const double dL = lab2[0] - lab1[0], dC = c2 - c1;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(hueDifference(h1, h2, c1 * c2) / 2 * degrees);
    const double meanL = (lab1[0] + lab2[0]) / 2, meanC = (c1 + c2) / 2, meanH = hueMean(h1, h2, c1 * c2);

    const double t = 1 - 0.17 * std::cos((meanH - 30) * degrees) + 0.24 * std::cos(2 * meanH * degrees) +
                     0.32 * std::cos((3 * meanH + 6) * degrees) - 0.20 * std::cos((4 * meanH - 63) * degrees);
    const double turn = (meanH - 275) / 25;
    const double rotation = -std::sin(60 * std::exp(-turn * turn) * degrees) * 2 * chromaWeight(meanC);
    const double l50 = (meanL - 50) * (meanL - 50);
    const double sL = 1 + 0.015 * l50 / std::sqrt(20 + l50), sC = 1 + 0.045 * meanC, sH = 1 + 0.015 * meanC * t;
    const double l = dL / sL, c = dC / sC, h = dH / sH;
    return std::sqrt(l * l + c * c + h * h + rotation * c * h);
}

}  // namespace contone::icc
