// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where a photo lies on a sheet, in millimetres: trim, bleed, knife, crop, turn, calibration.
#include <QTest>
#include <cmath>
#include <limits>
#include <random>

#include "core/print/page_plan.h"

using namespace contone;
using namespace contone::print;
using image::Orientation;
using image::PixelSize;

namespace {

catalog::Product product(double widthIn, double heightIn, int columns = 1) {
    catalog::Product p;
    p.id = p.name = "test";
    p.trim = {inches(widthIn), inches(heightIn)};
    p.safe = millimetres(4);
    p.columns = columns;
    p.finishes = p.papers = {"glossy"};
    p.prices = {{1, {100, "EUR"}}};
    return p;
}

/// 4x6 of the DNP DS-RX1 as in Gutenprint's table: 1240 x 1920, 38 dead rows at both ends.
Medium rx1(int columns = 1) {
    Medium m;
    m.id = columns == 2 ? "2x6x2" : "4x6";
    m.name = "10 × 15 cm";
    m.sheet = {inches(4), inches(6)};
    m.columns = columns;
    m.raster = {1240, 1920};
    m.deadTop = m.deadBottom = 38;
    m.overscan = derivedOverscan(m);
    return m;
}

/// The same with twice the dots along the feed, as the RX1 has at 300 x 600.
Medium rx1Fine() {
    Medium m = rx1();
    m.raster.height *= 2;
    m.deadTop *= 2;
    m.deadBottom *= 2;
    m.dpiY = Dpi{600};
    return m;
}

double mmX(const PagePlan& plan, double d) {
    return d * 25.4 / plan.dpiX.value;
}
double mmY(const PagePlan& plan, double d) {
    return d * 25.4 / plan.dpiY.value;
}

/// Two 4x6 of the RX1 on its 6x8 paper: 1920 x 2498, 38 dead columns at each side, 58 dots taken out between the two.
Medium rx1TwoUp() {
    Medium m;
    m.id = "4x6x2";
    m.name = "10 × 15 cm, two on a sheet";
    m.sheet = {inches(6), inches(8)};
    m.rows = 2;
    m.cut = "div2";
    m.raster = {1920, 2498};
    m.deadLeft = m.deadRight = 38;
    m.gutter = millimetres(58 * 25.4 / 300);
    m.overscan = derivedOverscan(m);
    return m;
}

/// A frame's crop in photo pixels, as it lies on the raster.
double cropWidth(const render::Frame& f, PixelSize photo) {
    return image::swapsAxes(f.turn) ? f.crop.height * photo.height : f.crop.width * photo.width;
}
double cropHeight(const render::Frame& f, PixelSize photo) {
    return image::swapsAxes(f.turn) ? f.crop.width * photo.width : f.crop.height * photo.height;
}

/// How far photo pixels are from square, in photo pixels of the crop's width.
double aspectError(const PagePlan& plan, const render::Frame& f, PixelSize photo) {
    const double perInch = cropHeight(f, photo) * plan.dpiY.value / f.box.height;
    return std::abs(cropWidth(f, photo) - perInch * f.box.width / plan.dpiX.value);
}

/// What is seen of the photo on a piece, as fractions of the photo as it lies on the raster: left, top, right, bottom.
struct Seen {
    double left, top, right, bottom;
};
Seen seen(const PagePlan& plan, std::size_t piece) {
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

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}
bool inside(const render::Crop& c) {
    return c.left >= 0 && c.top >= 0 && c.width > 0 && c.height > 0 && c.left + c.width <= 1 && c.top + c.height <= 1;
}

PagePlan planned(const catalog::Product& p, const Medium& m, PixelSize photo, const Placement& placement = {}) {
    auto plan = planPage(p, m, photo, placement);
    if (!plan) qFatal("%s", plan.error().message.c_str());
    return *plan;
}

}  // namespace

class PagePlanTest : public QObject {
    Q_OBJECT
  private slots:
    void trimIsTheSheetCentredInThePrintableArea() {
        const PagePlan plan = planned(product(4, 6), rx1(), {4000, 6000});
        QVERIFY(plan.raster == (PixelSize{1240, 1920}));
        QVERIFY(plan.printable == (image::PixelRect{0, 38, 1240, 1844}));
        const RealRect& t = plan.pieces.at(0).trim;
        QVERIFY(near(mmX(plan, t.width), 101.6, 0.01));
        QVERIFY(near(mmY(plan, t.height), 152.4, 0.01));
        // 1.69 / 1.86 mm: (1240 - 1200) / 2 and (1844 - 1800) / 2 dots of 1/300 inch.
        QVERIFY(near(mmX(plan, t.x), 20 * 25.4 / 300, 0.01));
        QVERIFY(near(mmY(plan, t.y - 38), 22 * 25.4 / 300, 0.01));
        const RealRect& s = plan.pieces.at(0).safe;
        QVERIFY(near(mmX(plan, s.x - t.x), 4, 0.01) && near(mmY(plan, s.y - t.y), 4, 0.01));
        QVERIFY(near(mmX(plan, t.width - s.width), 8, 0.01) && near(mmY(plan, t.height - s.height), 8, 0.01));
    }

    void fillCoversAllThatCanCarryColour() {
        for (const PixelSize photo : {PixelSize{4000, 6000}, {6000, 4000}, {3000, 3000}, {20000, 100}, {1, 1}}) {
            const PagePlan plan = planned(product(4, 6), rx1(), photo);
            QCOMPARE(plan.frames.size(), std::size_t(1));
            QVERIFY(plan.frames[0].box == plan.printable);
            QVERIFY(inside(plan.frames[0].crop));
        }
    }

    void landscapePhotosAreTurnedClockwise() {
        QCOMPARE(planned(product(4, 6), rx1(), {6000, 4000}).turn, Orientation::Rotate90);
        QCOMPARE(planned(product(4, 6), rx1(), {4000, 6000}).turn, Orientation::Upright);
        QCOMPARE(planned(product(4, 6), rx1(), {5000, 5000}).turn, Orientation::Upright);
        // The wanted part decides, not the photo: an upright part of a landscape photo stays upright.
        Placement part;
        part.crop = render::Crop{0.3, 0, 4000.0 * 2 / 3 / 6000, 1};
        QCOMPARE(planned(product(4, 6), rx1(), {6000, 4000}, part).turn, Orientation::Upright);
    }

    void turnedPhotosShowTheirLeftEdgeAtTheTopOfTheRaster() {
        // Clockwise: the photo's left edge becomes the raster's top, its bottom the raster's left.
        Placement part;
        part.crop = render::Crop{0, 0.25, 0.5, 0.5};  // at the left edge, 3000 x 2000 of 6000 x 4000
        const PagePlan plan = planned(product(4, 6), rx1(), {6000, 4000}, part);
        const render::Crop& c = plan.frames[0].crop;
        QCOMPARE(c.left, 0.0);                     // no photo beyond the left edge: moved, so the raster's top shows it
        QVERIFY(c.width > 0.5 && c.height > 0.5);  // widened by the overscan
        QVERIFY(near(c.top + c.height / 2, 0.5, 1e-9));
        // 3000 photo pixels on 6 inches; 1844 dots reach 22 / 300 inch further at both ends.
        QVERIFY(near(c.width * 6000, 3000.0 * 1844 / 1800, 0.05));
    }

    void wantedPartIsWhatIsSeenWhenThePhotoHasMoreToShow() {
        Placement part;
        part.crop = render::Crop{0.25, 0.25, 0.5, 0.5};
        const PagePlan plan = planned(product(4, 6), rx1(), {4000, 6000}, part);
        const Seen s = seen(plan, 0);
        QVERIFY(near(s.left, 0.25, 1e-5) && near(s.right, 0.75, 1e-5));
        QVERIFY(near(s.top, 0.25, 1e-5) && near(s.bottom, 0.75, 1e-5));
        QVERIFY(near(plan.photoDpi, 2000 / 4.0, 0.01));
        QVERIFY(near(plan.lostPercent, 75, 0.01));
    }

    void wantedPartsAtEveryEdgeAndCornerStayInsideThePhoto() {
        const PixelSize photo{4000, 6000};
        for (const double left : {0.0, 0.25, 0.5}) {
            for (const double top : {0.0, 0.25, 0.5}) {
                Placement part;
                part.crop = render::Crop{left, top, 0.5, 0.5};
                const PagePlan plan = planned(product(4, 6), rx1(), photo, part);
                QVERIFY(inside(plan.frames[0].crop));
                const Seen s = seen(plan, 0);
                // The same size is seen; at an edge it is moved by the overscan (1.69 of 101.6 mm, 1.86 of 152.4 mm).
                QVERIFY(near(s.right - s.left, 0.5, 1e-5) && near(s.bottom - s.top, 0.5, 1e-5));
                const double moveX = left == 0 ? 1 : left == 0.5 ? -1 : 0, moveY = top == 0 ? 1 : top == 0.5 ? -1 : 0;
                QVERIFY(near(s.left - left, moveX * 0.5 * 20 / 1200, 1e-5));
                QVERIFY(near(s.top - top, moveY * 0.5 * 22 / 1800, 1e-5));
            }
        }
    }

    void aPartOfTheWrongShapeIsCorrectedAboutItsCentre() {
        Placement part;
        part.crop = render::Crop{0.2, 0.3, 0.4, 0.4};  // 1600 x 1600 wanted; 2:3 inside it is 1066.7 x 1600
        const PagePlan plan = planned(product(4, 6), rx1(), {4000, 4000}, part);
        const Seen s = seen(plan, 0);
        QVERIFY(near((s.left + s.right) / 2, 0.4, 1e-5) && near((s.top + s.bottom) / 2, 0.5, 1e-5));
        QVERIFY(near(s.bottom - s.top, 0.4, 1e-5) && near(s.right - s.left, 0.4 * 2 / 3, 1e-5));
    }

    void photoPixelsStaySquareWhateverTheDots() {
        std::mt19937 random(20261121);
        std::uniform_int_distribution<int> side(1, 12000);
        std::uniform_real_distribution<double> fraction(0.0, 1.0);
        for (int i = 0; i < 2000; ++i) {
            const PixelSize photo{side(random), side(random)};
            Placement placement;
            if (i % 2) {
                const double left = fraction(random) * 0.9, top = fraction(random) * 0.9;
                placement.crop = render::Crop{left, top, (1 - left) * (0.05 + 0.95 * fraction(random)),
                                              (1 - top) * (0.05 + 0.95 * fraction(random))};
            }
            const Medium media[] = {rx1(), rx1Fine(), rx1(2)};
            const Medium& m = media[i % 3];
            const PagePlan plan = planned(m.columns == 2 ? product(2, 6, 2) : product(4, 6), m, photo, placement);
            for (const render::Frame& f : plan.frames) {
                QVERIFY(inside(f.crop));
                QVERIFY2(aspectError(plan, f, photo) < 0.5, qPrintable(QString::number(i)));
            }
            for (std::size_t piece = 0; piece < plan.pieces.size(); ++piece) {
                const Seen s = seen(plan, piece);
                QVERIFY(s.left >= -1e-9 && s.top >= -1e-9 && s.right <= 1 + 1e-9 && s.bottom <= 1 + 1e-9);
            }
            QVERIFY(plan.photoDpi > 0 && plan.lostPercent >= 0 && plan.lostPercent <= 100);
        }
    }

    void dotsAlongTheFeedDoNotChangeWhatIsSeen() {
        for (const PixelSize photo : {PixelSize{4000, 6000}, {6000, 4000}, {5000, 5000}}) {
            const PagePlan coarse = planned(product(4, 6), rx1(), photo),
                           fine = planned(product(4, 6), rx1Fine(), photo);
            QVERIFY(near(coarse.frames[0].crop.left, fine.frames[0].crop.left, 1e-5));
            QVERIFY(near(coarse.frames[0].crop.height, fine.frames[0].crop.height, 1e-5));
            QVERIFY(near(coarse.photoDpi, fine.photoDpi, 0.05));
        }
    }

    void wholeShowsEverythingInsideTheTrim() {
        Placement whole;
        whole.fit = Fit::Whole;
        for (const Medium& m : {rx1(), rx1Fine()}) {
            for (const PixelSize photo :
                 {PixelSize{4000, 6000}, {6000, 4000}, {3000, 3000}, {5000, 1000}, {1000, 5001}}) {
                const PagePlan plan = planned(product(4, 6), m, photo, whole);
                const render::Frame& f = plan.frames.at(0);
                QVERIFY(f.crop == render::Crop{});
                QCOMPARE(plan.lostPercent, 0.0);
                const RealRect& t = plan.pieces[0].trim;
                QVERIFY(f.box.x >= t.x - 1e-3 && f.box.x + f.box.width <= t.x + t.width + 1e-3);
                QVERIFY(f.box.y >= t.y - 1e-3 && f.box.y + f.box.height <= t.y + t.height + 1e-3);
                // One axis is as large as the trim to the pixel, the other centred.
                QVERIFY(t.width - f.box.width < 2 || t.height - f.box.height < 2);
                QVERIFY(near(f.box.x + f.box.width / 2.0, t.x + t.width / 2, 1));
                QVERIFY(near(f.box.y + f.box.height / 2.0, t.y + t.height / 2, 1));
                // Square to half a device pixel of the shorter side of the box.
                const double perDot = cropWidth(f, photo) / f.box.width;
                QVERIFY(aspectError(plan, f, photo) <= 0.51 * std::max(perDot, cropWidth(f, photo) / f.box.height));
            }
        }
    }

    void wholeShowsAllOfTheWantedPart() {
        Placement whole;
        whole.fit = Fit::Whole;
        whole.crop = render::Crop{0.1, 0.2, 0.5, 0.25};
        const PagePlan plan = planned(product(4, 6), rx1(), {4000, 6000}, whole);
        QCOMPARE(plan.turn, Orientation::Rotate90);  // 2000 x 1500
        const render::Crop& c = plan.frames[0].crop;
        QVERIFY(near(c.left, 0.1, 1e-9) && near(c.top, 0.2, 1e-9) && near(c.width, 0.5, 1e-9) &&
                near(c.height, 0.25, 1e-9));
        QVERIFY(near(plan.lostPercent, 87.5, 1e-6));
    }

    void extremePanoramasKeepAtLeastOneRow() {
        Placement whole;
        whole.fit = Fit::Whole;
        const PagePlan plan = planned(product(4, 6), rx1(), {60000, 1}, whole);
        QCOMPARE(plan.frames[0].box.width, 1);
        const PagePlan filled = planned(product(4, 6), rx1(), {60000, 1});
        QVERIFY(inside(filled.frames[0].crop));
        QVERIFY(filled.lostPercent > 99);
        QCOMPARE(filled.sharpness, catalog::Sharpness::Poor);
    }

    void aBorderLeavesPaperAllAround() {
        catalog::Product p = product(4, 6);
        p.border = millimetres(5);
        for (const Fit fit : {Fit::Fill, Fit::Whole}) {
            Placement placement;
            placement.fit = fit;
            const PagePlan plan = planned(p, rx1(), {4000, 6000}, placement);
            const RealRect& t = plan.pieces[0].trim;
            const image::PixelRect& box = plan.frames[0].box;
            QVERIFY(mmX(plan, box.x - t.x) >= 5 - 1e-3 && mmX(plan, t.x + t.width - box.x - box.width) >= 5 - 1e-3);
            QVERIFY(mmY(plan, box.y - t.y) >= 5 - 1e-3 && mmY(plan, t.y + t.height - box.y - box.height) >= 5 - 1e-3);
            if (fit == Fit::Fill) {
                // 91.6 x 142.4 mm to the dot.
                QVERIFY(near(mmX(plan, box.width), 91.6, 0.17) && near(mmY(plan, box.height), 142.4, 0.17));
                QVERIFY(aspectError(plan, plan.frames[0], {4000, 6000}) < 0.5);
            }
        }
    }

    void aColouredBorderCoversAllThatTheKnifeMayReach() {
        catalog::Product p = product(4, 6);
        p.border = millimetres(5);
        QVERIFY(!planned(p, rx1(), {4000, 6000}).ground);  // white paper
        p.borderColour = Srgb{30, 42, 60};
        Placement drifted;
        drifted.offsetX = millimetres(1.2);
        drifted.extraOverscan = Edges::all(millimetres(-0.4));
        for (const Placement& placement : {Placement{}, Placement{.fit = Fit::Whole}, drifted}) {
            const PagePlan plan = planned(p, rx1(), {4000, 6000}, placement);
            QVERIFY(plan.ground == (render::Ground{{0, 38, 1240, 1844}, Srgb{30, 42, 60}}));
            // The border that is seen is as wide as it was sold: within a dot of 5 mm at all four trimmed edges.
            const RealRect& t = plan.pieces[0].trim;
            const image::PixelRect& box = plan.frames[0].box;
            const bool whole = placement.fit == Fit::Whole;
            for (const double seen : {mmX(plan, box.x - t.x), mmX(plan, t.x + t.width - box.x - box.width),
                                      mmY(plan, box.y - t.y), mmY(plan, t.y + t.height - box.y - box.height)})
                QVERIFY(seen >= 5 - 1e-3 && (whole || seen < 5.1));
        }
        // Between two pieces as well: the gutter is all border.
        catalog::Product two = product(4, 6, 2);
        two.border = p.border;
        two.borderColour = p.borderColour;
        const PagePlan plan = planned(two, rx1TwoUp(), {4000, 6000});
        QVERIFY(plan.ground && plan.ground->box == plan.printable);
        const image::PixelRect &a = plan.frames[0].box, &b = plan.frames[1].box;
        QVERIFY(near(mmY(plan, b.y - a.y - a.height), 5 + 4.911 + 5, 0.17));
    }

    void stripsMeetAtTheKnife() {
        for (const PixelSize photo : {PixelSize{2000, 6000}, {4000, 6000}, {6000, 2000}, {1000, 9000}}) {
            const PagePlan plan = planned(product(2, 6, 2), rx1(2), photo);
            QCOMPARE(plan.pieces.size(), std::size_t(2));
            QVERIFY(plan.frames[0].box == (image::PixelRect{0, 38, 620, 1844}));
            QVERIFY(plan.frames[1].box == (image::PixelRect{620, 38, 620, 1844}));
            for (std::size_t i = 0; i < 2; ++i) {
                const RealRect& t = plan.pieces[i].trim;
                QVERIFY(near(mmX(plan, t.width), 50.8, 0.01));
                QVERIFY(near(i == 0 ? t.x + t.width : t.x, 620, 0.01));
            }
        }
    }

    void bothStripsShowTheSameWantedPart() {
        Placement part;
        part.crop = render::Crop{0.3, 0.1, 0.2, 0.4};  // 800 x 2400 = 1:3
        const PagePlan plan = planned(product(2, 6, 2), rx1(2), {4000, 6000}, part);
        for (std::size_t i = 0; i < 2; ++i) {
            const Seen s = seen(plan, i);
            QVERIFY(near(s.left, 0.3, 1e-5) && near(s.right, 0.5, 1e-5));
            QVERIFY(near(s.top, 0.1, 1e-5) && near(s.bottom, 0.5, 1e-5));
        }
    }

    void piecesLieTheGutterApartAndTheirPicturesMeetInItsMiddle() {
        // The product is two portraits side by side, the medium two landscapes one above the other: the same sheet.
        const PagePlan plan = planned(product(4, 6, 2), rx1TwoUp(), {4000, 6000});
        QCOMPARE(plan.pieces.size(), std::size_t(2));
        QCOMPARE(plan.turn, Orientation::Rotate90);
        const RealRect &a = plan.pieces[0].trim, &b = plan.pieces[1].trim;
        for (const RealRect& t : {a, b}) {
            QVERIFY(near(mmX(plan, t.width), 152.4, 0.01) && near(mmY(plan, t.height), 101.6, 0.01));
            QVERIFY(near(mmX(plan, t.x - 38), 1.863, 0.01));
        }
        QVERIFY(near(mmY(plan, a.y), 1.693, 0.01));  // as a single 4x6 loses: 20 dots
        QVERIFY(near(mmY(plan, b.y - a.y - a.height), 4.911, 0.01));
        QVERIFY(near(mmY(plan, 2498 - b.y - b.height), 1.693, 0.01));
        // Each picture bleeds half the gutter beyond its trim, and no white is left between the two.
        QVERIFY(plan.frames[0].box == (image::PixelRect{38, 0, 1844, 1249}));
        QVERIFY(plan.frames[1].box == (image::PixelRect{38, 1249, 1844, 1249}));
        // Both show the same to within a dot, since both have the same room.
        const Seen first = seen(plan, 0), second = seen(plan, 1);
        QVERIFY(near(first.left, second.left, 1e-3) && near(first.right, second.right, 1e-3));
        QVERIFY(near(first.right - first.left, second.right - second.left, 1e-6));
    }

    void calibrationReachesEveryPiece() {
        Placement unit;
        unit.offsetX = millimetres(0.4);
        unit.offsetY = millimetres(-0.3);
        unit.extraOverscan = {millimetres(0.2), millimetres(0.1), millimetres(0), millimetres(0.3)};
        for (const auto& [p, m] : {std::pair{product(4, 6, 2), rx1TwoUp()}, std::pair{product(2, 6, 2), rx1(2)}}) {
            const PagePlan plain = planned(p, m, {4000, 6000}), moved = planned(p, m, {4000, 6000}, unit);
            // The knife cuts equal pieces: what a unit loses at the ends makes each of them a little smaller.
            const double shorterX = 0.2 / m.columns, shorterY = 0.4 / m.rows;
            for (std::size_t i = 0; i < plain.pieces.size(); ++i) {
                const auto column = static_cast<double>(m.columns > 1 ? i : 0);
                const auto row = static_cast<double>(m.rows > 1 ? i : 0);
                const PiecePlan &was = plain.pieces[i], &is = moved.pieces[i];
                QVERIFY(near(mmX(plain, is.trim.x - was.trim.x), 0.4 + 0.2 - column * shorterX, 0.01));
                QVERIFY(near(mmY(plain, is.trim.y - was.trim.y), -0.3 + 0.1 - row * shorterY, 0.01));
                QVERIFY(near(mmX(plain, was.trim.width - is.trim.width), shorterX, 0.01));
                QVERIFY(near(mmY(plain, was.trim.height - is.trim.height), shorterY, 0.01));
                QVERIFY(near(is.safe.x - is.trim.x, was.safe.x - was.trim.x, 1e-6));
                QVERIFY(near(is.safe.y - is.trim.y, was.safe.y - was.trim.y, 1e-6));
            }
        }
    }

    void calibrationMovesTheTrimByTheMillimetresGiven() {
        const PagePlan plain = planned(product(4, 6), rx1(), {4000, 6000});
        Placement unit;
        unit.offsetX = millimetres(0.5);
        unit.offsetY = millimetres(-0.8);
        const PagePlan moved = planned(product(4, 6), rx1(), {4000, 6000}, unit);
        const RealRect &a = plain.pieces[0].trim, &b = moved.pieces[0].trim;
        QVERIFY(near(mmX(moved, b.x - a.x), 0.5, 1e-3) && near(mmY(moved, b.y - a.y), -0.8, 1e-3));
        QVERIFY(near(b.width, a.width, 1e-6) && near(b.height, a.height, 1e-6));
        QVERIFY(moved.frames[0].box == plain.frames[0].box);  // the picture still covers everything

        Placement greedy;
        greedy.extraOverscan = {millimetres(0.3), millimetres(0), millimetres(0.1), millimetres(0.2)};
        const RealRect c = planned(product(4, 6), rx1(), {4000, 6000}, greedy).pieces[0].trim;
        QVERIFY(near(mmX(plain, c.x - a.x), 0.3, 1e-3) && near(c.y, a.y, 1e-6));
        QVERIFY(near(mmX(plain, a.x + a.width - c.x - c.width), 0.1, 1e-3));
        QVERIFY(near(mmY(plain, a.y + a.height - c.y - c.height), 0.2, 1e-3));
    }

    void aCalibratedUnitStillShowsTheWantedPart() {
        Placement unit;
        unit.crop = render::Crop{0.25, 0.25, 0.5, 0.5};
        unit.offsetX = millimetres(0.7);
        unit.offsetY = millimetres(-0.9);
        const Seen s = seen(planned(product(4, 6), rx1(), {4000, 6000}, unit), 0);
        QVERIFY(near(s.left, 0.25, 1e-5) && near(s.right, 0.75, 1e-5));
        QVERIFY(near(s.top, 0.25, 1e-5) && near(s.bottom, 0.75, 1e-5));
    }

    void almostSquarePaperNeedsNoTurn() {
        catalog::Product p = product(6, 6);
        Medium m = rx1();
        m.sheet = {millimetres(152), millimetres(152.4)};
        m.raster = {1836, 1920};
        m.overscan = derivedOverscan(m);
        QCOMPARE(planned(p, m, {6000, 4000}).turn, Orientation::Upright);
        QCOMPARE(planned(p, m, {4000, 6000}).turn, Orientation::Upright);
    }

    void calibrationBeyondTheRasterIsCoveredAsFarAsItGoes() {
        Medium exact = rx1();
        exact.raster = {1200, 1800};
        exact.deadTop = exact.deadBottom = 0;
        exact.overscan = {};
        Placement unit;
        unit.offsetX = millimetres(1);
        const PagePlan plan = planned(product(4, 6), exact, {4000, 6000}, unit);
        QVERIFY(plan.frames[0].box == (image::PixelRect{0, 0, 1200, 1800}));
        QVERIFY(near(mmX(plan, plan.pieces[0].trim.x), 1, 1e-3));
        unit.offsetX = millimetres(11);
        QCOMPARE(planPage(product(4, 6), exact, {10, 10}, unit).error().reason, std::string("bad-calibration"));
    }

    void theWrongMediumIsRefused() {
        const auto reason = [](const catalog::Product& p, const Medium& m) {
            const auto plan = planPage(p, m, {4000, 6000});
            return plan ? std::string("planned") : plan.error().reason;
        };
        QCOMPARE(reason(product(5, 7), rx1()), std::string("wrong-medium"));
        QCOMPARE(reason(product(4, 6), rx1(2)), std::string("wrong-medium"));    // would be cut in two
        QCOMPARE(reason(product(2, 6, 2), rx1()), std::string("wrong-medium"));  // would not be cut
        QCOMPARE(reason(product(4.03, 6), rx1()), std::string("planned"));       // 0.8 mm: the trade's 102 × 152
        QCOMPARE(reason(product(4.05, 6), rx1()), std::string("wrong-medium"));  // 1.3 mm
        QCOMPARE(planPage(product(5, 7), rx1(), {1, 1}).error().code, Code::Conflict);
    }

    void senselessInputIsRefused() {
        const auto reason = [](PixelSize photo, std::optional<render::Crop> crop) {
            Placement placement;
            placement.crop = crop;
            return planPage(product(4, 6), rx1(), photo, placement).error().reason;
        };
        QCOMPARE(reason({0, 10}, {}), std::string("photo-empty"));
        QCOMPARE(reason({10, 10}, render::Crop{0, 0, 0, 1}), std::string("bad-crop"));
        QCOMPARE(reason({10, 10}, render::Crop{0.5, 0, 0.6, 1}), std::string("bad-crop"));
        QCOMPARE(reason({10, 10}, render::Crop{std::numeric_limits<double>::quiet_NaN(), 0, 1, 1}),
                 std::string("bad-crop"));
    }

    void sharpnessIsJudgedOnPaper() {
        // 1240 photo pixels across 1240 dots: 300 an inch, less than which falls down the ladder 240/180/120.
        QVERIFY(near(planned(product(4, 6), rx1(), {1240, 1844}).photoDpi, 300, 0.01));
        QCOMPARE(planned(product(4, 6), rx1(), {1240, 1844}).sharpness, catalog::Sharpness::Sharp);
        QCOMPARE(planned(product(4, 6), rx1(), {620, 922}).sharpness, catalog::Sharpness::Soft);
        // Borderless loses 20 of 1240 columns and 22 of 1844 rows at each edge.
        QVERIFY(near(planned(product(4, 6), rx1(), {1240, 1844}).lostPercent,
                     100 * (1 - 1200.0 * 1800 / (1240.0 * 1844)), 0.01));
    }

    void filePagesAreExactlyTheirSize() {
        const auto page = planFilePage({millimetres(100), millimetres(150)}, Dpi{254}, {}, {3000, 2000});
        QVERIFY(page);
        QVERIFY(page->raster == (PixelSize{1500, 1000}));  // turned to suit the photo, at ten dots a millimetre
        QCOMPARE(page->turn, Orientation::Upright);
        QVERIFY(page->pieces[0].trim == (RealRect{0, 0, 1500, 1000}));
        QVERIFY(page->frames[0].box == (image::PixelRect{0, 0, 1500, 1000}));
        QVERIFY(near(page->photoDpi, 2000 / (100 / 25.4), 0.01));
        QVERIFY(near(page->lostPercent, 0, 1e-9));
        QCOMPARE(planFilePage({millimetres(100), millimetres(0)}, Dpi{300}, {}, {10, 10}).error().reason,
                 std::string("bad-size"));
        QCOMPARE(planFilePage({millimetres(9000), millimetres(9000)}, Dpi{300}, {}, {10, 10}).error().reason,
                 std::string("bad-size"));
    }
};

QTEST_GUILESS_MAIN(PagePlanTest)
#include "page_plan_test.moc"
