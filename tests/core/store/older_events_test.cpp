// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Stores from before pages had a kind: their events, letter by letter as they were written, still say the same.
#include <QTemporaryDir>
#include <QTest>

#include "core/db/database.h"
#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/store/sqlite_store.h"
#include "tests/core/store/older_events.h"

using namespace contone;
using namespace contone::store;
using namespace contone::storetest;

namespace {

const SystemClock systemClock;

template <class Fact>
std::string writtenAgain(const char* text) {
    const auto fact = Fact::fromJson(text);
    return fact ? fact->json() : fact.error().reason + ": " + fact.error().detail;
}

}  // namespace

class OlderEventsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    std::unique_ptr<SqliteStore> m_store;

    Path folder() const { return m_dir.path().toStdString(); }
    static OrderId order(int which) { return *OrderId::parse(orders[which]); }
    print::Sheet sheetOf(int which) const { return m_store->sheets({.order = order(which)})->at(0); }

  private slots:
    void initTestCase() {
        QVERIFY(SqliteStore::open(folder(), systemClock).has_value());
        {
            auto database = db::Database::open(folder() / "contone.db", db::Missing::Fail);
            int number = 0;
            for (const auto& [stream, type, version, json] : events) {
                number++;
                const auto added = database->run(
                    "INSERT INTO event (id, origin, origin_seq, stream, stream_seq, type, schema_version, json, at, "
                    "actor) VALUES (?1, 'older', ?2, ?3, 1, ?4, ?5, ?6, 1795990174073, 'staff')",
                    {Uuid::generate(systemClock.now()).toString(), number, stream, type, version, json});
                QVERIFY2(added, added ? "" : added.error().detail.c_str());
            }
        }
        m_store = *SqliteStore::open(folder(), systemClock);
        const auto rebuilt = m_store->rebuildProjections();
        QVERIFY2(rebuilt, rebuilt ? "" : rebuilt.error().detail.c_str());
    }
    void anOrderStillSaysWhatWasChosen() {
        const auto photos = m_store->order(order(1));
        QCOMPARE(photos->number, 1002);
        QVERIFY(photos->lines[0].choices == order::PhotoChoices{});
        QCOMPARE(photos->lines[0].original.toString().substr(0, 8), std::string("ffe89a0a"));
    }
    void aJobStillKnowsItsSetup() {
        for (int which : {0, 1}) {
            const print::PrintJob job = *m_store->printJob(sheetOf(which).job);
            QCOMPARE(job.setup.name, std::string("front"));
            QCOMPARE(job.setup.route.uri, std::string("/srv/tray"));
            QVERIFY(job.setup.verification->passed);
            QCOMPARE(m_store->openJobs()->size(), 2u);
        }
    }
    void aPageStillIsWhatItWas() {
        const print::Page rulers = *m_store->page(sheetOf(0).recipe), photo = *m_store->page(sheetOf(1).recipe);
        QVERIFY(rulers == print::Page(print::CalibrationPage{"4x6", {}}));
        QVERIFY(print::kindOf(photo) == "photos");
        QCOMPARE(print::originalsOf(photo).at(0).toString(), m_store->order(order(1))->lines[0].original.toString());
        QVERIFY(print::hashOf(photo) == sheetOf(1).recipe);
    }
    void whatWasStoredIsWrittenAgainLetterByLetter() {
        for (const char* text : {calibrationOrder, photoOrder}) {
            const auto today = order::Placed::from1(text);
            QVERIFY2(today, today ? "" : today.error().detail.c_str());
            QCOMPARE(writtenAgain<order::Placed>(today->c_str()), *today);
        }
        for (const char* text : {calibrationJob, photoJob})
            QCOMPARE(writtenAgain<print::JobPlanned>(text), std::string(text));
    }
};

QTEST_GUILESS_MAIN(OlderEventsTest)
#include "older_events_test.moc"
