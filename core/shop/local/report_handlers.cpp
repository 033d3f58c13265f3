// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The facts of a report, from the record.
#include <algorithm>
#include <array>

#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/report/report_facts.h"
#include "core/shop/local/handlers_p.h"

namespace contone::shop {
namespace {

using report::LeftOut;

/// Of what is read, one piece alone is wrong; anything else is wrong with all.
bool isOfOneRecord(const Error& error) {
    return error.code == Code::Corrupt || error.code == Code::Unsupported || error.code == Code::NotFound ||
           error.code == Code::Invalid;
}

/// Gathers what happened in a period. What cannot be read is left out, and its order named.
class Gatherer {
  public:
    Gatherer(const ShopParts& parts, const report::Period& period) : m_parts(parts), m_period(period) {}

    Result<report::Facts> gather() {
        constexpr std::array types{order::Placed::type, order::PaymentTaken::type, order::PaymentRefunded::type,
                                   order::PaymentVoided::type, print::SheetMoved::type};
        CONTONE_TRY(const auto events, m_parts.orders.eventsBetween(m_period.from, m_period.until, types));
        for (const auto& [position, event] : events) {
            CONTONE_CHECK(event.type == print::SheetMoved::type ? readSheetMove(event)
                          : event.type == order::Placed::type   ? readPlaced(event)
                                                                : readMoneyMove(event));
        }
        for (const OrderId& id : m_touched) CONTONE_CHECK(readOrder(id));
        for (const auto& [id, product] : m_parts.catalog.products()) m_facts.products[id] = product.name;
        for (const auto& [id, moved] : m_ended) CONTONE_CHECK(readSheet(id, moved));
        CONTONE_TRY(m_facts.costs, report::Costs::read(m_parts.costs));
        if (m_facts.costs)
            for (const OrderId& id : m_made) CONTONE_CHECK(readMade(id));
        CONTONE_CHECK(nameUnreadable());
        return std::move(m_facts);
    }

  private:
    /// Nothing, when only this is left out.
    Result<void> leaveOut(const std::string& what, std::optional<OrderId> order, LeftOut part, const Error& error) {
        if (!isOfOneRecord(error)) return std::unexpected(error);
        m_unreadable.try_emplace({order ? order->toString() : what, part}, order, error.reason);
        return {};
    }
    bool isLeftOut(const OrderId& id, LeftOut part) const { return m_unreadable.contains({id.toString(), part}); }

    Result<void> readPlaced(const order::Event& event) {
        const auto id = order::orderOf(event.stream);
        if (!id) return leaveOut(event.stream, std::nullopt, LeftOut::Money, id.error());
        m_placed.insert(*id);
        m_touched.insert(*id);
        return {};
    }
    Result<void> readMoneyMove(const order::Event& event) {
        const auto id = order::orderOfPayment(event.stream);
        if (!id) return leaveOut(event.stream, std::nullopt, LeftOut::Money, id.error());
        if (event.type == order::PaymentVoided::type) {
            m_facts.voided.insert(*id);
            return {};
        }
        m_touched.insert(*id);
        m_sold.insert(*id);
        const auto charge = chargeOf(event);
        if (!charge) return leaveOut(event.stream, *id, LeftOut::Money, charge.error());
        m_facts.moved.insert(*charge);
        return {};
    }
    static Result<order::ChargeId> chargeOf(const order::Event& event) {
        if (event.type == order::PaymentTaken::type) {
            CONTONE_TRY(const order::PaymentTaken taken, order::PaymentTaken::fromJson(event.json));
            return taken.charge;
        }
        CONTONE_TRY(const order::PaymentRefunded refunded, order::PaymentRefunded::fromJson(event.json));
        return refunded.charge;
    }

    Result<void> readSheetMove(const order::Event& event) {
        auto moved = print::SheetMoved::fromJson(event.json);
        if (!moved) {
            const auto id = print::jobOf(event.stream);
            std::optional<OrderId> of;
            if (id && jobOf(*id)) of = jobOf(*id)->order;
            return leaveOut(event.stream, of, LeftOut::Sheets, moved.error());
        }
        const bool counts = moved->to == print::SheetState::Out || moved->to == print::SheetState::Spoiled;
        if (!counts) return {};
        const SheetId id = moved->sheet;
        m_ended.insert_or_assign(id, std::pair(event.stream, *std::move(moved)));
        return {};
    }

    Result<void> readOrder(const OrderId& id) {
        auto order = m_parts.orders.order(id);
        if (!order) return leaveOut({}, id, LeftOut::Money, order.error());
        auto payment = m_parts.payments.payment(id);
        if (!payment) return leaveOut({}, id, LeftOut::Money, payment.error());
        if (isLeftOut(id, LeftOut::Money)) return {};
        report::Sold one{*std::move(order), *std::move(payment)};
        if (m_placed.contains(id)) m_facts.placed.push_back(one);
        if (!m_sold.contains(id)) return {};
        m_facts.sold.push_back(std::move(one));
        m_made.insert(id);
        return {};
    }

    const Result<print::PrintJob>& jobOf(const JobId& id) {
        auto found = m_jobs.find(id);
        if (found == m_jobs.end()) found = m_jobs.emplace(id, m_parts.ledger.printJob(id)).first;
        return found->second;
    }

    Result<void> readSheet(const SheetId& id, const std::pair<std::string, print::SheetMoved>& ended) {
        const auto& [stream, moved] = ended;
        const auto sheet = m_parts.ledger.sheet(id);
        const auto& job = jobOf(sheet ? sheet->job : print::jobOf(stream).value_or(JobId{}));
        if (!sheet)
            return leaveOut(stream, job ? std::optional(job->order) : std::nullopt, LeftOut::Sheets, sheet.error());
        if (!job) return leaveOut(stream, sheet->order, LeftOut::Sheets, job.error());
        const bool isOut = moved.to == print::SheetState::Out;
        std::string wasted = isOut ? "" : moved.reason;
        if (isOut && sheet->reprintOf && sheet->reprint &&
            sheet->reprint->reason != print::ReprintReason::CustomerWish) {
            const auto first = m_parts.ledger.sheet(*sheet->reprintOf);
            if (!first) return leaveOut(stream, sheet->order, LeftOut::Sheets, first.error());
            if (first->state == print::SheetState::Out) wasted = toString(sheet->reprint->reason);  // as spoilageOf()
        }
        m_facts.sheets.push_back(
            {job->setup.name, job->setup.medium, isOut, wasted, sheet->reprint.has_value(), mediumName(job->setup)});
        m_made.insert(sheet->order);
        return {};
    }

    std::string mediumName(const print::PrinterSetup& setup) const {
        const auto model = m_parts.models.find(setup.model);
        const auto* medium = model == m_parts.models.end() ? nullptr : model->second.medium(setup.medium);
        return medium == nullptr ? std::string() : medium->name;
    }

    /// All that was paid and printed of an order, with its times.
    Result<void> readMade(const OrderId& id) {
        auto made = madeOf(id);
        if (!made) return leaveOut({}, id, LeftOut::Margin, made.error());
        if (!order::isShopsOwn(made->sold.order)) m_facts.made.push_back(*std::move(made));
        return {};
    }
    Result<report::Made> madeOf(const OrderId& order) {
        report::Made made;
        CONTONE_TRY(made.sold.order, m_parts.orders.order(order));
        CONTONE_TRY(made.sold.payment, m_parts.payments.payment(order));
        CONTONE_TRY(const auto events, m_parts.orders.timeline(order));
        for (const auto& [position, event] : events) {
            if (event.type == order::PaymentTaken::type || event.type == order::PaymentRefunded::type) {
                CONTONE_TRY(const order::ChargeId charge, chargeOf(event));
                made.moved[charge] = event.at;
            }
            if (event.type != print::SheetMoved::type) continue;
            CONTONE_TRY(const print::SheetMoved moved, print::SheetMoved::fromJson(event.json));
            if (moved.to != print::SheetState::Out && moved.to != print::SheetState::Spoiled) continue;
            CONTONE_TRY(const JobId id, print::jobOf(event.stream));
            CONTONE_TRY(const print::PrintJob job, jobOf(id));
            made.sheets.push_back({event.at, job.setup.name, job.setup.medium, moved.to == print::SheetState::Out});
        }
        return made;
    }

    Result<void> nameUnreadable() {
        std::map<OrderId, int> numbers;
        const bool areOrders =
            std::ranges::any_of(m_unreadable, [](const auto& one) { return one.second.first.has_value(); });
        if (areOrders) {
            constexpr std::array types{order::Placed::type};
            CONTONE_TRY(const auto events, m_parts.orders.eventsBetween({}, m_period.until, types));
            for (const auto& [position, event] : events) {
                const auto id = order::orderOf(event.stream);
                const auto placed = order::Placed::fromJson(event.json);
                if (id && placed) numbers[*id] = placed->number;
            }
        }
        for (const auto& [which, found] : m_unreadable) {
            const auto& [id, reason] = found;
            m_facts.unreadable.push_back({id ? numbers[*id] : 0, which.first, which.second, reason});
        }
        std::ranges::stable_sort(m_facts.unreadable, {}, &report::UnreadableRow::order);
        return {};
    }

    const ShopParts& m_parts;
    const report::Period m_period;
    report::Facts m_facts;
    std::set<OrderId> m_touched, m_placed, m_sold, m_made;
    std::map<SheetId, std::pair<std::string, print::SheetMoved>> m_ended;  ///< its stream and the last word on it
    std::map<JobId, Result<print::PrintJob>> m_jobs;
    /// By id of the order, or the stream where that is not known: the order and the failure's reason.
    std::map<std::pair<std::string, LeftOut>, std::pair<std::optional<OrderId>, std::string>> m_unreadable;
};

}  // namespace

Result<report::Report> Handlers::handle(const ShowReport& asked, const Asking&) {
    const Instant now = m_parts.clock.now();
    CONTONE_TRY(const report::Period period,
                report::periodOf(asked.span, asked.day.empty() ? report::dayOf(now) : asked.day));
    CONTONE_TRY(const report::Facts facts, Gatherer(m_parts, period).gather());
    return report::reportOf(period, now, facts);
}

}  // namespace contone::shop
