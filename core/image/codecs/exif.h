// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// EXIF: the few tags of a photo that a print depends on, from a bounds-checked reader of TIFF directories.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

struct ExifFacts {
    Orientation orientation = Orientation::Upright;
    ExifColorSpace colorSpace = ExifColorSpace::Absent;
    ExifInterop interop = ExifInterop::Absent;
    std::string camera;   ///< make and model, printable ASCII, at most 64 characters
    std::string takenAt;  ///< DateTimeOriginal "2026:11:22 10:20:30"; empty when absent or no date
    /// The JPEG thumbnail (IFD1, JPEGInterchangeFormat) inside the block; size 0: none. Unchecked but for lying inside.
    std::size_t thumbnailAt = 0, thumbnailSize = 0;
    bool isDamaged = false;  ///< something pointed outside the block; what could be read is here
    bool saysOrientation = false;
    /// Damaged where it may have said how the photo lies: a person should look.
    bool leavesUprightOpen() const { return isDamaged && !saysOrientation; }
    bool operator==(const ExifFacts&) const = default;
};

/// Reads a TIFF block as it stands in a JPEG APP1 segment behind "Exif\0\0" (EXIF 2.32 §4.5). Follows only IFD0 →
/// Exif IFD → Interoperability IFD and IFD0 → IFD1, so it cannot loop: at most four directories of 65,535 entries.
/// Never fails: damage is said in the facts, but not that of IFD1, on which no print depends.
ExifFacts parseExif(std::span<const std::byte> tiff);

/// `text` when it is a date and time that can be, "2026:11:22 10:20:30"; else nothing. Cameras without a clock write
/// zeros or spaces.
std::string possibleTime(std::string_view text);

}  // namespace contone::image
