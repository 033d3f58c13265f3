// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A folder in the window: look, choose with mouse and keys, come back.
#include <QAction>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/ui/shipped.h"
#include "ui/studio/folder_panel.h"
#include "ui/studio/main_window.h"
#include "ui/studio/style.h"

using namespace contone;
using namespace contone::studio;

class FolderTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void aFolderIsShownAndNothingIsOnTheDeskYet();
    void aDoubleClickPutsAPhotoOnTheDesk();
    void enterAddsAllThatIsSelectedButNoBadFile();
    void keysOfTheWindowDoNotActInTheGrid();
    void whatIsScrolledToIsMadeFirst();

  private:
    void openFolder() {
        m_window->open({m_path});
        QTRY_COMPARE_WITH_TIMEOUT(photos().seen(), 4, 20000);
    }
    ui::FolderPhotos& photos() { return m_window->folder().photos(); }
    QListView& grid() { return *m_window->folder().findChild<QListView*>(); }
    QString words() {
        QStringList all;
        for (const QLabel* label : m_window->folder().findChildren<QLabel*>()) all << label->text();
        return all.join('\n');
    }
    decode::Decoder m_decoder{ui::shippedDecoder()};
    std::optional<catalog::Catalog> m_catalog;
    ui::Models m_models;
    std::unique_ptr<QTemporaryDir> m_dir;
    Path m_path;
    std::unique_ptr<MainWindow> m_window;
};

void FolderTest::initTestCase() {
    applyStyle(*qApp);
    m_catalog = std::move(*catalog::Catalog::load(ui::shippedShare()));
    m_models = std::move(*printers::loadModels(ui::shippedShare()));
}

void FolderTest::init() {
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = Path(m_dir->path().toStdString()) / "card";
    std::filesystem::create_directory(m_path);
    std::filesystem::copy_file(ui::photoFile("HP_PhotoSmart_735.jpg"), m_path / "1.jpg");
    std::filesystem::copy_file(ui::brokenFile("corrupt-icc-4551.jpg"), m_path / "2.jpg");
    std::filesystem::copy_file(ui::photoFile("flower2.jpg"), m_path / "3.jpg");
    std::filesystem::copy_file(ui::photoFile("Landscape_6.jpg"), m_path / "4.jpg");
    m_window = std::make_unique<MainWindow>(StudioParts{
        .catalog = *m_catalog, .decoder = m_decoder, .models = m_models, .monitor = ui::monitorProfile({}, {})});
    m_window->show();
}

void FolderTest::aFolderIsShownAndNothingIsOnTheDeskYet() {
    openFolder();
    QVERIFY(grid().isVisible() && !m_window->canvas().isVisible());
    QVERIFY(words().contains(QStringLiteral("card")));
    QVERIFY(words().contains(QStringLiteral("4 files · 1 cannot be read")));
    QVERIFY(m_window->session().photos().empty());
    QTest::keyClick(&grid(), Qt::Key_Escape);
    QVERIFY(m_window->canvas().isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_G);
    QVERIFY(grid().isVisible());
}

void FolderTest::aDoubleClickPutsAPhotoOnTheDesk() {
    openFolder();
    const QPoint third = grid().visualRect(photos().index(2)).center();
    QTest::mouseClick(grid().viewport(), Qt::LeftButton, {}, third);
    QTest::mouseDClick(grid().viewport(), Qt::LeftButton, {}, third);
    QCOMPARE(m_window->session().photos().size(), std::size_t(1));
    QCOMPARE(m_window->session().photo()->file, m_path / "3.jpg");
    QVERIFY(m_window->canvas().isVisible());
    QVERIFY(photos().index(2).data(ui::FolderPhotos::OnDeskRole).toBool());
}

void FolderTest::enterAddsAllThatIsSelectedButNoBadFile() {
    openFolder();
    QPushButton* add = nullptr;
    for (auto* button : m_window->folder().findChildren<QPushButton*>())
        if (button->text().startsWith("Add")) add = button;
    QVERIFY(add != nullptr && !add->isEnabled());
    QTest::keyClick(&grid(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(add->text(), QStringLiteral("Add 3 photos"));
    QTest::keyClick(&grid(), Qt::Key_Return);
    QCOMPARE(m_window->session().photos().size(), std::size_t(3));
    QCOMPARE(m_window->session().photo()->file, m_path / "1.jpg");
    for (const ui::PhotoEntry& entry : m_window->session().photos()) QVERIFY(entry.file != m_path / "2.jpg");
}

void FolderTest::keysOfTheWindowDoNotActInTheGrid() {
    m_window->open({ui::photoFile("flower2.jpg")});
    openFolder();
    QTest::keyClick(&grid(), Qt::Key_Delete);  // would take the photo off the desk
    QCOMPARE(m_window->session().photos().size(), std::size_t(1));
}

void FolderTest::whatIsScrolledToIsMadeFirst() {
    const Path many = m_path.parent_path() / "many";
    std::filesystem::create_directory(many);
    constexpr int count = 3000;
    for (int i = 0; i < count; i++)
        std::filesystem::create_hard_link(m_path / "1.jpg", many / (std::to_string(i) + ".jpg"));
    m_window->openFolder(many);
    QTRY_COMPARE(photos().rowCount(), count);
    QTRY_VERIFY(grid().verticalScrollBar()->maximum() > 0);
    grid().scrollToBottom();
    const auto isShown = [this](int row) { return !photos().index(row).data(ui::FolderPhotos::PictureRole).isNull(); };
    QTRY_VERIFY_WITH_TIMEOUT(isShown(count - 1), 10000);
    QVERIFY(photos().seen() < count / 2);
    QVERIFY(words().contains(QStringLiteral("of 3,000 seen")));
}

QTEST_MAIN(FolderTest)
#include "folder_test.moc"
