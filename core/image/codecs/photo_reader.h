// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoReader: one codec's view of a photo: facts, colour signals, strips as stored. Only decoder children link this.
#pragma once

#include <memory>

#include "core/base/file.h"
#include "core/image/colour_signals.h"
#include "core/image/photo_problem.h"
#include "core/image/photo_source.h"

namespace contone::image {

/// What a codec found. `photo.colour` is left alone: icc fills it in later.
struct CodecFacts {
    PhotoFacts photo;
    ColourSignals colours;
    bool saysOrientation = false;  ///< EXIF, the container or the camera says how the photo lies
};

/// One open photo, as its codec decodes it. One thread at a time. As PhotoSource, but samples are the file's own: Gray,
/// Rgb or Cmyk (0 = no ink), 8 or 16 bit, full range, alpha already flattened on white; see ColourSignals for Lab and
/// RAW. Readers use pread or their own copy of the file, never mmap: a file that shrinks is an error, not a signal.
class PhotoReader {
  public:
    virtual ~PhotoReader() = default;
    virtual const CodecFacts& facts() const = 0;
    virtual Result<int> read(MutableStrip strip) = 0;  ///< as PhotoSource::read
    virtual PhotoWarnings warnings() const = 0;        ///< as PhotoSource::warnings
};

using OpenedReader = Result<std::unique_ptr<PhotoReader>>;

}  // namespace contone::image
