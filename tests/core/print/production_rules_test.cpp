// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The rules around the ledger: which printer of a pool, how much moves, whether the paper is enough, what is told.
#include <QTest>

#include "core/print/pool.h"
#include "core/print/printer.h"
#include "core/print/printer_condition.h"
#include "core/print/production_event.h"

using namespace contone;
using namespace contone::print;

namespace {

std::string ranking(const std::vector<PoolMember>& members) {
    std::string names;
    for (const PoolMember& m : preferred(members)) names += m.setup;
    return names;
}

}  // namespace

class ProductionRulesTest : public QObject {
    Q_OBJECT
  private slots:
    void theBestPrinterCanPrintIsFreeAndHasMostLeft() {
        // a: broken; b: busy with most left; c: free with few; d: free, not counted; e: busy, much to do.
        const std::vector<PoolMember> members{{"a", false, 0, 0, 900},
                                              {"b", true, 3, 1, 500},
                                              {"c", true, 0, 0, 10},
                                              {"d", true, 0, 0, {}},
                                              {"e", true, 9, 1, 20}};
        QCOMPARE(ranking(members), std::string("cdbea"));
        QCOMPARE(ranking({{"x", true, 0, 1, 500}, {"y", true, 0, 0, 1}}),
                 std::string("yx"));  // one at work is not free
        QCOMPARE(ranking({{"b", true, 2, 0, {}}, {"a", true, 2, 0, {}}, {"c", true, 1, 0, {}}}), std::string("cab"));
    }
    void sharingEndsAndLosesNothing() {
        QCOMPARE(shareFor(9, Source::InTrouble), 9);
        QCOMPARE(shareFor(0, Source::Working), 0);
        for (int waiting = 1; waiting <= 1000; waiting++) {
            const int share = shareFor(waiting, Source::Working);
            QVERIFY(share >= 1 && share <= waiting && share - (waiting - share) <= 1);
        }
    }
    void enoughIsWhatIsLeftLessWhatIsPlanned() {
        using enum MediaCheck::Answer;
        const PoolMember ten{"a", true, 4, 0, 10}, silent{"b", true, 0, 0, {}}, broken{"c", false, 0, 0, 100};
        QVERIFY(checkMedia({ten}, 6).answer == Yes && checkMedia({ten}, 7).answer == No);
        QCOMPARE(checkMedia({ten}, 7).printsLeft, std::optional(6));
        QVERIFY(checkMedia({silent}, 1).answer == Unknown);
        QVERIFY(checkMedia({ten, silent}, 6).answer == Yes && checkMedia({ten, silent}, 7).answer == Unknown);
        QVERIFY(checkMedia({ten, broken}, 7).answer == No && checkMedia({broken}, 1).answer == No);
        QVERIFY(checkMedia({broken}, 0).answer == Yes);
        QVERIFY(checkMedia({{"a", true, 20, 0, 10}}, 1).printsLeft == 0);  // more is planned than there is
        for (const auto answer : {Yes, No, Unknown})
            QVERIFY(*contone::parse<MediaCheck::Answer>(toString(answer)) == answer);
    }
    void jobsOfTwoHoursAndJobsFromTheFutureNeedAWord() {
        constexpr std::int64_t minute = 60'000;
        PrintJob job;
        job.createdAt = {1'000 * minute};
        const auto after = [&](std::int64_t minutes) { return needsApproval(job, {(1'000 + minutes) * minute}); };
        QVERIFY(!after(0) && !after(120) && after(121));
        QVERIFY(!after(-1) && after(-2));  // a minute of adjustment is no jump
        job.releasedAt = {1'200 * minute};
        QVERIFY(!after(201) && !after(320) && after(321));
    }
    void onlyWhatChangedIsTold() {
        const PrinterObservation fine{{}, {}, 100, 20},
            jam{{"media-jam", "cover-open", "media-jam"}, {"Jam."}, 100, 20};
        PrinterCondition condition;
        QVERIFY(decideWatch(condition, fine).empty());
        const auto events = decideWatch(condition, jam);
        QCOMPARE(events.size(), std::size_t{1});
        condition = after(condition, events.front());
        QVERIFY((condition.trouble == std::vector<std::string>{"cover-open", "media-jam"}));
        QVERIFY(decideWatch(condition, jam).empty());
        QVERIFY(std::holds_alternative<PrinterRecovered>(decideWatch(condition, fine).front()));
    }
    void lowIsBelowTheThresholdAndUnknownSaysNothing() {
        const auto told = [](bool wasLow, std::optional<int> left, int threshold) {
            PrinterCondition condition;
            condition.low = wasLow;
            const auto events = decideWatch(condition, {{}, {}, left, threshold});
            return events.empty() ? condition.low : after(condition, events.front()).low;
        };
        QVERIFY(told(false, 19, 20) && !told(false, 20, 20) && !told(true, 20, 20));
        QVERIFY(told(true, {}, 20) && !told(false, {}, 20));  // a printer that is off has not been refilled
        QVERIFY(!told(false, 0, 0) && !told(true, 5, 0) && !told(true, {}, 0));
    }
    void wordsComeBack() {
        for (const ReprintReason reason : reprintReasons)
            QVERIFY(*contone::parse<ReprintReason>(toString(reason)) == reason);
        for (const CostOwner owner : {CostOwner::Shop, CostOwner::Customer, CostOwner::Supplier})
            QVERIFY(*contone::parse<CostOwner>(toString(owner)) == owner);
        for (const Priority priority : {Priority::InStore, Priority::Pickup, Priority::Bulk})
            QVERIFY(*contone::parse<Priority>(toString(priority)) == priority);
        QVERIFY(!contone::parse<ReprintReason>("") && !contone::parse<CostOwner>("me") &&
                !contone::parse<Priority>("now"));
    }
    void aCalibrationPageIsToldFromAPhotosRecipe() {
        const CalibrationPage rulers{"4x6", {image::Channels::Cmyk, image::Depth::U16}};
        render::Recipe photo;
        photo.photos.push_back({Sha256::of("photo")});
        for (const Page& page : {Page{rulers}, Page{photo}}) QVERIFY(*parsePage(canonical(page)) == page);
        QVERIFY(kindOf(rulers) == "calibration" && kindOf(photo) == "photos");
        QVERIFY(hashOf(photo) == render::hashOf(photo) && canonical(photo) == render::canonical(photo));
        QCOMPARE(canonical(rulers), std::string(R"({"bits":16,"channels":4,"kind":"calibration","medium":"4x6"})"));
        QVERIFY(originalsOf(rulers).empty() && originalsOf(photo) == std::vector{Sha256::of("photo")});
    }
    void aPageOfBeforeThereWereKindsIsRead() {
        QVERIFY(*parsePage(R"({"bits":8,"calibrationPage":1,"channels":3,"medium":"6x8"})") ==
                Page(CalibrationPage{"6x8", {}}));
    }
    void aPageThatCannotBeReadIsRefused() {
        for (const char* bad :
             {"", "{", "[]", "{}", R"({"calibrationPage":1})", R"({"calibrationPage":2,"medium":"4x6"})",
              R"({"calibrationPage":1,"medium":"4x6","channels":5,"bits":8})", R"({"kind":"calibration"})",
              R"({"kind":"calibration","medium":"4x6","channels":5,"bits":8})"})
            QVERIFY2(!parsePage(bad) && parsePage(bad).error().code == Code::Corrupt, bad);
        QCOMPARE(parsePage(R"({"kind":"chart"})").error().reason, std::string("page-kind"));
    }
    void aQueueIsStartedAgainOnlyWhenNothingElseIsWrong() {
        using enum Obstacle;
        const auto may = [](std::vector<Obstacle> obstacles) {
            PrinterState state;
            state.obstacles = std::move(obstacles);
            return mayResume(state);
        };
        QVERIFY(may({Stopped}));
        for (const Obstacle other : {Unreachable, MediaEmpty, MediaJam, CoverOpen, SuppliesEmpty, WrongMedium, Paused})
            QVERIFY(!may({Stopped, other}) && !may({other}));
        QVERIFY(!may({}));
    }
};

QTEST_GUILESS_MAIN(ProductionRulesTest)
#include "production_rules_test.moc"
