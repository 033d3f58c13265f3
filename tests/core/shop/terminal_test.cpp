// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders paid at a card terminal, real bytes over loopback: what is proved is paid, what is not is asked about and
// never charged again.
#include <fstream>
#include <thread>

#include "tests/core/devices/scripted_terminal.h"
#include "tests/core/shop/bytes_in.h"
#include "tests/core/shop/paper_shop.h"

using namespace contone;
using namespace contone::shop;
using namespace contone::shoptest;
using devices::testing::Memory, devices::testing::ScriptedTerminal, devices::testing::Story;

namespace {

const SystemClock systemClock;
const char* const terminalId = "52500038";

int asked(const ScriptedTerminal& terminal, const std::string& command) {
    int count = 0;
    for (const std::string& heard : terminal.heard()) count += heard.starts_with(command) ? 1 : 0;
    return count;
}

}  // namespace

class TerminalTest : public QObject, OneShop {
    Q_OBJECT

    static order::ChargeId charge() { return order::ChargeId::generate(systemClock); }
    void use(const ScriptedTerminal& terminal) {
        std::ofstream(paper().folder() / "shop.toml")
            << "[terminal]\nhost = \"127.0.0.1\"\nport = " << terminal.port() << "\n";
    }
    order::Order ordered() {
        const auto original = addOriginal(shop(), photo("Olympus_PEN_E-P3.jpg"));
        return *shop().ask(PlaceOrder{{{*original, "a.jpg", "10x15", 2, {}}}, "Zebulon Quartermaine"});
    }
    TakePayment byCard(const order::Order& order) {
        return {.order = order.id, .charge = charge(), .method = order::PayMethod::Terminal};
    }
    order::Payment paymentOf(const order::Order& order) { return *shop().ask(ShowPayment{order.id}); }

  private slots:
    void init() {
        open();
        QVERIFY(!QTest::currentTestFailed());
    }
    void cleanup() { close(); }

    void whatTheTerminalProvesIsPaidOnce() {
        ScriptedTerminal terminal(Story::Approve, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order order = ordered();
        const TakePayment take = byCard(order);
        const auto paid = shop().ask(take);
        QVERIFY_OK(paid);
        QVERIFY(paid->state == order::PaymentState::Paid && !paid->open);
        const order::PaymentTaken& taken = paid->taken.at(0);
        QCOMPARE(taken.amount.minor, order.price.total.minor);
        QCOMPARE(taken.terminal.terminal, std::string(terminalId));
        QCOMPARE(taken.terminal.receipt, 42);
        QCOMPARE(order::toString(taken.receipt), std::string("A-000001"));
        QVERIFY(taken.terminal.amount == order.price.total);
        const auto again = shop().ask(take);  // the answer was lost on its way to the till, say
        QVERIFY(again && again->taken.size() == 1);
        QCOMPARE(terminal.charged(), 1);
        QCOMPARE(asked(terminal, "0601"), 1);
        const auto events = shop().ask(ShowTimeline{order.id})->events;
        QCOMPARE(events.at(1).type, std::string("payment-begun"));  // committed before the terminal was asked
        QVERIFY(events.at(1).json.find("\"receipt\":41") != std::string::npos);
    }
    void aShopWithoutATerminalSaysSo() {
        const order::Order order = ordered();
        QVERIFY_FAILS(shop().ask(byCard(order)), "terminal-missing");
        QVERIFY(!shop().ask(ShowTerminal{})->isSet);
        std::ofstream(paper().folder() / "shop.toml") << "[terminal]\nhost = \"127.0.0.1\"\nport = 1\n";
        QVERIFY_FAILS(shop().ask(byCard(order)), "terminal-unreachable");
        QVERIFY(paymentOf(order).state == order::PaymentState::Due);
        std::ofstream(paper().folder() / "shop.toml") << "[terminal]\nhost = \"127.0.0.1\"\npassword = \"12\"\n";
        QVERIFY_FAILS(shop().ask(byCard(order)), "shop-file");
    }
    void aDeclinedCardLeavesTheOrderToBePaid() {
        ScriptedTerminal terminal(Story::Decline, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order order = ordered();
        const TakePayment take = byCard(order);
        QVERIFY_FAILS(shop().ask(take), "card-declined");
        QVERIFY(paymentOf(order).state == order::PaymentState::Due);
        terminal.setStory(Story::Approve);
        QVERIFY_FAILS(shop().ask(take), "card-declined");  // the same charge has its answer
        QCOMPARE(terminal.charged(), 0);
        QVERIFY_OK(shop().ask(TakePayment{.order = order.id, .charge = charge()}));  // cash
    }
    void aLostAnswerIsFoundOutAndNotChargedAgain() {
        ScriptedTerminal terminal(Story::HangUpAfterCharge, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order order = ordered();
        const auto paid = shop().ask(byCard(order));
        QVERIFY_OK(paid);
        QVERIFY(paid->state == order::PaymentState::Paid);  // its memory has a newer payment of this amount
        QCOMPARE(paid->taken.at(0).reason, std::string("terminal-says"));
        QCOMPARE(terminal.charged(), 1);
    }
    void anEqualPaymentOfBeforeIsNoProof() {
        const order::Order order = ordered();
        ScriptedTerminal terminal(Story::HangUpBeforeCharge, Memory{41, 97, order.price.total.minor, 0, true});
        use(terminal);
        const auto lost = shop().ask(byCard(order));
        QVERIFY_OK(lost);
        QVERIFY(lost->state == order::PaymentState::Unknown);
        QVERIFY(shop().ask(ShowOrder{order.id})->standing() == order::Standing::NeedsAttention);
        QVERIFY_FAILS(shop().ask(byCard(order)), "payment-open");
        QVERIFY_FAILS(shop().ask(TakePayment{.order = order.id, .charge = charge()}), "payment-open");
        QVERIFY(shop().ask(AskTerminal{order.id})->state == order::PaymentState::Unknown);
        QCOMPARE(asked(terminal, "0601"), 1);
        // Another order is paid meanwhile: then the terminal's memory is of that, and a person decides.
        terminal.setStory(Story::Approve);
        const order::Order other = ordered();
        QVERIFY_OK(shop().ask(byCard(other)));
        QVERIFY(paymentOf(order).state == order::PaymentState::Unknown);
        QVERIFY(shop().ask(AskTerminal{order.id})->state == order::PaymentState::Unknown);
        QCOMPARE(paymentOf(order).open->unknown, std::string("nobody-knows"));
        const auto settled = shop().ask(SettlePayment{order.id, false, "slip-seen"});
        QVERIFY(settled && settled->state == order::PaymentState::Due);
        QVERIFY_OK(shop().ask(byCard(order)));
        QCOMPARE(terminal.charged(), 2);
    }
    void anAmountThatDiffersIsNotPaid() {
        ScriptedTerminal terminal(Story::WrongAmount, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order order = ordered();
        QVERIFY_OK(shop().ask(TakePayment{.order = order.id, .charge = charge(), .amount = Money{10, "EUR"}}));
        const auto lost = shop().ask(byCard(order));
        QVERIFY(lost && lost->state == order::PaymentState::Unknown);
        QCOMPARE(lost->open->unknown, std::string("amount-differs"));
        QVERIFY_FAILS(shop().ask(CancelOrder{order.id, "left"}), "payment-open");  // a deposit does not change that
        QVERIFY(shop().ask(AskTerminal{order.id})->state == order::PaymentState::Unknown);
    }
    void theNewestIsTakenBackAndOlderOnesAreRefunded() {
        ScriptedTerminal terminal(Story::Approve, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order first = ordered(), second = ordered();
        QVERIFY_OK(shop().ask(byCard(first)));
        QVERIFY_OK(shop().ask(byCard(second)));
        const auto back = [&](const order::Order& order) {
            return RefundPayment{
                .order = order.id, .charge = charge(), .method = order::PayMethod::Terminal, .reason = "misprint"};
        };
        const auto reversed = shop().ask(back(second));
        QVERIFY_OK(reversed);
        QVERIFY(reversed->state == order::PaymentState::Refunded);
        QCOMPARE(asked(terminal, "0630"), 1);
        const auto refunded = shop().ask(back(first));
        QVERIFY_OK(refunded);
        QCOMPARE(asked(terminal, "0631"), 1);
        QCOMPARE(refunded->refunds.at(0).amount.minor, first.price.total.minor);
        QCOMPARE(refunded->refunds.at(0).reason, std::string("misprint"));
        QVERIFY_FAILS(shop().ask(back(first)), "nothing-to-refund");
    }
    void aLostRefundIsSettledByAPerson() {
        ScriptedTerminal terminal(Story::Approve, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order order = ordered();
        QVERIFY_OK(shop().ask(byCard(order)));
        terminal.setStory(Story::HangUpAfterCharge);
        RefundPayment refund{.order = order.id, .charge = charge(), .method = order::PayMethod::Terminal};
        refund.lines = {{order.lines[0].id, 1}};
        refund.reason = "scratch";
        const auto lost = shop().ask(refund);
        QVERIFY(lost && lost->state == order::PaymentState::Unknown && lost->open->isRefund);
        QVERIFY_FAILS(shop().ask(refund), "payment-open");
        QVERIFY_FAILS(shop().ask(SettlePayment{order.id, true, "slip-seen", charge()}), "payment-not-open");
        const auto settled = shop().ask(SettlePayment{order.id, true, "slip-seen", refund.charge});
        QVERIFY_OK(settled);
        const auto again = shop().ask(refund);  // the same charge: the same answer, and no second refund
        QVERIFY(again && again->refunds.size() == 1);
        refund.charge = charge();
        refund.lines[0].copies = 2;
        QVERIFY_FAILS(shop().ask(refund), "bad-copies");
        QVERIFY(settled->state == order::PaymentState::PartlyRefunded);
        QCOMPARE(settled->refunds.at(0).lines.at(0).copies, 1);
        QCOMPARE(settled->refunds.at(0).reason, std::string("scratch"));
        QCOMPARE(asked(terminal, "0631"), 1);
    }
    void theDayOfTheTerminalIsComparedWithTheRecord() {
        ScriptedTerminal terminal(Story::Approve, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order first = ordered(), second = ordered();
        QVERIFY_OK(shop().ask(byCard(first)));
        QVERIFY_OK(shop().ask(byCard(second)));
        QVERIFY_OK(shop().ask(TakePayment{.order = ordered().id, .charge = charge()}));  // cash does not count
        const auto closed = shop().ask(CloseTerminal{});
        QVERIFY_OK(closed);
        QCOMPARE(closed->terminal, std::string(terminalId));
        QCOMPARE(closed->ours, 2);
        QCOMPARE(closed->oursAmount.minor, first.price.total.minor + second.price.total.minor);
        QVERIFY(closed->amount == closed->oursAmount);
        const auto next = shop().ask(CloseTerminal{});
        QVERIFY(next && next->ours == 0 && next->oursAmount.minor == 0);
    }
    void aPaymentCanBeStoppedAndOthersWait() {
        ScriptedTerminal terminal(Story::StopsWhenAsked, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order order = ordered(), other = ordered();
        Result<order::Payment> answer = fail(Code::Internal, "not-asked", "");
        std::jthread paying([&] { answer = shop().ask(byCard(order)); });
        QTRY_VERIFY(shop().ask(ShowTerminal{})->order == order.id);
        QTRY_VERIFY(paymentOf(order).state == order::PaymentState::Authorising);
        QVERIFY_FAILS(shop().ask(byCard(other)), "terminal-in-use");
        QVERIFY_FAILS(shop().ask(SettlePayment{order.id, true, "slip-seen"}), "payment-open");
        QVERIFY_FAILS(shop().ask(CancelOrder{order.id, "left"}), "payment-open");
        QVERIFY_OK(shop().ask(StopTerminal{}));
        paying.join();
        QVERIFY_FAILS(answer, "payment-cancelled");
        QVERIFY(paymentOf(order).state == order::PaymentState::Due);
        QVERIFY(!shop().ask(ShowTerminal{})->order);
    }
    void noCardNumberIsKeptAnywhere() {
        ScriptedTerminal terminal(Story::TellsCardNumbers, Memory{41, 97, 500, 0, true});
        use(terminal);
        const order::Order order = ordered();
        QVERIFY_OK(shop().ask(byCard(order)));
        const auto slip = shop().ask(ShowSlip{order.id});
        QVERIFY(slip && slip::asText(*slip, 48).find(ScriptedTerminal::cardNumber) == std::string::npos);
        paper().restart();
        QVERIFY(!isIn(paper().folder(), ScriptedTerminal::cardNumber));
        QVERIFY(!isIn(paper().folder(), std::string(ScriptedTerminal::cardNumber).substr(0, 12)));
    }
};

QTEST_GUILESS_MAIN(TerminalTest)
#include "terminal_test.moc"
