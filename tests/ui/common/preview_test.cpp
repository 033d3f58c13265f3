// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A preview shows the same millimetres as the sheet, upright and smaller.
#include "ui/common/preview.h"

#include <QtTest>

#include <cmath>

#include "tests/ui/shipped.h"

using namespace contone;

class PreviewTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void aTurnedPageIsShownUpright();
    void scalingKeepsMillimetresToHalfAPixel();
    void piecesStillMeetAtTheKnife();
    void nothingIsEnlarged();

  private:
    print::PagePlan plan(const char* model, const char* medium, const char* product, image::PixelSize photo) const;
    std::optional<catalog::Catalog> m_catalog;
    print::Models m_models;
};

void PreviewTest::initTestCase() {
    auto catalog = catalog::Catalog::load(ui::shippedShare());
    QVERIFY(catalog.has_value());
    m_catalog = std::move(*catalog);
    auto models = printers::loadModels(ui::shippedShare());
    QVERIFY(models.has_value());
    m_models = std::move(*models);
}

print::PagePlan PreviewTest::plan(const char* model, const char* medium, const char* product,
                                  image::PixelSize photo) const {
    return print::planPage(m_catalog->product(product).value(), *m_models.at(model).medium(medium), photo).value();
}

void PreviewTest::aTurnedPageIsShownUpright() {
    // A landscape photo on the DS620's portrait 4 × 6 in raster, 1240 × 1920 with 38 dead rows at both ends.
    const print::PagePlan device = plan("dnp-ds620", "4x6", "10x15", {6000, 4000});
    QCOMPARE(device.turn, image::Orientation::Rotate90);
    const print::PagePlan shown = ui::uprightPlan(device);
    QCOMPARE(shown.raster, (image::PixelSize{1920, 1240}));
    QCOMPARE(shown.printable, (image::PixelRect{38, 0, 1844, 1240}));
    QCOMPARE(shown.frames.front().turn, image::Orientation::Upright);
    QCOMPARE(shown.frames.front().crop, device.frames.front().crop);
    // The trim is what is left of the printable area: 6 × 4 in at 300 dpi.
    const print::RealRect& trim = shown.pieces.front().trim;
    QVERIFY(std::abs(trim.width - 1800) < 0.1 && std::abs(trim.height - 1200) < 0.1);
    QVERIFY(std::abs(ui::uprightAspect(device) - 1.5) < 1e-3);
}

void PreviewTest::scalingKeepsMillimetresToHalfAPixel() {
    const print::PagePlan page = ui::uprightPlan(plan("dnp-ds620", "4x6", "10x15", {6000, 4000}));
    for (const image::PixelSize room : {image::PixelSize{800, 600}, {1203, 777}, {97, 311}}) {
        const print::PagePlan shown = ui::scaledPlan(page, room);
        QVERIFY(shown.raster.width <= room.width && shown.raster.height <= room.height);
        const double perPixelX = page.raster.width * 25.4 / 300 / shown.raster.width;  // mm
        const double perPixelY = page.raster.height * 25.4 / 300 / shown.raster.height;
        const auto &was = page.pieces.front(), &is = shown.pieces.front();
        QVERIFY(std::abs(is.trim.x * perPixelX - was.trim.x * 25.4 / 300) < 0.001);
        QVERIFY(std::abs(is.safe.height * perPixelY - was.safe.height * 25.4 / 300) < 0.001);
        // The safe area lies 4 mm inside (resources/products/10x15.toml).
        QVERIFY(std::abs((is.safe.x - is.trim.x) * perPixelX - 4.0) < 0.01);
        const auto &boxWas = page.frames.front().box, &box = shown.frames.front().box;
        QVERIFY(std::abs(box.x * perPixelX - boxWas.x * 25.4 / 300) <= perPixelX / 2 + 1e-9);
        QVERIFY(std::abs((box.x + box.width) * perPixelX - (boxWas.x + boxWas.width) * 25.4 / 300) <=
                perPixelX / 2 + 1e-9);
    }
}

void PreviewTest::piecesStillMeetAtTheKnife() {
    const print::PagePlan shown =
        ui::scaledPlan(ui::uprightPlan(plan("dnp-ds620", "2x6x2", "strip-5x15", {2000, 6000})), {501, 777});
    QCOMPARE(shown.frames.size(), std::size_t(2));
    QCOMPARE(shown.frames[0].box.x + shown.frames[0].box.width, shown.frames[1].box.x);
}

void PreviewTest::nothingIsEnlarged() {
    const print::PagePlan page = ui::uprightPlan(plan("generic-ipp-photo", "4x6", "10x15", {2000, 3000}));
    QCOMPARE(ui::scaledPlan(page, {5000, 5000}).raster, page.raster);
    QCOMPARE(ui::scaledPlan(page, {0, 0}).raster, (image::PixelSize{1, 1}));
}

QTEST_GUILESS_MAIN(PreviewTest)
#include "preview_test.moc"
