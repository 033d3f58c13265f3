// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The JPEG source: baseline in strips, progressive whole, by libjpeg-turbo.
#pragma once

#include <memory>

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Opens a JPEG (ITU-T T.81; Huffman or arithmetic coding, sequential or progressive, 8 bits). Reads `file` with pread
/// in chunks of 64 KB and stops behind the first picture: what follows it (MPO, motion photo) is left alone. Nothing is
/// decoded before the first read(). Strips are Gray, Rgb or Cmyk of 8 bits; inverted (Adobe) CMYK and YCCK are turned
/// the right way. DCT islow, fancy upsampling: the same bytes on every machine. A reduction is
/// the inverse DCT's: 1/2, 1/4 or 1/8 of each side, rounded up.
///
/// A sequential photo in one scan streams (about 1 MB); everything else keeps its coefficients until the end, and
/// its whole file is read in the first read().
///
/// Fails: Unsupported "photo-feature" (no JPEG, or lossless, hierarchical, 2 or more than 4 channels); Unsupported
/// "photo-12-bit"; Invalid "photo-too-large" (pixels or memory above the limits); Corrupt "photo-truncated" (the file
/// ends inside its head), "photo-damaged".
///
/// read() fails: Corrupt "photo-truncated" when the compressed data runs out before the last row: the file ended, or
/// its end marker comes too early; Corrupt "photo-damaged" when it runs into another marker that it cannot get past, or
/// a channel never came; Invalid "photo-too-many-scans". Rows given before the failure are right. No row that libjpeg
/// merely invented is ever given, except inside a stretch between restart markers, which is a warning.
///
/// warnings(): extraneous bytes, bad codes and lost restart intervals inside the picture (it is given as decoded), a
/// missing end marker behind a complete picture, a damaged profile or damaged EXIF; FirstPageOnly for panoramas, stereo
/// pairs and multi-angle series (MPO); GainMapIgnored for HDR photos that carry a gain map.
OpenedReader openJpeg(FileDescriptor file, const PhotoRequest& request, const Limits& limits);

}  // namespace contone::image
