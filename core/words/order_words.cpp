// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Each event as the sentence that a person reads in an order's history.
#include "core/words/order_words.h"

#include "core/order/order_event.h"
#include "core/print/production_event.h"
#include "core/words/say.h"
#include "core/words/sentences.h"

namespace contone::words {
namespace {

std::string why(const std::string& reason) {
    return reason.empty() ? "" : " (" + reason + ")";
}

/// The end of a sheet's id: enough to tell those of one order apart.
std::string shortName(const SheetId& sheet) {
    const std::string whole = sheet.toString();
    return whole.substr(whole.size() - 4);
}

struct Happened {
    const Locale& locale;

    std::string said(std::string_view type, std::initializer_list<Argument> arguments = {}) const {
        return say(locale, "event." + std::string(type), arguments, type);
    }

    std::string operator()(const order::Drafted& drafted) const {
        return said(drafted.type, {{"code", drafted.code.toString()}});
    }
    std::string operator()(const order::Placed& placed) const {
        std::int64_t prints = 0;
        for (const order::OrderLine& line : placed.lines) prints += line.copies;
        return said(placed.type, {{"number", std::to_string(placed.number)},
                                  {"prints", prints},
                                  {"n", prints},
                                  {"total", locale.money(placed.price.total)}});
    }
    std::string operator()(const order::OrderMoved& moved) const {
        return said(moved.type,
                    {{"from", toString(moved.from)}, {"to", toString(moved.to)}, {"why", why(moved.reason)}});
    }
    std::string operator()(const order::Cancelled& cancelled) const {
        return said(cancelled.type, {{"why", why(cancelled.reason)}});
    }
    std::string operator()(const order::CustomerErased& erased) const {
        return said(erased.type, {{"why", why(erased.reason)}});
    }
    std::string operator()(const order::FindingsAccepted& accepted) const {
        return said(accepted.type, {{"n", static_cast<std::int64_t>(accepted.findings.size())}});
    }

    std::string operator()(const order::PaymentBegun& begun) const {
        return said(begun.type, {{"amount", locale.money(begun.amount)}});
    }
    std::string operator()(const order::PaymentTaken& taken) const { return moneyMoved(taken); }
    std::string operator()(const order::RefundBegun& begun) const {
        return said(begun.type, {{"amount", locale.money(begun.amount)}});
    }
    std::string operator()(const order::PaymentRefunded& refunded) const {
        if (refunded.approvedBy.empty()) return moneyMoved(refunded);
        return moneyMoved(refunded) + " " + say(locale, "event.approved", {{"person", refunded.approvedBy}});
    }
    std::string operator()(const order::PaymentFailed& failed) const {
        return said(failed.type, {{"why", why(failed.reason)}});
    }
    std::string operator()(const order::PaymentUnknown& unknown) const {
        return said(unknown.type, {{"why", why(unknown.reason)}});
    }
    std::string operator()(const order::PaymentVoided& voided) const {
        return said(voided.type, {{"why", why(voided.reason)}});
    }

    std::string operator()(const print::JobPlanned& planned) const {
        const auto sheets = static_cast<std::int64_t>(planned.sheets.size());
        const bool again = !planned.sheets.empty() && planned.sheets.front().reprint;
        return said(planned.type, {{"n", sheets},
                                   {"setup", planned.setup.name},
                                   {"why", again ? why(toString(planned.sheets.front().reprint->reason)) : ""}});
    }
    std::string operator()(const print::SheetMoved& moved) const {
        return said(
            moved.type,
            {{"sheet", shortName(moved.sheet)}, {"state", sheetState(locale, moved.to)}, {"why", why(moved.reason)}});
    }
    std::string operator()(const print::SchedulerJobNoted& noted) const {
        return said(noted.type, {{"sheet", shortName(noted.sheet)}, {"job", std::to_string(noted.schedulerJob)}});
    }
    std::string operator()(const print::JobHeld& held) const { return said(held.type, {{"why", why(held.reason)}}); }
    std::string operator()(const print::JobReleased& released) const { return said(released.type); }
    std::string operator()(const print::JobPriorityChanged& changed) const {
        return said(changed.type, {{"priority", toString(changed.priority)}});
    }
    std::string operator()(const print::SheetNoted& noted) const {
        return said(noted.type, {{"sheet", shortName(noted.sheet)}, {"message", noted.message}});
    }
    /// Of printers and setups: no order's.
    std::string operator()(const auto& other) const { return std::string(other.type); }

  private:
    template <class Fact>
    std::string moneyMoved(const Fact& fact) const {
        return said(fact.type, {{"amount", locale.money(fact.amount)},
                                {"method", method(locale, fact.method)},
                                {"receipt", order::toString(fact.receipt)},
                                {"why", why(fact.reason)}});
    }
};

template <class Variant>
std::string decoded(const Locale& locale, const order::Event& event, std::span<const order::Upcaster> steps) {
    const auto fact = order::decodeEvent<Variant>(event, steps);
    return fact ? std::visit(Happened{locale}, *fact) : event.type;
}

}  // namespace

std::string standing(const Locale& locale, order::Standing standing) {
    return say(locale, std::string("standing.") + toString(standing));
}

std::string method(const Locale& locale, order::PayMethod method) {
    return say(locale, std::string("method.") + toString(method));
}

std::string happened(const Locale& locale, const order::Event& event) {
    if (order::isEventOf<order::OrderEvent>(event.type))
        return decoded<order::OrderEvent>(locale, event, order::orderUpcasters());
    if (order::isEventOf<order::PaymentEvent>(event.type)) return decoded<order::PaymentEvent>(locale, event, {});
    if (order::isEventOf<print::ProductionEvent>(event.type))
        return decoded<print::ProductionEvent>(locale, event, print::productionUpcasters());
    return event.type;
}

}  // namespace contone::words
