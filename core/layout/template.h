// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Template: a design as a shop keeps it: a TOML file. With photos and texts it becomes a Layout.
#pragma once

#include "core/base/file.h"
#include "core/image/crop.h"
#include "core/image/pixels.h"
#include "core/layout/almanac.h"
#include "core/layout/layout.h"

namespace contone::layout {

/// Photos in rows and columns: index prints, ID sheets, wallet prints, strips. Each cell keeps a photo; under it, if
/// asked for, a line of text. Filled row by row from the first photo on; cells without a photo stay empty.
struct Grid {
    enum class Photos {
        Each,  ///< the photos of the page, one a cell
        Same,  ///< the first photo in every cell
    };
    Box box;
    int columns = 1, rows = 1;
    Length gapAcross, gapDown;
    Photos photos = Photos::Each;
    PhotoFrame frame = {};         ///< how each looks; its box and photo do not count
    Length captionHeight = {};     ///< of the line under each photo, inside its cell; 0: none
    text::TextBlock caption = {};  ///< "{file}", "{number}" and "{date}" are the photo's; its size does not count
    bool operator==(const Grid&) const = default;
};

/// All photos of the page fill the box, each in about its own shape (makeCollage).
struct CollageBox {
    Box box;
    Length gap;
    PhotoFrame frame = {};  ///< how each looks; its box and photo do not count
    bool operator==(const CollageBox&) const = default;
};

/// The weeks of one month: a line of weekdays, and a field for each day. Which month, in which language and with whose
/// holidays, the template's texts "month" ("2027-05"), "language" and "holidays" say.
struct CalendarBox {
    Box box;
    CalendarRows rows = CalendarRows::Needed;
    Length gap = {};             ///< between fields
    Length weekdaysHeight = {};  ///< of their line at the top; 0: none
    text::TextBlock weekdays = {};
    text::TextBlock days = {};
    Length namesHeight = {};  ///< of a holiday's name, at the foot of its field; 0: none
    text::TextBlock names = {};
    Srgb restColour = {};                  ///< of Sundays and holidays
    std::optional<Srgb> otherColour = {};  ///< of days of the months before and after; none: they stay empty
    std::optional<Srgb> lineColour = {};   ///< of a hair line above each week; none: no lines
    bool operator==(const CalendarBox&) const = default;
};

using TemplateItem = std::variant<PaintedBox, PhotoFrame, TextField, Grid, CollageBox, CalendarBox>;

/// What a customer may write on it. "title" of {title}.
struct TemplateText {
    std::string id, proposal;
    bool operator==(const TemplateText&) const = default;
};

struct Template {
    static constexpr int format = 1;         ///< of the file; a higher one is by a newer Contone
    static constexpr int mostItems = 400;    ///< of one file
    static constexpr int mostFrames = 2000;  ///< of one page, those of grids included
    std::string id, name;
    PaperSize size;
    std::vector<TemplateText> texts;
    std::vector<TemplateItem> items;
    std::vector<Path> maskFiles;     ///< PNG files beside it; PhotoFrame::mask is an index into them
    std::vector<image::Mask> masks;  ///< what they show, once somebody has read them: pictures are opened elsewhere
    bool operator==(const Template&) const = default;
    /// How many photos it wants; a grid of each photo takes up to as many as it has cells, a collage up to
    /// mostCollagePhotos.
    int photos() const;
    /// How many of its frames and cells stay bare with so many photos.
    int emptyPlaces(int photos) const;
    bool hasCalendar() const;
};

/// docs/add/template.md has the keys. Fails: Invalid "template-file" with file, line and field; Unsupported
/// "template-newer".
Result<Template> readTemplate(const Path& file);
/// Those of a folder, by id; one that cannot be read is told and the others go on.
struct Templates {
    std::map<std::string, Template> byId;
    std::vector<Error> refused;
};
Result<Templates> readTemplates(const Path& folder);

/// A photo as a template sees it.
struct TemplatePhoto {
    std::string file;                ///< its name, without folder and ending
    image::PixelSize size{3, 2};     ///< as it is turned; its shape counts
    std::vector<image::Crop> faces;  ///< from the brows to the chin, as fractions of the photo as it is turned
    std::string date = {};           ///< on which it was taken, "2026-11-22"; empty: not known
};
/// `calendars`: for templates with a calendar, whose texts may also say {month_name} and {year}.
/// The page: grids become frames, which show the largest part that keeps their photo's faces; "{…}" become what `texts`
/// says, else the template's proposal. A text that becomes empty is left out. Fails: Invalid "template-photos" when
/// there are none or more than it takes, "template-text" when `texts` has an id that the template does not know, or
/// what should be a month, a language or a country with holidays is none; as makeCollage, tableFields and checked;
/// Internal "template-mask" when its masks were not read.
Result<Layout> layOut(const Template& of, const std::vector<TemplatePhoto>& photos,
                      const std::map<std::string, std::string>& texts, const Almanac& calendars = {});

}  // namespace contone::layout
