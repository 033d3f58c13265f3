// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Where the knife goes, in millimetres: trim, bleed, borders, pieces, gutters, and what one unit does differently.
#include <QTest>

#include "tests/core/print/sheets_of_rx1.h"

using namespace contone;
using namespace contone::print;
using namespace contone::testing;

class PageTrimTest : public QObject {
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

    void aBorderLeavesPaperAllAround() {
        catalog::Product p = product(4, 6);
        p.border = millimetres(5);
        for (const Fit fit : {Fit::Fill, Fit::Whole}) {
            const PagePlan plan = planned(p, rx1(), {4000, 6000}, {.fit = fit});
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
        const Calibration drifted{.offsetX = millimetres(1.2), .extraOverscan = Edges::all(millimetres(-0.4))};
        for (const auto& [fit, unit] : {std::pair{Fit::Fill, Calibration{}}, {Fit::Whole, {}}, {Fit::Fill, drifted}}) {
            const PagePlan plan = planned(p, rx1(), {4000, 6000}, {.fit = fit}, unit);
            QVERIFY(plan.ground == (render::Ground{{0, 38, 1240, 1844}, Srgb{30, 42, 60}}));
            // The border that is seen is as wide as it was sold: within a dot of 5 mm at all four trimmed edges.
            const RealRect& t = plan.pieces[0].trim;
            const image::PixelRect& box = plan.frames[0].box;
            const bool whole = fit == Fit::Whole;
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
        const PhotoChoices part{.crop = render::Crop{0.3, 0.1, 0.2, 0.4}};  // 800 x 2400 = 1:3
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
        const Calibration unit{millimetres(0.4),
                               millimetres(-0.3),
                               {millimetres(0.2), millimetres(0.1), millimetres(0), millimetres(0.3)}};
        for (const auto& [p, m] : {std::pair{product(4, 6, 2), rx1TwoUp()}, std::pair{product(2, 6, 2), rx1(2)}}) {
            const PagePlan plain = planned(p, m, {4000, 6000}), moved = planned(p, m, {4000, 6000}, {}, unit);
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
        const Calibration unit{millimetres(0.5), millimetres(-0.8), {}};
        const PagePlan moved = planned(product(4, 6), rx1(), {4000, 6000}, {}, unit);
        const RealRect &a = plain.pieces[0].trim, &b = moved.pieces[0].trim;
        QVERIFY(near(mmX(moved, b.x - a.x), 0.5, 1e-3) && near(mmY(moved, b.y - a.y), -0.8, 1e-3));
        QVERIFY(near(b.width, a.width, 1e-6) && near(b.height, a.height, 1e-6));
        QVERIFY(moved.frames[0].box == plain.frames[0].box);  // the picture still covers everything

        const Calibration greedy{{}, {}, {millimetres(0.3), millimetres(0), millimetres(0.1), millimetres(0.2)}};
        const RealRect c = planned(product(4, 6), rx1(), {4000, 6000}, {}, greedy).pieces[0].trim;
        QVERIFY(near(mmX(plain, c.x - a.x), 0.3, 1e-3) && near(c.y, a.y, 1e-6));
        QVERIFY(near(mmX(plain, a.x + a.width - c.x - c.width), 0.1, 1e-3));
        QVERIFY(near(mmY(plain, a.y + a.height - c.y - c.height), 0.2, 1e-3));
    }

    void aCalibratedUnitStillShowsTheWantedPart() {
        const PhotoChoices part{.crop = render::Crop{0.25, 0.25, 0.5, 0.5}};
        const Calibration unit{millimetres(0.7), millimetres(-0.9), {}};
        const Seen s = seen(planned(product(4, 6), rx1(), {4000, 6000}, part, unit), 0);
        QVERIFY(near(s.left, 0.25, 1e-5) && near(s.right, 0.75, 1e-5));
        QVERIFY(near(s.top, 0.25, 1e-5) && near(s.bottom, 0.75, 1e-5));
    }

    void calibrationBeyondTheRasterIsCoveredAsFarAsItGoes() {
        Medium exact = rx1();
        exact.raster = {1200, 1800};
        exact.deadTop = exact.deadBottom = 0;
        exact.overscan = {};
        Calibration unit{millimetres(1), {}, {}};
        const PagePlan plan = planned(product(4, 6), exact, {4000, 6000}, {}, unit);
        QVERIFY(plan.frames[0].box == (image::PixelRect{0, 0, 1200, 1800}));
        QVERIFY(near(mmX(plan, plan.pieces[0].trim.x), 1, 1e-3));
        unit.offsetX = millimetres(11);
        QCOMPARE(planPage(product(4, 6), exact, {10, 10}, {}, unit).error().reason, std::string("bad-calibration"));
        QCOMPARE(checkFits(product(4, 6), exact, unit).error().reason, std::string("bad-calibration"));
    }

    void theWrongMediumIsRefused() {
        const auto reason = [](const catalog::Product& p, const Medium& m) {
            const auto plan = planPage(p, m, {4000, 6000});
            const auto fits = checkFits(p, m);  // the photo makes no difference
            if (plan.has_value() != fits.has_value() || (!plan && plan.error().reason != fits.error().reason))
                return std::string("checkFits says otherwise");
            return plan ? std::string("planned") : plan.error().reason;
        };
        QCOMPARE(reason(product(5, 7), rx1()), std::string("wrong-medium"));
        QCOMPARE(reason(product(4, 6), rx1(2)), std::string("wrong-medium"));    // would be cut in two
        QCOMPARE(reason(product(2, 6, 2), rx1()), std::string("wrong-medium"));  // would not be cut
        QCOMPARE(reason(product(4.03, 6), rx1()), std::string("planned"));       // 0.8 mm: the trade's 102 × 152
        QCOMPARE(reason(product(4.05, 6), rx1()), std::string("wrong-medium"));  // 1.3 mm
        QCOMPARE(planPage(product(5, 7), rx1(), {1, 1}).error().code, Code::Conflict);
    }
};

QTEST_GUILESS_MAIN(PageTrimTest)
#include "page_trim_test.moc"
