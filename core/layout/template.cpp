// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a template, photos and texts to a page.
#include "core/layout/template.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/layout/calendar_items_p.h"
#include "core/layout/collage.h"
#include "core/layout/keep_faces_p.h"
#include "core/layout/text_fields_p.h"

namespace contone::layout {
namespace {

/// Column or row `index` of `count` between `from` and `from + length`: where it begins, and how long it is. Whole
/// micrometres, and all gaps alike.
std::pair<Length, Length> slice(Length from, Length length, Length gap, int count, int index) {
    const Length room = length - gap * (count - 1);
    const Length begin = room * index / count, end = room * (index + 1) / count;
    return {from + begin + gap * index, end - begin};
}

struct Filling {
    const std::vector<TemplatePhoto>& photos;
    std::map<std::string, std::string> texts;
    std::vector<Item>& items;
    std::optional<CalendarPage> month = {};

    Result<void> add(const PaintedBox& item) {
        items.emplace_back(item);
        return {};
    }
    Result<void> add(const PhotoFrame& item) {
        if (item.photo < static_cast<int>(photos.size())) items.emplace_back(item);
        return {};
    }
    Result<void> add(TextField item) {
        item.text.text = filled(item.text.text, texts);
        if (!item.text.text.empty()) items.emplace_back(std::move(item));
        return {};
    }
    Result<void> add(const CollageBox& collage) {
        std::vector<CollagePhoto> shapes;
        for (const TemplatePhoto& photo : photos)
            shapes.push_back({photo.size.width, photo.size.height, 1, photo.faces});
        CONTONE_TRY(const Collage made, makeCollage(shapes, {collage.box.size, collage.gap, {}}));
        for (std::size_t i = 0; i < made.places.size(); i++) {
            PhotoFrame frame = collage.frame;
            frame.photo = static_cast<int>(i);
            frame.box = made.places[i].box;
            frame.box.left = frame.box.left + collage.box.left;
            frame.box.top = frame.box.top + collage.box.top;
            items.emplace_back(std::move(frame));
        }
        return {};
    }
    Result<void> add(const CalendarBox& box) {
        CONTONE_TRY(std::vector<Item> made, calendarItems(box, month.value()));
        std::ranges::move(made, std::back_inserter(items));
        return {};
    }
    Result<void> add(const Grid& grid) {
        const int cells = grid.columns * grid.rows;
        const int filledCells =
            grid.photos == Grid::Photos::Same ? cells : std::min(cells, static_cast<int>(photos.size()));
        for (int cell = 0; cell < filledCells; cell++) {
            const auto [left, width] =
                slice(grid.box.left, grid.box.size.width, grid.gapAcross, grid.columns, cell % grid.columns);
            const auto [top, height] =
                slice(grid.box.top, grid.box.size.height, grid.gapDown, grid.rows, cell / grid.columns);
            PhotoFrame frame = grid.frame;
            frame.photo = grid.photos == Grid::Photos::Same ? 0 : cell;
            frame.box = {left, top, {width, height - grid.captionHeight}};
            items.emplace_back(frame);
            if (grid.captionHeight > Length()) addCaption(grid, frame, cell);
        }
        return {};
    }

  private:
    void addCaption(const Grid& grid, const PhotoFrame& frame, int cell) {
        TextField caption{.box = {frame.box.left, frame.box.bottom(), {frame.box.size.width, grid.captionHeight}},
                          .text = grid.caption};
        std::map<std::string, std::string> own = texts;
        own["file"] = photos[static_cast<std::size_t>(frame.photo)].file;
        own["number"] = std::to_string(cell + 1);
        own["date"] = photos[static_cast<std::size_t>(frame.photo)].date;
        caption.text.text = filled(grid.caption.text, own);
        caption.text.width = caption.box.size.width;
        caption.text.height = caption.box.size.height;
        if (!caption.text.text.empty()) items.emplace_back(std::move(caption));
    }
};

}  // namespace

int Template::photos() const {
    int count = 0;
    for (const TemplateItem& item : items) {
        if (const auto* frame = std::get_if<PhotoFrame>(&item)) count = std::max(count, frame->photo + 1);
        if (const auto* grid = std::get_if<Grid>(&item))
            count = std::max(count, grid->photos == Grid::Photos::Same ? 1 : grid->columns * grid->rows);
        if (std::holds_alternative<CollageBox>(item)) count = std::max(count, static_cast<int>(mostCollagePhotos));
    }
    return count;
}

int Template::emptyPlaces(int count) const {
    int empty = 0;
    for (const TemplateItem& item : items) {
        if (const auto* frame = std::get_if<PhotoFrame>(&item)) empty += frame->photo >= count;
        if (const auto* grid = std::get_if<Grid>(&item); grid != nullptr && grid->photos == Grid::Photos::Each)
            empty += std::max(0, grid->columns * grid->rows - count);
    }
    return empty;
}

bool Template::hasCalendar() const {
    return std::ranges::any_of(items, [](const auto& item) { return std::holds_alternative<CalendarBox>(item); });
}

Result<Layout> layOut(const Template& of, const std::vector<TemplatePhoto>& photos,
                      const std::map<std::string, std::string>& texts, const Almanac& calendars) {
    const int most = of.photos();
    if (static_cast<int>(photos.size()) > most || (photos.empty() && most > 0))
        return fail(Code::Invalid, "template-photos",
                    fmt::format("{} takes {}, not {}.", of.name,
                                most == 0   ? "no photo"
                                : most == 1 ? "one photo"
                                            : fmt::format("1 to {} photos", most),
                                photos.size()),
                    of.id);
    std::map<std::string, std::string> all;
    for (const TemplateText& text : of.texts) all[text.id] = text.proposal;
    for (const auto& [id, text] : texts) {
        if (!all.contains(id))
            return fail(Code::Invalid, "template-text", fmt::format("{} has no text \"{}\".", of.name, id), of.id);
        all[id] = text;
    }
    if (of.masks.size() != of.maskFiles.size())
        return fail(Code::Internal, "template-mask", "The masks of this design were not read. Tell support.", of.id);
    Layout page{of.size, {}, of.masks};
    if (!all.contains("date") && !photos.empty()) all["date"] = photos.front().date;
    Filling filling{photos, std::move(all), page.items};
    if (of.hasCalendar()) {
        CONTONE_TRY(filling.month, calendarPage(filling.texts, calendars));
        filling.texts["month_name"] = filling.month->language.months[unsigned(filling.month->month.month()) - 1];
        filling.texts["year"] = std::to_string(static_cast<int>(filling.month->month.year()));
    }
    for (const TemplateItem& item : of.items)
        CONTONE_CHECK(std::visit([&](const auto& one) { return filling.add(one); }, item));
    keepFaces(page, photos);
    return checked(std::move(page));
}

}  // namespace contone::layout
