// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// settle: only a newer sale of the same money proves that a lost answer was yes.
#include <QTest>

#include "core/devices/settle.h"

using namespace contone;
using namespace contone::devices;

namespace {

const Money asked{1000, "EUR"};
const std::string ours = "52500038";

LastSale sale(int receipt, int trace, Money amount = asked) {
    return {.isKnown = true,
            .hasSale = true,
            .sale = {.terminal = ours, .receipt = receipt, .trace = trace, .amount = amount}};
}
const LastSale noneYet{.isKnown = true};

Settled after(const LastSale& before, const LastSale& now) {
    return settle(asked, ours, before, now);
}

}  // namespace

class SettleTest : public QObject {
    Q_OBJECT
  private slots:
    void anewerSaleOfTheSameMoneyIsPaid() {
        QVERIFY(after(sale(41, 97), sale(42, 98)) == Settled::Paid);
        QVERIFY(after(sale(41, 97), sale(44, 107)) == Settled::Paid);
        QVERIFY(after(sale(41, 0), sale(42, 0)) == Settled::Paid);  // a terminal that tells one number
        QVERIFY(after(sale(0, 97), sale(0, 98)) == Settled::Paid);
        QVERIFY(after(sale(41, 0), sale(42, 98)) == Settled::Paid);
        QVERIFY(after(noneYet, sale(1, 1)) == Settled::Paid);
    }
    void numbersBeginAnew() {
        QVERIFY(after(sale(9999, 999999), sale(1, 1)) == Settled::Paid);
        QVERIFY(after(sale(9998, 999998), sale(1, 1)) == Settled::Paid);
        QVERIFY(after(sale(1, 1), sale(9999, 999999)) == Settled::NobodyKnows);
    }
    void anUnchangedMemoryProvesNothing() {
        QVERIFY(after(sale(41, 97), sale(41, 97)) == Settled::NobodyKnows);  // an equal earlier sale
        QVERIFY(after(noneYet, noneYet) == Settled::NobodyKnows);
        QVERIFY(after(sale(41, 97), noneYet) == Settled::NobodyKnows);
        QVERIFY(after(noneYet, sale(0, 0)) == Settled::NobodyKnows);  // it could be any
    }
    void numbersThatContradictProveNothing() {
        QVERIFY(after(sale(41, 97), sale(42, 97)) == Settled::NobodyKnows);
        QVERIFY(after(sale(41, 97), sale(41, 98)) == Settled::NobodyKnows);
        QVERIFY(after(sale(41, 97), sale(40, 98)) == Settled::NobodyKnows);
        QVERIFY(after(sale(41, 97), sale(45, 98)) == Settled::NobodyKnows);  // too far
        QVERIFY(after(sale(41, 97), sale(42, 108)) == Settled::NobodyKnows);
        QVERIFY(after(sale(41, 0), sale(0, 98)) == Settled::NobodyKnows);
    }
    void otherMoneyProvesNothing() {
        QVERIFY(after(sale(41, 97), sale(42, 98, {1001, "EUR"})) == Settled::NobodyKnows);
        QVERIFY(after(sale(41, 97), sale(42, 98, {1000, "CHF"})) == Settled::NobodyKnows);
        LastSale untold = sale(42, 98);
        untold.sale.amount.reset();
        QVERIFY(after(sale(41, 97), untold) == Settled::NobodyKnows);
    }
    void anotherTerminalProvesNothing() {
        LastSale other = sale(42, 98);
        other.sale.terminal = "52500039";
        QVERIFY(after(sale(41, 97), other) == Settled::NobodyKnows);
        QVERIFY(after(other, sale(43, 99)) == Settled::NobodyKnows);
        QVERIFY(settle(asked, "", sale(41, 97), sale(42, 98)) == Settled::NobodyKnows);
    }
    void withoutAMemoryNobodyKnows() {
        QVERIFY(after(LastSale{}, sale(42, 98)) == Settled::NobodyKnows);
        QVERIFY(after(sale(41, 97), LastSale{}) == Settled::NobodyKnows);
        LastSale reversal = sale(42, 98);
        reversal.isReversal = true;
        QVERIFY(after(sale(41, 97), reversal) == Settled::NobodyKnows);
    }
    void onlyTheVeryNextRefusalProvesThatNothingWasPaid() {
        LastSale declined = sale(41, 98);
        declined.isDeclined = true;
        QVERIFY(after(sale(41, 97), declined) == Settled::NotPaid);
        declined.sale.trace = 99;  // one in between, which may have been ours
        QVERIFY(after(sale(41, 97), declined) == Settled::NobodyKnows);
        declined.sale.trace = 97;
        QVERIFY(after(sale(41, 97), declined) == Settled::NobodyKnows);
        declined.sale.trace = 1;
        QVERIFY(after(sale(41, 999999), declined) == Settled::NotPaid);
        QVERIFY(after(noneYet, declined) == Settled::NobodyKnows);
        declined.sale.receipt = 42;
        declined.sale.trace = 98;
        declined.sale.amount = Money{999, "EUR"};
        QVERIFY(after(sale(41, 97), declined) == Settled::NobodyKnows);
    }
};

QTEST_GUILESS_MAIN(SettleTest)
#include "settle_test.moc"
