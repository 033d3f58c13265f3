// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The formats that few people bring, in a child of their own: PSD, BMP, GIF, OpenEXR, JPEG 2000, Radiance HDR, PNM,
// DPX, DDS.
#pragma once

#include "core/image/codecs/photo_reader.h"

namespace contone::image {

/// Opens by the first bytes of the file. Streams everything but RLE BMP, GIF and JPEG 2000, which are whole frames.
/// See-through parts lie on paper white (PhotoWarning::AlphaFlattened when there are any). Fails as photoProblems();
/// "photo-format": none of these formats.
OpenedReader openLongTail(FileDescriptor file, const Limits& limits = {});

/// OpenImageIO with its version: PhotoFacts::libraries of everything that comes from here.
std::string longTailLibraries();

/// Does once, before a lockdown, everything for which OpenImageIO and the libraries behind it want files or threads:
/// afterwards this process has one thread, and openLongTail() opens nothing and starts nothing. Call it first thing
/// in main, from the only thread. Fails: Internal "decoder-threads" when another library keeps a thread of its own.
Result<void> prepareOiio();

}  // namespace contone::image
