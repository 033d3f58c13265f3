// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// pwgFileSink: writes device pixels as a PWG raster file of one page (PWG 5102.4-2012).
#pragma once

#include <memory>
#include <string>

#include "core/image/strip_sink.h"
#include "printers/raster/raster_type.h"

namespace contone::printers {

/// What the page header says besides the pixels' shape.
struct PwgPage {
    RasterType type = RasterType::Srgb8;
    std::string mediaSizeName;  ///< PWG 5101.1 name, at most 63 bytes; empty: not said
    std::string mediaType;      ///< "photographic-glossy"; empty: not said
};

/// One page, one copy, quality high, no transforms, no profile (PWG raster carries none). Same pixels, same bytes.
/// Pixels are stored as they are; 16-bit samples big-endian. The file is there whole or not at all. begin() fails:
/// Unsupported "raster-format" when the pixels are not of `page.type`; Invalid "raster-size" for an empty page or one
/// above 2^31 bytes; then as PendingFile.
std::unique_ptr<image::StripSink> pwgFileSink(const Path& path, const PwgPage& page);

}  // namespace contone::printers
