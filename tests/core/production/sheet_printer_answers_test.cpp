// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SheetPrinter: what it does with each thing that a printer, a scheduler or the rendering may say.
#include <QTest>

#include "tests/core/production/failing_shop.h"

using namespace contone;
using namespace contone::productiontest;

class SheetPrinterAnswersTest : public QObject {
    Q_OBJECT

  private:
    Script m_quiet{0, std::vector<int>{}};

  private slots:
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

    void aPrinterThatEndsEveryJobIsGivenUp() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.failsToSend = true;
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        int looks = 0;
        for (auto progress = shop.step(ledger.id()); progress != Progress::GivenUp; progress = shop.step(ledger.id()))
            QVERIFY(progress == Progress::Blocked && ++looks < 20);
        QCOMPARE(world.creates(), mostTries);
        QVERIFY(ledger.sheet(ledger.id())->state == SheetState::Planned);  // a person may let it go on
        QVERIFY(!shop.process->obstacles().empty());
        QVERIFY(shop.step(ledger.id()) == Progress::GivenUp);  // once more, at their word
        QCOMPARE(world.creates(), mostTries + 1);
        world.failsToSend = false;
        QVERIFY(shop.printOut(ledger.id()).state == SheetState::Out);
        QCOMPARE(world.sheetsOnPaper(), 1);
    }

    void aPrinterThatIsDoneBeforeItHasThePageIsNotBelieved() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.isDoneAtOnce = true;
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        const Sheet sheet = shop.printOut(ledger.id());
        QVERIFY(sheet.state == SheetState::Unknown);
        QCOMPARE(sheet.reason, std::string("done-before-sent"));
        QCOMPARE(world.sheetsOnPaper(), 0);
    }

    void aPageThatWasRefusedAndCountedIsInQuestion() {
        PaperWorld world(m_quiet, PaperWorld::Mishaps::No);
        world.refusesDocuments = world.printsWhatItRefuses = true;
        MemoryLedger ledger;
        Shop shop{ledger, world, m_quiet};
        const Sheet sheet = shop.printOut(ledger.id());
        QVERIFY(sheet.state == SheetState::Unknown);
        QCOMPARE(sheet.reason, std::string("refused-and-printed"));
        QCOMPARE(world.creates(), 1);
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

QTEST_GUILESS_MAIN(SheetPrinterAnswersTest)
#include "sheet_printer_answers_test.moc"
