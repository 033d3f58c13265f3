// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Decides, appends and applies as the store does, in transactions of its own.
#include "tests/bench/many_orders.h"

#include <fmt/format.h>

#include "core/base/clock.h"
#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/store/personal.h"
#include "core/store/projections.h"
#include "core/store/rows.h"

namespace contone::bench {
namespace {

using order::OrderState;
using print::SheetState;

constexpr int ordersInOneTransaction = 250, waiting = 50;

class Filling {
  public:
    Filling(db::Database& database, keys::KeyRing& ring, std::string origin, int number)
        : m_database(database), m_ring(ring), m_origin(std::move(origin)), m_number(number) {
        m_setup.name = "lab";
        m_setup.route = {print::RouteKind::Sim, "out"};
        m_setup.model = "dnp-ds620";
        m_setup.medium = "4x6";
        m_setup.finish = "glossy";
        m_setup.profile = Sha256::of("profile");
    }

    Result<void> saveSetup() { return record(print::setupStream(m_setup.name), print::SetupSaved{m_setup}, "owner"); }

    Result<void> add(bool waits) {
        CONTONE_TRY(const OrderId id, place());
        CONTONE_CHECK(pay(id));
        CONTONE_TRY(const JobId job, plan(id));
        if (waits) return {};
        CONTONE_TRY(const auto sheets, store::readSheets(m_database, {.job = job}));
        for (const print::Sheet& sheet : sheets) CONTONE_CHECK(print(sheet));
        return collect(id);
    }

  private:
    template <class Fact>
    Result<void> record(const std::string& stream, const Fact& fact, const std::string& actor) {
        CONTONE_TRY(const store::Stored stored,
                    store::append(m_database, m_clock, m_origin,
                                  {stream, std::string(Fact::type), Fact::schemaVersion, fact.json(), actor}));
        return store::apply(m_database, stored);
    }

    Result<OrderId> place() {
        const int n = ++m_number;
        std::vector<order::OrderLine> lines(2);
        order::Customer customer{.name = fmt::format("Customer {} of street {}", n, n % 977), .fileNames = {}};
        for (int i = 0; i < 2; i++) {
            order::OrderLine& line = lines[static_cast<std::size_t>(i)];
            line.id = LineId::generate(m_clock);
            line.original = Sha256::of(fmt::format("{} {}", n, i));
            line.product = n % 3 == 0 ? "13x18" : "10x15";
            line.price = {59, "EUR"};
            customer.fileNames.push_back(fmt::format("DSC_{:04}.JPG", (n + i) % 10'000));
        }
        const OrderId id = OrderId::generate(m_clock);
        CONTONE_TRY(const order::Placed placed,
                    order::decidePlace(lines, {{118, "EUR"}, {}}, n, order::OrderCode::random()));
        CONTONE_CHECK(record(order::orderStream(id), placed, "customer/kiosk-1"));
        CONTONE_TRY(const keys::KeyRing::Taken key, m_ring.take());
        CONTONE_CHECK(store::beginPersonal(m_database, id, key.id));
        CONTONE_TRY(const std::string text, store::customerText(customer));
        CONTONE_CHECK(store::writePersonal(m_database, &m_ring, id, store::customerRow, text));
        return id;
    }

    Result<void> pay(OrderId id) {
        CONTONE_TRY(const order::Payment before, store::readPayment(m_database, id));
        CONTONE_TRY(const int next, store::nextReceipt(m_database, series));
        CONTONE_TRY(const order::PaymentTaken taken,
                    order::decideTake(before, {order::ChargeId::generate(m_clock)}, {series, next}));
        return record(order::paymentStream(id), taken, "operator");
    }

    Result<JobId> plan(OrderId id) {
        CONTONE_TRY(const order::Order order, store::readOrder(m_database, id));
        std::vector<print::PlannedSheet> sheets;
        for (const order::OrderLine& line : order.lines)
            sheets.push_back({line.id, 1, render::Recipe{.photos = {{.original = line.original}}}});
        CONTONE_TRY(const print::JobPlanned planned, print::decidePlan(order, {}, m_setup, sheets, {}, m_clock));
        const JobId job = JobId::generate(m_clock);
        CONTONE_CHECK(record(print::productionStream(job), planned, "agent"));
        return job;
    }

    Result<void> print(const print::Sheet& sheet) {
        for (print::Sheet now = sheet;
             const SheetState state : {SheetState::Sending, SheetState::Sent, SheetState::Out}) {
            CONTONE_TRY(const print::SheetMoved moved,
                        print::decideMove(now, now.state, {state, "", "", {}, {}, {}, "agent", {}}));
            CONTONE_CHECK(record(print::productionStream(sheet.job), moved, "agent"));
            CONTONE_TRY(now, store::readSheet(m_database, sheet.id));
        }
        return {};
    }

    Result<void> collect(OrderId id) {
        const std::string stream = order::orderStream(id);
        CONTONE_CHECK(record(stream, order::OrderMoved{OrderState::Placed, OrderState::Ready, "printed"}, "agent"));
        if (m_number % 4 != 0) return {};
        return record(stream, order::OrderMoved{OrderState::Ready, OrderState::Collected, ""}, "operator");
    }

    db::Database& m_database;
    keys::KeyRing& m_ring;
    std::string m_origin;
    int m_number;
    const std::string series = "A";
    SystemClock m_clock;
    print::PrinterSetup m_setup;
};

}  // namespace

Result<void> fillWithOrders(const Path& home, keys::KeyRing& ring, int orders, const std::function<void(int)>& done) {
    CONTONE_TRY(db::Database database, db::Database::open(home / "contone.db", db::Missing::Fail));
    CONTONE_CHECK(database.script("PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"));
    CONTONE_TRY(const std::string origin, database.text("SELECT value FROM store WHERE name = 'origin'"));
    CONTONE_TRY(const std::int64_t number, database.integer("SELECT coalesce(max(number), 1000) FROM orders"));
    Filling filling(database, ring, origin, static_cast<int>(number));
    for (int i = 0; i < orders;) {
        CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(database, db::Lock::Immediate));
        if (i == 0) CONTONE_CHECK(filling.saveSetup());
        for (const int end = std::min(i + ordersInOneTransaction, orders); i < end; i++)
            CONTONE_CHECK(filling.add(i >= orders - waiting));
        CONTONE_CHECK(transaction.commit());
        done(i);
    }
    return {};
}

}  // namespace contone::bench
