// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What there is to say of prices. Keys: "price." and the word of NoteCode.
#include <algorithm>

#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

constexpr Sentence kSentences[] = {
    {"price.charged-as", "{name}: {ordered} {ordered:print is|prints are} charged as {charged} at {amount}.",
     "{name}: {ordered} {ordered:Abzug wird|Abzüge werden} als {charged} zu {amount} berechnet."},
    {"price.more-for-free", "{name}: {more} more at no extra cost.", "{name}: {more} mehr ohne Aufpreis."},
    {"price.bundle-used", "{name}, {times} {times:set|sets}: {amount} saved.",
     "{name}, {times} {times:Satz|Sätze}: {amount} gespart."},
    {"price.promotion-used", "{name}: {amount} saved.", "{name}: {amount} gespart."},
    {"price.promotion-not-used", "{name}: not used; it is for nothing in this order, or something else saves as much.",
     "{name}: nicht genutzt; nichts in diesem Auftrag fällt darunter, oder anderes spart ebenso viel."},
    {"price.below-minimum", "The smallest order is {amount}; what this one lacks is added.",
     "Der kleinste Auftrag ist {amount}; was diesem fehlt, kommt dazu."},

    {"price.override", "Taken off ({why})", "Nachlass ({why})"},
    {"price.lacking", "To the smallest order", "Bis zum kleinsten Auftrag"},
    {"price.tax-included", "{rate} tax included: {amount}", "{rate} Steuer enthalten: {amount}"},
    {"price.tax-on-top", "{rate} tax: {amount}", "{rate} Steuer: {amount}"},
    {"price.total", "Total: {amount}", "Summe: {amount}"},
    {"price.cash", "In cash: {amount}", "Bar: {amount}"},
    {"price.deposit", "Deposit: {amount}", "Anzahlung: {amount}"},
    {"price.holds", "Holds for {n} {n:minute|minutes}.", "Gilt {n} {n:Minute|Minuten}."},
};
static_assert(areSentences(kSentences));

}  // namespace

const Sentence* priceSentence(std::string_view key) {
    const auto* const at = std::ranges::find_if(kSentences, [&](const Sentence& one) { return key == one.key; });
    return at == std::end(kSentences) ? nullptr : at;
}

}  // namespace contone::words
