// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the JobControl: holds, priorities and moves between printers, and stores from before there were any.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>
#include <random>

#include "core/print/production_event.h"
#include "core/store/schema.h"
#include "tests/core/store/shop_fixture.h"

using namespace contone;
using namespace contone::storetest;
using print::SheetState;
using store::SqliteStore;

namespace {

const SystemClock systemClock{};

std::unique_ptr<SqliteStore> openStore(const Path& folder) {
    auto store = SqliteStore::open(folder, systemClock);
    if (!store) qFatal("%s: %s", store.error().reason.c_str(), store.error().detail.c_str());
    return std::move(*store);
}

/// The same sheets for another printer: other pixels, the rest as it is.
std::vector<print::PlannedSheet> movedTo(const std::string& setup, const std::vector<print::Sheet>& sheets) {
    std::vector<print::PlannedSheet> planned;
    for (const print::Sheet& s : sheets)
        planned.push_back({s.line, s.copy, pageOf(Sha256::of(setup)), s.reprintOf, s.reprint, s.id});
    return planned;
}

std::vector<print::Sheet> plannedOf(const SqliteStore& store, JobId job) {
    auto sheets = *store.sheets({.job = job});
    std::erase_if(sheets, [](const print::Sheet& s) { return s.state != SheetState::Planned; });
    return sheets;
}

template <class T>
std::string reasonOf(const Result<T>& result) {
    return result ? "fine" : result.error().reason;
}

/// "" when each copy of the order has exactly one sheet that is out or may come out, and each moved sheet a successor.
std::string accounting(const SqliteStore& store, const order::Order& order) {
    const auto sheets = *store.sheets({.order = order.id});
    std::map<std::pair<LineId, int>, int> living;
    for (const print::Sheet& s : sheets) {
        if (s.state != SheetState::Cancelled) living[{s.line, s.copy}]++;
        const auto successors =
            std::ranges::count_if(sheets, [&](const print::Sheet& other) { return other.movedFrom == s.id; });
        if (successors != (s.reason == print::movedAway ? 1 : 0)) return "successors of " + s.id.toString();
        if (s.reason == print::movedAway && s.state != SheetState::Cancelled) return "moved but not cancelled";
    }
    for (const order::OrderLine& line : order.lines)
        for (int copy = 1; copy <= line.copies; copy++)
            if (living[{line.id, copy}] != 1)
                return std::to_string(living[{line.id, copy}]) + " sheets of copy " + std::to_string(copy);
    return "";
}

}  // namespace

class JobControlTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SqliteStore> m_store;
    Path folder() const { return Path(m_dir->path().toStdString()) / "store"; }
    order::Order placed(int copies) {
        return *m_store->place({line(systemClock, copies)}, agreed, {"", {"a.jpg"}}, "kiosk");
    }
    print::PrintJob planned(const order::Order& order, print::JobTerms terms = {}) {
        return *m_store->planJob(order.id, setup("front"), sheetsFor(order), terms, "staff");
    }

  private slots:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_store = openStore(folder());
    }
    void cleanup() {
        // Whatever a test did: the events alone make the same rows again.
        const auto before = (m_store.reset(), dump(folder()));
        QVERIFY(openStore(folder())->rebuildProjections().has_value());
        const auto rebuilt = dump(folder());
        for (const auto& [table, rows] : rebuilt) QVERIFY2(rows == before.at(table), table.c_str());
        QCOMPARE(wholeness(folder()), std::string("ok"));
    }

    void aJobIsHeldReleasedAndHurriedAndStaysSoAfterARestart() {
        const auto order = placed(2);
        const auto job = planned(order, {print::Priority::Bulk, "render 2"});
        QVERIFY(job.priority == print::Priority::Bulk && job.engine == "render 2" && !job.isHeld());
        QCOMPARE(m_store->holdJob(job.id, "customer-asks", "staff")->heldReason, std::string("customer-asks"));
        QCOMPARE(m_store->holdJob(job.id, "another", "staff")->heldReason, std::string("customer-asks"));
        QVERIFY(m_store->setPriority(job.id, print::Priority::Pickup, "staff")->priority == print::Priority::Pickup);
        m_store.reset();
        m_store = openStore(folder());
        const auto again = *m_store->printJob(job.id);
        QVERIFY(again.isHeld() && again.priority == print::Priority::Pickup && again.releasedAt == Instant{});
        const auto released = m_store->releaseJob(job.id, "staff");
        QVERIFY(released && !released->isHeld() && released->releasedAt.ms > 0);
        QVERIFY(*m_store->releaseJob(job.id, "staff") == *released);  // twice is fine
        int holds = 0;
        const auto all = *m_store->eventsAfter(0, 100);
        for (const auto& e : all) holds += e.event.type == "job-held" ? 1 : 0;
        QCOMPARE(holds, 1);  // only what changed is told
    }
    void nothingIsDecidedAboutAJobOfWhichNothingWaits() {
        const auto order = placed(1);
        const auto job = planned(order);
        const auto sheet = m_store->sheets({.job = job.id})->front();
        QVERIFY(m_store->move(sheet.id, SheetState::Planned, to(SheetState::Sending)).has_value());
        QCOMPARE(reasonOf(m_store->holdJob(job.id, "", "staff")), std::string("job-over"));
        QCOMPARE(reasonOf(m_store->setPriority(job.id, print::Priority::Bulk, "staff")), std::string("job-over"));
        QCOMPARE(reasonOf(m_store->releaseJob(JobId::generate(systemClock), "staff")), std::string("job-unknown"));
    }
    void sheetsThatWaitMoveWholeOrNotAtAll() {
        const auto order = placed(4);
        const auto job = planned(order, {print::Priority::Pickup, ""});
        auto sheets = *m_store->sheets({.job = job.id});
        QVERIFY(m_store->move(sheets[0].id, SheetState::Planned, to(SheetState::Sending)).has_value());
        // The first is on its way: nothing at all is moved with it.
        QCOMPARE(reasonOf(m_store->movePlanned(job.id, setup("back"), movedTo("back", sheets), "", "agent")),
                 std::string("sheet-moved"));
        QCOMPARE(plannedOf(*m_store, job.id).size(), std::size_t{3});
        const auto waiting = plannedOf(*m_store, job.id);
        QVERIFY(m_store->holdJob(job.id, "older-than-two-hours", "agent").has_value());
        const auto moved = m_store->movePlanned(job.id, setup("back"), movedTo("back", waiting), "render 2", "agent");
        QCOMPARE(reasonOf(moved), std::string("fine"));
        QCOMPARE(moved->sheets, 3);
        QVERIFY(moved->priority == print::Priority::Pickup && moved->setup.name == "back");
        QCOMPARE(moved->heldReason, std::string("older-than-two-hours"));  // moving it approves nothing
        for (const print::Sheet& s : waiting) {
            QVERIFY(m_store->sheet(s.id)->state == SheetState::Cancelled);
            QCOMPARE(m_store->sheet(s.id)->reason, std::string(print::movedAway));
        }
        QVERIFY(m_store->sheets({.job = moved->id})->front().movedFrom == waiting.front().id);
        QCOMPARE(accounting(*m_store, order), std::string());
        // Once is enough.
        QCOMPARE(reasonOf(m_store->movePlanned(job.id, setup("back"), movedTo("back", waiting), "", "agent")),
                 std::string("sheet-moved"));
    }
    void onlySheetsOfTheJobMoveAndOnlyAsThemselves() {
        const auto order = placed(2);
        const auto job = planned(order);
        auto sheets = movedTo("back", plannedOf(*m_store, job.id));
        const auto with = [&](auto change) {
            auto changed = sheets;
            change(changed);
            return reasonOf(m_store->movePlanned(job.id, setup("back"), changed, "", "agent"));
        };
        QCOMPARE(with([](auto& s) { s[0].movedFrom.reset(); }), std::string("sheet-not-of-job"));
        QCOMPARE(with([](auto& s) { s[0].copy = 2; }), std::string("sheet-not-of-job"));
        QCOMPARE(with([](auto& s) { s[1] = s[0]; }), std::string("sheet-moved"));
        QCOMPARE(with([](auto& s) { s.clear(); }), std::string("job-empty"));
        QCOMPARE(plannedOf(*m_store, job.id).size(), std::size_t{2});
    }
    void aReprintThatMovesStaysThatReprint() {
        const auto order = placed(1);
        const auto job = planned(order);
        const auto first = m_store->sheets({.job = job.id})->front();
        for (const auto state : {SheetState::Sending, SheetState::Sent, SheetState::Out})
            QVERIFY(m_store->move(first.id, m_store->sheet(first.id)->state, to(state)).has_value());
        auto again = sheetsFor(order);
        again[0].reprintOf = first.id;
        again[0].reprint = print::ReprintCase{print::ReprintReason::Scratch, print::CostOwner::Supplier};
        const auto reprint = m_store->planJob(order.id, setup("front"), again, "staff");
        const auto moved = m_store->movePlanned(reprint->id, setup("back"),
                                                movedTo("back", plannedOf(*m_store, reprint->id)), "", "x");
        QCOMPARE(reasonOf(moved), std::string("fine"));
        const auto sheet = m_store->sheets({.job = moved->id})->front();
        QVERIFY(sheet.reprintOf == first.id && sheet.reprint == again[0].reprint);
        const auto spoilage = print::spoilageOf(*m_store->sheets({}));
        QVERIFY((spoilage.spoiled == std::map<std::string, int>{{"scratch", 1}}));
        QVERIFY((spoilage.reprints == std::map<std::string, int>{{"supplier", 1}}));  // moved: still one
        QCOMPARE(spoilage.out, 1);
    }
    // Sheets go on, come back, are held, hurried and moved at random between three printers: every copy keeps exactly
    // one sheet that is out or may come out.
    void howeverSheetsAreMovedNoCopyIsLostOrDoubled() {
        int moves = 0, refused = 0;
        for (unsigned seed = 1; seed <= 25; seed++) {
            std::mt19937 random(seed);
            const auto order = placed(1 + static_cast<int>(random() % 6));
            planned(order);
            for (int step = 0; step < 60; step++) {
                const auto jobs = *m_store->jobs(true, 100);
                if (jobs.empty()) break;
                const auto& job = jobs[random() % jobs.size()].job;
                const auto sheets = *m_store->sheets({.job = job.id, .openOnly = true});
                const auto& sheet = sheets[random() % sheets.size()];
                const std::string name = random() % 2 == 0 ? "back" : "side";
                switch (random() % 6) {
                    case 0: {
                        auto some = sheets;  // also ones that are on their way: then all is refused
                        some.resize(1 + random() % some.size());
                        const bool mayMove = std::ranges::all_of(
                            some, [](const print::Sheet& s) { return s.state == SheetState::Planned; });
                        const auto moved = m_store->movePlanned(job.id, setup(name), movedTo(name, some), "", "agent");
                        QCOMPARE(moved.has_value(), mayMove);
                        (moved ? moves : refused)++;
                        break;
                    }
                    case 1:
                        (void)(job.isHeld() ? m_store->releaseJob(job.id, "x") : m_store->holdJob(job.id, "", "x"));
                        break;
                    case 2:
                        (void)m_store->setPriority(job.id, print::Priority::Bulk, "x");
                        break;
                    default: {
                        const SheetState next[]{SheetState::Sending, SheetState::Sent, SheetState::Out,
                                                SheetState::Planned};
                        auto move = to(next[random() % 4]);
                        if (move.to == SheetState::Planned) move.attempt = AttemptId::generate(systemClock);
                        (void)m_store->move(sheet.id, sheet.state, move);
                    }
                }
                QCOMPARE(accounting(*m_store, order), std::string());
            }
        }
        qInfo("%d moves, %d refused", moves, refused);
        QVERIFY(moves > 50 && refused > 20);
    }
    void whatPeopleCannotTellIsNotedAndStaysInQuestion() {
        const auto order = placed(1);
        const auto job = planned(order);
        const auto id = m_store->sheets({.job = job.id})->front().id;
        QCOMPARE(reasonOf(m_store->noteSheet(id, "Nobody can tell.", "x")), std::string("sheet-moved"));
        QVERIFY(m_store->move(id, SheetState::Planned, to(SheetState::Sending)).has_value());
        QVERIFY(m_store->move(id, SheetState::Sending, to(SheetState::Unknown)).has_value());
        const auto noted = m_store->noteSheet(id, "Nobody can tell.", "x");
        QVERIFY(noted && noted->state == SheetState::Unknown);
        QCOMPARE(m_store->sheet(id)->message, std::string("Nobody can tell."));
    }
    void aPrinterIsToldOfOnlyWhenItChanges() {
        QVERIFY(m_store->saveSetup(setup("front"), "staff").has_value());
        const auto told = [&] {
            std::vector<std::string> types;
            const auto all = *m_store->eventsAfter(1, 100);
            for (const auto& e : all) types.push_back(e.event.type);
            return types;
        };
        const print::PrinterObservation fine{{}, {}, 100, 20}, empty{{"media-empty", "stopped"}, {"No paper."}, 12, 20};
        QVERIFY(*m_store->observe("front", fine) == print::PrinterCondition{});
        QVERIFY(told().empty());
        for (int i = 0; i < 3; i++) QVERIFY(m_store->observe("front", empty)->low);
        QVERIFY((told() == std::vector<std::string>{"printer-trouble", "supplies-low"}));
        m_store.reset();  // the next process remembers
        m_store = openStore(folder());
        QVERIFY((m_store->observe("front", empty)->trouble == empty.trouble));
        QCOMPARE(told().size(), std::size_t{2});
        QVERIFY(*m_store->observe("front", fine) == print::PrinterCondition{});
        QVERIFY(m_store->setPaused("front", print::Paused::Yes, "staff")->paused);
        QVERIFY(m_store->setPaused("front", print::Paused::Yes, "staff")->paused);
        QVERIFY(m_store->observe("front", fine)->paused);  // only a person ends it
        QVERIFY(!m_store->setPaused("front", print::Paused::No, "staff")->paused);
        QVERIFY((told() == std::vector<std::string>{"printer-trouble", "supplies-low", "printer-recovered",
                                                    "supplies-refilled", "printer-paused", "printer-resumed"}));
        QCOMPARE(reasonOf(m_store->setPaused("nobody", print::Paused::Yes, "staff")), std::string("setup-unknown"));
    }
    void howAQueueStoppedIsKnownAfterARestart() {
        QVERIFY(m_store->saveSetup(setup("front"), "staff").has_value());
        print::PrinterObservation runs, stopped, silent;
        runs.stoppedWith = "";
        stopped.stoppedWith = "The ribbon tore!";
        QVERIFY(m_store->observe("front", runs)->stoppedWith.empty());
        QVERIFY(m_store->eventsAfter(1, 100)->empty());
        QCOMPARE(m_store->observe("front", stopped)->stoppedWith, std::string("The ribbon tore!"));
        QVERIFY(m_store->setPaused("front", print::Paused::Yes, "staff").has_value());  // another event keeps it
        m_store.reset();
        m_store = openStore(folder());
        QCOMPARE(m_store->condition("front")->stoppedWith, std::string("The ribbon tore!"));
        QCOMPARE(m_store->observe("front", silent)->stoppedWith, std::string("The ribbon tore!"));  // not asked
        QCOMPARE(m_store->observe("front", stopped)->stoppedWith, std::string("The ribbon tore!"));
        QVERIFY(m_store->observe("front", runs)->stoppedWith.empty());
        std::vector<std::string> types;
        const auto all = *m_store->eventsAfter(1, 100);
        for (const auto& e : all) types.push_back(e.event.type);
        QVERIFY((types == std::vector<std::string>{"queue-stopped", "printer-paused", "queue-started"}));
    }
    void whatWasSentSinceAPrinterCountedIsSubtractedAlsoAfterARestart() {
        QVERIFY(m_store->saveSetup(setup("front"), "staff").has_value());
        const auto left = [&](int reported) {
            return print::printsLeft(reported, {*m_store->condition("front")}).value_or(-1);
        };
        const auto count = [&](int reported) {
            return m_store->observe("front", {{}, {}, reported, 0, reported}).has_value();
        };
        const auto sendOne = [&](const print::Sheet& sheet) {
            return m_store->move(sheet.id, SheetState::Planned, to(SheetState::Sending)) &&
                   m_store->move(sheet.id, SheetState::Sending, to(SheetState::Sent));
        };
        const auto order = placed(3);
        const auto job = planned(order);
        const auto sheets = *m_store->sheets({.job = job.id});
        QVERIFY(sendOne(sheets[0]));  // before the printer ever counted
        QVERIFY(count(100));
        QCOMPARE(left(100), 100);
        QVERIFY(sendOne(sheets[1]));
        QVERIFY(count(100));  // it goes on saying so
        QCOMPARE(left(100), 99);
        m_store.reset();
        m_store = openStore(folder());
        QCOMPARE(left(100), 99);
        QVERIFY(sendOne(sheets[2]));
        QCOMPARE(left(100), 98);
        QCOMPARE(left(400), 400);  // another report than the one that was noted
        QVERIFY(count(97));
        QCOMPARE(left(97), 97);
        QVERIFY(!print::printsLeft(std::nullopt, {*m_store->condition("front")}));
    }
    void aStoreOfTheFirstVersionIsReadAsIfAllHadBeenInStore() {
        const auto order = placed(2);
        planned(order);
        m_store.reset();
        // What version 1 wrote: the same facts without what it did not know.
        const Path old = asOfSchema(folder(), 1,
                                    "CASE type WHEN 'order-placed' THEN 2 ELSE 1 END, causation, "
                                    "json_remove(json, '$.priority', '$.engine')");
        {
            auto store = openStore(old);
            const auto rebuilt = store->rebuildProjections();
            QVERIFY2(rebuilt, rebuilt ? "" : rebuilt.error().detail.c_str());
            QVERIFY(store->jobs(false, 10)->front().job.priority == print::Priority::InStore);
        }
        const auto here = dump(folder()), there = dump(old);
        for (const char* table : {"job", "sheet", "recipe", "orders"})
            QVERIFY2(here.at(table) == there.at(table), table);
        m_store = openStore(folder());
    }
};

QTEST_GUILESS_MAIN(JobControlTest)
#include "job_control_test.moc"
