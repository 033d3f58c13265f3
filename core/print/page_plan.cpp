// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// planPage. Everything is computed in the raster's coordinates, with the photo already turned as it will lie there;
// only the finished crops are turned back. Only + - * / on doubles: the same plan on every machine.
#include "core/print/page_plan.h"

#include <algorithm>
#include <cmath>

namespace contone::print {

namespace {

using image::Orientation;
using image::PixelRect;
using image::PixelSize;

constexpr int kLargestRaster = 65000;  // pixels a side; JPEG ends at 65535

/// The page before the photo is on it.
struct Sheet {
    PagePlan plan;
    RealRect trim;  // of all pieces together
    int columns = 1, rows = 1;
    double gutterX = 0, gutterY = 0;  // dots between two pieces
    Length safe, border;
};

RealRect inset(const RealRect& r, double x, double y) {
    return {r.x + x, r.y + y, r.width - 2 * x, r.height - 2 * y};
}

RealRect inset(const RealRect& r, Length by, Dpi dpiX, Dpi dpiY) {
    return inset(r, dots(by, dpiX), dots(by, dpiY));
}

RealRect real(const PixelRect& r) {
    return {static_cast<double>(r.x), static_cast<double>(r.y), static_cast<double>(r.width),
            static_cast<double>(r.height)};
}

RealRect intersection(const RealRect& a, const RealRect& b) {
    const double x = std::max(a.x, b.x), y = std::max(a.y, b.y);
    return {x, y, std::max(0.0, std::min(a.x + a.width, b.x + b.width) - x),
            std::max(0.0, std::min(a.y + a.height, b.y + b.height) - y)};
}

int rounded(double v) {
    return static_cast<int>(std::floor(v + 0.5));
}

/// The whole pixels inside `r`; a hair of rounding noise does not cost a pixel.
PixelRect wholePixelsInside(const RealRect& r) {
    constexpr double kHair = 1e-6;
    const int left = static_cast<int>(std::ceil(r.x - kHair)), top = static_cast<int>(std::ceil(r.y - kHair));
    return {left, top, static_cast<int>(std::floor(r.x + r.width + kHair)) - left,
            static_cast<int>(std::floor(r.y + r.height + kHair)) - top};
}

/// A rectangle of fractions under a turn: of the upright photo to that of the turned photo.
RealRect turned(const RealRect& r, Orientation turn) {
    const image::OrientationParts p = image::parts(turn);
    RealRect out = p.swap ? RealRect{r.y, r.x, r.height, r.width} : r;
    if (p.flipX) out.x = 1 - out.x - out.width;
    if (p.flipY) out.y = 1 - out.y - out.height;
    return out;
}

/// A part of the turned photo, in its pixels, as a crop of the upright photo that never leaves it by rounding.
render::Crop cropOf(const RealRect& part, PixelSize photo, Orientation turn) {
    const RealRect fraction{part.x / photo.width, part.y / photo.height, part.width / photo.width,
                            part.height / photo.height};
    const RealRect upright = turned(fraction, image::inverse(turn));
    render::Crop crop;
    crop.left = std::clamp(upright.x, 0.0, 1.0);
    crop.top = std::clamp(upright.y, 0.0, 1.0);
    crop.width = std::min(upright.width, 1.0 - crop.left);
    crop.height = std::min(upright.height, 1.0 - crop.top);
    return crop;
}

Result<void> checkPhoto(PixelSize photo, const PhotoChoices& choices) {
    if (photo.width < 1 || photo.height < 1)
        return fail(Code::Invalid, "photo-empty", "This photo has no pixels. Choose another one.");
    return order::check(choices);
}

RealRect pieceTrim(const Sheet& sheet, int column, int row) {
    const double wide = (sheet.trim.width - sheet.gutterX * (sheet.columns - 1)) / sheet.columns;
    const double high = (sheet.trim.height - sheet.gutterY * (sheet.rows - 1)) / sheet.rows;
    return {sheet.trim.x + (wide + sheet.gutterX) * column, sheet.trim.y + (high + sheet.gutterY) * row, wide, high};
}

/// Outer edges reach the end of the printable area, so that a picture bleeds off; inner ones meet in the middle of the
/// gutter: at the knife, where there is none.
PixelRect pieceReach(const Sheet& sheet, int column, int row) {
    const PixelRect& p = sheet.plan.printable;
    const RealRect t = pieceTrim(sheet, column, row);
    const int left = column == 0 ? p.x : rounded(t.x - sheet.gutterX / 2);
    const int top = row == 0 ? p.y : rounded(t.y - sheet.gutterY / 2);
    const int right = column + 1 == sheet.columns ? p.x + p.width : rounded(t.x + t.width + sheet.gutterX / 2);
    const int bottom = row + 1 == sheet.rows ? p.y + p.height : rounded(t.y + t.height + sheet.gutterY / 2);
    return {left, top, right - left, bottom - top};
}

/// What of a piece can show the photo inside trim and border.
Result<PixelRect> roomIn(const Sheet& sheet, const RealRect& trim) {
    const RealRect room = inset(trim, sheet.border, sheet.plan.dpiX, sheet.plan.dpiY);
    const PixelRect box = wholePixelsInside(intersection(room, real(sheet.plan.printable)));
    if (box.width < 1 || box.height < 1)
        return fail(Code::Invalid, "no-room",
                    "Nothing of the print is left between its edges. Check this printer's calibration.");
    return box;
}

struct Cover {
    RealRect part;    // of the turned photo, in its pixels
    double seen = 0;  // the part of the photo's area that is seen
};

/// How the turned photo covers `box`, so that its wanted part is what is seen.
Cover coverOf(const PixelRect& box, const RealRect& seen, Dpi dpiX, Dpi dpiY, const RealRect& wanted, PixelSize photo) {
    const double acrossDpi = dpiX.value, downDpi = dpiY.value;
    // Photo pixels an inch: as many as the wanted part gives, but the box must find photo on all of its area.
    const double scale = std::min({wanted.width / (seen.width / acrossDpi), wanted.height / (seen.height / downDpi),
                                   photo.width / (box.width / acrossDpi), photo.height / (box.height / downDpi)});
    const double perDotX = scale / acrossDpi, perDotY = scale / downDpi;
    const double centreX = wanted.x + wanted.width / 2, centreY = wanted.y + wanted.height / 2;
    RealRect part{centreX - (seen.x + seen.width / 2 - box.x) * perDotX,
                  centreY - (seen.y + seen.height / 2 - box.y) * perDotY, box.width * perDotX, box.height * perDotY};
    part.x = std::clamp(part.x, 0.0, std::max(0.0, photo.width - part.width));
    part.y = std::clamp(part.y, 0.0, std::max(0.0, photo.height - part.height));
    return {part, seen.width * perDotX * seen.height * perDotY / (static_cast<double>(photo.width) * photo.height)};
}

/// The wanted part of an upright photo, in pixels of the turned one.
RealRect wantedPart(const std::optional<image::Crop>& crop, PixelSize turnedPhoto, Orientation turn) {
    const render::Crop c = crop.value_or(render::Crop{});
    const RealRect part = turned({c.left, c.top, c.width, c.height}, turn);
    return {part.x * turnedPhoto.width, part.y * turnedPhoto.height, part.width * turnedPhoto.width,
            part.height * turnedPhoto.height};
}

/// Photo pixels an inch on the paper, the smaller axis.
double resolutionOf(const RealRect& part, const PixelRect& box, Dpi dpiX, Dpi dpiY) {
    return std::min(part.width * dpiX.value / box.width, part.height * dpiY.value / box.height);
}

/// Puts the photo on a sheet, piece by piece.
class Placer {
  public:
    Placer(const Sheet& sheet, PixelSize upright, const PhotoChoices& choices, Orientation turn)
        : m_sheet(sheet),
          m_plan(sheet.plan),
          m_turn(turn),
          m_photo(image::oriented(upright, turn)),
          m_fit(choices.fit) {
        m_wanted = wantedPart(choices.crop, m_photo, turn);
        m_plan.turn = turn;
    }

    Result<PagePlan> place(const catalog::DpiLadder& ladder) {
        double least = 0, mostSeen = 1;
        for (int row = 0; row < m_sheet.rows; ++row) {
            for (int column = 0; column < m_sheet.columns; ++column) {
                const RealRect trim = pieceTrim(m_sheet, column, row);
                const RealRect safe = inset(trim, m_sheet.safe, m_plan.dpiX, m_plan.dpiY);
                m_plan.pieces.push_back({trim, safe, pieceReach(m_sheet, column, row)});
                CONTONE_TRY(PixelRect box, roomIn(m_sheet, trim));
                const bool filling = m_fit == Fit::Fill;
                if (filling && m_sheet.border.um() == 0) box = pieceReach(m_sheet, column, row);
                const double seen = filling ? fill(box, trim) : showWhole(box);
                const double dpi = resolution();
                least = m_plan.frames.size() == 1 ? dpi : std::min(least, dpi);
                mostSeen = std::min(mostSeen, seen);
            }
        }
        m_plan.photoDpi = least;
        m_plan.sharpness = ladder.at(least);
        m_plan.lostPercent = std::clamp(100.0 * (1.0 - mostSeen), 0.0, 100.0);
        return std::move(m_plan);
    }

  private:
    /// Covers `box` so that the wanted part is what `trim` leaves to see. Returns the part of the photo's area seen.
    double fill(const PixelRect& box, const RealRect& trim) {
        const Cover cover = coverOf(box, intersection(trim, real(box)), m_plan.dpiX, m_plan.dpiY, m_wanted, m_photo);
        addFrame(cover.part, box);
        return cover.seen;
    }

    /// Shows all of the wanted part, centred in `room`; at least one pixel wide and high.
    double showWhole(const PixelRect& room) {
        const double wide = m_wanted.width * m_plan.dpiX.value, high = m_wanted.height * m_plan.dpiY.value;
        PixelRect box = room;
        if (wide * room.height > high * room.width) {
            box.height = std::clamp(rounded(room.width * high / wide), 1, room.height);
            box.y += (room.height - box.height) / 2;
        } else {
            box.width = std::clamp(rounded(room.height * wide / high), 1, room.width);
            box.x += (room.width - box.width) / 2;
        }
        addFrame(m_wanted, box);
        return m_wanted.width * m_wanted.height / (static_cast<double>(m_photo.width) * m_photo.height);
    }

    void addFrame(const RealRect& part, const PixelRect& box) {
        m_part = part;
        m_plan.frames.push_back({0, cropOf(part, m_photo, m_turn), box, m_turn});
    }

    /// Photo pixels an inch of the frame added last.
    double resolution() const { return resolutionOf(m_part, m_plan.frames.back().box, m_plan.dpiX, m_plan.dpiY); }

    const Sheet& m_sheet;
    PagePlan m_plan;
    Orientation m_turn;
    PixelSize m_photo;  // as it lies on the raster
    Fit m_fit;
    RealRect m_wanted;  // in pixels of m_photo
    RealRect m_part;    // of the last frame
};

/// Whether the part that is to be seen is wider than high (1), higher than wide (-1) or square (0).
int shapeOf(PixelSize photo, const PhotoChoices& choices) {
    const render::Crop c = choices.crop.value_or(render::Crop{});
    const double wide = c.width * photo.width, high = c.height * photo.height;
    return wide > high ? 1 : wide < high ? -1 : 0;
}

/// Squares need no turn; a millimetre does not make a square oblong.
int shapeOf(PaperSize piece) {
    const Length difference = piece.width - piece.height;
    if (difference >= millimetres(-1) && difference <= millimetres(1)) return 0;
    return difference > Length() ? 1 : -1;
}

bool isOff(Length a, Length b, double mm) {
    return a - b > millimetres(mm) || b - a > millimetres(mm);
}

std::string inMillimetres(PaperSize size) {
    return std::to_string(rounded(size.width.mm())) + " × " + std::to_string(rounded(size.height.mm())) + " mm";
}

/// Whether the sheet of the product is that of the medium, a quarter turn or not: two portraits side by side and two
/// landscapes one above the other are the same sheet of paper.
bool fits(PaperSize sheet, PaperSize medium) {
    return !isOff(sheet.width, medium.width, 1) && !isOff(sheet.height, medium.height, 1);
}

Result<void> checkMedium(const catalog::Product& product, const Medium& medium) {
    const PaperSize sheet = product.sheet();
    const bool straight = fits(sheet, medium.sheet), turned = fits(sheet.rotated(), medium.sheet);
    if (!straight && !turned)
        return fail(Code::Conflict, "wrong-medium",
                    product.name + " needs paper of " + inMillimetres(sheet) + ", but " + medium.name + " is " +
                        inMillimetres(medium.sheet) + ". Choose a printer setup with the right paper.",
                    product.id + " on " + medium.id);
    const bool sameCut = straight && product.columns == medium.columns && product.rows == medium.rows;
    const bool turnedCut = turned && product.columns == medium.rows && product.rows == medium.columns;
    if (!sameCut && !turnedCut)
        return fail(Code::Conflict, "wrong-medium",
                    product.name + " is cut into " + std::to_string(product.columns * product.rows) +
                        " by the printer, but " + medium.name + " comes out in " +
                        std::to_string(medium.columns * medium.rows) + ". Choose a printer setup with the right cut.",
                    product.id + " on " + medium.id);
    return {};
}

void addBorder(Sheet& sheet, const catalog::Product& product) {
    sheet.border = product.border;
    if (product.border > Length() && product.borderColour)
        sheet.plan.borderFill = render::BorderFill{sheet.plan.printable, *product.borderColour};
}

/// The raster of `medium` with its trim, calibrated for one unit.
Result<Sheet> layOut(const catalog::Product& product, const Medium& medium, const Calibration& unit) {
    CONTONE_CHECK(check(unit));
    const Edges& extra = unit.extraOverscan;
    Sheet sheet;
    sheet.plan.raster = medium.raster;
    sheet.plan.dpiX = medium.dpiX;
    sheet.plan.dpiY = medium.dpiY;
    sheet.plan.printable = {medium.unprintableLeft, medium.unprintableTop,
                            medium.raster.width - medium.unprintableLeft - medium.unprintableRight,
                            medium.raster.height - medium.unprintableTop - medium.unprintableBottom};
    const RealRect printable = real(sheet.plan.printable);
    const double left = dots(medium.overscan.left + extra.left, medium.dpiX);
    const double top = dots(medium.overscan.top + extra.top, medium.dpiY);
    const double right = dots(medium.overscan.right + extra.right, medium.dpiX);
    const double bottom = dots(medium.overscan.bottom + extra.bottom, medium.dpiY);
    sheet.trim = {printable.x + left + dots(unit.offsetX, medium.dpiX),
                  printable.y + top + dots(unit.offsetY, medium.dpiY), printable.width - left - right,
                  printable.height - top - bottom};
    sheet.columns = medium.columns;
    sheet.rows = medium.rows;
    sheet.gutterX = dots(medium.gutter, medium.dpiX);
    sheet.gutterY = dots(medium.gutter, medium.dpiY);
    sheet.safe = product.safe;
    addBorder(sheet, product);
    return sheet;
}

Result<Sheet> fileSheet(PaperSize size, Dpi dpi) {
    const double width = dots(size.width, dpi), height = dots(size.height, dpi);
    if (!(width >= 1 && height >= 1 && width <= kLargestRaster && height <= kLargestRaster))
        return fail(Code::Invalid, "bad-size",
                    "A page of this size and resolution cannot be made: each side must have 1 to 65000 pixels.",
                    std::to_string(width) + " x " + std::to_string(height));
    Sheet sheet;
    sheet.plan.raster = {wholeDots(size.width, dpi), wholeDots(size.height, dpi)};
    sheet.plan.dpiX = sheet.plan.dpiY = dpi;
    sheet.plan.printable = {0, 0, sheet.plan.raster.width, sheet.plan.raster.height};
    sheet.trim = real(sheet.plan.printable);
    return sheet;
}

/// `size` as it suits the photo, at `dpi`.
Result<Sheet> fileSheet(PaperSize size, Dpi dpi, PixelSize photo, const PhotoChoices& choices) {
    const int shape = shapeOf(photo, choices);
    return fileSheet(shape != 0 && size.isLandscape() != (shape > 0) ? size.rotated() : size, dpi);
}

/// With its pieces, no photo.
PagePlan bare(const Sheet& sheet) {
    PagePlan plan = sheet.plan;
    for (int row = 0; row < sheet.rows; ++row)
        for (int column = 0; column < sheet.columns; ++column) {
            const RealRect trim = pieceTrim(sheet, column, row);
            plan.pieces.push_back(
                {trim, inset(trim, sheet.safe, plan.dpiX, plan.dpiY), pieceReach(sheet, column, row)});
        }
    return plan;
}

}  // namespace

Result<PagePlan> planPage(const catalog::Product& product, const Medium& medium, PixelSize uprightPhoto,
                          const PhotoChoices& choices, const Calibration& calibration) {
    CONTONE_CHECK(checkPhoto(uprightPhoto, choices));
    CONTONE_CHECK(checkMedium(product, medium));
    CONTONE_TRY(const Sheet sheet, layOut(product, medium, calibration));
    const PaperSize piece{medium.sheet.width / medium.columns, medium.sheet.height / medium.rows};
    const bool across = shapeOf(uprightPhoto, choices) * shapeOf(piece) < 0;
    return Placer(sheet, uprightPhoto, choices, across ? Orientation::Rotate90 : Orientation::Upright)
        .place(product.ladder);
}

Result<void> checkFits(const catalog::Product& product, const Medium& medium, const Calibration& calibration) {
    CONTONE_CHECK(checkMedium(product, medium));
    CONTONE_TRY(const Sheet sheet, layOut(product, medium, calibration));
    for (int row = 0; row < sheet.rows; ++row)
        for (int column = 0; column < sheet.columns; ++column)
            CONTONE_CHECK(roomIn(sheet, pieceTrim(sheet, column, row)));
    return {};
}

Result<PagePlan> planFilePage(PaperSize size, Dpi dpi, const catalog::DpiLadder& ladder, PixelSize uprightPhoto,
                              const PhotoChoices& choices) {
    CONTONE_CHECK(checkPhoto(uprightPhoto, choices));
    CONTONE_TRY(const Sheet sheet, fileSheet(size, dpi, uprightPhoto, choices));
    return Placer(sheet, uprightPhoto, choices, Orientation::Upright).place(ladder);
}

Result<PagePlan> planFilePage(const catalog::Product& product, Dpi dpi, PixelSize uprightPhoto,
                              const PhotoChoices& choices) {
    CONTONE_CHECK(checkPhoto(uprightPhoto, choices));
    CONTONE_TRY(Sheet sheet, fileSheet(product.trim, dpi, uprightPhoto, choices));
    addBorder(sheet, product);
    return Placer(sheet, uprightPhoto, choices, Orientation::Upright).place(product.ladder);
}

Result<PagePlan> planBarePage(const catalog::Product& product, const Medium& medium, const Calibration& calibration) {
    CONTONE_CHECK(checkFits(product, medium, calibration));
    CONTONE_TRY(const Sheet sheet, layOut(product, medium, calibration));
    return bare(sheet);
}

Result<PagePlan> planBareFilePage(PaperSize size, Dpi dpi) {
    CONTONE_TRY(const Sheet sheet, fileSheet(size, dpi));
    return bare(sheet);
}

CoveredBox coverBox(const image::PixelRect& box, const RealRect& seen, Dpi dpiX, Dpi dpiY, image::PixelSize photo,
                    const std::optional<image::Crop>& crop, image::Orientation turn) {
    const PixelSize lying = image::oriented(photo, turn);
    const Cover cover = coverOf(box, seen, dpiX, dpiY, wantedPart(crop, lying, turn), lying);
    return {cropOf(cover.part, lying, turn), resolutionOf(cover.part, box, dpiX, dpiY),
            std::clamp(100.0 * (1.0 - cover.seen), 0.0, 100.0)};
}

}  // namespace contone::print
