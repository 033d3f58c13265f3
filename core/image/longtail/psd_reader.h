// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PSD and PSB: the finished picture of a Photoshop document, read here because the library at hand spoils CMYK and
// knows no Lab.
#pragma once

#include "core/image/codecs/photo_reader.h"
#include "core/image/longtail/file_bytes_p.h"

namespace contone::image {

/// Adobe Photoshop File Formats Specification, November 2019. Reads the merged picture: bitmap, gray, duotone (as
/// gray), indexed, RGB, CMYK, Lab and spot channels shown in RGB; 1, 8, 16 bit, and 32-bit floating point as 16 bit.
/// Photoshop keeps the merged picture on white already, so transparency is only reported. A document without one (saved
/// without "Maximize Compatibility") is "photo-feature": layers are not composed here.
OpenedReader openPsd(FileBytes file, const Limits& limits);

}  // namespace contone::image
