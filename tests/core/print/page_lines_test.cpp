// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a proof shows of the knife lies where this unit's knife is, in millimetres.
#include <QTest>
#include <cmath>

#include "core/print/calibration.h"
#include "core/print/page_lines.h"
#include "tests/core/print/sheets_of_rx1.h"

using namespace contone;
using namespace contone::print;
using namespace contone::testing;

namespace {

/// As a unit that cuts so much off lays it out.
PagePlan plannedFor(const Medium& m, const FourReadings& unit) {
    return planned(product(4.0 / m.columns, 6, m.columns), m, {4000, 6000}, {}, calibrationFrom(m, unit).value());
}

/// A page of one gray, with its lines.
image::Picture lined(const PagePlan& plan) {
    image::Picture page = image::Picture::ofSize(plan.raster, {image::Channels::Rgb, image::Depth::U8});
    std::ranges::fill(page.bytes, std::byte{200});
    drawPageLines(page, plan);
    return page;
}

int at(const image::Picture& page, double xMm, double yMm) {
    return page.strip().row<std::uint8_t>(int(yMm * 300 / 25.4))[int(xMm * 300 / 25.4) * 3];
}

constexpr int kDarkened = 82;  // 200 × 0.41
constexpr double dead = 38 * 25.4 / 300;

}  // namespace

class PageLinesTest : public QObject {
    Q_OBJECT
  private slots:
    void whatThisUnitCutsOffIsDark() {
        const FourReadings unit{millimetres(2.9), millimetres(1.2), millimetres(0.7), millimetres(2.8)};
        const image::Picture page = lined(plannedFor(rx1(), unit));
        const double wide = 1240 * 25.4 / 300, high = 1920 * 25.4 / 300;
        const double x = 20, y = 20;  // away from corners, and not on the lines
        QCOMPARE(at(page, 2.9 - 0.3, y), kDarkened);
        QCOMPARE(at(page, 2.9 + 0.3, y), 200);
        QCOMPARE(at(page, wide - 0.7 + 0.3, y), kDarkened);
        QCOMPARE(at(page, wide - 0.7 - 0.3, y), 200);
        QCOMPARE(at(page, x, dead + 1.2 - 0.3), kDarkened);
        QCOMPARE(at(page, x, dead + 1.2 + 0.3), 200);
        QCOMPARE(at(page, x, high - dead - 2.8 + 0.3), kDarkened);
        QCOMPARE(at(page, x, high - dead - 2.8 - 0.3), 200);
        QCOMPARE(at(page, x, dead - 0.3), 119);  // never printed
        QCOMPARE(at(page, x, high - dead + 0.3), 119);
    }

    void theTrimIsALineAndTheSafeAreaDashes() {
        const FourReadings unit{millimetres(2.9), millimetres(1.2), millimetres(0.7), millimetres(2.8)};
        const image::Picture page = lined(plannedFor(rx1(), unit));
        int white = 0, dark = 0;
        for (double y = dead + 10; y < 150; y += 0.5) {
            QCOMPARE(at(page, 2.9, y), 255);
            const int dash = at(page, 2.9 + 4, y);
            white += dash == 255;
            dark += dash == 60;
            QVERIFY(dash == 255 || dash == 60);
        }
        QVERIFY(white > 100 && dark > 100);
    }

    void piecesHaveTheirOwnLines() {
        // Two strips of 50.8 mm: the knife goes through the middle of the paper.
        const Medium strips = rx1(2);
        const Edges& o = strips.overscan;
        const image::Picture page = lined(plannedFor(strips, {o.left, o.top, o.right, o.bottom}));
        QCOMPARE(at(page, o.left.mm() + 50.8, 60), 255);
        QVERIFY(at(page, o.left.mm() + 50.8 - 4, 60) != 200 && at(page, o.left.mm() + 50.8 + 4, 60) != 200);
    }

    void aPageThatLosesNothingIsLeftAlone() {
        const PagePlan plan = planFilePage({inches(4), inches(6)}, Dpi{150}, {}, {400, 600}).value();
        for (const std::byte b : lined(plan).bytes) QCOMPARE(b, std::byte{200});
    }
};

QTEST_GUILESS_MAIN(PageLinesTest)
#include "page_lines_test.moc"
