// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which kind of file a page is written to, by its name.
#pragma once

#include <memory>

#include "core/base/file.h"
#include "core/image/strip_sink.h"

namespace contone::cli {

struct FileKind {
    image::Depth archivalDepth = image::Depth::U8;
    bool dither = true;
};

/// Fails: Invalid "bad-output" when it is named neither .jpg, .tif, .png nor .pwg.
Result<FileKind> fileKindOf(const Path& output);
/// `quality` of JPEG, 1…100. `output` as fileKindOf() takes it.
std::unique_ptr<image::StripSink> sinkFor(const Path& output, int quality, image::Channels channels);

}  // namespace contone::cli
