// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What a folder of samples should come to: its catalogue, and what exiftool says of the same files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/image/photo_facts.h"

namespace contone::samples {

enum class Expected { Opens, OpensWithWarning, Refused };

struct Sample {
    std::string path;  ///< in the folder
    Expected expected = Expected::Opens;
    image::PixelSize size;  ///< as stored; 0: nobody says
    int orientation = 1;
    bool isTurnedByContainer = false;  ///< HEIF irot: width and height may come swapped, and nothing is left to turn
    bool isCmyk = false;
    bool hasProfile = false;
    std::string profileName;  ///< its description; empty: nobody says
    bool pngSaysSrgb = false, pngSaysGamma = false;
    int primaries = 0, transfer = 0;  ///< ITU-T H.273, of PNG and HEIF; 0: nobody says
    int exifColorSpace = 0;           ///< 1 sRGB, 2 Adobe RGB
    std::string interop;              ///< "R03"
};

/// CATALOG.tsv: path, …, dimensions (4th), mode (5th), embedded profile (7th), orientation (8th), expected (9th
/// column). Rows that are no photos (profiles, text) are left out. `exif`: what `exiftool -j -n -r` printed in that
/// folder; it fills what the catalogue leaves open.
Result<std::vector<Sample>> readExpected(const Path& catalogue, const Path& exif);

/// What is wrong with `facts`, in words for a table; empty: nothing.
std::vector<std::string> differences(const Sample& sample, const image::PhotoFacts& facts);

}  // namespace contone::samples
