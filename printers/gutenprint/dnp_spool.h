// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// readDnpSpool: reads back what Gutenprint sends to a DNP or Citizen dye-sub printer: its commands and its picture.
#pragma once

#include <map>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/image/pixels.h"

namespace contone::printers {

struct DnpSpool {
    std::map<std::string, std::string> commands;  ///< "CNTRL CUTTER" → "00000120", without trailing blanks
    /// The three colour planes as 8-bit RGB (cyan's plane is red), rows in the order in which they are sent.
    image::Picture planes;
};

/// A spool is a row of commands: ESC "P", 6 + 16 characters of name, 8 digits of length, so many bytes. Planes are
/// 8-bit BMP files, and BMP begins with the lowest row (Gutenprint src/main/print-dyesub.c, dnp_*).
/// Fails: Unsupported "spool-unknown" when it begins otherwise, Corrupt "spool-damaged" when lengths do not agree or a
/// plane is missing.
Result<DnpSpool> readDnpSpool(std::span<const std::byte> spool);

/// The page as it was rendered, `raster` being the model's size. The printer lays it down turned by 180°, or, where the
/// planes are as wide as the page is high, by 90° counter-clockwise. Fails: Corrupt "spool-damaged" when the planes
/// have another size.
Result<image::Picture> pageOf(const DnpSpool& spool, image::PixelSize raster);

}  // namespace contone::printers
