// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Setups in a shop: what they name must exist, and they print only as they were proved.
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

class SetupsTest : public QObject, OneShop {
    Q_OBJECT

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void aSetupIsRefusedUntilItIsVerifiedAsItStands() {
        const auto order = paper().placed(1);
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "nobody"}), "setup-unknown");
        QVERIFY_FAILS(shop().ask(PrintOrder{OrderId::generate(SystemClock()), "front"}), "order-unknown");
        auto other = paper().newSetup();
        other.intent = icc::Intent::Perceptual;
        QVERIFY_OK(shop().ask(other));
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "setup-unverified");
        paper().faults({.unreachable = true});
        const auto failed = shop().ask(VerifySetup{"front"});
        QVERIFY_OK(failed);
        QVERIFY(!failed->verification->passed && !failed->verification->problems.empty());
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "setup-unverified");
        QVERIFY(paper().sheets(order).empty());
        paper().faults({});
        QVERIFY_OK(shop().ask(VerifySetup{"front"}));
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
    }

    void anotherPoolOrThresholdLeavesASetupVerified() {
        auto pooled = paper().newSetup();
        pooled.pool = "counter";
        pooled.lowPrints = 60;
        QVERIFY_OK(shop().ask(pooled));
        const auto setup = *shop().ask(ShowSetup{"front"});
        QVERIFY(setup.verification && setup.verification->passed);
        QCOMPARE(setup.pool, std::string("counter"));
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Out, 1));  // and is still what was proved
    }

    void aSetupSavedWhileItIsVerifiedIsKeptAndUnverified() {
        paper().scheduler.whileVerifying = [&] {
            auto changed = paper().newSetup();
            changed.intent = icc::Intent::Perceptual;
            QVERIFY_OK(shop().ask(changed));
        };
        QVERIFY_FAILS(shop().ask(VerifySetup{"front"}), "setup-changed");
        QVERIFY(shop().ask(ShowSetup{"front"})->intent == icc::Intent::Perceptual);
        QVERIFY_FAILS(shop().ask(PrintOrder{paper().placed(1).id, "front"}), "setup-unverified");
    }

    void whatASetupNamesMustExist() {
        const auto with = [&](auto change) {
            auto setup = paper().newSetup("other");
            change(setup);
            const auto saved = shop().ask(setup);
            return saved ? std::string("saved") : saved.error().reason;
        };
        QCOMPARE(with([](SaveSetup& s) { s.name = "a b"; }), std::string("bad-setup-name"));
        QCOMPARE(with([](SaveSetup& s) { s.model = "dnp-9000"; }), std::string("model-unknown"));
        QCOMPARE(with([](SaveSetup& s) { s.medium = "7x9"; }), std::string("medium-unknown"));
        QCOMPARE(with([](SaveSetup& s) { s.finish = "velvet"; }), std::string("finish-unknown"));
        for (const std::int64_t um :
             {std::int64_t{10001}, std::int64_t{-20000}, std::numeric_limits<std::int64_t>::min()})
            QCOMPARE(with([&](SaveSetup& s) { s.calibration.offsetX = Length::micrometres(um); }),
                     std::string("bad-calibration"));
        const auto srgb = icc::Profile::srgb();
        const Bytes whole(srgb.bytes().begin(), srgb.bytes().end());
        QCOMPARE(with([&](SaveSetup& s) { s.profileBytes.assign(whole.begin(), whole.begin() + 100); }),
                 std::string("profile-damaged"));
        QCOMPARE(askAll(shop(), ListSetups{})->size(), std::size_t{1});
        QCOMPARE(with([](SaveSetup&) {}), std::string("saved"));
        QCOMPARE(shop().ask(ShowSetup{"other"})->finish, std::string("glossy"));  // the first of the model's
        QVERIFY(!shop().ask(ShowSetupProfile{"other"})->profile.empty());
    }

    void aProductNeedsItsMedium() {
        const auto order = paper().placed(1, "Olympus_PEN_E-P3.jpg", "13x18");
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "wrong-medium");
        QVERIFY(paper().sheets(order).empty());
    }

    void aQueueThatLostItsGuardPrintsNothingUntilItIsVerifiedAgain() {
        paper().scheduler.guardIsGone = true;
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));  // planned by what was verified before
        paper().startPrinting();
        const auto says = [&](const char* words) {
            const auto told = print::sentencesOf(*shop().ask(ShowSetupStatus{"front"}));
            return !told.empty() && told.front().find(words) != std::string::npos;
        };
        QVERIFY(QTest::qWaitFor([&] { return says("guard") && says("verify it again"); }, 5000));
        QCOMPARE(paper().count(order, SheetState::Planned), 1);
        QCOMPARE(paper().paper(), 0);
        // Whoever verifies it as it is now has been told what that means.
        QVERIFY_OK(shop().ask(VerifySetup{"front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
    }

    void theRouteIsLookedAtAgainBeforeAJobWithoutATestPage() {
        const int before = paper().scheduler.testPages;
        paper().startPrinting();
        const auto order = paper().placed(2);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 2));
        QCOMPARE(paper().scheduler.testPages.load(), before);
    }

    void aQueueThatIsAnotherOnePrintsNothing() {
        paper().scheduler.isReplaced = true;
        const auto order = paper().placed(1);
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        paper().startPrinting();
        QVERIFY(
            QTest::qWaitFor([&] { return !print::sentencesOf(*shop().ask(ShowSetupStatus{"front"})).empty(); }, 5000));
        QCOMPARE(paper().paper(), 0);
        paper().scheduler.isReplaced = false;
        QVERIFY(paper().reach(order, SheetState::Out, 1));
    }
};

QTEST_GUILESS_MAIN(SetupsTest)
#include "setups_test.moc"
