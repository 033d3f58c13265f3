// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The segments before a JPEG's first scan: EXIF and the ICC profile in its pieces.
#pragma once

#include <optional>

#include "core/image/codecs/exif.h"

namespace contone::image {

struct JpegSegments {
    std::optional<ExifFacts> exif;
    std::optional<EmbeddedProfile> profile;
    bool profileDamaged = false;
};

/// Walks the segments up to the first SOS with pread, skipping what lies between them as libjpeg does. Holds at most
/// one EXIF segment (64 KB; the first one counts) and 255 ICC segments (16 MB; ICC.1:2022 annex B.4: any order, each
/// exactly once, all naming the same total, else the profile is damaged). Fails only as errorFromErrno.
Result<JpegSegments> readJpegSegments(int fd);

}  // namespace contone::image
