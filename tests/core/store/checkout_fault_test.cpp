// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A disk that fails at each write of a checkout in turn: what is refused is said and not done, what was said to be done
// stays, and when the disk is well again the same program goes on from there: paid once, printed once.
#include <QTemporaryDir>
#include <QTest>

#include "core/base/clock.h"
#include "tests/core/store/power_cut_disk.h"
#include "tests/core/store/shop_fixture.h"

using namespace contone;
using namespace contone::storetest;
using store::SqliteStore;

namespace {

const SystemClock systemClock;

/// One order from the till to the tray, step by step; each may be tried again.
class Checkout {
  public:
    explicit Checkout(SqliteStore& store) : m_store(store) {}

    static constexpr int steps = 7;
    int done = 0;  ///< steps that were acknowledged
    Error error;   ///< of the one that was not

    /// Goes on until the end or a failure.
    bool run() {
        while (done < steps) {
            const auto step = take(done);
            if (!step) {
                error = step.error();
                return false;
            }
            done++;
        }
        return true;
    }
    OrderId order() const { return m_order.id; }
    /// Empty when the store has what was acknowledged, no more than one step of it twice, and nothing by halves.
    std::string verdict(const SqliteStore& store) const {
        if (done == 0) return "";
        const auto order = store.order(m_order.id);
        if (!order) return "the order is gone";
        const auto payment = store.payment(m_order.id);
        if (!payment) return "the payment is gone";
        if (done >= 2 && !payment->open && payment->taken.empty()) return "the charge is gone";
        if (done >= 3 && (payment->taken.size() != 1 || payment->open)) return "the payment is gone";
        if (payment->taken.size() > 1) return "it is paid twice";
        const auto sheets = store.sheets({.order = m_order.id});
        if (!sheets) return "the sheets are gone";
        if (done >= 4 && sheets->size() != 1) return "the sheet is gone";
        if (sheets->size() > 1) return "it is printed twice";
        constexpr std::array states{print::SheetState::Planned, print::SheetState::Sending, print::SheetState::Sent,
                                    print::SheetState::Out};
        if (done >= 4) {
            const auto least = states[static_cast<std::size_t>(done - 4)];
            if (std::ranges::find(states, sheets->front().state) < std::ranges::find(states, least))
                return "the sheet went back";
        }
        return "";
    }

  private:
    Result<void> take(int step) {
        switch (step) {
            case 0: {
                CONTONE_TRY(m_order, m_store.place({line(systemClock, 1)}, agreed, {"Zebulon", {"a.jpg"}}, "kiosk"));
                return {};
            }
            case 1:
                return pay([&](const order::Payment& now, const order::ReceiptNumber&) {
                    return event(order::decideBegin(now, {m_charge, order::PayMethod::Terminal, now.total, {}}));
                });
            case 2:
                return pay([&](const order::Payment& now, const order::ReceiptNumber& next) {
                    return event(order::decideSettle(now, {{}, true, "terminal-says"}, next));
                });
            case 3: {
                CONTONE_TRY(const auto job, m_store.planJob(m_order.id, setup("lab"), sheetsFor(m_order), "operator"));
                CONTONE_TRY(const auto sheets, m_store.sheets({.job = job.id}));
                m_sheet = sheets.front().id;
                return {};
            }
            case 4:
                return move(print::SheetState::Planned, print::SheetState::Sending);
            case 5:
                return move(print::SheetState::Sending, print::SheetState::Sent);
            default:
                return move(print::SheetState::Sent, print::SheetState::Out);
        }
    }
    template <class Fact>
    static Result<std::optional<order::PaymentEvent>> event(Result<Fact> fact) {
        if (!fact) return std::unexpected(fact.error());
        return order::PaymentEvent(*std::move(fact));
    }
    Result<void> pay(const order::PaymentStore::Decide& decide) {
        CONTONE_CHECK(m_store.changePayment(m_order.id, decide, "operator"));
        return {};
    }
    Result<void> move(print::SheetState from, print::SheetState next) {
        CONTONE_CHECK(m_store.move(m_sheet, from, to(next)));
        return {};
    }

    SqliteStore& m_store;
    const order::ChargeId m_charge = order::ChargeId::generate(systemClock);
    order::Order m_order;
    SheetId m_sheet;
};

std::unique_ptr<SqliteStore> opened(const Path& folder) {
    auto store = SqliteStore::open(folder, systemClock);
    if (!store) qFatal("%s: %s", store.error().reason.c_str(), store.error().detail.c_str());
    return *std::move(store);
}

/// A step that failed may have been written all the same, when it was the sync that failed: then it is there already.
bool isThereAlready(const Error& error) {
    return error.reason == "payment-open" || error.reason == "payment-not-open" || error.reason == "already-paid" ||
           error.reason == "sheet-moved" || error.reason == "already-printing";
}

}  // namespace

class CheckoutFaultTest : public QObject {
    Q_OBJECT
  private slots:
    void eachWriteOfACheckoutMayFail_data() {
        QTest::addColumn<int>("fault");
        QTest::newRow("full") << static_cast<int>(Fault::Full);
        QTest::newRow("writes fail") << static_cast<int>(Fault::WriteError);
        QTest::newRow("syncs fail") << static_cast<int>(Fault::SyncError);
    }
    void eachWriteOfACheckoutMayFail() {
        QFETCH(int, fault);
        int failures = 0;
        for (long at = 1;; at++) {
            QTemporaryDir dir;
            const Path folder = Path(dir.path().toStdString()) / "store";
            PowerCutDisk disk(static_cast<unsigned>(at));
            auto store = opened(folder);
            Checkout checkout(*store);
            disk.failAfter(at, static_cast<Fault>(fault));
            if (checkout.run()) break;  // the fault comes after all of it
            failures++;
            const std::string expected = static_cast<Fault>(fault) == Fault::Full ? "disk-full" : "io-error";
            QCOMPARE(checkout.error.reason, expected);
            QVERIFY(!checkout.error.message.empty());
            QCOMPARE(checkout.verdict(*store), std::string());  // reading goes on
            const auto refused = store->place({line(systemClock, 1)}, agreed, {}, "kiosk");
            if (static_cast<Fault>(fault) != Fault::SyncError) QVERIFY(!refused);
            disk.failAfter(0, Fault::None);
            while (!checkout.run()) {
                QVERIFY2(isThereAlready(checkout.error), checkout.error.detail.c_str());
                checkout.done++;
            }
            QCOMPARE(checkout.verdict(*store), std::string());
            store.reset();
            store = opened(folder);
            QCOMPARE(checkout.verdict(*store), std::string());
            QVERIFY(store->check().has_value());
        }
        QVERIFY2(failures >= 14, std::to_string(failures).c_str());  // each of seven commits writes and syncs
        qInfo("%s: %d operations of a checkout failed in turn, nothing acknowledged lost, paid and printed once",
              QTest::currentDataTag(), failures);
    }
    void aPowerCutAfterTheFailureTakesNothingThatWasAcknowledged() {
        for (const Fault fault : {Fault::Full, Fault::WriteError, Fault::SyncError}) {
            for (long at = 1;; at += 3) {  // each third: every one is failed above
                QTemporaryDir dir;
                const Path folder = Path(dir.path().toStdString()) / "store";
                PowerCutDisk disk(static_cast<unsigned>(at) + 7000);
                auto store = opened(folder);
                Checkout checkout(*store);
                disk.failAfter(at, fault);
                const bool isOver = checkout.run();
                disk.cutNow();
                store.reset();
                disk.failAfter(0, Fault::None);
                disk.powerOn();
                store = opened(folder);
                QVERIFY2(checkout.verdict(*store).empty(), checkout.verdict(*store).c_str());
                if (isOver) break;
            }
        }
    }
    /// A disk on which nothing is left but what the shop keeps for this.
    void whatHasHappenedIsWrittenDownOnAFullDisk() {
        QTemporaryDir dir;
        const Path folder = Path(dir.path().toStdString()) / "store";
        PowerCutDisk disk(1);
        auto store = opened(folder);
        const Path reserve = folder / "reserve";
        QCOMPARE(std::filesystem::file_size(reserve), std::uintmax_t(4) << 20);
        disk.setRelief([&] { return !std::filesystem::exists(reserve); });
        const auto order = store->place({line(systemClock, 1)}, agreed, {}, "kiosk");
        const auto job = store->planJob(order->id, setup("lab"), sheetsFor(*order), "operator");
        const SheetId sheet = store->sheets({.job = job->id})->front().id;
        QVERIFY(store->move(sheet, print::SheetState::Planned, to(print::SheetState::Sending)).has_value());
        const auto charge = order::ChargeId::generate(systemClock);
        const auto begin = [&](const order::Payment& now,
                               const order::ReceiptNumber&) -> Result<std::optional<order::PaymentEvent>> {
            CONTONE_TRY(const auto begun, order::decideBegin(now, {charge, order::PayMethod::Terminal, now.total, {}}));
            return begun;
        };
        QVERIFY(store->changePayment(order->id, begin, "operator").has_value());
        disk.failAfter(0, Fault::Full);
        // Nothing new is begun.
        QCOMPARE(store->place({line(systemClock, 1)}, agreed, {}, "kiosk").error().reason, std::string("disk-full"));
        QVERIFY(std::filesystem::exists(reserve));
        // But the card was charged, and the print came out.
        const auto paid = store->changePayment(
            order->id,
            [](const order::Payment& now,
               const order::ReceiptNumber& next) -> Result<std::optional<order::PaymentEvent>> {
                CONTONE_TRY(order::PaymentEvent event, order::decideSettle(now, {{}, true, "terminal-says"}, next));
                return event;
            },
            "operator");
        QVERIFY2(paid.has_value(), paid ? "" : paid.error().detail.c_str());
        QVERIFY(!std::filesystem::exists(reserve));
        QVERIFY(store->move(sheet, print::SheetState::Sending, to(print::SheetState::Sent)).has_value());
        QVERIFY(store->move(sheet, print::SheetState::Sent, to(print::SheetState::Out)).has_value());
        disk.failAfter(0, Fault::None);
        store.reset();
        store = opened(folder);
        QVERIFY(std::filesystem::exists(reserve));  // there is space again
        QVERIFY(store->payment(order->id)->state == order::PaymentState::Paid);
        QVERIFY(store->sheet(sheet)->state == print::SheetState::Out);
    }
};

QTEST_GUILESS_MAIN(CheckoutFaultTest)
#include "checkout_fault_test.moc"
