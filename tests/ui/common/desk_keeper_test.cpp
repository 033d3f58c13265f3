// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The desk is there again after a start: as it was at the last action.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/host/shop_host.h"
#include "tests/ui/looked.h"
#include "tests/ui/shipped.h"
#include "ui/common/desk_keeper.h"

using namespace contone;
using namespace contone::ui;

class DeskKeeperTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        m_catalog = catalog::Catalog::load(shippedShare()).value();
        m_models = printers::loadModels(shippedShare()).value();
    }
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        const app::Places places{home(), shippedShare(), contone::tests::programFolder};
        m_host = app::ShopHost::open({places, m_decoder, Log::toStderr(Log::Level::Error)}).value();
    }
    void cleanup() { m_host.reset(); }

    void theDeskComesBack() {
        std::vector<OrderItem> before;
        {
            Desk desk(*this);
            desk.session.open({photoFile("Landscape_6.jpg"), photoFile("hopper.jpg")});
            QVERIFY(looked(desk.session));
            desk.session.setProduct("13x18");
            desk.session.setCopies(4);
            desk.session.zoomAbout(2, 0.3, 0.3);
            desk.session.setCurrent(1);
            image::Adjustments adjustments;
            adjustments.set("exposure", 0.6);
            desk.session.setAdjustments(adjustments);
            before = desk.session.items();
        }
        Desk desk(*this);
        QVERIFY(looked(desk.session));
        QCOMPARE(before.size(), std::size_t(2));
        QVERIFY(desk.session.items() == before);
        QVERIFY(!desk.session.history().canUndo());
        // And what is opened on top of it comes behind.
        desk.session.open({photoFile("Olympus_PEN_E-P3.jpg")});
        desk.keeper->finish();
        Desk third(*this);
        QCOMPARE(third.session.photos().size(), std::size_t(3));
    }

    void photosOpenedBeforeItIsReadStayBesideIt() {
        {
            Desk desk(*this);
            desk.session.open({photoFile("Landscape_6.jpg")});
        }
        Session session(m_catalog, m_models, m_decoder);
        session.open({photoFile("hopper.jpg"), photoFile("Landscape_6.jpg")});
        DeskKeeper keeper(session, shop(), home() / "desk");
        QSignalSpy ready(&keeper, &DeskKeeper::ready);
        keeper.start();
        QVERIFY(ready.wait(10000));
        QCOMPARE(session.photos().size(), std::size_t(2));
        QVERIFY(session.photos()[0].file == photoFile("Landscape_6.jpg"));
    }

    /// Another studio at the same desk: nobody's work is overwritten, and it is said.
    void whatAnotherStudioKeepsIsNotOverwritten() {
        Desk one(*this), two(*this);
        one.session.open({photoFile("hopper.jpg")});
        one.keeper->finish();
        QSignalSpy refused(two.keeper.get(), &DeskKeeper::refused);
        two.session.open({photoFile("Landscape_6.jpg")});
        two.keeper->finish();
        QVERIFY(refused.count() == 1 || refused.wait(5000));
        QCOMPARE(refused.front().front().value<Error>().reason, std::string("project-changed"));
        Desk three(*this);
        QCOMPARE(three.session.photos().size(), std::size_t(1));
        QVERIFY(three.session.photos()[0].file == photoFile("hopper.jpg"));
    }

  private:
    Path home() const { return m_dir->filePath("home").toStdString(); }
    std::shared_ptr<shop::Shop> shop() {
        return {&m_host->shop(), [](shop::Shop*) {}};
    }
    struct Desk {
        explicit Desk(DeskKeeperTest& test) : session(test.m_catalog, test.m_models, test.m_decoder) {
            keeper = std::make_unique<DeskKeeper>(session, test.shop(), test.home() / "desk");
            QSignalSpy ready(keeper.get(), &DeskKeeper::ready);
            keeper->start();
            ready.wait(10000);
        }
        Session session;
        std::unique_ptr<DeskKeeper> keeper;
    };
    decode::Decoder m_decoder{shippedDecoder()};
    catalog::Catalog m_catalog;
    Models m_models;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<app::ShopHost> m_host;
};

QTEST_GUILESS_MAIN(DeskKeeperTest)
#include "desk_keeper_test.moc"
