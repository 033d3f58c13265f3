// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Rows: orders, jobs, sheets and setups as rows of their projections and back.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/db/database.h"
#include "core/order/order.h"
#include "core/order/payment.h"
#include "core/print/setup.h"
#include "core/print/sheet.h"

namespace contone::store {

/// A row that does not hold what it must: the file is damaged.
std::unexpected<Error> damagedRow(const Error& cause);

template <class Id>
Result<Id> idAt(const db::Statement& row, int column) {
    auto id = Id::parse(row.text(column));
    if (!id) return damagedRow(id.error());
    return *id;
}

/// `position`: of its first event.
Result<void> insertOrder(db::Database& database, const order::Order& order, std::int64_t position);
Result<void> placeDraft(db::Database& database, const order::Order& order);
Result<void> setOrderState(db::Database& database, OrderId id, order::OrderState state, const std::string& reason);
Result<void> setProduction(db::Database& database, OrderId id, order::Production production);
Result<void> setNewer(db::Database& database, OrderId id, const std::string& type);
/// Empty when there is none.
Result<std::optional<order::Order>> findOrder(db::Database& database, OrderId id);
/// NotFound "order-unknown".
Result<order::Order> readOrder(db::Database& database, OrderId id);
Result<order::Order> readOrderByNumber(db::Database& database, int number);
/// As OrderStore::orderByCode.
Result<order::Order> readOrderByCode(db::Database& database, std::span<const order::OrderCode> meant);
/// Without drafts.
Result<std::vector<order::Order>> readOrders(db::Database& database, int limit, std::optional<OrderId> after = {});

/// Of an order without a payment of its own yet: what is to be paid for it. NotFound "order-unknown".
Result<order::Payment> readPayment(db::Database& database, OrderId order);
Result<void> writePayment(db::Database& database, OrderId order, const order::Payment& payment);
Result<void> insertReceipt(db::Database& database, OrderId order, const order::ReceiptNumber& receipt,
                           const order::ChargeId& charge);
Result<std::vector<OrderId>> readOpenPayments(db::Database& database);
/// The number that the next receipt of this series has.
Result<int> nextReceipt(db::Database& database, const std::string& series);

/// Its own events, those of its payment and of its jobs, oldest first.
Result<std::vector<order::OrderStore::Stored>> readTimeline(db::Database& database, OrderId id,
                                                            const std::vector<JobId>& jobs);
/// By order. Reads all jobs: an index that is damaged must not hide one.
Result<std::map<OrderId, std::vector<JobId>>> readJobsOfOrders(db::Database& database);

Result<void> insertJob(db::Database& database, const print::PrintJob& job, std::int64_t position);
/// NotFound "job-unknown".
Result<print::PrintJob> readJob(db::Database& database, JobId id);
Result<std::vector<print::PrintJob>> readOpenJobs(db::Database& database);
/// What can change: priority, hold, release.
Result<void> updateJob(db::Database& database, const print::PrintJob& job);
/// Newest first.
Result<std::vector<print::JobTally>> readTallies(db::Database& database, bool openOnly, int limit,
                                                 std::optional<JobId> after = {});

enum class Open { OrNot, Only };  ///< whether only sheets count that are not final
Result<std::map<print::SheetState, int>> readStates(db::Database& database, JobId id, Open open);

Result<void> insertSheet(db::Database& database, const print::Sheet& sheet);
/// What can change: state, attempt, scheduler's job, reason, message, raster, fingerprint, time.
/// All but its attempt, which most moves keep: to write it costs a place in an index.
Result<void> updateSheet(db::Database& database, const print::Sheet& sheet);
Result<void> setAttempt(db::Database& database, SheetId id, AttemptId attempt);
/// NotFound "sheet-unknown".
Result<print::Sheet> readSheet(db::Database& database, SheetId id);
/// Sheets of the order that still use paper, or may. Costs the same however many it has.
Result<bool> hasOpenSheets(db::Database& database, OrderId order);
/// Sheets of the order that a person must look for.
Result<bool> hasUnknownSheets(db::Database& database, OrderId order);
Result<std::vector<print::Sheet>> readSheets(db::Database& database, const print::SheetFilter& filter);

/// NotFound "setup-unknown".
Result<print::PrinterSetup> readSetup(db::Database& database, const std::string& name);
Result<std::vector<print::PrinterSetup>> readSetups(db::Database& database);
/// All well when nothing is known.
Result<print::PrinterCondition> readCondition(db::Database& database, const std::string& setup);
Result<void> writeCondition(db::Database& database, const std::string& setup, const print::PrinterCondition& condition);

}  // namespace contone::store
