// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CameraJpegSink: writes pages the way cameras write photos, so that readers have as much to do as with real ones.
#pragma once

#include <memory>

#include "core/image/orientation.h"
#include "core/image/strip_sink.h"

namespace contone::bench {

/// JPEG, quality 93, 4:2:0, EXIF (orientation, sRGB), the page's profile embedded, and sensor noise of sigma 5 of 255
/// that depends on the position alone: enlarged photos have no fine detail, and would be decoded too easily without.
/// 8-bit RGB.
std::unique_ptr<image::StripSink> cameraJpegSink(const Path& path, image::Orientation orientation);

}  // namespace contone::bench
