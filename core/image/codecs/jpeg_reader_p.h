// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The JPEG reader for pictures that lie inside something else: previews in EXIF, behind a photo, in a camera's RAW.
#pragma once

#include "core/image/codecs/photo_reader.h"
#include "core/image/codecs/picture_bytes_p.h"

namespace contone::image {

/// The power of two of the DCT that leaves the caller a factor of 2 at least: 1, 2, 4 or 8.
int jpegReduction(const PhotoRequest& request);
/// As openJpeg(); `reduction` is one of those.
OpenedReader openJpegPicture(PictureBytes bytes, int reduction, const Limits& limits, InkSense inks = InkSense::AsRead);

}  // namespace contone::image
