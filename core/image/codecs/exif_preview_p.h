// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The small JPEG in the EXIF block of a photo whose container turns its pixels by itself (HEIF).
#pragma once

#include "core/base/file.h"
#include "core/image/codecs/photo_reader.h"

namespace contone::image {

struct ExifPreview {
    Bytes jpeg;                                 ///< empty: there is none
    Orientation turned = Orientation::Upright;  ///< EXIF's: how the camera left the small picture
};
/// It comes upright, as the photo does. `photo`: facts of the whole photo; its colours are the preview's too, unless
/// the preview says otherwise or the photo's are those of HDR. Fails: "photo-no-preview", also when it shows another
/// shape.
OpenedReader openExifPreview(ExifPreview preview, CodecFacts photo, const Limits& limits);

}  // namespace contone::image
