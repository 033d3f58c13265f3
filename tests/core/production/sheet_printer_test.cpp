// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SheetPrinter: every call fails, loses its answer or kills the process, up to three times a sheet, and the paper still
// adds up: nothing lost, nothing printed twice.
#include <QTemporaryDir>
#include <QTest>

#include "core/store/sqlite_store.h"
#include "tests/core/production/failing_shop.h"

using namespace contone;
using namespace contone::productiontest;

namespace {

/// One planned sheet in a real store.
SheetId planInStore(store::SqliteStore& store) {
    const auto order = store.place({{LineId::generate(systemClock), Sha256::of("photo"), "10x15", 1, {}, {35, "EUR"}}},
                                   {{35, "EUR"}, {}}, {"", {"photo.jpg"}}, "staff");
    PrinterSetup front;
    front.name = "front";
    const auto job = store.planJob(order->id, front, {{order->lines[0].id, 1, Page{}}}, "staff");
    return store.sheets({.job = job->id})->front().id;
}

}  // namespace

class SheetPrinterTest : public QObject {
    Q_OBJECT

  private:
    Script m_quiet{0, std::vector<int>{}};

    /// Every list of up to `faults` faults; fails the test at the first list after which the paper does not add up.
    void tryAll(int faults, PaperWorld::Mishaps mishaps, int atLeast, bool gives = false) {
        int runs = 0, moved = 0;
        std::vector<int> list;
        do {
            Script script(faults, list);
            PaperWorld world(script, mishaps);
            MemoryLedger ledger;
            Shop shop{ledger, world, script};
            shop.gives = gives;
            const Sheet sheet = shop.printOut(ledger.id());
            const std::string wrong = verdictOn(sheet, world);
            QVERIFY2(wrong.empty(), (wrong + " after " + script.story()).c_str());
            moved += sheet.reason == movedAway ? 1 : 0;
            list = script.next();
            runs++;
        } while (!list.empty());
        qInfo("%d runs, %d moved", runs, moved);
        QCOMPARE(moved > 0, gives);
        QVERIFY2(runs >= atLeast, std::to_string(runs).c_str());
    }

  private slots:
    void aHealthyPrinterPutsOutOneSheetThroughEveryState() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        std::vector<SheetState> seen;
        for (int i = 0; i < 10; i++) {
            QVERIFY(shop.step(ledger.id()).has_value());
            seen.push_back(ledger.sheet(ledger.id())->state);
            world.passTime();
        }
        seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
        QVERIFY((seen == std::vector{SheetState::Sent, SheetState::Printing, SheetState::Out}));
        QCOMPARE(world.sheetsOnPaper(), 1);
        QCOMPARE(ledger.sheet(ledger.id())->raster.toString(), Sha256::of("raster").toString());
        QCOMPARE(ledger.sheet(ledger.id())->fingerprint, std::string("render 2; lcms 2.14"));
    }

    // Calls that fail, answers that are lost, documents that arrive late, processes that die: the scheduler can always
    // be asked, so apart from a page taken back on its way nothing may end with a person.
    void anyTwoFailuresOnTheWayEndWithOneSheet() { tryAll(2, PaperWorld::Mishaps::No, 800); }
    void anyThreeFailuresOnTheWayEndWithOneSheet() { tryAll(3, PaperWorld::Mishaps::No, 15'000); }
    // And schedulers that forget, guards that hold, jams, counts of nothing, people who cancel at the printer.
    void anyThreeMishapsLeaveNoSheetUnaccountedFor() { tryAll(3, PaperWorld::Mishaps::Yes, 30'000); }

    // A sheet that a sibling takes over while it waits prints here no more, whatever fails or dies before or after.
    void aSheetThatMovesAfterAnyTwoFailuresPrintsHereNoMore() { tryAll(3, PaperWorld::Mishaps::No, 15'000, true); }
    void aSheetThatMovesAfterAnyMishapsPrintsHereNoMore() { tryAll(3, PaperWorld::Mishaps::Yes, 30'000, true); }

    void aSheetMovesOnlyWhenNothingCanPrintItHere() {
        for (const char* what : {"nothing", "empty", "aborted", "document", "unreachable", "guess", "trusted"}) {
            const std::string is = what;
            Script breaks(0, is == "unreachable" ? std::vector{1} : std::vector<int>{});
            PaperWorld world(breaks, PaperWorld::Mishaps::No);
            MemoryLedger ledger;
            const Sheet sheet = *ledger.sheet(ledger.id());
            if (is != "nothing" && is != "trusted") world.add(sheet.attempt);
            if (is == "aborted") world.jobs.front().progress = JobProgress::Aborted;
            if (is == "document") PaperWorld::accept(world.jobs.front());
            world.countsDocuments = is != "guess";
            Shop shop{ledger, world, m_quiet};
            shop.boot();
            if (is == "trusted") shop.process->markUnannounced(sheet);
            const bool may = is == "nothing" || is == "empty" || is == "aborted" || is == "trusted";
            QVERIFY2(shop.process->withdraw(sheet) == may, what);
            if (is == "empty") QVERIFY(world.jobs.front().progress == JobProgress::Cancelled);
        }
    }

    void manyMishapsLeaveNoSheetUnaccountedFor() {
        int deaths = 0, out = 0, unknown = 0;
        for (std::uint64_t seed = 1; seed <= 30'000; seed++) {
            Script script(3 + static_cast<int>(seed % 4), seed);
            PaperWorld world(script, PaperWorld::Mishaps::Yes);
            MemoryLedger ledger;
            Shop shop{ledger, world, script};
            const Sheet sheet = shop.printOut(ledger.id());
            const std::string wrong = verdictOn(sheet, world);
            QVERIFY2(wrong.empty(), (wrong + " after " + script.story()).c_str());
            deaths += shop.deaths;
            out += sheet.state == SheetState::Out ? 1 : 0;
            unknown += sheet.state == SheetState::Unknown ? 1 : 0;
        }
        qInfo("%d deaths, %d out, %d unknown", deaths, out, unknown);
        QVERIFY(deaths > 10'000 && out > 5000 && unknown > 2000);  // the walks do reach the dark corners
    }

    void theSameHoldsOnDisk() {
        QTemporaryDir folder;
        auto store = store::SqliteStore::open(folder.path().toStdString(), systemClock);
        QVERIFY(store.has_value());
        for (std::uint64_t seed = 1; seed <= 120; seed++) {
            Script script(3, seed);
            PaperWorld world(script, PaperWorld::Mishaps::Yes);
            const SheetId id = planInStore(**store);
            Shop shop{**store, world, script};
            const std::string wrong = verdictOn(shop.printOut(id), world);
            QVERIFY2(wrong.empty(), (wrong + " after " + script.story()).c_str());
        }
        store->reset();
        store = store::SqliteStore::open(folder.path().toStdString(), systemClock);
        const auto all = (*store)->sheets({});
        QCOMPARE(all->size(), std::size_t{120});
        for (const Sheet& sheet : *all) QVERIFY(isFinal(sheet.state) || sheet.state == SheetState::Unknown);
    }
};

QTEST_GUILESS_MAIN(SheetPrinterTest)
#include "sheet_printer_test.moc"
