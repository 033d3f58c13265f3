// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What one printer cuts elsewhere than its model is seen before it is printed: pictures, trim and safe area move by
// those millimetres, in the fitting view and in the exact one; a coloured border runs on under the knife.
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

#include "core/image/file_sinks.h"
#include "tests/ui/shipped.h"
#include "ui/common/preview.h"
#include "ui/common/proof_target.h"
#include "ui/common/view_renderer.h"

using namespace contone;
using namespace contone::ui;

namespace {

constexpr image::PixelSize kRoom{900, 700};

/// Where pixels turn from dark to light on the way from (x, y) by (dx, dy), in pixels from there, between two centres.
double darkEnds(const QImage& image, int x, int y, int dx, int dy) {
    const auto value = [&](int i) { return qGreen(image.pixel(x + i * dx, y + i * dy)); };
    for (int i = 1; x + i * dx < image.width() && y + i * dy < image.height(); i++)
        if (value(i) >= 128) return i - (value(i) - 128.0) / (value(i) - value(i - 1)) + 0.5;
    return -1;
}

/// Millimetres of the whole sheet that the printer is sent.
struct Seen {
    double edgeX = 0, edgeY = 0;                ///< of the dark quarter in the photo
    double trimX = 0, trimY = 0, trimWide = 0;  ///< of the line
    double safeX = 0, safeY = 0;
};

}  // namespace

class CalibratedViewTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void picturesAndLinesMoveWithThePaper_data();
    void picturesAndLinesMoveWithThePaper();
    void aLargerPrintShowsLess();
    void aColouredBorderRunsOnUnderTheKnife_data();
    void aColouredBorderRunsOnUnderTheKnife();

  private:
    ProofTarget target(Length offsetX, Length offsetY, Edges extra) const;
    ViewPicture view(const ProofTarget& target, const catalog::Product& product, std::optional<image::PixelSize> room);
    Seen seen(const ProofTarget& target, std::optional<image::PixelSize> room);
    QTemporaryDir m_dir;
    decode::Decoder m_decoder{shippedDecoder()};
    std::optional<catalog::Catalog> m_catalog;
    Models m_models;
    Path m_photo;
};

void CalibratedViewTest::initTestCase() {
    auto catalog = catalog::Catalog::load(shippedShare());
    QVERIFY(catalog.has_value());
    m_catalog = std::move(*catalog);
    auto models = printers::loadModels(shippedShare());
    QVERIFY(models.has_value());
    m_models = std::move(*models);
    // A landscape photo whose left top quarter is black, the rest white.
    image::Picture photo = image::Picture::ofSize({1800, 1200}, {image::Channels::Rgb, image::Depth::U8});
    for (int y = 0; y < 1200; y++)
        for (int x = 0; x < 1800 * 3; x++) photo.strip().row<std::uint8_t>(y)[x] = y < 600 && x < 900 * 3 ? 0 : 255;
    m_photo = m_dir.filePath("quarter.png").toStdString();
    const auto sink = image::pngFileSink(m_photo);
    QVERIFY(sink->begin({photo.size, photo.format}) && sink->write(photo.strip()) && sink->finish());
}

/// 4 × 6 of the DNP DS-RX1: 1240 × 1920 at 300 dpi, portrait, 38 unprintable rows at both ends.
ProofTarget CalibratedViewTest::target(Length offsetX, Length offsetY, Edges extra) const {
    print::PrinterSetup setup;
    setup.name = "counter";
    setup.model = "dnp-rx1";
    setup.medium = "4x6";
    setup.calibration = {offsetX, offsetY, extra};
    const icc::Profile profile = icc::Profile::syntheticPhotoRgb();
    setup.profile = profile.hash();
    return {print::PrintTarget::create(setup, m_models).value(), profile, InShop::Yes};
}

ViewPicture CalibratedViewTest::view(const ProofTarget& target, const catalog::Product& product,
                                     std::optional<image::PixelSize> room) {
    const auto report = inspect::inspectPhoto(m_decoder, m_photo, *m_catalog).value();
    // Zoomed in a little: there is more of the photo on all sides than the print shows.
    const order::PhotoChoices choices{.crop = render::Crop{0.1, 0.1, 0.8, 0.8}};
    const print::PhotoPage page = target.printer.page(product, report.original, report.facts, choices).value();
    const ViewRequest request{.file = m_photo,
                              .photo = std::make_shared<inspect::PhotoReport>(report),
                              .page = room ? scaledPage(page, *room) : page,
                              .grade = room ? view::Grade::Preview : view::Grade::Settled,
                              .output = target.profile,
                              .monitor = icc::Profile::srgb()};
    return ViewRenderer(m_decoder, {}, 2).render(request, {}).value();
}

Seen CalibratedViewTest::seen(const ProofTarget& target, std::optional<image::PixelSize> room) {
    const ViewPicture shown = view(target, m_catalog->product("10x15").value(), room);
    const int w = shown.image.width(), h = shown.image.height();
    const double mm = 1920 * 25.4 / 300 / w;  // upright, the raster's 1920 rows run across
    const print::PiecePlan& piece = shown.plan.pieces.front();
    return {darkEnds(shown.image, w / 4, h / 4, 1, 0) * mm + (w / 4) * mm,
            darkEnds(shown.image, w / 4, h / 4, 0, 1) * mm + (h / 4) * mm,
            piece.trim.x * mm,
            piece.trim.y * mm,
            piece.trim.width * mm,
            piece.safe.x * mm,
            piece.safe.y * mm};
}

void CalibratedViewTest::picturesAndLinesMoveWithThePaper_data() {
    QTest::addColumn<bool>("fitting");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("exact") << false << 0.03;
    QTest::newRow("fitting") << true << 0.06;  // a pixel is 0.18 mm
}

void CalibratedViewTest::picturesAndLinesMoveWithThePaper() {
    QFETCH(bool, fitting);
    QFETCH(double, tolerance);
    const auto room = fitting ? std::optional(kRoom) : std::nullopt;
    const Seen model = seen(target({}, {}, {}), room);
    const Seen unit = seen(target(millimetres(1.0), millimetres(-0.6), {}), room);
    // A landscape photo is turned by 90° clockwise onto the raster: what is right there is up here, down there is
    // right.
    const auto moved = [&](double was, double is, double by) { return std::abs(is - was - by) < tolerance; };
    QVERIFY(moved(model.trimX, unit.trimX, -0.6) && moved(model.trimY, unit.trimY, -1.0));
    QVERIFY(moved(model.safeX, unit.safeX, -0.6) && moved(model.safeY, unit.safeY, -1.0));
    QVERIFY2(moved(model.edgeX, unit.edgeX, -0.6), qPrintable(QString::number(unit.edgeX - model.edgeX)));
    QVERIFY2(moved(model.edgeY, unit.edgeY, -1.0), qPrintable(QString::number(unit.edgeY - model.edgeY)));
    // The photo's middle is the middle of the paper either way.
    QVERIFY(std::abs(unit.edgeX - unit.trimX - unit.trimWide / 2) < 0.1);
    QVERIFY(std::abs(unit.safeX - unit.trimX - 4) < 0.05);  // resources/products/10x15.toml
}

void CalibratedViewTest::aLargerPrintShowsLess() {
    const Length more = millimetres(0.5);
    const Seen model = seen(target({}, {}, {}), std::nullopt), unit = seen(target({}, {}, {{}, more, {}, more}), {});
    // 0.5 mm more at top and bottom of the raster, which lie left and right here.
    QVERIFY(std::abs(unit.trimX - model.trimX - 0.5) < 0.005);
    QVERIFY(std::abs(unit.trimWide - model.trimWide + 1.0) < 0.005);
    QVERIFY(std::abs(unit.edgeX - model.edgeX) < 0.03);
}

void CalibratedViewTest::aColouredBorderRunsOnUnderTheKnife_data() {
    QTest::addColumn<bool>("fitting");
    QTest::newRow("exact") << false;
    QTest::newRow("fitting") << true;
}

/// The largest difference of a channel, of 255.
static int apart(QRgb a, QRgb b) {
    return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

void CalibratedViewTest::aColouredBorderRunsOnUnderTheKnife() {
    QFETCH(bool, fitting);
    catalog::Product product = m_catalog->product("10x15").value();
    product.border = millimetres(5);
    product.borderColour = Srgb{0x1e, 0x5a, 0x3c};
    const ViewPicture shown =
        view(target(millimetres(0.7), {}, {}), product, fitting ? std::optional(kRoom) : std::nullopt);
    const image::PixelRect& sheet = shown.plan.printable;
    const print::RealRect& trim = shown.plan.pieces.front().trim;
    // Half way between trim and photo.
    const QRgb border =
        shown.image.pixel(int(trim.x + trim.width / 2), int(trim.y + 2.5 / 5 * trim.height * 5 / 101.6));
    QVERIFY(qGreen(border) > qRed(border) + 30 && qGreen(border) < 140);
    for (const int x : {sheet.x, sheet.x + sheet.width / 2, sheet.x + sheet.width - 1})
        for (const int y : {sheet.y, sheet.y + sheet.height - 1})
            QVERIFY2(apart(shown.image.pixel(x, y), border) <= 3, "the border is one colour, dithered (decision 0020)");
    QVERIFY(sheet.x > 0 && apart(shown.image.pixel(0, 0), border) > 30);  // nothing where nothing can be printed
}

QTEST_GUILESS_MAIN(CalibratedViewTest)
#include "calibrated_view_test.moc"
