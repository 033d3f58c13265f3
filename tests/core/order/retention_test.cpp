// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How long what is kept, and when two phone numbers are one.
#include <QtTest>

#include "core/order/phone.h"
#include "core/order/retention.h"

using namespace contone;
using namespace contone::order;

class RetentionTest : public QObject {
    Q_OBJECT
  private slots:
    void theSameNumberIsTheSameHoweverItIsTyped() {
        for (const char* typed : {"0170 1234567", "0170/123 45 67", "+49 170 1234567", "0049-170-1234567",
                                  "+49 (0)170 1234567", "(0170) 1234567"})
            QCOMPARE(*normalisedPhone(typed, "49"), std::string("+491701234567"));
        QCOMPARE(*normalisedPhone("0170 1234567", ""), std::string("01701234567"));
        QCOMPARE(*normalisedPhone("170 1234567", "49"), std::string("1701234567"));  // nobody says whose it is
        QCOMPARE(*normalisedPhone("  ", "49"), std::string());
        for (const char* bad : {"1234", "0170 12345a7", "+", "+4917012345678901", "01+70123456", "Ada"})
            QCOMPARE(normalisedPhone(bad, "49").error().reason, std::string("bad-phone"));
    }

    void eachClassHasItsTime() {
        constexpr std::int64_t hour = 3'600'000, day = 24 * hour;
        const RetentionPolicy policy{2, 3, 5, 7};
        const auto due = [&](OrderState state, Production production, bool isCustomers) -> std::int64_t {
            const auto at = dueAt({{}, 0, state, production, isCustomers, {1000}}, policy);
            return at ? at->ms - 1000 : -1;
        };
        QCOMPARE(due(OrderState::Draft, Production::None, true), 2 * hour);
        QCOMPARE(due(OrderState::Draft, Production::None, false), 3 * day);
        QCOMPARE(due(OrderState::Collected, Production::Printed, true), 5 * day);
        QCOMPARE(due(OrderState::Cancelled, Production::None, true), 5 * day);
        QCOMPARE(due(OrderState::Ready, Production::Printed, true), 7 * day);
        QCOMPARE(due(OrderState::Placed, Production::Printed, true), 7 * day);
        for (const OrderState open : {OrderState::Placed, OrderState::Held, OrderState::Exception})
            QCOMPARE(due(open, Production::Printing, true), std::int64_t{-1});
        QCOMPARE(due(OrderState::Held, Production::Printed, true), std::int64_t{-1});
    }
};

QTEST_APPLESS_MAIN(RetentionTest)
#include "retention_test.moc"
