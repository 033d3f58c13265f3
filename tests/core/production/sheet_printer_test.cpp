// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SheetPrinter: every call fails, loses its answer or kills the process, up to three times a sheet, and the paper still
// adds up: nothing lost, nothing printed twice.
#include "core/production/sheet_printer.h"

#include <QTemporaryDir>
#include <QTest>
#include <chrono>

#include "core/print/production_event.h"
#include "core/store/sqlite_store.h"
#include "tests/core/production/paper_world.h"

using namespace contone;
using namespace contone::production;
using namespace contone::productiontest;

namespace {

const SystemClock systemClock;

/// One sheet, kept by the same rules as the store.
class MemoryLedger final : public Ledger {
  public:
    MemoryLedger() {
        m_sheet.id = SheetId::generate(systemClock);
        m_sheet.attempt = AttemptId::generate(systemClock);
    }
    SheetId id() const { return m_sheet.id; }
    Result<PrintJob> planJob(OrderId, const PrinterSetup&, const std::vector<PlannedSheet>&, const JobTerms&,
                             const std::string&) override {
        return PrintJob{};
    }
    Result<PrintJob> printJob(JobId) const override { return PrintJob{}; }
    Result<Sheet> sheet(SheetId) const override { return m_sheet; }
    Result<std::vector<Sheet>> sheets(const SheetFilter&) const override { return std::vector{m_sheet}; }
    Result<Sheet> move(SheetId, SheetState from, const SheetMove& move) override {
        CONTONE_TRY(const SheetMoved moved, decideMove(m_sheet, from, move));
        m_sheet = after(m_sheet, moved, {});
        return m_sheet;
    }
    Result<Sheet> noteSchedulerJob(SheetId, int) override { return m_sheet; }
    Result<Page> page(const Sha256&) const override { return Page{}; }
    Result<std::string> recipeJson(const Sha256&) const override { return std::string(); }
    Result<std::vector<PrintJob>> openJobs() const override { return std::vector<PrintJob>{}; }

  private:
    Sheet m_sheet;
};

/// A ledger on a disk that fills up, in a process that dies.
class FailingLedger final : public Ledger {
  public:
    FailingLedger(Ledger& ledger, Script& script) : m_ledger(ledger), m_script(script) {}
    Result<PrintJob> planJob(OrderId order, const PrinterSetup& setup, const std::vector<PlannedSheet>& sheets,
                             const JobTerms& terms, const std::string& actor) override {
        return m_ledger.planJob(order, setup, sheets, terms, actor);
    }
    Result<PrintJob> printJob(JobId id) const override { return m_ledger.printJob(id); }
    Result<Sheet> sheet(SheetId id) const override { return m_ledger.sheet(id); }
    Result<std::vector<Sheet>> sheets(const SheetFilter& filter) const override { return m_ledger.sheets(filter); }
    Result<Sheet> move(SheetId id, SheetState from, const SheetMove& move) override {
        const int fault = m_script.choose("ledger", {"ok", "disk full", "dies after", "answer lost"});
        if (fault == 1) return fail(Code::Unavailable, "disk-full", "The disk is full.");
        auto moved = m_ledger.move(id, from, move);
        if (fault == 2) throw Died{};
        if (fault == 3) return fail(Code::Unavailable, "disk-full", "The disk is full.");
        return moved;
    }
    Result<Sheet> noteSchedulerJob(SheetId id, int job) override { return m_ledger.noteSchedulerJob(id, job); }
    Result<Page> page(const Sha256& recipe) const override { return m_ledger.page(recipe); }
    Result<std::string> recipeJson(const Sha256& recipe) const override { return m_ledger.recipeJson(recipe); }
    Result<std::vector<PrintJob>> openJobs() const override { return m_ledger.openJobs(); }

  private:
    Ledger& m_ledger;
    Script& m_script;
};

Medium medium() {
    Medium m;
    m.id = "4x6";
    m.ippMedia = "na_index-4x6_4x6in";
    m.sheet = {inches(4), inches(6)};
    return m;
}

/// A process that prints one sheet; when it dies, another goes on.
struct Shop {
    Ledger& ledger;
    PaperWorld& world;
    Script& script;
    FailingLedger failing{ledger, script};
    std::unique_ptr<SheetPrinter> process{};
    int deaths = 0;
    std::optional<Error> renderFails{};
    bool gives = false;  ///< a free sibling may take over what waits

    Result<Progress> giveAway(const Sheet& sheet) {
        CONTONE_CHECK(failing.move(sheet.id, SheetState::Planned,
                                   {SheetState::Cancelled, std::string(movedAway), "", {}, {}, {}, "agent"}));
        return Progress::Settled;
    }

    void boot() {
        const auto document = [this](const Sheet&, const Ticket&) -> Result<PageDocument> {
            if (renderFails) return fail(*renderFails);
            switch (script.choose("render", {"ok", "disk full", "dies", "impossible"})) {
                case 1:
                    return fail(Code::Unavailable, "disk-full", "The disk is full.");
                case 2:
                    throw Died{};
                case 3:
                    world.noteRefused();
                    return fail(Code::Corrupt, "photo-truncated", "This photo is incomplete.");
            }
            return PageDocument{"page", Sha256::of("raster"), "render 2; lcms 2.14"};
        };
        const auto commitPoint = [this](std::string_view name) {
            if (script.choose(std::string(name).c_str(), {"goes on", "dies"}) == 1) throw Died{};
        };
        process = std::make_unique<SheetPrinter>(
            SheetPrinterPorts{failing, world, document, medium(), "glossy", systemClock, {}, commitPoint});
    }
    /// One look at the sheet; a death is a failed look.
    Result<Progress> step(SheetId id) {
        if (!process) boot();
        try {
            const Sheet sheet = *ledger.sheet(id);
            if (gives && sheet.state == SheetState::Planned &&
                script.choose("sibling", {"busy", "takes over what waits"}) == 1 && process->withdraw(sheet))
                return giveAway(sheet);
            return process->step(sheet);
        } catch (const Died&) {
            process.reset();
            deaths++;
            return fail(Code::Internal, "died", "");
        }
    }
    /// Until it is settled, at most `looks` looks.
    Sheet printOut(SheetId id, int looks = 60) {
        for (int i = 0; i < looks; i++) {
            const auto progress = step(id);
            const bool settled = progress && *progress == Progress::Settled;
            if (settled && (isFinal(ledger.sheet(id)->state) || ledger.sheet(id)->state == SheetState::Unknown)) break;
            world.passTime();
        }
        world.passALongTime();
        return *ledger.sheet(id);
    }
};

/// "" when the paper adds up.
std::string verdictOn(const Sheet& sheet, const PaperWorld& world) {
    const int paper = world.sheetsOnPaper();
    if (paper > 1) return std::to_string(paper) + " sheets were printed";
    switch (sheet.state) {
        case SheetState::Out:
            return paper == 1 ? "" : "out, but no sheet was printed";
        case SheetState::Cancelled:
            if (sheet.reason == movedAway) return paper == 0 ? "" : "moved, but a sheet was printed here";
            if (!world.refused()) return "cancelled, but nothing refused it";
            return paper == 0 ? "" : "cancelled, but a sheet was printed";
        case SheetState::Unknown:
            return world.undecidable() ? "" : "unknown (" + sheet.reason + "), but the scheduler could tell";
        default:
            return std::string("stuck: ") + toString(sheet.state);
    }
}

/// One planned sheet in a real store.
SheetId planInStore(store::SqliteStore& store) {
    const auto order = store.place({{LineId::generate(systemClock), Sha256::of("photo"), "10x15", 1, {}, {35, "EUR"}}},
                                   {"", {"photo.jpg"}}, "staff");
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

    void aJobIsAnnouncedOnceHoweverLongThePrinterIsNotReady() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        MemoryLedger ledger;
        world.add(ledger.sheet(ledger.id())->attempt);  // by a process that died
        world.current.ready = false;
        world.current.obstacles = {Obstacle::MediaEmpty};
        Shop shop{ledger, world, m_quiet};
        for (int i = 0; i < 5; i++) {
            QVERIFY(shop.step(ledger.id()) == Progress::Blocked);
            QVERIFY(shop.process->obstacles().front() == noticeOf(Obstacle::MediaEmpty));
        }
        world.current = {true, {}, {}, {}};
        QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
        QCOMPARE(world.creates(), 1);
    }

    void anAnnouncedJobThatTheSchedulerGaveUpGetsANewName() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        MemoryLedger ledger;
        const AttemptId first = ledger.sheet(ledger.id())->attempt;
        world.add(first);
        world.jobs.front().progress = JobProgress::Aborted;
        Shop shop{ledger, world, m_quiet};
        const Sheet sheet = shop.printOut(ledger.id());
        QVERIFY(sheet.state == SheetState::Out);
        QVERIFY(sheet.attempt != first);
        QCOMPARE(sheet.attempts, 2);
    }

    void aLedgerOlderThanThePaperAsksAPerson() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        MemoryLedger ledger;
        world.add(ledger.sheet(ledger.id())->attempt);
        PaperWorld::accept(world.jobs.front());
        Shop shop{ledger, world, m_quiet};
        const Sheet sheet = shop.printOut(ledger.id());
        QVERIFY(sheet.state == SheetState::Unknown);
        QCOMPARE(sheet.reason, std::string("sent-before-recorded"));
        QCOMPARE(world.sheetsOnPaper(), 1);
    }

    void aPageThatTheSchedulerLostIsNotWaitedForForEver() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        QVERIFY(shop.step(ledger.id()) == Progress::Moved);
        world.jobs.front().documents = 0;
        world.jobs.front().progress = JobProgress::Created;
        const Sheet sheet = shop.printOut(ledger.id());
        QVERIFY(sheet.state == SheetState::Unknown);
        QCOMPARE(sheet.reason, std::string("document-lost"));
    }

    void aPrinterThatNeverTakesThePageIsTriedOnceALookAndSaysSo() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.failsToSend = true;
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        for (int looks = 1; looks <= 5; looks++) {
            QVERIFY(shop.step(ledger.id()) == Progress::Blocked);  // Moved would try again without a pause
            QVERIFY(!shop.process->obstacles().empty());
            QCOMPARE(world.creates(), looks);
        }
        world.failsToSend = false;
        QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
    }

    // Another printer may take it: the sheet waits, and the job is held for a person.
    void aRefusedPageWaitsAndUsesNoPaper() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.refusesDocuments = true;
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        const AttemptId first = ledger.sheet(ledger.id())->attempt;
        QVERIFY(shop.step(ledger.id()) == Progress::Refused);
        QVERIFY(
            (shop.process->obstacles() == std::vector<Notice>{{"document-refused", "The printer refused the page."}}));
        const Sheet sheet = *ledger.sheet(ledger.id());
        QVERIFY(sheet.state == SheetState::Planned);
        QCOMPARE(sheet.reason, std::string("document-refused"));
        QVERIFY(sheet.attempt != first);
        QVERIFY(world.jobs.front().progress == JobProgress::Cancelled);  // it stands in nobody's way
        QVERIFY(shop.process->withdraw(sheet));                          // it may go to another printer
        QCOMPARE(world.sheetsOnPaper(), 0);
        world.refusesDocuments = false;
        QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
    }

    // A queue takes every page; its printer may refuse it then.
    void aPageThatIsRefusedBehindTheQueueWaitsAsWell() {
        for (const SheetState seenAs : {SheetState::Sent, SheetState::Printing}) {
            PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
            MemoryLedger ledger;
            Shop shop{ledger, world, m_quiet};
            const AttemptId first = ledger.sheet(ledger.id())->attempt;
            while (ledger.sheet(ledger.id())->state != seenAs) {
                QVERIFY(shop.step(ledger.id()).has_value());
                if (ledger.sheet(ledger.id())->state == SheetState::Sent && seenAs == SheetState::Printing)
                    world.jobs.front().progress = JobProgress::Printing;
            }
            world.jobs.front().progress = JobProgress::Cancelled;
            world.jobs.front().refused = true;
            QVERIFY(shop.step(ledger.id()) == Progress::Refused);
            QCOMPARE(shop.process->obstacles().front().reason, std::string("document-refused"));
            const Sheet sheet = *ledger.sheet(ledger.id());
            QVERIFY(sheet.state == SheetState::Planned);
            QCOMPARE(sheet.reason, std::string(documentRefused));
            QVERIFY(sheet.attempt != first);
            QVERIFY(shop.process->withdraw(sheet));  // it may go to another printer
            QCOMPARE(world.sheetsOnPaper(), 0);
            QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
            QCOMPARE(world.sheetsOnPaper(), 1);
        }
    }

    void pagesOfAKindThatThePrinterDoesNotTakeWaitToo() {
        for (const char* reason : {"raster-type", "raster-resolution", "raster-format"}) {
            PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
            MemoryLedger ledger;
            Shop shop{ledger, world, m_quiet};
            shop.renderFails = Error{Code::Unsupported, reason, "The printer does not take such pixels.", {}};
            QVERIFY(shop.step(ledger.id()) == Progress::Refused);
            QVERIFY(ledger.sheet(ledger.id())->state == SheetState::Planned);
            QCOMPARE(world.creates(), 0);
        }
    }

    void troubleThatPassesWhileRenderingKeepsTheSheet() {
        for (const Code code : {Code::Unavailable, Code::Internal, Code::Denied, Code::Cancelled}) {
            PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
            MemoryLedger ledger;
            Shop shop{ledger, world, m_quiet};
            shop.renderFails = Error{code, "trouble", "The disk cannot be read.", {}};
            for (int looks = 0; looks < 3; looks++) {
                QVERIFY(shop.step(ledger.id()) == Progress::Blocked);
                QCOMPARE(shop.process->obstacles().size(), std::size_t{1});
                QCOMPARE(shop.process->obstacles().front().message, std::string("The disk cannot be read."));
            }
            QCOMPARE(world.creates(), 0);
            shop.renderFails.reset();
            QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
        }
    }

    void aSheetThatNeverCanBeRenderedIsCancelled() {
        for (const Code code : {Code::Invalid, Code::Corrupt, Code::Unsupported, Code::Conflict, Code::NotFound}) {
            PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
            MemoryLedger ledger;
            Shop shop{ledger, world, m_quiet};
            shop.renderFails = Error{code, "never", "This photo is damaged.", {}};
            QVERIFY(shop.step(ledger.id()) == Progress::Settled);
            QVERIFY(ledger.sheet(ledger.id())->state == SheetState::Cancelled);
            QCOMPARE(ledger.sheet(ledger.id())->reason, std::string("never"));
            QCOMPARE(world.creates(), 0);
        }
    }

    void aPrinterThatDoesNotCountPagesPrintsThemAllTheSame() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.countsDocuments = false;
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
        QCOMPARE(world.sheetsOnPaper(), 1);
    }

    void aPageThatWasInterruptedOnItsWayToAPrinterThatDoesNotCountAsksAPerson() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.countsDocuments = false;
        world.failsToSend = true;
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        QVERIFY(shop.step(ledger.id()) == Progress::Settled);
        QVERIFY(ledger.sheet(ledger.id())->state == SheetState::Unknown);
        QCOMPARE(ledger.sheet(ledger.id())->reason, std::string("send-interrupted"));
        QCOMPARE(world.creates(), 1);
    }

    void theWrongPaperBlocksBeforeAnythingIsAnnounced() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.current.mediaReady = {{inches(5), inches(7)}};
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        QVERIFY(shop.step(ledger.id()) == Progress::Blocked);
        QVERIFY(shop.process->obstacles() == std::vector{noticeOf(Obstacle::WrongMedium)});
        QCOMPARE(world.creates(), 0);
        world.current.mediaReady.push_back({millimetres(102), millimetres(152)});  // 4 × 6 in, rounded
        QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
    }

    void aPersonsHoldIsWaitedForAndAGuardsHoldIsNot() {
        for (const bool guard : {false, true}) {
            PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
            MemoryLedger ledger;
            Shop shop{ledger, world, m_quiet};
            QVERIFY(shop.step(ledger.id()) == Progress::Moved);
            world.jobs.front().progress = JobProgress::Held;
            world.jobs.front().heldByGuard = guard;
            QVERIFY(shop.step(ledger.id()) == (guard ? Progress::Settled : Progress::Blocked));
            QCOMPARE(ledger.sheet(ledger.id())->state == SheetState::Unknown, guard);
            world.jobs.front().progress = JobProgress::Waiting;
            if (!guard) QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
        }
    }

    // The guard's mark decides whether it had begun: sent anew under another name it might come out twice.
    void aPageThatIsHeldByNobodyIsReleasedAndNotSentAgain() {
        for (const bool begun : {false, true}) {
            PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
            MemoryLedger ledger;
            Shop shop{ledger, world, m_quiet};
            QVERIFY(shop.step(ledger.id()) == Progress::Moved);
            world.jobs.front().progress = JobProgress::Held;
            world.jobs.front().heldByNobody = true;
            world.jobs.front().begun = begun;
            const Sheet sheet = shop.printOut(ledger.id());
            QVERIFY(sheet.state == (begun ? SheetState::Unknown : SheetState::Out));
            QCOMPARE(sheet.reason, std::string(begun ? "scheduler-restarted" : ""));
            QCOMPARE(world.creates(), 1);
        }
    }

    void whatTheGuardSaysOfAPageThatItHoldsIsWhatStaffRead() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        QVERIFY(shop.step(ledger.id()) == Progress::Moved);
        world.jobs.front().progress = JobProgress::Held;
        world.jobs.front().message = "A filter changed this page. It was not printed; verify the printer setup.";
        QVERIFY(shop.step(ledger.id()) == Progress::Blocked);
        QCOMPARE(shop.process->obstacles().front().message, world.jobs.front().message);
        world.jobs.front().message.clear();  // a person's hold: nobody says anything
        QVERIFY(shop.step(ledger.id()) == Progress::Blocked);
        QVERIFY(shop.process->obstacles().front().message.find("Release it") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(SheetPrinterTest)
#include "sheet_printer_test.moc"
