// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Crops at the desk: they move by themselves where faces would be cut, say so, go back at a tap, and obey whoever moves
// them; photos that are turned and straightened keep to their shape.
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QtTest>

#include "core/preflight/check_photo.h"
#include "tests/ui/looked.h"
#include "tests/ui/shipped.h"
#include "ui/common/session.h"

using namespace contone;
using namespace contone::ui;

class SessionCropTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        m_catalog = catalog::Catalog::load(shippedShare()).value();
        m_models = printers::loadModels(shippedShare()).value();
        // A face at the right end of a wide photo: a print from its middle cuts it off.
        const QImage face =
            QImage(contone::tests::sourceFolder + QString("/tests/data/faces/astronaut.jpg")).mirrored(true, false);
        QVERIFY(!face.isNull());
        QImage wide(face.width() * 12 / 5, face.height(), QImage::Format_RGB888);
        wide.fill(QColor(120, 130, 140));
        QPainter(&wide).drawImage(wide.width() - face.width(), 0, face);
        QVERIFY(wide.save(m_folder.filePath("wide.jpg"), "JPEG", 95));
        m_wide = m_folder.filePath("wide.jpg").toStdString();
    }

    void aFaceThatTheMiddleWouldCutIsKeptAndATapUndoesIt() {
        Session session(m_catalog, m_models, m_decoder);
        session.open({m_wide});
        QVERIFY(measured(session));
        const PhotoEntry* entry = session.photo();
        QVERIFY(entry->keepsFaces);
        const image::Crop face = entry->measures->faces->front().box;
        const auto ordered = session.items().front().choices.crop;
        QVERIFY(ordered && ordered->left <= face.left && ordered->left + ordered->width >= face.left + face.width);
        // For other paper it is found anew.
        session.setProduct("15x15");
        QVERIFY(session.photo()->keepsFaces);
        QVERIFY(std::abs(session.photo()->crop.aspect() - 1) < 0.01);
        const auto square = session.items().front().choices.crop;
        QVERIFY(square->left <= face.left && square->left + square->width >= face.left + face.width);

        session.resetCrop();
        QVERIFY(!session.photo()->keepsFaces);
        const auto middle = session.items().front().choices.crop;
        QVERIFY(std::abs(middle->left + middle->width / 2 - 0.5) < 1e-6);
        session.undo();
        QVERIFY(session.photo()->keepsFaces);
        QVERIFY(session.items().front().choices.crop == square);
        session.redo();
        QVERIFY(session.items().front().choices.crop == middle);
    }

    /// The middle was good on one paper, and is not on the next one.
    void facesAreKeptOnTheNextPaperToo() {
        QImage wide(QString::fromStdString(m_wide.string()));
        const QImage less = wide.copy(wide.width() * 3 / 10, 0, wide.width() * 7 / 10, wide.height());
        QVERIFY(less.save(m_folder.filePath("less.jpg"), "JPEG", 95));
        Session session(m_catalog, m_models, m_decoder);
        session.open({m_folder.filePath("less.jpg").toStdString()});
        session.setProduct("10x15");
        QVERIFY(measured(session));
        const image::Crop face = session.photo()->measures->faces->front().box;
        const auto isWhole = [&] {
            const auto crop = session.items().front().choices.crop;
            return crop && crop->left <= face.left && crop->left + crop->width >= face.left + face.width;
        };
        QVERIFY(!session.photo()->keepsFaces && isWhole());
        session.setProduct("15x15");
        QVERIFY(isWhole());
        session.setFit(print::Fit::Whole);
        session.setProduct("10x15");
        session.setProduct("15x15");
        session.setFit(print::Fit::Fill);
        QVERIFY(isWhole());
    }

    void whatWasFoundIsMendedByATap() {
        Session session(m_catalog, m_models, m_decoder);
        session.open({m_wide});
        QVERIFY(measured(session));
        const image::Crop face = session.photo()->measures->faces->front().box;
        session.resetCrop();  // the face is cut now
        session.mend(findings::Fix::KeepFaces);
        const auto kept = session.items().front().choices.crop;
        QVERIFY(kept && kept->left <= face.left && kept->left + kept->width >= face.left + face.width);
        session.undo();
        QVERIFY(session.items().front().choices.crop->left + session.items().front().choices.crop->width <
                face.left + face.width);
        session.zoomAbout(3, 0.5, 0.5);
        session.mend(findings::Fix::ZoomOut);
        QCOMPARE(session.photo()->crop.zoom(), 1.0);
        session.mend(findings::Fix::ShowAll);
        QVERIFY(session.photo()->fit == print::Fit::Whole);
        session.mend(findings::Fix::SmallerPrint);
        QCOMPARE(session.product()->id, std::string("10x15"));
        session.mend(findings::Fix::LeaveOut);
        QVERIFY(session.photos().empty());
        session.undo();
        QCOMPARE(session.photos().size(), std::size_t(1));
    }

    void whoMovesTheCropIsObeyed() {
        Session session(m_catalog, m_models, m_decoder);
        session.open({m_wide});
        QVERIFY(measured(session));
        session.pan(-5, 0);
        QVERIFY(!session.photo()->keepsFaces);
        QVERIFY(session.items().front().choices.crop->left < 0.01);
        session.setProduct("13x18");
        QVERIFY(!session.photo()->keepsFaces);
        QVERIFY(session.items().front().choices.crop->left < 0.1);
        // What was moved before the studio ended stays where it was.
        Session after(m_catalog, m_models, m_decoder);
        after.restore(session.history().now());
        QVERIFY(measured(after));
        QVERIFY(!after.photo()->keepsFaces);
        QVERIFY(after.items().front().choices.crop == session.items().front().choices.crop);
    }

    void aPhotoWhoseFacesAreWholeStaysInTheMiddle() {
        Session session(m_catalog, m_models, m_decoder);
        session.open({photoFile("Landscape_6.jpg")});
        QVERIFY(measured(session));
        QVERIFY(!session.photo()->keepsFaces && session.photo()->crop.isInTheMiddle());
    }

    void turningAndStraighteningAreOrderedAndUndone() {
        Session session(m_catalog, m_models, m_decoder);
        session.open({photoFile("Landscape_6.jpg")});
        QVERIFY(measured(session));
        const double aspect = session.photo()->crop.aspect();
        session.straighten(-320);
        QCOMPARE(session.items().front().choices.turn.straighten, -320);
        QVERIFY(std::abs(session.photo()->crop.aspect() - aspect) < 1e-9);
        auto page = session.page();
        QVERIFY(page);
        QCOMPARE(page->recipe.photos.front().turn.straighten, -320);
        session.straighten(99999);
        QCOMPARE(session.photo()->turn.straighten, image::PhotoTurn::most);
        session.turnPhoto();
        QVERIFY(session.photo()->turn.by == image::Orientation::Rotate90);
        QVERIFY(std::abs(session.photo()->crop.aspect() - 1 / aspect) < 0.01);  // the print lies as the photo does now
        page = session.page();
        QVERIFY(page);
        for (int i = 0; i < 3; i++) session.turnPhoto();
        QVERIFY(session.photo()->turn.by == image::Orientation::Upright);
        for (int i = 0; i < 4; i++) session.undo();
        QCOMPARE(session.photo()->turn.straighten, image::PhotoTurn::most);
        session.undo();
        QVERIFY(session.photo()->turn.isNone());
    }

  private:
    QTemporaryDir m_folder;
    Path m_wide;
    catalog::Catalog m_catalog;
    Models m_models;
    decode::Decoder m_decoder{shippedDecoder()};
};

QTEST_GUILESS_MAIN(SessionCropTest)
#include "session_crop_test.moc"
