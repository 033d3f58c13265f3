// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Words: what the core knows, as a person at the counter would say it. Translated.
#pragma once

#include <QString>
#include <QStringList>

#include "core/inspect/inspect_photo.h"
#include "core/print/sheet.h"
#include "core/shop/shop.h"
#include "ui/common/print_target.h"

namespace contone::ui::words {

QString text(const std::string& utf8);
QString fileName(const Path& file);
/// "6000 × 4000 pixels (24.0 megapixels)".
QString size(image::PixelSize size);
QString orientation(image::Orientation orientation);
/// "Sharp up to 13 × 18 cm".
QString largest(const inspect::PhotoReport& report);
/// "Sharp: 312 photo pixels an inch on paper."
QString resolution(const print::PagePlan& plan, double zoom);  ///< `zoom` of the crop; 1: none
QString loss(const print::PagePlan& plan);
/// "3 % of the colours are outside what this paper can show (mean ΔE 0.4, worst: upper left)."
QString gamut(const icc::GamutReport& report);
QString region(int worstRegion);  ///< 0…8, row by row
QString state(print::SheetState state);
/// "counter: ready, 3 to print".
QString printerState(const shop::SetupStatus& status);
/// "180 prints left · Ribbon 62 %"; empty: nothing is known.
QString supplies(const shop::SetupStatus& status);
QString intent(icc::Intent intent);
/// "checked on 21 November", "checked; may print twice after a restart", "not checked yet", "failed: …".
QString verification(const ProofTarget& target);
/// What this printer cuts off at each edge, millimetres; empty without a setup.
QString calibration(const ProofTarget& target);
/// "front-desk · DNP DS620".
QString target(const ProofTarget& target);
/// "front-desk · DNP DS620, 10 × 15 cm (4 × 6 in)".
QString targetAndPaper(const ProofTarget& target);
QString time(Instant instant);  ///< today: "14:03"; else with the date
QString money(const Money& money);

}  // namespace contone::ui::words
