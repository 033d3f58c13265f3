// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// readPng: reads back the PNGs that this project wrote. The product itself reads no picture files but photos.
#pragma once

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/image/pixels.h"

namespace contone::image::testing {

/// 8 or 16 bit, gray or RGB, not interlaced; samples as stored. Fails: Corrupt "png-damaged"; Unsupported "png-kind";
/// Invalid "png-too-large"; as openForReading.
Result<Picture> readPng(const Path& path);

}  // namespace contone::image::testing
