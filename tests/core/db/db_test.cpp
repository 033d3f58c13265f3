// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The SQLite wrapper: values go in and out, errors have names, transactions and migrations are whole or absent.
#include <sys/stat.h>

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/db/migrations.h"

using namespace contone;
using namespace contone::db;

namespace {
Path file(const QTemporaryDir& dir) {
    return Path(dir.path().toStdString()) / "x.db";
}
const Migration first{1, "0001_one", "CREATE TABLE a(x INTEGER NOT NULL UNIQUE, t TEXT) STRICT; -- a comment\n"};
const Migration second{2, "0002_two", "CREATE TABLE b(y INTEGER) STRICT;\nINSERT INTO b VALUES (7);\n"};
const Migration broken{2, "0002_two", "CREATE TABLE b(y INTEGER) STRICT; INSERT INTO nowhere VALUES (7);"};
}  // namespace

class DbTest : public QObject {
    Q_OBJECT
  private slots:
    void valuesComeBackAsTheyWere() {
        QTemporaryDir dir;
        auto db = Database::open(file(dir), Missing::Create);
        QVERIFY(db && db->script(first.sql));
        const std::string text("a'; DROP TABLE a; --\0 and on", 28);
        QVERIFY(db->run("INSERT INTO a VALUES (?1, ?2)", {std::int64_t{-9'000'000'000}, text}).has_value());
        QCOMPARE(db->changes(), 1);
        QVERIFY(db->run("INSERT INTO a VALUES (?1, ?2)", {5, nullptr}).has_value());
        QVERIFY(db->run("INSERT INTO a VALUES (?1, ?2)", {6, ""}).has_value());
        auto rows = db->query("SELECT x, t FROM a ORDER BY x");
        QVERIFY(rows && *rows->step());
        QCOMPARE(rows->integer(0), -9'000'000'000);
        QCOMPARE(rows->text(1), text);
        QVERIFY(*rows->step() && rows->isNull(1) && rows->text(1).empty());
        QVERIFY(*rows->step() && !rows->isNull(1) && rows->text(1).empty());
        QVERIFY(!*rows->step());
        QCOMPARE(db->integer("SELECT x FROM a WHERE t = ?1", {"no"}).error().reason, std::string("row-missing"));
        QCOMPARE(db->integer("SELECT ?1").error().reason, std::string("store-error"));
    }
    void errorsHaveNames() {
        QTemporaryDir dir;
        QCOMPARE(Database::open(file(dir), Missing::Fail).error().reason, std::string("file-missing"));
        QVERIFY(!std::filesystem::exists(file(dir)));
        auto db = Database::open(file(dir), Missing::Create);
        QVERIFY(db && db->script(first.sql));
        QVERIFY(db->run("INSERT INTO a VALUES (1, '')").has_value());
        QCOMPARE(db->run("INSERT INTO a VALUES (1, '')").error().reason, std::string("store-constraint"));
        QCOMPARE(db->run("SELECT nonsense").error().code, Code::Internal);
        auto other = Database::open(file(dir), Missing::Fail);
        auto holding = Transaction::begin(*db, Lock::Immediate);
        QVERIFY(holding.has_value());
        const auto busy = Transaction::begin(*other, Lock::Immediate);
        QCOMPARE(busy.error().reason, std::string("store-busy"));
        QCOMPARE(busy.error().code, Code::Unavailable);
    }
    void aFileThatIsNoDatabaseIsDamagedAndUntouched() {
        QTemporaryDir dir;
        const std::string text(5000, 'x');
        std::ofstream(file(dir)) << text;
        auto db = Database::open(file(dir), Missing::Create);
        QVERIFY(db.has_value());
        QCOMPARE(db->integer("PRAGMA user_version").error().reason, std::string("store-damaged"));
        QCOMPARE(migrate(*db, std::span(&first, 1)).error().code, Code::Corrupt);
        QCOMPARE(*readTextFile(file(dir), 10000), text);
    }
    void aTransactionThatIsNotCommittedNeverWas() {
        QTemporaryDir dir;
        auto db = Database::open(file(dir), Missing::Create);
        QVERIFY(db && db->script(first.sql));
        {
            auto t = Transaction::begin(*db, Lock::Immediate);
            QVERIFY(t && db->run("INSERT INTO a VALUES (1, '')"));
        }
        QVERIFY(!db->inTransaction());
        QCOMPARE(*db->integer("SELECT count(*) FROM a"), 0);
        auto t = Transaction::begin(*db, Lock::Immediate);
        QVERIFY(t && db->run("INSERT INTO a VALUES (1, '')") && t->commit());
        QCOMPARE(*db->integer("SELECT count(*) FROM a"), 1);
    }
    void statementsMayMeanOtherTables() {
        QTemporaryDir dir;
        auto db = Database::open(file(dir), Missing::Create);
        QVERIFY(db && db->script("CREATE TABLE a(x PRIMARY KEY, b); CREATE TABLE new_a(x PRIMARY KEY, b); CREATE TABLE "
                                 "ab(x)"));
        db->useOtherTables({"a"}, "new_");
        for (int i = 0; i < 2; i++)  // prepared, and kept
            QVERIFY(db->run("INSERT INTO a (x, b) VALUES (1, ?1) ON CONFLICT (x) DO UPDATE SET b = excluded.b", {i}));
        QVERIFY(db->run("INSERT OR REPLACE INTO ab VALUES (1)") && db->run("UPDATE a SET b = b + 10 WHERE a.x = 1"));
        QCOMPARE(*db->integer("SELECT a.b FROM ab JOIN a ON a.x = ab.x"), 11);
        QCOMPARE(*db->integer("SELECT count(*) FROM a WHERE EXISTS (SELECT 1 FROM a)"), 1);
        db->useOtherTables({}, {});
        QCOMPARE(*db->integer("SELECT count(*) FROM a"), 0);
        QVERIFY(db->run("DELETE FROM new_a") && db->run("DELETE FROM a"));
    }
    void migrationsRunOnceAndInOrder() {
        QTemporaryDir dir;
        const Migration steps[]{first, second};
        {
            auto db = Database::open(file(dir), Missing::Create);
            QVERIFY(migrate(*db, std::span(steps, 1)).has_value());
            QCOMPARE(*schemaVersion(*db), 1);
            QVERIFY(db->run("INSERT INTO a VALUES (1, 'kept')").has_value());
        }
        auto db = Database::open(file(dir), Missing::Fail);
        QVERIFY(migrate(*db, steps).has_value() && migrate(*db, steps).has_value());
        QCOMPARE(*schemaVersion(*db), 2);
        QCOMPARE(*db->text("SELECT t FROM a"), std::string("kept"));
        QCOMPARE(*db->integer("SELECT count(*) FROM b"), 1);
        const auto older = migrate(*db, std::span(steps, 1));
        QCOMPARE(older.error().reason, std::string("store-newer"));
        QCOMPARE(older.error().code, Code::Unsupported);
    }
    void aMigrationThatFailsLeavesTheSchemaAsItWas() {
        QTemporaryDir dir;
        auto db = Database::open(file(dir), Missing::Create);
        const Migration steps[]{first, broken};
        QVERIFY(!migrate(*db, steps));
        QCOMPARE(*schemaVersion(*db), 1);
        QCOMPARE(*db->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
    }
};

QTEST_GUILESS_MAIN(DbTest)
#include "db_test.moc"
