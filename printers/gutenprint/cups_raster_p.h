// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Writes a page as a CUPS raster file with exactly the header that the driver's PPD describes.
#pragma once

#include <cups/raster.h>

#include <functional>
#include <memory>

#include "core/image/strip_sink.h"
#include "core/print/printer_model.h"

namespace contone::printers {

/// The part of the medium's raster that the driver takes: all of it, or what is left between the unprintable margins,
/// which the driver then leaves white. Its page must be one of the two, of the medium's resolution, 8-bit chunky RGB.
/// Fails: Conflict "driver-raster" with both sides' numbers.
Result<image::PixelRect> partForDriver(const cups_page_header2_t& driver, const print::Medium& medium);

/// Keeps the driver's part of the page. begin() asks for the header, then
/// fails as partForDriver, Unsupported "raster-format" and Conflict "driver-raster" when the page is not the medium's
/// raster, and as PendingFile. The file is there whole or not at all; same pixels and header, same bytes.
std::unique_ptr<image::StripSink> cupsRasterSink(const Path& path, const print::Medium& medium,
                                                 std::function<Result<cups_page_header2_t>()> header);

}  // namespace contone::printers
