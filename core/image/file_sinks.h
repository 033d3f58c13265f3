// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// File encoders: PNG, TIFF and JPEG with the profile embedded. A file is there whole or not at all.
#pragma once

#include <memory>

#include "core/image/strip_sink.h"

namespace contone::image {

/// 8 or 16 bit, gray or RGB (PNG has no CMYK: Unsupported "png-no-cmyk"). iCCP and pHYs written. zlib level 6, no text,
/// no time: same pixels, same bytes.
std::unique_ptr<StripSink> pngFileSink(const Path& path);
/// 8 or 16 bit, gray, RGB, CMYK; LZW with horizontal predictor, strips of 16 rows, resolution in inches.
std::unique_ptr<StripSink> tiffFileSink(const Path& path);
/// 8 bit gray, RGB or CMYK (Adobe marker, inverted as Photoshop does); 16-bit strips: Unsupported "jpeg-8-bit-only".
/// 4:4:4, islow, no optimised Huffman tables (3.3x the CPU for 2 %). `quality` 1…100.
std::unique_ptr<StripSink> jpegFileSink(const Path& path, int quality);

}  // namespace contone::image
