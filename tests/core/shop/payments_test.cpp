// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A shop that sells: an order is found by its code, paid, printed, handed over; or given back.
#include <fstream>

#include "core/db/database.h"
#include "core/pricing/quote.h"
#include "core/report/report_tables.h"
#include "core/slip/slip.h"
#include "core/words/order_words.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {
const SystemClock systemClock;
}

class PaymentsTest : public QObject, OneShop {
    Q_OBJECT

    static order::ChargeId charge() { return order::ChargeId::generate(systemClock); }
    static Money euros(std::int64_t cents) { return {cents, "EUR"}; }
    order::Order ordered(int copies = 3) {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        NewLine sent{*original, "wedding of Zebulon.jpg", "10x15", copies, {}};
        sent.choices.asSent = true;
        return *shop().ask(PlaceOrder{{sent, {*original, "b.jpg", "10x15", 1, {}}}, "Zebulon Quartermaine"});
    }
    print::PrinterSetup setup(const std::string& name) { return *shop().ask(ShowSetup{name}); }
    order::Order shown(const order::Order& order) { return *shop().ask(ShowOrder{order.id}); }
    Result<order::Payment> take(const order::Order& order, std::optional<Money> given = {}) {
        return shop().ask(TakePayment{.order = order.id, .charge = charge(), .given = given});
    }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void aShopSellsFromTheCounterToTheHand() {
        const order::Order order = ordered();
        QVERIFY(shown(order).standing() == order::Standing::ToPay);
        QVERIFY(order.price.total.minor > 0);
        QCOMPARE(order.price.total.minor, order.lines[0].price.minor + order.lines[1].price.minor);
        const auto paid = take(order, euros(5000));
        QVERIFY_OK(paid);
        QCOMPARE(order::toString(paid->taken.front().receipt), std::string("A-000001"));
        QVERIFY(shown(order).standing() == order::Standing::Waiting);
        paper().startPrinting();
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 4));
        QTRY_VERIFY(shown(order).standing() == order::Standing::Ready);
        QVERIFY_FAILS(shop().ask(MoveOrder{order.id, order::OrderState::Placed}), "order-ready");
        const auto collected = shop().ask(MoveOrder{order.id, order::OrderState::Collected});
        QVERIFY(collected && collected->standing() == order::Standing::Collected);
    }
    void aReportSaysWhatTheRecordSays() {
        const order::Order order = ordered(3);
        QCOMPARE(shop().ask(ShowReport{})->takings.size(), std::size_t(0));
        QVERIFY_OK(take(order, euros(5000)));
        paper().startPrinting();
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 4));
        QVERIFY_OK(shop().ask(ReprintSheet{paper().sheets(order)[0].id, print::ReprintReason::Scratch}));
        QVERIFY(paper().reach(order, SheetState::Out, 5));
        const auto refunded = shop().ask(RefundPayment{
            .order = order.id, .charge = charge(), .lines = {{order.lines[0].id, 1}}, .reason = "scratch"});
        QVERIFY_OK(refunded);
        const auto report = shop().ask(ShowReport{});
        QVERIFY_OK(report);
        QVERIFY(!report->isOver);
        const auto& takings = report->takings.at(0);
        const std::int64_t kept = order.price.total.minor - refunded->refunds[0].amount.minor;
        QCOMPARE(report::totalOf(takings.products, "EUR").gross.minor, kept);
        QCOMPARE(takings.products.size(), std::size_t(1));
        QCOMPARE(takings.products[0].count, 3);
        QCOMPARE(takings.methods.at(0).moved.minor - takings.methods[0].rounding.minor, kept);
        QCOMPARE(report->paper.at(0).out, 5);
        QCOMPARE(report->paper[0].reprints, 1);
        QVERIFY((report->waste == std::vector<report::WasteRow>{{"scratch", 1, 200}}));
        const auto month = shop().ask(ShowReport{report::Span::Month, ""});
        QVERIFY(month && month->takings == report->takings);
        const auto before = shop().ask(ShowReport{report::Span::Day, "2020-02-29"});
        QVERIFY(before && before->isOver && before->takings.empty() && before->paper.empty());
        QVERIFY_FAILS(shop().ask(ShowReport{report::Span::Day, "yesterday"}), "bad-day");
        QVERIFY(report::textOf(*report, words::Locale()).find("Takings in EUR") != std::string::npos);
    }
    void aReportSaysWhatPaperCostAndWhatIsDue() {
        QVERIFY_OK(writeFileDurably(paper().folder() / "costs.toml",
                                    "currency = \"EUR\"\n[[medium]]\nid = \"" + setup("front").medium +
                                        "\"\nset_price = \"80\"\nprints = 200\nfixed_share = \"0.1\"\n"));
        const order::Order order = ordered(3), open = ordered(1);
        QVERIFY_OK(take(order, euros(5000)));
        QVERIFY_OK(shop().ask(TakePayment{.order = open.id, .charge = charge(), .amount = euros(1)}));
        paper().startPrinting();
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 4));
        const auto report = shop().ask(ShowReport{});
        QVERIFY_OK(report);
        QCOMPARE(report->paper.at(0).cost->minor, 200);  // 4 × (80 / 200 + 0.10)
        QCOMPARE(*report->paper[0].setsHundredths, 2);
        QVERIFY(!report->paper[0].mediumName.empty());
        QCOMPARE(report->takings.at(0).products.at(0).name, std::string("10 × 15 cm"));
        QVERIFY(report->margins && report->margins->orders.size() == 1);
        const report::MarginRow& left = report->margins->orders[0];
        QCOMPARE(left.order, order.number);
        QCOMPARE(left.margin.minor, left.net.minor - 200);
        std::int64_t net = 0;
        const auto quote = json::read<pricing::Quote>(order.price.quote);
        QVERIFY_OK(quote);
        for (const auto& row : quote->taxes) net += row.net.minor;
        QCOMPARE(left.net.minor, net);
        QVERIFY(
            (report->due == std::vector<report::DueRow>{{"EUR", 1, euros(open.price.total.minor - 1), 1, euros(1)}}));
        std::filesystem::remove(paper().folder() / "costs.toml");
        QVERIFY(!shop().ask(ShowReport{})->margins);
        QVERIFY_OK(writeFileDurably(paper().folder() / "costs.toml", "currency = \"EUR\"\nmedia = 3\n"));
        QVERIFY_FAILS(shop().ask(ShowReport{}), "costs-file");
    }
    void oneRecordThatCannotBeReadIsNamedAndTheRestStands() {
        const order::Order good = ordered(3), lost = ordered(2), broken = ordered(1);
        for (const order::Order& one : {good, lost, broken}) QVERIFY_OK(take(one, euros(5000)));
        paper().startPrinting();
        for (const order::Order& one : {good, broken}) QVERIFY_OK(shop().ask(PrintOrder{one.id, "front"}));
        QVERIFY(paper().reach(good, SheetState::Out, 4));
        QVERIFY(paper().reach(broken, SheetState::Out, 2));
        {  // while the shop works
            auto database = db::Database::open(paper().folder() / "store" / "contone.db", db::Missing::Fail);
            database->whenClosed(db::Database::Close::LeavesFiles);
            QVERIFY_OK(database->run("DROP TRIGGER event_is_never_edited"));
            QVERIFY_OK(database->run("UPDATE event SET json = '{}' WHERE type = 'payment-taken' AND stream = ?1",
                                     {order::paymentStream(lost.id)}));
            QVERIFY_OK(
                database->run("CREATE TRIGGER event_is_never_edited BEFORE UPDATE ON event\n"
                              "BEGIN SELECT RAISE(ABORT, 'events are never edited'); END"));
            QVERIFY_OK(database->run("UPDATE job SET setup_json = '?' WHERE order_id = ?1", {broken.id.toString()}));
        }
        const auto report = shop().ask(ShowReport{});
        QVERIFY_OK(report);
        QCOMPARE(report->unreadable.size(), std::size_t(2));
        QCOMPARE(report->unreadable[0].order, lost.number);
        QVERIFY(report->unreadable[0].leftOut == report::LeftOut::Money);
        QCOMPARE(report->unreadable[1].order, broken.number);
        QVERIFY(report->unreadable[1].leftOut == report::LeftOut::Sheets);
        QCOMPARE(report->takings.at(0).productsTotal.gross.minor, good.price.total.minor + broken.price.total.minor);
        QCOMPARE(report->paperTotal.out, 4);
        const std::string text = report::textOf(*report, words::Locale(words::Language::German));
        for (const order::Order& one : {lost, broken})
            QVERIFY2(text.find("Bestellung " + std::to_string(one.number) + ": ") != std::string::npos, text.c_str());
    }
    void theCodeOnTheTicketFindsTheOrder() {
        const order::Order order = ordered();
        std::string typed = order.code.toString();
        for (char& c : typed) c = static_cast<char>(std::tolower(c));
        QVERIFY(shop().ask(FindOrder{.code = typed})->id == order.id);
        QVERIFY_FAILS(shop().ask(FindOrder{.code = "O" + typed.substr(1)}), "code-characters");
        const auto none = order::OrderCode::random();
        QVERIFY_FAILS(shop().ask(FindOrder{.code = none.toString()}), "order-unknown");
        // Codes with characters that people mistake are found by the mistaken one.
        for (int i = 0; i < 60; i++) {
            const order::Order other = ordered(1);
            std::string mistaken = other.code.toString();
            const auto at = mistaken.find_first_of("B8S5Z2G6");
            if (at == std::string::npos) continue;
            constexpr std::string_view of = "B8S5Z2G6", to = "8B5S2Z6G";
            mistaken[at] = to[of.find(mistaken[at])];
            QVERIFY(shop().ask(FindOrder{.code = mistaken})->id == other.id);
            return;
        }
    }
    void theSamePaymentTwiceIsOnePayment() {
        const order::Order order = ordered();
        const TakePayment once{.order = order.id, .charge = charge()};
        const auto first = shop().ask(once), again = shop().ask(once);
        QVERIFY_OK(first);
        QVERIFY(again && *again == *first && again->taken.size() == 1);
        TakePayment other = once;
        other.amount = euros(5);
        QVERIFY_FAILS(shop().ask(other), "charge-used");
        QVERIFY_FAILS(take(order), "already-paid");
    }
    void printsAreGivenBackForWhatWasPaidForThem() {
        const order::Order order = ordered(3);
        QVERIFY_OK(take(order));
        std::int64_t given = 0;
        for (int i = 0; i < 3; i++) {
            const auto refunded = shop().ask(RefundPayment{
                .order = order.id, .charge = charge(), .lines = {{order.lines[0].id, 1}}, .reason = "misprint"});
            QVERIFY_OK(refunded);
            given += refunded->refunds.back().amount.minor;
        }
        QCOMPARE(given, order.lines[0].price.minor);  // to the cent, however it is parted
        QVERIFY(shown(order).payment == order::PaymentState::PartlyRefunded);
        QVERIFY_FAILS(
            shop().ask(RefundPayment{
                .order = order.id, .charge = charge(), .lines = {{order.lines[0].id, 1}}, .reason = "misprint"}),
            "bad-copies");
        QVERIFY_FAILS(shop().ask(RefundPayment{.order = order.id, .charge = charge(), .reason = ""}), "reason-missing");
        const auto rest = shop().ask(RefundPayment{.order = order.id, .charge = charge(), .reason = "gone"});
        QVERIFY(rest && rest->state == order::PaymentState::Refunded);
        QCOMPARE(rest->refunded.minor, order.price.total.minor);
    }
    void aLineIsGivenBackOnceARequest() {
        const order::Order order = ordered(3);
        QVERIFY_OK(take(order));
        QVERIFY_FAILS(shop().ask(RefundPayment{.order = order.id,
                                               .charge = charge(),
                                               .lines = {{order.lines[0].id, 2}, {order.lines[0].id, 2}},
                                               .reason = "misprint"}),
                      "bad-copies");
    }
    void aShopThatPrintsWhenItIsPaidDoes() {
        {
            std::ofstream file(paper().folder() / "shop.toml");
            file << "prints_when = \"paid\"\n";
        }
        const order::Order order = ordered();
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "order-unpaid");
        QVERIFY_OK(take(order));
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        const order::Order other = ordered();
        QVERIFY_OK(shop().ask(PrintOrder{.order = other.id, .setup = "front", .evenUnpaid = true}));
    }
    void whatIsHeldDoesNotGoOnPrinting() {
        const order::Order order = ordered();
        const auto job = shop().ask(PrintOrder{order.id, "front"});
        QVERIFY_OK(job);
        QVERIFY_OK(shop().ask(MoveOrder{order.id, order::OrderState::Held, "wrong-paper"}));
        paper().startPrinting();
        QTest::qWait(300);
        QCOMPARE(paper().paper(), 0);
        QVERIFY_OK(shop().ask(MoveOrder{order.id, order::OrderState::Placed}));
        QVERIFY(paper().reach(order, SheetState::Out, 4));
    }
    void aDraftIsNotReleasedIntoAnOrder() {
        const auto project = project::ProjectId::generate(systemClock);
        const auto saved = shop().ask(SaveProject{project, 0, {}});
        QVERIFY_OK(saved);
        const auto draft = shop().ask(FindOrder{.code = saved->code});
        QVERIFY(draft && draft->state == order::OrderState::Draft);
        QVERIFY_FAILS(shop().ask(MoveOrder{draft->id, order::OrderState::Placed}), "order-draft");
        QVERIFY_OK(shop().ask(EraseCustomer{draft->id, "customer-asked"}));
        QVERIFY(shown(*draft).state == order::OrderState::Cancelled);
        QVERIFY_FAILS(shop().ask(ShowProject{project}), "project-unknown");
        QVERIFY(shop().ask(ListOrders{})->items.empty());
    }
    void whatIsCancelledAfterItWasPaidIsGivenBack() {
        const order::Order paid = ordered(), unpaid = ordered();
        QVERIFY_OK(take(paid));
        QVERIFY(shop().ask(CancelOrder{paid.id, "left"})->standing() == order::Standing::RefundDue);
        QVERIFY_OK(shop().ask(RefundPayment{.order = paid.id, .charge = charge(), .reason = "left"}));
        QVERIFY(shown(paid).standing() == order::Standing::Cancelled);
        QVERIFY(shop().ask(CancelOrder{unpaid.id, "left"})->standing() == order::Standing::Cancelled);
        QVERIFY_FAILS(take(unpaid), "payment-void");
    }
    void namesAreNoReasons() {
        const order::Order order = ordered();
        for (const char* bad : {"Frau Müller", "Ada", "a b", "x_y"})
            QVERIFY_FAILS(shop().ask(MoveOrder{order.id, order::OrderState::Held, bad}), "bad-reason");
        QVERIFY_FAILS(shop().ask(MoveOrder{order.id, order::OrderState::Held}), "reason-missing");
        QVERIFY_OK(shop().ask(MoveOrder{order.id, order::OrderState::Held, "wrong-paper"}));
        QVERIFY_FAILS(shop().ask(PrintOrder{order.id, "front"}), "order-held");
        QVERIFY_OK(shop().ask(MoveOrder{order.id, order::OrderState::Placed}));
    }
    void theHistoryTellsAllOfItAndNamesNobody() {
        const order::Order order = ordered();
        QVERIFY_OK(take(order));
        paper().startPrinting();
        QVERIFY_OK(shop().ask(PrintOrder{order.id, "front"}));
        QVERIFY(paper().reach(order, SheetState::Out, 4));
        QTRY_VERIFY(shown(order).state == order::OrderState::Ready);
        const auto timeline = shop().ask(ShowTimeline{order.id});
        QVERIFY_OK(timeline);
        std::map<std::string, int> types;
        const words::Locale english, german(words::Language::German);
        for (const order::Event& event : timeline->events) {
            types[event.type]++;
            for (const words::Locale& locale : {english, german}) {
                const std::string said = words::happened(locale, event);
                QVERIFY2(said != event.type && said.find('{') == std::string::npos, said.c_str());
                QVERIFY2(said.find("Zebulon") == std::string::npos, said.c_str());
            }
            QVERIFY(event.json.find("Zebulon") == std::string::npos);
        }
        QCOMPARE(types["order-placed"], 1);
        QCOMPARE(types["payment-taken"], 1);
        QCOMPARE(types["job-planned"], 1);
        QCOMPARE(types["order-moved"], 1);
        QVERIFY(types["sheet-moved"] >= 4 * 3);
    }
    void theSlipSaysWhatWasPromised() {
        {
            std::ofstream file(paper().folder() / "shop.toml");
            file << "name = \"Foto Müller\"\naddress = [\"Marktplatz 1\"]\nfooter = [\"Danke!\"]\n";
        }
        const order::Order order = ordered();
        QVERIFY_OK(take(order, euros(10000)));
        const auto slip = shop().ask(ShowSlip{order.id, words::Language::German});
        QVERIFY_OK(slip);
        const std::string text = slip::asText(*slip, 48);
        for (const std::string& said :
             {std::string("Foto Müller"), std::string("Bestellschein, kein Kassenbeleg"), order.code.toString(),
              std::string("Farben und Licht bleiben, wie sie sind"), std::string("A-000001"), std::string("Rückgeld"),
              words::Locale(words::Language::German).money(order.price.total)})
            QVERIFY2(text.find(said) != std::string::npos, (said + " is not in\n" + text).c_str());
        QVERIFY(text.find("Zebulon") == std::string::npos);  // it lies about in the shop
    }
    void aMistakeInShopTomlIsNamed() {
        {
            std::ofstream file(paper().folder() / "shop.toml");
            file << "nmae = \"x\"\n";
        }
        const auto slip = shop().ask(ShowSlip{ordered().id});
        QCOMPARE(slip.error().reason, std::string("shop-file"));
        QVERIFY(slip.error().message.find("nmae") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(PaymentsTest)
#include "payments_test.moc"
