// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks a queue's guard and its scheduler's settings, for every route through CUPS.
#pragma once

#include "printers/guard/guard_uri.h"
#include "printers/ipp/printer_facts.h"
#include "printers/ipp/verification_report.h"

namespace contone::printers {

/// The device goes through the guard, set for these pages; the error policy. Without it: at least once.
void checkGuard(VerificationReport& report, const PrinterFacts& queue, GuardUri::Pages pages);
/// cupsd.conf, if the scheduler shows it. Fails as Wire::get.
Result<void> checkSettings(VerificationReport& report, const Wire& queue);

}  // namespace contone::printers
