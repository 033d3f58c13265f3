// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopDay: a random day at the counter, and the memory of everything the store acknowledged.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>

#include "tests/core/store/shop_fixture.h"

namespace contone::storetest {

/// One acknowledged fact as a line of text: "order <uuid>", "erased <uuid>", "sheet <uuid> <state>", "setup <name>",
/// "paid <order uuid> <receipt>".
using Acknowledge = std::function<void(const std::string&)>;

/// Does random things until something fails: places orders, takes money, plans and moves sheets, erases, saves setups.
class ShopDay {
  public:
    ShopDay(store::SqliteStore& store, unsigned seed, Acknowledge acknowledge)
        : m_store(store), m_random(seed), m_acknowledge(std::move(acknowledge)) {}

    /// One thing. False when the store refused or failed, with the error in lastError().
    bool doSomething() {
        const auto dice = m_random() % 24;
        if (dice < 5 || m_orders.empty()) return placeAndPlan();
        if (dice == 5) return erase();
        if (dice == 6) return saveSetup();
        if (dice >= 20) return pay();
        return moveOne();
    }
    const Error& lastError() const { return m_error; }

  private:
    template <class T>
    bool fine(const Result<T>& result) {
        if (!result) m_error = result.error();
        return result.has_value();
    }
    bool placeAndPlan() {
        const order::Customer customer{"Customer " + std::to_string(m_random()), {"a.jpg", "b.jpg"}};
        const auto order =
            m_store.place({line(m_clock, 1 + static_cast<int>(m_random() % 3)), line(m_clock, 1, "other")}, agreed,
                          customer, "kiosk");
        if (!fine(order)) return false;
        m_acknowledge("order " + order->id.toString());
        m_orders.push_back(order->id);
        const auto job = m_store.planJob(order->id, setup("lab"), sheetsFor(*order), "staff");
        if (!fine(job)) return false;
        const auto sheets = m_store.sheets({.job = job->id});
        if (!fine(sheets)) return false;
        for (const print::Sheet& sheet : *sheets) {
            m_acknowledge("sheet " + sheet.id.toString() + " planned");
            m_open.push_back(sheet.id);
        }
        return true;
    }
    bool erase() {
        const OrderId id = m_orders[m_random() % m_orders.size()];
        if (!fine(m_store.eraseCustomer(id, "asked", "staff"))) return false;
        m_acknowledge("erased " + id.toString());
        return true;
    }
    /// What it is told is refused (an order that is paid already) was not acknowledged, and is no failure.
    bool pay() {
        const OrderId id = m_orders[m_random() % m_orders.size()];
        const auto paid = m_store.changePayment(
            id,
            [&](const order::Payment& now,
                const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
                const auto taken = order::decideTake(now, {order::ChargeId::generate(m_clock)}, next);
                return taken ? std::optional<order::PaymentEvent>(*taken) : std::nullopt;
            },
            "staff");
        if (!fine(paid)) return false;
        m_acknowledge("paid " + id.toString() + " " + toString(paid->taken.back().receipt));
        return true;
    }
    bool saveSetup() {
        const std::string name = "s" + std::to_string(m_random() % 5);
        if (!fine(m_store.saveSetup(setup(name), "staff"))) return false;
        m_acknowledge("setup " + name);
        return true;
    }
    bool moveOne() {
        if (m_open.empty()) return placeAndPlan();
        const std::size_t which = m_random() % m_open.size();
        const auto sheet = m_store.sheet(m_open[which]);
        if (!fine(sheet)) return false;
        const auto next = nextStates(sheet->state);
        print::SheetMove move = to(next[m_random() % next.size()]);
        if (move.to == print::SheetState::Planned) move.attempt = AttemptId::generate(m_clock);
        const auto moved = m_store.move(sheet->id, sheet->state, move);
        if (!fine(moved)) return false;
        m_acknowledge("sheet " + sheet->id.toString() + " " + toString(moved->state));
        if (isFinal(moved->state)) m_open.erase(m_open.begin() + static_cast<std::ptrdiff_t>(which));
        return true;
    }
    static std::vector<print::SheetState> nextStates(print::SheetState from) {
        std::vector<print::SheetState> states;
        for (int i = 0; i < 8; i++)
            if (print::mayMove(from, static_cast<print::SheetState>(i)))
                states.push_back(static_cast<print::SheetState>(i));
        return states;
    }

    store::SqliteStore& m_store;
    std::mt19937 m_random;
    Acknowledge m_acknowledge;
    SystemClock m_clock;
    std::vector<OrderId> m_orders;
    std::vector<SheetId> m_open;
    Error m_error;
};

/// What was acknowledged, kept outside the store.
class Memory {
  public:
    void note(const std::string& fact) {
        const auto space = fact.find(' '), second = fact.find(' ', space + 1);
        const std::string kind = fact.substr(0, space), id = fact.substr(space + 1, second - space - 1);
        if (kind == "order") m_orders.insert(id);
        if (kind == "erased") m_erased.insert(id);
        if (kind == "setup") m_setups.insert(id);
        if (kind == "paid") m_receipts[id] = fact.substr(second + 1);
        if (kind == "sheet") m_sheets[id] = fact.substr(second + 1);
        m_facts++;
    }
    int facts() const { return m_facts; }

    /// "" when the store knows all of it. One sheet may be one step ahead: the move that was not acknowledged any more.
    std::string missingFrom(const store::SqliteStore& store) const {
        for (const std::string& id : m_orders) {
            const auto order = store.order(*OrderId::parse(id));
            if (!order || order->lines.size() != 2) return "order " + id;
        }
        for (const std::string& id : m_erased)
            if (store.customer(*OrderId::parse(id)).value_or(order::Customer{"x", {}}) != order::Customer{})
                return "erased " + id;
        for (const auto& [id, receipt] : m_receipts) {
            const auto payment = store.payment(*OrderId::parse(id));
            if (!payment || payment->state != order::PaymentState::Paid ||
                toString(payment->taken.back().receipt) != receipt)
                return "payment " + id;
        }
        for (const std::string& name : m_setups)
            if (!store.setup(name)) return "setup " + name;
        int ahead = 0;
        for (const auto& [id, state] : m_sheets) {
            const auto sheet = store.sheet(*SheetId::parse(id));
            if (!sheet) return "sheet " + id;
            if (toString(sheet->state) == state) continue;
            ahead++;
            if (!print::mayMove(*contone::parse<print::SheetState>(state), sheet->state))
                return "sheet " + id + " was " + state;
        }
        return ahead > 1 ? "more than one sheet ahead" : "";
    }
    /// After a restart what the store says is the truth to go on from.
    void accept(const store::SqliteStore& store) {
        for (auto& [id, state] : m_sheets) state = toString(store.sheet(*SheetId::parse(id))->state);
    }

  private:
    std::set<std::string> m_orders, m_erased, m_setups;
    std::map<std::string, std::string> m_sheets, m_receipts;
    int m_facts = 0;
};

}  // namespace contone::storetest
