// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Projections made anew beside those in use: power cuts at any moment, others who work meanwhile, and what is left
// over.
#include "core/store/rebuild.h"

#include <atomic>
#include <thread>

#include "tests/core/store/filled_store.h"
#include "tests/core/store/power_cut_disk.h"
#include "tests/core/store/shop_day.h"

using namespace contone;
using namespace contone::storetest;
using store::Rebuild;

namespace {

using Tables = std::map<std::string, std::string>;

/// The projections of a closed store, without what lies beside them.
Tables projectionsOf(const Path& folder) {
    Tables some, all = dump(folder);
    for (const char* table : {"receipt", "payment", "sheet", "job", "recipe", "order_blob", "order_line", "orders",
                              "setup", "printer_condition"})
        some[table] = all[table];
    return some;
}

bool liesBeside(const Path& folder) {
    const Tables all = dump(folder);
    return std::ranges::any_of(all, [](const auto& table) { return table.first.starts_with("next_"); });
}

void work(const Path& folder, unsigned seed, int things) {
    auto store = std::move(*SqliteStore::open(folder, systemClock));
    ShopDay day(*store, seed, [](const std::string&) {});
    for (int i = 0; i < things; i++) QVERIFY2(day.doSomething(), day.lastError().detail.c_str());
}

/// As if an older version had written it: each order says so.
void age(const Path& folder) {
    auto db = db::Database::open(folder / "contone.db", db::Missing::Fail);
    QVERIFY(db && db->script("PRAGMA synchronous = FULL; UPDATE orders SET reason = 'old'; UPDATE job SET engine = "
                             "'old'; UPDATE sheet SET message = 'old'"));
}

/// Until it is over or the power goes. One event a slice: a cut hits any of them.
Result<void> run(const Path& folder, Rebuild::How how) {
    CONTONE_TRY(Rebuild rebuild, Rebuild::begin(folder / "contone.db", how, {}));
    for (bool more = true; more;) {
        CONTONE_TRY(more, rebuild.step());
        CONTONE_CHECK(rebuild.checkpoint());
    }
    return {};
}

}  // namespace

class RebuildTest : public QObject {
    Q_OBJECT
  private slots:
    void aPowerCutLeavesTheOldProjectionsOrTheNewOnes() {
        int old = 0, made = 0, over = 0;
        for (unsigned seed = 1; seed <= 6; seed++) {
            QTemporaryDir dir;
            const Path folder = Path(dir.path().toStdString()) / "store";
            PowerCutDisk disk(seed);
            std::mt19937 random(seed);
            work(folder, seed, 40);
            const Tables whole = projectionsOf(folder);
            age(folder);
            const Tables aged = projectionsOf(folder);
            QVERIFY(whole != aged);
            for (int cut = 0; cut < 20; cut++) {
                disk.cutAfter(1 + static_cast<long>(random() % (cut % 2 == 0 ? 4000 : 400)));
                const auto done = run(folder, cut % 3 == 0 ? Rebuild::How::Anew : Rebuild::How::GoOn);
                QVERIFY2(done || disk.isCut(), done ? "" : done.error().detail.c_str());
                disk.cutNow();
                disk.powerOn();
                QCOMPARE(wholeButErased(folder), std::string("ok"));
                const Tables now = projectionsOf(folder);
                QVERIFY2(now == whole || now == aged, ("seed " + std::to_string(seed)).c_str());
                (now == aged ? old : made)++;
                over += done ? 1 : 0;
                if (now == whole && cut % 4 == 0) age(folder);
            }
            QVERIFY(run(folder, Rebuild::How::GoOn).has_value());
            QVERIFY(projectionsOf(folder) == whole && !liesBeside(folder));
            QVERIFY((*SqliteStore::open(folder, systemClock))->check().has_value());
        }
        qInfo("120 power cuts: %d old, %d new, %d over before", old, made, over);
        QVERIFY(old > 10 && made > 10);
    }

    void aStoreOfAnotherVersionGoesOnWhereThePowerWent() {
        QTemporaryDir dir;
        fill(dir);
        const Path file = folderOf(dir) / "contone.db";
        const Tables whole = projectionsOf(folderOf(dir));
        std::int64_t before = 0;
        {
            auto rebuild = Rebuild::begin(file, Rebuild::How::GoOn, {});
            for (int i = 0; i < 12; i++) QVERIFY(rebuild->step().has_value());
            before = rebuild->done();
        }
        QVERIFY(before > 5);
        QCOMPARE(Rebuild::begin(file, Rebuild::How::GoOn)->done(), before);
        QCOMPARE(Rebuild::begin(file, Rebuild::How::Anew)->done(), std::int64_t{0});
        age(folderOf(dir));
        {
            auto db = db::Database::open(file, db::Missing::Fail);
            QVERIFY(db->run("UPDATE store SET value = '1' WHERE name = 'projections'").has_value());
        }
        std::int64_t first = 0, last = 0, total = 0;
        QVERIFY(SqliteStore::open(folderOf(dir), systemClock, store::Opening::ToWork,
                                  [&](std::int64_t done, std::int64_t of) {
                                      if (first == 0) first = done;
                                      last = done;
                                      total = of;
                                  }));
        QVERIFY2(first > before && last == total, std::to_string(first).c_str());
        QVERIFY(projectionsOf(folderOf(dir)) == whole && !liesBeside(folderOf(dir)));
    }

    void whatIsLeftOverIsTidiedBesideTheWork() {
        QTemporaryDir dir;
        fill(dir);
        const Tables whole = projectionsOf(folderOf(dir));
        {
            auto rebuild = Rebuild::begin(folderOf(dir) / "contone.db", Rebuild::How::Anew, {});
            for (int i = 0; i < 12; i++) QVERIFY(rebuild->step().has_value());
        }
        QVERIFY(liesBeside(folderOf(dir)));
        const auto store = openStore(dir);
        QVERIFY(store->check() && store->tidy());
        QVERIFY(!liesBeside(folderOf(dir)));
        QVERIFY(projectionsOf(folderOf(dir)) == whole);
        QVERIFY(store->place({line(systemClock, 1)}, agreed, {}, "kiosk").has_value());
    }

    void othersWorkWhileAllIsMadeAnew() {
        QTemporaryDir dir;
        work(folderOf(dir), 1, 300);
        {
            auto store = openStore(dir);
            std::atomic<bool> over = false;
            std::atomic<int> things = 0;
            std::jthread day([&] {
                ShopDay working(*store, 2, [](const std::string&) {});
                while (!over) {
                    QVERIFY2(working.doSomething(), working.lastError().detail.c_str());
                    things++;
                }
            });
            std::int64_t last = 0, total = -1;
            for (int i = 0; i < 5; i++) {
                const auto made = store->rebuildProjections([&](std::int64_t done, std::int64_t of) {
                    last = done;
                    total = of;
                });
                QVERIFY2(made, made ? "" : made.error().detail.c_str());
                QCOMPARE(last, total);
            }
            over = true;
            day.join();
            QVERIFY2(things > 5, std::to_string(things).c_str());
            const auto checked = store->check();
            QVERIFY2(checked, checked ? "" : checked.error().detail.c_str());
        }
        const Tables before = projectionsOf(folderOf(dir));
        QVERIFY(openStore(dir)->rebuildProjections().has_value());
        QVERIFY(projectionsOf(folderOf(dir)) == before);
        QCOMPARE(wholeButErased(folderOf(dir)), std::string("ok"));
    }
};

QTEST_GUILESS_MAIN(RebuildTest)
#include "rebuild_test.moc"
