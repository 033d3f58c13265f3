// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The store's key: made once, for its owner alone, and never made anew over keys that need the old one.
#include <sys/stat.h>

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/keys/key_ring.h"
#include "tests/core/keys/simulated_disk.h"

using namespace contone;
using namespace contone::keys;
using keystest::SimulatedDisk;

namespace {

struct Home {
    QTemporaryDir dir;
    LocalDisk disk;
    Path path = Path(dir.path().toStdString());
    Path file = path / "store.key", credentials = path / "credentials";
    Result<StoreKey> open() { return StoreKey::open(disk, path, credentials); }
    std::string reason() {
        const auto opened = open();
        return opened ? "opened" : opened.error().reason;
    }
};

int modeOf(const Path& path) {
    struct stat st{};
    return ::stat(path.c_str(), &st) == 0 ? static_cast<int>(st.st_mode & 07777) : -1;
}

}  // namespace

class StoreKeyTest : public QObject {
    Q_OBJECT
  private slots:
    void theFirstStartMakesItAndEveryLaterOneFindsIt() {
        Home home;
        ::umask(0);  // as careless as can be
        const auto made = home.open();
        ::umask(022);
        QVERIFY(made);
        QCOMPARE(modeOf(home.file), 0600);
        QVERIFY(*readFile(home.file, 100) == Bytes(made->bytes().begin(), made->bytes().end()));
        const auto again = home.open();
        QVERIFY(again && Key(again->bytes()) == Key(made->bytes()));
        Home other;
        QVERIFY(!(Key(other.open()->bytes()) == Key(made->bytes())));
    }
    void aKeyThatOthersMayReadIsRefused() {
        Home home;
        QVERIFY(home.open());
        for (const mode_t mode : {0640u, 0604u, 0660u, 0610u}) {
            QCOMPARE(::chmod(home.file.c_str(), mode), 0);
            QVERIFY(home.open().error().code == Code::Denied);
            QCOMPARE(home.reason(), std::string("store-key-open"));
        }
        QCOMPARE(::chmod(home.file.c_str(), 0400), 0);
        QCOMPARE(home.reason(), std::string("opened"));
    }
    void aKeyOfAnotherLengthIsDamagedAndStaysAsItIs() {
        Home home;
        for (const int bytes : {0, 31, 33, 5000}) {
            std::ofstream(home.file) << std::string(static_cast<std::size_t>(bytes), 'k');
            QCOMPARE(::chmod(home.file.c_str(), 0600), 0);
            QCOMPARE(home.reason(), std::string(bytes < 4096 ? "store-key-damaged" : "file-too-large"));
            QCOMPARE(static_cast<int>(std::filesystem::file_size(home.file)), bytes);
        }
    }
    void aLinkIsNotFollowed() {
        Home home;
        std::ofstream(home.path / "elsewhere") << std::string(32, 'k');
        std::filesystem::create_symlink(home.path / "elsewhere", home.file);
        QCOMPARE(home.reason(), std::string("not-a-file"));
    }
    void aMissingKeyIsNotMadeAnewWhereKeysNeedIt() {
        Home home;
        {
            const auto key = home.open();
            const auto ring = KeyRing::open(home.disk, home.path / "keys", *key);
            QVERIFY(ring && (*ring)->take());
        }
        std::filesystem::rename(home.file, home.path / "away");
        QCOMPARE(home.reason(), std::string("store-key-missing"));
        QVERIFY(!std::filesystem::exists(home.file));
        std::filesystem::rename(home.path / "away", home.file);
        QCOMPARE(home.reason(), std::string("opened"));
    }
    void theSystemsCredentialComesFirstAndNoFileIsMade() {
        Home home;
        std::filesystem::create_directory(home.credentials);
        QCOMPARE(home.reason(), std::string("opened"));  // no credential of that name: the file is made
        std::filesystem::remove(home.file);
        const std::string given(32, 'c');
        std::ofstream(home.credentials / "contone-store-key") << given;
        const auto key = home.open();
        QVERIFY(key && std::ranges::equal(key->bytes(), std::as_bytes(std::span(given))));
        QVERIFY(!std::filesystem::exists(home.file));
        std::ofstream(home.credentials / "contone-store-key") << "short";
        QCOMPARE(home.reason(), std::string("store-key-damaged"));
        QVERIFY(!std::filesystem::exists(home.file));
    }
    void itIsKeptOnceAndNeverOverAnother() {
        Home home;
        const StoreKey key(Key::random().bytes());
        QVERIFY(key.keep(home.disk, home.path));
        QVERIFY(Key(home.open()->bytes()) == Key(key.bytes()));
        QCOMPARE(key.keep(home.disk, home.path).error().reason, std::string("name-taken"));
    }
    void aPowerCutWhileItIsMadeLeavesItOrNothing() {
        const Path home = "/shop";
        int made = 0, absent = 0;
        for (unsigned seed = 1; seed <= 400; seed++) {
            SimulatedDisk disk(seed);
            QVERIFY(disk.makeFolder(home));
            disk.cutAfter(1 + seed % 8);
            const auto first = StoreKey::open(disk, home, {});
            const bool isAcknowledged = first.has_value();
            disk.cutNow();
            disk.powerOn();
            const bool isThere = disk.look(home / "store.key").has_value();
            (isThere ? made : absent)++;
            QVERIFY(isThere || !isAcknowledged);
            const auto second = StoreKey::open(disk, home, {});
            QVERIFY2(second, second ? "" : second.error().reason.c_str());
            QVERIFY(!isAcknowledged || Key(second->bytes()) == Key(first->bytes()));
        }
        QVERIFY(made > 50 && absent > 50);
    }
    void aFullDiskIsSaid() {
        SimulatedDisk disk(1);
        QVERIFY(disk.makeFolder("/shop"));
        disk.failAfter(2, keystest::Fault::Full);
        QCOMPARE(StoreKey::open(disk, "/shop", {}).error().reason, std::string("disk-full"));
        disk.mend();
        QVERIFY(StoreKey::open(disk, "/shop", {}));
    }
};

QTEST_GUILESS_MAIN(StoreKeyTest)
#include "store_key_test.moc"
