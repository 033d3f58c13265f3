// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RasterType: the kinds of PWG raster page that Contone writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/image/pixels.h"

namespace contone::printers {

/// Values of pwg-raster-document-type-supported (PWG 5102.4 section 4.3). Rgb: the printer's own RGB, nothing is
/// converted.
enum class RasterType { Sgray8, Srgb8, Rgb8, AdobeRgb8, Srgb16, Rgb16, Cmyk8 };

/// The keyword: "rgb_8".
const char* pwgName(RasterType type);
image::PixelFormat formatOf(RasterType type);

/// The best of the types a printer names for device pixels of this format: device RGB before sRGB, since a printer may
/// convert what is called sRGB. Never Adobe RGB. nullopt when it names none that fits.
std::optional<RasterType> chooseRasterType(image::PixelFormat device, const std::vector<std::string>& named);

}  // namespace contone::printers
