// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore::open(): a second opener, a folder that cannot be written, and stores that are damaged, lost, newer or
// old.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/store/schema.h"
#include "tests/core/store/filled_store.h"

using namespace contone;
using namespace contone::storetest;
using store::Opening;

class StoreOpenTest : public QObject {
    Q_OBJECT
  private slots:
    void aSecondOpenerIsTurnedAwayUntilTheFirstIsGone() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        const auto second = SqliteStore::open(folderOf(dir), systemClock);
        QVERIFY(!second && second.error().code == Code::Conflict && second.error().reason == "store-in-use");
        QVERIFY(store->place({line(systemClock, 1)}, agreed, {}, "kiosk").has_value());
        store.reset();
        QVERIFY(SqliteStore::open(folderOf(dir), systemClock).has_value());
    }
    void aFolderThatCannotBeWrittenIsDenied() {
        QTemporaryDir dir;
        {
            openStore(dir);
        }
        QCOMPARE(::chmod(dir.path().toLocal8Bit().constData(), 0755), 0);
        for (const auto& entry : std::filesystem::directory_iterator(folderOf(dir)))
            ::chmod(entry.path().c_str(), 0444);
        ::chmod(folderOf(dir).c_str(), 0555);
        const pid_t child = ::fork();
        if (child == 0) {
            if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) ::_exit(2);  // root may write anywhere
            const auto store = SqliteStore::open(folderOf(dir), systemClock);
            ::_exit(!store && store.error().code == Code::Denied && store.error().reason == "not-writable" ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        ::chmod(folderOf(dir).c_str(), 0755);
    }
    void aDamagedStoreIsReportedAndNeverOverwritten_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("not a database") << 0;
        QTest::newRow("cut in half") << 1;
        QTest::newRow("a page of noise") << 2;
        QTest::newRow("emptied") << 3;
        QTest::newRow("somebody else's database") << 4;
    }
    void aDamagedStoreIsReportedAndNeverOverwritten() {
        QFETCH(int, kind);
        QTemporaryDir dir;
        fill(dir);
        const Path file = folderOf(dir) / "contone.db";
        const auto size = std::filesystem::file_size(file);
        if (kind == 0) std::ofstream(file, std::ios::trunc) << std::string(8192, 'x');
        if (kind == 1) std::filesystem::resize_file(file, size / 2);
        if (kind == 2) std::fstream(file, std::ios::in | std::ios::out).seekp(8192) << std::string(4096, '\x5a');
        if (kind == 3) std::filesystem::resize_file(file, 0);
        if (kind == 4) {
            std::filesystem::remove(file);
            QVERIFY(db::Database::open(file, db::Missing::Create)->script("CREATE TABLE t(x);").has_value());
        }
        const std::string before = *readTextFile(file, 1 << 28);
        const auto store = SqliteStore::open(folderOf(dir), systemClock);
        QVERIFY(!store);
        QCOMPARE(store.error().reason, std::string("store-damaged"));
        QCOMPARE(store.error().code, Code::Corrupt);
        QVERIFY(*readTextFile(file, 1 << 28) == before);
    }
    // SQLite takes the journal of an empty file for a leftover and removes it; but that file can be put back.
    void theJournalOfAnEmptiedStoreStays() {
        QTemporaryDir dir, copy;
        fill(dir);
        {
            auto store = openStore(dir);
            QVERIFY(store->place({line(systemClock, 1)}, agreed, {}, "kiosk").has_value());
            std::filesystem::copy(folderOf(dir), folderOf(copy), std::filesystem::copy_options::recursive);
        }
        const Path file = folderOf(copy) / "contone.db", journal = folderOf(copy) / "contone.db-wal";
        const auto size = std::filesystem::file_size(journal);
        QVERIFY(size > 0);
        std::filesystem::copy_file(file, folderOf(copy) / "kept");
        std::filesystem::resize_file(file, 0);
        QCOMPARE(SqliteStore::open(folderOf(copy), systemClock).error().reason, std::string("store-damaged"));
        QCOMPARE(std::filesystem::file_size(journal), size);
        std::filesystem::rename(folderOf(copy) / "kept", file);
        QVERIFY(SqliteStore::open(folderOf(copy), systemClock).has_value());
    }
    void aStoreWhoseFileIsGoneIsNotMadeAnew() {
        QTemporaryDir dir;
        fill(dir);
        std::filesystem::remove(folderOf(dir) / "contone.db");
        QCOMPARE(SqliteStore::open(folderOf(dir), systemClock).error().reason, std::string("store-damaged"));
        QVERIFY(!std::filesystem::exists(folderOf(dir) / "contone.db"));
    }
    void anIndexThatLostASheetIsFound() {
        QTemporaryDir dir;
        fill(dir);
        {
            auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
            // The index forgets a row that the table has: what a flipped bit in its page does.
            QVERIFY(
                db->script("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE INDEX sheet_by_order "
                           "ON sheet (order_id) WHERE number <> 1' WHERE name = 'sheet_by_order'; PRAGMA "
                           "writable_schema = RESET; REINDEX sheet_by_order; PRAGMA writable_schema = ON; UPDATE "
                           "sqlite_schema SET sql = 'CREATE INDEX sheet_by_order ON sheet (order_id)' WHERE name = "
                           "'sheet_by_order'; PRAGMA writable_schema = RESET;")
                    .has_value());
            QCOMPARE(*db->text("PRAGMA quick_check(1)"), std::string("ok"));
        }
        QCOMPARE(SqliteStore::open(folderOf(dir), systemClock).error().reason, std::string("store-damaged"));
        auto repaired = SqliteStore::open(folderOf(dir), systemClock, Opening::ToRebuild);
        QVERIFY(repaired && (*repaired)->rebuildProjections());
        repaired->reset();
        QVERIFY(SqliteStore::open(folderOf(dir), systemClock).has_value());
    }
    void aStoreInUseIsCheckedBesideTheWork() {
        QTemporaryDir dir;
        fill(dir);
        const auto store = openStore(dir);
        QVERIFY(store->check().has_value());
        std::atomic<bool> over = false;
        std::jthread work([&] {
            // So many as a shop takes in some days: a folder in memory takes thousands a second, and each makes the
            // checks longer.
            for (int placed = 0; placed < 300 && !over; placed++)
                QVERIFY(store->place({line(systemClock, 3)}, agreed, {}, "kiosk"));
        });
        for (int i = 0; i < 30; i++) {
            const auto checked = store->check();
            QVERIFY2(checked, checked ? "" : checked.error().detail.c_str());
        }
        over = true;
        work.join();
        auto other = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
        QVERIFY(other && other->run("DELETE FROM sheet WHERE number = 2"));
        QCOMPARE(store->check().error().reason, std::string("store-differs"));
    }
    void aSheetThatIsNotWhatHappenedIsNotPrinted_data() {
        QTest::addColumn<QString>("change");
        QTest::newRow("another state") << "UPDATE sheet SET state = 'planned', attempt = 'x' WHERE number = 2";
        QTest::newRow("another page") << "UPDATE sheet SET recipe = (SELECT max(hash) FROM recipe), copy = copy + 1";
        QTest::newRow("gone") << "DELETE FROM sheet WHERE number = 2";
        QTest::newRow("more copies") << "UPDATE order_line SET copies = 900";
    }
    void aSheetThatIsNotWhatHappenedIsNotPrinted() {
        QFETCH(const QString, change);
        QTemporaryDir dir;
        fill(dir);
        const auto before = *openStore(dir)->sheets({});
        QVERIFY(std::ranges::any_of(before, [](const print::Sheet& s) { return !print::isFinal(s.state); }));
        {
            auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
            QVERIFY(db->run(change.toStdString()).has_value());
        }
        const auto refused = SqliteStore::open(folderOf(dir), systemClock);
        QCOMPARE(refused.error().reason, std::string("store-differs"));
        auto repaired = SqliteStore::open(folderOf(dir), systemClock, Opening::ToRebuild);
        QVERIFY2(repaired.has_value(), repaired ? "" : repaired.error().detail.c_str());
        const auto rebuilt = (*repaired)->rebuildProjections();
        QVERIFY2(rebuilt.has_value(), rebuilt ? "" : rebuilt.error().detail.c_str());
        repaired->reset();
        QVERIFY(*openStore(dir)->sheets({}) == before);
    }
    void aStoreThatSellsAtOnceComparesAnOrderBeforeItPrints() {
        QTemporaryDir dir;
        fill(dir);
        std::vector<SheetId> sheets;
        {
            auto store = openStore(dir);
            for (int i = 0; i < 2; i++) {
                const order::Order order = place(*store);
                plan(*store, order);
                sheets.push_back(store->sheets({.order = order.id})->front().id);
            }
            for (int i = 0; i < 500; i++) place(*store);  // more than are compared before it sells
        }
        {
            auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
            QVERIFY(db->run("UPDATE sheet SET copy = copy + 5 WHERE id = ?1", {sheets[1].toString()}).has_value());
        }
        auto store = std::move(*SqliteStore::open(folderOf(dir), systemClock, Opening::ToWorkAtOnce));
        const auto send = [&](SheetId id) { return store->move(id, SheetState::Planned, to(SheetState::Sending)); };
        QVERIFY(send(sheets[0]).has_value());
        QCOMPARE(send(sheets[1]).error().reason, std::string("store-differs"));
        QVERIFY(store->sheet(sheets[1])->state == SheetState::Planned);
        QVERIFY(store->place({line(systemClock, 1)}, agreed, {}, "kiosk").has_value());
        QCOMPARE(store->check().error().reason, std::string("store-differs"));
    }
    void aStoreThatLostItsEndIsNotBelieved_data() {
        QTest::addColumn<bool>("isCut");
        QTest::newRow("the journal is gone") << false;
        QTest::newRow("the journal is cut") << true;
    }
    // A program that was killed leaves its journal; the last orders are in it alone.
    void aStoreThatLostItsEndIsNotBelieved() {
        QFETCH(const bool, isCut);
        QTemporaryDir dir, copy;
        fill(dir);
        int number = 0;
        {
            auto store = openStore(dir);
            number = store->orders(1)->front().number;
            const auto line = store->orders(1)->front().lines.front();
            order::OrderLine another = line;
            another.id = {};
            QVERIFY(store->place({another}, agreed, {}, "test"));  // number + 1, acknowledged
            std::filesystem::copy(folderOf(dir), folderOf(copy), std::filesystem::copy_options::recursive);
        }
        const Path journal = folderOf(copy) / "contone.db-wal";
        QVERIFY(std::filesystem::file_size(journal) > 0);
        if (isCut)
            std::filesystem::resize_file(journal, 100);
        else
            std::filesystem::remove(journal);
        const auto both = [&] {
            return *readTextFile(folderOf(copy) / "contone.db", 1 << 28) +
                   readTextFile(journal, 1 << 28).value_or(std::string());
        };
        const std::string before = both();
        const auto refused = SqliteStore::open(folderOf(copy), systemClock);
        QCOMPARE(refused.error().reason, std::string("store-behind"));
        QVERIFY(both() == before);  // so that the right journal can be put back
        QCOMPARE(SqliteStore::open(folderOf(copy), systemClock, Opening::ToRebuild).error().reason,
                 std::string("store-behind"));
        QVERIFY(SqliteStore::open(folderOf(copy), systemClock, Opening::AsItIs).has_value());
        const auto store = SqliteStore::open(folderOf(copy), systemClock);
        QVERIFY(store);
        order::OrderLine line = (*store)->orders(1)->front().lines.front();
        line.id = {};
        QVERIFY((*store)->place({line}, agreed, {}, "test")->number > number + 1);  // whose number somebody knows
    }
    void anotherShopsStoreIsNotTaken() {
        QTemporaryDir ours, theirs;
        fill(ours);
        fill(theirs);
        std::filesystem::copy_file(folderOf(theirs) / "contone.db", folderOf(ours) / "contone.db",
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::remove(folderOf(ours) / "acknowledged");
        QCOMPARE(SqliteStore::open(folderOf(ours), systemClock).error().reason, std::string("store-foreign"));
    }
    void aStoreWithoutATableIsDamaged_data() {
        QTest::addColumn<QString>("change");
        QTest::newRow("no conditions") << "DROP TABLE printer_condition";
        QTest::newRow("no index") << "DROP INDEX sheet_by_order";
        QTest::newRow("events may be edited") << "DROP TRIGGER event_is_never_edited";
        QTest::newRow("a version that never was") << "PRAGMA user_version = -7";
        QTest::newRow("a version of nonsense") << "PRAGMA user_version = 2000000000";
    }
    void aStoreWithoutATableIsDamaged() {
        QFETCH(const QString, change);
        QTemporaryDir dir;
        fill(dir);
        {
            auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
            QVERIFY(db->run(change.toStdString()).has_value());
        }
        QCOMPARE(SqliteStore::open(folderOf(dir), systemClock).error().reason, std::string("store-damaged"));
    }
    void aStoreOfANewerContoneIsLeftAlone() {
        QTemporaryDir dir;
        fill(dir);
        {
            auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
            QVERIFY(
                db->run("PRAGMA user_version = " + std::to_string(store::migrations().back().number + 1)).has_value());
        }
        const auto store = SqliteStore::open(folderOf(dir), systemClock);
        QVERIFY(!store && store.error().code == Code::Unsupported && store.error().reason == "store-newer");
    }
    void aStoreOfEachEarlierSchemaIsTheSameStoreToday() {
        QTemporaryDir dir;
        fill(dir);
        const auto before = dump(folderOf(dir));
        const auto sheets = *openStore(dir)->sheets({});
        QVERIFY(std::ranges::any_of(sheets, [](const auto& s) { return s.fingerprint == "render 2; lcms 2.14"; }));
        const int newest = store::migrations().back().number;
        for (int version = 1; version <= newest; version++) {
            const Path old = asOfSchema(folderOf(dir), version);
            {
                auto store = SqliteStore::open(old, systemClock);
                QVERIFY2(store, store ? "" : (std::to_string(version) + ": " + store.error().detail).c_str());
                QVERIFY2(*(*store)->sheets({}) == sheets, std::to_string(version).c_str());
                QCOMPARE((*store)->place({line(systemClock, 1)}, agreed, {}, "kiosk")->number, 1004);
                QVERIFY((*store)->check().has_value());
            }
            const auto after = dump(old);
            for (const char* table : {"job", "sheet", "recipe", "setup", "printer_condition"})
                QVERIFY2(after.at(table) == before.at(table), table);
        }
    }
};

QTEST_GUILESS_MAIN(StoreOpenTest)
#include "store_open_test.moc"
