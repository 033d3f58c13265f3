// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The segments before a JPEG's first scan: EXIF, the ICC profile in its pieces, and what says that there are more
// pictures.
#pragma once

#include <optional>

#include "core/image/codecs/exif.h"
#include "core/image/codecs/multi_picture_p.h"
#include "core/image/codecs/picture_bytes_p.h"

namespace contone::image {

struct JpegSegments {
    std::optional<ExifFacts> exif;
    Bytes thumbnail;  ///< the JPEG in EXIF, unchecked; empty: none
    std::optional<EmbeddedProfile> profile;
    bool profileDamaged = false;
    std::vector<OtherPicture> others;
    /// Where the frame header says the height, and what a DNL segment behind the first scan says instead (T.81 B.2.5);
    /// looked for only where the header says 0, or 65,535 as some scanners write. 0: none.
    off_t heightAt = 0;
    int heightBehind = 0;
    /// XMP or an ISO 21496-1 segment: this picture has a gain map, or is one (Adobe and Android hdrgm, Apple).
    bool saysGainMap = false;
};

/// Walks the segments up to the first SOS with pread, skipping what lies between them as libjpeg does. Holds at most
/// one EXIF segment (64 KB; the first one counts) and 255 ICC segments (16 MB; ICC.1:2022 annex B.4: any order, each
/// once or in equal copies, all naming the same total, else the profile is damaged; "0 of 1" is the only one). Fails
/// only as errorFromErrno.
Result<JpegSegments> readJpegSegments(const PictureBytes& picture);

}  // namespace contone::image
