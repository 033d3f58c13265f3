// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// BMP: Windows and OS/2 bitmaps of 1 to 32 bits a pixel, read here because the library at hand ignores masks, alpha and
// profiles.
#pragma once

#include "core/image/codecs/photo_reader.h"
#include "core/image/longtail/file_bytes_p.h"

namespace contone::image {

/// Headers from OS/2 1 to Windows V5 (Microsoft, "Bitmap storage"), RLE4 and RLE8 included; JPEG, PNG and Huffman
/// inside a BMP are "photo-feature". Delivers RGB, 8 bit. A fourth channel is alpha only where the header gives it a
/// mask and some pixel uses it.
OpenedReader openBmp(FileBytes file, const Limits& limits);

}  // namespace contone::image
