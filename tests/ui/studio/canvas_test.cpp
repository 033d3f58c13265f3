// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The canvas puts each picture pixel on one screen pixel, unchanged, and its lines where the knife goes. CTest runs
// this at scale factors 1 and 1.5.
#include "ui/studio/canvas.h"

#include <QSignalSpy>
#include <QtTest>

#include <random>

#include "ui/studio/tokens.h"

using namespace contone;
using namespace contone::studio;

class CanvasTest : public QObject {
    Q_OBJECT
  private slots:
    void everyPixelArrivesUnchanged();
    void theSurroundIsNeutralMidGray();
    void trimAndSafeLinesLieWhereThePlanSays();
    void draggingMovesTheCropTheOtherWay();
    void oneToOneDraggingMovesTheView();
    void theWheelZoomsAboutThePointer();
    void theOldPictureStaysUntilTheNextIsThere();

  private:
    static ui::ViewPicture noise(int width, int height);
};

/// Random pixels: any scaling or conversion shows at once.
ui::ViewPicture CanvasTest::noise(int width, int height) {
    std::mt19937 random(1);
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) image.setPixel(x, y, 0xff000000u | (random() & 0xffffffu));
    print::PagePlan plan;
    plan.raster = {width, height};
    plan.printable = {0, 0, width, height};
    plan.pieces = {{{20, 10, width - 40.0, height - 20.0}, {50, 40, width - 100.0, height - 80.0}}};
    return {image, plan};
}

void CanvasTest::everyPixelArrivesUnchanged() {
    Canvas canvas;
    canvas.resize(641, 479);
    canvas.setOverlay(Overlay::Hidden);
    const ui::ViewPicture picture = noise(300, 201);
    canvas.setPicture(picture);
    const QImage grabbed = canvas.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QPoint at = canvas.origin().toPoint();
    QCOMPARE(QPointF(at), canvas.origin());
    int differing = 0;
    for (int y = 0; y < picture.image.height(); y++)
        for (int x = 0; x < picture.image.width(); x++)
            differing += grabbed.pixel(at.x() + x, at.y() + y) != picture.image.pixel(x, y);
    QCOMPARE(differing, 0);
}

void CanvasTest::theSurroundIsNeutralMidGray() {
    Canvas canvas;
    canvas.resize(400, 300);
    canvas.setPicture(noise(100, 100));
    QCOMPARE(canvas.grab().toImage().pixel(3, 3), tokens::surround.rgb());
}

void CanvasTest::trimAndSafeLinesLieWhereThePlanSays() {
    Canvas canvas;
    canvas.resize(641, 479);
    ui::ViewPicture picture = noise(300, 200);
    picture.image.fill(qRgb(10, 10, 10));
    canvas.setPicture(picture);
    const QImage grabbed = canvas.grab().toImage();
    const QPoint at = canvas.origin().toPoint();
    // Half way down: outside the trim darkened, a bright line at 20, then the picture, dashes at 50 further down.
    QVERIFY(qRed(grabbed.pixel(at.x() + 10, at.y() + 100)) < 10);
    QVERIFY(qRed(grabbed.pixel(at.x() + 20, at.y() + 100)) > 150);
    QCOMPARE(qRed(grabbed.pixel(at.x() + 35, at.y() + 100)), 10);
    int dashes = 0;
    for (int y = 45; y < 155; y++) dashes += qRed(grabbed.pixel(at.x() + 50, at.y() + y)) > 100;
    QVERIFY(dashes > 30 && dashes < 90);
}

void CanvasTest::draggingMovesTheCropTheOtherWay() {
    Canvas canvas;
    canvas.resize(640, 480);
    canvas.setPicture(noise(300, 200));
    QSignalSpy panned(&canvas, &Canvas::panned);
    QTest::mousePress(&canvas, Qt::LeftButton, {}, {320, 240});
    QMouseEvent move(QEvent::MouseMove, QPointF(346, 240), canvas.mapToGlobal(QPointF(346, 240)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(&canvas, &move);
    QCOMPARE(panned.count(), 1);
    // 26 logical pixels of a trim 260 screen pixels wide: a tenth of what is seen, times the scale factor.
    QCOMPARE(panned.first().at(0).toDouble(), -0.1 * canvas.devicePixelRatioF());
    QCOMPARE(panned.first().at(1).toDouble(), 0.0);
}

void CanvasTest::oneToOneDraggingMovesTheView() {
    Canvas canvas;
    canvas.resize(640, 480);
    canvas.setScale(Scale::Exact);
    canvas.setPicture(noise(900, 700));
    QSignalSpy panned(&canvas, &Canvas::panned);
    const QPointF before = canvas.origin();
    QTest::keyClick(&canvas, Qt::Key_Right);
    QCOMPARE(canvas.origin() - before, QPointF(-60, 0));
    QCOMPARE(panned.count(), 0);
}

void CanvasTest::theWheelZoomsAboutThePointer() {
    Canvas canvas;
    canvas.resize(640, 480);
    canvas.setPicture(noise(300, 200));
    QSignalSpy zoomed(&canvas, &Canvas::zoomed);
    const QPointF middle = (canvas.origin() + QPointF(150, 100)) / canvas.devicePixelRatioF();
    QWheelEvent wheel(middle, canvas.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&canvas, &wheel);
    QCOMPARE(zoomed.count(), 1);
    QVERIFY(zoomed.first().at(0).toDouble() > 1.1);
    QVERIFY(std::abs(zoomed.first().at(1).toDouble() - 0.5) < 0.01);
}

void CanvasTest::theOldPictureStaysUntilTheNextIsThere() {
    Canvas canvas;
    canvas.resize(640, 480);
    canvas.setOverlay(Overlay::Hidden);
    canvas.setPicture(noise(300, 200));
    const QImage before = canvas.grab().toImage();
    canvas.setScale(Scale::Exact);  // asked for, not there yet
    QCOMPARE(canvas.grab().toImage(), before);
}

QTEST_MAIN(CanvasTest)
#include "canvas_test.moc"
