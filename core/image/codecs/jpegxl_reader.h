// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The JPEG XL source, by libjxl.
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Opens a JPEG XL codestream or container (ISO/IEC 18181). The file is read whole; opening walks its boxes and frame
/// headers, the first read() decodes everything, without threads. libjxl turns the picture itself, so `orientation` is
/// Upright (an EXIF block's is ignored, as the standard wants it). Strips are Gray or Rgb; 8 bits, or 16 when the file
/// has more than 8, floating point (clipped to 0…1) or linear light.
///
/// Colours are those that libjxl gives pixels in (JXL_COLOR_PROFILE_TARGET_DATA): colours.cicp when H.273 has them,
/// else colours.profile, which libjxl then writes.
///
/// facts().photo.warnings: FirstFrameOnly, ReducedDepth (more than 16 bits, floating point), HdrClipped (PQ, HLG),
/// ExifDamaged. After read(): AlphaFlattened.
///
/// Fails: Corrupt "photo-damaged", "photo-truncated"; Unsupported "photo-feature" (CMYK); Invalid "photo-too-large",
/// "photo-memory". read() fails with the same.
OpenedReader openJpegXl(FileDescriptor file, const Limits& limits);

}  // namespace contone::image
