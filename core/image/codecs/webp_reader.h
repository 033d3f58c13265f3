// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The WebP source, by libwebp.
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Opens a WebP (RFC 9649; lossy, lossless, alpha, animated: its first frame on the canvas). The file is read whole;
/// the first read() decodes everything, without threads, exactly as dwebp does. Strips are Rgb of 8 bits. The
/// orientation is the EXIF block's, as exiftool and libvips have it.
///
/// facts().photo.warnings: FirstFrameOnly, ExifDamaged, ProfileDamaged (larger than 16 MB). After read():
/// AlphaFlattened.
///
/// Fails: Corrupt "photo-damaged", "photo-truncated"; Unsupported "photo-no-picture"; Invalid "photo-too-large",
/// "photo-memory". read() fails with the same.
OpenedReader openWebP(FileDescriptor file, const Limits& limits);

}  // namespace contone::image
