// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalShop and PrintSupervisor: from a photo to counted paper, with a real store, vault and spool.
#include <chrono>
#include <thread>

#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

class LocalShopTest : public QObject, OneShop {
    Q_OBJECT
    order::Production progressOf(const order::Order& order) { return shop().ask(ShowOrder{order.id})->production; }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void anOrderIsPrintedAndEverySheetIsOut() {
        paper().startPrinting();
        const auto order = paper().placed(3);
        QVERIFY(order.state == order::OrderState::Placed);
        const auto job = shop().ask(PrintOrder{order.id, "front"});
        QVERIFY_OK(job);
        QCOMPARE(job->sheets, 3);
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper(), 3);
        QVERIFY(progressOf(order) == order::Production::Printed);
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "order-done");
        // The pages are somebody's photos: none stays in the spool.
        QVERIFY(QTest::qWaitFor([&] { return PaperShop::files(paper().spoolFolder(), "") == 0; }, 5000));
        QVERIFY(shop().ask(ShowSetupStatus{"front"})->ready);
        QCOMPARE(shop().ask(ShowSetupStatus{"front"})->openSheets, 0);
    }

    void aSheetCarriesItsColourRecord() {
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        const auto sheet = paper().sheets(order).front();
        const auto record = shop().ask(ShowSheetRecord{sheet.id});
        QVERIFY_OK(record);
        QCOMPARE(Sha256::of(record->recipeJson).toString(), sheet.recipe.toString());
        const print::PrinterSetup& setup = record->job.setup;
        QVERIFY(setup == *shop().ask(ShowSetup{"front"}));
        QVERIFY(setup.verification->passed);
    }

    void anOriginalThatCannotBeDecodedCancelsItsSheetsAndTheOthersGoOn() {
        // Past the check at the counter, straight into the vault: an original can still turn out bad at the printer.
        const auto whole = readFile(photo("Canon_EOS_7D.jpg"), 1 << 20);
        const auto cut = paper().vault().addBytes(std::span(*whole).first(whole->size() / 2));
        const auto good = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        QVERIFY_OK(cut);
        const auto order = shop().ask(
            PlaceOrder{{{*cut, "half.jpg", "10x15", 1, {}}, {*good, "Olympus_PEN_E-P3.jpg", "10x15", 1, {}}}});
        QVERIFY_OK(shop().ask(PrintOrder{order->id, "front"}));
        paper().startPrinting();
        QVERIFY(paper().reach(*order, SheetState::Out, 1));
        const auto sheets = paper().sheets(*order);
        QVERIFY(sheets[0].state == SheetState::Cancelled);
        QVERIFY2(sheets[0].reason.starts_with("photo-"), sheets[0].reason.c_str());
        QVERIFY(!sheets[0].message.empty());
        QCOMPARE(paper().paper(), 1);
    }

    void anEmptyTrayIsToldAndAfterARefillPrintingGoesOnByItself() {
        paper().faults({.mediaEmpty = true});
        paper().startPrinting();
        const auto order = paper().placed(2);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        const std::string told = sentenceFor(print::Obstacle::MediaEmpty);
        QVERIFY(QTest::qWaitFor(
            [&] { return print::sentencesOf(*shop().ask(ShowSetupStatus{"front"})) == std::vector{told}; }, 10000));
        QCOMPARE(shop().ask(ShowSetupStatus{"front"})->openSheets, 2);
        QVERIFY(!shop().ask(ShowSetupStatus{"front"})->ready);
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "already-printing");  // guests tap while it is empty
        QCOMPARE(paper().paper(), 0);
        paper().faults({});
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().paper(), 2);
        QVERIFY(
            QTest::qWaitFor([&] { return print::sentencesOf(*shop().ask(ShowSetupStatus{"front"})).empty(); }, 5000));
    }

    void ordersOnOnePrinterComeOneAfterTheOther() {
        const auto first = paper().placed(3), second = paper().placed(2, "Canon_EOS_7D.jpg");
        QVERIFY_OK(shop().ask(PrintOrder{first.id, "front"}));
        QVERIFY_OK(shop().ask(PrintOrder{second.id, "front"}));
        paper().startPrinting();
        QVERIFY(paper().reach(second, SheetState::Out, 2));
        std::string expected;
        for (const auto& order : {first, second})
            for (const auto& sheet : paper().sheets(order)) expected += sheet.attempt.toString() + " ";
        const auto lines = readTextFile(paper().tray() / "sheets.jsonl", 1 << 20);
        QVERIFY_OK(lines);
        std::string came;
        for (std::size_t at = lines->find("\"attempt\":\""); at != std::string::npos;
             at = lines->find("\"attempt\":\"", at + 1))
            came += lines->substr(at + 11, 36) + " ";
        QCOMPARE(came, expected);
    }

    void aPrinterThatIsOffDoesNotStopAnother() {
        paper().addPrinter("back");
        paper().faults({.unreachable = true});
        paper().startPrinting();
        const auto stuck = paper().placed(1), fine = paper().placed(1, "Canon_EOS_7D.jpg");
        QVERIFY_OK(shop().ask(PrintOrder{stuck.id, "front"}));
        QVERIFY_OK(shop().ask(PrintOrder{fine.id, "back"}));
        QVERIFY(paper().reach(fine, SheetState::Out, 1));
        QCOMPARE(paper().count(stuck, SheetState::Planned), 1);
        QVERIFY(!shop().ask(ShowSetupStatus{"front"})->ready);
        QVERIFY(shop().ask(ShowSetupStatus{"back"})->ready);
    }

    void aJobWhoseMediumIsNotLoadedLetsTheNextPass() {
        // Two setups of one printer: only 4x6 is loaded.
        auto large = paper().newSetup("front-large");
        large.medium = "5x7";
        QVERIFY_OK(shop().ask(large));
        QVERIFY_OK(shop().ask(VerifySetup{"front-large"}));
        static constexpr PaperSize loaded{inches(4), inches(6)};
        paper().scheduler.onlyLoaded = &loaded;
        const auto first = paper().placed(1, "Olympus_PEN_E-P3.jpg", "13x18"),
                   second = paper().placed(3, "Canon_EOS_7D.jpg");
        QVERIFY_OK(shop().ask(PrintOrder{first.id, "front-large"}));
        QVERIFY_OK(shop().ask(PrintOrder{second.id, "front"}));
        paper().startPrinting();
        QVERIFY(paper().reach(second, SheetState::Out, 3));
        QCOMPARE(paper().count(first, SheetState::Planned), 1);
        QCOMPARE(print::sentencesOf(*shop().ask(ShowSetupStatus{"front-large"})),
                 std::vector{sentenceFor(print::Obstacle::WrongMedium)});
        paper().scheduler.onlyLoaded = nullptr;
        QVERIFY(paper().reach(first, SheetState::Out, 1));
    }

    void sheetsThatWaitAreCancelledAndThoseAtThePrinterGoOn() {
        paper().faults({.mediaEmpty = true});
        const auto order = paper().placed(3);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Sent, 1));
        QVERIFY_FAILS(shop().ask(CancelOrder{order.id}), "already-printing");
        QCOMPARE(paper().count(order, SheetState::Planned), 2);  // refused: nothing was cancelled
        const auto cancelled = shop().ask(CancelWaitingSheets{order.id, "wrong-photo"});
        QVERIFY_OK(cancelled);
        QCOMPARE(cancelled->sheets.size(), std::size_t{2});
        for (const print::Sheet& s : cancelled->sheets) {
            QVERIFY(s.state == SheetState::Cancelled);
            QCOMPARE(s.reason, std::string("wrong-photo"));
        }
        QVERIFY(shop().ask(CancelWaitingSheets{order.id})->sheets.empty());
        paper().faults({});
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QVERIFY_FAILS(shop().ask(CancelOrder{order.id}), "order-done");
        QCOMPARE(paper().paper(), 1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));  // wanted after all: the two that are missing
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper(), 3);
    }

    void aCancelledOrderNeverPrintsAndLetsTheNextPass() {
        paper().faults({.mediaEmpty = true});  // stays Planned while nobody prints
        const auto order = paper().placed(2), next = paper().placed(1, "Canon_EOS_7D.jpg");
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        const auto cancelled = shop().ask(CancelOrder{order.id});
        QVERIFY_OK(cancelled);
        QVERIFY(cancelled->state == order::OrderState::Cancelled);
        QCOMPARE(paper().count(order, SheetState::Cancelled), 2);
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "order-cancelled");
        QVERIFY_FAILS(shop().ask(CancelOrder{order.id}), "order-cancelled");
        QVERIFY_FAILS(shop().ask(CancelWaitingSheets{OrderId::generate(SystemClock())}), "order-unknown");
        paper().faults({});
        paper().startPrinting();
        QVERIFY_OK(shop().ask(PrintOrder{next.id, "front"}));
        QVERIFY(paper().reach(next, SheetState::Out, 1));
        QCOMPARE(paper().paper(), 1);
    }

    void whoeverDiesTheNextGoesOnAndNoSheetIsLostOrDoubled() {
        paper().faults({.printMs = 120});
        const auto order = paper().placed(4);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        int lives = 0;
        for (; lives < 40 && paper().count(order, SheetState::Out) < 4; lives++) {
            paper().startPrinting();
            QTest::qWait(60 + 13 * (lives % 7));
            paper().restart();
        }
        QCOMPARE(paper().count(order, SheetState::Out), 4);
        QCOMPARE(paper().paper(), 4);
        QVERIFY(lives >= 3);
    }

    void whoeverWaitsForChangesIsWokenByThem() {
        const auto seen = shop().ask(FollowChanges{});
        QVERIFY_OK(seen);
        const std::string last = seen->token;
        const auto begin = std::chrono::steady_clock::now();
        QVERIFY(shop().ask(FollowChanges{last, 150})->items.empty());
        QVERIFY(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(150));
        Changes changes;
        std::thread waiting([&] { changes = *shop().ask(FollowChanges{last, 20000}); });
        QTest::qWait(100);
        const auto order = paper().placed(1);
        waiting.join();
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
        QCOMPARE(changes.items.size(), std::size_t{1});
        QCOMPARE(changes.items[0].type, std::string("order-placed"));
        QVERIFY(changes.items[0].stream == "order/" + order.id.toString());
    }
};

QTEST_GUILESS_MAIN(LocalShopTest)
#include "local_shop_test.moc"
