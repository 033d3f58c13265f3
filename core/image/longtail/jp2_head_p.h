// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What must be known of a JPEG 2000 file before OpenJPEG decodes all of it: size, depth and kind of colour.
#pragma once

#include "core/image/longtail/file_bytes_p.h"
#include "core/image/photo_facts.h"

namespace contone::image {

struct Jp2Head {
    PixelSize size;
    int components = 0, bits = 0;
    bool isCmyk = false;
};
/// A bare codestream, or ISO/IEC 15444-1 Annex I: walks the boxes to the codestream's SIZ marker, 64 boxes at most.
/// Fails: "photo-damaged", "photo-truncated".
Result<Jp2Head> readJp2Head(const FileBytes& file);

}  // namespace contone::image
