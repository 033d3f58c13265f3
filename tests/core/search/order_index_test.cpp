// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Orders by what their customers said.
#include <QtTest>

#include "core/base/clock.h"
#include "core/search/order_index.h"

using namespace contone;

class OrderIndexTest : public QObject {
    Q_OBJECT
    const SystemClock m_clock;
    std::unique_ptr<search::OrderIndex> m_index;
    OrderId put(const std::string& name, const std::string& phone, std::vector<std::string> files) {
        const auto id = OrderId::generate(m_clock);
        order::Customer customer{.name = name, .fileNames = std::move(files)};
        customer.phone = phone;
        if (!m_index->put(id, customer)) qFatal("put");
        return id;
    }
    std::vector<OrderId> found(const std::string& text) { return *m_index->find(text, 100); }

  private slots:
    void init() { m_index = search::OrderIndex::create().value(); }

    void wordsAreFoundByTheirBeginningWhateverTheirCaseAndAccents() {
        const OrderId zoe = put("Zoë Müller", "+491705551234", {"Hochzeit 12.jpg", "DSC_0042.JPG"});
        const OrderId jan = put("Jan Mulder", "", {"hochzeit.jpg"});
        for (const char* text : {"zoe", "ZOË", "zo mul", "müll", "hochz zoë", "dsc_00", "\"zoe"})
            QVERIFY2(found(text) == std::vector{zoe}, text);
        QCOMPARE(found("hochzeit"), (std::vector{jan, zoe}));
        QCOMPARE(found("mul"), (std::vector{jan, zoe}));
        for (const char* text :
             {"", "  ", "zoe jan", "üller", "NOT zoe", "zoe OR jan", "said:zoe", "*", "\"", "(", "^zoe jan"})
            QVERIFY2(found(text).empty(), text);
    }

    void aPhoneIsFoundByFourOfItsDigits() {
        const OrderId one = put("A", "+491705551234", {});
        put("B", "+491705551299", {});
        QCOMPARE(found("1234"), std::vector{one});
        QCOMPARE(found("51234"), std::vector{one});
        QCOMPARE(found("0555").size(), std::size_t(2));
        QVERIFY(found("5678").empty());
    }

    void theNewestComeFirstAndTheOldestAreLeftOut() {
        const auto at = [&](const std::string& name) {
            return std::pair(OrderId::generate(m_clock), order::Customer{.name = "Ada " + name, .fileNames = {}});
        };
        const auto c = at("c"), b = at("b"), a = at("a");
        const OrderId e = put("Ada e", "", {});  // while older ones are read
        QVERIFY(m_index->putAll({c, b}).has_value());
        const OrderId f = put("Ada f", "", {});
        QVERIFY(m_index->putAll({a}).has_value());
        QCOMPARE(found("ada"), (std::vector{f, e, c.first, b.first, a.first}));
        QCOMPARE(*m_index->find("ada", 2), (std::vector{f, e}));
    }

    void whatIsRemovedOrChangedIsNotFound() {
        const OrderId zoe = put("Zoë", "", {});
        order::Customer other{.name = "Anna", .fileNames = {}};
        QVERIFY(m_index->put(zoe, other).has_value());
        QVERIFY(found("zoe").empty());
        QCOMPARE(found("anna"), std::vector{zoe});
        QVERIFY(m_index->remove(zoe).has_value());
        QVERIFY(m_index->remove(zoe).has_value());
        QVERIFY(found("anna").empty());
        QVERIFY(m_index->tidy().has_value() && m_index->tidy().has_value());
        QVERIFY(m_index->putAll({{zoe, other}}).has_value());
        QVERIFY(m_index->putAll({{zoe, order::Customer{.name = "Older", .fileNames = {}}}}).has_value());
        QCOMPARE(found("anna"), std::vector{zoe});  // what was put since is newer than what is read from the store
        QVERIFY(found("older").empty());
    }
};

QTEST_APPLESS_MAIN(OrderIndexTest)
#include "order_index_test.moc"
