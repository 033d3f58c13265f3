// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Errors by their reason. Their English stands where the error is made. Only reasons whose message has no name or
// number in it are here: those with one keep their English message until the error carries its arguments.
#include <algorithm>

#include "core/words/sentences_p.h"

namespace contone::words {
namespace {

constexpr Sentence kSentences[] = {
    {"problem.photo-damaged", "", "Dieses Foto ist beschädigt und nicht lesbar. Kopieren Sie es noch einmal."},
    {"problem.photo-truncated", "", "Dieses Foto ist unvollständig: Ein Teil fehlt. Kopieren Sie es noch einmal."},
    {"problem.photo-empty", "", "Dieses Foto ist leer. Kopieren Sie es noch einmal."},
    {"problem.not-a-file", "", "Das ist keine gewöhnliche Datei. Wählen Sie ein Foto."},
    {"problem.photo-format", "", "Das ist kein Foto in einem Format, das wir kennen."},
    {"problem.photo-feature", "",
     "Dieses Foto nutzt eine Form seines Formats, die hier nicht gedruckt werden kann. Speichern Sie es als "
     "gewöhnliches JPEG."},
    {"problem.photo-12-bit", "",
     "Dieses JPEG hat nicht 8 Bit je Kanal und kann so nicht gedruckt werden. Speichern Sie es als gewöhnliches JPEG."},
    {"problem.photo-no-picture", "", "In dieser Datei ist kein Bild. Wählen Sie eine andere."},
    {"problem.photo-no-preview", "", "In diesem Foto ist kein Vorschaubild."},
    {"problem.photo-too-large", "",
     "Dieses Foto ist breiter oder höher, als hier gelesen werden kann: mehr als 65.500 Bildpunkte. Speichern Sie eine "
     "kleinere Kopie."},
    {"problem.photo-file-too-large", "",
     "Die Datei dieses Fotos ist größer, als hier gelesen werden kann. Speichern Sie eine kleinere Kopie."},
    {"problem.photo-too-many-scans", "",
     "Dieses Foto ist so gespeichert, dass das Lesen zu lange dauert. Speichern Sie es noch einmal als gewöhnliches "
     "JPEG."},
    {"problem.photo-memory", "",
     "Dieses Foto braucht mehr Speicher, als ein Foto hier bekommt. Speichern Sie es als gewöhnliches JPEG."},
    {"problem.photo-memory.needed", "",
     "Dieses Foto muss als Ganzes im Speicher liegen und braucht dafür {needed} GB; ein Foto bekommt hier {allowed} "
     "GB. "
     "Speichern Sie es als gewöhnliches JPEG oder kleiner."},
    {"problem.photo-too-slow", "",
     "Das Lesen dieses Fotos dauerte zu lange, es wurde beiseitegelegt. Speichern Sie es noch einmal als gewöhnliches "
     "JPEG."},
    {"problem.photo-harmful", "",
     "Diese Datei brachte ihr Leseprogramm zum Absturz und wurde beiseitegelegt; sonst ist nichts geschehen. Kopieren "
     "Sie das Foto noch einmal."},
    {"problem.as-sent-adjusted", "",
     "Dieses Foto soll genau so gedruckt werden, wie es kam; Licht und Farben bleiben. Nehmen Sie die Änderungen "
     "zurück "
     "oder diesen Wunsch."},
    {"problem.look-missing", "",
     "Diesen Look gibt es hier nicht. Legen Sie seine .cube-Datei in den Ordner der Looks dieses Geschäfts."},
    {"problem.look-changed", "",
     "Die .cube-Datei dieses Looks ist nicht die, die gewählt wurde. Wählen Sie den Look noch einmal."},
    {"problem.strip-mismatch", "", "Dieses Foto war wegen eines Programmfehlers nicht lesbar."},
    {"problem.face-finder-missing", "",
     "Gesichter können nicht gesucht werden: Ein Teil von Contone fehlt oder ist beschädigt. Installieren Sie es neu."},
    {"problem.io-error", "", "Lesen oder Schreiben ist gescheitert. Versuchen Sie es noch einmal."},
    {"problem.not-writable", "",
     "Hier kann nur gelesen werden. Wählen Sie einen Ordner, in den geschrieben werden kann."},
    {"problem.file-is-folder", "", "Das ist ein Ordner, keine Datei."},
    {"problem.cancelled", "", "Das wurde abgebrochen."},
    {"problem.disk-full", "",
     "Die Festplatte ist voll. Schaffen Sie Platz, und versuchen Sie es noch einmal; verloren ist nichts."},
    {"problem.no-permission", "",
     "Dieser Benutzer darf die Datei oder den Ordner nicht öffnen. Prüfen Sie die Rechte."},
    {"problem.file-missing", "", "Diese Datei gibt es nicht. Prüfen Sie den Namen."},
    {"problem.medium-removed", "", "Karte oder Stick wurde herausgezogen. Stecken Sie sie wieder ein."},
    {"problem.promotion-unknown", "", "Diesen Code gibt es hier nicht. Prüfen Sie ihn, oder lassen Sie ihn weg."},
    {"problem.promotion-over", "",
     "Dieser Code gilt jetzt nicht, oder nicht für diesen Auftrag. Lassen Sie ihn weg, oder fragen Sie nach den "
     "Bedingungen."},
    {"problem.not-a-folder", "", "Das ist kein Ordner. Wählen Sie einen Ordner oder eine Karte."},
};
static_assert(areSentences(kSentences));

}  // namespace

const Sentence* problemSentence(std::string_view key) {
    const auto* const at = std::ranges::find_if(kSentences, [&](const Sentence& one) { return key == one.key; });
    return at == std::end(kSentences) ? nullptr : at;
}

}  // namespace contone::words
