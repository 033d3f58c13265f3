// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Words: the sentences of core/words as Qt's texts, and those that only the studio says.
#pragma once

#include <QString>
#include <QStringList>

#include "core/findings/finding.h"
#include "core/inspect/inspect_photo.h"
#include "core/print/sheet.h"
#include "core/shop/shop.h"
#include "core/words/locale.h"
#include "ui/common/proof_target.h"

namespace contone::ui::words {

/// English, whatever the desktop's: the studio's own labels have no translation yet, and a window in two languages is
/// worse than one in the wrong one.
constexpr contone::words::Locale locale{contone::words::Language::English};

/// As printableLines(): what came from outside may be any bytes.
QString text(const std::string& utf8);
/// As printable().
QString line(const std::string& utf8);
QString fileName(const Path& file);
/// What a tip is given to show exactly `plain`. Tips have no text format of their own: Qt would take "<img src=…>" for
/// HTML and open what it names.
QString tip(const QString& plain);
/// "6000 × 4000 pixels (24.0 megapixels)".
QString size(image::PixelSize size);
QString orientation(image::Orientation orientation);
/// "Sharp up to 13 × 18 cm".
QString largest(const inspect::PhotoReport& report);
QString finding(const findings::Finding& finding);
QString error(const Error& error);
QString state(print::SheetState state);
/// "counter: ready, 3 to print".
QString printerState(const shop::SetupStatus& status);
/// "180 prints left · Ribbon 62 %"; empty: nothing is known.
QString supplies(const shop::SetupStatus& status);
/// Of a small picture in a list that is not made from the photo.
QString embeddedPicture();
QString intent(icc::Intent intent);
/// "checked on 21 November", "checked; may print twice after a restart", "not checked yet", "failed: …".
QString verification(const ProofTarget& target);
/// What this printer cuts off at each edge, millimetres; empty without a setup.
QString calibration(const ProofTarget& target);
/// "front-desk · DNP DS620".
QString target(const ProofTarget& target);
/// "front-desk · DNP DS620, 10 × 15 cm (4 × 6 in)".
QString targetAndPaper(const ProofTarget& target);
/// What a person did at the desk (project::History): "Crop", "Exposure".
QString action(const std::string& action);
QString time(Instant instant);  ///< today: "14:03"; else with the date
QString money(const Money& money);

}  // namespace contone::ui::words
