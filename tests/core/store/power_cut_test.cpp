// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Power cuts, full disks and failing disks under the real store: nothing acknowledged is lost, nothing is half there.
//
// CONTONE_POWER_CUTS=N cuts N times instead of 360: a soak.

#include <QTemporaryDir>
#include <QTest>

#include "tests/core/store/power_cut_disk.h"
#include "tests/core/store/shop_day.h"

using namespace contone;
using namespace contone::storetest;
using store::SqliteStore;

namespace {
const SystemClock systemClock{};
}  // namespace

class PowerCutTest : public QObject {
    Q_OBJECT

    // A store on its own disk, with `cuts` power cuts in a row.
    void cutRepeatedly(unsigned seed, int cuts, int& acknowledged, int& during) {
        QTemporaryDir dir;
        const Path folder = Path(dir.path().toStdString()) / "store";
        PowerCutDisk disk(seed);
        std::mt19937 random(seed);
        Memory memory;
        for (int cut = 0; cut < cuts; cut++) {
            // Mostly soon, also while the store is made; sometimes after SQLite's own checkpoints.
            disk.cutAfter(1 + static_cast<long>(random() % (random() % 8 == 0 ? 6000 : 600)));
            {
                auto store = SqliteStore::open(folder, systemClock);
                QVERIFY(store || disk.isCut());
                if (store) {
                    ShopDay day(**store, static_cast<unsigned>(random()),
                                [&](const std::string& fact) { memory.note(fact); });
                    while (day.doSomething()) {
                    }
                    QVERIFY2(disk.isCut(), day.lastError().detail.c_str());
                } else {
                    during++;
                }
            }
            disk.powerOn();
            auto store = SqliteStore::open(folder, systemClock);
            if (!store) QFAIL(("seed " + std::to_string(seed) + ": " + store.error().detail).c_str());
            const std::string missing = memory.missingFrom(**store);
            QVERIFY2(missing.empty(), ("seed " + std::to_string(seed) + ": " + missing).c_str());
            memory.accept(**store);
            store->reset();
            QCOMPARE(wholeButErased(folder), std::string("ok"));
        }
        const auto before = dump(folder);
        QVERIFY((*SqliteStore::open(folder, systemClock))->rebuildProjections().has_value());
        QVERIFY(dump(folder) == before);
        acknowledged += memory.facts();
    }

  private slots:
    void powerCutsLoseNothingThatWasAcknowledged() {
        const int cuts = std::max(qEnvironmentVariableIntValue("CONTONE_POWER_CUTS"), 360);
        int acknowledged = 0, during = 0;
        for (int done = 0; done < cuts; done += 3) {
            cutRepeatedly(static_cast<unsigned>(done) * 7919U + 1U, 3, acknowledged, during);
            if (QTest::currentTestFailed()) return;
        }
        qInfo("%d power cuts (%d while opening), %d facts acknowledged, none lost", cuts, during, acknowledged);
        QVERIFY(acknowledged > cuts * 5 && during > 0);  // the cuts hit a store at work
    }

    // The simulator must be able to show a loss, or the test above proves nothing.
    void theSimulatorDoesLoseWhatWasNotSynced() {
        int lost = 0;
        const QTemporaryDir dir;
        for (unsigned seed = 1; seed <= 30; seed++) {
            const Path file = Path(dir.path().toStdString()) / ("x" + std::to_string(seed) + ".db");
            PowerCutDisk disk(seed);
            {
                auto db = db::Database::open(file, db::Missing::Create);
                QVERIFY(
                    db->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE t(x); "
                               "PRAGMA wal_checkpoint(TRUNCATE);"));
                disk.syncNames();
                for (int i = 0; i < 20; i++) QVERIFY(db->run("INSERT INTO t VALUES (?1)", {i}));
                disk.cutNow();
            }
            disk.powerOn();
            auto db = db::Database::open(file, db::Missing::Create);
            lost += *db->integer("SELECT count(*) FROM t") < 20 ? 1 : 0;
        }
        QVERIFY2(lost > 5, std::to_string(lost).c_str());  // WAL with NORMAL lost orders in half of the study's cuts
    }

    void aFullDiskIsSaidAndTheStoreGoesOnWhenThereIsSpace() {
        int refused = 0;
        for (unsigned seed = 1; seed <= 40; seed++) {
            QTemporaryDir dir;
            const Path folder = Path(dir.path().toStdString()) / "store";
            PowerCutDisk disk(seed);
            Memory memory;
            auto store = std::move(*SqliteStore::open(folder, systemClock));
            ShopDay day(*store, seed, [&](const std::string& fact) { memory.note(fact); });
            disk.failAfter(1 + seed * 5, Fault::Full);
            for (int i = 0; i < 300 && day.doSomething(); i++) {
            }
            QVERIFY2(day.lastError().reason == "disk-full", day.lastError().detail.c_str());
            QCOMPARE(day.lastError().code, Code::Unavailable);
            refused++;
            QCOMPARE(memory.missingFrom(*store), std::string());  // reading goes on
            QVERIFY(!store->place({line(systemClock, 1)}, agreed, {}, "kiosk"));
            disk.failAfter(0, Fault::None);
            for (int i = 0; i < 10; i++) QVERIFY2(day.doSomething(), day.lastError().detail.c_str());
            QCOMPARE(memory.missingFrom(*store), std::string());
            store.reset();
            QCOMPARE(wholeButErased(folder), std::string("ok"));
        }
        QCOMPARE(refused, 40);
    }

    void aFailingDiskFollowedByAPowerCutLosesNothing() {
        for (unsigned seed = 1; seed <= 40; seed++) {
            QTemporaryDir dir;
            const Path folder = Path(dir.path().toStdString()) / "store";
            PowerCutDisk disk(seed);
            Memory memory;
            {
                auto store = std::move(*SqliteStore::open(folder, systemClock));
                ShopDay day(*store, seed, [&](const std::string& fact) { memory.note(fact); });
                disk.failAfter(1 + seed * 7, seed % 2 == 0 ? Fault::WriteError : Fault::SyncError);
                for (int i = 0; i < 300 && day.doSomething(); i++) {
                }
                QVERIFY2(day.lastError().reason == "io-error", day.lastError().detail.c_str());
                disk.cutNow();
            }
            disk.powerOn();
            auto store = SqliteStore::open(folder, systemClock);
            QVERIFY2(store.has_value(), std::to_string(seed).c_str());
            QCOMPARE(memory.missingFrom(**store), std::string());
            store->reset();
            QCOMPARE(wholeButErased(folder), std::string("ok"));
        }
    }
};

QTEST_GUILESS_MAIN(PowerCutTest)
#include "power_cut_test.moc"
