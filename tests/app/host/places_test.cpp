// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Places: the shop's folder is not open to the other users of the machine.
#include "app/host/places.h"

#include <QTemporaryDir>
#include <QTest>

using namespace contone;

namespace {

int modeOf(const Path& folder) {
    return static_cast<int>(std::filesystem::status(folder).permissions());
}

}  // namespace

class PlacesTest : public QObject {
    Q_OBJECT
  private slots:
    void aNewShopIsForItsOwnerAndGroupAlone() {
        const QTemporaryDir dir;
        const app::Places places{Path(dir.path().toStdString()) / "deep" / "shop", {}};
        QVERIFY(places.makeHome());
        QCOMPARE(modeOf(places.home), 0750);
    }
    void aFolderThatIsThereKeepsItsMode() {
        const QTemporaryDir dir;
        const app::Places places{Path(dir.path().toStdString()), {}};
        using std::filesystem::perms;
        std::filesystem::permissions(places.home, perms::owner_all | perms::group_read | perms::others_read);
        QVERIFY(places.makeHome());
        QCOMPARE(modeOf(places.home), 0744);
    }
};

QTEST_GUILESS_MAIN(PlacesTest)
#include "places_test.moc"
