// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tiles cover a page once, newer requests cancel older ones, and a cache keeps to its budget.
#include <QtTest>

#include <thread>

#include "core/view/budget_cache.h"
#include "core/view/generations.h"
#include "core/view/page_tiles.h"

using namespace contone;
using namespace contone::view;

class ViewTest : public QObject {
    Q_OBJECT
  private slots:
    void tilesPutTogetherAreThePage();
    void aTileOfAnotherPageOrOutsideIsRefused();
    void eachLevelHasHalfAsManyPixelsASide();
    void aNewerRequestCancelsTheOneInHand();
    void aPictureThatFollowsTheHandIsFinishedAndShown();
    void aRequestThatIsSupersededBeforeItBeginsIsCancelled();
    void whatIsForgottenIsNeverShown();
    void manyThreadsAskAndOneRequestIsTheNewest();
    void whatWasUsedLongestAgoGoesFirst();
    void aValueThatOutgrowsTheBudgetIsNotKept();
};

namespace {

PageKey pageKey(const char* name) {
    return {.recipe = Sha256::of(name), .proof = {}, .monitor = Sha256::of("monitor")};
}

std::shared_ptr<image::Picture> page(int width, int height) {
    auto made = std::make_shared<image::Picture>(image::Picture::ofSize({width, height}, {}));
    for (std::size_t i = 0; i < made->bytes.size(); i++) made->bytes[i] = std::byte((i * 2654435761u) >> 13);
    return made;
}

}  // namespace

void ViewTest::tilesPutTogetherAreThePage() {
    const auto whole = page(700, 300);  // 3 × 2 tiles, the last ones cut at both edges
    PageTiles tiles(pageKey("page"), whole);
    image::Picture together = image::Picture::ofSize(whole->size, whole->format);
    const image::PixelSize count = tileCount(whole->size, 0);
    QVERIFY(count == (image::PixelSize{3, 2}));
    for (int y = 0; y < count.height; y++)
        for (int x = 0; x < count.width; x++) {
            const auto tile = tiles.tile({pageKey("page"), 0, x, y}, Grade::Settled, {});
            QVERIFY(tile.has_value());
            const image::PixelRect at = tileRect(whole->size, 0, x, y);
            QVERIFY(tile->size == (image::PixelSize{at.width, at.height}));
            for (int row = 0; row < at.height; row++)
                std::memcpy(together.strip().row<std::byte>(at.y + row) + 3 * at.x, tile->strip().row<std::byte>(row),
                            tile->stride());
        }
    QVERIFY(together == *whole);
}

void ViewTest::aTileOfAnotherPageOrOutsideIsRefused() {
    PageTiles tiles(pageKey("page"), page(300, 300));
    const CancelToken cancelled;
    cancelled.cancel();
    QVERIFY(tiles.tile({pageKey("page"), 0, 1, 1}, Grade::Settled, {}).has_value());
    for (const TileKey& key : {TileKey{pageKey("other"), 0, 0, 0}, TileKey{pageKey("page"), 0, 2, 0},
                               TileKey{pageKey("page"), 0, 0, -1}, TileKey{pageKey("page"), 1, 0, 0}})
        QCOMPARE(tiles.tile(key, Grade::Settled, {}).error().reason, std::string("no-tile"));
    QVERIFY(tiles.tile({pageKey("page"), 0, 0, 0}, Grade::Settled, cancelled).error().code == Code::Cancelled);
}

void ViewTest::eachLevelHasHalfAsManyPixelsASide() {
    QVERIFY(tileCount({6000, 4000}, 0) == (image::PixelSize{24, 16}));
    QVERIFY(tileCount({6000, 4000}, 1) == (image::PixelSize{12, 8}));
    QVERIFY(tileCount({6000, 4000}, 12) == (image::PixelSize{1, 1}));
    const image::PixelRect last = tileRect({6001, 4000}, 1, 11, 7);
    QVERIFY(last == (image::PixelRect{2816, 1792, 3001 - 2816, 2000 - 1792}));
}

void ViewTest::aNewerRequestCancelsTheOneInHand() {
    Generations generations;
    const auto first = generations.next(Supersede::Cancel);
    const CancelToken work = generations.begin(first);
    QVERIFY(!work.isCancelled() && generations.isWanted(first) && generations.isNewest(first));
    const auto second = generations.next(Supersede::Cancel);
    QVERIFY(work.isCancelled() && !generations.isWanted(first));
    QVERIFY(generations.isWanted(second) && second == first + 1);
}

void ViewTest::aPictureThatFollowsTheHandIsFinishedAndShown() {
    Generations generations;
    const auto first = generations.next(Supersede::Cancel);
    const CancelToken work = generations.begin(first);
    const auto second = generations.next(Supersede::LetFinish);
    QVERIFY(!work.isCancelled() && generations.isWanted(first) && !generations.isNewest(first));
    QVERIFY(generations.isNewest(second));
    generations.next(Supersede::Cancel);
    QVERIFY(work.isCancelled() && !generations.isWanted(first) && !generations.isWanted(second));
}

void ViewTest::aRequestThatIsSupersededBeforeItBeginsIsCancelled() {
    Generations generations;
    const auto first = generations.next(Supersede::Cancel);
    generations.next(Supersede::Cancel);
    QVERIFY(generations.begin(first).isCancelled());
}

void ViewTest::whatIsForgottenIsNeverShown() {
    Generations generations;
    const auto first = generations.next(Supersede::Cancel);
    const CancelToken work = generations.begin(first);
    generations.forget();
    QVERIFY(work.isCancelled() && !generations.isWanted(first));
    QVERIFY(generations.isWanted(generations.next(Supersede::LetFinish)));
}

void ViewTest::manyThreadsAskAndOneRequestIsTheNewest() {
    Generations generations;
    std::vector<Generations::Number> numbers(4 * 500);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; t++)
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 500; i++) {
                numbers[t * 500 + i] = generations.next(Supersede::Cancel);
                generations.begin(numbers[t * 500 + i]);
            }
        });
    for (std::thread& thread : threads) thread.join();
    std::ranges::sort(numbers);
    QVERIFY(std::ranges::adjacent_find(numbers) == numbers.end());
    QCOMPARE(std::ranges::count_if(numbers, [&](auto n) { return generations.isWanted(n); }), 1);
    QVERIFY(generations.isNewest(numbers.back()));
}

void ViewTest::whatWasUsedLongestAgoGoesFirst() {
    BudgetCache<int, std::string> cache(100);
    cache.put(1, "one", 40);
    cache.put(2, "two", 40);
    QCOMPARE(*cache.find(1), std::string("one"));  // 2 is the older use now
    cache.put(3, "three", 40);
    QVERIFY(cache.find(2) == nullptr);
    QVERIFY(cache.find(1) != nullptr && cache.find(3) != nullptr);
    QCOMPARE(cache.used(), std::size_t(80));
    cache.put(1, "another one", 60);
    QCOMPARE(*cache.find(1), std::string("another one"));
    QCOMPARE(cache.used(), std::size_t(100));
    QCOMPARE(cache.count(), std::size_t(2));
    cache.clear();
    QVERIFY(cache.find(1) == nullptr && cache.used() == 0);
}

void ViewTest::aValueThatOutgrowsTheBudgetIsNotKept() {
    BudgetCache<int, int> cache(100);
    cache.put(1, 1, 100);
    cache.put(2, 2, 101);
    QVERIFY(cache.find(1) != nullptr && cache.find(2) == nullptr);
    cache.put(1, 3, 101);  // what it replaces is gone: it is not true any more
    QVERIFY(cache.find(1) == nullptr && cache.used() == 0);
}

QTEST_GUILESS_MAIN(ViewTest)
#include "view_test.moc"
