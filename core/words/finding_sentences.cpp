// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What is found out about a photo and its print. Keys: "finding." and the word of FindingCode, "fix." and that of Fix.
#include <algorithm>

#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

constexpr Sentence kSentences[] = {
    {"finding.sharp", "Sharp at this size ({dpi} photo pixels an inch).",
     "Scharf in dieser Größe ({dpi} Bildpunkte je Zoll)."},
    {"finding.sharp-enough", "Good at this size ({dpi} photo pixels an inch).",
     "Gut in dieser Größe ({dpi} Bildpunkte je Zoll)."},
    {"finding.soft", "Soft at this size ({dpi} photo pixels an inch).",
     "Etwas unscharf in dieser Größe ({dpi} Bildpunkte je Zoll)."},
    {"finding.too-few-pixels", "Too few pixels for this size ({dpi} an inch): it will look blurred.",
     "Zu wenige Bildpunkte für diese Größe ({dpi} je Zoll): Der Abzug wird unscharf."},
    {"finding.all-on-print", "All of the photo is on the print.", "Das ganze Foto ist auf dem Abzug."},
    {"finding.part-lost", "{percent} of the photo is cut off.", "{percent} des Fotos fallen weg."},
    {"finding.in-gamut", "This paper can show all of its colours (mean ΔE {mean}).",
     "Dieses Papier kann alle seine Farben zeigen (mittleres ΔE {mean})."},
    {"finding.out-of-gamut",
     "{percent} of the colours are outside what this paper can show (mean ΔE {mean}, 95\u00a0% within {p95}; worst: "
     "{where}).",
     "{percent} der Farben kann dieses Papier nicht zeigen (mittleres ΔE {mean}, 95\u00a0% bis {p95}; am stärksten: "
     "{where})."},
    {"finding.profile-damaged", "", "Das Farbprofil in diesem Foto ist beschädigt und wurde nicht benutzt."},
    {"finding.exif-damaged", "",
     "Die Angaben der Kamera (EXIF) in diesem Foto sind beschädigt. Prüfen Sie, ob es richtig herum liegt."},
    {"finding.end-mark-missing", "", "Diesem Foto fehlt die Endmarke; das Bild selbst ist vollständig."},
    {"finding.slightly-damaged", "", "Dieses Foto ist leicht beschädigt. Sehen Sie es vor dem Drucken genau an."},
    {"finding.alpha-flattened", "", "Teile dieses Bildes sind durchsichtig; sie werden weiß wie das Papier."},
    {"finding.first-page-only", "", "Diese Datei enthält mehrere Bilder; gedruckt wird das erste."},
    {"finding.first-frame-only", "", "Dies ist ein bewegtes Bild; gedruckt wird das erste Einzelbild."},
    {"finding.gain-map-ignored", "", "Dies ist ein HDR-Foto; gedruckt wird sein Standardbild."},
    {"finding.hdr-clipped", "", "Teile dieses Bildes sind heller als Weiß; sie werden weiß gedruckt."},
    {"finding.raw-unproved", "",
     "Die Farben der RAW-Dateien dieser Kamera wurden hier nicht geprüft. Sehen Sie vor dem Drucken den Proof an."},
    {"finding.raw-preview-used", "",
     "Nur das Vorschaubild dieser RAW-Datei war lesbar; es kann kleiner als das Foto sein."},
    {"finding.reduced-depth", "", "Dieses Bild hat mehr als 16 Bit je Farbe; es wurde auf 16 gerundet."},
    {"finding.colours-unspecified", "", "Dieses Bild sagt nicht eindeutig, welche Farben gemeint sind."},
    {"finding.pages-too-many", "", "Diese Datei enthält mehr Bilder, als angesehen wurden."},
    {"finding.ink-guessed", "",
     "Dieses CMYK-Bild sagt nicht, wie seine Farben gespeichert sind; es wurde gelesen wie von den meisten Programmen. "
     "Prüfen Sie den Proof vor dem Druck."},
    {"finding.numbers-scaled", "",
     "Die Zahlen dieses Bildes gehen bis 255 statt bis 1; sie wurden als gewöhnliche Pixelwerte gelesen. "
     "Prüfen Sie den Proof vor dem Druck."},

    {"picture.embedded", "This is the small picture inside the file; the photo itself may look different.",
     "Das ist das kleine Bild in der Datei; das Foto selbst kann anders aussehen."},

    {"fix.zoom-out", "Zoom out, or choose a smaller print.",
     "Zeigen Sie mehr vom Foto, oder wählen Sie einen kleineren Abzug."},
    {"fix.smaller-print", "Choose a smaller print.", "Wählen Sie einen kleineren Abzug."},
    {"fix.show-all", "Show all of it.", "Zeigen Sie das ganze Foto."},

    {"ninth.0", "upper left", "oben links"},
    {"ninth.1", "top", "oben"},
    {"ninth.2", "upper right", "oben rechts"},
    {"ninth.3", "left", "links"},
    {"ninth.4", "middle", "Mitte"},
    {"ninth.5", "right", "rechts"},
    {"ninth.6", "lower left", "unten links"},
    {"ninth.7", "bottom", "unten"},
    {"ninth.8", "lower right", "unten rechts"},

    {"orientation.upright", "Lies upright", "Liegt richtig herum"},
    {"orientation.mirrored", "Mirrored in the file, shown unmirrored", "In der Datei gespiegelt, hier seitenrichtig"},
    {"orientation.upside-down", "Upside down in the file, turned upright",
     "Steht in der Datei auf dem Kopf, hier aufrecht"},
    {"orientation.mirrored-top-to-bottom", "Mirrored top to bottom in the file, set right",
     "In der Datei von oben nach unten gespiegelt, hier richtig"},
    {"orientation.side-mirrored", "On its side and mirrored in the file, set right",
     "Liegt in der Datei auf der Seite und ist gespiegelt, hier richtig"},
    {"orientation.side", "On its side in the file, turned upright", "Liegt in der Datei auf der Seite, hier aufrecht"},

    {"largest.sharp", "Sharp up to {product}", "Scharf bis {product}"},
    {"largest.good", "Good up to {product}, sharp at no size we sell",
     "Gut bis {product}, scharf in keiner Größe, die wir anbieten"},
    {"largest.none", "Small photo: soft at every size we sell",
     "Kleines Foto: in jeder Größe, die wir anbieten, etwas unscharf"},
};
static_assert(areSentences(kSentences));

}  // namespace

const Sentence* findingSentence(std::string_view key) {
    const auto* const at = std::ranges::find_if(kSentences, [&](const Sentence& one) { return key == one.key; });
    return at == std::end(kSentences) ? nullptr : at;
}

}  // namespace contone::words
