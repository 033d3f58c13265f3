// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Originals and orders in a shop: taken whole or not at all, priced, cancelled, forgotten.
#include <limits>

#include "core/json/json.h"
#include "core/shop/domain_fields.h"
#include "tests/core/shop/paper_shop.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

class OrdersTest : public QObject, OneShop {
    Q_OBJECT

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void anOrderIsPlacedWholeOrNotAtAll() {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        QVERIFY_OK(original);
        const NewLine good{*original, "a.jpg", "10x15", 1, {}};
        const auto with = [&](auto change) {
            NewLine bad = good;
            change(bad);
            const auto placed = shop().ask(PlaceOrder{{good, bad}});
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
                                        {0, 0, 1e-300, 1},  // it would be stored as nothing
                                        {0, 0, 1, 0.0005},  // less than a row of this photo
                                        {0.6, 0, 0.5, 0.5},
                                        {0, 0, 1, 2},
                                        {nan, 0, 0.5, 0.5},
                                        {0, nan, 0.5, 0.5},
                                        {0, 0, nan, 0.5},
                                        {0, 0, 0.5, nan}})
            QCOMPARE(with([&](NewLine& l) { l.choices.crop = crop; }), std::string("bad-crop"));
        for (const double value : {nan, 4.0, 1e308}) {
            const auto changed = [&](NewLine& l) { l.choices.adjustments.numbers = {{"exposure", value}}; };
            QCOMPARE(with(changed), std::string("bad-adjustment"));
        }
        QCOMPARE(with([](NewLine& l) { l.choices.inks = image::InkSense::Turned; }), std::string("inks-known"));
        const auto adjustedAsSent = [](NewLine& l) {
            l.choices.asSent = true;
            l.choices.adjustments.set("exposure", 0.5);
        };
        QCOMPARE(with(adjustedAsSent), std::string("as-sent-adjusted"));
        // A look of the shop's own must lie in its folder, whatever else the vault has.
        const auto looked = [](const Sha256& file) {
            return [file](NewLine& l) { l.choices.adjustments.look = "cube:" + file.toString(); };
        };
        const std::string warm = "LUT_1D_SIZE 2\n0 0 0\n1 1 0.9\n", lies = "LUT_3D_SIZE 9\n";
        QCOMPARE(with(looked(Sha256::of(warm))), std::string("look-missing"));
        QCOMPARE(with([](NewLine& l) { l.choices.adjustments.look = "cube:" + l.original.toString(); }),
                 std::string("look-missing"));
        QVERIFY(makeDirectories(paper().looks()) && writeFileDurably(paper().looks() / "lies.cube", lies));
        QCOMPARE(with(looked(Sha256::of(lies))), std::string("cube-damaged"));
        QVERIFY_FAILS(shop().ask(PlaceOrder{{}}), "order-empty");
        QVERIFY(askAll(shop(), ListOrders{})->empty());
        QCOMPARE(with([](NewLine& l) { l.choices.crop = render::Crop{0.25, 0, 0.5, 1}; }), std::string("placed"));
        // Kept in thousandths, in which two points of a curve may come to lie one thousandth apart.
        QCOMPARE(with([](NewLine& l) { l.choices.adjustments.curve = {{0.5014, 0.3}, {0.5024, 0.4}}; }),
                 std::string("placed"));
        QVERIFY(writeFileDurably(paper().looks() / "warm.cube", warm));
        QCOMPARE(with(looked(Sha256::of(warm))), std::string("placed"));
        QCOMPARE(askAll(shop(), ListOrders{})->front().lines.back().choices.adjustments.look,
                 "cube:" + Sha256::of(warm).toString());
        QCOMPARE(with([](NewLine& l) { l.choices.adjustments.curve = {{0.5014, 0.3}, {0.5024, 0.4}}; }),
                 std::string("placed"));
        const auto kept = askAll(shop(), ListOrders{})->front().lines.back().choices.adjustments;
        QVERIFY(kept.curve == (std::vector<image::CurvePoint>{{0.501, 0.3}, {0.502, 0.4}}));
    }

    /// One that did not would print another picture than was ordered.
    void everyChoiceTravelsAndIsKept() {
        order::PhotoChoices choices{.fit = order::Fit::Whole,
                                    .crop = image::Crop{0.25, 0.125, 0.5, 0.5},
                                    .lane = image::Lane::Archival,
                                    .inks = image::InkSense::AsRead,
                                    .turn = {image::Orientation::Transpose, -275},
                                    .adjustments = {},
                                    .asSent = true};
        // A new choice does not compile until it is here.
        const auto& [fit, crop, lane, inks, turn, adjustments, asSent] = choices;
        QVERIFY(fit != order::Fit::Fill && crop && lane != image::Lane::Fast && !turn.isNone() && asSent);
        QVERIFY(inks == image::InkSense::AsRead && adjustments.isEmpty());  // they exclude being printed as sent
        const auto travelled = [](const order::PhotoChoices& one) {
            const auto kept = order::choicesFromJson(order::toJson(one));
            const auto read = json::read<order::PhotoChoices>(json::write(one));
            return kept && read && *kept == one && *read == one;
        };
        QVERIFY(travelled(choices));
        choices.inks = image::InkSense::Turned;
        choices.asSent = false;
        choices.adjustments.set("exposure", 0.5);
        QVERIFY(travelled(choices));
        for (int exif = 1; exif <= 8; exif++) {
            choices.turn.by = image::orientationFromExif(exif);
            QVERIFY(travelled(choices));
        }
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        choices.inks = image::InkSense::AsRead;
        choices.turn.straighten = 1501;
        QVERIFY_FAILS(shop().ask(PlaceOrder{{{*original, "a.jpg", "10x15", 1, choices}}}), "bad-turn");
        choices.turn.straighten = -275;
        const auto placed = shop().ask(PlaceOrder{{{*original, "a.jpg", "10x15", 1, choices}}});
        QVERIFY(placed);
        QVERIFY(shop().ask(ShowOrder{placed->id})->lines.front().choices == choices);
    }

    void thePriceLadderCountsAProductOverAllLines() {
        // resources/prices/standard.toml: 59 cents each, 45 from 25 on, and 24 are charged as 25.
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        const NewLine twenty{*original, "a.jpg", "10x15", 20, {}}, four{*original, "b.jpg", "10x15", 4, {}},
            large{*original, "c.jpg", "13x18", 1, {}};
        QCOMPARE(shop().ask(PlaceOrder{{twenty, four}})->price.total.minor, 25 * 45);
        QCOMPARE(shop().ask(PlaceOrder{{twenty, four, large}})->price.total.minor, 25 * 45 + 199);
        QCOMPARE(shop().ask(PlaceOrder{{twenty, four, four}})->price.total.minor, 28 * 45);
    }

    void whatIsNoPhotoIsNotKept() {
        const int before = paper().blobs();
        const Path bad = paper().folder() / "bad.jpg";
        std::ofstream(bad) << "no photo";
        QVERIFY(!addOriginal(shop(), bad));
        QVERIFY(!addOriginal(shop(), paper().folder()));
        QVERIFY_FAILS(addOriginal(shop(), paper().folder() / "none.jpg"), "file-missing");
        QVERIFY(!addOriginal(shop(), Path(contone::tests::sourceFolder) / "tests/data/broken/bomb-65500x65500.jpg"));
        const auto whole = readFile(photo("Olympus_PEN_E-P3.jpg"), 1 << 20);
        QVERIFY_OK(writeFileDurably(bad, std::span(*whole).first(150)));  // ends before the size of the picture
        QVERIFY(!addOriginal(shop(), bad));
        QCOMPARE(paper().blobs(), before);
        QVERIFY_OK(addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg")));
        QVERIFY_OK(addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg")));
        QCOMPARE(paper().blobs(), before + 1);
        QVERIFY(std::filesystem::is_empty(paper().folder() / "vault" / "incoming"));
    }

    void anOriginalFromAWireIsKeptWhenItIsWholeAndAPhoto() {
        const auto whole = readFile(photo("Olympus_PEN_E-P3.jpg"), 1 << 20);
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
        QVERIFY_FAILS(shop().ask(AddOriginal{.file = {}, .read = upTo(whole->size() / 2, true)}), "request-cut");
        QVERIFY_FAILS(shop().ask(AddOriginal{.file = {}, .read = upTo(whole->size() / 2, false)}), "photo-truncated");
        QVERIFY_FAILS(shop().ask(AddOriginal{.file = {}, .read = upTo(0, false)}), "photo-empty");
        QCOMPARE(paper().blobs(), before);
        QVERIFY(std::filesystem::is_empty(paper().folder() / "vault" / "incoming"));
        const auto kept = shop().ask(AddOriginal{.file = {}, .read = upTo(whole->size(), false)});
        QVERIFY_OK(kept);
        QVERIFY(kept->original == Sha256::of(*whole));
        QCOMPARE(paper().blobs(), before + 1);
    }

    void whatCannotBeAPhotoIsNotCopiedToItsEnd() {
        const auto sendAll = [&](std::string_view begin, std::int64_t length, std::int64_t& sent) {
            const auto send = [&](std::span<std::byte> to) -> Result<std::size_t> {
                const auto n = std::min<std::int64_t>(static_cast<std::int64_t>(to.size()), length - sent);
                std::ranges::fill(to, std::byte{0});
                for (std::size_t i = 0; sent == 0 && i < begin.size(); i++) to[i] = static_cast<std::byte>(begin[i]);
                sent += n;
                return static_cast<std::size_t>(n);
            };
            return shop().ask(AddOriginal{.file = {}, .read = send});
        };
        constexpr std::int64_t giga = 1'000'000'000;
        const int before = paper().blobs();
        std::int64_t zeros = 0, archive = 0;
        QVERIFY_FAILS(sendAll("", giga, zeros), "photo-format");
        QVERIFY2(zeros < 4 << 20, qPrintable(QString::number(zeros)));  // a few raw photos have no mark: 2.2 MB
        const auto refused = sendAll("PK\x03\x04 an archive", giga, archive);
        QVERIFY_FAILS(refused, "photo-format");
        QCOMPARE(refused.error().message, std::string("This is a ZIP archive, which cannot be printed here. Choose a "
                                                      "photo."));
        QVERIFY2(archive <= 1 << 20, qPrintable(QString::number(archive)));
        const Path hole = paper().folder() / "hole";
        std::ofstream(hole) << "";
        std::filesystem::resize_file(hole, giga);  // takes no space, but copied it would
        QVERIFY_FAILS(addOriginal(shop(), hole), "photo-format");
        QCOMPARE(paper().blobs(), before);
        QVERIFY(std::filesystem::is_empty(paper().folder() / "vault" / "incoming"));
    }

    void aPhotoThatEndsHalfWayIsNotTaken() {
        const auto whole = readFile(photo("Canon_EOS_7D.jpg"), 1 << 20);
        const Path half = paper().folder() / "half.jpg";
        QVERIFY_OK(writeFileDurably(half, std::span(*whole).first(whole->size() / 2)));
        const int before = paper().blobs();
        QVERIFY_FAILS(addOriginal(shop(), half), "photo-truncated");
        QCOMPARE(paper().blobs(), before);
    }

    void anErasedCustomerIsGoneAndTheOrderStays() {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        const auto order = shop().ask(PlaceOrder{{{*original, "grace.jpg", "10x15", 1, {}}}, "Grace"});
        QCOMPARE(paper().store->customer(order->id)->name, std::string("Grace"));
        QVERIFY(paper().store->facts(*original)->has_value());
        const auto other = shop().ask(PlaceOrder{{{*original, "grace.jpg", "10x15", 1, {}}}, "Hopper"});
        const int blobs = paper().blobs();
        QVERIFY_OK(shop().ask(EraseCustomer{order->id, "customer-asked"}));
        QCOMPARE(paper().blobs(), blobs);  // another order has the same photo
        QVERIFY_OK(shop().ask(EraseCustomer{other->id, "customer-asked"}));
        QCOMPARE(paper().blobs(), blobs - 1);  // nobody needs it any more
        QVERIFY_OK(shop().ask(EraseCustomer{order->id, "customer-asked"}));
        QVERIFY(!paper().store->facts(*original)->has_value());  // camera and date
        QVERIFY(*paper().store->customer(order->id) == order::Customer{});
        QVERIFY_OK(shop().ask(ShowOrder{order->id}));
        QVERIFY_FAILS(shop().ask(EraseCustomer{OrderId::generate(SystemClock()), "customer-asked"}), "order-unknown");
    }

    void aQuoteHoldsAsLongAsItSays() {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        const QuoteOrder ask{{{"10x15", 2}}};
        const auto quoted = shop().ask(ask);
        QVERIFY_OK(quoted);
        QVERIFY(quoted->holdsMinutes > 0);
        std::string list = *readTextFile(
            Path(contone::tests::programFolder).parent_path() / "share/contone/prices/standard.toml", 1 << 20);
        const std::string before = "{ from = 1, cents = 59 }";  // of the first product, 10x15
        const auto at = list.find(before);
        QVERIFY(at != std::string::npos);
        list.replace(at, before.size(), "{ from = 1, cents = 79 }");
        QVERIFY_OK(writeFileDurably(paper().folder() / "prices.toml", list));
        QTRY_VERIFY(shop().ask(ask)->total.minor > quoted->total.minor);
        PlaceOrder order{{{*original, "a.jpg", "10x15", 2, {}}}};
        order.expected = quoted->total;
        QVERIFY_FAILS(shop().ask(order), "price-changed");
        order.quote = *quoted;
        const auto placed = shop().ask(order);
        QVERIFY_OK(placed);
        QCOMPARE(placed->price.total.minor, quoted->total.minor);
        const auto again = shop().ask(ReorderOrder{placed->id});  // at today's price
        QVERIFY(again && again->price.total.minor > quoted->total.minor);
        PlaceOrder other = order;
        other.lines[0].copies = 3;
        QVERIFY_FAILS(shop().ask(other), "quote-unknown");
        other = order;
        other.quote->total.minor = 1;
        other.expected = other.quote->total;
        QVERIFY_FAILS(shop().ask(other), "quote-unknown");
        paper().clock.shift += quoted->holdsMinutes * 60'000LL + 1;
        QVERIFY_FAILS(shop().ask(order), "quote-over");
    }

    void ordersAreFoundByWhatIsKnownOfThem() {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        const auto place = [&](const std::string& product, const std::string& name, const std::string& phone) {
            return *shop().ask(PlaceOrder{{{*original, "pier.jpg", product, 1, {}}}, name, phone});
        };
        QVERIFY_OK(writeFileDurably(paper().folder() / "shop.toml", "phone_country = \"49\"\n"));
        const order::Order zoe = place("10x15", "Zoë Müller", "0170 555 12 34"), jan = place("13x18", "Jan Mulder", "");
        const order::Order paid = place("10x15", "", "");
        QVERIFY_OK(shop().ask(TakePayment{paid.id, order::ChargeId::generate(SystemClock())}));
        const auto ids = [&](const FindOrders& asked) {
            std::vector<OrderId> all;
            const auto found = shop().ask(asked);
            if (!found) qFatal("%s", found.error().detail.c_str());
            for (const order::Order& one : found->items) all.push_back(one.id);
            return all;
        };
        QCOMPARE(ids({}), (std::vector{paid.id, jan.id, zoe.id}));
        QCOMPARE(ids({.text = "mul"}), (std::vector{jan.id, zoe.id}));
        QCOMPARE(ids({.text = " zoe  mull"}), std::vector{zoe.id});
        for (const char* phone : {"1234", "0170 555 12 34", "0170 555", "+49 170 5551234", "0170-5551234"})
            QCOMPARE(ids({.text = phone}), std::vector{zoe.id});
        QCOMPARE(ids({.text = std::to_string(jan.number)}), std::vector{jan.id});
        QCOMPARE(ids({.text = jan.code.toString()}), std::vector{jan.id});
        QCOMPARE(ids({.text = "mul", .product = "13x18"}), std::vector{jan.id});
        QCOMPARE(ids({.payments = {order::PaymentState::Paid}}), std::vector{paid.id});
        QCOMPARE(ids({.from = zoe.placedAt, .until = Instant{zoe.placedAt.ms}}), std::vector<OrderId>{});
        QCOMPARE(ids({.text = "pier", .after = paid.id, .limit = 1}), std::vector{jan.id});
        const auto all = shop().ask(FindOrders{});
        QVERIFY(all->isComplete && !all->more);
        QCOMPARE(all->orders, 3);
        QVERIFY((all->payments == std::map<std::string, int>{{"due", 2}, {"paid", 1}}));
        QVERIFY((all->products == std::map<std::string, int>{{"10x15", 2}, {"13x18", 1}}));
        paper().restart();  // the words come from the sealed rows
        QCOMPARE(ids({.text = "zoe"}), std::vector{zoe.id});
        QVERIFY_OK(shop().ask(EraseCustomer{zoe.id, "customer-asked"}));
        QCOMPARE(ids({.text = "zoe"}), std::vector<OrderId>{});
        QCOMPARE(ids({.text = zoe.code.toString()}), std::vector{zoe.id});
        QVERIFY_FAILS(shop().ask(ReorderOrder{zoe.id}), "order-erased");
        const auto again = shop().ask(ReorderOrder{jan.id});
        QVERIFY_OK(again);
        QCOMPARE(again->lines[0].product, std::string("13x18"));
        QCOMPARE(again->price.total.minor, jan.price.total.minor);
        QCOMPARE(ids({.text = "mulder"}), (std::vector{again->id, jan.id}));
    }

    void listsComeInPagesAndSayWhetherThereIsMore() {
        std::vector<order::Order> placed;
        for (int i = 0; i < 5; i++) placed.push_back(paper().placed(1));
        for (const order::Order& order : placed) QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        const auto first = shop().ask(ListOrders{.limit = 2});
        QVERIFY_OK(first);
        QVERIFY(first->more && first->items.size() == 2 && first->items[0].id == placed[4].id);
        const auto second = shop().ask(ListOrders{first->items[1].id, 3});
        QVERIFY(second && !second->more && second->items.size() == 3 && second->items[2].id == placed[0].id);
        QCOMPARE(askAll(shop(), ListOrders{})->size(), std::size_t{5});
        QVERIFY(askUpTo(shop(), ListOrders{}, 4)->more && !askUpTo(shop(), ListOrders{}, 5)->more);
        const auto jobs = shop().ask(ListJobs{.openOnly = true, .limit = 4});
        QVERIFY(jobs && jobs->more && jobs->items.size() == 4);
        const auto last = shop().ask(ListJobs{.openOnly = true, .after = jobs->items[3].job.id});
        QVERIFY(last && !last->more && last->items.size() == 1 && last->items[0].job.order == placed[0].id);
        // An unknown place in a list would look like its end.
        QVERIFY_FAILS(shop().ask(ListOrders{OrderId::generate(SystemClock())}), "order-unknown");
        QVERIFY_FAILS(shop().ask(ListJobs{.after = JobId::generate(SystemClock())}), "job-unknown");
        QVERIFY_FAILS(shop().ask(ListSheets{.after = SheetId::generate(SystemClock())}), "sheet-unknown");
        QVERIFY_FAILS(shop().ask(ListOrders{.limit = 1001}), "bad-limit");
    }

    void aQuoteIsWhatTheOrderCosts() {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        const auto quote = shop().ask(QuoteOrder{{{"10x15", 20}, {"10x15", 4}, {"20x25", 1}}});
        QVERIFY_OK(quote);
        const auto order = shop().ask(PlaceOrder{{{*original, "a.jpg", "10x15", 20, {}},
                                                  {*original, "b.jpg", "10x15", 4, {}},
                                                  {*original, "c.jpg", "20x25", 1, {}}}});
        QVERIFY_OK(order);
        QVERIFY(quote->total == order->price.total && quote->lines.size() == 3);
        QVERIFY(order->lines[2].price == quote->lines[2].due);
        QCOMPARE(quote->total.minor, 25 * 45 + 599);  // 24 of a size are charged as 25
        QCOMPARE(quote->notes.size(), 2u);
        QCOMPARE(quote->listVersion, std::string("standard-1"));
        QVERIFY_FAILS(shop().ask(QuoteOrder{{{"10x15", 0}}}), "bad-copies");
        QVERIFY_FAILS(shop().ask(QuoteOrder{{{"cinema", 1}}}), "product-unknown");
    }

    void whatIsWrittenDownOfTheCallerIsTheirRole() {
        Caller caller = thisProgram(Role::Operator);
        caller.person = "p-17";
        ShopFor counter(*paper().local, caller);
        const auto order = paper().placed(1);
        QVERIFY_OK(counter.ask(PrintOrder{order.id, "front"}));
        const auto events = paper().store->eventsAfter(0, 1000);
        QCOMPARE(events->back().event.actor, std::string("operator/p-17"));
        ShopFor kiosk(*paper().local, {.role = Role::Customer});
        QVERIFY_FAILS(kiosk.ask(CancelOrder{order.id}), "not-allowed");
        QCOMPARE(paper().store->eventsAfter(0, 1000)->size(), events->size());
    }

    void whoeverJoinsLateAsksForTheNewestPositionOnly() {
        paper().placed(1);
        const auto all = shop().ask(FollowChanges{"0"}), latest = shop().ask(FollowChanges{"", 30000});
        QVERIFY(all->items.size() > 1);
        QVERIFY(latest->items.empty() && latest->token == all->token);
        QVERIFY(shop().ask(FollowChanges{latest->token})->items.empty());
        for (const std::string& token : {std::string("x"), std::string("-1"), std::string(1000, '0') + "1"})
            QVERIFY_FAILS(shop().ask(FollowChanges{token}), "bad-token");
    }
};

QTEST_GUILESS_MAIN(OrdersTest)
#include "orders_test.moc"
