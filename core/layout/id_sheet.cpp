// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows and columns of one size.
#include "core/layout/id_sheet.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/image/photo_turn.h"

namespace contone::layout {
namespace {

constexpr Length kGap = Length::micrometres(2000), kMargin = Length::micrometres(4000),
                 kHairLine = Length::micrometres(100);
constexpr Srgb kPaper{255, 255, 255}, kCut{176, 176, 176}, kLimit{214, 40, 160}, kFound{0, 150, 200};

struct Cells {
    PaperSize page;
    int columns = 0, rows = 0;
    int count() const { return columns * rows; }
};

Cells cellsOn(PaperSize page, PaperSize photo) {
    const auto fit = [](Length whole, Length one) {
        const auto room = whole - kMargin * 2 + kGap;
        return room < one + kGap ? 0 : static_cast<int>(room.um() / (one + kGap).um());
    };
    return {page, fit(page.width, photo.width), fit(page.height, photo.height)};
}

PaintedBox line(const Box& box, Srgb colour) {
    return {.box = box, .paint = {colour, {}, 0}};
}

/// Over one photo: where crown, eyes and chin lie, and within which lines they may.
void addGuides(std::vector<Item>& items, const Box& at, const IdPhotoGuides& guides) {
    const auto across = [&](Length down, Srgb colour, Length from, Length width) {
        items.emplace_back(line({at.left + from, at.top + down - kHairLine, {width, kHairLine * 2}}, colour));
    };
    const Length half = at.size.width / 2, tenth = at.size.width / 10;
    for (const Length down : {guides.crown, guides.eyeLine, guides.chin}) across(down, kFound, {}, at.size.width);
    for (const Length down : {guides.crownHighest, guides.crownLowest}) across(down, kLimit, half - tenth, tenth * 2);
    if (guides.eyeBand)
        for (const Length down : {guides.eyeBand->low, guides.eyeBand->high})
            for (const Length from : {Length(), at.size.width - tenth * 2}) across(down, kLimit, from, tenth * 2);
    items.emplace_back(line({at.left + guides.centre - kHairLine, at.top, {kHairLine * 2, at.size.height}}, kFound));
}

PhotoPoint straightened(PhotoPoint point, image::PixelSize size, int hundredths) {
    const double angle = hundredths * std::numbers::pi / 18000, c = std::cos(angle), s = std::sin(angle);
    const double kept = image::keptWhenStraightened(size, hundredths);
    const double x = (point.u - 0.5) * size.width, y = (point.v - 0.5) * size.height;
    return {0.5 + (c * x - s * y) / (size.width * kept), 0.5 + (s * x + c * y) / (size.height * kept)};
}

}  // namespace

Result<Layout> idSheet(const IdDocument& document, const IdPhoto& photo, PaperSize paper, Guides guides) {
    const Cells upright = cellsOn(paper, document.size), onItsSide = cellsOn(paper.rotated(), document.size);
    const Cells& cells = onItsSide.count() > upright.count() ? onItsSide : upright;
    if (cells.count() == 0)
        return fail(Code::Invalid, "id-photo-paper",
                    "A photo of this document does not fit on this paper. Choose a larger print.", document.id);
    const Length width = document.size.width * cells.columns + kGap * (cells.columns - 1);
    const Length height = document.size.height * cells.rows + kGap * (cells.rows - 1);
    const Length left = (cells.page.width - width) / 2, top = (cells.page.height - height) / 2;
    Layout page{cells.page, {line({{}, {}, cells.page}, kPaper)}};
    std::vector<Item> over;
    for (int i = 0; i < cells.count(); i++) {
        const Box at{left + (document.size.width + kGap) * (i % cells.columns),
                     top + (document.size.height + kGap) * (i / cells.columns), document.size};
        page.items.emplace_back(line(
            {at.left - kHairLine, at.top - kHairLine, {at.size.width + kHairLine * 2, at.size.height + kHairLine * 2}},
            kCut));
        if (guides == Guides::Shown) addGuides(over, at, photo.guides);
    }
    const std::vector<Item> lines(page.items.begin() + 1, page.items.end());
    for (const Item& cut : lines) {
        const Box& around = std::get<PaintedBox>(cut).box;
        page.items.emplace_back(PhotoFrame{
            .box = {around.left + kHairLine, around.top + kHairLine, document.size}, .photo = 0, .crop = photo.crop});
    }
    std::ranges::move(over, std::back_inserter(page.items));
    return page;
}

HeadMarks straightened(const HeadMarks& marks, image::PixelSize size, int hundredths) {
    // Crown and chin stand above and below the middle between the eyes, along the head.
    const PhotoPoint middle{(marks.rightEye.u + marks.leftEye.u) / 2, (marks.rightEye.v + marks.leftEye.v) / 2};
    const double dx = (marks.leftEye.u - marks.rightEye.u) * size.width;
    const double dy = (marks.leftEye.v - marks.rightEye.v) * size.height;
    const double tilt = dx == 0 ? 0 : dy / dx;  // the head's axis is at right angles to the line of the eyes
    const auto onAxis = [&](double v) {
        return PhotoPoint{middle.u - tilt * (v - middle.v) * size.height / size.width, v};
    };
    return {straightened(marks.rightEye, size, hundredths), straightened(marks.leftEye, size, hundredths),
            straightened(onAxis(marks.crown), size, hundredths).v,
            straightened(onAxis(marks.chin), size, hundredths).v};
}

}  // namespace contone::layout
