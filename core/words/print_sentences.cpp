// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What there is to say of sheets, setups, printers and their supplies.
#include <algorithm>

#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

constexpr Sentence kSentences[] = {
    {"sheet.planned", "Waiting", "Wartet"},
    {"sheet.sending", "Being sent", "Wird gesendet"},
    {"sheet.sent", "At the printer", "Beim Drucker"},
    {"sheet.printing", "Printing", "Wird gedruckt"},
    {"sheet.out", "In the tray", "Im Fach"},
    {"sheet.unknown", "Please look in the tray", "Bitte im Fach nachsehen"},
    {"sheet.spoiled", "Spoiled", "Misslungen"},
    {"sheet.cancelled", "Not printed", "Nicht gedruckt"},

    {"intent.perceptual", "Perceptual", "Perzeptiv"},
    {"intent.relative", "Relative colorimetric", "Relativ farbmetrisch"},
    {"intent.saturation", "Saturation", "Sättigung"},
    {"intent.absolute", "Absolute colorimetric", "Absolut farbmetrisch"},

    {"setup.none", "Proof only: no setup of this printer in the shop.",
     "Nur Proof: Dieser Drucker ist im Betrieb nicht eingerichtet."},
    {"setup.unchecked", "Not checked yet: it cannot print before it is.",
     "Noch nicht geprüft: Vorher kann er nicht drucken."},
    {"setup.failed", "Check failed. {problem}", "Die Prüfung ist gescheitert. {problem}"},
    {"setup.check-again", "Check it again.", "Prüfen Sie ihn noch einmal."},
    {"setup.at-least-once", "Checked. A restart of the print queue may print a sheet twice.",
     "Geprüft. Ein Neustart der Druckwarteschlange kann ein Blatt doppelt drucken."},
    {"setup.checked", "Checked: prints come out as proofed.", "Geprüft: Abzüge werden wie im Proof."},
    {"setup.uncalibrated", "Not calibrated: its edges are as the model's data has them.",
     "Nicht kalibriert: Seine Ränder sind wie in den Daten des Modells."},
    {"setup.calibrated",
     "Calibrated. Cut off, as its rulers name the edges: left {left}\u00a0mm, top {top}, right {right}, bottom "
     "{bottom}.",
     "Kalibriert. Es fallen weg, nach den Linealen des Blattes: links {left}\u00a0mm, oben {top}, rechts {right}, "
     "unten {bottom}."},

    {"printer.paused", "paused", "angehalten"},
    {"printer.ready", "ready", "bereit"},
    {"printer.not-ready", "not ready", "nicht bereit"},
    {"printer.unseen", "no word from it yet", "hat sich noch nicht gemeldet"},
    {"printer.line", "{setup}: {state}", "{setup}: {state}"},
    {"printer.line-busy", "{setup}: {state}, {n} to print", "{setup}: {state}, noch {n} zu drucken"},
    {"action.add", "Photos put on the desk", "Fotos dazugelegt"},
    {"action.remove", "Photo taken off the desk", "Foto weggelegt"},
    {"action.product", "Product", "Produkt"},
    {"action.crop", "Crop", "Ausschnitt"},
    {"action.fit", "Fill or whole", "Gefüllt oder ganz"},
    {"action.turn", "Turn", "Drehung"},
    {"action.turn-photo", "Turn the photo", "Foto gedreht"},
    {"action.straighten", "Straighten", "Begradigung"},
    {"action.copies", "Copies", "Anzahl"},
    {"action.inks", "Inks", "Druckfarben"},
    {"action.improve", "Improve", "Verbesserung"},
    {"action.as-sent", "Exactly as sent", "Genau wie geschickt"},
    {"action.look", "Look", "Look"},
    {"action.curve", "Curve", "Kurve"},
    {"action.red-eye", "Red eyes", "Rote Augen"},
    {"action.adjustments", "Light and colours", "Licht und Farben"},
    {"choice.design", "A design with {n} {n:photo|photos}", "Eine Gestaltung mit {n} {n:Foto|Fotos}"},
    {"choice.turned", "Turned or straightened by hand", "Von Hand gedreht oder begradigt"},
    {"choice.as-sent", "No changes to colour or light", "Farben und Licht bleiben, wie sie sind"},
    {"supply.prints", "{n} {n:print|prints} left", "Noch {n} {n:Abzug|Abzüge}"},
    {"supply.percent", "{name} {percent}", "{name} {percent}"},
};
static_assert(areSentences(kSentences));

}  // namespace

const Sentence* printSentence(std::string_view key) {
    const auto* const at = std::ranges::find_if(kSentences, [&](const Sentence& one) { return key == one.key; });
    return at == std::end(kSentences) ? nullptr : at;
}

}  // namespace contone::words
