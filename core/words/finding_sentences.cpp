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
    {"finding.sharp-up-to", "What is shown of it is sharp up to {size}.",
     "Was von ihm zu sehen ist, wird scharf bis {size}."},
    {"finding.face-cut", "{faces:A face is|Some faces are} cut off at the edge of the print.",
     "Am Rand des Abzugs {faces:wird ein Gesicht|werden Gesichter} abgeschnitten."},
    {"finding.face-left-out", "{faces:A face of the photo is|Some faces of the photo are} not on the print.",
     "{faces:Ein Gesicht des Fotos ist|Einige Gesichter des Fotos sind} nicht auf dem Abzug."},
    {"finding.face-near-edge", "{faces:A face is|Some faces are} close to the edge of the print: the cut may touch it.",
     "{faces:Ein Gesicht liegt|Einige Gesichter liegen} nahe am Rand des Abzugs: Der Schnitt kann es treffen."},
    {"finding.blurred", "This photo is out of focus: edges will be {edge} wide on this print.",
     "Dieses Foto ist unscharf: Kanten werden auf diesem Abzug {edge} breit."},
    {"finding.shaken", "This photo is shaken: the print will look blurred in one direction.",
     "Dieses Foto ist verwackelt: Der Abzug wird in einer Richtung unscharf wirken."},
    {"finding.little-detail",
     "This photo has less detail than its pixels promise: it was enlarged, or is a little out of focus.",
     "Dieses Foto zeigt weniger Einzelheiten, als seine Bildpunkte versprechen: Es wurde vergrößert oder ist etwas "
     "unscharf."},
    {"finding.too-dark", "This photo is dark, and a print looks darker than a screen.",
     "Dieses Foto ist dunkel, und ein Abzug wirkt dunkler als ein Bildschirm."},
    {"finding.shadows-close",
     "Shadows will close: {percent} of the print will be as dark as this paper can be, without detail.",
     "Die Schatten laufen zu: {percent} des Abzugs werden so dunkel, wie dieses Papier sein kann, ohne Zeichnung."},
    {"finding.lights-without-detail", "The lights of this photo have no detail: {percent} of the print will be white.",
     "Die Lichter dieses Fotos haben keine Zeichnung: {percent} des Abzugs werden weiß."},
    {"finding.face-without-detail", "A face is so light that {percent} of it will be white.",
     "Ein Gesicht ist so hell, dass {percent} davon weiß werden."},
    {"finding.strongly-compressed", "This photo was saved with few bits: blocks and smears may show.",
     "Dieses Foto wurde mit wenigen Bits gespeichert: Klötzchen und Schlieren können zu sehen sein."},
    {"finding.oversharpened", "This photo was sharpened strongly: seams may show along its edges.",
     "Dieses Foto wurde stark geschärft: Säume können an seinen Kanten zu sehen sein."},
    {"finding.from-messenger",
     "This photo seems to have come through a messenger, which makes photos smaller. Ask for the original file.",
     "Dieses Foto kam wohl über einen Messenger, der Fotos verkleinert. Fragen Sie nach der Originaldatei."},
    {"finding.screenshot", "This looks like a picture of a screen: writing may look coarse on paper.",
     "Das sieht nach einem Bildschirmfoto aus: Schrift kann auf Papier grob wirken."},
    {"finding.own-border",
     "This photo has a border of its own, up to {border} wide on this print: the cut makes it uneven. Zoom in until it "
     "is "
     "gone.",
     "Dieses Foto hat einen eigenen Rand, auf diesem Abzug bis zu {border} breit: Der Schnitt macht ihn ungleich. "
     "Zoomen "
     "Sie hinein, bis er weg ist."},
    {"finding.no-profile", "This photo does not say which colours it means. It is read as sRGB, as most are.",
     "Dieses Foto sagt nicht, welche Farben gemeint sind. Es wird als sRGB gelesen, wie die meisten."},
    {"finding.richer-than-srgb",
     "{percent} of the photo has richer colours than sRGB: they are printed as far as the paper goes, and many screens "
     "do not show them.",
     "{percent} des Fotos haben kräftigere Farben als sRGB: Sie werden gedruckt, soweit das Papier reicht, und viele "
     "Bildschirme zeigen sie nicht."},
    {"finding.twice-in-order", "This photo is in the order twice: it is the same as photo {other}.",
     "Dieses Foto ist zweimal im Auftrag: Es ist das gleiche wie Foto {other}."},
    {"finding.nearly-twice-in-order", "This photo was taken within seconds of photo {other} and looks nearly the same.",
     "Dieses Foto entstand Sekunden vor oder nach Foto {other} und sieht fast gleich aus."},
    {"finding.letters-missing", "Letters of a text are in none of the fonts here and stay blank.",
     "Einige Zeichen eines Textes sind in keiner Schrift hier und bleiben leer."},
    {"finding.text-cut", "A text is too long for its place: its end is not shown. Write less.",
     "Ein Text ist zu lang für seinen Platz: Sein Ende fehlt. Schreiben Sie weniger."},
    {"finding.text-smaller", "A text was set smaller to fit: {points}\u00a0pt.",
     "Damit er passt, wurde ein Text kleiner gesetzt: {points}\u00a0pt."},
    {"finding.words-broken", "Words of a text were broken in the middle to fit. Write less.",
     "Damit er passt, wurden Wörter eines Textes getrennt. Schreiben Sie weniger."},
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

    {"fix.keep-faces", "Move the crop to the faces.", "Verschieben Sie den Ausschnitt zu den Gesichtern."},
    {"fix.improve", "Improve it.", "Verbessern Sie es."},
    {"fix.leave-out", "Leave one of them out.", "Lassen Sie eines davon weg."},

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
