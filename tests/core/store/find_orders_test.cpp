// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Found and counted orders are those that somebody would find who looked at each.
#include <algorithm>
#include <random>

#include "tests/core/store/filled_store.h"

using namespace contone;
using namespace contone::storetest;

namespace {

bool fits(const order::Order& order, const order::OrderFilter& filter) {
    const auto isOne = [](const auto& wanted, auto value) {
        return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
    };
    return isOne(filter.states, order.state) && isOne(filter.payments, order.payment) &&
           (filter.product.empty() ||
            std::ranges::any_of(order.lines, [&](const auto& line) { return line.product == filter.product; })) &&
           (!filter.from || order.placedAt.ms >= filter.from->ms) &&
           (!filter.until || order.placedAt.ms < filter.until->ms) &&
           (!filter.among || std::ranges::find(*filter.among, order.id) != filter.among->end());
}

order::OrderFacets counted(const std::vector<order::Order>& orders) {
    order::OrderFacets facets;
    for (const order::Order& order : orders) {
        facets.orders++;
        facets.states[toString(order.state)]++;
        facets.payments[toString(order.payment)]++;
        std::set<std::string> products;
        for (const order::OrderLine& line : order.lines) products.insert(line.product);
        for (const std::string& product : products) facets.products[product]++;
    }
    return facets;
}

}  // namespace

class FindOrdersTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<SqliteStore> m_store;
    std::mt19937 m_random{5};

    void placeOne() {
        std::vector<order::OrderLine> lines;
        for (unsigned i = 0; i <= m_random() % 3; i++) {
            lines.push_back(line(systemClock, 1, std::to_string(m_random())));
            lines.back().product = std::array{"10x15", "13x18", "mug"}[m_random() % 3];
        }
        const OrderId id = m_store->place(lines, agreed, {}, "kiosk")->id;
        if (m_random() % 2 == 0) (void)m_store->moveOrder(id, order::OrderState::Ready, "", "staff");
        if (m_random() % 3 == 0) (void)m_store->moveOrder(id, order::OrderState::Held, "why", "staff");
        if (m_random() % 5 == 0) (void)m_store->cancel(id, "left", "staff");
        if (m_random() % 4 == 0)
            (void)m_store->saveProject(project::ProjectId::generate(systemClock), 0, {}, "kiosk");  // a draft
    }
    order::OrderFilter anyFilter(const std::vector<order::Order>& all) {
        order::OrderFilter filter;
        const auto one = [&]() -> const order::Order& { return all[m_random() % all.size()]; };
        if (m_random() % 3 == 0) filter.states = {one().state, one().state};
        if (m_random() % 3 == 0) filter.payments = {one().payment};
        if (m_random() % 3 == 0) filter.product = m_random() % 5 == 0 ? "none" : one().lines.front().product;
        if (m_random() % 3 == 0) filter.from = one().placedAt;
        if (m_random() % 3 == 0) filter.until = one().placedAt;
        if (m_random() % 5 == 0) filter.among = {one().id, one().id, one().id};
        return filter;
    }

  private slots:
    void initTestCase() {
        m_store = openStore(m_dir);
        for (int i = 0; i < 150; i++) placeOne();
    }
    void whatAFilterFindsIsWhatFits() {
        const auto all = *m_store->orders(1000);
        QCOMPARE(all.size(), std::size_t{150});
        std::size_t most = 0;
        for (int i = 0; i < 300; i++) {
            const order::OrderFilter filter = anyFilter(all);
            std::vector<order::Order> expected;
            std::ranges::copy_if(all, std::back_inserter(expected), [&](const auto& o) { return fits(o, filter); });
            const auto found = m_store->findOrders(filter, 1000);
            QVERIFY2(found, found ? "" : found.error().detail.c_str());
            QVERIFY(*found == expected);
            most = std::max(most, found->size());
            const auto counts = m_store->countOrders(filter);
            QVERIFY2(counts, counts ? "" : counts.error().detail.c_str());
            QVERIFY(*counts == counted(expected));
            if (expected.size() < 4) continue;
            const auto second = m_store->findOrders(filter, 2, expected[1].id);
            QVERIFY(second && second->size() == 2 && second->front() == expected[2]);
        }
        QVERIFY(most == all.size());
    }
};

QTEST_GUILESS_MAIN(FindOrdersTest)
#include "find_orders_test.moc"
