// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What there is to say of orders, payments, and what happened to them.
#include <algorithm>

#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

constexpr Sentence kSentences[] = {
    {"standing.draft", "Being chosen", "Wird zusammengestellt"},
    {"standing.to-pay", "To be paid", "Zu bezahlen"},
    {"standing.paying", "Being paid", "Wird bezahlt"},
    {"standing.waiting", "Waiting to be printed", "Wartet auf den Druck"},
    {"standing.printing", "Printing", "Wird gedruckt"},
    {"standing.needs-attention", "Needs somebody to look", "Jemand muss nachsehen"},
    {"standing.held", "Held", "Angehalten"},
    {"standing.ready", "Ready to be collected", "Abholbereit"},
    {"standing.ready-to-pay", "Ready, to be paid", "Abholbereit, zu bezahlen"},
    {"standing.collected", "Handed over", "Abgeholt"},
    {"standing.refund-due", "Cancelled, money to be given back", "Storniert, Geld zurückzugeben"},
    {"standing.cancelled", "Cancelled", "Storniert"},

    {"method.cash", "In cash", "Bar"},
    {"method.card", "By card", "Mit Karte"},
    {"method.terminal", "By card at the terminal", "Mit Karte am Terminal"},
    {"method.free", "Free", "Kostenlos"},

    {"slip.receipt", "Receipt", "Beleg"},
    {"slip.no-receipt", "Order slip, not a receipt", "Bestellschein, kein Kassenbeleg"},
    {"slip.tax-number", "Tax number {number}", "Steuernummer {number}"},
    {"slip.number", "Order {number}", "Bestellung {number}"},
    {"slip.total", "Total", "Summe"},
    {"slip.tax", "{rate} tax in {gross}", "{rate} Steuer in {gross}"},
    {"slip.rounding", "Rounding of cash", "Rundung bei Barzahlung"},
    {"slip.paid", "Paid", "Bezahlt"},
    {"slip.given", "Given", "Gegeben"},
    {"slip.change", "Change", "Rückgeld"},
    {"slip.refunded", "Given back, {receipt}", "Zurückgegeben, {receipt}"},
    {"slip.to-pay", "To pay", "Zu bezahlen"},

    {"event.order-drafted", "Somebody began to choose photos. Code {code}.",
     "Jemand begann, Fotos auszuwählen. Code {code}."},
    {"event.order-placed", "Ordered as number {number}: {prints} {n:print|prints}, {total}.",
     "Bestellt als Nummer {number}: {prints} {n:Abzug|Abzüge}, {total}."},
    {"event.order-moved", "The order went from {from} to {to}{why}.", "Die Bestellung ging von {from} nach {to}{why}."},
    {"event.order-cancelled", "Cancelled{why}.", "Storniert{why}."},
    {"event.customer-erased", "The customer's name, file names and designs were erased{why}.",
     "Name, Dateinamen und Gestaltungen des Kunden wurden gelöscht{why}."},
    {"event.findings-accepted", "A person saw {n} {n:warning|warnings} and wants the prints all the same.",
     "Jemand hat {n} {n:Hinweis|Hinweise} gesehen und will die Abzüge trotzdem."},
    {"event.payment-begun", "A terminal was asked for {amount}.", "Ein Terminal wurde um {amount} gebeten."},
    {"event.payment-taken", "Paid {amount} ({method}), receipt {receipt}{why}.",
     "{amount} bezahlt ({method}), Beleg {receipt}{why}."},
    {"event.refund-begun", "A terminal was asked to give back {amount}.",
     "Ein Terminal wurde gebeten, {amount} zurückzugeben."},
    {"event.payment-refunded", "Gave back {amount} ({method}), receipt {receipt}{why}.",
     "{amount} zurückgegeben ({method}), Beleg {receipt}{why}."},
    {"event.approved", "Approved by {person}.", "Genehmigt von {person}."},
    {"event.payment-failed", "No money moved{why}.", "Es floss kein Geld{why}."},
    {"event.payment-unknown", "The answer was lost, nobody knows whether money moved{why}.",
     "Die Antwort ging verloren, niemand weiß, ob Geld floss{why}."},
    {"event.payment-voided", "Nothing is to be paid any more{why}.", "Es ist nichts mehr zu bezahlen{why}."},
    {"event.job-planned", "{n} {n:sheet|sheets} planned on {setup}{why}.",
     "{n} {n:Blatt|Blätter} auf {setup} eingeplant{why}."},
    {"event.sheet-moved", "Sheet {sheet}: {state}{why}.", "Blatt {sheet}: {state}{why}."},
    {"event.scheduler-job-noted", "Sheet {sheet} is number {job} at the printer.",
     "Blatt {sheet} ist Nummer {job} beim Drucker."},
    {"event.job-held", "The job was held{why}.", "Der Auftrag wurde angehalten{why}."},
    {"event.job-released", "The job was released.", "Der Auftrag wurde freigegeben."},
    {"event.job-priority-changed", "The job's priority became {priority}.", "Der Vorrang wurde {priority}."},
    {"event.sheet-noted", "Sheet {sheet}: {message}", "Blatt {sheet}: {message}"},
};
static_assert(areSentences(kSentences));

}  // namespace

const Sentence* orderSentence(std::string_view key) {
    const auto* const found = std::ranges::find(kSentences, key, &Sentence::key);
    return found == std::end(kSentences) ? nullptr : found;
}

}  // namespace contone::words
