// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Report: what a shop took and printed in a day, a week or a month. Pure: made of facts, never of totals that somebody
// kept beside them.
//
// A payment pays the lines of its order one after the other, then what the whole order was charged for: of an order
// that is paid in parts the first payment is for the first lines. So all parts are whole minor units, and they add up
// both to the lines and to the payments. What is given back for prints is theirs; what is given back without prints is
// taken off from the end.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/json/json.h"
#include "core/order/order.h"
#include "core/order/payment.h"
#include "core/pricing/quote.h"

namespace contone::report {

enum class Span { Day, Week, Month };
constexpr auto wordsOf(Span) {
    return enumWords<Span>("bad-span", "A report is of a day, a week or a month.",
                           {{Span::Day, "day"}, {Span::Week, "week"}, {Span::Month, "month"}});
}

/// From the first moment to the one after the last, by this computer's time zone: a day may have 23 or 25 hours.
struct Period {
    std::string name;  ///< "2026-11-30", "2026-W49", "2026-11"
    Instant from, until;
    bool operator==(const Period&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("name", &Period::name), json::field("fromMs", &Period::from),
                          json::field("untilMs", &Period::until));
    }
};
/// The one that has `day` ("2026-11-30"). Weeks begin on Monday and are numbered by ISO 8601.
/// Fails: Invalid "bad-day".
Result<Period> periodOf(Span span, const std::string& day);
/// The day of a moment, as periodOf() takes it.
std::string dayOf(Instant at);

/// An order of which money moved.
struct Sold {
    order::Order order;
    order::Payment payment;  ///< all of it, also before and after the period
};
/// A sheet that came to its end in the period.
struct Ended {
    std::string printer, medium;  ///< setup and medium
    bool isOut = false;           ///< else it was spoiled
    std::string reason;  ///< why paper was wasted: it was spoiled, or another print is thrown away for it; or none
    bool isReprint = false;
};
struct Facts {
    std::vector<Sold> sold;
    std::set<order::ChargeId> moved;  ///< payments and refunds of the period
    std::vector<Ended> sheets;
};

/// net + tax = gross. Refunds are below 0.
struct MoneyRow {
    std::string what;  ///< a product's id, "option:rush", "19.00 %"
    int count = 0;     ///< prints, of products
    Money net, tax, gross;
    bool operator==(const MoneyRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("what", &MoneyRow::what), json::field("count", &MoneyRow::count),
                          json::field("net", &MoneyRow::net), json::field("tax", &MoneyRow::tax),
                          json::field("gross", &MoneyRow::gross));
    }
};
struct MethodRow {
    order::PayMethod method = order::PayMethod::Cash;
    int payments = 0, refunds = 0;
    Money taken, givenBack;  ///< of what was due, both 0 or more
    Money rounding;          ///< of cash
    Money moved;             ///< taken − given back + rounding: what the drawer or the terminal must have
    bool operator==(const MethodRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("method", &MethodRow::method), json::field("payments", &MethodRow::payments),
                          json::field("refunds", &MethodRow::refunds), json::field("taken", &MethodRow::taken),
                          json::field("givenBack", &MethodRow::givenBack),
                          json::field("rounding", &MethodRow::rounding), json::field("moved", &MethodRow::moved));
    }
};
/// Free: nothing was taken; somebody said why.
struct CompRow {
    std::string reason;
    int orders = 0;
    Money amount;  ///< what would have been due
    bool operator==(const CompRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("reason", &CompRow::reason), json::field("orders", &CompRow::orders),
                          json::field("amount", &CompRow::amount));
    }
};
/// Of one currency: no two are ever added. products, taxes and methods (without rounding) have the same gross.
struct Takings {
    std::string currency;
    std::vector<MoneyRow> products, taxes;
    std::vector<MethodRow> methods;  ///< without Free
    std::vector<CompRow> comps;
    bool operator==(const Takings&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("currency", &Takings::currency), json::field("products", &Takings::products),
                          json::field("taxes", &Takings::taxes), json::field("methods", &Takings::methods),
                          json::field("comps", &Takings::comps));
    }
};
struct PaperRow {
    std::string printer, medium;
    int out = 0, spoiled = 0, reprints = 0;  ///< reprints: of those out, the ones that were printed again
    bool operator==(const PaperRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("printer", &PaperRow::printer), json::field("medium", &PaperRow::medium),
                          json::field("out", &PaperRow::out), json::field("spoiled", &PaperRow::spoiled),
                          json::field("reprints", &PaperRow::reprints));
    }
};
struct WasteRow {
    std::string cause;
    int sheets = 0;
    int perThousand = 0;  ///< of all sheets of the period, rounded to the nearest
    bool operator==(const WasteRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("cause", &WasteRow::cause), json::field("sheets", &WasteRow::sheets),
                          json::field("perThousand", &WasteRow::perThousand));
    }
};
struct Report {
    Period period;
    bool isOver = true;  ///< false: it is made while the period goes on
    std::vector<Takings> takings;
    std::vector<PaperRow> paper;
    std::vector<WasteRow> waste;
    bool operator==(const Report&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("period", &Report::period), json::field("isOver", &Report::isOver),
                          json::field("takings", &Report::takings), json::field("paper", &Report::paper),
                          json::field("waste", &Report::waste));
    }
};

Report reportOf(const Period& period, Instant now, const Facts& facts);

/// The sum of rows: its `what` is empty.
MoneyRow totalOf(const std::vector<MoneyRow>& rows, const std::string& currency);
MethodRow totalOf(const std::vector<MethodRow>& rows, const std::string& currency);

/// For people, in columns.
std::string textOf(const Report& report);
/// RFC 4180: section, what, then numbers; amounts as "3.50", their currency in a column. No cell begins like a formula.
std::string csvOf(const Report& report);

}  // namespace contone::report
