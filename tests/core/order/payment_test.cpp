// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Payments and the three machines: what may follow what, and that money adds up after any history.
#include <QTest>

#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

#include "core/order/decode_event.h"
#include "core/order/payment.h"
#include "tests/places.h"

using namespace contone;
using namespace contone::order;

namespace {

const SystemClock systemClock;
const ReceiptNumber receipt{"A", 1};

ChargeId charge() {
    return ChargeId::generate(systemClock);
}
Money euros(std::int64_t cents) {
    return {cents, "EUR"};
}
Taking cash(std::optional<Money> amount = {}, std::optional<Money> given = {}) {
    return {charge(), PayMethod::Cash, amount, given, {}, {}};
}
template <class Fact>
Payment after(const Payment& before, const Result<Fact>& fact) {
    return *reduce(before, PaymentEvent(*fact));
}

}  // namespace

class PaymentTest : public QObject {
    Q_OBJECT
  private slots:
    void cashIsTakenWithChange() {
        const Payment due = paymentFor(euros(1125));
        QVERIFY(due.state == PaymentState::Due);
        const auto taken = decideTake(due, cash({}, euros(2000)), receipt);
        QVERIFY(taken && taken->amount == euros(1125) && taken->given == euros(2000) && taken->receipt == receipt);
        const Payment paid = after(due, taken);
        QVERIFY(paid.state == PaymentState::Paid && paid.outstanding() == euros(0));
        QCOMPARE(decideTake(paid, cash(), receipt).error().reason, std::string("already-paid"));
        QCOMPARE(decideTake(due, cash({}, euros(1124)), receipt).error().reason, std::string("cash-short"));
        QCOMPARE(decideTake(due, cash(euros(1126)), receipt).error().reason, std::string("bad-amount"));
        QCOMPARE(decideTake(due, cash(euros(0)), receipt).error().reason, std::string("bad-amount"));
        QCOMPARE(decideTake(due, cash(Money{5, "USD"}), receipt).error().reason, std::string("mixed-currencies"));
        Taking free{charge(), PayMethod::Free, {}, {}, {}, {}};
        QCOMPARE(decideTake(due, free, receipt).error().reason, std::string("reason-missing"));
        free.reason = "shop-fault";
        QVERIFY(decideTake(due, free, receipt).has_value());
    }
    void cashIsRoundedByALineOfItsOwn() {
        const Payment due = paymentFor({1123, "CHF"});
        Taking asked{charge(), PayMethod::Cash, {}, Money{1125, "CHF"}, {2, "CHF"}, {}};
        const auto taken = decideTake(due, asked, receipt);
        QVERIFY(taken && taken->rounding.minor == 2 && taken->amount.minor == 1123);
        QVERIFY(after(due, taken).state == PaymentState::Paid);
        asked.amount = Money{2, "CHF"};  // parts that round to nothing would pay for all of it
        asked.rounding = {-2, "CHF"};
        asked.given.reset();
        QCOMPARE(decideTake(due, asked, receipt).error().reason, std::string("bad-amount"));
        asked.amount.reset();
        asked.rounding = {2, "CHF"};
        asked.method = PayMethod::Card;
        QCOMPARE(decideTake(due, asked, receipt)->rounding.minor, 0);  // cards pay to the cent
    }
    void adepositLeavesTheRestDue() {
        Payment payment = paymentFor(euros(5000));
        payment = after(payment, decideTake(payment, cash(euros(1500)), receipt));
        QVERIFY(payment.state == PaymentState::Due && payment.outstanding() == euros(3500));
        payment = after(payment, decideVoid(payment, "customer-left"));  // what was paid may be given back
        QVERIFY(payment.state == PaymentState::Paid && payment.refundable() == euros(1500));
        payment = after(payment,
                        decideRefund(payment, {charge(), PayMethod::Cash, euros(1500), {}, {}, "cancelled"}, receipt));
        QVERIFY(payment.state == PaymentState::Refunded);
    }
    void anUnknownAnswerHoldsTheOrderUntilItIsSettled() {
        const Payment due = paymentFor(euros(900));
        const PaymentBegun begun{
            charge(), PayMethod::Terminal, euros(900), {.terminal = "t1", .receipt = 7, .trace = 9}};
        Payment payment = after(due, decideBegin(due, begun));
        QVERIFY(payment.state == PaymentState::Authorising);
        QCOMPARE(decideTake(payment, cash(), receipt).error().reason, std::string("payment-open"));
        payment = *reduce(payment, PaymentUnknown{begun.charge, "agent-died"});
        QVERIFY(payment.state == PaymentState::Unknown && payment.open->before == begun.before);
        QCOMPARE(decideTake(payment, cash(), receipt).error().reason, std::string("payment-open"));
        QCOMPARE(decideVoid(payment, "x").error().reason, std::string("payment-open"));
        const Payment notPaid = after(payment, decideSettle(payment, {{}, false, "slip-seen"}, receipt));
        QVERIFY(notPaid.state == PaymentState::Due && notPaid.failed.size() == 1);
        const Payment paid = after(payment, decideSettle(payment, {{}, true, "slip-seen"}, receipt));
        QVERIFY(paid.state == PaymentState::Paid && paid.taken.front().charge == begun.charge);
        QCOMPARE(decideSettle(paid, {{}, true, "x"}, receipt).error().reason, std::string("payment-not-open"));
    }
    void nothingToPayIsPaid() {
        const Payment nothing = paymentFor(euros(0));
        QVERIFY(nothing.state == PaymentState::Paid);
        QVERIFY(after(nothing, decideVoid(nothing, "left")).state == PaymentState::Void);
    }
    void whatWasFreeIsNotGivenBack() {
        Payment free = paymentFor(euros(500));
        free = after(free, decideTake(free, {charge(), PayMethod::Free, {}, {}, {}, "our-fault"}, receipt));
        QVERIFY(free.state == PaymentState::Paid && free.refundable() == euros(0));
        QCOMPARE(decideRefund(free, {charge(), PayMethod::Cash, euros(1), {}, {}, "x"}, receipt).error().reason,
                 std::string("nothing-to-refund"));
        QVERIFY(after(free, decideVoid(free, "left")).state == PaymentState::Void);
    }
    void eventsThatDoNotFitAreRefused() {
        const Payment due = paymentFor(euros(100));
        QCOMPARE(reduce(due, PaymentFailed{charge(), "declined"}).error().reason, std::string("event-out-of-order"));
        QCOMPARE(reduce(due, PaymentUnknown{charge(), "x"}).error().reason, std::string("event-out-of-order"));
        const Payment open = *reduce(due, PaymentBegun{charge(), PayMethod::Terminal, euros(100), {}});
        QVERIFY(!reduce(open, PaymentTaken{charge(), PayMethod::Cash, euros(100), {}, {}, {}, {}, receipt}));
        const Payment voided = *reduce(due, PaymentVoided{"x"});
        QVERIFY(voided.state == PaymentState::Void);
        QVERIFY(!reduce(voided, PaymentBegun{charge(), PayMethod::Terminal, euros(1), {}}));
    }
    void everyEventSurvivesItsJson() {
        const LineId line = LineId::generate(systemClock);
        const TerminalFacts terminal{"6012", 12, 99, "A1B2", "girocard", "A000"};
        const PaymentEvent all[] = {
            PaymentBegun{charge(), PayMethod::Terminal, euros(5), terminal},
            PaymentTaken{charge(), PayMethod::Cash, euros(5), euros(10), euros(-1), "why", terminal, receipt},
            RefundBegun{charge(), PayMethod::Terminal, euros(5), {{line, 2, euros(5)}}, terminal},
            PaymentRefunded{charge(), PayMethod::Cash, euros(5), {}, {{line, 2, euros(5)}}, "why", terminal, receipt},
            PaymentFailed{charge(), "declined"},
            PaymentUnknown{charge(), "terminal-lost"},
            PaymentVoided{"customer-left"}};
        QCOMPARE(std::size(all), std::variant_size_v<PaymentEvent>);
        for (const PaymentEvent& event : all) {
            Event envelope;
            std::visit(
                [&](const auto& fact) {
                    envelope.type = fact.type;
                    envelope.json = fact.json();
                },
                event);
            const auto read = decodeEvent<PaymentEvent>(envelope);
            QVERIFY2(read && *read == event, envelope.json.c_str());
        }
    }
    // Whatever people and terminals do: what is kept is what was taken less what was given back, and the state is the
    // one that these amounts mean.
    void moneyAddsUpAfterAnyHistory() {
        std::map<PaymentState, int> reached;
        for (unsigned seed = 0; seed < 3000; seed++) {
            std::mt19937 random(seed);
            const auto upTo = [&](std::int64_t most) {
                return euros(static_cast<std::int64_t>(random() % (most + 1)));
            };
            Payment payment = paymentFor(upTo(3000));
            std::int64_t taken = 0, given = 0;
            for (int step = 0; step < 12; step++) {
                std::optional<PaymentEvent> event;
                const auto keep = [&](const auto& decided) {
                    if (decided) event = PaymentEvent(*decided);
                };
                switch (random() % 6) {
                    case 0:
                        keep(decideTake(payment, cash(upTo(3200)), receipt));
                        break;
                    case 1:
                        keep(decideBegin(payment, {charge(), PayMethod::Terminal, payment.outstanding(), {}}));
                        break;
                    case 2:
                        if (payment.open) event = PaymentUnknown{payment.open->charge, "lost"};
                        break;
                    case 3:
                        keep(decideSettle(payment, {{}, random() % 2 == 0, "seen"}, receipt));
                        break;
                    case 4:
                        keep(decideRefund(payment,
                                          {charge(),
                                           PayMethod::Cash,
                                           random() % 2 == 0 ? upTo(1500) : payment.refundable(),
                                           {},
                                           {},
                                           "why"},
                                          receipt));
                        break;
                    default:
                        if (random() % 4 == 0) keep(decideVoid(payment, "left"));
                }
                if (!event) continue;
                if (const auto* one = std::get_if<PaymentTaken>(&*event)) taken += one->amount.minor;
                if (const auto* one = std::get_if<PaymentRefunded>(&*event)) given += one->amount.minor;
                const auto next = reduce(payment, *event);
                QVERIFY2(next, next ? "" : (std::to_string(seed) + ": " + next.error().detail).c_str());
                payment = *next;
                QCOMPARE(payment.paid.minor, taken);
                QCOMPARE(payment.refunded.minor, given);
                QVERIFY(given <= taken && payment.paid.minor <= payment.total.minor);
                QVERIFY(payment.state != PaymentState::Paid || payment.outstanding().minor == 0);
                QVERIFY(payment.state != PaymentState::Refunded || payment.refundable().minor == 0);
                reached[payment.state]++;
            }
        }
        QCOMPARE(reached.size(), wordTable<PaymentState>.words.size());  // each state was there
    }
    void theOrdersRuleBookHasNoWayOutOfCancelled() {
        int steps = 0;
        for (const auto& [from, fromWord] : wordTable<OrderState>.words)
            for (const auto& [to, toWord] : wordTable<OrderState>.words) {
                steps += mayMove(from, to) ? 1 : 0;
                QVERIFY(from != OrderState::Cancelled || !mayMove(from, to));
                QVERIFY(from != to || !mayMove(from, to));
                QVERIFY(to != OrderState::Draft || !mayMove(from, to));
            }
        QCOMPARE(steps, 18);
    }
    void theStandingOfAnOrderIsWhatPeopleNeedToKnow() {
        using enum OrderState;
        using Pay = PaymentState;
        using Make = Production;
        QVERIFY(standingOf(Placed, Pay::Due, Make::None) == Standing::ToPay);
        QVERIFY(standingOf(Placed, Pay::Paid, Make::None) == Standing::Waiting);
        QVERIFY(standingOf(Placed, Pay::Due, Make::Printing) == Standing::Printing);
        QVERIFY(standingOf(Ready, Pay::Due, Make::Printed) == Standing::ReadyToPay);
        QVERIFY(standingOf(Ready, Pay::Paid, Make::Printed) == Standing::Ready);
        QVERIFY(standingOf(Ready, Pay::Paid, Make::Printing) == Standing::Printing);  // a print is made again
        QVERIFY(standingOf(Cancelled, Pay::Paid, Make::None) == Standing::RefundDue);
        QVERIFY(standingOf(Cancelled, Pay::Void, Make::None) == Standing::Cancelled);
        for (const auto& [state, word] : wordTable<OrderState>.words) {  // whatever else: nobody may overlook these
            if (state != Draft) QVERIFY(standingOf(state, Pay::Unknown, Make::Printed) == Standing::NeedsAttention);
            if (state != Draft && state != Cancelled)
                QVERIFY(standingOf(state, Pay::Paid, Make::InQuestion) == Standing::NeedsAttention);
        }
    }
    // docs/orders.md says the same, row by row.
    void theTableIsTheDocumentedOne() {
        std::ifstream file(std::string(tests::sourceFolder) + "/docs/orders.md");
        std::string line, documented;
        while (std::getline(file, line))
            if (line.starts_with("| ") && line.find("**") != std::string::npos) documented += line + "\n";
        std::ostringstream table;
        const auto cell = [&](const auto& values) {
            if (values.empty()) table << " any |";
            for (std::size_t i = 0; i < values.size(); i++)
                table << (i == 0 ? " " : ", ") << toString(values[i]) << (i + 1 == values.size() ? " |" : "");
        };
        for (const StandingRow& row : standingTable()) {
            table << "|";
            cell(row.orders);
            cell(row.payments);
            cell(row.productions);
            table << " **" << toString(row.standing) << "** |\n";
        }
        QCOMPARE(documented, table.str());
    }
};

QTEST_GUILESS_MAIN(PaymentTest)
#include "payment_test.moc"
