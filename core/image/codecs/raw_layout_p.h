// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RawLayout: what the directories of a TIFF-like file say: is it a camera's RAW, and where are its JPEG previews.
#pragma once

#include <vector>

#include "core/image/codecs/exif.h"
#include "core/image/codecs/picture_bytes_p.h"

namespace contone::image {

struct RawLayout {
    bool isTiffLike = false;
    /// It says that it is a DNG, or holds samples of a colour filter array or linear sensor data (TIFF/EP, DNG).
    bool isRaw = false;
    struct Place {
        off_t at = 0, size = 0;
    };
    std::vector<Place> previews;                     ///< JPEGs as the file claims, unchecked; at most 8
    Orientation orientation = Orientation::Upright;  ///< of the first directory
    std::string takenAt;                             ///< DateTimeOriginal, or empty
};

/// Follows next and sub-directory links, each place once, 16 directories of 512 entries at most; a few preads of 4 KB.
/// Never fails: a file that makes no sense is no RAW.
RawLayout readRawLayout(const PictureBytes& file);

}  // namespace contone::image
