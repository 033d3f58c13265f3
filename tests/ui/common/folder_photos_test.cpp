// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A folder as rows: pictures where somebody looks, reasons for bad files, no more held than allowed.
#include "ui/common/folder_photos.h"

#include <unistd.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/ui/shipped.h"

using namespace contone;
using namespace contone::ui;

class FolderPhotosTest : public QObject {
    Q_OBJECT
  private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = m_dir->path().toStdString();
    }
    void picturesAndReasonsArrive();
    void noMorePicturesAreHeldThanAllowedAndThoseInSightAre();
    void anotherFolderReplacesTheFirst();
    void aFolderThatIsGoneIsRefused();

  private:
    void fill(const Path& photo, int count, const Path& to) const {
        QVERIFY(makeDirectories(to).has_value());
        std::filesystem::copy_file(photo, to / "0.jpg");
        for (int i = 1; i < count; i++)
            std::filesystem::create_hard_link(to / "0.jpg", to / (std::to_string(i) + ".jpg"));
    }
    static FolderPhotos::State stateOf(const FolderPhotos& photos, int row) {
        return photos.index(row).data(FolderPhotos::StateRole).value<FolderPhotos::State>();
    }
    static bool hasPicture(const FolderPhotos& photos, int row) {
        return !photos.index(row).data(FolderPhotos::PictureRole).isNull();
    }
    decode::Decoder m_decoder{shippedDecoder()};
    std::unique_ptr<QTemporaryDir> m_dir;
    Path m_path;
};

void FolderPhotosTest::picturesAndReasonsArrive() {
    std::filesystem::copy_file(photoFile("HP_PhotoSmart_735.jpg"), m_path / "a.jpg");
    std::filesystem::copy_file(brokenFile("corrupt-icc-4551.jpg"), m_path / "b.jpg");
    std::ofstream(m_path / "c.txt") << "Not a photo at all, and longer than a few bytes.";
    FolderPhotos photos(m_decoder, 160);
    photos.open(m_path);
    QTRY_COMPARE(photos.rowCount(), 3);
    photos.setVisible(0, 3);
    QTRY_COMPARE_WITH_TIMEOUT(photos.seen(), 3, 20000);
    QCOMPARE(photos.index(0).data(FolderPhotos::PictureRole).value<QImage>().size(), QSize(160, 120));
    QCOMPARE(photos.index(0).data().toString(), QString("a.jpg"));
    // It is the camera's own, and says so.
    QVERIFY(photos.index(0).data(Qt::AccessibleDescriptionRole).toString().contains("small picture inside the file"));
    QVERIFY(photos.index(0).data(Qt::ToolTipRole).toString().contains("small picture inside the file"));
    QCOMPARE(photos.bad(), 2);
    QCOMPARE(stateOf(photos, 1), FolderPhotos::State::Bad);
    QCOMPARE(photos.index(2).data(FolderPhotos::ReasonRole).toString(),
             QString("This is not a photo of a kind that we know."));
    QVERIFY(photos.canBeChosen(0) && !photos.canBeChosen(1) && !photos.canBeChosen(2) && !photos.canBeChosen(3));
    QCOMPARE(photos.file(1), m_path / "b.jpg");
    photos.setOnDesk({m_path / "a.jpg"});
    QVERIFY(photos.index(0).data(FolderPhotos::OnDeskRole).toBool());
    QVERIFY(!photos.index(1).data(FolderPhotos::OnDeskRole).toBool());
}

void FolderPhotosTest::noMorePicturesAreHeldThanAllowedAndThoseInSightAre() {
    constexpr int count = int(FolderPhotos::mostPictures) + 600;
    fill(photoFile("orientation_rectangle.jpg"), count, m_path);  // 2 × 1 pixels: quick
    FolderPhotos photos(m_decoder, 160);
    photos.open(m_path);
    QTRY_COMPARE(photos.rowCount(), count);
    photos.setVisible(0, 20);
    QTRY_COMPARE_WITH_TIMEOUT(photos.seen(), count, 60000);
    QCOMPARE(photos.pictures(), FolderPhotos::mostPictures);
    QVERIFY(hasPicture(photos, 0) && !hasPicture(photos, count - 400));
    QCOMPARE(stateOf(photos, count - 400), FolderPhotos::State::Shown);
    photos.setVisible(count - 400, count - 380);
    for (int row = count - 400; row < count - 380; row++) QTRY_VERIFY(hasPicture(photos, row));
    QVERIFY(photos.pictures() <= FolderPhotos::mostPictures);
}

void FolderPhotosTest::anotherFolderReplacesTheFirst() {
    fill(photoFile("HP_PhotoSmart_735.jpg"), 500, m_path / "many");
    fill(photoFile("hopper.jpg"), 2, m_path / "few");
    FolderPhotos photos(m_decoder, 160);
    photos.open(m_path / "many");
    QTRY_VERIFY(photos.seen() > 0);
    QVERIFY(photos.seen() < 500);
    photos.open(m_path / "few");
    QTRY_COMPARE(photos.rowCount(), 2);
    QTRY_COMPARE(photos.seen(), 2);
    QCOMPARE(photos.index(1).data(FolderPhotos::PictureRole).value<QImage>().size(), QSize(128, 128));
}

void FolderPhotosTest::aFolderThatIsGoneIsRefused() {
    FolderPhotos photos(m_decoder, 160);
    QSignalSpy refused(&photos, &FolderPhotos::refused);
    photos.open(m_path / "gone");
    QVERIFY(refused.wait());
    QCOMPARE(refused.front().front().value<Error>().reason, std::string("file-missing"));
    QCOMPARE(photos.rowCount(), 0);
}

QTEST_GUILESS_MAIN(FolderPhotosTest)
#include "folder_photos_test.moc"
