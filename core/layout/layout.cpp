// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Scaling, each size by its own kind.
#include "core/layout/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace contone::layout {
namespace {

Length times(Length length, double factor) {
    return Length::micrometres(std::llround(static_cast<double>(length.um()) * factor));
}
int times(int um, double factor) {
    return static_cast<int>(std::lround(um * factor));
}

struct Factors {
    double across, down;
    double lesser() const { return std::min(across, down); }

    Box of(const Box& box) const {
        // By its edges: what met before still meets.
        const Length left = times(box.left, across), top = times(box.top, down);
        return {left, top, {times(box.right(), across) - left, times(box.bottom(), down) - top}};
    }
    Shape of(Shape shape) const {
        shape.radiusUm = std::min(times(shape.radiusUm, lesser()), Shape::maxRadiusUm);
        return shape;
    }
    std::optional<Shadow> of(std::optional<Shadow> shadow) const {
        if (!shadow) return shadow;
        for (int* um : {&shadow->blurUm, &shadow->rightUm, &shadow->downUm})
            *um = std::clamp(times(*um, lesser()), -Shadow::maxUm, Shadow::maxUm);
        return shadow;
    }
    Item of(PaintedBox item) const {
        item.box = of(item.box);
        item.shape = of(item.shape);
        item.shadow = of(item.shadow);
        return item;
    }
    Item of(PhotoFrame item) const {
        item.box = of(item.box);
        item.shape = of(item.shape);
        item.shadow = of(item.shadow);
        item.softEdge = times(item.softEdge, lesser());
        return item;
    }
    Item of(TextField item) const {
        item.box = of(item.box);
        item.shadow = of(item.shadow);
        const auto points = [&](double size) {
            return std::clamp(size * lesser(), text::TextBlock::leastPoints, text::TextBlock::mostPoints);
        };
        item.text.size = points(item.text.size);
        item.text.leastSize = points(item.text.leastSize);
        item.text.width = item.box.size.width;
        item.text.height = item.box.size.height;
        return item;
    }
};

std::string inMillimetres(PaperSize size) {
    return fmt::format("{:.0f} × {:.0f} mm", size.width.mm(), size.height.mm());
}

}  // namespace

int Layout::photos() const {
    int count = 0;
    for (const Item& item : items)
        if (const auto* frame = std::get_if<PhotoFrame>(&item)) count = std::max(count, frame->photo + 1);
    return count;
}

Result<Layout> scaled(const Layout& layout, PaperSize size) {
    const Factors factors{static_cast<double>(size.width.um()) / static_cast<double>(layout.size.width.um()),
                          static_cast<double>(size.height.um()) / static_cast<double>(layout.size.height.um())};
    if (std::abs(factors.across / factors.down - 1) > shapeTolerance)
        return fail(Code::Conflict, "layout-shape",
                    fmt::format("This design is made for {} and does not suit {}. Choose a print of its shape.",
                                inMillimetres(layout.size), inMillimetres(size)));
    Layout other{size, {}, layout.masks};
    for (const Item& item : layout.items)
        other.items.push_back(std::visit([&](const auto& one) { return factors.of(one); }, item));
    return other;
}

}  // namespace contone::layout
