// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ColourSignals: everything that a file says about its colours, unweighed. Lives in decoder children only.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/file.h"
#include "core/base/sha256.h"

namespace contone::image {

/// EXIF ColorSpace (tag 0xA001).
enum class ExifColorSpace { Absent, Srgb, AdobeRgb, Uncalibrated };
/// EXIF Interoperability index (tag 0x0001 of the Interoperability IFD).
enum class ExifInterop { Absent, R98, R03 };

/// A profile found inside the file. The bytes are unchecked: only icc parses them.
struct EmbeddedProfile {
    Sha256 hash;
    Bytes bytes;  ///< at most 16 MB
    bool operator==(const EmbeddedProfile&) const = default;
};

/// Coded colours, ITU-T H.273: HEIF nclx, PNG cICP. 2 is "unspecified". The matrix is not here: codecs yield RGB.
struct Cicp {
    int primaries = 2, transfer = 2;
    bool operator==(const Cicp&) const = default;
};
/// PNG gAMA (value / 100,000, as stored: 45455 is a file gamma of 1/2.2) and cHRM (chromaticities * 100,000: white,
/// red, green, blue; x then y).
struct Gama {
    std::uint32_t gamma = 0;
    std::optional<std::array<std::int32_t, 8>> chromaticities;
    bool operator==(const Gama&) const = default;
};

/// Everything a file says about its colours; icc::decideSource weighs it.
struct ColourSignals {
    std::optional<EmbeddedProfile> profile;
    bool profileDamaged = false;  ///< a profile was there but did not add up; `profile` is then empty
    std::optional<Cicp> cicp;
    bool saysSrgb = false;  ///< PNG sRGB chunk
    std::optional<Gama> gama;
    /// The strips are CIE L*a*b*: Channels::Rgb, 16 bit, as ICC version 4 encodes it (L* 0…100 → 0…65535, a* and b*
    /// −128…127 → 0…65535). A profile is then ignored.
    bool isLab = false;
    /// The strips are linear light in the developer's own space: RAW. Channels::Rgb, 16 bit, ROMM RGB primaries (D50),
    /// ROMM curve (ISO 22028-2).
    bool isDevelopedRaw = false;
    ExifColorSpace exifColorSpace = ExifColorSpace::Absent;
    ExifInterop exifInterop = ExifInterop::Absent;
    bool operator==(const ColourSignals&) const = default;
};

}  // namespace contone::image
