// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Prints are planned by what photos said when they came in: no photo is opened for it, and nobody waits for a decoder.
#include <QScopeGuard>
#include <future>

#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

/// Programs that cannot read a photo before they are let: each that starts adds a line to `starts`.
class WaitingDecoders {
  public:
    explicit WaitingDecoders(const Path& folder) : m_folder(folder) {
        std::filesystem::create_directories(folder);
        for (const char* name : {"contone-decoder", "contone-decoder-longtail"}) {
            const std::string real = (Path(contone::tests::programFolder) / name).string();
            QVERIFY_OK(writeFileDurably(folder / name, "#!/bin/sh\necho >>'" + (folder / "starts").string() +
                                                           "'\nwhile [ ! -e '" + (folder / "go").string() +
                                                           "' ]; do sleep 0.05; done\nexec '" + real + "' \"$@\"\n"));
            std::filesystem::permissions(folder / name, std::filesystem::perms::owner_all);
        }
    }
    std::size_t starts() const { return readTextFile(m_folder / "starts", 1000).value_or("").size(); }
    void letThemRead() { (void)writeFileDurably(m_folder / "go", "go"); }

  private:
    Path m_folder;
};

template <class T>
bool isThere(const std::future<T>& answer, std::chrono::seconds patience) {
    return answer.wait_for(patience) == std::future_status::ready;
}

}  // namespace

class FactsAtIntakeTest : public QObject, OneShop {
    Q_OBJECT

    /// From now on no photo can be opened.
    void takeTheDecodersAway() {
        paper().decoders.programs = paper().folder() / "no-programs";
        paper().restart();
        QVERIFY_FAILS(addOriginal(shop(), photo("Canon_EOS_7D.jpg")), "decoder-missing");
    }
    /// An order of a photo that is in the vault, but of which nothing is known: as stores had them before.
    order::Order orderOfOlderPhoto(const std::string& name) {
        const auto bytes = readFile(photo(name), 10'000'000);
        const Sha256 original = *paper().vault().addBytes(*bytes);
        return *shop().ask(PlaceOrder{{{original, name, "10x15", 1, {}}}});
    }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void aPrintIsPlannedWithoutOpeningItsPhotoAlsoAfterARestart() {
        paper().addPrinter("back");
        const auto order = paper().placed(2);
        takeTheDecodersAway();
        const auto job = shop().ask(PrintOrder{order.id, "front"});
        QVERIFY_OK(job);
        QCOMPARE(paper().count(order, SheetState::Planned), 2);
        QVERIFY_OK(shop().ask(TransferJob{job->id, "back"}));
        QVERIFY_OK(shop().ask(CancelWaitingSheets{order.id}));
        QVERIFY_OK(shop().ask(ReprintSheet{paper().sheets(order).back().id, print::ReprintReason::Colour}));
        QCOMPARE(paper().count(order, SheetState::Planned), 1);
    }

    void aPhotoOfAnOlderStoreIsOpenedOnceAndItsFactsAreKept() {
        const auto order = orderOfOlderPhoto("Olympus_PEN_E-P3.jpg");
        const Sha256 original = order.lines[0].original;
        QVERIFY(!paper().store->facts(original)->has_value());
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY((**paper().store->facts(original)).uprightSize() == (image::PixelSize{1280, 960}));
        QVERIFY_OK(shop().ask(CancelWaitingSheets{order.id}));
        takeTheDecodersAway();
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
    }

    void theFactsOfAPhotoHoldAllThatWasOddAboutIt() {
        const auto order = paper().placed(1, "Canon_EOS_7D.jpg");
        const auto facts = **paper().store->facts(order.lines[0].original);
        decode::Decoder decoder(paper().decoders);
        const auto source = decoder.open(photo("Canon_EOS_7D.jpg"));
        QVERIFY_OK(source);
        QVERIFY(facts.uprightSize() == (*source)->facts().uprightSize());
        QVERIFY(facts.size == facts.storedSize);  // not of the reduction that was read to its end
        QVERIFY(facts.colour.profile == (*source)->facts().colour.profile);
        QVERIFY(facts.orientation == (*source)->facts().orientation);
        QVERIFY(facts.format == image::PhotoFormat::Jpeg);
    }

    void aReprintIsPlannedWhileAnotherOrderWaitsForADecoder() {
        const auto printed = paper().placed(1);
        const auto unknown = orderOfOlderPhoto("Canon_EOS_7D.jpg");
        WaitingDecoders decoders(paper().folder() / "waiting-programs");
        QVERIFY(!QTest::currentTestFailed());
        paper().decoders.programs = paper().folder() / "waiting-programs";
        paper().decoders.deadlines.start = std::chrono::minutes(10);
        paper().restart();
        QVERIFY_OK(shop().ask(PrintOrder{printed.id, "front"}));
        QVERIFY_OK(shop().ask(CancelWaitingSheets{printed.id}));
        const SheetId sheet = paper().sheets(printed).front().id;
        QCOMPARE(decoders.starts(), 0u);

        auto slow = std::async(std::launch::async, [&] { return shop().ask(PrintOrder{unknown.id, "front"}); });
        const auto atTheEnd = qScopeGuard([&] { decoders.letThemRead(); });  // else `slow` is waited for: ten minutes
        QVERIFY(QTest::qWaitFor([&] { return decoders.starts() == 1; }, 30000));
        auto quick = std::async(std::launch::async,
                                [&] { return shop().ask(ReprintSheet{sheet, print::ReprintReason::Colour}); });
        const bool isPlanned = isThere(quick, std::chrono::seconds(30));
        const bool isStillReading = !isThere(slow, std::chrono::seconds(0));
        QCOMPARE(decoders.starts(), 1u);  // for the order; none for the reprint
        decoders.letThemRead();
        QVERIFY(isPlanned && isStillReading);
        const auto reprint = quick.get(), first = slow.get();
        QVERIFY_OK(reprint);
        QVERIFY_OK(first);
        QCOMPARE(paper().count(unknown, SheetState::Planned), 1);
    }

    void aPhotoThatIsReadOtherwiseThanWhenItCameInIsReadAnewForItsNextPrint() {
        const auto order = paper().placed(1);
        const Sha256 original = order.lines[0].original;
        const auto known = **paper().store->facts(original);
        image::PhotoFacts other = known;
        other.colour.profile = Sha256::of("what an earlier library made of it");
        QVERIFY_OK(paper().store->keepFacts(original, other));
        paper().startPrinting();
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Cancelled, 1));
        QCOMPARE(paper().sheets(order)[0].reason, std::string("photo-changed"));
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 1));
        QVERIFY(**paper().store->facts(original) == known);
    }
};

QTEST_GUILESS_MAIN(FactsAtIntakeTest)
#include "facts_at_intake_test.moc"
