// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What OpenImageIO reads for us: GIF, OpenEXR, JPEG 2000, Radiance HDR, PNM, DPX, DDS.
#pragma once

#include "core/image/codecs/photo_reader.h"
#include "core/image/longtail/file_bytes_p.h"

namespace contone::image {

/// `plugin` is OpenImageIO's name of the format; nothing is guessed, and the library sees the file through our own
/// reads only. Floating point becomes 16 bit: OpenEXR and HDR are linear light, encoded with the sRGB curve (or, with
/// chromaticities that are not those of sRGB, with the power 1/2.2 and those chromaticities as the signal); above white
/// is clipped. Needs prepareOiio() to have run when the process is locked down.
OpenedReader openOiio(FileBytes file, PhotoFormat format, const char* plugin, const Limits& limits);

}  // namespace contone::image
