// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The crop stays inside the photo and keeps its shape, whatever is done to it.
#include "ui/common/crop_model.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace contone;
using ui::CropModel;

class CropModelTest : public QObject {
    Q_OBJECT
  private slots:
    void theWholeWidthIsTakenWhereThePhotoIsTaller();
    void anyPanAndZoomStaysInsideAndKeepsTheShape();
    void zoomingAboutAPointLeavesThatPointWhereItIs();
    void anotherShapeKeepsTheCentre();
};

/// Width by height of the crop, in photo pixels.
static double shapeOf(const render::Crop& c, image::PixelSize photo) {
    return c.width * photo.width / (c.height * photo.height);
}

void CropModelTest::theWholeWidthIsTakenWhereThePhotoIsTaller() {
    CropModel model;
    model.setShape({3000, 4000}, 1.0);
    // A square on 3000 × 4000: all of the width, 3000/4000 of the height, an eighth left above and below.
    QCOMPARE(model.crop(), (render::Crop{0, 0.125, 1, 0.75}));
}

void CropModelTest::anyPanAndZoomStaysInsideAndKeepsTheShape() {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> step(-1.5, 1.5), zoom(0.2, 12);
    const image::PixelSize photo{6000, 4000};
    for (const double aspect : {1.5, 2.0 / 3, 1.0, 3.0, 0.2}) {
        CropModel model;
        model.setShape(photo, aspect);
        for (int i = 0; i < 2000; i++) {
            if (i % 3 == 0)
                model.zoomAbout(zoom(random), std::abs(step(random)) / 1.5, 0.3);
            else
                model.pan(step(random), step(random));
            const render::Crop c = model.crop();
            QVERIFY(c.left >= 0 && c.top >= 0 && c.left + c.width <= 1 + 1e-12 && c.top + c.height <= 1 + 1e-12);
            QVERIFY(std::abs(shapeOf(c, photo) / aspect - 1) < 1e-9);
            QVERIFY(model.zoom() >= 1 && model.zoom() <= CropModel::maxZoom);
        }
    }
}

void CropModelTest::zoomingAboutAPointLeavesThatPointWhereItIs() {
    CropModel model;
    model.setShape({6000, 4000}, 1.5);
    model.setZoom(3);
    const auto point = [&](double x, double y) {
        const render::Crop c = model.crop();
        return QPointF(c.left + x * c.width, c.top + y * c.height);
    };
    const QPointF before = point(0.25, 0.6);
    model.zoomAbout(5, 0.25, 0.6);
    const QPointF moved = point(0.25, 0.6) - before;
    QVERIFY(std::abs(moved.x()) < 1e-9 && std::abs(moved.y()) < 1e-9);
}

void CropModelTest::anotherShapeKeepsTheCentre() {
    CropModel model;
    model.setShape({6000, 4000}, 1.5);
    model.setZoom(4);
    model.pan(0.5, -0.5);
    const auto centre = [&] {
        const render::Crop c = model.crop();
        return QPointF(c.left + c.width / 2, c.top + c.height / 2);
    };
    const QPointF before = centre();
    model.setShape({6000, 4000}, 1.0);
    QCOMPARE(centre(), before);
}

QTEST_GUILESS_MAIN(CropModelTest)
#include "crop_model_test.moc"
