// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// negotiatedSink: writes a page as PWG raster in the best raster type that the printer takes.
#pragma once

#include <functional>
#include <memory>

#include "core/image/strip_sink.h"
#include "printers/ipp/printer_facts.h"

namespace contone::printers {

/// begin() calls `ask` for the printer's facts, and fails as it does, or with Unsupported "raster-type" or
/// "raster-resolution" when the printer does not take such a page. What `ask` refers to outlives the sink.
std::unique_ptr<image::StripSink> negotiatedSink(const Path& file, const print::Ticket& ticket,
                                                 std::function<Result<PrinterFacts>()> ask);

}  // namespace contone::printers
