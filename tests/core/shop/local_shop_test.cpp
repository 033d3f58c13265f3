// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LocalShop and PrintSupervisor: from a photo to counted paper, with a real store, vault and spool.
#include "core/shop/local_shop.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <set>
#include <thread>

#include "core/print/setup_json.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

/// `tap` from ten threads at once: how many of them succeeded, and why the others did not.
template <class Tap>
std::pair<int, std::set<std::string>> tenTaps(Tap tap) {
    std::atomic<int> worked{0};
    std::mutex mutex;
    std::set<std::string> reasons;
    std::vector<std::thread> threads;
    for (int i = 0; i < 10; i++)
        threads.emplace_back([&] {
            const auto result = tap();
            if (result) worked++;
            const std::lock_guard lock(mutex);
            if (!result) reasons.insert(result.error().reason);
        });
    for (std::thread& thread : threads) thread.join();
    return {worked, reasons};
}

}  // namespace

class LocalShopTest : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir m_tables;
    std::unique_ptr<PaperShop> m_shop;
    PaperShop& paper() { return *m_shop; }
    LocalShop& shop() { return *m_shop->shop; }
    order::OrderState stateOf(const order::Order& order) { return shop().order(order.id)->state; }

  private slots:
    void init() {
        m_shop = std::make_unique<PaperShop>(m_tables.path().toStdString());
        paper().addPrinter();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { m_shop.reset(); }

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

    void tenTapsAreOnePrint() {
        const auto order = paper().placed(5);
        const auto [worked, reasons] = tenTaps([&] { return shop().print(order.id, "front", "staff"); });
        QCOMPARE(worked, 1);
        QVERIFY(reasons == std::set<std::string>{"already-printing"});
        QCOMPARE(paper().sheets(order).size(), std::size_t{5});
    }

    void tenTapsAreOneReprint() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        paper().stopPrinting();
        const SheetId first = paper().sheets(order).front().id;
        const auto [worked, reasons] = tenTaps([&] { return shop().reprint(first, "scratch", "staff"); });
        QCOMPARE(worked, 1);
        QVERIFY(reasons == std::set<std::string>{"already-printing"});
        QVERIFY(paper().sheets(order).back().reprintOf == first);
        QVERIFY(stateOf(order) == order::OrderState::Printing);
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "already-printing");
        QVERIFY_FAILS(shop().reprint(paper().sheets(order).back().id, "jam", "staff"), "sheet-not-final");
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().paper(), 2);
        QVERIFY(stateOf(order) == order::OrderState::Done);
        QVERIFY_OK(shop().reprint(first, "customer-wish", "staff"));  // a person's word, once more
    }

    void spoiledAndMissingCopiesArePrintedAgainAndThoseInTheTrayNever() {
        paper().startPrinting();
        const auto order = paper().placed(3);
        paper().faults({.mediaEmpty = true});
        paper().scheduler.guardHolds = true;
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        QVERIFY(paper().reach(order, SheetState::Unknown, 3));
        const auto sheets = paper().sheets(order);
        QCOMPARE(shop().setupStatus("front")->unknownSheets, 3);
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "already-printing");
        const Verdict verdicts[]{Verdict::InTray, Verdict::Spoiled, Verdict::NotPrinted};
        const SheetState becomes[]{SheetState::Out, SheetState::Spoiled, SheetState::Cancelled};
        for (std::size_t i = 0; i < 3; i++) {
            const auto settled = shop().settle(sheets[i].id, verdicts[i], "", "anna");
            QVERIFY_OK(settled);
            QVERIFY(settled->state == becomes[i]);
            QCOMPARE(settled->reason, std::string(toString(verdicts[i])));
            QVERIFY_FAILS(shop().settle(sheets[i].id, verdicts[i], "", "anna"), "sheet-moved");
        }
        QVERIFY(stateOf(order) == order::OrderState::Printing);
        paper().scheduler.guardHolds = false;
        paper().faults({});
        const auto again = shop().print(order.id, "front", "staff");
        QVERIFY_OK(again);
        QCOMPARE(again->sheets, 2);
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper(), 2);  // the first never moved in this printer: a person saw it in the tray
        QVERIFY(stateOf(order) == order::OrderState::Done);
    }

    void aReprintStandsInForItsSheetEvenWhenItFails() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        paper().faults({.refuseDocuments = true});
        QVERIFY_OK(shop().reprint(paper().sheets(order).front().id, "colour", "staff"));
        QVERIFY(paper().reach(order, SheetState::Cancelled, 1));
        QVERIFY(stateOf(order) == order::OrderState::Printing);  // the customer still waits for a good one
        paper().faults({});
        const auto again = shop().print(order.id, "front", "staff");
        QVERIFY_OK(again);
        QCOMPARE(again->sheets, 1);
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QVERIFY(stateOf(order) == order::OrderState::Done);
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "order-done");
        QCOMPARE(paper().paper(), 2);
    }

    void aHeldJobIsTakenAwayBeforeTheWordIsFinal() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        const auto sheet = paper().oneInQuestion(order);
        QCOMPARE(sheet.reason, std::string("scheduler-restarted"));
        QCOMPARE(paper().scheduler.cancels.load(), 0);
        QVERIFY_OK(shop().settle(sheet.id, Verdict::NotPrinted, "stack-unchanged", "anna"));
        QCOMPARE(paper().scheduler.cancels.load(), 1);
        paper().scheduler.guardHolds = false;  // somebody releases it at the scheduler
        paper().faults({});
        QVERIFY_OK(shop().reprint(sheet.id, "not-printed", "anna"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QCOMPARE(paper().paper(), 1);
    }

    void notPrintedNeedsAPrinterThatAgrees() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        const auto sheet = paper().oneInQuestion(order);
        paper().scheduler.keepsJobs = true;
        QVERIFY_FAILS(shop().settle(sheet.id, Verdict::NotPrinted, "", "anna"), "job-not-over");
        paper().faults({.unreachable = true});
        QVERIFY_FAILS(shop().settle(sheet.id, Verdict::NotPrinted, "", "anna"), "printer-unreachable");
        QCOMPARE(paper().count(order, SheetState::Unknown), 1);
        const auto again = shop().settle(sheet.id, {Verdict::Spoiled, "jam", AndThen::Reprint, {}, "anna"});
        QVERIFY_FAILS(again, "printer-unreachable");  // the old page may still come out beside the new one
        QCOMPARE(paper().count(order, SheetState::Unknown), 1);
        QVERIFY_OK(shop().settle(sheet.id, Verdict::Spoiled, "torn", "anna"));  // she has it in her hand
        QCOMPARE(paper().sheets(order).front().reason, std::string("torn"));
    }

    void aSetupIsRefusedUntilItIsVerifiedAsItStands() {
        const auto order = paper().placed(1);
        QVERIFY_FAILS(shop().print(order.id, "nobody", "staff"), "setup-unknown");
        QVERIFY_FAILS(shop().print(OrderId::generate(SystemClock()), "front", "staff"), "order-unknown");
        auto other = paper().newSetup();
        other.intent = icc::Intent::Perceptual;
        QVERIFY_OK(shop().saveSetup(other));
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "setup-unverified");
        paper().faults({.unreachable = true});
        const auto failed = shop().verifySetup("front", "staff");
        QVERIFY_OK(failed);
        QVERIFY(!failed->verification->passed && !failed->verification->problems.empty());
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "setup-unverified");
        QVERIFY(paper().sheets(order).empty());
        paper().faults({});
        QVERIFY_OK(shop().verifySetup("front", "staff"));
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
    }

    void anotherPoolOrThresholdLeavesASetupVerified() {
        auto pooled = paper().newSetup();
        pooled.pool = "counter";
        pooled.lowPrints = 60;
        QVERIFY_OK(shop().saveSetup(pooled));
        const auto setup = *shop().setup("front");
        QVERIFY(setup.verification && setup.verification->passed);
        QCOMPARE(setup.pool, std::string("counter"));
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 1));  // and is still what was proved
    }

    void aSetupSavedWhileItIsVerifiedIsKeptAndUnverified() {
        paper().scheduler.whileVerifying = [&] {
            auto changed = paper().newSetup();
            changed.intent = icc::Intent::Perceptual;
            QVERIFY_OK(shop().saveSetup(changed));
        };
        QVERIFY_FAILS(shop().verifySetup("front", "staff"), "setup-changed");
        QVERIFY(shop().setup("front")->intent == icc::Intent::Perceptual);
        QVERIFY_FAILS(shop().print(paper().placed(1).id, "front", "staff"), "setup-unverified");
    }

    void whatASetupNamesMustExist() {
        const auto with = [&](auto change) {
            auto setup = paper().newSetup("other");
            change(setup);
            const auto saved = shop().saveSetup(setup);
            return saved ? std::string("saved") : saved.error().reason;
        };
        QCOMPARE(with([](NewSetup& s) { s.name = "a b"; }), std::string("bad-setup-name"));
        QCOMPARE(with([](NewSetup& s) { s.model = "dnp-9000"; }), std::string("model-unknown"));
        QCOMPARE(with([](NewSetup& s) { s.medium = "7x9"; }), std::string("medium-unknown"));
        QCOMPARE(with([](NewSetup& s) { s.finish = "velvet"; }), std::string("finish-unknown"));
        const auto srgb = icc::Profile::srgb();
        const Bytes whole(srgb.bytes().begin(), srgb.bytes().end());
        QCOMPARE(with([&](NewSetup& s) { s.profileBytes.assign(whole.begin(), whole.begin() + 100); }),
                 std::string("profile-damaged"));
        QCOMPARE(shop().setups()->size(), std::size_t{1});
        QCOMPARE(with([](NewSetup&) {}), std::string("saved"));
        QCOMPARE(shop().setup("other")->finish, std::string("glossy"));  // the first of the model's
        QVERIFY(!shop().setupProfile("other")->empty());
    }

    void aProductNeedsItsMedium() {
        const auto order = paper().placed(1, "hopper.jpg", "13x18");
        QVERIFY_FAILS(shop().print(order.id, "front", "staff"), "wrong-medium");
        QVERIFY(paper().sheets(order).empty());
    }

    void anOrderIsPlacedWholeOrNotAtAll() {
        const auto original = shop().addOriginal(photo("hopper.jpg"));
        QVERIFY_OK(original);
        const NewLine good{*original, "a.jpg", "10x15", 1, {}};
        const auto with = [&](auto change) {
            NewLine bad = good;
            change(bad);
            const auto placed = shop().placeOrder({{good, bad}, "", "staff"});
            return placed ? std::string("placed") : placed.error().reason;
        };
        QCOMPARE(with([](NewLine& l) { l.product = "9x9"; }), std::string("product-unknown"));
        QCOMPARE(with([](NewLine& l) { l.copies = 0; }), std::string("bad-copies"));
        QCOMPARE(with([](NewLine& l) { l.copies = 1000; }), std::string("bad-copies"));
        QCOMPARE(with([](NewLine& l) { l.copies = std::numeric_limits<int>::max(); }), std::string("bad-copies"));
        QCOMPARE(with([](NewLine& l) { l.original = Sha256::of("?"); }), std::string("original-missing"));
        const double nan = std::numeric_limits<double>::quiet_NaN();
        for (const render::Crop crop : {render::Crop{-0.1, 0, 0.5, 0.5},
                                        {0, 0, 0, 1},
                                        {0.6, 0, 0.5, 0.5},
                                        {0, 0, 1, 2},
                                        {nan, 0, 0.5, 0.5},
                                        {0, nan, 0.5, 0.5},
                                        {0, 0, nan, 0.5},
                                        {0, 0, 0.5, nan}})
            QCOMPARE(with([&](NewLine& l) { l.choices.crop = crop; }), std::string("bad-crop"));
        QVERIFY_FAILS(shop().placeOrder({{}, "", "staff"}), "order-empty");
        QVERIFY(shop().orders(10)->empty());
        QCOMPARE(with([](NewLine& l) { l.choices.crop = render::Crop{0.25, 0, 0.5, 1}; }), std::string("placed"));
    }

    void thePriceLadderCountsAProductOverAllLines() {
        // resources/products/10x15.toml: 59 cents each, 45 from 25 on.
        const auto original = shop().addOriginal(photo("hopper.jpg"));
        const NewLine twenty{*original, "a.jpg", "10x15", 20, {}}, four{*original, "b.jpg", "10x15", 4, {}},
            large{*original, "c.jpg", "13x18", 1, {}};
        QCOMPARE(shop().placeOrder({{twenty, four}, "", "staff"})->total.minor, 24 * 59);
        QCOMPARE(shop().placeOrder({{twenty, four, large}, "", "staff"})->total.minor, 24 * 59 + 199);
        QCOMPARE(shop().placeOrder({{twenty, four, four}, "", "staff"})->total.minor, 28 * 45);
    }

    void whatIsNoPhotoIsNotKept() {
        const int before = paper().blobs();
        const Path bad = paper().folder() / "bad.jpg";
        std::ofstream(bad) << "no photo";
        QVERIFY(!shop().addOriginal(bad));
        QVERIFY(!shop().addOriginal(paper().folder()));
        QVERIFY_FAILS(shop().addOriginal(paper().folder() / "none.jpg"), "file-missing");
        QVERIFY(!shop().addOriginal(Path(CONTONE_SOURCE_DIR) / "tests/data/broken/bomb-65500x65500.jpg"));
        const auto whole = readFile(photo("hopper.jpg"), 1 << 20);
        QVERIFY_OK(writeFileDurably(bad, std::span(*whole).first(150)));  // ends before the size of the picture
        QVERIFY(!shop().addOriginal(bad));
        QCOMPARE(paper().blobs(), before);
        QVERIFY_OK(shop().addOriginal(photo("hopper.jpg")));
        QVERIFY_OK(shop().addOriginal(photo("hopper.jpg")));
        QCOMPARE(paper().blobs(), before + 1);
        QVERIFY(std::filesystem::is_empty(paper().folder() / "vault" / "incoming"));
    }

    void anOriginalFromAWireIsKeptWhenItIsWholeAndAPhoto() {
        const auto whole = readFile(photo("hopper.jpg"), 1 << 20);
        const int before = paper().blobs();
        std::size_t sent = 0;
        const auto upTo = [&](std::size_t length, bool isCut) {
            sent = 0;
            return [&, length, isCut](std::span<std::byte> to) -> Result<std::size_t> {
                if (sent == length && isCut) return fail(Code::Unavailable, "request-cut", "");
                const std::size_t n = std::min({to.size(), std::size_t{1000}, length - sent});
                std::copy_n(whole->begin() + static_cast<std::ptrdiff_t>(sent), n, to.begin());
                sent += n;
                return n;
            };
        };
        QVERIFY_FAILS(shop().takeOriginal(upTo(whole->size() / 2, true)), "request-cut");
        QVERIFY_FAILS(shop().takeOriginal(upTo(whole->size() / 2, false)), "photo-truncated");
        QVERIFY_FAILS(shop().takeOriginal(upTo(0, false)), "photo-empty");
        QCOMPARE(paper().blobs(), before);
        QVERIFY(std::filesystem::is_empty(paper().folder() / "vault" / "incoming"));
        const auto kept = shop().takeOriginal(upTo(whole->size(), false));
        QVERIFY_OK(kept);
        QVERIFY(*kept == Sha256::of(*whole));
        QCOMPARE(paper().blobs(), before + 1);
    }

    void aPhotoThatEndsHalfWayIsNotTaken() {
        const auto whole = readFile(photo("Landscape_1.jpg"), 1 << 20);
        const Path half = paper().folder() / "half.jpg";
        QVERIFY_OK(writeFileDurably(half, std::span(*whole).first(whole->size() / 2)));
        const int before = paper().blobs();
        QVERIFY_FAILS(shop().addOriginal(half), "photo-truncated");
        QCOMPARE(paper().blobs(), before);
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

    void aQueueThatLostItsGuardPrintsNothingUntilItIsVerifiedAgain() {
        paper().scheduler.guardIsGone = true;
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));  // planned by what was verified before
        paper().startPrinting();
        const auto says = [&](const char* words) {
            const auto told = shop().setupStatus("front")->sentences;
            return !told.empty() && told.front().find(words) != std::string::npos;
        };
        QVERIFY(QTest::qWaitFor([&] { return says("guard") && says("verify it again"); }, 5000));
        QCOMPARE(paper().count(order, SheetState::Planned), 1);
        QCOMPARE(paper().paper(), 0);
        // Whoever verifies it as it is now has been told what that means.
        QVERIFY_OK(shop().verifySetup("front", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
    }

    void theRouteIsLookedAtAgainBeforeAJobWithoutATestPage() {
        const int before = paper().scheduler.testPages;
        paper().startPrinting();
        const auto order = paper().placed(2);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().scheduler.testPages.load(), before);
    }

    void aQueueThatIsAnotherOnePrintsNothing() {
        paper().scheduler.isReplaced = true;
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return !shop().setupStatus("front")->sentences.empty(); }, 5000));
        QCOMPARE(paper().paper(), 0);
        paper().scheduler.isReplaced = false;
        QVERIFY(paper().reach(order, SheetState::Out, 1));
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

    void anErasedCustomerIsGoneAndTheOrderStays() {
        const auto original = shop().addOriginal(photo("hopper.jpg"));
        const auto order = shop().placeOrder({{{*original, "grace.jpg", "10x15", 1, {}}}, "Grace", "staff"});
        QCOMPARE(paper().store->customer(order->id)->name, std::string("Grace"));
        QVERIFY_OK(shop().eraseCustomer(order->id, "staff"));
        QVERIFY_OK(shop().eraseCustomer(order->id, "staff"));
        QVERIFY(*paper().store->customer(order->id) == order::Customer{});
        QVERIFY_OK(shop().order(order->id));
        QVERIFY_FAILS(shop().eraseCustomer(OrderId::generate(SystemClock()), "staff"), "order-unknown");
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

    void aPageDamagedInTheSpoolIsRenderedAgain() {
        paper().faults({.mediaEmpty = true});
        paper().startPrinting();
        const auto order = paper().placed(2);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
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
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        const print::Sheet first = paper().sheets(order)[0];
        QVERIFY(first.fingerprint.find("; photo libjpeg-turbo ") != std::string::npos);
        QVERIFY(QTest::qWaitFor([&] { return PaperShop::files(paper().spoolFolder(), "") == 0; }, 5000));
        QCOMPARE(PaperShop::files(paper().pagesFolder(), first.recipe.toString()), 1);
        // Whoever takes the page from the cache prints this one, not what the photo would give: it is whole and named
        // so.
        const auto kept = paper().pages->find(first.recipe, first.fingerprint);
        QVERIFY(kept && kept->what.hash == first.raster);
        QVERIFY_OK(shop().reprint(first.id, "scratch", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        const print::Sheet second = paper().sheets(order)[1];
        QVERIFY(second.raster == first.raster && second.fingerprint == first.fingerprint);
        QVERIFY(*readFile(paper().tray() / ("sheet-" + first.attempt.toString() + ".png"), 1 << 30) ==
                *readFile(paper().tray() / ("sheet-" + second.attempt.toString() + ".png"), 1 << 30));
    }

    void aSheetRenderedAgainIsComparedWithWhatWasPrinted() {
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        QVERIFY_FAILS(shop().compareSheet(paper().sheets(order)[0].id), "sheet-not-rendered");
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        const print::Sheet sheet = paper().sheets(order)[0];
        const auto compared = shop().compareSheet(sheet.id);
        QVERIFY_OK(compared);
        QVERIFY(compared->recorded == sheet.raster && compared->now == sheet.raster && !compared->difference);
        QVERIFY(compared->nowFingerprint == sheet.fingerprint && compared->recordedFingerprint == sheet.fingerprint);
        QVERIFY_FAILS(shop().compareSheet(SheetId::generate(SystemClock())), "sheet-unknown");
    }

    void anErasedCustomersPagesAreNotKept() {
        paper().startPrinting();
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().print(order.id, "front", "staff"));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QVERIFY(PaperShop::files(paper().pagesFolder(), "") > 0);
        QVERIFY_OK(shop().eraseCustomer(order.id, "staff"));
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
        QVERIFY_OK(shop().print(first.id, "front", "staff"));
        QVERIFY_OK(shop().print(second.id, "front", "staff"));
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
        QVERIFY_OK(shop().print(first.id, "front", "staff"));
        QVERIFY_OK(shop().print(second.id, "back", "staff"));
        QVERIFY(paper().sheets(first)[0].recipe == paper().sheets(second)[0].recipe);
        paper().startPrinting();
        QVERIFY(paper().reach(first, SheetState::Sent, 1) && paper().reach(second, SheetState::Sent, 1));
        QCOMPARE(PaperShop::files(paper().spoolFolder(), paper().sheets(first)[0].recipe.toString()), 4);
    }

    void whoeverJoinsLateAsksForTheNewestPositionOnly() {
        paper().placed(1);
        const auto all = shop().changesAfter(0, 0), latest = shop().changesAfter(latestChange, 30000);
        QVERIFY(all->size() > 1);
        QVERIFY(*latest == std::vector{Change{.position = all->back().position}});
        QVERIFY(shop().changesAfter(latest->back().position, 0)->empty());
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
