// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// negotiatedSink: writes a page as PWG raster in the best raster type that the printer takes.
#pragma once

#include <memory>

#include "core/image/strip_sink.h"
#include "printers/ipp/printer_facts.h"

namespace contone::printers {

/// begin() fails as `facts`, or with Unsupported "raster-type" or "raster-resolution" when the printer does not take
/// such a page.
std::unique_ptr<image::StripSink> negotiatedSink(const Path& file, const print::Ticket& ticket,
                                                 Result<PrinterFacts> facts);

}  // namespace contone::printers
