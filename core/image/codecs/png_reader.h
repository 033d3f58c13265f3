// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The PNG source: rows as they come, interlaced ones whole, by libpng.
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Opens a PNG (W3C PNG third edition): gray, RGB and palette, 1 to 16 bits, with or without opacity. Strips are Gray
/// or Rgb (palettes always Rgb), 16 bits for 16, else 8; 1, 2 and 4 bit gray is spread over 0…255. See-through pixels
/// are laid on paper white, blended on the numbers of the file as every viewer does; `warnings()` says so only when one
/// was really there, so complete after the last row. Of an animation the still picture is read.
///
/// libpng sees IHDR, PLTE, tRNS and IDAT only. Colours, EXIF and the animation mark are read beforehand, bounded and
/// CRC-checked: profile, sRGB, gAMA with cHRM, cICP; orientation from eXIf, wherever it stands, or from the text in
/// which ImageMagick keeps EXIF (as exiftool and libvips do). Holds a row, but an interlaced picture whole.
///
/// Fails: Invalid "photo-too-large" (before anything is allocated), "photo-memory" (interlaced, above
/// limits.maxWholeFrameBytes); Corrupt "photo-truncated", "photo-damaged"; errorFromErrno.
/// read() fails: Corrupt "photo-truncated" when the file ends before the last row, "photo-damaged" when data or its CRC
/// is wrong. Rows before the failure are given first; of an interlaced picture none are.
OpenedReader openPng(FileDescriptor file, const Limits& limits);

}  // namespace contone::image
