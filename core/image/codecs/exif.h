// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// EXIF: the five tags of a photo that a print depends on, from a bounds-checked reader of TIFF directories.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

struct ExifFacts {
    Orientation orientation = Orientation::Upright;
    ExifColorSpace colorSpace = ExifColorSpace::Absent;
    ExifInterop interop = ExifInterop::Absent;
    std::string camera;      ///< make and model, printable ASCII, at most 64 characters
    bool isDamaged = false;  ///< something pointed outside the block; what could be read is here
    bool operator==(const ExifFacts&) const = default;
};

/// Reads a TIFF block as it stands in a JPEG APP1 segment behind "Exif\0\0" (EXIF 2.32 §4.5). Follows only IFD0 →
/// Exif IFD → Interoperability IFD, never a next-directory link, so it cannot loop: at most three directories of 65,535
/// entries. Never fails: damage is said in the facts.
ExifFacts parseExif(std::span<const std::byte> tiff);

}  // namespace contone::image
