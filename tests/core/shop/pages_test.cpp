// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The rendered pages of a shop: kept while they are needed, rendered again when damaged, compared with what was
// printed.
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

class PagesTest : public QObject, OneShop {
    Q_OBJECT

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void aPageDamagedInTheSpoolIsRenderedAgain() {
        paper().faults({.mediaEmpty = true});
        paper().startPrinting();
        const auto order = paper().placed(2);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Sent, 1));
        int damaged = 0;
        for (const auto& entry : std::filesystem::directory_iterator(paper().spoolFolder()))
            if (entry.path().extension() != ".hashes") {
                std::fstream page(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
                page.seekp(static_cast<std::streamoff>(entry.file_size() / 2));
                page << "damage";
                damaged++;
            }
        QCOMPARE(damaged, 1);
        paper().faults({});
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        const auto sheets = paper().sheets(order);
        QCOMPARE(sheets[0].raster.toString(), sheets[1].raster.toString());
        std::vector<Bytes> pages;
        for (const auto& sheet : sheets)
            pages.push_back(*readFile(paper().tray() / ("sheet-" + sheet.attempt.toString() + ".png"), 1 << 30));
        QVERIFY(pages[0] == pages[1]);
    }

    void aSheetKnowsWhatMadeItsPageAndAReprintRendersNothing() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        const print::Sheet first = paper().sheets(order)[0];
        QVERIFY(first.fingerprint.find("; photo libjpeg-turbo ") != std::string::npos);
        QVERIFY(QTest::qWaitFor([&] { return PaperShop::files(paper().spoolFolder(), "") == 0; }, 5000));
        QCOMPARE(PaperShop::files(paper().pagesFolder(), first.recipe.toString()), 1);
        // Whoever takes the page from the cache prints this one, not what the photo would give: it is whole and named
        // so.
        const auto kept = paper().pages->find(first.recipe, first.fingerprint);
        QVERIFY(kept && kept->what.hash == first.raster);
        QVERIFY_OK(shop().ask(ReprintSheet{first.id, print::ReprintReason::Scratch}));
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        const print::Sheet second = paper().sheets(order)[1];
        QVERIFY(second.raster == first.raster && second.fingerprint == first.fingerprint);
        QVERIFY(*readFile(paper().tray() / ("sheet-" + first.attempt.toString() + ".png"), 1 << 30) ==
                *readFile(paper().tray() / ("sheet-" + second.attempt.toString() + ".png"), 1 << 30));
    }

    void aSheetRenderedAgainIsComparedWithWhatWasPrinted() {
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY_FAILS(shop().ask(CompareSheet{paper().sheets(order)[0].id}), "sheet-not-rendered");
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        const print::Sheet sheet = paper().sheets(order)[0];
        const auto compared = shop().ask(CompareSheet{sheet.id});
        QVERIFY_OK(compared);
        QVERIFY(compared->recorded == sheet.raster && compared->now == sheet.raster && !compared->difference);
        QVERIFY(compared->nowFingerprint == sheet.fingerprint && compared->recordedFingerprint == sheet.fingerprint);
        QVERIFY_FAILS(shop().ask(CompareSheet{SheetId::generate(SystemClock())}), "sheet-unknown");
    }

    void anErasedCustomersPagesAreNotKept() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QVERIFY(PaperShop::files(paper().pagesFolder(), "") > 0);
        QVERIFY_OK(shop().ask(EraseCustomer{order.id, "customer-asked"}));
        QCOMPARE(PaperShop::files(paper().pagesFolder(), ""), 0);
    }

    void thePagesOfADeadProcessLeaveTheSpool() {
        QVERIFY_OK(writeFileDurably(paper().spoolFolder() / (Sha256::of("old").toString() + "-0123456789abcdef"), "x"));
        QVERIFY_OK(writeFileDurably(paper().spoolFolder() / "half a page", "x"));
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return PaperShop::files(paper().spoolFolder(), "") == 0; }, 5000));
    }

    void aPageStaysWhileAnotherOrderNeedsIt() {
        paper().faults({.jamAfter = 1});
        const auto first = paper().placed(1), second = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{first.id, "front"}));
        QVERIFY_OK(shop().ask(PrintOrder{second.id, "front"}));
        QVERIFY(paper().sheets(first)[0].recipe == paper().sheets(second)[0].recipe);
        paper().startPrinting();
        QVERIFY(paper().reach(second, SheetState::Printing, 1));  // jammed; the first job is over and cleaned up
        QCOMPARE(paper().count(first, SheetState::Out), 1);
        QCOMPARE(PaperShop::files(paper().spoolFolder(), paper().sheets(second)[0].recipe.toString()), 2);
    }

    void printersDoNotSharePages() {
        paper().addPrinter("back");
        paper().faults({.mediaEmpty = true});
        paper().faults({.mediaEmpty = true}, "back");
        const auto first = paper().placed(1), second = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{first.id, "front"}));
        QVERIFY_OK(shop().ask(PrintOrder{second.id, "back"}));
        QVERIFY(paper().sheets(first)[0].recipe == paper().sheets(second)[0].recipe);
        paper().startPrinting();
        QVERIFY(paper().reach(first, SheetState::Sent, 1) && paper().reach(second, SheetState::Sent, 1));
        QCOMPARE(PaperShop::files(paper().spoolFolder(), paper().sheets(first)[0].recipe.toString()), 4);
    }
};

QTEST_GUILESS_MAIN(PagesTest)
#include "pages_test.moc"
