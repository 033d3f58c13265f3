// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The EXIF directory of a TIFF page, read without libtiff.
#pragma once

#include <string>

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

struct TiffExif {
    ExifColorSpace colorSpace = ExifColorSpace::Absent;
    ExifInterop interop = ExifInterop::Absent;
    std::string takenAt;  ///< "2026:11:22 10:20:30", or empty
    bool isDamaged = false;
};

/// Reads the EXIF directory at `offset` of the TIFF or BigTIFF file `fd`, and the Interoperability directory it names:
/// two directories of at most 1,000 entries, no links followed. Damage is said in the result.
TiffExif readTiffExif(int fd, std::uint64_t offset);

}  // namespace contone::image
