// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Colours that a container codes as numbers: ITU-T H.273 code points (cICP, nclx) and PNG's gAMA and cHRM.
#pragma once

#include <optional>

#include "core/image/colour_signals.h"
#include "core/image/photo_warning.h"
#include "core/image/pixels.h"
#include "icc/source_numbers_p.h"

namespace contone::icc {

/// x, y of white, red, green, blue.
using Chromaticities = std::array<double, 8>;
/// XYZ of the primaries, white adapted to D50 by Bradford. Empty: the white lies outside the triangle, or numbers that
/// are none.
std::optional<Matrix> colorantsFrom(const Chromaticities& xy);

struct CodedColours {
    image::SourceColour colour;
    image::PhotoWarnings warnings;
};
/// H.273 table 2 (primaries 1, 4 to 12, 22) and table 3 (transfer 1, 4 to 8, 11 to 16, 18), by the inverse of the
/// transfer function it gives, but for a video camera's (1, 6, 14, 15): in stills they are sRGB's (docs/colour.md). PQ
/// (16) is absolute: 203 cd/m² are white (ITU-R BT.2408), brighter light is clipped and HdrClipped says so. HLG (18) is
/// read as its designers made it readable for standard screens: with the BT.2020 curve. Gray uses the transfer alone.
/// Empty: one of the two is unspecified or none of these.
std::optional<CodedColours> codedColours(image::Cicp cicp, image::Channels channels);

/// PNG 3rd edition sections 11.3.2.1 and 11.3.2.2. No cHRM: the primaries of sRGB; gAMA 0: the curve of sRGB. Empty: a
/// gamma beyond 0.1…10, or chromaticities that are none.
std::optional<image::SourceColour> gamaColours(const image::Gama& gama, image::Channels channels);

/// ROMM RGB (ISO 22028-2).
image::SourceColour rommColours(image::SourceBasis basis);

}  // namespace contone::icc
