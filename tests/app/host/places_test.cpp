// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Places: the shop's folder is not open to the other users of the machine.
#include "app/host/places.h"

#include <sys/stat.h>
#include <QTemporaryDir>
#include <QTest>

#include "app/host/shop_host.h"
#include "tests/places.h"

using namespace contone;

namespace {

void setMode(const Path& path, int mode) {
    std::filesystem::permissions(path, std::filesystem::perms(mode));
}

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
        QCOMPARE(places.makeHome().value(), 0);
        QCOMPARE(modeOf(places.home), 0750);
        QCOMPARE(modeOf(places.home.parent_path()), 0700);
    }
    void aFolderOfOtherThingsKeepsItsMode() {
        const QTemporaryDir dir;
        const app::Places places{Path(dir.path().toStdString()), {}};
        QVERIFY(writeFileDurably(places.home / "letter.txt", "Dear"));
        setMode(places.home, 0777);
        setMode(places.home / "letter.txt", 0644);
        QCOMPARE(places.makeHome().value(), 0);
        QCOMPARE(modeOf(places.home), 0777);
        QCOMPARE(modeOf(places.home / "letter.txt"), 0644);
    }
    void anOpenShopIsClosed() {
        const QTemporaryDir dir;
        const app::Places places{Path(dir.path().toStdString()), {}};
        for (const char* name : {"vault/originals/ab", "spool", "cache/tables", "keys"})
            QVERIFY(makeDirectories(places.home / name));
        const std::vector<const char*> files = {"contone.db",     "contone.db-wal", "origin",  "vault/originals/ab/cd",
                                                "agent.log",      "agent.log.1",    "lock",    "spool/page",
                                                "cache/tables/t", "keys/k",         "recovery"};
        for (const char* name : files) {
            QVERIFY(writeFileDurably(places.home / name, "x"));
            setMode(places.home / name, 0644);
        }
        QVERIFY(writeFileDurably(places.home / "letter.txt", "Dear"));
        setMode(places.home / "letter.txt", 0644);
        for (const char* name :
             {"", "vault", "vault/originals", "vault/originals/ab", "spool", "cache", "cache/tables", "keys"})
            setMode(places.home / name, 0755);
        QCOMPARE(places.makeHome().value(), int(files.size()) + 8);
        QCOMPARE(places.makeHome().value(), 0);
        QCOMPARE(modeOf(places.home), 0750);
        QCOMPARE(modeOf(places.home / "vault"), 0700);
        for (const char* name : files) QCOMPARE(modeOf(places.home / name), 0600);
        QCOMPARE(modeOf(places.home / "letter.txt"), 0644);
    }
    void whatAShopWritesIsItsOwnersAlone() {
        for (const mode_t mask : {0u, 022u, 0777u}) {
            const QTemporaryDir dir;
            setMode(Path(dir.path().toStdString()), 0755);
            const app::Places places{
                Path(dir.path().toStdString()), Path(tests::programFolder).parent_path() / "share/contone", {}};
            decode::Decoder decoder(places.decoder());
            const mode_t before = ::umask(mask);
            auto host = app::ShopHost::open({places, decoder, Log()});
            ::umask(before);
            QVERIFY(host);
            int seen = 0;
            for (const auto& entry : std::filesystem::recursive_directory_iterator(places.home)) {
                QVERIFY2((modeOf(entry.path()) & 077) == 0, entry.path().c_str());
                seen++;
            }
            host->reset();
            QCOMPARE(places.makeHome().value(), 0);  // the next start has nothing to close
            QVERIFY(seen >= 8);  // the database, its lock, its mark; the vault, the caches, the spool
            QCOMPARE(modeOf(places.home), 0750);
            QCOMPARE(modeOf(places.home / "store.key"), 0600);
            setMode(places.home / "store.key", 0640);  // is not mended: who knows who has read it
            const auto refused = app::ShopHost::open({places, decoder, Log()});
            QVERIFY(!refused);
            QCOMPARE(refused.error().reason, std::string("store-key-open"));
        }
    }
    void theSystemsCredentialIsTheStoresKey() {
        const QTemporaryDir dir, other;
        app::Places places{
            Path(dir.path().toStdString()), Path(tests::programFolder).parent_path() / "share/contone", {}};
        places.credentials = Path(other.path().toStdString());
        QVERIFY(writeFileDurably(places.credentials / "contone-store-key", std::string(32, 'k')));
        decode::Decoder decoder(places.decoder());
        QVERIFY(app::ShopHost::open({places, decoder, Log()}));
        QVERIFY(!std::filesystem::exists(places.home / "store.key"));
    }
};

QTEST_GUILESS_MAIN(PlacesTest)
#include "places_test.moc"
