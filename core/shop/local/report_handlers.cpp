// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The facts of a report, from the record.
#include <array>

#include "core/print/production_event.h"
#include "core/report/report.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {

Result<report::Report> Handlers::handle(const ShowReport& asked, const Asking&) {
    const Instant now = m_parts.clock.now();
    CONTONE_TRY(const report::Period period,
                report::periodOf(asked.span, asked.day.empty() ? report::dayOf(now) : asked.day));
    constexpr std::array types{order::PaymentTaken::type, order::PaymentRefunded::type, print::SheetMoved::type};
    CONTONE_TRY(const auto events, m_parts.orders.eventsBetween(period.from, period.until, types));
    report::Facts facts;
    std::set<OrderId> sold;
    std::map<SheetId, print::SheetMoved> ended;  // the last word on each
    for (const auto& [position, event] : events) {
        if (event.type == print::SheetMoved::type) {
            CONTONE_TRY(print::SheetMoved moved, print::SheetMoved::fromJson(event.json));
            const bool counts = moved.to == print::SheetState::Out || moved.to == print::SheetState::Spoiled;
            if (counts) ended[moved.sheet] = std::move(moved);
            continue;
        }
        if (event.type == order::PaymentTaken::type) {
            CONTONE_TRY(const order::PaymentTaken taken, order::PaymentTaken::fromJson(event.json));
            facts.moved.insert(taken.charge);
        } else {
            CONTONE_TRY(const order::PaymentRefunded refunded, order::PaymentRefunded::fromJson(event.json));
            facts.moved.insert(refunded.charge);
        }
        CONTONE_TRY(const OrderId id, order::orderOfPayment(event.stream));
        sold.insert(id);
    }
    for (const OrderId& id : sold) {
        report::Sold& one = facts.sold.emplace_back();
        CONTONE_TRY(one.order, m_parts.orders.order(id));
        CONTONE_TRY(one.payment, m_parts.payments.payment(id));
    }
    std::map<JobId, print::PrintJob> jobs;
    for (const auto& [id, moved] : ended) {
        CONTONE_TRY(const print::Sheet sheet, m_parts.ledger.sheet(id));
        if (!jobs.contains(sheet.job)) {
            CONTONE_TRY(jobs[sheet.job], m_parts.ledger.printJob(sheet.job));
        }
        const print::PrinterSetup& setup = jobs[sheet.job].setup;
        const bool isOut = moved.to == print::SheetState::Out;
        std::string wasted = isOut ? "" : moved.reason;
        if (isOut && sheet.reprintOf && sheet.reprint && sheet.reprint->reason != print::ReprintReason::CustomerWish) {
            CONTONE_TRY(const print::Sheet first, m_parts.ledger.sheet(*sheet.reprintOf));
            if (first.state == print::SheetState::Out) wasted = toString(sheet.reprint->reason);  // as spoilageOf()
        }
        facts.sheets.push_back({setup.name, setup.medium, isOut, wasted, sheet.reprint.has_value()});
    }
    return report::reportOf(period, now, facts);
}

}  // namespace contone::shop
