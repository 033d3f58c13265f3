// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoSource: a photo as facts and integer strips, which is what the sandboxed decoder serves.
#pragma once

#include "core/base/result.h"
#include "core/image/ink_sense.h"
#include "core/image/photo_facts.h"

namespace contone::image {

/// What a reader of a photo wants of it. Same file, same request ⇒ same facts and strips.
struct PhotoRequest {
    /// For colours that are converted where the photo is decoded (SourceColour::Kind::Converted); others ignore both.
    Intent intent = Intent::Relative;
    BlackPoint blackPoint = BlackPoint::Compensate;
    /// The caller will make the photo this many times smaller anyway, at least 1. Where the format can reduce cheaply
    /// it may do a part of it: JPEG by a power of two of its DCT that leaves the caller a factor of 2 or more, RAW by
    /// half-size development from 2 on. 1: full resolution.
    double reducible = 1;
    /// Of photos that leave it open (PhotoWarning::InkGuessed); others ignore it.
    InkSense inks = InkSense::AsRead;
    bool operator==(const PhotoRequest&) const = default;
};

/// One open photo. One thread at a time; a source may be moved between threads. Strips come top to bottom in the
/// *stored* order: orientation is a fact, never applied here. Read once; there is no seeking.
class PhotoSource {
  public:
    virtual ~PhotoSource() = default;
    virtual const PhotoFacts& facts() const = 0;
    /// Fills up to `strip.rows` rows (`strip.width` is facts().size.width, `strip.format` facts().pixels) and returns
    /// how many; 0 after the last row. Fails as image::photoProblems(): Corrupt "photo-truncated" or "photo-damaged"
    /// when pixels are missing; after a failure the source gives no more rows.
    virtual Result<int> read(MutableStrip strip) = 0;
    /// Those of facts() and those that only decoding could find. Complete after the last row.
    virtual PhotoWarnings warnings() const = 0;
};

}  // namespace contone::image
