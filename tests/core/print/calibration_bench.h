// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CalibrationBench: a unit that cuts elsewhere than its model, and its calibration print on the glass of a scanner.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "core/print/calibration.h"

namespace contone::testing {

using image::Picture;
using print::FourReadings, print::Medium;

inline FourReadings readings(double left, double top, double right, double bottom) {
    return {millimetres(left), millimetres(top), millimetres(right), millimetres(bottom)};
}

/// Largest difference of two sets of readings, mm.
inline double apart(const FourReadings& a, const FourReadings& b) {
    return std::max({std::abs(a.left.mm() - b.left.mm()), std::abs(a.top.mm() - b.top.mm()),
                     std::abs(a.right.mm() - b.right.mm()), std::abs(a.bottom.mm() - b.bottom.mm())});
}

inline int grayAt(const Picture& p, int x, int y) {
    return p.strip().row<std::uint8_t>(y)[static_cast<std::ptrdiff_t>(x) * count(p.format.channels)];
}

inline constexpr image::PixelFormat kRgb8{image::Channels::Rgb, image::Depth::U8};

/// A unit that loses `unit` at the edges, and its print on a scanner.
struct CalibrationBench {
    Medium medium;
    FourReadings unit;
    int dpi = 300;
    double tilt = 0;   ///< degrees
    int quarters = 0;  ///< how the print lies on the glass
    double noise = 0;  ///< standard deviation, of 255
    double lid = 20;   ///< its gray
    double black = 25, white = 240;
    double stretch = 1;  ///< of the scanner
    double blur = 0;     ///< mm: side of the square that a pixel of the scanner sees; 0: just its own

    Picture scan(const Picture& page) const {
        const double lostX = unit.left.mm() + unit.right.mm(), lostY = unit.top.mm() + unit.bottom.mm();
        const double printableX =
            (medium.raster.width - medium.unprintableLeft - medium.unprintableRight) * 25.4 / medium.dpiX.value;
        const double printableY =
            (medium.raster.height - medium.unprintableTop - medium.unprintableBottom) * 25.4 / medium.dpiY.value;
        const double w = medium.sheet.width.mm(), h = medium.sheet.height.mm();
        const bool across = quarters % 2 != 0;
        const double margin = 6, perMm = dpi / 25.4;
        const image::PixelSize size{static_cast<int>(((across ? h : w) + 2 * margin) * perMm),
                                    static_cast<int>(((across ? w : h) + 2 * margin) * perMm)};
        Picture made = Picture::ofSize(size, kRgb8);
        std::mt19937 random(7);
        const double angle = (tilt + 90.0 * quarters) * std::numbers::pi / 180, c = std::cos(angle),
                     s = std::sin(angle);
        const int fine = blur > 0 ? 5 : 2;
        const double wide = blur > 0 ? blur * perMm : 1;  // pixels
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                double sum = 0;
                for (int k = 0; k < fine * fine; ++k) {
                    const double dx = ((k % fine + 0.5) / fine - 0.5) * wide,
                                 dy = ((k / fine + 0.5) / fine - 0.5) * wide;
                    const double sx = (x + 0.5 + dx - size.width / 2.0) / perMm / stretch;
                    const double sy = (y + 0.5 + dy - size.height / 2.0) / perMm / stretch;
                    const double px = sx * c + sy * s + w / 2, py = -sx * s + sy * c + h / 2;  // mm on the paper
                    if (px < 0 || py < 0 || px >= w || py >= h) {
                        sum += lid;
                        continue;
                    }
                    // The unit prints its raster so large that it loses just that: mm of the printable area.
                    const double rx = unit.left.mm() + px * (printableX - lostX) / w;
                    const double ry = unit.top.mm() + py * (printableY - lostY) / h;
                    const int ix = medium.unprintableLeft + static_cast<int>(std::floor(rx * medium.dpiX.value / 25.4));
                    const int iy = medium.unprintableTop + static_cast<int>(std::floor(ry * medium.dpiY.value / 25.4));
                    const bool printed = ix >= 0 && iy >= 0 && ix < page.size.width && iy < page.size.height;
                    sum += black + (white - black) * (printed ? grayAt(page, ix, iy) / 255.0 : 1.0);
                }
                double v = sum / (fine * fine);
                if (noise > 0) {
                    double gauss = -2;  // of four uniform ones, whose variance together is a third
                    for (int i = 0; i < 4; ++i) gauss += static_cast<double>(random()) / 4294967296.0;
                    v += noise * std::numbers::sqrt3 * gauss;
                }
                auto* pixel = made.strip().row<std::uint8_t>(y) + static_cast<std::ptrdiff_t>(x) * 3;
                pixel[0] = pixel[1] = pixel[2] = static_cast<std::uint8_t>(std::clamp(v + 0.5, 0.0, 255.0));
            }
        }
        return made;
    }
    Result<FourReadings> measured() const {
        return print::readCalibrationScan(scan(print::calibrationPage(medium, kRgb8).value()), Dpi{dpi}, medium);
    }
};

}  // namespace contone::testing
