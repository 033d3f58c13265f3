// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where a photo lies on a sheet: crop, turn, square pixels, judged on paper.
#include <QTest>
#include <limits>
#include <random>

#include "tests/core/print/sheets_of_rx1.h"

using namespace contone;
using namespace contone::print;
using namespace contone::testing;

class PagePlanTest : public QObject {
    Q_OBJECT
  private slots:
    void landscapePhotosAreTurnedClockwise() {
        QCOMPARE(planned(product(4, 6), rx1(), {6000, 4000}).turn, Orientation::Rotate90);
        QCOMPARE(planned(product(4, 6), rx1(), {4000, 6000}).turn, Orientation::Upright);
        QCOMPARE(planned(product(4, 6), rx1(), {5000, 5000}).turn, Orientation::Upright);
        // The wanted part decides, not the photo: an upright part of a landscape photo stays upright.
        PhotoChoices part;
        part.crop = render::Crop{0.3, 0, 4000.0 * 2 / 3 / 6000, 1};
        QCOMPARE(planned(product(4, 6), rx1(), {6000, 4000}, part).turn, Orientation::Upright);
    }

    void turnedPhotosShowTheirLeftEdgeAtTheTopOfTheRaster() {
        // Clockwise: the photo's left edge becomes the raster's top, its bottom the raster's left.
        PhotoChoices part;
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
        PhotoChoices part;
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
                PhotoChoices part;
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
        PhotoChoices part;
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
            PhotoChoices choices;
            if (i % 2) {
                const double left = fraction(random) * 0.9, top = fraction(random) * 0.9;
                choices.crop = render::Crop{left, top, (1 - left) * (0.05 + 0.95 * fraction(random)),
                                            (1 - top) * (0.05 + 0.95 * fraction(random))};
            }
            const Medium media[] = {rx1(), rx1Fine(), rx1(2)};
            const Medium& m = media[i % 3];
            const PagePlan plan = planned(m.columns == 2 ? product(2, 6, 2) : product(4, 6), m, photo, choices);
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
        PhotoChoices whole;
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
        PhotoChoices whole;
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
        PhotoChoices whole;
        whole.fit = Fit::Whole;
        const PagePlan plan = planned(product(4, 6), rx1(), {60000, 1}, whole);
        QCOMPARE(plan.frames[0].box.width, 1);
        const PagePlan filled = planned(product(4, 6), rx1(), {60000, 1});
        QVERIFY(inside(filled.frames[0].crop));
        QVERIFY(filled.lostPercent > 99);
        QCOMPARE(filled.sharpness, catalog::Sharpness::Poor);
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

    void senselessInputIsRefused() {
        const auto reason = [](PixelSize photo, std::optional<render::Crop> crop) {
            PhotoChoices choices;
            choices.crop = crop;
            return planPage(product(4, 6), rx1(), photo, choices).error().reason;
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
