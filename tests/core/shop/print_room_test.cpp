// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Printers in a shop: paused, in trouble, mended, counted, calibrated, asked about; a page is always ready.
#include <QElapsedTimer>
#include <QTest>

#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

constexpr std::int64_t hour = 3'600'000;

}  // namespace

class PrintRoomTest : public QObject, OneShop {
    Q_OBJECT

    std::vector<std::string> told(const std::string& stream) {
        const auto all = shop().ask(FollowChanges{"0"})->items;
        std::vector<std::string> types;
        for (const Change& c : all)
            if (c.stream == stream && c.type != "setup-saved") types.push_back(c.type);
        return types;
    }
    bool isReady(const std::string& setup) { return shop().ask(ShowSetupStatus{setup})->ready; }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void aPausedPrinterFinishesItsSheetStartsNoneAndStaysPausedOverARestart() {
        const auto order = paper().placed(3);
        paper().faults({.printMs = 400});
        printed(order);
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Printing, 1));
        QVERIFY(shop().ask(PausePrinter{"front"})->paused);
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        paper().restart();
        paper().startPrinting();
        QTest::qWait(700);
        QCOMPARE(paper().count(order, SheetState::Planned), 2);
        const auto status = *shop().ask(ShowSetupStatus{"front"});
        QVERIFY(status.paused && !status.ready && !print::sentencesOf(status).empty());
        QVERIFY(!shop().ask(ResumePrinter{"front"})->paused);
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QVERIFY((told("setup/front") == std::vector<std::string>{"printer-paused", "printer-resumed"}));
        QVERIFY_FAILS(shop().ask(PausePrinter{"nobody"}), "setup-unknown");
    }

    void aPauseHoldsForEverySetupOfThePrinter() {
        auto large = paper().newSetup("front-large");
        large.route = paper().newSetup("front").route;
        large.medium = "5x7";
        QVERIFY_OK(shop().ask(large));
        QVERIFY_OK(shop().ask(VerifySetup{"front-large"}));
        QVERIFY_OK(shop().ask(PausePrinter{"front-large"}));
        QVERIFY(shop().ask(ShowSetupStatus{"front"})->paused);
        const auto order = paper().placed(1);
        printed(order);
        paper().startPrinting();
        QTest::qWait(500);
        QCOMPARE(paper().paper(), 0);
        QVERIFY_OK(shop().ask(ResumePrinter{"front"}));  // whichever setup it was paused through
        QVERIFY(paper().reach(order, SheetState::Out, 1));
    }

    void allPrintersAreToldToStopAtOnce() {
        constexpr int printers = 8, answerMs = 1500;
        for (int i = 0; i < printers; i++) {
            const std::string name = "p" + std::to_string(i);
            paper().addPrinter(name);
            QVERIFY_OK(shop().ask(PrintOrder{paper().placed(3).id, name}));
            paper().faults({.mediaEmpty = true}, name);
        }
        paper().startPrinting();
        QTRY_VERIFY(shop().ask(ShowSetupStatus{"p7"})->seenAt.ms != 0);
        paper().scheduler.answersAfterMs = answerMs;
        QTest::qWait(500);  // each worker waits for an answer now
        QElapsedTimer timer;
        timer.start();
        paper().stopPrinting();
        // One after another they would take eight answers, and each a few more.
        QVERIFY2(timer.elapsed() < 3 * answerMs, std::to_string(timer.elapsed()).c_str());
        paper().scheduler.answersAfterMs = 0;
        for (int i = 0; i < printers; i++) QCOMPARE(paper().paper("p" + std::to_string(i)), 0);
    }

    void aFaultShowsWhenNothingPrintsAndIsToldOnce() {
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return isReady("front"); }, 5000));
        paper().faults({.mediaEmpty = true});
        QVERIFY(QTest::qWaitFor([&] { return !isReady("front"); }, 5000));
        const auto status = *shop().ask(ShowSetupStatus{"front"});
        QVERIFY((print::reasonsOf(status) == std::vector<std::string>{"media-empty"}));
        QCOMPARE(print::sentencesOf(status).front(), print::sentenceFor(print::Obstacle::MediaEmpty));
        QTest::qWait(700);  // three more looks
        paper().faults({.unreachable = true});
        QVERIFY(QTest::qWaitFor(
            [&] {
                return print::reasonsOf(*shop().ask(ShowSetupStatus{"front"})) ==
                       std::vector<std::string>{"unreachable"};
            },
            5000));
        paper().faults({});
        QVERIFY(QTest::qWaitFor([&] { return isReady("front"); }, 5000));
        QVERIFY(QTest::qWaitFor([&] { return told("setup/front").size() == 3; }, 5000));  // shown first, then told
        QVERIFY((told("setup/front") ==
                 std::vector<std::string>{"printer-trouble", "printer-trouble", "printer-recovered"}));
    }

    void aQueueThatStoppedIsStartedAgainAndOneThatAPersonPausedIsNot() {
        using print::Obstacle;
        paper().scheduler.stopped = true;
        paper().startPrinting();
        const auto order = paper().placed(1);
        printed(order);
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QCOMPARE(paper().scheduler.resumes.load(), 1);
        paper().scheduler.stopped = true;
        paper().scheduler.pausedThere = true;
        const auto next = paper().placed(1);
        printed(next);
        QTest::qWait(800);
        QCOMPARE(paper().scheduler.resumes.load(), 1);
        QCOMPARE(paper().paper(), 1);
    }

    void whatIsLeftIsCountedBetweenReportsAndLowIsToldOnce() {
        auto setup = paper().newSetup();
        setup.lowPrints = 10;
        QVERIFY_OK(shop().ask(setup));
        QVERIFY_OK(shop().ask(VerifySetup{"front"}));
        paper().scheduler.printsLeft = 12;  // and it goes on saying so
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return shop().ask(ShowSetupStatus{"front"})->printsLeft == 12; }, 5000));
        QVERIFY(!shop().ask(ShowSetupStatus{"front"})->low);
        const auto order = paper().placed(5);
        printed(order);
        QVERIFY(paper().reach(order, SheetState::Out, 5));
        QCOMPARE(shop().ask(ShowSetupStatus{"front"})->printsLeft, std::optional(7));
        QVERIFY(QTest::qWaitFor([&] { return shop().ask(ShowSetupStatus{"front"})->low; }, 5000));
        paper().restart();
        paper().startPrinting();
        QVERIFY(QTest::qWaitFor([&] { return shop().ask(ShowSetupStatus{"front"})->seenAt != Instant{}; }, 5000));
        QCOMPARE(shop().ask(ShowSetupStatus{"front"})->printsLeft, std::optional(7));
        paper().scheduler.printsLeft = 400;
        QVERIFY(QTest::qWaitFor([&] { return shop().ask(ShowSetupStatus{"front"})->printsLeft == 400; }, 5000));
        QVERIFY(QTest::qWaitFor([&] { return told("setup/front").size() == 4; }, 5000));
        QVERIFY((told("setup/front") ==
                 std::vector<std::string>{"prints-counted", "supplies-low", "prints-counted", "supplies-refilled"}));
    }

    void enoughIsAnsweredBeforeAnybodyPays() {
        CheckMedia query{{}, {{"10x15", 8}}, "front", ""};
        QVERIFY(shop().ask(query)->answer == print::MediaCheck::Answer::Unknown);  // it counts nothing
        paper().scheduler.printsLeft = 10;
        QVERIFY(shop().ask(query)->answer == print::MediaCheck::Answer::Yes);
        const auto order = paper().placed(4);
        QVERIFY(shop().ask(CheckMedia{order.id, {}, "front", ""})->needed == 4);
        printed(order);  // planned: theirs already
        const auto enough = *shop().ask(query);
        QVERIFY(enough.answer == print::MediaCheck::Answer::No && enough.printsLeft == 6 && enough.needed == 8);
        QVERIFY(!enough.sentence.empty());
        QVERIFY(shop().ask(CheckMedia{order.id, {}, "front", ""})->answer == print::MediaCheck::Answer::Yes);
        QVERIFY_FAILS(shop().ask(CheckMedia{{}, {{"13x18", 1}}, "front", ""}), "wrong-medium");
        QVERIFY_FAILS(shop().ask(CheckMedia{{}, {{"10x15", 1}}, "nobody", ""}), "setup-unknown");
        QVERIFY_FAILS(shop().ask(CheckMedia{{}, {{"10x15", 1}}, "", "nobody"}), "pool-unknown");
        paper().faults({.unreachable = true});
        QVERIFY(shop().ask(query)->answer == print::MediaCheck::Answer::No);
    }

    void theNextPageIsReadyBeforeTheSheetIsOut() {
        paper().faults({.printMs = 1500});
        const auto order = [&] {
            const auto a = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg")),
                       b = addOriginal(shop(), photo("Canon_EOS_7D.jpg"));
            return *shop().ask(PlaceOrder{{{*a, "a.jpg", "10x15", 1, {}}, {*b, "b.jpg", "10x15", 1, {}}}});
        }();
        printed(order);
        paper().startPrinting();
        QVERIFY(paper().reach(order, SheetState::Printing, 1));
        const auto sheets = paper().sheets(order);
        QVERIFY(sheets[1].state == SheetState::Planned);
        const auto pages = [&] { return PaperShop::files(paper().spoolFolder(), sheets[1].recipe.toString()); };
        QVERIFY(QTest::qWaitFor([&] { return pages() == 2; }, 1300));  // the page and its note
        QVERIFY(paper().sheets(order)[0].state == SheetState::Printing);
        QVERIFY(paper().reach(order, SheetState::Out, 2));
    }

    void aCalibrationPrintIsASheetLikeAnyOtherAndItsReadingsAreStored() {
        const auto job = shop().ask(PrintCalibrationPage{"front"});
        QVERIFY_OK(job);
        paper().startPrinting();
        const order::Order order = *shop().ask(ShowOrder{job->order});
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QVERIFY(order.price.total.minor == 0 &&
                shop().ask(ShowOrder{order.id})->production == order::Production::Printed);
        // Device pixels of the rulers as they are drawn, whatever the profile.
        const auto sheet = paper().sheets(order).front();
        const print::Medium medium = paper().medium("dnp-ds620", "4x6");
        QCOMPARE(sheet.raster.toString(), image::rasterHash(*print::calibrationPage(medium, {})).toString());
        QVERIFY(order.lines[0].original.isNone());  // nobody brought a photo
        const auto compared = shop().ask(CompareSheet{sheet.id});
        QVERIFY_OK(compared);
        QVERIFY(compared->now == sheet.raster && compared->recorded == sheet.raster);
        // Read: 0.5 mm more at the left than at the right beyond the model's (calibration.h has the formulas).
        print::FourReadings readings{medium.overscan.left, medium.overscan.top, medium.overscan.right,
                                     medium.overscan.bottom};
        readings.left = readings.left + millimetres(0.5);
        readings.right = readings.right - millimetres(0.5);
        const auto calibrated = shop().ask(CalibrateSetup{"front", readings});
        QVERIFY_OK(calibrated);
        QCOMPARE(calibrated->calibration.offsetX.um(), 500);
        QCOMPARE(calibrated->calibration.offsetY.um(), 0);
        QVERIFY(calibrated->verification && calibrated->verification->passed);
        readings.left = millimetres(40);
        QVERIFY_FAILS(shop().ask(CalibrateSetup{"front", readings}), "bad-reading");
        QVERIFY_OK(shop().ask(ReprintSheet{sheet.id, print::ReprintReason::Cut}));  // as any sheet
        QVERIFY(paper().reach(order, SheetState::Out, 2));
    }

    void theHeldJobTableSaysWhatHappensToASheetInQuestion() {
        using print::ReprintReason, print::CostOwner;
        paper().startPrinting();
        const auto order = paper().placed(4);
        paper().faults({.mediaEmpty = true});
        paper().scheduler.guardHolds = true;
        printed(order);
        QVERIFY(paper().reach(order, SheetState::Unknown, 4));
        const auto sheets = paper().sheets(order);
        const auto say = [&](std::size_t i, SheetOutcome verdict, const std::string& reason = {}) {
            return shop().ask(ReportOutcome{sheets[i].id, verdict, reason, FollowUp::Reprint, CostOwner::Supplier});
        };
        const auto cannot = say(3, SheetOutcome::CannotTell);
        QVERIFY_OK(cannot);
        QVERIFY(cannot->sheet.state == SheetState::Unknown && !cannot->reprint);
        QVERIFY(cannot->sheet.message != sheets[3].message);
        QVERIFY_FAILS(say(0, SheetOutcome::Spoiled, "no such reason"), "bad-reprint-reason");
        QVERIFY(askAll(shop(), ListSheets{.order = order.id})->front().state ==
                SheetState::Unknown);  // nothing was settled
        const auto whole = say(0, SheetOutcome::InTray), half = say(1, SheetOutcome::Spoiled, "colour"),
                   none = say(2, SheetOutcome::NotPrinted);
        QVERIFY_OK(whole);
        QVERIFY_OK(half);
        QVERIFY_OK(none);
        QVERIFY(whole->sheet.state == SheetState::Out && !whole->reprint);
        QVERIFY(half->sheet.state == SheetState::Spoiled && half->reprint);
        QVERIFY(none->sheet.state == SheetState::Cancelled && none->reprint);
        paper().scheduler.guardHolds = false;
        paper().faults({});
        QVERIFY(paper().reach(order, SheetState::Out, 3));
        QCOMPARE(paper().paper(), 3);  // two reprints, and the one nobody could tell of: its hold is gone as well
        const auto again = paper().sheets(order);
        QVERIFY((again[4].reprint == print::ReprintCase{ReprintReason::Colour, CostOwner::Supplier}));
        QVERIFY((again[5].reprint == print::ReprintCase{ReprintReason::NotPrinted, CostOwner::Supplier}));
        const auto sum = *shop().ask(SumSpoilage{{}, {}});
        QVERIFY((sum.spoiled == std::map<std::string, int>{{"colour", 1}}));
        QVERIFY((sum.reprints == std::map<std::string, int>{{"supplier", 2}}));
        QCOMPARE(sum.out, 3);
        QVERIFY(*shop().ask(SumSpoilage{{paper().clock.now().ms + hour}, {}}) == print::Spoilage{});
    }
};

QTEST_GUILESS_MAIN(PrintRoomTest)
#include "print_room_test.moc"
