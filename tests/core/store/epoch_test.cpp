// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The chain of events, and what a store does that was restored or copied.
#include <QTemporaryDir>
#include <QTest>

#include <set>

#include "core/store/epoch.h"
#include "core/store/event_chain.h"
#include "tests/core/store/shop_fixture.h"

using namespace contone;
using namespace contone::store;
using namespace contone::storetest;

namespace {

const SystemClock systemClock;

class Shop {
  public:
    Shop() : m_folder(Path(m_dir.path().toStdString()) / "shop") {}
    Path folder() const { return m_folder; }
    std::unique_ptr<SqliteStore> open(const Path& at) {
        auto store = SqliteStore::open(at, systemClock);
        if (!store) qWarning("%s", (store.error().reason + ": " + store.error().detail).c_str());
        return store ? std::move(*store) : nullptr;
    }
    std::unique_ptr<SqliteStore> open() { return open(m_folder); }
    /// As a disk is cloned: everything that the folder has.
    Path copied(const std::string& name) const {
        Path to = m_folder.parent_path() / name;
        std::filesystem::copy(m_folder, to, std::filesystem::copy_options::recursive);
        return to;
    }

  private:
    QTemporaryDir m_dir;
    Path m_folder;
};

order::Order place(SqliteStore& store, int copies = 2) {
    return *store.place({line(systemClock, copies)}, agreed, {"Ada", {"a.jpg"}}, "kiosk");
}

Result<void> chainOf(const Path& folder) {
    auto database = db::Database::open(folder / "contone.db", db::Missing::Fail);
    return checkChain(*database);
}

/// As somebody would who wants the record to say something else.
void tamper(const Path& folder, const std::string& sql) {
    auto database = db::Database::open(folder / "contone.db", db::Missing::Fail);
    const auto done =
        database->script("DROP TRIGGER event_is_never_edited; DROP TRIGGER event_is_never_deleted;" + sql);
    QVERIFY2(done, done ? "" : done.error().detail.c_str());
}

}  // namespace

class EpochTest : public QObject {
    Q_OBJECT
  private slots:
    void eachEventHoldsTheOneBefore() {
        Shop shop;
        {
            auto store = shop.open();
            for (int i = 0; i < 5; i++) place(*store);
            std::string before;
            const auto events = store->eventsAfter(0, 100);
            for (const auto& [position, event] : *events) {
                QCOMPARE(event.hash, chainHash(before, event));
                before = event.hash;
            }
            QCOMPARE(events->size(), 5u);
        }
        QVERIFY(chainOf(shop.folder()).has_value());
    }
    void whatIsChangedLeftOutOrPutInIsFound() {
        for (const char* sql :
             {"UPDATE event SET json = replace(json, '105', '5') WHERE position = 3",
              "UPDATE event SET actor = 'nobody' WHERE position = 2", "UPDATE event SET at = at + 1 WHERE position = 1",
              "DELETE FROM event WHERE position = 3", "UPDATE event SET hash = '' WHERE position = 4",
              "UPDATE event SET origin_seq = origin_seq + 100 WHERE position = 5"}) {
            Shop shop;
            {
                auto store = shop.open();
                for (int i = 0; i < 5; i++) place(*store);
            }
            tamper(shop.folder(), sql);
            const auto checked = chainOf(shop.folder());
            QVERIFY2(!checked, sql);
            QCOMPARE(checked.error().reason, std::string("store-chain"));
        }
    }
    void eventsOfBeforeThereWereHashesAreHeldByTheNext() {
        Shop shop;
        {
            auto store = shop.open();
            for (int i = 0; i < 3; i++) place(*store);
        }
        const Path old = asOfSchema(shop.folder(), 8);
        {
            auto store = shop.open(old);
            place(*store);
            place(*store);
            QVERIFY(store->eventsAfter(2, 1)->front().event.hash.empty());
            QVERIFY(!store->eventsAfter(3, 1)->front().event.hash.empty());
        }
        QVERIFY(chainOf(old).has_value());
        tamper(old, "UPDATE event SET json = replace(json, '105', '5') WHERE position = 2");
        QCOMPARE(chainOf(old).error().reason, std::string("store-chain"));
    }
    void aCopyOfTheFolderGoesOnUnderANewName() {
        Shop shop;
        order::Order waiting, paying;
        std::string origin;
        {
            auto store = shop.open();
            waiting = place(*store);
            QVERIFY(store->planJob(waiting.id, setup("lab"), sheetsFor(waiting), "staff").has_value());
            paying = place(*store);
            const auto charge = order::ChargeId::generate(systemClock);
            QVERIFY(store->changePayment(
                paying.id,
                [&](const order::Payment& now, const auto&) -> Result<std::optional<order::PaymentEvent>> {
                    return *order::decideBegin(now, {charge, order::PayMethod::Terminal, agreed.total, {}});
                },
                "agent"));
            origin = store->eventsAfter(0, 1)->front().event.origin;
        }
        const Path clone = shop.copied("clone");
        auto original = shop.open(), copy = shop.open(clone);
        QVERIFY(original && copy);
        // The original goes on as before …
        QCOMPARE(place(*original).number, 1003);
        QVERIFY(original->payment(paying.id)->state == order::PaymentState::Authorising);
        QVERIFY(!original->openJobs()->front().isHeld());
        // … the copy has numbers, receipts and a name of its own, and asks a person about what was under way.
        QVERIFY(place(*copy).number > 2000);
        QCOMPARE(copy->openJobs()->front().heldReason, std::string("store-restored"));
        QVERIFY(copy->order(waiting.id)->state == order::OrderState::Held);
        QVERIFY(copy->payment(paying.id)->state == order::PaymentState::Unknown);
        const auto news = copy->eventsAfter(4, 100);
        QVERIFY(news->front().event.type == EpochBegun::type && news->front().event.origin != origin);
        original.reset();
        copy.reset();
        QVERIFY(chainOf(clone).has_value());
        // Opened again it is the same epoch.
        copy = shop.open(clone);
        const auto last = *copy->latestPosition();
        copy.reset();
        QCOMPARE(*shop.open(clone)->latestPosition(), last);
    }
    void aFolderThatIsRenamedStaysTheSameStore() {
        Shop shop;
        place(*shop.open());
        const Path renamed = shop.folder().parent_path() / "renamed";
        std::filesystem::rename(shop.folder(), renamed);
        QCOMPARE(place(*shop.open(renamed)).number, 1002);
    }
    void aPowerCutBeforeTheMarkerIsNoForeignStore() {
        Shop shop;
        place(*shop.open());
        const Path clone = shop.copied("clone");
        QVERIFY(shop.open(clone));
        // The epoch was committed; the marker is still the old one.
        std::filesystem::copy_file(shop.folder() / "origin", clone / "origin",
                                   std::filesystem::copy_options::overwrite_existing);
        auto store = shop.open(clone);
        QVERIFY(store);
        QCOMPARE(*store->latestPosition(), 3);
        QVERIFY(readTextFile(clone / "origin", 100) != readTextFile(shop.folder() / "origin", 100));
    }
    void receiptsHaveNoGapsAndASeriesOfTheirOwnAfterACopy() {
        Shop shop;
        const auto pay = [](SqliteStore& store) {
            const auto id = place(store).id;
            const auto paid = store.changePayment(
                id,
                [&](const order::Payment& now,
                    const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
                    return *order::decideTake(now, {order::ChargeId::generate(systemClock)}, next);
                },
                "staff");
            return toString(paid->taken.front().receipt);
        };
        {
            auto store = shop.open();
            QCOMPARE(pay(*store), std::string("A-000001"));
            // What is refused leaves no gap.
            QVERIFY(!store->changePayment(
                place(*store).id,
                [](const auto&, const auto&) -> Result<std::optional<order::PaymentEvent>> {
                    return fail(Code::Conflict, "already-paid", "Paid.");
                },
                "staff"));
            QCOMPARE(pay(*store), std::string("A-000002"));
        }
        const Path clone = shop.copied("clone");
        const std::string first = pay(*shop.open(clone)), second = pay(*shop.open(shop.copied("other")));
        QVERIFY2(first.starts_with("B") && first.ends_with("-000001"), first.c_str());
        QVERIFY(second.starts_with("B") && second != first);  // two copies of one shop
        QCOMPARE(pay(*shop.open()), std::string("A-000003"));
    }
    void seriesAreLetters() {
        QCOMPARE(receiptSeries(1, "x"), std::string("A"));
        QCOMPARE(receiptSeries(26, "x").substr(0, 1), std::string("Z"));
        QCOMPARE(receiptSeries(27, "x").substr(0, 2), std::string("AA"));
        std::set<std::string> all;
        for (int shop = 0; shop < 20; shop++) all.insert(receiptSeries(2, std::to_string(shop)));
        QCOMPARE(all.size(), 20u);  // shops of one backup
    }
    void anEventThatNobodyKnowsHoldsItsOrderAlone() {
        Shop shop;
        order::Order one, other;
        {
            auto store = shop.open();
            one = place(*store);
            other = place(*store);
        }
        {
            auto database = db::Database::open(shop.folder() / "contone.db", db::Missing::Fail);
            const auto added = database->run(
                "INSERT INTO event (position, id, origin, origin_seq, stream, stream_seq, type, schema_version, json, "
                "at, actor) VALUES (3, ?1, 'elsewhere', 1, ?2, 2, 'order-teleported', 1, '{}', 1, 'x')",
                {Uuid::generate(systemClock.now()).toString(), "order/" + one.id.toString()});
            QVERIFY2(added, added ? "" : added.error().detail.c_str());
        }
        auto store = shop.open();
        const auto rebuilt = store->rebuildProjections();
        QVERIFY2(rebuilt, rebuilt ? "" : rebuilt.error().detail.c_str());
        QCOMPARE(store->order(one.id)->newer, std::string("order-teleported"));
        QCOMPARE(store->cancel(one.id, "left", "staff").error().reason, std::string("order-newer"));
        QCOMPARE(store->moveOrder(one.id, order::OrderState::Held, "x", "staff").error().reason,
                 std::string("order-newer"));
        QCOMPARE(store->planJob(one.id, setup("lab"), sheetsFor(one), "staff").error().reason,
                 std::string("order-newer"));
        QVERIFY(store->cancel(other.id, "left", "staff").has_value());
    }
};

QTEST_GUILESS_MAIN(EpochTest)
#include "epoch_test.moc"
