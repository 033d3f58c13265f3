// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Proofs that a route leaves pages alone.
#pragma once

#include "printers/ipp/printer_facts.h"

namespace contone::printers {

/// The printer behind a queue, when its device URI is IPP, plainly or through our guard.
std::optional<IppAddress> deviceBehind(const PrinterFacts& queue);

/// Fails as readFacts of the printer, of the queue, or of the printer behind it.
Result<print::Verification> verifyDirect(const Wire& printer, const print::PrinterSetup& setup,
                                         const print::Medium& medium, image::PixelFormat device, Instant at);
enum class TestPage { Sent, None };
Result<print::Verification> verifyQueue(const Wire& queue, const print::PrinterSetup& setup,
                                        const print::Medium& medium, image::PixelFormat device, Instant at,
                                        std::chrono::milliseconds timeout, TestPage testPage);

}  // namespace contone::printers
