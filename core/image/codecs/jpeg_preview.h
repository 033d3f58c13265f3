// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The small picture that a JPEG carries: in its EXIF block, or behind it (CIPA DC-007 "large thumbnail").
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// The smallest of them whose long side is at least `longSide`, else the largest. Orientation, camera and time are the
/// photo's; so are the colour signals, unless the preview brings its own or has other channels than the photo. Black
/// bars that fit the picture into another shape (160×120 of a 3:2 photo) are cut off. A preview of another shape than
/// the photo's without such bars shows something else (an editor cropped the photo and left it) and does not count.
/// The preview is decoded here; read() only copies. Fails: Unsupported "photo-no-preview"; errorFromErrno; as
/// openJpeg() when the photo's own head is bad.
OpenedReader openJpegPreview(FileDescriptor file, int longSide, const Limits& limits);

}  // namespace contone::image
