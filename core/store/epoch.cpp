// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A new origin, and what of the old one a person must look at.
#include "core/store/epoch.h"

#include <sys/stat.h>

#include <algorithm>

#include "core/base/sha256.h"
#include "core/order/order_event.h"
#include "core/order/payment.h"
#include "core/print/production_event.h"
#include "core/store/event_chain.h"
#include "core/store/projections.h"
#include "core/store/rows.h"

namespace contone::store {
namespace {

/// A thousand orders for each day of which nothing is known, and by chance up to twenty thousand more: the same backup
/// may be restored twice.
Result<std::int64_t> numbersSkipped(db::Database& database, const Clock& clock) {
    CONTONE_TRY(const std::int64_t last, database.integer("SELECT coalesce(max(at), 0) FROM event"));
    constexpr std::int64_t dayMs = std::int64_t{24} * 3600 * 1000;
    const std::int64_t days = std::clamp<std::int64_t>((clock.now().ms - last) / dayMs, 0, 365);
    return 1000 * (1 + days + Uuid::generate(clock.now()).bytes.back() % 20);
}

Result<void> set(db::Database& database, std::string_view name, const std::string& value) {
    return database.run(
        "INSERT INTO store (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {name, value});
}

struct Writer {
    db::Database& database;
    const Clock& clock;
    std::string origin;

    template <class Fact>
    Result<void> record(const std::string& stream, const Fact& fact) {
        CONTONE_TRY(const Stored stored,
                    append(database, clock, origin,
                           {stream, std::string(Fact::type), Fact::schemaVersion, fact.json(), "agent"}));
        return apply(database, stored);
    }

    Result<void> holdWaiting() {
        CONTONE_TRY(const auto jobs, readOpenJobs(database));
        for (const print::PrintJob& job : jobs)
            if (!job.isHeld()) CONTONE_CHECK(record(print::productionStream(job.id), print::JobHeld{"store-restored"}));
        return {};
    }

    Result<void> holdUnprinted() {
        std::vector<OrderId> orders;
        {
            CONTONE_TRY(db::Statement rows,
                        database.query("SELECT id FROM orders WHERE state = 'placed' AND production <> 'printed'"));
            for (;;) {
                CONTONE_TRY(const bool row, rows.step());
                if (!row) break;
                CONTONE_TRY(orders.emplace_back(), idAt<OrderId>(rows, 0));
            }
        }
        for (const OrderId& order : orders)
            CONTONE_CHECK(
                record(order::orderStream(order),
                       order::OrderMoved{order::OrderState::Placed, order::OrderState::Held, "store-restored"}));
        return {};
    }

    Result<void> questionPayments() {
        CONTONE_TRY(const auto orders, readOpenPayments(database));
        for (const OrderId& order : orders) {
            CONTONE_TRY(const order::Payment payment, readPayment(database, order));
            if (payment.state == order::PaymentState::Authorising)
                CONTONE_CHECK(
                    record(order::paymentStream(order), order::PaymentUnknown{payment.open->charge, "store-restored"}));
        }
        return {};
    }
};

}  // namespace

Result<int> epochOf(db::Database& database) {
    const auto epoch = database.integer("SELECT CAST(value AS INTEGER) FROM store WHERE name = 'epoch'");
    if (!epoch && epoch.error().reason != "row-missing") return fail(epoch.error());
    return static_cast<int>(epoch.value_or(1));
}

std::string receiptSeries(int epoch, const std::string& origin) {
    std::string letters;
    for (int rest = epoch; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    if (epoch > 1)
        for (const char digit : Sha256::of(origin).toString().substr(0, 3))
            letters += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
    return letters;
}

std::string placeOf(const Path& folder) {
    struct stat st{};
    const bool isThere = ::stat(folder.c_str(), &st) == 0;
    const std::string machine = readTextFile("/etc/machine-id", 200).value_or("");
    return Sha256::of(machine + "/" + std::to_string(isThere ? st.st_ino : 0)).toString();
}

Result<std::string> beginEpoch(db::Database& database, const Clock& clock, const std::string& reason) {
    CONTONE_TRY(const int before, epochOf(database));
    CONTONE_TRY(const std::string originBefore, database.text("SELECT value FROM store WHERE name = 'origin'"));
    CONTONE_TRY(const std::string head, chainHead(database, originBefore));
    Writer writer{database, clock, Uuid::generate(clock.now()).toString()};
    CONTONE_CHECK(set(database, "epoch", std::to_string(before + 1)));
    CONTONE_CHECK(set(database, "origin", writer.origin));
    CONTONE_CHECK(set(database, "origin-before", originBefore));
    CONTONE_TRY(
        const std::int64_t lastNumber,
        database.integer("SELECT max(coalesce((SELECT max(number) FROM orders), 1000), "
                         "coalesce((SELECT CAST(value AS INTEGER) FROM store WHERE name = 'numbers-from'), 0))"));
    CONTONE_TRY(const std::int64_t skipped, numbersSkipped(database, clock));
    CONTONE_CHECK(set(database, "numbers-from", std::to_string(lastNumber + skipped)));
    CONTONE_CHECK(writer.record("store/" + writer.origin, EpochBegun{before + 1, reason, originBefore, head}));
    CONTONE_CHECK(writer.holdWaiting());
    CONTONE_CHECK(writer.holdUnprinted());
    CONTONE_CHECK(writer.questionPayments());
    return writer.origin;
}

}  // namespace contone::store
