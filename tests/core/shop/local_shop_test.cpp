// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalShop and PrintSupervisor: from a photo to counted paper, with a real store, vault and spool.
#include <chrono>
#include <thread>

#include "core/print/setup_json.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

class LocalShopTest : public QObject, OneShop {
    Q_OBJECT
    order::OrderState stateOf(const order::Order& order) { return shop().order(order.id)->state; }

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
        const auto job = shop().print(order.id, "front", "staff");
        QVERIFY_OK(job);
        QCOMPARE(job->sheets, 3);
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper(), 3);
        QVERIFY(stateOf(order) == order::OrderState::Done);
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "order-done");
        // The pages are somebody's photos: none stays in the spool.
        QVERIFY(QTest::qWaitFor([&] { return PaperShop::files(paper().spoolFolder(), "") == 0; }, 5000));
        QVERIFY(shop().setupStatus("front")->ready);
        QCOMPARE(shop().setupStatus("front")->openSheets, 0);
    }

    void aSheetCarriesItsColourRecord() {
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        const auto sheet = paper().sheets(order).front();
        const auto record = shop().sheetRecord(sheet.id);
        QVERIFY_OK(record);
        QCOMPARE(Sha256::of(record->recipeJson).toString(), sheet.recipe.toString());
        const auto setup = print::setupFromJson(record->setupJson);
        QVERIFY_OK(setup);
        QVERIFY(*setup == *shop().setup("front"));
        QVERIFY(setup->verification->passed);
    }

    void anOriginalThatCannotBeDecodedCancelsItsSheetsAndTheOthersGoOn() {
        // Past the check at the counter, straight into the vault: an original can still turn out bad at the printer.
        const auto whole = readFile(photo("Landscape_1.jpg"), 1 << 20);
        auto vault = vault::Vault::open(paper().folder() / "vault");
        const auto cut = vault->addBytes(std::span(*whole).first(whole->size() / 2));
        const auto good = shop().addOriginal(photo("hopper.jpg"));
        QVERIFY_OK(cut);
        const auto order =
            shop().placeOrder({{{*cut, "half.jpg", "10x15", 1, {}}, {*good, "hopper.jpg", "10x15", 1, {}}}, "", "s"});
        QVERIFY_OK(shop().print(order->id, "front", "staff"));
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
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        const std::string told = sentenceFor(print::Obstacle::MediaEmpty);
        QVERIFY(QTest::qWaitFor([&] { return shop().setupStatus("front")->sentences == std::vector{told}; }, 10000));
        QCOMPARE(shop().setupStatus("front")->openSheets, 2);
        QVERIFY(!shop().setupStatus("front")->ready);
        QVERIFY_FAILS(shop().print(order.id, "front", "guest"), "already-printing");  // guests tap while it is empty
        QCOMPARE(paper().paper(), 0);
        paper().faults({});
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().paper(), 2);
        QVERIFY(QTest::qWaitFor([&] { return shop().setupStatus("front")->sentences.empty(); }, 5000));
    }

    void ordersOnOnePrinterComeOneAfterTheOther() {
        const auto first = paper().placed(3), second = paper().placed(2, "Landscape_1.jpg");
        QVERIFY_OK(shop().print(first.id, "front", "staff"));
        QVERIFY_OK(shop().print(second.id, "front", "staff"));
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
        const auto stuck = paper().placed(1), fine = paper().placed(1, "Landscape_1.jpg");
        QVERIFY_OK(shop().print(stuck.id, "front", "staff"));
        QVERIFY_OK(shop().print(fine.id, "back", "staff"));
        QVERIFY(paper().reach(fine, SheetState::Out, 1));
        QCOMPARE(paper().count(stuck, SheetState::Planned), 1);
        QVERIFY(!shop().setupStatus("front")->ready);
        QVERIFY(shop().setupStatus("back")->ready);
    }

    void aJobWhoseMediumIsNotLoadedLetsTheNextPass() {
        // Two setups of one printer: only 4x6 is loaded.
        auto large = paper().newSetup("front-large");
        large.medium = "5x7";
        QVERIFY_OK(shop().saveSetup(large));
        QVERIFY_OK(shop().verifySetup("front-large", "staff"));
        static constexpr PaperSize loaded{inches(4), inches(6)};
        paper().scheduler.onlyLoaded = &loaded;
        const auto first = paper().placed(1, "hopper.jpg", "13x18"), second = paper().placed(3, "Landscape_1.jpg");
        QVERIFY_OK(shop().print(first.id, "front-large", "staff"));
        QVERIFY_OK(shop().print(second.id, "front", "staff"));
        paper().startPrinting();
        QVERIFY(paper().reach(second, SheetState::Out, 3));
        QCOMPARE(paper().count(first, SheetState::Planned), 1);
        QCOMPARE(shop().setupStatus("front-large")->sentences, std::vector{sentenceFor(print::Obstacle::WrongMedium)});
        paper().scheduler.onlyLoaded = nullptr;
        QVERIFY(paper().reach(first, SheetState::Out, 1));
    }

    void sheetsThatWaitAreCancelledAndThoseAtThePrinterGoOn() {
        paper().faults({.mediaEmpty = true});
        const auto order = paper().placed(3);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Sent, 1));
        QVERIFY_FAILS(shop().cancelOrder(order.id, "", "staff"), "already-printing");
        QCOMPARE(paper().count(order, SheetState::Planned), 2);  // refused: nothing was cancelled
        const auto cancelled = shop().cancelPlanned(order.id, "wrong-photo", "mara");
        QVERIFY_OK(cancelled);
        QCOMPARE(cancelled->size(), std::size_t{2});
        for (const print::Sheet& s : *cancelled) {
            QVERIFY(s.state == SheetState::Cancelled);
            QCOMPARE(s.reason, std::string("wrong-photo"));
        }
        QVERIFY(shop().cancelPlanned(order.id, "", "mara")->empty());
        paper().faults({});
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QVERIFY_FAILS(shop().cancelOrder(order.id, "", "staff"), "order-done");
        QCOMPARE(paper().paper(), 1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));  // wanted after all: the two that are missing
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper(), 3);
    }

    void aCancelledOrderNeverPrintsAndLetsTheNextPass() {
        paper().faults({.mediaEmpty = true});  // stays Planned while nobody prints
        const auto order = paper().placed(2), next = paper().placed(1, "Landscape_1.jpg");
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        const auto cancelled = shop().cancelOrder(order.id, "", "staff");
        QVERIFY_OK(cancelled);
        QVERIFY(cancelled->state == order::OrderState::Cancelled);
        QCOMPARE(paper().count(order, SheetState::Cancelled), 2);
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "order-cancelled");
        QVERIFY_FAILS(shop().cancelOrder(order.id, "", "staff"), "order-cancelled");
        QVERIFY_FAILS(shop().cancelPlanned(OrderId::generate(SystemClock()), "", "staff"), "order-unknown");
        paper().faults({});
        paper().startPrinting();
        QVERIFY_OK(shop().print(next.id, "front", "staff"));
        QVERIFY(paper().reach(next, SheetState::Out, 1));
        QCOMPARE(paper().paper(), 1);
    }

    void whoeverDiesTheNextGoesOnAndNoSheetIsLostOrDoubled() {
        paper().faults({.printMs = 120});
        const auto order = paper().placed(4);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
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
        const auto seen = shop().changesAfter(0, 0);
        QVERIFY_OK(seen);
        const std::int64_t last = seen->back().position;
        const auto begin = std::chrono::steady_clock::now();
        QVERIFY(shop().changesAfter(last, 150)->empty());
        QVERIFY(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(150));
        std::vector<Change> changes;
        std::thread waiting([&] { changes = *shop().changesAfter(last, 20000); });
        QTest::qWait(100);
        const auto order = paper().placed(1);
        waiting.join();
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
        QCOMPARE(changes.size(), std::size_t{1});
        QCOMPARE(changes[0].type, std::string("order-placed"));
        QVERIFY(changes[0].position > last && changes[0].stream == "order/" + order.id.toString());
    }
};

QTEST_GUILESS_MAIN(LocalShopTest)
#include "local_shop_test.moc"
