// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Reads templates, strictly.
#include <algorithm>

#include "core/facts/fact_file.h"
#include "core/layout/template.h"
#include "core/layout/text_fields_p.h"

namespace contone::layout {
namespace {

using facts::FactFile;
using facts::FactTable;
using facts::Need;

constexpr double kLargestPageMm = 3000, kBeyondMm = 50;

Srgb readColour(const FactTable& from, std::string_view key) {
    if (!from.has(key)) return {};
    const auto colour = parseSrgb(from.text(key));
    if (!colour) from.refuse(key, "must be # and six digits, as in #1e2a3c");
    return colour.value_or(Srgb{});
}

Box readBox(const FactTable& item) {
    const std::vector<Length> sides = item.lengths("box_mm", 4, -kBeyondMm, kLargestPageMm);
    if (sides[2] <= Length() || sides[3] <= Length())
        item.refuse("box_mm", "must be [left, top, width, height] with a width and a height above 0");
    return {sides[0], sides[1], {sides[2], sides[3]}};
}

Shape readShape(const FactTable& item) {
    if (!item.has("shape")) return {};
    const std::string word = item.word("shape", {"rectangle", "rounded", "ellipse"});
    if (word == "ellipse") return {Shape::Kind::Ellipse, 0};
    if (word != "rounded") return {};
    return {Shape::Kind::Rounded, static_cast<int>(item.millimetres("radius_mm", 0.1, 500).um())};
}

constexpr std::string_view kMaskLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

/// Where a template lies, and the masks that were named so far.
struct Masks {
    Path folder;
    std::vector<Path>& files;
};

/// The outline of a frame: a formula's, or that of a PNG beside the template.
void readOutline(const FactTable& item, const Masks& masks, PhotoFrame& frame) {
    if (!item.has("mask")) {
        frame.shape = readShape(item);
        return;
    }
    if (item.has("shape")) item.refuse("shape", "and mask are two outlines: choose one");
    const std::string name = item.text("mask");
    if (!name.ends_with(".png") || name.starts_with('.') || name.find_first_not_of(kMaskLetters) != std::string::npos)
        item.refuse("mask", "must be the name of a .png beside the template, of letters, digits, - and _");
    const Path file = masks.folder / name;
    auto found = std::ranges::find(masks.files, file);
    if (found == masks.files.end()) found = masks.files.insert(masks.files.end(), file);
    frame.mask = static_cast<int>(found - masks.files.begin());
    if (std::ssize(masks.files) > Layout::mostMasks)
        item.refuse("mask", "is one too many: a design has at most " + std::to_string(Layout::mostMasks));
}

int readOpacity(const FactTable& item) {
    return item.has("opacity_percent") ? 10 * item.integer("opacity_percent", 0, 100) : opaque;
}

std::optional<Shadow> readShadow(const FactTable& item) {
    if (!item.has("shadow")) return {};
    const FactTable from = item.table("shadow");
    Shadow shadow;
    shadow.colour = readColour(from, "colour");
    shadow.opacityPermille = readOpacity(from);
    shadow.blurUm = static_cast<int>(from.millimetres("blur_mm", 0, 50).um());
    shadow.rightUm = static_cast<int>(from.millimetres("right_mm", -50, 50, Need::Optional).um());
    shadow.downUm = static_cast<int>(from.millimetres("down_mm", -50, 50, Need::Optional).um());
    return shadow;
}

PaintedBox readPaintedBox(const FactTable& item) {
    PaintedBox box{.box = readBox(item)};
    if (!item.has("colour")) item.refuse("colour", "is missing");
    box.paint.colour = readColour(item, "colour");
    if (item.has("to")) {
        box.paint.to = readColour(item, "to");
        box.paint.angle = item.integer("angle", 0, 359, Need::Optional);
    }
    box.shape = readShape(item);
    box.shadow = readShadow(item);
    box.opacityPermille = readOpacity(item);
    return box;
}

/// How a photo looks, without its place.
PhotoFrame readFrameLook(const FactTable& item, const Masks& masks) {
    PhotoFrame frame;
    readOutline(item, masks, frame);
    frame.shadow = readShadow(item);
    frame.softEdge = item.millimetres("soft_edge_mm", 0, 50, Need::Optional);
    frame.opacityPermille = readOpacity(item);
    if (item.has("adjust")) {
        auto adjustments = image::parseAdjustments(item.text("adjust"));
        if (adjustments)
            frame.adjustments = *std::move(adjustments);
        else
            item.refuse("adjust", "must be adjustments, as in \"look=film*80\"");
    }
    return frame;
}

text::TextBlock readTextLook(const FactTable& item) {
    text::TextBlock text;
    text.family = item.text("font");
    text.size = item.number("size_pt", text::TextBlock::leastPoints, 500);
    text.leastSize = item.has("least_pt") ? item.number("least_pt", text::TextBlock::leastPoints, text.size)
                                          : std::min(6.0, text.size);
    text.weight = item.flag("bold", Need::Optional) ? text::Weight::Bold : text::Weight::Regular;
    text.slant = item.flag("italic", Need::Optional) ? text::Slant::Italic : text::Slant::Upright;
    text.colour = readColour(item, "colour");
    if (item.has("align")) {
        const std::string word = item.word("align", {"start", "end", "left", "centre", "right"});
        const std::map<std::string, text::Across> known{{"start", text::Across::Start},
                                                        {"end", text::Across::End},
                                                        {"left", text::Across::Left},
                                                        {"centre", text::Across::Centre},
                                                        {"right", text::Across::Right}};
        if (const auto found = known.find(word); found != known.end()) text.across = found->second;
    }
    if (item.has("stand")) {
        const std::string word = item.word("stand", {"top", "middle", "bottom"});
        text.down = word == "middle" ? text::Down::Middle : word == "bottom" ? text::Down::Bottom : text::Down::Top;
    }
    if (item.has("line_spacing")) text.lineSpacing = item.number("line_spacing", 0.5, 3);
    if (item.has("letter_spacing")) text.letterSpacing = item.number("letter_spacing", -0.1, 1);
    if (item.has("language")) text.language = item.text("language");
    return text;
}

TextField readText(const FactTable& item) {
    TextField field{.box = readBox(item), .text = readTextLook(item)};
    field.text.text = item.text("text");
    field.text.width = field.box.size.width;
    field.text.height = field.box.size.height;
    field.shadow = readShadow(item);
    field.opacityPermille = readOpacity(item);
    return field;
}

Grid readGrid(const FactTable& item, const Masks& masks) {
    Grid grid{.box = readBox(item)};
    const auto [columns, rows] = item.pair("cells", 1, 100);
    grid.columns = columns;
    grid.rows = rows;
    const std::vector<Length> gaps = item.lengths("gap_mm", 2, 0, 200);
    grid.gapAcross = gaps[0];
    grid.gapDown = gaps[1];
    grid.photos = item.word("photos", {"each", "same"}) == "same" ? Grid::Photos::Same : Grid::Photos::Each;
    grid.frame = readFrameLook(item, masks);
    if (item.has("caption")) {
        const FactTable caption = item.table("caption");
        grid.captionHeight = caption.millimetres("height_mm", 1, 100);
        grid.caption = readTextLook(caption);
        grid.caption.text = caption.text("text");
    }
    if (grid.gapAcross * (columns - 1) >= grid.box.size.width || grid.gapDown * (rows - 1) >= grid.box.size.height ||
        grid.captionHeight * rows + grid.gapDown * (rows - 1) >= grid.box.size.height)
        item.refuse("cells", "leave no room for photos in this box");
    return grid;
}

/// Frames in the order of the file show the photos in their order, unless they say which.
PhotoFrame readPhoto(const FactTable& item, const Masks& masks, int& next) {
    PhotoFrame frame = readFrameLook(item, masks);
    frame.box = readBox(item);
    frame.photo = item.has("photo") ? item.integer("photo", 1, Template::mostFrames) - 1 : next;
    next = frame.photo + 1;
    return frame;
}

CollageBox readCollage(const FactTable& item, const Masks& masks) {
    CollageBox collage{.box = readBox(item)};
    collage.gap = item.millimetres("gap_mm", 0, 200);
    collage.frame = readFrameLook(item, masks);
    return collage;
}

CalendarBox readCalendar(const FactTable& item) {
    CalendarBox calendar{.box = readBox(item)};
    if (item.flag("six_weeks", Need::Optional)) calendar.rows = CalendarRows::Six;
    calendar.gap = item.millimetres("gap_mm", 0, 20, Need::Optional);
    if (item.has("weekdays")) {
        const FactTable weekdays = item.table("weekdays");
        calendar.weekdaysHeight = weekdays.millimetres("height_mm", 1, 100);
        calendar.weekdays = readTextLook(weekdays);
    }
    const FactTable days = item.table("days");
    calendar.days = readTextLook(days);
    calendar.restColour = days.has("rest_colour") ? readColour(days, "rest_colour") : calendar.days.colour;
    if (days.has("other_colour")) calendar.otherColour = readColour(days, "other_colour");
    if (item.has("names")) {
        const FactTable names = item.table("names");
        calendar.namesHeight = names.millimetres("height_mm", 1, 100);
        calendar.names = readTextLook(names);
    }
    if (item.has("line_colour")) calendar.lineColour = readColour(item, "line_colour");
    if (calendar.weekdaysHeight + (calendar.namesHeight + calendar.gap) * 6 >= calendar.box.size.height)
        item.refuse("box_mm", "leaves no room for six weeks");
    return calendar;
}

TemplateItem readItem(const FactTable& item, const Masks& masks, int& nextPhoto) {
    const std::string kind = item.word("kind", {"box", "photo", "text", "grid", "collage", "calendar"});
    if (kind == "photo") return readPhoto(item, masks, nextPhoto);
    if (kind == "text") return readText(item);
    if (kind == "grid") return readGrid(item, masks);
    if (kind == "collage") return readCollage(item, masks);
    if (kind == "calendar") return readCalendar(item);
    return readPaintedBox(item);
}

bool isOffPage(const Box& box, PaperSize page) {
    return box.right() <= Length() || box.bottom() <= Length() || box.left >= page.width || box.top >= page.height;
}

/// What can only be said of the whole.
void checkItem(const FactTable& row, const TemplateItem& item, const Template& all) {
    const auto hasText = [&](const std::string& id) {
        return std::ranges::find(all.texts, id, &TemplateText::id) != all.texts.end();
    };
    if (std::holds_alternative<CalendarBox>(item) && !hasText("month"))
        row.refuse("kind", "is a calendar: [texts] needs a month, as in \"2027-05\"");
    if (std::holds_alternative<CalendarBox>(item) && (hasText("month_name") || hasText("year")))
        row.refuse("kind", "is a calendar, which makes {month_name} and {year} itself: name these texts otherwise");
    std::visit(
        [&](const auto& one) {
            if (isOffPage(one.box, all.size)) row.refuse("box_mm", "lies off the page");
            using Kind = std::decay_t<decltype(one)>;
            const std::string* text = nullptr;
            if constexpr (std::is_same_v<Kind, TextField>) text = &one.text.text;
            if constexpr (std::is_same_v<Kind, Grid>) text = one.captionHeight > Length() ? &one.caption.text : nullptr;
            if (text == nullptr) return;
            for (const std::string& id : fieldsIn(*text)) {
                const bool isPhotos = std::is_same_v<Kind, Grid> && (id == "file" || id == "number");
                const bool isDate = id == "date";
                const bool isMonths = all.hasCalendar() && (id == "month_name" || id == "year");
                if (!isPhotos && !isDate && !isMonths && !hasText(id))
                    row.refuse("kind", "has {" + id + "} in its text, but [texts] has no " + id);
            }
        },
        item);
}

int framesOf(const Template& all) {
    int frames = 0;
    for (const TemplateItem& item : all.items) {
        if (std::holds_alternative<PhotoFrame>(item)) frames++;
        if (const auto* grid = std::get_if<Grid>(&item)) frames += grid->columns * grid->rows;
    }
    return frames;
}

}  // namespace

Result<Template> readTemplate(const Path& path) {
    CONTONE_TRY(const FactFile file, FactFile::open(path, "template"));
    const FactTable root = file.root();
    const int format = root.integer("format", 1, 1'000'000);
    if (format > Template::format)
        return fail(Code::Unsupported, "template-newer",
                    "The template " + path.filename().string() +
                        " was made for a newer Contone. Update Contone, or use another template.",
                    path.string());
    Template all;
    all.id = root.identifier("id");
    all.name = root.text("name");
    all.size = root.paperSize("size_mm", 10, kLargestPageMm);
    for (const auto& [id, proposal] : root.textTable("texts", Need::Optional)) all.texts.push_back({id, proposal});
    const std::vector<FactTable> rows = root.tables("item");
    if (rows.size() > static_cast<std::size_t>(Template::mostItems))  // which are not even read
        return fail(Code::Invalid, "template-file",
                    "The template " + path.filename().string() + " has more than " +
                        std::to_string(Template::mostItems) + " items. Make several of it.",
                    path.string());
    int nextPhoto = 0;
    const Masks masks{path.parent_path(), all.maskFiles};
    for (const FactTable& row : rows) all.items.push_back(readItem(row, masks, nextPhoto));
    for (std::size_t i = 0; i < rows.size(); i++) checkItem(rows[i], all.items[i], all);
    if (framesOf(all) > Template::mostFrames)
        root.refuse("item", "make more than " + std::to_string(Template::mostFrames) + " photos");
    CONTONE_CHECK(file.finish(all.id));
    return all;
}

Result<Templates> readTemplates(const Path& folder) {
    CONTONE_TRY(const std::vector<Path> files, facts::factFiles(folder, "template"));
    Templates all;
    for (const Path& path : files) {
        auto one = readTemplate(path);
        if (one)
            all.byId.emplace(one->id, *std::move(one));
        else
            all.refused.push_back(one.error());
    }
    return all;
}

}  // namespace contone::layout
