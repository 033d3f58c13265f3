// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The TIFF source: the first picture of a TIFF or BigTIFF, by libtiff.
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Opens a TIFF (TIFF 6.0, Adobe's technical notes, BigTIFF) at its first page that is neither reduced nor a mask.
///
/// Read: strips and tiles, contiguous and planar; no compression, LZW, ZIP, PackBits, CCITT, JPEG, SGILog; gray (either
/// sense), RGB, palette, CMYK (0 = no ink; the dot range may turn it), CIE L*a*b* and ICC L*a*b* of 8 and 16 bits,
/// LogL and LogLuv; whole numbers of 1…16 and 32 bits, floats of 16, 32 and 64; YCbCr in JPEG, and other or old-style
/// JPEG YCbCr through libtiff's own 8-bit conversion, whole. Opacity is laid on paper white on the numbers of the file
/// (floats: in light); extra samples of unspecified meaning are masks and are left out. Bits up to 8 give strips of 8
/// bits, more give 16; palettes give 8-bit RGB. Floats are linear light of sRGB primaries and get the sRGB curve
/// (colours.saysSrgb), unless there is a profile, which then says what they mean; above 1 is clipped.
///
/// Refused, Unsupported "photo-feature": other compressions, signed or complex numbers, inks that are not CMYK, more
/// than 32 samples a pixel. Invalid "photo-too-large", "photo-memory": above the limits, before memory is spent on it.
/// Corrupt "photo-truncated", "photo-damaged"; errorFromErrno.
/// read() fails: Corrupt "photo-truncated" when the file or a JPEG in it ends too early, "photo-damaged" when data is
/// wrong. Rows before it are given first, those in whole strips or rows of tiles at least.
/// warnings(): FirstPageOnly, PagesTooMany, ProfileDamaged, ExifDamaged, ReducedDepth; complete after the last row:
/// AlphaFlattened, HdrClipped, SlightlyDamaged (libtiff worked around something).
OpenedReader openTiff(FileDescriptor file, const Limits& limits);

}  // namespace contone::image
