// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What may make prints worthless is told before paper is used, and printed only on a person's word, which is kept.
#include "core/image/file_sinks.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;
using findings::Finding;
using findings::FindingCode;
using findings::Severity;

class AcceptanceTest : public QObject, OneShop {
    Q_OBJECT

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void whatMayBeWorthlessIsAskedAbout_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<FindingCode>("code");
        QTest::newRow("128 pixels square") << "tests/data/photos/hopper.jpg" << FindingCode::TooFewPixels;
        QTest::newRow("a pixel by two") << "tests/data/photos/orientation_rectangle.jpg" << FindingCode::TooFewPixels;
        QTest::newRow("sectors lost") << "tests/data/cases/lost-sector.jpg" << FindingCode::SlightlyDamaged;
        QTest::newRow("a panorama, most of it cut off") << "" << FindingCode::PartLost;
    }
    void whatMayBeWorthlessIsAskedAbout() {
        QFETCH(QString, file);
        QFETCH(FindingCode, code);
        const Path path = file.isEmpty() ? panorama() : Path(contone::tests::sourceFolder) / file.toStdString();
        const auto kept = shop().ask(AddOriginal{.file = path, .read = {}});
        QVERIFY_OK(kept);
        const auto order = shop().ask(PlaceOrder{{{kept->original, "a", "10x15", 2, {}}}});
        QVERIFY_OK(order);

        const auto before = shop().ask(FollowChanges{});
        QVERIFY_OK(before);

        QVERIFY_FAILS(shop().ask(PrintOrder{order->id, "front"}), "findings-unaccepted");
        QVERIFY(paper().sheets(*order).empty());
        const auto check = shop().ask(CheckOrder{.order = order->id, .setup = "front"});
        QVERIFY_OK(check);
        QVERIFY(check->waivers.empty() && check->lines.size() == 1);
        QVERIFY(std::ranges::find(check->toAccept, code, &Finding::code) != check->toAccept.end());
        // Another print is not what was looked at.
        Finding other = check->toAccept.front();
        other.numbers["dpi"] = 77;
        QVERIFY_FAILS(shop().ask(PrintOrder{.order = order->id, .setup = "front", .accepted = {other}}),
                      "findings-unaccepted");

        QVERIFY_OK(shop().ask(PrintOrder{.order = order->id, .setup = "front", .accepted = check->toAccept}));
        QCOMPARE(paper().sheets(*order).size(), std::size_t(2));
        const auto after = shop().ask(CheckOrder{.order = order->id, .setup = "front"});
        QVERIFY_OK(after);
        QVERIFY(after->toAccept.empty());
        QCOMPARE(after->waivers.size(), check->toAccept.size());
        QVERIFY(after->waivers.front().finding == check->toAccept.front() && !after->waivers.front().who.empty());
        // It is a fact of the order, which the feed tells.
        const auto told = shop().ask(FollowChanges{.token = before->token});
        QVERIFY_OK(told);
        QCOMPARE(std::ranges::count(told->items, std::string("findings-accepted"), &Change::type), 1);
        // Accepted once, it is not asked again: not for what is missing, not for a reprint.
        QVERIFY_OK(shop().ask(CancelWaitingSheets{.order = order->id}));
        QVERIFY_OK(shop().ask(PrintOrder{order->id, "front"}));
    }

    void aGoodPhotoIsPrintedWithoutAWord() {
        const auto order = paper().placed(1);
        QVERIFY(shop().ask(CheckOrder{.order = order.id, .setup = "front"})->toAccept.empty());
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(shop().ask(CheckOrder{.order = order.id})->waivers.empty());
    }

    void warningsAreToldWhenThePhotoComesInAndWithTheOrder() {
        const auto kept = shop().ask(
            AddOriginal{.file = Path(contone::tests::sourceFolder) / "tests/data/cases/lost-sector.jpg", .read = {}});
        QVERIFY_OK(kept);
        QVERIFY(kept->findings.size() == 1 && kept->findings.front().code == FindingCode::SlightlyDamaged);
        const auto order = shop().ask(PlaceOrder{{{kept->original, "a", "10x15", 1, {}}}});
        const auto check = shop().ask(CheckOrder{.order = order->id});  // on no printer in particular
        QVERIFY_OK(check);
        QVERIFY(check->setup.empty() && check->lines.front().findings == kept->findings);
    }

    void theWordIsThereAfterARestart() {
        const auto kept = addOriginal(shop(), photo("hopper.jpg"));
        const auto order = shop().ask(PlaceOrder{{{*kept, "a", "10x15", 1, {}}}});
        const auto check = shop().ask(CheckOrder{.order = order->id, .setup = "front"});
        QVERIFY_OK(shop().ask(PrintOrder{.order = order->id, .setup = "front", .accepted = check->toAccept}));
        paper().restart();
        QCOMPARE(shop().ask(CheckOrder{.order = order->id})->waivers.size(), check->toAccept.size());
    }

  private:
    /// Nearly nine times as wide as high: a 10 × 15 keeps a sixth of it.
    Path panorama() {
        const Path file = paper().folder() / "panorama.png";
        image::Picture wide = image::Picture::ofSize({6000, 700}, {image::Channels::Rgb, image::Depth::U8});
        const auto sink = image::pngFileSink(file);
        if (!sink->begin({wide.size, wide.format}) || !sink->write(wide.strip()) || !sink->finish()) return {};
        return file;
    }
};

QTEST_GUILESS_MAIN(AcceptanceTest)
#include "acceptance_test.moc"
