// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Photos, folders and printers whose names and words are HTML: the window shows the words and opens nothing.
#include <QLabel>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolTip>
#include <QtTest>

#include <sys/inotify.h>
#include <unistd.h>

#include "tests/ui/fake_shop.h"
#include "tests/ui/shipped.h"
#include "ui/studio/folder_panel.h"
#include "ui/studio/main_window.h"
#include "ui/studio/section.h"
#include "ui/studio/style.h"

using namespace contone;
using namespace contone::studio;

namespace {

/// A picture that says when somebody opens it.
class Trap {
  public:
    explicit Trap(const QString& path) : m_path(path), m_watch(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
        QImage picture(8, 8, QImage::Format_RGB32);
        picture.fill(Qt::gray);
        QVERIFY(picture.save(path, "PNG"));
        QVERIFY(::inotify_add_watch(m_watch.get(), path.toLocal8Bit().constData(), IN_OPEN) >= 0);
    }
    QString html() const { return QStringLiteral("<img src=%1>").arg(m_path); }
    bool wasOpened() const {
        char events[4096];
        return ::read(m_watch.get(), events, sizeof events) > 0;
    }

  private:
    QString m_path;
    FileDescriptor m_watch;
};

/// The photo with a block of EXIF in front that names `camera`.
Bytes takenWith(const Bytes& photo, const std::string& camera) {
    std::string tiff("II*\0\x08\0\0\0\x01\0\x10\x01\x02\0", 14);
    const auto number = [&tiff](std::size_t value) {
        for (int shift = 0; shift < 32; shift += 8) tiff += static_cast<char>(value >> shift & 0xff);
    };
    number(camera.size() + 1);
    number(26);
    number(0);
    tiff += camera + '\0';
    const std::size_t size = 2 + 6 + tiff.size();
    const std::string head = std::string("\xff\xd8\xff\xe1") + static_cast<char>(size >> 8) +
                             static_cast<char>(size & 0xff) + std::string("Exif\0\0", 6) + tiff;
    Bytes out;
    for (const char c : head) out.push_back(static_cast<std::byte>(c));
    out.insert(out.end(), photo.begin() + 2, photo.end());
    return out;
}

void showTip(QWidget& widget, const QString& text) {
    if (text.isEmpty()) return;
    QToolTip::showText(widget.mapToGlobal(QPoint(1, 1)), text, &widget);
    QCoreApplication::processEvents();
    QToolTip::hideText();
}

/// Lays everything out, paints it, and shows each tip that there is.
void lookAtAll(QWidget& window) {
    QTest::qWait(50);
    window.grab();
    for (QWidget* widget : window.findChildren<QWidget*>()) showTip(*widget, widget->toolTip());
    for (QAbstractItemView* view : window.findChildren<QAbstractItemView*>())
        for (int row = 0; view->model() && row < view->model()->rowCount(); row++)
            showTip(*view, view->model()->index(row, 0).data(Qt::ToolTipRole).toString());
}

}  // namespace

class PlainTextTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void theTrapWorks();
    void aPhotoNamesAFile();
    void aFolderAndItsPhotosNameAFile();
    void thePrinterNamesAFile();
    void namesDoNotTurnTheWords();

  private:
    std::unique_ptr<MainWindow> newWindow(std::shared_ptr<shop::Shop> shop = nullptr) const;
    static QString allText(const QWidget& window);
    decode::Decoder m_decoder{ui::shippedDecoder()};
    std::optional<catalog::Catalog> m_catalog;
    ui::Models m_models;
    QTemporaryDir m_dir;
    Path m_path;
};

void PlainTextTest::initTestCase() {
    applyStyle(*qApp);
    m_catalog = std::move(*catalog::Catalog::load(ui::shippedShare()));
    m_models = std::move(*printers::loadModels(ui::shippedShare()));
    QVERIFY(m_dir.isValid());
    m_path = Path(m_dir.path().toStdString());
    std::filesystem::current_path(m_path);  // for names of files, which cannot hold a path
}

std::unique_ptr<MainWindow> PlainTextTest::newWindow(std::shared_ptr<shop::Shop> shop) const {
    auto window = std::make_unique<MainWindow>(StudioParts{.catalog = *m_catalog,
                                                           .decoder = const_cast<decode::Decoder&>(m_decoder),
                                                           .models = m_models,
                                                           .shop = std::move(shop),
                                                           .monitor = ui::monitorProfile({}, {})});
    window->show();
    return window;
}

QString PlainTextTest::allText(const QWidget& window) {
    QStringList texts;
    for (const QLabel* label : window.findChildren<QLabel*>())
        if (label->isVisibleTo(&window)) texts << label->text();
    return texts.join('\n');
}

void PlainTextTest::theTrapWorks() {
    const Trap trap(m_dir.filePath("trap.png"));
    QVERIFY(!trap.wasOpened());
    QLabel guessing(trap.html());  // what a label of Qt's own does
    guessing.grab();
    QVERIFY(trap.wasOpened());
    showTip(guessing, trap.html());
    QVERIFY(trap.wasOpened());
    const std::unique_ptr<QLabel> ours(newLabel(trap.html()));
    setTip(ours.get(), trap.html());
    ours->grab();
    showTip(*ours, ours->toolTip());
    QVERIFY(!trap.wasOpened());
}

void PlainTextTest::aPhotoNamesAFile() {
    const Trap byPath(m_dir.filePath("trap.png")), byName(QStringLiteral("near.png"));
    const Path photo = m_path / byName.html().toStdString();
    const Bytes bytes = takenWith(*readFile(ui::photoFile("flower2.jpg"), 1 << 24), byPath.html().toStdString());
    QVERIFY(writeFileDurably(photo, bytes));
    const Path bad = m_path / ("<img src=near.png> 2.jpg");
    QVERIFY(writeFileDurably(bad, "no photo"));
    const auto window = newWindow();
    QSignalSpy settled(window.get(), &MainWindow::settled);
    window->open({photo, bad});
    QVERIFY(settled.wait(20000));
    QTRY_VERIFY(allText(*window).contains(byPath.html()));
    QVERIFY(allText(*window).contains(byName.html()));
    lookAtAll(*window);
    QVERIFY(!byPath.wasOpened());
    QVERIFY(!byName.wasOpened());
}

void PlainTextTest::aFolderAndItsPhotosNameAFile() {
    const Trap trap(QStringLiteral("near.png"));
    const Path folder = m_path / trap.html().toStdString();
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    std::filesystem::copy_file(ui::photoFile("flower2.jpg"), folder / trap.html().toStdString());
    QVERIFY(writeFileDurably(folder / "<img src=near.png> 2.jpg", "\xff\xd8 no photo"));
    const auto window = newWindow();
    window->open({folder});
    QTRY_VERIFY_WITH_TIMEOUT(window->folder().photos().seen() >= 1, 20000);
    QTRY_VERIFY(allText(*window).contains(trap.html()));
    lookAtAll(*window);
    QVERIFY(!trap.wasOpened());
}

void PlainTextTest::thePrinterNamesAFile() {
    const Trap trap(m_dir.filePath("trap.png"));
    const auto shop = std::make_shared<ui::FakeShop>();
    const auto order = shop->ask(shop::PlaceOrder{.lines = {{.product = "10x15", .copies = 2}}}).value();
    QVERIFY(shop->ask(shop::PrintOrder{order.id, "front-desk"}).has_value());
    const auto window = newWindow(shop);
    shop->move(1, print::SheetState::Unknown, trap.html().toStdString());
    QTRY_VERIFY(window->shop().isConnected());
    for (QPushButton* button : window->findChildren<QPushButton*>())
        if (button->text().startsWith("Print room")) button->click();
    QTRY_VERIFY(allText(*window).contains(trap.html()));
    lookAtAll(*window);
    QVERIFY(!trap.wasOpened());
}

void PlainTextTest::namesDoNotTurnTheWords() {
    const Path photo =
        m_path / "gnp.\xe2\x80\xaejpg.\x1b[2J\n.jpg";  // RIGHT-TO-LEFT OVERRIDE, an escape code, a line end
    std::filesystem::copy_file(ui::photoFile("flower2.jpg"), photo);
    const auto window = newWindow();
    QSignalSpy settled(window.get(), &MainWindow::settled);
    window->open({photo});
    QVERIFY(settled.wait(20000));
    QVERIFY(allText(*window).contains(QStringLiteral("gnp.\\u202ejpg.\\u001b[2J\\u000a.jpg")));
}

QTEST_MAIN(PlainTextTest)
#include "plain_text_test.moc"
