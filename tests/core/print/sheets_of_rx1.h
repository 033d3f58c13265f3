// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sheets of the DNP DS-RX1, products for them, and what is seen of a photo on a planned page: for tests of geometry.
#pragma once

#include <QtGlobal>
#include <cmath>

#include "core/print/page_plan.h"

namespace contone::testing {

using image::Orientation;
using image::PixelSize;
using print::Calibration, print::Medium, print::PagePlan, print::PhotoChoices, print::RealRect;

inline catalog::Product product(double widthIn, double heightIn, int columns = 1) {
    catalog::Product p;
    p.id = p.name = "test";
    p.trim = {inches(widthIn), inches(heightIn)};
    p.safe = millimetres(4);
    p.columns = columns;
    p.finishes = p.papers = {"glossy"};
    return p;
}

/// 4x6 of the DNP DS-RX1 as in Gutenprint's table: 1240 x 1920, 38 unprintable rows at both ends.
inline Medium rx1(int columns = 1) {
    Medium m;
    m.id = columns == 2 ? "2x6x2" : "4x6";
    m.name = "10 × 15 cm";
    m.sheet = {inches(4), inches(6)};
    m.columns = columns;
    m.raster = {1240, 1920};
    m.unprintableTop = m.unprintableBottom = 38;
    m.overscan = print::derivedOverscan(m);
    return m;
}

/// The same with twice the dots along the feed, as the RX1 has at 300 x 600.
inline Medium rx1Fine() {
    Medium m = rx1();
    m.raster.height *= 2;
    m.unprintableTop *= 2;
    m.unprintableBottom *= 2;
    m.dpiY = Dpi{600};
    return m;
}

inline double mmX(const PagePlan& plan, double d) {
    return d * 25.4 / plan.dpiX.value;
}
inline double mmY(const PagePlan& plan, double d) {
    return d * 25.4 / plan.dpiY.value;
}

/// Two 4x6 of the RX1 on its 6x8 paper: 1920 x 2498, 38 unprintable columns at each side, 58 dots taken out between the
/// two.
inline Medium rx1TwoUp() {
    Medium m;
    m.id = "4x6x2";
    m.name = "10 × 15 cm, two on a sheet";
    m.sheet = {inches(6), inches(8)};
    m.rows = 2;
    m.cut = "div2";
    m.raster = {1920, 2498};
    m.unprintableLeft = m.unprintableRight = 38;
    m.gutter = millimetres(58 * 25.4 / 300);
    m.overscan = print::derivedOverscan(m);
    return m;
}

/// A frame's crop in photo pixels, as it lies on the raster.
inline double cropWidth(const render::Frame& f, PixelSize photo) {
    return image::swapsAxes(f.turn) ? f.crop.height * photo.height : f.crop.width * photo.width;
}
inline double cropHeight(const render::Frame& f, PixelSize photo) {
    return image::swapsAxes(f.turn) ? f.crop.width * photo.width : f.crop.height * photo.height;
}

/// How far photo pixels are from square, in photo pixels of the crop's width.
inline double aspectError(const PagePlan& plan, const render::Frame& f, PixelSize photo) {
    const double perInch = cropHeight(f, photo) * plan.dpiY.value / f.box.height;
    return std::abs(cropWidth(f, photo) - perInch * f.box.width / plan.dpiX.value);
}

/// What is seen of the photo on a piece, as fractions of the photo as it lies on the raster: left, top, right, bottom.
struct Seen {
    double left, top, right, bottom;
};
inline Seen seen(const PagePlan& plan, std::size_t piece) {
    const render::Frame& f = plan.frames.at(piece);
    const RealRect& t = plan.pieces.at(piece).trim;
    // Upright crop to raster: Rotate90 sends (x, y) to (1 - y, x).
    const render::Crop& c = f.crop;
    const RealRect lies = f.turn == Orientation::Rotate90 ? RealRect{1 - c.top - c.height, c.left, c.height, c.width}
                                                          : RealRect{c.left, c.top, c.width, c.height};
    const auto atX = [&](double x) { return lies.x + (x - f.box.x) / f.box.width * lies.width; };
    const auto atY = [&](double y) { return lies.y + (y - f.box.y) / f.box.height * lies.height; };
    return {atX(t.x), atY(t.y), atX(t.x + t.width), atY(t.y + t.height)};
}

inline bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}
inline bool inside(const render::Crop& c) {
    return c.left >= 0 && c.top >= 0 && c.width > 0 && c.height > 0 && c.left + c.width <= 1 && c.top + c.height <= 1;
}

inline PagePlan planned(const catalog::Product& p, const Medium& m, PixelSize photo, const PhotoChoices& choices = {},
                        const Calibration& unit = {}) {
    auto plan = print::planPage(p, m, photo, choices, unit);
    if (!plan) qFatal("%s", plan.error().message.c_str());
    return *plan;
}

}  // namespace contone::testing
