// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The table of PWG raster types.
#include "printers/raster/raster_type.h"

#include <algorithm>

#include "printers/raster/pwg_header_p.h"

namespace contone::printers {

const TypeRow& typeRow(RasterType type) {
    return *std::find_if(typeRows.begin(), typeRows.end(), [&](const TypeRow& row) { return row.type == type; });
}

const char* pwgName(RasterType type) {
    return typeRow(type).name;
}

image::PixelFormat formatOf(RasterType type) {
    return typeRow(type).format;
}

std::optional<RasterType> chooseRasterType(image::PixelFormat device, const std::vector<std::string>& named) {
    for (const RasterType type : {RasterType::Rgb8, RasterType::Srgb8, RasterType::Rgb16, RasterType::Srgb16,
                                  RasterType::Sgray8, RasterType::Cmyk8})
        if (formatOf(type) == device && std::find(named.begin(), named.end(), pwgName(type)) != named.end())
            return type;
    return std::nullopt;
}

}  // namespace contone::printers
