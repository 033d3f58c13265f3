// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The chunks of a PNG that say something about the picture, read without libpng.
#pragma once

#include <optional>

#include "core/image/codecs/exif.h"

namespace contone::image {

struct PngHead {
    std::int64_t width = 0, height = 0;
    int bitDepth = 0, colourType = 0;
    bool isInterlaced = false, isAnimated = false;
    bool hasEnd = false;    ///< IEND was reached
    ColourSignals colours;  ///< EXIF's are in `exif`
    std::optional<ExifFacts> exif;
    PhotoWarnings warnings;
};

/// Walks all chunks with pread, at most a million, and reads those that count, each once and with its CRC checked; a
/// wrong one is passed over with a warning. Colours count only before the pixels, EXIF also behind them (PNG third
/// edition §11.3.4.7). Compressed chunks are inflated up to 16 MB (iCCP) or 512 KB (zTXt that holds EXIF as
/// ImageMagick wrote it before eXIf came); all other text is skipped unread. cHRM without gAMA says nothing.
/// Fails: Corrupt "photo-damaged" (no IHDR), "photo-truncated" (the file ends inside it); errorFromErrno.
Result<PngHead> readPngHead(int fd);

}  // namespace contone::image
