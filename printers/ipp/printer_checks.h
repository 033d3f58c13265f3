// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Checks what a printer, or a queue in front of it, says that it takes.
#pragma once

#include "printers/ipp/printer_facts.h"
#include "printers/ipp/verification_report.h"

namespace contone::printers {

/// "a, b": for sentences.
std::string joined(const std::vector<std::string>& words, const char* between = ", ");

/// The printer takes PWG raster, pixels of this kind, this resolution, and colour.
void checkPrinter(VerificationReport& report, const PrinterFacts& facts, const print::Medium& medium,
                  image::PixelFormat device);
/// The medium is offered without borders and in this finish. `who`: "The queue", "The printer".
void checkMedium(VerificationReport& report, const PrinterFacts& facts, const print::Medium& medium,
                 const std::string& finish, const char* who);
/// It is not stopped and accepts jobs. `who` as above.
void checkOpen(VerificationReport& report, const PrinterFacts& facts, const char* who);

}  // namespace contone::printers
