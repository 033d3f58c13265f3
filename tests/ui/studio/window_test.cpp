// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The window as staff uses it: open, proof, order, print, say what became of a sheet.
#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QtTest>

#include "tests/ui/fake_shop.h"
#include "tests/ui/shipped.h"
#include "ui/studio/main_window.h"
#include "ui/studio/print_room_panel.h"
#include "ui/studio/style.h"

using namespace contone;
using namespace contone::studio;

class WindowTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void withoutAServerItStillOpensAndProofs();
    void aBadFileIsASentenceAndTheOthersGoOn();
    void oneToOneIsThePrintersPagePixelForPixel();
    void theKeyPTogglesOriginalAndProof();
    void croppingChangesTheVerdict();
    void lightAndColoursAreChangedAndComeBack();
    void ordersPrintsAndSettlesASheet();
    void whatMayBeWorthlessIsPrintedOnASecondPress();
    void thePrintRoomShowsPrintersAndTakesAWord();
    void anotherIntentThanTheSetupsCannotPrintUnnoticed();
    void aServerThatGoesAwayIsSaidAndComesBack();
    void everyControlHasAName();

  private:
    std::unique_ptr<MainWindow> newWindow(std::shared_ptr<shop::Shop> shop = nullptr) const;
    static void openAndSettle(MainWindow& window, const std::vector<Path>& files);
    static QString allText(const QWidget& window);
    template <class Button>
    static Button* find(const QWidget& window, const QString& text);
    static QSlider* sliderOf(const QWidget& window, const QString& name);
    mutable decode::Decoder m_decoder{ui::shippedDecoder()};
    std::optional<catalog::Catalog> m_catalog;
    pricing::PriceList m_prices;
    ui::Models m_models;
};

void WindowTest::initTestCase() {
    applyStyle(*qApp);
    auto catalog = catalog::Catalog::load(ui::shippedShare());
    QVERIFY(catalog.has_value());
    m_catalog = std::move(*catalog);
    m_prices = pricing::PriceList::read(ui::shippedShare() / "prices" / "standard.toml", *m_catalog).value();
    auto models = printers::loadModels(ui::shippedShare());
    QVERIFY(models.has_value());
    m_models = std::move(*models);
}

std::unique_ptr<MainWindow> WindowTest::newWindow(std::shared_ptr<shop::Shop> shop) const {
    auto window = std::make_unique<MainWindow>(StudioParts{
        .catalog = *m_catalog,
        .decoder = m_decoder,
        .models = m_models,
        .shop = std::move(shop),
        .monitor = ui::monitorProfile({}, {}),
        .quoting = [this](const shop::QuoteOrder& order) { return pricing::quote(m_prices, order.cart(), {}); }});
    window->show();
    return window;
}

void WindowTest::openAndSettle(MainWindow& window, const std::vector<Path>& files) {
    QSignalSpy settled(&window, &MainWindow::settled);
    window.open(files);
    QVERIFY(settled.wait(20000));
}

QString WindowTest::allText(const QWidget& window) {
    QStringList texts;
    for (const QLabel* label : window.findChildren<QLabel*>())
        if (label->isVisibleTo(&window)) texts << label->text();
    return texts.join('\n');
}

/// The visible button with this text.
template <class Button>
Button* WindowTest::find(const QWidget& window, const QString& text) {
    for (Button* button : window.findChildren<Button*>())
        if (button->text() == text && button->isVisibleTo(&window)) return button;
    return nullptr;
}

void WindowTest::withoutAServerItStillOpensAndProofs() {
    const auto window = newWindow();
    openAndSettle(*window, {ui::photoFile("flower2.jpg")});
    QVERIFY(window->canvas().picture().has_value());
    const QString text = allText(*window);
    QVERIFY(text.contains("No shop server (contone-agent) is running"));
    QVERIFY(text.contains(QStringLiteral("300 × 225 pixels")));
    QVERIFY(text.contains("no monitor profile: assuming sRGB"));
    QVERIFY(text.contains("outside what this paper can show"));
    QVERIFY(!find<QPushButton>(*window, "Print")->isEnabled());
}

void WindowTest::aBadFileIsASentenceAndTheOthersGoOn() {
    const auto window = newWindow();
    openAndSettle(*window, {ui::brokenFile("corrupt-icc-4551.jpg"), ui::photoFile("Landscape_6.jpg")});
    QTRY_VERIFY(window->session().photo()->error.has_value());
    QVERIFY(allText(*window).contains(QString::fromStdString(window->session().photo()->error->message)));
    QVERIFY(!window->canvas().picture().has_value());
    window->session().setCurrent(1);
    QTRY_VERIFY_WITH_TIMEOUT(window->canvas().picture().has_value(), 20000);
    QCOMPARE(window->session().items().size(), std::size_t(1));
}

void WindowTest::oneToOneIsThePrintersPagePixelForPixel() {
    if (qApp->devicePixelRatio() != 1) qFatal("this test is for scale factor 1");
    const auto window = newWindow();
    openAndSettle(*window, {ui::photoFile("Landscape_6.jpg")});
    const auto request = window->session().request(ui::View::Proof, icc::ProofTransform::Simulate::Adapted,
                                                   icc::Profile::srgb(), std::nullopt);
    const QImage core = ui::ViewRenderer(m_decoder, {}, 1).render(*request, {}).value().image;
    QTest::keyClick(window.get(), Qt::Key_T);
    QTest::keyClick(window.get(), Qt::Key_1);
    Canvas& canvas = window->canvas();
    QTRY_COMPARE_WITH_TIMEOUT(canvas.picture()->image.size(), core.size(), 20000);
    const QImage grabbed = window->grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QPoint at = canvas.mapTo(window.get(), QPoint()) + canvas.origin().toPoint();
    const QRect visible =
        QRect(canvas.mapTo(window.get(), QPoint()), canvas.size()).intersected(QRect(at, core.size()));
    QVERIFY(visible.width() > 300 && visible.height() > 300);
    int differing = 0;
    for (int y = visible.top(); y <= visible.bottom(); y++)
        for (int x = visible.left(); x <= visible.right(); x++)
            differing += grabbed.pixel(x, y) != core.pixel(x - at.x(), y - at.y());
    QCOMPARE(differing, 0);
}

void WindowTest::theKeyPTogglesOriginalAndProof() {
    const auto window = newWindow();
    openAndSettle(*window, {ui::photoFile("flower2.jpg")});
    const QImage proof = window->canvas().picture()->image;
    QTest::keyClick(window.get(), Qt::Key_P);
    QTRY_VERIFY_WITH_TIMEOUT(window->canvas().picture()->image != proof, 20000);
    QTest::keyClick(window.get(), Qt::Key_P);
    QTRY_COMPARE_WITH_TIMEOUT(window->canvas().picture()->image, proof, 20000);
}

QSlider* WindowTest::sliderOf(const QWidget& window, const QString& name) {
    for (QSlider* slider : window.findChildren<QSlider*>())
        if (slider->accessibleName() == name) return slider;
    return nullptr;
}

void WindowTest::croppingChangesTheVerdict() {
    const auto window = newWindow();
    openAndSettle(*window, {ui::photoFile("Canon_EOS_7D.jpg")});
    const double before = window->session().page()->plan.photoDpi;
    QSlider* zoom = sliderOf(*window, "Zoom");
    QVERIFY(zoom != nullptr);
    zoom->setValue(1000);
    QCOMPARE(window->session().photo()->crop.zoom(), ui::CropModel::maxZoom);
    const double after = window->session().page()->plan.photoDpi;
    QVERIFY(std::abs(before / after / ui::CropModel::maxZoom - 1) < 0.1);
    QVERIFY(allText(*window).contains("Zoom out, or choose a smaller print."));
    QVERIFY(find<QPushButton>(*window, "Show all of it") != nullptr);
    find<QPushButton>(*window, "Show all of it")->click();
    QVERIFY(!zoom->isEnabled());
    QVERIFY(allText(*window).contains("All of the photo is on the print."));
}

void WindowTest::lightAndColoursAreChangedAndComeBack() {
    const auto window = newWindow();
    openAndSettle(*window, {ui::photoFile("flower2.jpg")});
    const QImage before = window->canvas().picture()->image;
    const auto mean = [](const QImage& image) {
        double sum = 0;
        for (int y = 0; y < image.height(); y++)
            for (int x = 0; x < image.width(); x++) sum += qGreen(image.pixel(x, y));
        return sum / (1.0 * image.width() * image.height());
    };
    for (const char* name : {"Exposure", "Shadows"}) {  // by a table, and by place
        QSlider* slider = sliderOf(*window, name);
        QVERIFY(slider != nullptr && slider->value() == 0);
        slider->setValue(slider->maximum() / 3);
        QTRY_VERIFY_WITH_TIMEOUT(mean(window->canvas().picture()->image) > mean(before) + 0.5, 20000);
        const auto choices = window->session().items().front().choices;
        QVERIFY(choices.adjustments.number(QString(name).toLower().toStdString()) > 0);  // what is ordered
        QTest::mouseDClick(slider, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(window->canvas().picture()->image, before, 20000);
        QVERIFY(window->session().photo()->adjustments.isEmpty());
    }
    find<QPushButton>(*window, "Improve")->click();
    QSlider* exposure = sliderOf(*window, "Exposure");
    exposure->setValue(5);
    QTRY_VERIFY(window->session().photo()->adjustments.number("exposure") == 0.25);
    // As sent: what was set is neither shown nor ordered, and comes back.
    auto* asSent = find<QPushButton>(*window, "As sent");
    asSent->click();
    QVERIFY(!exposure->isEnabled() && exposure->value() == 0);
    const auto ordered = window->session().items().front().choices;
    QVERIFY(ordered.asSent && ordered.adjustments.isEmpty() && window->session().page().has_value());
    asSent->click();
    QVERIFY(exposure->isEnabled() && !window->session().items().front().choices.asSent);
    QCOMPARE(exposure->value(), 5);
    find<QPushButton>(*window, "As it came")->click();
    QCOMPARE(exposure->value(), 0);
    QVERIFY(window->session().photo()->adjustments.isEmpty());
}

void WindowTest::ordersPrintsAndSettlesASheet() {
    const auto shop = std::make_shared<ui::FakeShop>();
    const auto window = newWindow(shop);
    openAndSettle(*window, {ui::photoFile("Landscape_6.jpg")});
    window->session().setCopies(2);
    QTRY_VERIFY(window->session().target()->canPrint());
    QTRY_VERIFY(find<QPushButton>(*window, QStringLiteral("Order 2 prints · €1.18")) != nullptr);
    auto* place = find<QPushButton>(*window, QStringLiteral("Order 2 prints · €1.18"));
    for (int i = 0; i < 10; i++) place->click();  // impatience
    QTRY_VERIFY(find<QPushButton>(*window, "Print order 1001") != nullptr);
    QCOMPARE(shop->orderCount(), std::size_t(1));
    QCOMPARE(shop->lastOrder().lines.front().copies, 2);
    QCOMPARE(shop->lastOrder().lines.front().choices.crop, window->session().items().front().choices.crop);
    for (int i = 0; i < 10; i++) find<QPushButton>(*window, "Print order 1001")->click();
    auto* list = window->findChild<QListView*>(QString(), Qt::FindChildrenRecursively);
    for (QListView* view : window->findChildren<QListView*>())
        if (view->accessibleName() == "Sheets of this order") list = view;
    QTRY_COMPARE(list->model()->rowCount(), 2);

    shop->move(0, print::SheetState::Out);
    shop->move(1, print::SheetState::Unknown, "The printer lost power while printing. Is this sheet in the tray?");
    QTRY_VERIFY(allText(*window).contains("Is this sheet in the tray?"));
    QVERIFY(allText(*window).contains("1 of 2 in the tray"));
    find<QPushButton>(*window, "Spoiled")->click();
    QTRY_VERIFY(find<QPushButton>(*window, "Print this sheet again") != nullptr);
    QVERIFY(find<QPushButton>(*window, "Not printed") == nullptr);
    QVERIFY(shop->allSheets().at(1).state == print::SheetState::Spoiled);
    find<QPushButton>(*window, "Print this sheet again")->click();
    QTRY_COMPARE(list->model()->rowCount(), 3);
    QCOMPARE(shop->allSheets().at(2).reprintOf, std::optional(shop->allSheets().at(1).id));
}

void WindowTest::whatMayBeWorthlessIsPrintedOnASecondPress() {
    const auto shop = std::make_shared<ui::FakeShop>();
    const findings::Finding few{findings::FindingCode::TooFewPixels, findings::Severity::Bad, {{"dpi", 31}}};
    shop->wantAccepted({few});
    const auto window = newWindow(shop);
    openAndSettle(*window, {ui::photoFile("Landscape_6.jpg")});
    QTRY_VERIFY(window->session().target()->canPrint());
    QTRY_VERIFY(find<QPushButton>(*window, QStringLiteral("Order 1 print · €0.59")) != nullptr);
    find<QPushButton>(*window, QStringLiteral("Order 1 print · €0.59"))->click();
    QTRY_VERIFY(find<QPushButton>(*window, "Print order 1001") != nullptr);
    find<QPushButton>(*window, "Print order 1001")->click();
    QTRY_VERIFY(find<QPushButton>(*window, "Print all the same") != nullptr);
    QVERIFY(allText(*window).contains("Look before this costs paper:"));
    QVERIFY(allText(*window).contains("Photo 1: Too few pixels for this size (31 an inch)"));
    QVERIFY(shop->allSheets().empty());
    find<QPushButton>(*window, "Print all the same")->click();
    QTRY_COMPARE(shop->allSheets().size(), std::size_t(1));
    QVERIFY(!allText(*window).contains("Look before this costs paper:"));
}

void WindowTest::thePrintRoomShowsPrintersAndTakesAWord() {
    const auto shop = std::make_shared<ui::FakeShop>();
    const auto order = shop->ask(shop::PlaceOrder{.lines = {{.product = "10x15", .copies = 2}}}).value();
    QVERIFY(shop->ask(shop::PrintOrder{order.id, "front-desk"}).has_value());
    const auto window = newWindow(shop);
    QTRY_VERIFY(find<QPushButton>(*window, "Print room") != nullptr);
    find<QPushButton>(*window, "Print room")->click();
    QTRY_VERIFY(allText(*window).contains("front-desk: ready"));
    QTRY_VERIFY(allText(*window).contains(QStringLiteral("180 prints left · Ribbon 62\u00a0%")));
    find<QPushButton>(*window, "Pause")->click();
    QTRY_VERIFY(allText(*window).contains("front-desk: paused"));
    find<QPushButton>(*window, "Resume")->click();
    QTRY_VERIFY(allText(*window).contains("front-desk: ready"));

    // A sheet in question: nobody needs to have its order on the desk.
    shop->move(1, print::SheetState::Unknown, "The printer forgot this sheet. Look in the tray.");
    QTRY_VERIFY_WITH_TIMEOUT((find<QPushButton>(*window, "Print room: 1 question") != nullptr), 30000);
    QTRY_VERIFY(allText(*window).contains("Please look in the tray"));
    auto* room = window->findChild<PrintRoomPanel*>();
    QVERIFY(allText(*room).contains("The printer forgot this sheet."));
    find<QPushButton>(*room, "Cannot tell")->click();
    QTRY_VERIFY(allText(*room).contains("Somebody looked and could not tell."));
    find<QPushButton>(*room, "Not printed")->click();
    QTRY_VERIFY(!allText(*room).contains("Please look in the tray"));
    QVERIFY(shop->allSheets().at(1).state == print::SheetState::Cancelled);
    QVERIFY(shop->lastReport().then == shop::FollowUp::Reprint);  // the held-job table prints it again

    shop->hold("Older than two hours. Is it still wanted?");
    QTRY_VERIFY(allText(*room).contains("Is it still wanted?"));
    QVERIFY(allText(*room).contains(QStringLiteral("Order 1001 · 3 sheets · front-desk")));
    find<QPushButton>(*room, "Print them")->click();
    QTRY_VERIFY(!allText(*room).contains("Is it still wanted?"));
    QTRY_VERIFY(find<QPushButton>(*window, "Print room") != nullptr);
    find<QPushButton>(*window, "Back to the proof")->click();
    QVERIFY(!room->isVisibleTo(window.get()));
}

void WindowTest::anotherIntentThanTheSetupsCannotPrintUnnoticed() {
    const auto shop = std::make_shared<ui::FakeShop>();
    const auto window = newWindow(shop);
    openAndSettle(*window, {ui::photoFile("Landscape_6.jpg")});
    QTRY_VERIFY(window->session().target()->canPrint());
    // generic-ipp-photo prints its 4 x 6 without overscan: the fake's 0.4 mm to the right, 0.2 more at top and bottom.
    QVERIFY(allText(*window).contains(QStringLiteral("left 0.4\u00a0mm, top 0.2, right -0.4, bottom 0.2")));
    window->session().setIntent(icc::Intent::Perceptual, icc::BlackPoint::Compensate);
    QVERIFY(allText(*window).contains("another intent than the proof shows"));
    find<QPushButton>(*window, "Print like this from now on")->click();
    QTRY_VERIFY(window->session().target()->setup().intent == icc::Intent::Perceptual);
    QVERIFY(!window->session().differsFromSetup());
    // What else the setup says stays as it is: its calibration, its pool, its warning.
    const print::PrinterSetup was = ui::FakeShop::verifiedSetup();
    const shop::SaveSetup saved = shop->lastSetup();
    QCOMPARE(saved.calibration.offsetX, was.calibration.offsetX);
    QVERIFY(saved.calibration == was.calibration);
    QCOMPARE(saved.pool, was.pool);
    QCOMPARE(saved.lowPrints, was.lowPrints);
}

void WindowTest::aServerThatGoesAwayIsSaidAndComesBack() {
    const auto shop = std::make_shared<ui::FakeShop>();
    const auto window = newWindow(shop);
    QTRY_VERIFY(window->shop().isConnected());
    shop->setReachable(false);
    QTRY_VERIFY(allText(*window).contains("The shop's server does not answer."));
    shop->setReachable(true);
    QTRY_VERIFY_WITH_TIMEOUT(allText(*window).contains("front-desk: ready"), 8000);
}

void WindowTest::everyControlHasAName() {
    const auto window = newWindow();
    openAndSettle(*window, {ui::photoFile("flower2.jpg"), ui::photoFile("Landscape_6.jpg")});
    int controls = 0;
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool control =
            button || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QSlider*>(widget) ||
            (qobject_cast<const QLineEdit*>(widget) && !qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()));
        if (!control || !widget->isVisibleTo(window.get())) continue;
        if (QByteArray(widget->metaObject()->className()).endsWith("ExtensionButton")) continue;
        controls++;
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named, widget->metaObject()->className());
    }
    QVERIFY(controls >= 15);
}

QTEST_MAIN(WindowTest)
#include "window_test.moc"
