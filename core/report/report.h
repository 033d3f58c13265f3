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

#include <optional>
#include <string>
#include <vector>

#include "core/base/enum_words.h"
#include "core/json/json.h"
#include "core/order/payment.h"

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

/// net + tax = gross. Refunds are below 0.
struct MoneyRow {
    std::string what;  ///< a product's id, "option:rush", "19.00 %"
    int count = 0;     ///< prints, of products
    Money net, tax, gross;
    std::string name = {};  ///< of a product or an option, for people; empty: nobody knows one
    bool operator==(const MoneyRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("what", &MoneyRow::what), json::field("count", &MoneyRow::count),
                          json::field("net", &MoneyRow::net), json::field("tax", &MoneyRow::tax),
                          json::field("gross", &MoneyRow::gross), json::field("name", &MoneyRow::name));
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
struct MethodTotal {
    int payments = 0, refunds = 0;
    Money taken, givenBack, rounding, moved;
    bool operator==(const MethodTotal&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("payments", &MethodTotal::payments),
                          json::field("refunds", &MethodTotal::refunds), json::field("taken", &MethodTotal::taken),
                          json::field("givenBack", &MethodTotal::givenBack),
                          json::field("rounding", &MethodTotal::rounding), json::field("moved", &MethodTotal::moved));
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
    MoneyRow productsTotal, taxesTotal;  ///< the sums of the rows, as the two below
    MethodTotal methodsTotal;
    CompRow compsTotal;
    bool operator==(const Takings&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("currency", &Takings::currency), json::field("products", &Takings::products),
                          json::field("taxes", &Takings::taxes), json::field("methods", &Takings::methods),
                          json::field("comps", &Takings::comps), json::field("productsTotal", &Takings::productsTotal),
                          json::field("taxesTotal", &Takings::taxesTotal),
                          json::field("methodsTotal", &Takings::methodsTotal),
                          json::field("compsTotal", &Takings::compsTotal));
    }
};
/// Of one medium in one printer. What it cost is there where the shop says what its paper costs; the cost of both good
/// and spoiled sheets, rounded once.
struct PaperRow {
    std::string printer, medium;
    int out = 0, spoiled = 0, reprints = 0;  ///< reprints: of those out, the ones that were printed again
    int yieldPerThousand = 0;                ///< of all sheets, those that came out; rounded to the nearest
    int reprintsPerThousand = 0;             ///< of those that came out
    std::optional<Money> cost;
    /// Of a print that came out, in ten-thousandths of the currency's unit: all of the cost, shared among them.
    std::optional<std::int64_t> costOfGoodTenThousandths;
    std::optional<std::int64_t> setsHundredths;  ///< rolls with their ribbon that were used up, where they come in sets
    std::string mediumName = {};                 ///< for people; empty: nobody knows one
    bool operator==(const PaperRow&) const = default;
    static constexpr auto fields() {
        return json::list(
            json::field("printer", &PaperRow::printer), json::field("medium", &PaperRow::medium),
            json::field("out", &PaperRow::out), json::field("spoiled", &PaperRow::spoiled),
            json::field("reprints", &PaperRow::reprints), json::field("yieldPerThousand", &PaperRow::yieldPerThousand),
            json::field("reprintsPerThousand", &PaperRow::reprintsPerThousand), json::field("cost", &PaperRow::cost),
            json::field("costOfGoodTenThousandths", &PaperRow::costOfGoodTenThousandths),
            json::field("setsHundredths", &PaperRow::setsHundredths), json::field("mediumName", &PaperRow::mediumName));
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
/// Orders that were placed in the period and not paid whole when it ended. What is cancelled is not due.
struct DueRow {
    std::string currency;
    int orders = 0;
    Money due;
    int deposits = 0;  ///< of these orders, the ones that were paid in part
    Money deposited;   ///< money that was taken for them; what was given free is none
    bool operator==(const DueRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("currency", &DueRow::currency), json::field("orders", &DueRow::orders),
                          json::field("due", &DueRow::due), json::field("deposits", &DueRow::deposits),
                          json::field("deposited", &DueRow::deposited));
    }
};
/// What one order left: net − cost = margin.
struct MarginRow {
    int order = 0;   ///< its number; 0: a sum
    int sheets = 0;  ///< good and spoiled
    Money net;       ///< taken less given back, without tax
    Money cost, margin;
    bool operator==(const MarginRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("order", &MarginRow::order), json::field("sheets", &MarginRow::sheets),
                          json::field("net", &MarginRow::net), json::field("cost", &MarginRow::cost),
                          json::field("margin", &MarginRow::margin));
    }
};
/// Of the orders of which prints came out. An order begins to count in the period of its first print, with all that was
/// taken and printed for it until the period's end; later periods have what moved and was printed in them. So periods
/// add up.
struct Margins {
    std::string currency;           ///< of the shop's costs
    std::vector<MarginRow> orders;  ///< by number
    MarginRow total;
    int withoutCost = 0;        ///< orders on paper of which nobody said what it costs: in no sum
    int ofOtherCurrencies = 0;  ///< orders that were paid in another currency than costs are in: in no sum
    bool operator==(const Margins&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("currency", &Margins::currency), json::field("orders", &Margins::orders),
                          json::field("total", &Margins::total), json::field("withoutCost", &Margins::withoutCost),
                          json::field("ofOtherCurrencies", &Margins::ofOtherCurrencies));
    }
};
/// What of an order a report does without.
enum class LeftOut { Money, Sheets, Margin };
constexpr auto wordsOf(LeftOut) {
    return enumWords<LeftOut>("bad-left-out", "A report lacks money, sheets or a margin.",
                              {{LeftOut::Money, "money"}, {LeftOut::Sheets, "sheets"}, {LeftOut::Margin, "margin"}});
}
using contone::toString;
/// An order whose record cannot be read: it is in no sum, and the rest of the report stands.
struct UnreadableRow {
    int order = 0;     ///< its number; 0: that cannot be read either
    std::string what;  ///< the id of the order, or the stream of its record
    LeftOut leftOut = LeftOut::Money;
    std::string reason;  ///< of the failure
    bool operator==(const UnreadableRow&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("order", &UnreadableRow::order), json::field("what", &UnreadableRow::what),
                          json::field("leftOut", &UnreadableRow::leftOut),
                          json::field("reason", &UnreadableRow::reason));
    }
};
struct Report {
    Period period;
    bool isOver = true;  ///< false: it is made while the period goes on
    std::vector<Takings> takings;
    std::vector<PaperRow> paper;
    std::vector<WasteRow> waste;
    PaperRow paperTotal;
    WasteRow wasteTotal;
    std::vector<DueRow> due;         ///< by currency; those without any are left out
    std::optional<Margins> margins;  ///< none: nobody said what paper costs
    std::vector<UnreadableRow> unreadable;
    bool operator==(const Report&) const = default;
    static constexpr auto fields() {
        return json::list(json::field("period", &Report::period), json::field("isOver", &Report::isOver),
                          json::field("takings", &Report::takings), json::field("paper", &Report::paper),
                          json::field("waste", &Report::waste), json::field("margins", &Report::margins),
                          json::field("unreadable", &Report::unreadable),
                          json::field("paperTotal", &Report::paperTotal),
                          json::field("wasteTotal", &Report::wasteTotal), json::field("due", &Report::due));
    }
};

/// The sum of rows: its `what` is empty.
MoneyRow totalOf(const std::vector<MoneyRow>& rows, const std::string& currency);
MethodTotal totalOf(const std::vector<MethodRow>& rows, const std::string& currency);
/// Its cost is there where every row has one.
PaperRow totalOf(const std::vector<PaperRow>& rows);

}  // namespace contone::report
