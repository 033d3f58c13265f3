// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Scores, boxes and which of them are one face.
#include "core/vision/finder/sightings.h"

#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/file.h"
#include "core/vision/finder/flat_file.h"

using namespace contone;
using namespace contone::vision;

namespace {

Sighting seen(double x, double y, double side, double score) {
    Sighting s{{x, y}, {x + side, y + side}, {}, score};
    s.points.fill({x, y});
    return s;
}

struct Numbers {
    std::vector<float> boxes = std::vector<float>(std::size_t{grid} * grid * valuesOfBox, 0.0F);
    std::vector<float> logits = std::vector<float>(std::size_t{grid} * grid, -20.0F);
    void put(std::size_t cell, float logit, float width, float height) {
        logits[cell] = logit;
        boxes[cell * valuesOfBox + 2] = width;
        boxes[cell * valuesOfBox + 3] = height;
    }
    std::vector<Sighting> read(Place corner = {}, double square = squareSide, std::size_t room = 100) const {
        std::vector<Sighting> all;
        all.reserve(room);
        readSightings(boxes, logits, 0.5, corner, square, all);
        return all;
    }
};

}  // namespace

class SightingsTest : public QObject {
    Q_OBJECT
  private slots:
    void scoresAreTheLogisticFunction() {
        for (float x = -120; x <= 120; x += 0.37F) {
            const double due = 1 / (1 + std::exp(-static_cast<double>(x)));
            QVERIFY2(std::abs(scoreOf(x) - due) <= 0.5001 / 65536, qPrintable(QString::number(x)));
        }
        QCOMPARE(scoreOf(0), 0.5);
        QCOMPARE(scoreOf(std::numeric_limits<float>::infinity()), 1.0);
        QCOMPARE(scoreOf(-std::numeric_limits<float>::infinity()), 0.0);
    }
    void boxesStandAroundTheCentresOfCells() {
        Numbers numbers;
        numbers.put(grid * 2 + 3, 2.0F, 20, 10);
        const auto all = numbers.read({100, 50}, 2 * squareSide);
        QCOMPARE(all.size(), std::size_t{1});
        // Cell (3, 2) of 4 pixels: its centre is (14, 10); two pixels of the picture are one of the network.
        QCOMPARE(all[0].from.x, 100 + 2 * (14.0 - 10));
        QCOMPARE(all[0].to.x, 100 + 2 * (14.0 + 10));
        QCOMPARE(all[0].from.y, 50 + 2 * (10.0 - 5));
        QCOMPARE(all[0].points[0].x, 100 + 2 * 14.0);
    }
    void whatIsNoNumberOrNoBoxIsNoFace() {
        constexpr float none = std::numeric_limits<float>::quiet_NaN(), huge = std::numeric_limits<float>::infinity();
        Numbers numbers;
        numbers.put(1, none, 10, 10);
        numbers.put(2, huge, none, 10);
        numbers.put(3, 5, huge, 10);
        numbers.put(4, 5, -10, 10);
        numbers.put(5, 5, 10, 0);
        QVERIFY(numbers.read().empty());
        numbers.put(6, huge, 10, 10);
        QCOMPARE(numbers.read().size(), std::size_t{1});
    }
    void aFullListTakesNoMore() {
        Numbers numbers;
        for (std::size_t cell = 0; cell < numbers.logits.size(); ++cell) numbers.put(cell, 3, 4, 4);
        const auto all = numbers.read({}, squareSide, 10);
        QCOMPARE(all.size(), all.capacity());
    }
    void whatOverlapsBecomesItsWeightedMean() {
        std::vector<Sighting> all{seen(0, 0, 10, 0.5), seen(2, 0, 10, 0.9), seen(50, 50, 10, 0.7)};
        join(all);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].score, 0.9);
        QVERIFY(std::abs(all[0].from.x - 2 * 0.9 / 1.4) < 1e-9);
        QVERIFY(std::abs(all[0].points[3].x - 2 * 0.9 / 1.4) < 1e-9);
        QCOMPARE(all[1].from.x, 50.0);
        join(all);
        QCOMPARE(all.size(), std::size_t{2});
    }
    void neighboursThatHardlyOverlapStayTwo() {
        std::vector<Sighting> all{seen(0, 0, 10, 0.8), seen(6, 0, 10, 0.8)};  // 40 of 160: 0.25
        join(all);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].from.x, 0.0);  // of equals the left one comes first
    }
    void aPartOfAFaceIsLeftOut() {
        std::vector<Sighting> all{seen(0, 0, 20, 0.9), seen(12, 12, 8, 0.7), seen(18, 18, 10, 0.7)};
        join(all);
        QCOMPARE(all.size(), std::size_t{3});
        dropParts(all);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[1].from.x, 18.0);
    }
    void halvesAreReadAsTheyAre() {
        const auto half = [](unsigned bits) {
            const Bytes bytes{static_cast<std::byte>(bits & 255), static_cast<std::byte>(bits >> 8)};
            return float16At(bytes, 0);
        };
        QCOMPARE(half(0x3c00), 1.0F);
        QCOMPARE(half(0xc000), -2.0F);
        QCOMPARE(half(0x7bff), 65504.0F);
        QCOMPARE(half(0x0400), 0x1p-14F);
        QCOMPARE(half(0x0001), 0x1p-24F);
        QCOMPARE(half(0x8000), -0.0F);
        QVERIFY(std::isinf(half(0x7c00)) && std::isnan(half(0x7e00)));
    }
};

QTEST_APPLESS_MAIN(SightingsTest)
#include "sightings_test.moc"
