// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PhotoSource: a photo as facts and integer strips. The in-process decoder and the sandboxed child serve this.
#pragma once

#include "core/base/result.h"
#include "core/image/photo_facts.h"

namespace contone::image {

/// One open photo. One thread at a time; a source may be moved between threads. Strips come top to bottom in the
/// *stored* order: orientation is a fact, never applied here. Read once; there is no seeking.
class PhotoSource {
  public:
    virtual ~PhotoSource() = default;
    virtual const PhotoFacts& facts() const = 0;
    /// Fills up to `strip.rows` rows (`strip.width` and `strip.format` as in facts()) and returns how many; 0 after
    /// the last row. Fails: Corrupt "photo-truncated" or "photo-damaged" when pixels are missing; after a failure the
    /// source gives no more rows.
    virtual Result<int> read(MutableStrip strip) = 0;
    /// Warnings that only decoding could find. Complete after the last row.
    virtual const std::vector<std::string>& warnings() const = 0;
};

}  // namespace contone::image
