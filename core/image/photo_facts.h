// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoFacts: what a photo says about itself. Plain, range-checked values: what the sandboxed decoder will send.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image/orientation.h"
#include "core/image/pixels.h"

namespace contone::image {

enum class PhotoFormat { Jpeg };
const char* toString(PhotoFormat format);

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

struct PhotoFacts {
    PhotoFormat format = PhotoFormat::Jpeg;
    PixelSize storedSize;  ///< as in the file, 1…65,500 each; pixels at most Limits::maxPixels
    Orientation orientation = Orientation::Upright;
    PixelFormat pixels;  ///< of the strips that the source yields
    bool isProgressive = false;
    std::optional<EmbeddedProfile> profile;
    bool profileDamaged = false;  ///< ICC segments were there but did not add up; `profile` is then empty
    ExifColorSpace exifColorSpace = ExifColorSpace::Absent;
    ExifInterop exifInterop = ExifInterop::Absent;
    std::string camera;                 ///< EXIF make and model, printable ASCII, at most 64 characters; may be empty
    std::vector<std::string> warnings;  ///< plain sentences: what was odd but did not stop us
    bool operator==(const PhotoFacts&) const = default;
    PixelSize uprightSize() const { return oriented(storedSize, orientation); }
};

/// What is refused before memory is spent on it.
struct Limits {
    std::int64_t maxPixels = 268'402'689;  ///< 16383 x 16383, the limit of libvips and sharp
    std::int64_t maxFileBytes = 1'000'000'000;
    /// A progressive JPEG keeps all its coefficients in memory: at most this many bytes (24 MP in 4:4:4: 144 MB).
    std::int64_t maxWholeFrameBytes = 2'000'000'000;
    int maxScans = 500;  ///< scans of a progressive JPEG: a bomb of tiny scans costs hours
    /// Samples that all scans of a progressive JPEG may visit together: ten scans of the largest photo, so that work is
    /// bounded without a clock.
    std::int64_t maxScanSamples = 8'000'000'000;
};

}  // namespace contone::image
