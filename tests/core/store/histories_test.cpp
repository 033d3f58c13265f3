// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// After any history of orders, payments and sheets the projections are what a rebuild makes of the events.
#include <QTemporaryDir>
#include <QTest>

#include <random>

#include "core/store/event_chain.h"
#include "tests/core/store/shop_fixture.h"

using namespace contone;
using namespace contone::store;
using namespace contone::storetest;

namespace {

const SystemClock systemClock;

/// Does random things; what is refused is refused. Counts what was done.
class RandomHistory {
  public:
    RandomHistory(SqliteStore& store, unsigned seed) : m_store(store), m_random(seed) {}

    void step() {
        if (m_orders.empty()) return place();
        const OrderId id = m_orders[m_random() % m_orders.size()];
        switch (m_random() % 9) {
            case 0:
                return place();
            case 1:
                return draft();
            case 2:
                return count(m_store.cancel(id, "left", "staff"));
            case 3: {
                const auto to = static_cast<order::OrderState>(m_random() % 7);
                return count(m_store.moveOrder(id, to, "why", "staff"));
            }
            case 4:
            case 5:
                return pay(id);
            case 6: {
                const auto order = m_store.order(id);
                if (order->state == order::OrderState::Draft) return;
                return count(m_store.planJob(id, setup("lab"), sheetsFor(*order), "staff"));
            }
            default:
                return moveSheet(id);
        }
    }
    int done() const { return m_done; }

  private:
    template <class T>
    void count(const Result<T>& result) {
        m_done += result ? 1 : 0;
    }
    void place() {
        const auto order = m_store.place({line(systemClock, 1 + static_cast<int>(m_random() % 3))}, agreed,
                                         {"Ada", {"a.jpg"}}, "kiosk");
        if (order) m_orders.push_back(order->id);
        count(order);
    }
    void draft() {
        const auto id = project::ProjectId::generate(systemClock);
        count(m_store.saveProject(id, 0, {}, "kiosk"));
        m_orders.push_back(orderOf(id));
        if (m_random() % 3 == 0) return count(m_store.eraseProject(id, "kiosk"));
        if (m_random() % 2 == 0) count(m_store.placeProject(id, 1, {line(systemClock, 1)}, agreed, {}, "kiosk"));
    }
    void pay(OrderId id) {
        const auto charge = order::ChargeId::generate(systemClock);
        const auto what = m_random() % 5;
        const bool moved = m_random() % 2 == 0;
        count(m_store.changePayment(
            id,
            [&](const order::Payment& now,
                const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
                const auto event = [](const auto& decided) -> Result<std::optional<order::PaymentEvent>> {
                    if (!decided) return std::unexpected(decided.error());
                    return order::PaymentEvent(*decided);
                };
                if (what == 0) return event(order::decideTake(now, {charge}, next));
                if (what == 1)
                    return event(order::decideBegin(now, {charge, order::PayMethod::Terminal, now.outstanding(), {}}));
                if (what == 2 && now.open) return order::PaymentUnknown{now.open->charge, "lost"};
                if (what == 3)
                    return event(
                        order::decideRefund(now, {charge, order::PayMethod::Cash, {10, "EUR"}, {}, {}, "why"}, next));
                return event(order::decideSettle(now, {{}, moved, "seen"}, next));
            },
            "staff"));
    }
    void moveSheet(OrderId id) {
        const auto sheets = m_store.sheets({.order = id, .openOnly = true});
        if (sheets->empty()) return;
        const print::Sheet& sheet = (*sheets)[m_random() % sheets->size()];
        print::SheetMove move = to(static_cast<print::SheetState>(m_random() % 8));
        if (move.to == print::SheetState::Planned) move.attempt = AttemptId::generate(systemClock);
        count(m_store.move(sheet.id, sheet.state, move));
    }

    SqliteStore& m_store;
    std::mt19937 m_random;
    std::vector<OrderId> m_orders;
    int m_done = 0;
};

}  // namespace

class HistoriesTest : public QObject {
    Q_OBJECT
  private slots:
    void projectionsAreWhatARebuildMakesOfTheEvents() {
        int done = 0;
        for (unsigned seed = 1; seed <= 12; seed++) {
            QTemporaryDir dir;
            const Path folder = dir.path().toStdString();
            {
                auto store = *SqliteStore::open(folder, systemClock);
                RandomHistory history(*store, seed);
                for (int i = 0; i < 250; i++) history.step();
                done += history.done();
            }
            const auto before = dump(folder);
            {
                auto store = SqliteStore::open(folder, systemClock);
                QVERIFY2(store, store ? "" : store.error().detail.c_str());
                const auto rebuilt = (*store)->rebuildProjections();
                QVERIFY2(rebuilt, rebuilt ? "" : rebuilt.error().detail.c_str());
            }
            const auto after = dump(folder);
            for (const auto& [table, rows] : before)
                QVERIFY2(after.at(table) == rows, (table + ", seed " + std::to_string(seed)).c_str());
            auto database = db::Database::open(folder / "contone.db", db::Missing::Fail);
            QVERIFY(checkChain(*database).has_value());
        }
        QVERIFY2(done > 1000, std::to_string(done).c_str());
    }
};

QTEST_GUILESS_MAIN(HistoriesTest)
#include "histories_test.moc"
