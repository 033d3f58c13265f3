// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One photo for one printer is the same page, byte by byte, through every door: the shop that prints it, the command
// line, the studio and the demo. The printer is calibrated, sharpens, and prints a product with a coloured border too.
#include <QElapsedTimer>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "app/demo/promised_page.h"
#include "app/host/shop_host.h"
#include "tests/app/cli/cli_bench.h"
#include "tests/places.h"
#include "tests/ui/shipped.h"
#include "ui/common/session.h"

using namespace contone;
using ui::photoFile, ui::shippedDecoder, ui::shippedShare;

namespace {

constexpr const char* setupName = "counter";

/// RGB, 8 bits, of a picture file.
image::Picture pictureIn(const Path& png) {
    const QImage image = QImage(QString::fromStdString(png.string())).convertToFormat(QImage::Format_RGB888);
    image::Picture out =
        image::Picture::ofSize({image.width(), image.height()}, {image::Channels::Rgb, image::Depth::U8});
    for (int y = 0; y < image.height(); y++)
        std::copy_n(image.constScanLine(y), std::size_t(image.width()) * 3, out.strip().row<std::uint8_t>(y));
    return out;
}

}  // namespace

class FourDoorsTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        // The products that ship, and one with a coloured border.
        const Path share = m_dir.filePath("share").toStdString();
        std::filesystem::copy(shippedShare(), share, std::filesystem::copy_options::recursive);
        const std::string plain = readTextFile(share / "products" / "10x15.toml", 10'000).value();
        std::string bordered = plain;
        bordered.replace(bordered.find("\"10x15\""), 7, "\"10x15-framed\"");
        bordered.replace(bordered.find("safe_mm"), 0, "border_mm = 5\nborder_colour = \"#1e3a6c\"\n");
        QVERIFY(writeFileDurably(share / "products" / "10x15-framed.toml", bordered).has_value());
        std::string prices = readTextFile(share / "prices" / "standard.toml", 100'000).value();
        const std::string framed =
            "{ id = \"10x15-framed\", tax = \"standard\", prices = [{ from = 1, cents = 99 }] },\n    ";
        prices.insert(prices.find("{ id = \"10x15\""), framed);
        QVERIFY(writeFileDurably(share / "prices" / "standard.toml", prices).has_value());
        m_places = {m_dir.filePath("home").toStdString(), share, contone::tests::programFolder};
        auto catalog = catalog::Catalog::load(share);
        QVERIFY2(catalog, catalog ? "" : catalog.error().message.c_str());
        m_catalog = *std::move(catalog);
        m_models = printers::loadModels(share).value();
        setUp();
    }

    void thePageIsTheSame_data() {
        QTest::addColumn<QString>("photo");
        QTest::addColumn<QString>("product");
        QTest::newRow("landscape") << "Landscape_6.jpg" << "10x15";
        QTest::newRow("portrait, bordered") << "hopper.jpg" << "10x15-framed";
    }

    void thePageIsTheSame() {
        QFETCH(QString, photo);
        QFETCH(QString, product);
        const Path file = photoFile(qPrintable(photo));
        const image::Picture studio = throughTheStudio(file, product.toStdString());
        QVERIFY(studio.size.width == 1240 && studio.size.height == 1920);  // 4x6 of the DNP DS-RX1
        QVERIFY(throughTheDemo(file, product.toStdString()) == studio);
        QVERIFY(throughTheCommandLine(file, product) == studio);
        QVERIFY(throughTheShop(file, product.toStdString()) == studio);
        // The calibration is in it: without it the page is another one.
        print::PrinterSetup asModel = m_setup;
        asModel.calibration = {};
        QVERIFY(throughTheDemo(file, product.toStdString(), asModel) != studio);
    }

    /// A page for a file has the product's border, as the page for a printer has.
    void aProfileAloneKeepsTheProductsBorder() {
        const testing::Outcome done = run({"render", QString::fromStdString(photoFile("hopper.jpg").string()),
                                           "--product", "10x15-framed", "--profile", "srgb", "-o", at("framed.png")});
        QVERIFY2(done.code == 0, done.err.constData());
        const QImage page(at("framed.png"));
        // 5 mm at 300 dpi are 59 dots; the border's colour is sRGB's own here.
        for (const QPoint point : {QPoint(0, 0), QPoint(30, page.height() / 2), QPoint(page.width() - 1, 57)})
            QCOMPARE(page.pixelColor(point), QColor(0x1e, 0x3a, 0x6c));
        QVERIFY(page.pixelColor(page.width() / 2, page.height() / 2) != QColor(0x1e, 0x3a, 0x6c));
    }

  private:
    QString at(const QString& name) const { return m_dir.filePath(name); }

    testing::Outcome run(const QStringList& arguments) const {
        QProcess process;
        process.start(QString(contone::tests::programFolder) + "/contone",
                      QStringList{"--home", at("home"), "--share", at("share")} + arguments);
        if (!process.waitForFinished(60000)) qFatal("contone did not end");
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    void setUp() {
        const auto host = app::ShopHost::open({m_places, m_decoder, Log::toStderr(Log::Level::Error)}).value();
        shop::SaveSetup setup;
        setup.name = setupName;
        setup.route = {print::RouteKind::Sim, at("tray").toStdString()};
        setup.model = "dnp-rx1";
        setup.medium = "4x6";
        setup.intent = icc::Intent::Perceptual;
        setup.sharpen = render::SharpenLevel::Standard;
        setup.calibration = {millimetres(0.7), millimetres(-0.5), {millimetres(0.2), {}, millimetres(0.2), {}}};
        const auto saved = host->shop().ask(setup);
        QVERIFY2(saved, saved ? "" : saved.error().message.c_str());
        m_setup = host->shop().ask(shop::VerifySetup{setupName}).value();
        QVERIFY(m_setup.verification && m_setup.verification->passed);
        const Bytes profile = host->shop().ask(shop::ShowSetupProfile{setupName}).value().profile;
        m_profile = icc::Profile::fromBytes(profile).value();
    }

    /// Ordered and printed: the picture of the sheet in the tray.
    image::Picture throughTheShop(const Path& file, const std::string& product) {
        const auto host = app::ShopHost::open({m_places, m_decoder, Log::toStderr(Log::Level::Error)}).value();
        shop::Shop& shop = host->shop();
        shop::PlaceOrder order;
        order.lines.push_back({shop::addOriginal(shop, file).value(), file.filename().string(), product, 1, {}});
        shop::PrintOrder wanted{.order = shop.ask(order).value().id, .setup = setupName};
        wanted.accepted = shop.ask(shop::CheckOrder{wanted.order, setupName}).value().toAccept;  // they are small
        const auto job = shop.ask(wanted).value();
        host->startPrinting();
        const auto sheet = [&] { return shop::askAll(shop, shop::ListSheets{.job = job.id}).value().front(); };
        if (!QTest::qWaitFor([&] { return print::isFinal(sheet().state); }, 60000)) return {};
        const Path png = Path(m_setup.route.uri) / ("sheet-" + sheet().attempt.toString() + ".png");
        const image::Picture paper = pictureIn(png);
        return image::rasterHash(paper) == sheet().raster ? paper : image::Picture{};
    }

    image::Picture throughTheCommandLine(const Path& file, const QString& product) const {
        const testing::Outcome done = run({"render", QString::fromStdString(file.string()), "--product", product,
                                           "--setup", setupName, "-o", at("page.png"), "--overwrite"});
        if (done.code != 0) qFatal("%s", done.err.constData());
        return pictureIn(at("page.png").toStdString());
    }

    /// The device pixels behind the studio's settled view.
    image::Picture throughTheStudio(const Path& file, const std::string& product) {
        ui::Session session(m_catalog, m_models, m_decoder);
        session.setTargets({{print::PrintTarget::create(m_setup, m_models).value(), *m_profile, ui::InShop::Yes}});
        session.setProduct(product);
        session.open({file});
        if (!QTest::qWaitFor([&] { return session.photo()->report != nullptr; }, 20000)) return {};
        const auto shown =
            session.request(ui::View::Proof, icc::ProofTransform::Simulate::Adapted, icc::Profile::srgb(), {});
        image::PictureSink sink;
        const auto rendered = render::renderPage(
            shown->page.recipe, inspect::ingredientsFrom(m_decoder, {file}, shown->output, nullptr), sink);
        return rendered ? sink.picture() : image::Picture{};
    }

    image::Picture throughTheDemo(const Path& file, const std::string& product,
                                  std::optional<print::PrinterSetup> setup = {}) {
        const auto target = print::PrintTarget::create(setup.value_or(m_setup), m_models).value();
        return demo::promisedPage({m_decoder, m_catalog, target, *m_profile, nullptr}, file, product).value().pixels;
    }

    QTemporaryDir m_dir;
    app::Places m_places;
    decode::Decoder m_decoder{shippedDecoder()};
    catalog::Catalog m_catalog;
    print::Models m_models;
    print::PrinterSetup m_setup;
    std::optional<icc::Profile> m_profile;
};

QTEST_GUILESS_MAIN(FourDoorsTest)
#include "four_doors_test.moc"
