// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a layout from elsewhere must hold to, and its JSON.
#include <fmt/format.h>

#include <cmath>

#include "core/layout/layout_fields.h"

namespace contone::layout {
namespace {

constexpr double kMostDotPages = 8;  // the area of all texts and masks
constexpr Length kLeastSide = Length::micrometres(10'000), kMostSide = Length::micrometres(3'000'000);

std::unexpected<Error> badLayout(std::string message, std::string detail) {
    return fail(Code::Invalid, "bad-layout", std::move(message), std::move(detail));
}

Result<void> checkBox(const Box& box, PaperSize page) {
    const auto isFarOff = [](Length from, Length length) {
        return from < Length() - kMostSide || from > kMostSide || length <= Length() || length > kMostSide + kMostSide;
    };
    if (isFarOff(box.left, box.size.width) || isFarOff(box.top, box.size.height) || box.right() <= Length() ||
        box.bottom() <= Length() || box.left >= page.width || box.top >= page.height)
        return badLayout("A part of this design lies off its page.", {});
    return {};
}

struct Checking {
    PaperSize page;
    int masks = 0;
    double dotPages = 0;  ///< the area of all texts and masks so far, in pages

    Result<void> operator()(const PaintedBox& item) const { return checkBox(item.box, page); }
    /// What is made in the printer's dots for the whole box.
    Result<void> countDots(const Box& box, const char* what) {
        if (box.size.width > page.width * 2 || box.size.height > page.height * 2)
            return badLayout(fmt::format("A {} of this design has more room than two pages.", what), {});
        dotPages += box.size.width.mm() * box.size.height.mm() / (page.width.mm() * page.height.mm());
        if (dotPages > kMostDotPages)
            return badLayout("The texts and masks of this design lie over each other too often.", {});
        return {};
    }
    Result<void> operator()(const PhotoFrame& item) {
        CONTONE_CHECK(checkBox(item.box, page));
        if (item.softEdge < Length() || item.softEdge > Length::micrometres(image::Shadow::maxUm))
            return badLayout("A photo fades out over at most 100 mm.", {});
        if (item.crop && !image::isInsidePhoto(*item.crop))
            return badLayout("A part that this design shows lies outside its photo.", {});
        if (!item.mask) return {};
        if (*item.mask >= masks) return badLayout("A mask of this design is missing.", {});
        return countDots(item.box, "mask");
        return {};
    }
    Result<void> operator()(TextField& item) {
        CONTONE_CHECK(checkBox(item.box, page));
        CONTONE_CHECK(countDots(item.box, "text"));
        item.text.width = item.box.size.width;
        item.text.height = item.box.size.height;
        return text::check(item.text);
    }
};

}  // namespace

Result<Layout> checked(Layout layout) {
    if (layout.size.width < kLeastSide || layout.size.height < kLeastSide || layout.size.width > kMostSide ||
        layout.size.height > kMostSide)
        return badLayout("A design is 10 mm to 3 m wide and high.", {});
    if (layout.items.empty() || std::ssize(layout.items) > Layout::mostItems)
        return badLayout(fmt::format("A design has 1 to {} parts.", Layout::mostItems),
                         std::to_string(layout.items.size()));
    if (std::ssize(layout.masks) > Layout::mostMasks)
        return badLayout(fmt::format("A design has at most {} masks.", Layout::mostMasks),
                         std::to_string(layout.masks.size()));
    for (const image::Mask& mask : layout.masks) CONTONE_CHECK(image::coverageOf(mask));
    Checking check{layout.size, static_cast<int>(layout.masks.size())};
    for (std::size_t i = 0; i < layout.items.size(); i++) {
        const auto good = std::visit(
            [&](auto& item) -> Result<void> {
                CONTONE_CHECK(json::checkRanges(item));
                return check(item);
            },
            layout.items[i]);
        if (!good) {
            Error error = good.error();
            error.detail = fmt::format("item {}: {}", i + 1, error.detail);
            return std::unexpected(std::move(error));
        }
    }
    return layout;
}

std::string toJson(const Layout& layout) {
    return json::write(layout);
}

Result<Layout> layoutFromJson(std::string_view text) {
    CONTONE_TRY(Layout layout,
                json::read<Layout>(
                    text, {Code::Corrupt, "layout-damaged", "This design cannot be read any more. Make it anew.", {}}));
    return checked(std::move(layout));
}

}  // namespace contone::layout
