// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A customer's words and photos: sealed while they are here, given back when asked for, and gone in time.
#include "core/db/database.h"
#include "tests/core/shop/bytes_in.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {

constexpr std::int64_t dayMs = 86'400'000;
const char* const name = "Zebulon Quartermaine";
const char* const phone = "0170 555 12 34";

/// Pieces of the photo from places all over it, as they would stand in a file that holds it plain.
std::vector<std::string> piecesOf(const Path& file) {
    const std::string whole = *readTextFile(file, 1 << 26);
    std::vector<std::string> pieces;
    for (int i = 1; i < 12; i++) pieces.push_back(whole.substr(whole.size() / 12 * i, 48));
    return pieces;
}

bool anyIsIn(const Path& folder, const std::vector<std::string>& pieces) {
    return std::ranges::any_of(pieces, [&](const std::string& piece) { return isIn(folder, piece); });
}

}  // namespace

class PrivacyTest : public QObject, OneShop {
    Q_OBJECT

    order::Order placed(const std::string& file = "Olympus_PEN_E-P3.jpg", const std::string& of = phone) {
        const auto original = addOriginal(shop(), photo(file));
        auto order = shop().ask(PlaceOrder{{{*original, "wedding of ours.jpg", "10x15", 1, {}}}, name, of});
        if (!order) qFatal("%s: %s", order.error().message.c_str(), order.error().detail.c_str());
        return *std::move(order);
    }
    void settings(const std::string& text) { QVERIFY_OK(writeFileDurably(paper().folder() / "shop.toml", text)); }
    order::Order printed() {
        const order::Order order = placed();
        paper().startPrinting();
        (void)shop().ask(PrintOrder{order.id, "front"});
        (void)paper().reach(order, SheetState::Out, 1);
        return order;
    }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
        settings("phone_country = \"49\"\nbackup_days = 30\n");
    }
    void cleanup() { close(); }

    void wordsAreSealedFromTheFirstMomentAndReadAgain() {
        const auto pieces = piecesOf(photo("Olympus_PEN_E-P3.jpg"));
        QVERIFY(anyIsIn(photo("Olympus_PEN_E-P3.jpg").parent_path(), pieces));  // the search finds what is there
        const order::Order order = placed();
        for (const std::string word : {name, "wedding of ours", "5551234", "555 12 34"})
            QVERIFY2(!isIn(paper().folder(), word), word.c_str());
        QVERIFY(!anyIsIn(paper().folder(), pieces));
        paper().restart();
        const auto customer = paper().store->customer(order.id);
        QVERIFY_OK(customer);
        QCOMPARE(customer->name, std::string(name));
        QCOMPARE(customer->phone, std::string("+491705551234"));
        QCOMPARE(customer->fileNames.front(), std::string("wedding of ours.jpg"));
    }

    void aStoreOfBeforeIsSealedWhenItIsOpened() {
        const order::Order order = placed();
        paper().restart([&] {  // as a store without a ring leaves it
            auto database = db::Database::open(paper().folder() / "store" / "contone.db", db::Missing::Fail);
            QVERIFY_OK(database->run("UPDATE order_key SET key = ''"));
            QVERIFY_OK(database->run("UPDATE personal SET content = CAST(?1 AS BLOB)",
                                     {"{\"name\":\"Plain Sight\",\"fileNames\":[\"seen.jpg\"]}"}));
            database = {};
            QVERIFY(isIn(paper().folder() / "store", "Plain Sight"));
        });
        QVERIFY(!isIn(paper().folder() / "store", "Plain Sight"));
        QCOMPARE(paper().store->customer(order.id)->name, std::string("Plain Sight"));
    }

    void anErasureLeavesNothingAndSaysWhatItDid() {
        const auto pieces = piecesOf(photo("Olympus_PEN_E-P3.jpg"));
        const order::Order order = printed();
        const order::Order other = placed("Olympus_PEN_E-P3.jpg", "");
        QVERIFY(PaperShop::files(paper().pagesFolder(), "") > 0);  // plain, while it may be printed again
        const auto first = shop().ask(EraseCustomer{order.id, "customer-asked"});
        QVERIFY_OK(first);
        QCOMPARE(first->orders, 1);
        QCOMPARE(first->destroyed, 0);
        QCOMPARE(first->keptPhotos, 1);  // the other order shows it
        QCOMPARE(first->inBackupsUntil->ms - first->at.ms, 30 * dayMs);
        QCOMPARE(PaperShop::files(paper().pagesFolder(), ""), 0);
        const auto second = shop().ask(EraseCustomer{other.id, "customer-asked"});
        QVERIFY_OK(second);
        QCOMPARE(second->destroyed, 1);
        QCOMPARE(shop().ask(EraseCustomer{other.id, "customer-asked"})->orders, 0);
        for (const char* folder : {"store", "vault", "cache", "spool", "keys"})
            if (std::filesystem::exists(paper().folder() / folder))
                QVERIFY2(!anyIsIn(paper().folder() / folder, pieces), folder);
        QVERIFY(!isIn(paper().folder() / "store", name));
        QVERIFY_FAILS(paper().vault().openBlob(order.lines[0].original), "original-missing");
        QCOMPARE(shop().ask(ShowOrder{order.id})->price.total.minor, order.price.total.minor);
    }

    void whatAKillLeftIsDestroyedAtTheNextStart() {
        const order::Order order = placed();
        QVERIFY_OK(
            paper().store->eraseCustomer(order.id, "asked", "staff"));  // and the power goes before the photo does
        QVERIFY(paper().vault().contains(order.lines[0].original));
        paper().restart();
        QVERIFY_OK(paper().local->finishErasures());
        QVERIFY(!paper().vault().contains(order.lines[0].original));
        QVERIFY(paper().store->blobsToForget()->empty());
    }

    void allOrdersOfAPhoneAreFoundHoweverItIsTyped() {
        const order::Order a = placed(), b = placed("Landscape_6.jpg", "+49 (0)170-5551234");
        placed("Landscape_6.jpg", "0170 555 12 35");
        QCOMPARE(shop().ask(FindCustomer{"0049 170 5551234"})->orders, (std::vector{a.id, b.id}));
        QVERIFY_OK(shop().ask(EraseCustomer{a.id, "customer-asked"}));
        QCOMPARE(shop().ask(FindCustomer{phone})->orders, std::vector{b.id});
        QVERIFY_FAILS(shop().ask(FindCustomer{"Zebulon"}), "bad-phone");
        QVERIFY_FAILS(shop().ask(PlaceOrder{{{b.lines[0].original, "a.jpg", "10x15", 1, {}}}, "", "12"}), "bad-phone");
    }

    void aCustomerGetsAllThatTheShopHas() {
        const order::Order order = placed();
        const auto record = shop().ask(ExportCustomer{order.id});
        QVERIFY_OK(record);
        QCOMPARE(record->name, std::string(name));
        QCOMPARE(record->phone, std::string("+491705551234"));
        QVERIFY(record->order == order && !record->events.empty());
        QCOMPARE(record->photos.size(), std::size_t(1));
        Bytes whole;
        for (bool more = true; more;) {
            const auto piece = shop().ask(ReadOriginal{order.id, order.lines[0].original, std::ssize(whole)});
            QVERIFY_OK(piece);
            whole.insert(whole.end(), piece->bytes.begin(), piece->bytes.end());
            more = piece->more;
        }
        QCOMPARE(std::ssize(whole), record->photos[0].bytes);
        QVERIFY(Sha256::of(whole) == order.lines[0].original);
        QVERIFY_FAILS(shop().ask(ReadOriginal{order.id, Sha256::of("another"), 0}), "original-missing");
    }

    void aCustomerErasesWithTheCodeAndOneThingMore() {
        const order::Order order = printed();
        ShopFor kiosk(*paper().local, thisProgram(Role::Customer));
        const std::string code = order.code.toString();
        QVERIFY_FAILS(kiosk.ask(EraseByCode{code, "9999"}), "erasure-refused");
        QVERIFY_FAILS(kiosk.ask(EraseByCode{code, ""}), "erasure-refused");
        QVERIFY_FAILS(kiosk.ask(EraseByCode{code, "34"}), "erasure-refused");
        QVERIFY_OK(kiosk.ask(EraseByCode{code, "1234"}));
        QVERIFY(paper().store->customer(order.id)->name.empty());
        QVERIFY_FAILS(kiosk.ask(EraseByCode{code, "1234"}), "erasure-refused");  // nobody is left to ask for it
        QVERIFY_FAILS(kiosk.ask(EraseByCode{code, "0000"}),
                      "erasure-refused");  // the fifth: the right one counted for none
        QVERIFY_FAILS(kiosk.ask(EraseByCode{code, "1234"}), "erasure-locked");
        paper().clock.shift += 5 * 60'000 + 1;
        QVERIFY_FAILS(kiosk.ask(EraseByCode{code, "1234"}), "erasure-refused");
    }

    void aReceiptIsAProofAndAnOrderThatWaitsStays() {
        const order::Order order = placed();
        const auto paid = shop().ask(TakePayment{order.id, order::ChargeId::generate(SystemClock())});
        QVERIFY_OK(paid);
        const std::string receipt = order::toString(paid->taken[0].receipt);
        QVERIFY_FAILS(shop().ask(EraseByCode{order.code.toString(), receipt}), "order-not-over");
        QVERIFY_OK(shop().ask(CancelOrder{order.id}));
        QVERIFY_OK(shop().ask(EraseByCode{order.code.toString(), receipt}));
        QCOMPARE(shop().ask(ShowPayment{order.id})->taken[0].amount.minor, order.price.total.minor);
    }

    void whatIsOldGoesByItsClass() {
        settings("backup_days = 30\n[retention]\ncart_hours = 2\norder_days = 5\nuncollected_days = 9\n");
        const order::Order out = printed(), waits = placed("Landscape_6.jpg");
        const auto stray = addOriginal(shop(), photo("Landscape_3.jpg"));
        QVERIFY_OK(stray);
        const auto before = shop().ask(ShowRetention{});
        QVERIFY_OK(before);
        QCOMPARE(before->classes.size(), std::size_t(2));
        for (const RetainedClass& one : before->classes) QCOMPARE(one.due, 0);
        QCOMPARE(shop().ask(ApplyRetention{})->erased, 0);
        paper().clock.shift += 8 * dayMs;
        QCOMPARE(shop().ask(ApplyRetention{})->erased, 0);  // printed, and still to be collected
        QVERIFY_OK(shop().ask(MoveOrder{out.id, order::OrderState::Collected, ""}));
        paper().clock.shift += 4 * dayMs;
        QCOMPARE(shop().ask(ApplyRetention{})->erased, 0);
        paper().clock.shift += 2 * dayMs;
        const auto applied = shop().ask(ApplyRetention{});
        QVERIFY_OK(applied);
        QCOMPARE(applied->erased, 1);
        QCOMPARE(applied->destroyed, 1);
        QVERIFY(paper().store->customer(out.id)->name.empty());
        QCOMPARE(paper().store->customer(waits.id)->name, std::string(name));  // a person ends it, never its age
        QVERIFY(paper().vault().contains(*stray));
        // It came in three hours ago.
        std::error_code failed;
        std::filesystem::last_write_time(paper().vault().pathOf(*stray),
                                         std::filesystem::file_time_type::clock::now() - std::chrono::hours(3), failed);
        QCOMPARE(shop().ask(ShowRetention{})->strayPhotos, 1);
        QCOMPARE(shop().ask(ApplyRetention{})->destroyed, 1);
        QVERIFY(!paper().vault().contains(*stray));
    }
};

QTEST_GUILESS_MAIN(PrivacyTest)
#include "privacy_test.moc"
