// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Turning and scaling of page plans.
#include "ui/common/preview.h"

#include <algorithm>
#include <cmath>

namespace contone::ui {
namespace {

using print::RealRect;

RealRect turned(const RealRect& r, image::PixelSize page, image::Orientation turn) {
    const image::OrientationParts p = image::parts(turn);
    RealRect out = p.swap ? RealRect{r.y, r.x, r.height, r.width} : r;
    const image::PixelSize size = image::oriented(page, turn);
    if (p.flipX) out.x = size.width - out.x - out.width;
    if (p.flipY) out.y = size.height - out.y - out.height;
    return out;
}

RealRect real(const image::PixelRect& r) {
    return {double(r.x), double(r.y), double(r.width), double(r.height)};
}

/// Edges to the nearest pixel: boxes that met still meet.
image::PixelRect snapped(const RealRect& r, image::PixelSize page) {
    const auto edge = [](double v, int limit) { return std::clamp(int(std::lround(v)), 0, limit); };
    const int left = std::min(edge(r.x, page.width), page.width - 1);
    const int top = std::min(edge(r.y, page.height), page.height - 1);
    return {left, top, std::max(1, edge(r.x + r.width, page.width) - left),
            std::max(1, edge(r.y + r.height, page.height) - top)};
}

RealRect scaled(const RealRect& r, double x, double y) {
    return {r.x * x, r.y * y, r.width * x, r.height * y};
}

}  // namespace

print::PagePlan uprightPlan(const print::PagePlan& plan) {
    const image::Orientation back = image::inverse(plan.turn);
    print::PagePlan out = plan;
    out.turn = image::Orientation::Upright;
    out.raster = image::oriented(plan.raster, back);
    if (image::swapsAxes(back)) std::swap(out.dpiX, out.dpiY);
    out.printable = snapped(turned(real(plan.printable), plan.raster, back), out.raster);
    for (print::PiecePlan& piece : out.pieces)
        piece = {turned(piece.trim, plan.raster, back), turned(piece.safe, plan.raster, back)};
    for (render::Frame& frame : out.frames) {
        frame.box = snapped(turned(real(frame.box), plan.raster, back), out.raster);
        frame.turn = image::then(frame.turn, back);
    }
    if (out.borderFill) out.borderFill->box = snapped(turned(real(out.borderFill->box), plan.raster, back), out.raster);
    return out;
}

print::PagePlan scaledPlan(const print::PagePlan& plan, image::PixelSize room) {
    const double dpi = std::min({double(plan.dpiX.value), double(plan.dpiY.value),
                                 double(std::max(1, room.width)) * plan.dpiX.value / plan.raster.width,
                                 double(std::max(1, room.height)) * plan.dpiY.value / plan.raster.height});
    const auto side = [](double v, int limit) { return std::clamp(int(std::lround(v)), 1, std::max(1, limit)); };
    print::PagePlan out = plan;
    out.raster = {side(plan.raster.width * dpi / plan.dpiX.value, room.width),
                  side(plan.raster.height * dpi / plan.dpiY.value, room.height)};
    out.dpiX = out.dpiY = Dpi{std::max(1, int(std::lround(dpi)))};
    const double x = double(out.raster.width) / plan.raster.width, y = double(out.raster.height) / plan.raster.height;
    out.printable = snapped(scaled(real(plan.printable), x, y), out.raster);
    for (print::PiecePlan& piece : out.pieces) piece = {scaled(piece.trim, x, y), scaled(piece.safe, x, y)};
    for (render::Frame& frame : out.frames) frame.box = snapped(scaled(real(frame.box), x, y), out.raster);
    if (out.borderFill) out.borderFill->box = snapped(scaled(real(out.borderFill->box), x, y), out.raster);
    return out;
}

print::PhotoPage scaledPage(const print::PhotoPage& page, image::PixelSize room) {
    print::PhotoPage out{scaledPlan(uprightPlan(page.plan), room), page.recipe};
    print::layOut(out.recipe, out.plan);
    return out;
}

double uprightAspect(const print::PagePlan& plan) {
    if (plan.pieces.empty()) return 1;
    const RealRect& trim = plan.pieces.front().trim;
    const double aspect = (trim.width / plan.dpiX.value) / (trim.height / plan.dpiY.value);
    return image::swapsAxes(plan.turn) ? 1 / aspect : aspect;
}

}  // namespace contone::ui
