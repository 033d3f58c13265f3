// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// readPwg: reads PWG raster strictly, for captured pages and for verification.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/length.h"
#include "core/image/pixels.h"
#include "printers/raster/raster_type.h"

namespace contone::printers {

struct PwgReadPage {
    RasterType type = RasterType::Srgb8;
    Dpi dpiX, dpiY;
    std::string mediaSizeName, mediaType;
    image::Picture picture;  ///< 16-bit samples in native order
};

/// What a hostile file may cost.
struct PwgLimits {
    std::size_t fileBytes = 512U << 20;
    std::size_t pixelBytes = 512U << 20;  ///< of all pages together
    int pages = 100;
};

/// All pages. Accepts only the types of RasterType, chunky, with headers that agree with themselves, and exactly the
/// bytes that the pages need. Fails: Corrupt "pwg-corrupt", Unsupported "pwg-unsupported", Invalid "file-too-large".
Result<std::vector<PwgReadPage>> readPwg(std::span<const std::byte> file, const PwgLimits& limits = {});
Result<std::vector<PwgReadPage>> readPwg(const Path& path, const PwgLimits& limits = {});

}  // namespace contone::printers
