// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What stands in reports: titles, heads of columns, and what is to be known of a report.
#include <algorithm>

#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

constexpr Sentence kSentences[] = {
    {"report.title", "Report of {period}", "Bericht für {period}"},
    {"report.going-on", "It is not over: what comes is missing.", "Der Zeitraum läuft noch: Was kommt, fehlt."},
    {"report.no-money", "No money moved.", "Es floss kein Geld."},
    {"report.no-sheet", "No sheet was printed.", "Es wurde kein Blatt gedruckt."},
    {"report.unreadable", "{n} {n:record|records} cannot be read and {n:is|are} in no sum:",
     "{n} {n:Aufzeichnung ist|Aufzeichnungen sind} nicht lesbar und {n:steht|stehen} in keiner Summe:"},
    {"report.unreadable.money", "Order {order}: its money", "Bestellung {order}: ihr Geld"},
    {"report.unreadable.sheets", "Order {order}: sheets of it", "Bestellung {order}: Blätter davon"},
    {"report.unreadable.margin", "Order {order}: what it left", "Bestellung {order}: was sie übrig ließ"},

    {"report.products", "Takings in {currency}, by product", "Einnahmen in {currency}, nach Produkt"},
    {"report.taxes", "Takings in {currency}, by tax rate", "Einnahmen in {currency}, nach Steuersatz"},
    {"report.methods", "Takings in {currency}, by way of payment", "Einnahmen in {currency}, nach Zahlungsart"},
    {"report.comps", "Given for nothing, in {currency}", "Kostenlos abgegeben, in {currency}"},
    {"report.due", "Ordered and still to be paid", "Bestellt und noch zu bezahlen"},
    {"report.paper", "Paper", "Papier"},
    {"report.paper-cost", "What the paper cost, in {currency}", "Was das Papier gekostet hat, in {currency}"},
    {"report.cost-unknown", "What it costs is not said in costs.toml: {media}.",
     "Was es kostet, steht nicht in costs.toml: {media}."},
    {"report.waste", "Waste by cause", "Ausschuss nach Ursache"},
    {"report.margins", "What orders left after their paper, in {currency}",
     "Was Bestellungen nach ihrem Papier übrig ließen, in {currency}"},
    {"report.without-cost", "{n} {n:order|orders} on paper of unknown cost {n:is|are} not in it.",
     "{n} {n:Bestellung|Bestellungen} auf Papier unbekannter Kosten {n:fehlt|fehlen} darin."},
    {"report.other-currencies",
     "{n} {n:order|orders} in another currency {n:is|are} not in it: costs are in {currency}.",
     "{n} {n:Bestellung|Bestellungen} in anderer Währung {n:fehlt|fehlen} darin: Kosten sind in {currency}."},

    {"report.page", "Page {page} of {pages}", "Seite {page} von {pages}"},
    {"report.together", "Together", "Zusammen"},
    {"report.other", "Other", "Anderes"},
    {"report.head.product", "Product", "Produkt"},
    {"report.head.name", "Name", "Name"},
    {"report.head.prints", "Prints", "Abzüge"},
    {"report.head.net", "Net", "Netto"},
    {"report.head.tax", "Tax", "Steuer"},
    {"report.head.gross", "Gross", "Brutto"},
    {"report.head.rate", "Rate", "Satz"},
    {"report.head.method", "Paid", "Bezahlt"},
    {"report.head.payments", "Payments", "Zahlungen"},
    {"report.head.refunds", "Refunds", "Erstattungen"},
    {"report.head.taken", "Taken", "Eingenommen"},
    {"report.head.given-back", "Given back", "Erstattet"},
    {"report.head.rounding", "Rounding", "Rundung"},
    {"report.head.moved", "Moved", "Bewegt"},
    {"report.head.reason", "Reason", "Grund"},
    {"report.head.orders", "Orders", "Bestellungen"},
    {"report.head.amount", "Amount", "Betrag"},
    {"report.head.currency", "Currency", "Währung"},
    {"report.head.due", "Due", "Offen"},
    {"report.head.deposits", "Paid in part", "Angezahlt"},
    {"report.head.deposited", "Deposits", "Anzahlungen"},
    {"report.head.printer", "Printer", "Drucker"},
    {"report.head.medium", "Medium", "Medium"},
    {"report.head.out", "Good", "Gut"},
    {"report.head.spoiled", "Spoiled", "Verdorben"},
    {"report.head.reprints", "Reprints", "Nachdrucke"},
    {"report.head.yield", "Yield", "Ausbeute"},
    {"report.head.reprint-rate", "Reprints in 1000", "Nachdrucke je 1000"},
    {"report.head.sheets", "Sheets", "Blätter"},
    {"report.head.sets", "Sets used", "Sätze verbraucht"},
    {"report.head.cost", "Cost", "Kosten"},
    {"report.head.each", "Each good print", "Je gutem Abzug"},
    {"report.head.cause", "Cause", "Ursache"},
    {"report.head.per-thousand", "In 1000 sheets", "Je 1000 Blätter"},
    {"report.head.margin", "Left", "Übrig"},
};
static_assert(areSentences(kSentences));

}  // namespace

const Sentence* reportSentence(std::string_view key) {
    const auto* const found = std::ranges::find(kSentences, key, &Sentence::key);
    return found == std::end(kSentences) ? nullptr : found;
}

}  // namespace contone::words
