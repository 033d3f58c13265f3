// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is done at the desk is undone step by step, to the same order, and done again.
#include <QtTest>

#include "tests/ui/looked.h"
#include "tests/ui/shipped.h"
#include "ui/common/session.h"
#include "ui/common/words.h"

using namespace contone;
using namespace contone::ui;

class SessionHistoryTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        m_catalog = catalog::Catalog::load(shippedShare()).value();
        m_models = printers::loadModels(shippedShare()).value();
    }

    void eachActionIsAStepBackAndForth() {
        Session session(m_catalog, m_models, m_decoder);
        session.open({photoFile("Landscape_6.jpg"), photoFile("hopper.jpg")});
        QVERIFY(measured(session));
        std::vector<std::vector<OrderItem>> orders{{}, session.items()};
        const auto now = [&] { orders.push_back(session.items()); };
        session.setFit(print::Fit::Whole), now();
        session.setFit(print::Fit::Fill), now();
        session.turn(), now();
        session.zoomAbout(2.5, 0.2, 0.3), session.pan(0.1, 0.05), session.pan(0.05, 0), now();  // one drag
        session.setAdjustments(exposed(0.2)), session.setAdjustments(exposed(0.7)), now();      // and another
        session.setAsSent(true), now();
        session.setAsSent(false), now();
        session.setCurrent(1);
        session.setCopies(3), now();
        session.setProduct("13x18"), now();
        session.remove(0), now();
        QCOMPARE(session.photos().size(), std::size_t(1));
        session.removeAll(), now();
        QVERIFY(session.photos().empty() && session.photo() == nullptr);

        for (std::size_t i = orders.size() - 1; i-- > 0;) {
            QVERIFY(session.history().canUndo());
            session.undo();
            QVERIFY(measured(session));
            QVERIFY2(session.items() == orders[i], qPrintable(QString("back to %1").arg(i)));
        }
        QVERIFY(!session.history().canUndo() && session.photos().empty());
        session.undo();
        for (std::size_t i = 1; i < orders.size(); i++) {
            session.redo();
            QVERIFY(measured(session));
            QVERIFY2(session.items() == orders[i], qPrintable(QString("forth to %1").arg(i)));
        }
        QVERIFY(!session.history().canRedo());
        QCOMPARE(session.product()->id, std::string("13x18"));
    }

    /// A drag that rests and goes on is two steps.
    void aRestEndsADrag() {
        Session session(m_catalog, m_models, m_decoder);
        session.open({photoFile("Landscape_6.jpg")});
        QVERIFY(looked(session));
        session.setAdjustments(exposed(0.2));
        QTest::qWait(1100);
        session.setAdjustments(exposed(0.4));
        session.undo();
        QCOMPARE(session.photo()->adjustments, exposed(0.2));
        session.undo();
        QVERIFY(session.photo()->adjustments.isEmpty());
    }

    /// What nobody has looked at yet keeps its crop, and so does what is shown whole.
    void cropsStay() {
        Session before(m_catalog, m_models, m_decoder);
        before.open({photoFile("Landscape_6.jpg"), photoFile("hopper.jpg")});
        QVERIFY(looked(before));
        before.zoomAbout(2.5, 0.1, 0.1);
        const auto cropped = before.items()[0].choices.crop;
        before.setFit(print::Fit::Whole);
        before.setCurrent(1);
        before.zoomAbout(3, 0.8, 0.8);
        const auto second = before.items()[1].choices.crop;
        before.setCopies(2);
        before.undo();
        QVERIFY(cropped && second && !before.items()[0].choices.crop);

        Session after(m_catalog, m_models, m_decoder);
        after.restore(before.history().now());
        after.setProduct("13x18");  // before anything was looked at
        after.setProduct("10x15");
        QVERIFY(looked(after));
        QVERIFY(after.items()[1].choices.crop == second);
        after.setFit(print::Fit::Fill);
        QVERIFY(after.items()[0].choices.crop == cropped);
    }

    void everyActionHasAName() {
        for (const char* what : {"add", "remove", "product", "crop", "fit", "turn", "copies", "inks", "improve",
                                 "as-sent", "look", "curve", "red-eye", "adjustments", "exposure", "shadows"})
            QVERIFY2(!ui::words::action(what).isEmpty(), what);
        QCOMPARE(whatDiffers({}, exposed(1)), std::string("exposure"));
        image::Adjustments two = exposed(1);
        two.look = "film";
        QCOMPARE(whatDiffers({}, two), std::string("adjustments"));
    }

  private:
    static image::Adjustments exposed(double value) {
        image::Adjustments adjustments;
        adjustments.set("exposure", value);
        return adjustments;
    }
    decode::Decoder m_decoder{shippedDecoder()};
    catalog::Catalog m_catalog;
    Models m_models;
};

QTEST_GUILESS_MAIN(SessionHistoryTest)
#include "session_history_test.moc"
