// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore: what is acknowledged is kept, what is refused changes nothing, and a second life is like the first.
#include <algorithm>
#include <set>
#include <thread>

#include "core/store/schema.h"
#include "tests/core/store/filled_store.h"

using namespace contone;
using namespace contone::storetest;

namespace {

bool anyFileHolds(const Path& folder, const std::string& marker) {
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_regular_file() && readTextFile(entry.path(), 1 << 28)->find(marker) != std::string::npos)
            return true;
    return false;
}

}  // namespace

class StoreTest : public QObject {
    Q_OBJECT
  private slots:
    void anOrderComesBackAsItWasPlaced() {
        QTemporaryDir dir;
        const ManualClock clock({1'763'000'000'000});
        auto store = std::move(*SqliteStore::open(folderOf(dir), clock));
        const std::vector<order::OrderLine> lines{line(clock, 2, "a"), line(clock, 1, "b")};
        const order::Customer customer{"Ada Müller", {"IMG_1.JPG", "Über uns.jpg"}};
        const auto placed = store->place(lines, agreed, customer, "kiosk");
        QVERIFY(placed.has_value());
        QCOMPARE(placed->number, 1001);
        QCOMPARE(placed->price.total.minor, 105);
        QVERIFY(placed->lines == lines && placed->placedAt == clock.now());
        QVERIFY(*store->order(placed->id) == *placed && *store->orderByNumber(1001) == *placed);
        QVERIFY(*store->customer(placed->id) == customer);
        const auto second = store->place({line(clock, 1)}, agreed, {}, "kiosk");
        QCOMPARE(second->number, 1002);
        const auto newest = store->orders(10);
        QVERIFY(newest->size() == 2 && newest->front() == *second && newest->back() == *placed);
        QCOMPARE(store->orders(1)->size(), 1u);
    }
    void whatIsRefusedChangesNothing() {
        QTemporaryDir dir;
        {
            auto store = openStore(dir);
            const order::Order order = place(*store);
            const auto stranger = OrderId::generate(systemClock);
            QCOMPARE(store->place({}, agreed, {}, "x").error().reason, std::string("order-empty"));
            QCOMPARE(store->place({line(systemClock, 0)}, agreed, {}, "x").error().reason, std::string("bad-copies"));
            QCOMPARE(store->order(stranger).error().reason, std::string("order-unknown"));
            QCOMPARE(store->orderByNumber(1).error().reason, std::string("order-unknown"));
            QCOMPARE(store->customer(stranger).error().reason, std::string("order-unknown"));
            QCOMPARE(store->eraseCustomer(stranger, "asked", "x").error().reason, std::string("order-unknown"));
            QCOMPARE(store->cancel(stranger, "x", "x").error().reason, std::string("order-unknown"));
            QCOMPARE(store->planJob(stranger, setup("lab"), sheetsFor(order), "x").error().reason,
                     std::string("order-unknown"));
            QCOMPARE(store->planJob(order.id, setup("lab"), {}, "x").error().reason, std::string("job-empty"));
            auto sheets = sheetsFor(order);
            sheets[1].copy = 3;
            QCOMPARE(store->planJob(order.id, setup("lab"), sheets, "x").error().reason, std::string("bad-copy"));
            sheets[1] = sheets[0];
            QCOMPARE(store->planJob(order.id, setup("lab"), sheets, "x").error().reason,
                     std::string("already-planned"));
            sheets[1].line = LineId::generate(systemClock);
            QCOMPARE(store->planJob(order.id, setup("lab"), sheets, "x").error().reason, std::string("line-unknown"));
            QCOMPARE(store->sheet(SheetId::generate(systemClock)).error().reason, std::string("sheet-unknown"));
            QCOMPARE(store->printJob(JobId::generate(systemClock)).error().reason, std::string("job-unknown"));
            QCOMPARE(store->setup("none").error().reason, std::string("setup-unknown"));
            QCOMPARE(store->saveSetup(setup("a b"), "x").error().reason, std::string("bad-setup-name"));
            QCOMPARE(store->page(Sha256::of("no")).error().reason, std::string("recipe-unknown"));
            QCOMPARE(store->recipeJson(Sha256::of("no")).error().reason, std::string("recipe-unknown"));
            QCOMPARE(store->eventsAfter(0, 100)->size(), 1u);
        }
        QCOMPARE(wholeness(folderOf(dir)), std::string("ok"));
    }
    void anOrderGoesFromPlacedToDoneWithItsSheets() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        const order::Order order = place(*store);
        const print::PrintJob job = plan(*store, order);
        QCOMPARE(job.sheets, 2);
        QVERIFY(*store->printJob(job.id) == job);
        QVERIFY(job.setup == setup("lab"));
        QVERIFY(store->order(order.id)->production == order::Production::Printing);
        QCOMPARE(store->cancel(order.id, "x", "x").error().reason, std::string("order-printing"));
        const auto sheets = *store->sheets({.job = job.id});
        QVERIFY(sheets.size() == 2 && sheets[0].number == 1 && sheets[1].copy == 2 &&
                sheets[0].attempt != sheets[1].attempt);
        QVERIFY(*store->page(sheets[0].recipe) == sheetsFor(order)[0].page);
        QCOMPARE(*store->recipeJson(sheets[0].recipe), print::canonical(sheetsFor(order)[0].page));
        QCOMPARE(store->openJobs()->size(), 1u);
        walk(*store, sheets[0].id, {SheetState::Sending, SheetState::Sent, SheetState::Printing, SheetState::Out});
        QCOMPARE(store->sheets({.order = order.id, .openOnly = true})->size(), 1u);
        walk(*store, sheets[1].id, {SheetState::Sending, SheetState::Sent, SheetState::Spoiled});
        QVERIFY(store->order(order.id)->production == order::Production::Printing);  // copy 2 is not on paper yet
        QVERIFY(store->openJobs()->empty());

        auto reprint = sheetsFor(order)[1];
        reprint.reprintOf = sheets[1].id;
        const auto again = store->planJob(order.id, setup("lab"), {reprint}, "staff");
        QVERIFY(again.has_value());
        const auto sheet = store->sheets({.job = again->id})->front();
        QVERIFY(sheet.reprintOf == sheets[1].id);
        walk(*store, sheet.id, {SheetState::Sending, SheetState::Unknown, SheetState::Out});
        QVERIFY(store->order(order.id)->production == order::Production::Printed);
        QCOMPARE(store->cancel(order.id, "x", "x").error().reason, std::string("order-done"));
    }
    void aCopyIsNeverPlannedTwiceWithoutAPersonsWord() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        const order::Order order = place(*store, 1);
        plan(*store, order);
        const auto sheet = store->sheets({.order = order.id})->front();
        QCOMPARE(store->planJob(order.id, setup("lab"), sheetsFor(order), "x").error().reason,
                 std::string("already-planned"));
        walk(*store, sheet.id, {SheetState::Cancelled});
        QVERIFY(store->planJob(order.id, setup("lab"), sheetsFor(order), "x").has_value());
        const order::Order gone = place(*store, 1);
        QVERIFY(store->cancel(gone.id, "customer-left", "staff")->state == order::OrderState::Cancelled);
        QCOMPARE(store->planJob(gone.id, setup("lab"), sheetsFor(gone), "x").error().reason,
                 std::string("order-cancelled"));
    }
    void theNewestSheetsAreNotLostBehindTheLimit() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        const order::Order first = place(*store), second = place(*store, 1);
        plan(*store, first);
        plan(*store, second);
        auto all = *store->sheets({});
        QVERIFY(all.size() > 2 && all.back().order == second.id);
        QVERIFY(store->sheets({.limit = 2})->front() == all.front());
        std::ranges::reverse(all);
        const auto newest = *store->sheets({.limit = 2, .sorting = print::SheetOrder::NewestFirst});
        QVERIFY(newest == std::vector<print::Sheet>(all.begin(), all.begin() + 2));
        QCOMPARE(*store->latestPosition(), store->eventsAfter(0, 100)->back().position);
    }
    void aListIsWholeUnlessALimitIsAskedFor() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        std::vector<order::OrderLine> lines;
        for (int i = 0; i < 5; i++) lines.push_back(line(systemClock, 999));
        for (int i = 0; i < 3; i++) {
            const auto order =
                store->place(lines, agreed, {"Ada", std::vector<std::string>(lines.size(), "a.jpg")}, "kiosk");
            QVERIFY(order);
            plan(*store, *order);
            for (order::OrderLine& one : lines) one.id = LineId::generate(systemClock);
        }
        QCOMPARE(store->sheets({})->size(), std::size_t{14'985});
        QCOMPARE(store->sheets({.limit = 10'001})->size(), std::size_t{10'001});
    }
    void aLongListIsReadPageByPageInEitherOrder() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        for (int i = 0; i < 3; i++) plan(*store, place(*store));
        for (const auto sorting : {print::SheetOrder::OldestFirst, print::SheetOrder::NewestFirst}) {
            const auto whole = *store->sheets({.sorting = sorting});
            print::SheetFilter filter{.limit = 2, .sorting = sorting};
            std::vector<print::Sheet> read;
            for (auto page = *store->sheets(filter); !page.empty(); page = *store->sheets(filter)) {
                QVERIFY(page.size() <= 2);
                read.insert(read.end(), page.begin(), page.end());
                filter.after = page.back().id;
            }
            QVERIFY(whole.size() > 4 && read == whole);
        }
        QCOMPARE(store->sheets({.after = SheetId::generate(systemClock)}).error().reason, std::string("sheet-unknown"));
    }
    void aSheetMovesOnlyFromWhereItIsAndByTheRules() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        plan(*store, place(*store, 1));
        const print::Sheet sheet = store->sheets({})->front();
        const auto early = store->move(sheet.id, SheetState::Sending, to(SheetState::Sent));
        QVERIFY(early.error().reason == "sheet-moved" && early.error().code == Code::Conflict);
        const auto illegal = store->move(sheet.id, SheetState::Planned, to(SheetState::Out));
        QVERIFY(illegal.error().reason == "sheet-rule" && illegal.error().code == Code::Internal);
        QCOMPARE(store->noteSchedulerJob(sheet.id, 41)->schedulerJob, 41);
        const auto sending = store->move(sheet.id, SheetState::Planned,
                                         {SheetState::Sending, "", "", {}, 42, Sha256::of("raster"), "agent"});
        QVERIFY(sending->schedulerJob == 42 && sending->raster == Sha256::of("raster") && sending->attempts == 1);
        QCOMPARE(store->move(sheet.id, SheetState::Sending, to(SheetState::Planned)).error().reason,
                 std::string("sheet-rule"));
        const AttemptId next = AttemptId::generate(systemClock);
        const auto back = store->move(sheet.id, SheetState::Sending,
                                      {SheetState::Planned, "document-refused", "Sent again.", next, {}, {}, "agent"});
        QVERIFY(back->attempt == next && back->attempts == 2 && back->schedulerJob == 0 &&
                back->reason == "document-refused");
        QVERIFY(*store->sheet(sheet.id) == *back);
    }
    void eventsFollowEachOtherWithoutGaps() {
        QTemporaryDir dir;
        fill(dir);
        auto store = openStore(dir);
        const auto events = *store->eventsAfter(0, 1000);
        QVERIFY(events.size() > 15);
        std::map<std::string, std::int64_t> streams;
        std::int64_t last = 0;
        for (const auto& stored : events) {
            QCOMPARE(stored.event.originSeq, ++last);
            QCOMPARE(stored.event.streamSeq, ++streams[stored.event.stream]);
            QVERIFY(order::ownerOf(stored.event.stream) != order::Owner::Nobody);
            QVERIFY(!stored.event.id.isNil() && stored.event.causation.isNil());
            QCOMPARE(stored.event.origin, events.front().event.origin);
        }
        QVERIFY(Uuid::parse(events.front().event.origin).has_value());
        const auto some = *store->eventsAfter(events[4].position, 3);
        QVERIFY(some.size() == 3 && some[0].event == events[5].event && some[2].event == events[7].event);
        QVERIFY(store->eventsAfter(events.back().position, 10)->empty());
    }
    void reopeningKeepsEverything() {
        QTemporaryDir dir;
        fill(dir);
        const auto before = dump(folderOf(dir));
        QVERIFY(before.size() == 19 && before.at("sheet").size() > 500);
        {
            openStore(dir);
        }
        QVERIFY(dump(folderOf(dir)) == before);
        QCOMPARE(wholeness(folderOf(dir)), std::string("order without customer: 1"));  // the erased one
        auto store = openStore(dir);
        QCOMPARE(place(*store).number, 1004);
        QVERIFY(store->setup("lab")->verification->passed);
        QCOMPARE(store->setups()->size(), 2u);
    }
    void rebuiltProjectionsAreTheSameRows() {
        QTemporaryDir dir;
        fill(dir);
        const auto before = dump(folderOf(dir));
        QVERIFY(openStore(dir)->rebuildProjections().has_value());
        const auto rebuilt = dump(folderOf(dir));
        for (const auto& [table, rows] : rebuilt) QVERIFY2(rows == before.at(table), table.c_str());
        // Even from projections that were damaged by hand: the events alone decide.
        {
            auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
            QVERIFY(
                db->script("DELETE FROM sheet; UPDATE orders SET state = 'ready', number = number + 7;").has_value());
        }
        QVERIFY(openStore(dir)->rebuildProjections().has_value());
        QVERIFY(dump(folderOf(dir)) == before);
    }
    void eventsCannotBeEditedOrDeleted() {
        QTemporaryDir dir;
        fill(dir);
        auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
        QVERIFY(!db->run("UPDATE event SET json = '{}'"));
        QVERIFY(!db->run("DELETE FROM event"));
        QVERIFY(*db->integer("SELECT count(*) FROM event") > 15);
    }
    void eventsHoldNoPersonalDataAndErasingLeavesNoTrace() {
        QTemporaryDir dir;
        const std::string name = "Zebulon Quartermaine", photo = "wedding_of_zebulon.jpg";
        auto store = openStore(dir);
        const auto order = store->place({line(systemClock, 1)}, agreed, {name, {photo}}, "kiosk");
        const auto kept = store->place({line(systemClock, 1)}, agreed, {"Someone Else", {"b.jpg"}}, "kiosk");
        plan(*store, *order);
        const auto written = *store->eventsAfter(0, 1000);
        for (const auto& stored : written)
            for (const std::string* text :
                 {&stored.event.json, &stored.event.actor, &stored.event.stream, &stored.event.type})
                QVERIFY(text->find("Zebulon") == std::string::npos && text->find("wedding") == std::string::npos);
        QVERIFY(anyFileHolds(folderOf(dir), name));
        QVERIFY(store->eraseCustomer(order->id, "asked", "staff").has_value());
        QVERIFY(!anyFileHolds(folderOf(dir), name) && !anyFileHolds(folderOf(dir), photo));
        QVERIFY(*store->customer(order->id) == order::Customer{});
        QCOMPARE(store->customer(kept->id)->name, std::string("Someone Else"));
        QVERIFY(store->order(order->id)->lines == order->lines);
        const std::size_t events = store->eventsAfter(0, 1000)->size();
        QVERIFY(store->eraseCustomer(order->id, "asked", "staff").has_value());
        QCOMPARE(store->eventsAfter(0, 1000)->size(), events);
    }
    void theStoreRunsInTheModeThatLosesNothing() {
        QTemporaryDir dir;
        auto store = openStore(dir);
        place(*store);
        auto db = db::Database::open(folderOf(dir) / "contone.db", db::Missing::Fail);
        QCOMPARE(*db->text("PRAGMA journal_mode"), std::string("wal"));
        QVERIFY(std::filesystem::file_size(folderOf(dir) / "contone.db-wal") > 0);
    }
    void threadsPlacingOrdersGetDifferentNumbers() {
        QTemporaryDir dir;
        std::vector<int> numbers[2];
        {
            auto store = openStore(dir);
            std::vector<std::thread> threads;
            for (auto& mine : numbers)
                threads.emplace_back([&] {
                    for (int i = 0; i < 40; i++)
                        if (const auto order = store->place({line(systemClock, 1)}, agreed, {}, "kiosk");
                            order && store->order(order->id))
                            mine.push_back(order->number);
                });
            for (auto& thread : threads) thread.join();
        }
        std::set<int> all(numbers[0].begin(), numbers[0].end());
        all.insert(numbers[1].begin(), numbers[1].end());
        QCOMPARE(all.size(), 80u);
        QVERIFY(*all.begin() == 1001 && *all.rbegin() == 1080);
        QCOMPARE(wholeness(folderOf(dir)), std::string("ok"));
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "store_test.moc"
