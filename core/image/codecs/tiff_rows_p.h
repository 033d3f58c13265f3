// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TiffRows: the rows of a TIFF page one after the other, whether it lies in strips, tiles or planes.
#pragma once

#include "core/image/codecs/tiff_layout_p.h"

namespace contone::image {

class TiffRows {
  public:
    virtual ~TiffRows() = default;
    /// The next row: a pointer to rowBytes of each plane, valid until the next call. Call at most size.height times.
    /// Fails as TiffFile::failure().
    virtual Result<std::span<const std::byte* const>> next() = 0;
};

/// Both must outlive it. Holds a row, a row of tiles or of planar strips, or (LibraryRgba) the picture.
/// Fails: Invalid "photo-memory" (above the limits). std::bad_alloc.
Result<std::unique_ptr<TiffRows>> tiffRows(TiffFile& file, const TiffLayout& layout);

}  // namespace contone::image
