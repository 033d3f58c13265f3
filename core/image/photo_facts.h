// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoFacts: what a photo says about itself. Plain, range-checked values: what the sandboxed decoder sends.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/image/orientation.h"
#include "core/image/photo_warning.h"
#include "core/image/pixels.h"
#include "core/image/source_colour.h"

namespace contone::image {

enum class PhotoFormat { Jpeg, Png, Tiff, Heic, Avif, WebP, JpegXl, Raw, Psd, Gif, Bmp, OpenExr, Other };
const char* toString(PhotoFormat format);  ///< "JPEG", "PNG", …, "camera RAW", …, "other"
constexpr int photoFormatCount = 13;

/// Most formats begin with a mark. Raw photos that have none are known by their length: Kodak C330, as its hacked
/// firmware writes it.
constexpr std::array<std::int64_t, 1> unmarkedPhotoBytes{2'247'168};
/// Pixels a side, at most: one limit for all formats, about what JPEG and PNG readers take.
constexpr int longestPhotoSide = 65'535;

struct PhotoFacts {
    PhotoFormat format = PhotoFormat::Jpeg;
    /// As in the file, at full resolution, 1…longestPhotoSide each. What a container turns by
    /// itself (HEIF irot, imir) is applied already: `orientation` is only what is still to be done.
    PixelSize storedSize;
    Orientation orientation = Orientation::Upright;
    PixelSize size;         ///< of the strips: storedSize, or less when the request allowed a reduction
    PixelFormat pixels;     ///< of the strips
    int bitsPerSample = 8;  ///< in the file, 1…32
    bool isProgressive = false;
    int jpegQuality = 0;  ///< 1…100 on libjpeg's scale, by the quantisation table of a JPEG; 0: not known, or no JPEG
    SourceColour colour;
    std::string camera;      ///< EXIF make and model, printable ASCII, at most 64 characters; may be empty
    std::string takenAt;     ///< EXIF DateTimeOriginal "2026:11:22 10:20:30", or empty
    PhotoWarnings warnings;  ///< those known before the first pixel
    /// What decoded it, with versions: "libjpeg-turbo 2.1.5, lcms 2.14". Printable ASCII, at most 120 characters;
    /// empty: nobody said.
    std::string libraries;
    bool operator==(const PhotoFacts&) const = default;
    PixelSize uprightSize() const { return oriented(storedSize, orientation); }
};

/// What is refused before memory is spent on it. What a photo costs is memory and time (decode::Deadlines), not pixels:
/// formats that come row by row may have as many as their sides allow.
struct Limits {
    /// No more than the sides allow, unless somebody wants it so.
    std::int64_t maxPixels = std::int64_t{longestPhotoSide} * longestPhotoSide;
    std::int64_t maxFileBytes = 1'000'000'000;
    /// What a decoder may hold of one photo: coefficients of a progressive JPEG (24 MP in 4:4:4: 144 MB), whole frames
    /// of HEIC, JPEG XL, RAW.
    std::int64_t maxWholeFrameBytes = 2'000'000'000;
    int maxScans = 500;  ///< scans of a progressive JPEG: a bomb of tiny scans costs hours
    /// Samples that all scans of a progressive JPEG may visit together: ten scans of the largest photo, so that work is
    /// bounded without a clock.
    std::int64_t maxScanSamples = 8'000'000'000;
};

}  // namespace contone::image
