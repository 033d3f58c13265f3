// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Who may do what, by role and by PIN; and that it stands in the record who did it.
#include <fstream>

#include "tests/core/shop/bytes_in.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;

namespace {
const SystemClock systemClock;
}

class StaffTest : public QObject, OneShop {
    Q_OBJECT

    static order::ChargeId charge() { return order::ChargeId::generate(systemClock); }
    static Caller userOf(uid_t uid, Role role) {
        return {.peer = {.kind = Peer::Kind::User, .uid = uid, .pid = 1}, .role = role};
    }
    /// The shop as a program of that user asks it, signed in with a PIN or not.
    struct AtDesk {
        ShopFor shop;
        AtDesk(LocalShop& service, uid_t uid, Role role) : shop(service, userOf(uid, role)) {}
        Result<Session> signIn(const std::string& person, const std::string& pin) {
            auto session = shop.ask(SignIn{person, pin});
            if (session) shop.useSession(session->secret);
            return session;
        }
    };
    /// Adds somebody, who chooses this PIN.
    std::string person(const std::string& name, Role role, const std::string& pin) {
        const auto first = shop().ask(AddPerson{name, role});
        if (!first) qFatal("%s", first.error().message.c_str());
        const auto chosen = shop().ask(ChangePin{first->person.id, first->pin, pin});
        if (!chosen) qFatal("%s", chosen.error().message.c_str());
        return first->person.id;
    }
    order::Order paid() {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        const auto order = shop().ask(PlaceOrder{{{*original, "a.jpg", "10x15", 4, {}}}, "Zebulon Quartermaine"});
        const auto money = shop().ask(TakePayment{.order = order->id, .charge = charge()});
        if (!money) qFatal("%s", money.error().message.c_str());
        return *order;
    }
    std::vector<order::Event> events(const order::Order& order) { return shop().ask(ShowTimeline{order.id})->events; }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void withoutStaffTheLoginOfTheComputerCounts() {
        QVERIFY(shop().ask(ListStaff{})->people.empty());
        AtDesk owner(*paper().local, 500, Role::Installer), clerk(*paper().local, 600, Role::Operator);
        const order::Order order = paid();
        QVERIFY_OK(clerk.shop.ask(RefundPayment{
            .order = order.id, .charge = charge(), .lines = {{order.lines[0].id, 1}}, .reason = "scratch"}));
        QVERIFY_FAILS(clerk.shop.ask(EraseCustomer{order.id, "customer-asked"}), "not-allowed");
        QVERIFY_OK(owner.shop.ask(EraseCustomer{order.id, "customer-asked"}));
    }
    void aFirstPinHasToBeChanged() {
        AtDesk desk(*paper().local, 600, Role::Operator);
        const auto first = shop().ask(AddPerson{"Anna", Role::Supervisor});
        QVERIFY_OK(first);
        QCOMPARE(first->person.id, std::string("p-1"));
        QCOMPARE(first->pin.size(), std::size_t(6));
        QVERIFY_FAILS(desk.signIn("p-1", first->pin), "pin-must-change");
        QVERIFY_FAILS(desk.shop.ask(ChangePin{"p-1", first->pin, first->pin}), "pin-same");
        QVERIFY_FAILS(desk.shop.ask(ChangePin{"p-1", first->pin, "2580"}), "bad-pin");
        QVERIFY_FAILS(desk.shop.ask(ChangePin{"p-1", "000001", "258046"}), "pin-wrong");
        QVERIFY_OK(desk.shop.ask(ChangePin{"p-1", first->pin, "258046"}));
        const auto session = desk.signIn("p-1", "258046");
        QVERIFY_OK(session);
        QVERIFY(session->person.role == Role::Supervisor && session->idleSeconds == 600);
        QVERIFY_FAILS(desk.shop.ask(AddPerson{"Eve", Role::Installer}), "not-allowed");
        // Another user of this computer cannot use what Anna signed in with.
        ShopFor other(*paper().local, userOf(700, Role::Operator));
        other.useSession(session->secret);
        QVERIFY_FAILS(other.ask(ListOrders{}), "session-over");
        QVERIFY_OK(desk.shop.ask(SignOut{session->secret}));
        QVERIFY_FAILS(desk.shop.ask(ListOrders{}), "session-over");
        QVERIFY_FAILS(desk.shop.ask(SignIn{"p-9", "258046"}), "person-unknown");
        QVERIFY_FAILS(shop().ask(AddPerson{"", Role::Operator}), "bad-name");
        QVERIFY_FAILS(shop().ask(AddPerson{"Eve", Role::Customer}), "bad-role");
    }
    void wrongPinsLockAlsoThroughARestart() {
        const std::string anna = person("Anna", Role::Operator, "2580");
        for (int i = 0; i < 5; i++) QVERIFY_FAILS(shop().ask(SignIn{anna, "2581"}), "pin-wrong");
        QVERIFY_FAILS(shop().ask(SignIn{anna, "2580"}), "pin-locked");
        paper().restart();
        QVERIFY_FAILS(shop().ask(SignIn{anna, "2580"}), "pin-locked");
        const auto again = shop().ask(ResetPin{anna});  // an installer's word
        QVERIFY_OK(again);
        QVERIFY_OK(shop().ask(ChangePin{anna, again->pin, "4812"}));
        QVERIFY_OK(shop().ask(SignIn{anna, "4812"}));
    }
    void nobodyApprovesTheirOwnRefund() {
        const std::string anna = person("Anna", Role::Supervisor, "258046");
        const std::string bob = person("Bob", Role::Supervisor, "907315"), cem = person("Cem", Role::Operator, "4812");
        const order::Order order = paid();
        AtDesk desk(*paper().local, 600, Role::Operator);
        RefundPayment refund{
            .order = order.id, .charge = charge(), .lines = {{order.lines[0].id, 2}}, .reason = "scratch"};
        QVERIFY_FAILS(desk.shop.ask(refund), "sign-in-needed");
        QVERIFY_OK(desk.signIn(anna, "258046"));
        QVERIFY_FAILS(desk.shop.ask(refund), "approval-needed");
        refund.approval = Approval{anna, "258046"};
        QVERIFY_FAILS(desk.shop.ask(refund), "approval-own");
        refund.approval = Approval{cem, "4812"};
        QVERIFY_FAILS(desk.shop.ask(refund), "not-allowed");
        refund.approval = Approval{bob, "907316"};
        QVERIFY_FAILS(desk.shop.ask(refund), "pin-wrong");
        QVERIFY(shop().ask(ShowPayment{order.id})->refunds.empty());
        refund.approval = Approval{bob, "907315"};
        const auto refunded = desk.shop.ask(refund);
        QVERIFY_OK(refunded);
        QCOMPARE(refunded->refunds.at(0).approvedBy, bob);
        const auto all = events(order);
        QCOMPARE(all.back().type, std::string("payment-refunded"));
        QCOMPARE(all.back().actor, "supervisor/" + anna);
        for (const char* secret : {"258046", "907315", "907316"})
            for (const order::Event& event : all) QVERIFY(event.json.find(secret) == std::string::npos);
        QVERIFY(!isIn(paper().folder(), "907315"));  // nowhere on the disk
    }
    void oneWordInTheShopFileMakesItOnePerson() {
        const std::string anna = person("Anna", Role::Supervisor, "258046"),
                          cem = person("Cem", Role::Operator, "4812");
        std::ofstream(paper().folder() / "shop.toml") << "[staff]\nrefunds = \"one-person\"\n";
        const order::Order order = paid();
        AtDesk desk(*paper().local, 600, Role::Operator);
        const RefundPayment refund{.order = order.id, .charge = charge(), .reason = "scratch"};
        QVERIFY_OK(desk.signIn(cem, "4812"));
        QVERIFY_FAILS(desk.shop.ask(refund), "not-allowed");
        QVERIFY_OK(desk.signIn(anna, "258046"));
        QVERIFY_OK(desk.shop.ask(refund));
    }
    void giftsReductionsAndErasureNeedASupervisorAndAReason() {
        const std::string anna = person("Anna", Role::Supervisor, "258046"),
                          cem = person("Cem", Role::Operator, "4812");
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        PlaceOrder wanted{{{*original, "a.jpg", "10x15", 3, {}}, {*original, "a.jpg", "13x18", 1, {}}}, "Zebulon"};
        const Quote full = *shop().ask(QuoteOrder{{{"10x15", 3}, {"13x18", 1}}});
        wanted.override = pricing::PriceOverride{{101, "EUR"}, "our-fault"};
        AtDesk desk(*paper().local, 600, Role::Operator);
        QVERIFY_FAILS(desk.shop.ask(wanted), "sign-in-needed");
        QVERIFY_OK(desk.signIn(cem, "4812"));
        QVERIFY_FAILS(desk.shop.ask(wanted), "not-allowed");
        QVERIFY_OK(desk.signIn(anna, "258046"));
        wanted.override->reason = "";
        QVERIFY_FAILS(desk.shop.ask(wanted), "reason-missing");
        wanted.override = pricing::PriceOverride{{1'000'000, "EUR"}, "our-fault"};
        QVERIFY_FAILS(desk.shop.ask(wanted), "bad-amount");
        wanted.override = pricing::PriceOverride{{101, "EUR"}, "our-fault"};
        const auto order = desk.shop.ask(wanted);
        QVERIFY_OK(order);
        QCOMPARE(order->price.total.minor, full.total.minor - 101);
        QCOMPARE(order->lines[0].price.minor + order->lines[1].price.minor, order->price.total.minor);
        QVERIFY(order->lines[0].price.minor < full.lines[0].due.minor &&
                order->lines[1].price.minor < full.lines[1].due.minor);
        QCOMPARE(events(*order).front().actor, "supervisor/" + anna);

        const TakePayment free{
            .order = order->id, .charge = charge(), .method = order::PayMethod::Free, .reason = "gift"};
        AtDesk other(*paper().local, 600, Role::Operator);
        QVERIFY_FAILS(other.shop.ask(free), "sign-in-needed");
        QVERIFY_OK(other.signIn(cem, "4812"));
        QVERIFY_FAILS(other.shop.ask(free), "not-allowed");
        QVERIFY_OK(desk.shop.ask(free));
        QVERIFY_FAILS(other.shop.ask(EraseCustomer{order->id, "customer-asked"}), "not-allowed");
        QVERIFY_FAILS(desk.shop.ask(EraseCustomer{order->id, ""}), "reason-missing");
        QVERIFY_OK(desk.shop.ask(EraseCustomer{order->id, "customer-asked"}));
        const auto all = events(*order);
        QCOMPARE(all.back().type, std::string("customer-erased"));
        QVERIFY(all.back().json.find("customer-asked") != std::string::npos);
        QCOMPARE(all.back().actor, "supervisor/" + anna);
    }
    void aQuoteWithSomethingTakenOffIsNoWayAroundASupervisor() {
        const std::string cem = person("Cem", Role::Operator, "4812");
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        AtDesk desk(*paper().local, 600, Role::Operator);
        QVERIFY_OK(desk.signIn(cem, "4812"));
        QuoteOrder asked{{{"10x15", 3}}};
        const Quote full = *desk.shop.ask(asked);
        asked.override = pricing::PriceOverride{full.total, "gift"};
        const auto quote = desk.shop.ask(asked);  // told to anybody
        QVERIFY_OK(quote);
        QCOMPARE(quote->total.minor, std::int64_t(0));
        PlaceOrder wanted{{{*original, "a.jpg", "10x15", 3, {}}}, "Zebulon"};
        wanted.quote = *quote;
        QVERIFY_FAILS(desk.shop.ask(wanted), "quote-unknown");
        wanted.promotionCode = "\n" + toString(full.total) + "gift";
        QVERIFY_FAILS(desk.shop.ask(wanted), "quote-unknown");
        wanted.promotionCode = "";
        wanted.override = asked.override;
        QVERIFY_FAILS(desk.shop.ask(wanted), "not-allowed");
        const std::string anna = person("Anna", Role::Supervisor, "258046");
        QVERIFY_OK(desk.signIn(anna, "258046"));
        const auto order = desk.shop.ask(wanted);
        QVERIFY(order && order->price.total.minor == 0);
    }
    void whoBecomesASupervisorChoosesALongerPin() {
        const std::string cem = person("Cem", Role::Operator, "4812");
        AtDesk desk(*paper().local, 600, Role::Operator);
        QVERIFY_OK(desk.signIn(cem, "4812"));
        QVERIFY_OK(shop().ask(ChangePerson{cem, "Cem", Role::Supervisor}));
        QVERIFY_FAILS(desk.signIn(cem, "4812"), "pin-must-change");
        QVERIFY_FAILS(shop().ask(ChangePin{cem, "4812", "7193"}), "bad-pin");
        QVERIFY_OK(shop().ask(ChangePin{cem, "4812", "719350"}));
        QVERIFY_OK(desk.signIn(cem, "719350"));
    }
    void whatIsOffIsRefusedAndEachOrderKeepsWhatWasOn() {
        QCOMPARE(shop().ask(ShowFeatures{})->features.size(), std::size_t(4));
        std::ofstream(paper().folder() / "shop.toml") << "[features]\noff = [\"reorder\"]\n[[features.at]]\ndevice = "
                                                         "\"kiosk-3\"\noff = [\"card-terminal\"]\n";
        const order::Order order = paid();
        QVERIFY_FAILS(shop().ask(ReorderOrder{order.id}), "feature-off");
        QVERIFY_FAILS(
            shop().ask(TakePayment{.order = order.id, .charge = charge(), .method = order::PayMethod::Terminal}),
            "already-paid");
        ShopFor kiosk(*paper().local,
                      {.peer = {.kind = Peer::Kind::Device, .device = "kiosk-3"}, .role = Role::Operator});
        QVERIFY_FAILS(
            kiosk.ask(TakePayment{.order = order.id, .charge = charge(), .method = order::PayMethod::Terminal}),
            "feature-off");
        const auto quote = json::read<Quote>(order.price.quote);
        QVERIFY(quote && quote->features == (std::vector<std::string>{"designs", "card-terminal", "erase-by-code"}));
        std::ofstream(paper().folder() / "shop.toml") << "[features]\noff = [\"reorders\"]\n";
        QVERIFY_FAILS(shop().ask(ShowFeatures{}), "shop-file");
    }
    void whoDidNotSignInIsAnOperatorAtMostOnceThereIsAnInstaller() {
        AtDesk owner(*paper().local, 500, Role::Installer);
        QVERIFY_OK(owner.shop.ask(AddPerson{"Anna", Role::Installer}));
        QVERIFY_OK(owner.shop.ask(AddPerson{"Cemalettin Yurdakul", Role::Operator}));  // Anna cannot sign in yet
        const auto first = shop().ask(ResetPin{"p-1"});
        QVERIFY_OK(shop().ask(ChangePin{"p-1", first->pin, "258046"}));
        QVERIFY_FAILS(owner.shop.ask(AddPerson{"Dan", Role::Operator}), "not-allowed");
        QVERIFY_OK(owner.shop.ask(ListOrders{}));
        std::ofstream(paper().folder() / "shop.toml") << "[staff]\nsign_in = \"always\"\n";
        QVERIFY(isIn(paper().folder(), "Yurdakul"));
        QVERIFY_OK(shop().ask(RemovePerson{"p-2"}));
        QVERIFY_FAILS(owner.shop.ask(ListOrders{}), "not-allowed");
        QVERIFY_OK(owner.signIn("p-1", "258046"));
        QVERIFY_OK(owner.shop.ask(ListOrders{}));
        const auto third = owner.shop.ask(AddPerson{"Dan", Role::Operator});
        QCOMPARE(third->person.id, std::string("p-3"));  // Cem's is not given again
        QVERIFY(!isIn(paper().folder(), "Yurdakul"));
        QVERIFY_OK(owner.shop.ask(ChangePerson{"p-1", "Anna", Role::Supervisor}));
        QVERIFY_FAILS(owner.shop.ask(ListOrders{}), "session-over");  // another role, another session
    }
};

QTEST_GUILESS_MAIN(StaffTest)
#include "staff_test.moc"
