// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What the core knows, as a person at the counter would say it: for the studio, the kiosk, tickets and the command
// line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/findings/finding.h"
#include "core/image/photo_facts.h"
#include "core/image/photo_warning.h"
#include "core/pricing/quote.h"
#include "core/print/calibration.h"
#include "core/print/sheet.h"
#include "core/text/set_text.h"
#include "core/words/locale.h"

namespace contone::words {

/// What is wrong, or well, and what would mend it.
std::string sentence(const Locale& locale, const findings::Finding& finding);
/// "Choose a smaller print." Empty for None.
std::string fix(const Locale& locale, findings::Fix fix);
/// By its reason; English, and reasons that have no words yet: the error's own message.
std::string sentence(const Locale& locale, const Error& error);
std::string sentence(const Locale& locale, image::PhotoWarning warning);

/// What a person should know of a price: "10 × 15 cm: 24 prints are charged as 25 at €0.45."
std::string sentence(const Locale& locale, const pricing::Note& note);
/// A line of a quote's end: each rate of tax, the total, what cash and a deposit come to where they differ, how long it
/// holds.
std::vector<std::string> sums(const Locale& locale, const pricing::Quote& quote);
/// What an extra is called.
std::string extra(const Locale& locale, const pricing::Quote::Extra& extra);

/// Of a text on a print.
std::string sentence(const Locale& locale, const text::TextWarning& warning);

/// How the photo lies in its file: "On its side in the file, turned upright".
std::string orientation(const Locale& locale, image::Orientation orientation);
/// "Sharp up to 13 × 18 cm". Names of products; none: on none.
std::string largest(const Locale& locale, const std::optional<std::string>& sharp,
                    const std::optional<std::string>& good);
/// A ninth of a picture, 0…8, row by row: "upper left". Empty for any other number.
std::string ninth(const Locale& locale, int ninth);
/// "Perceptual"; German shops use the same words for the rest.
std::string intent(const Locale& locale, icc::Intent intent);
/// "Please look in the tray".
std::string sheetState(const Locale& locale, print::SheetState state);
/// What the checks of a setup came to. `verification` empty: never checked.
std::string verification(const Locale& locale, const std::optional<print::Verification>& verification);
/// What a calibrated printer cuts off at each edge.
std::string calibration(const Locale& locale, const print::FourReadings& lost);
/// What a receipt says of a photo that is printed exactly as it was sent.
std::string asSent(const Locale& locale);
/// What a person did to photos, as Undo names it: "Crop". `what`: a word of project::History.
std::string action(const Locale& locale, const std::string& what);
/// What an order says of a designed page.
std::string design(const Locale& locale, std::int64_t photos);
/// What an order says of a photo that a person turned, mirrored or straightened.
std::string turned(const Locale& locale);
/// "180 prints left".
std::string printsLeft(const Locale& locale, int prints);
/// "Ribbon 62 %": how much of a supply is left, 0…100.
std::string supply(const Locale& locale, const std::string& name, int percent);

}  // namespace contone::words
