// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// StripSink: where rendered rows go: a file, a device raster, a picture in memory.
#pragma once

#include <string>

#include "core/base/file.h"
#include "core/base/length.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/image/pixels.h"

namespace contone::image {

/// What a sink must know before the first row.
struct PageHeader {
    PixelSize size;
    PixelFormat format;
    Dpi dpiX{300}, dpiY{300};
    Bytes iccProfile;  ///< embedded by the file formats; empty: none
    bool operator==(const PageHeader&) const = default;
};

/// Call begin() once, write() in order from the top, finish() once. One thread at a time. After a failure only the
/// destructor may be called, and a file sink has left nothing behind.
class StripSink {
  public:
    virtual ~StripSink() = default;
    virtual Result<void> begin(const PageHeader& header) = 0;
    virtual Result<void> write(StripView strip) = 0;
    /// Makes the result visible (durably, for files).
    virtual Result<void> finish() = 0;
};

/// What every sink checks first: that `strip` has the page's width and format and fits below `rowsWritten` rows.
/// Fails: Internal "strip-mismatch".
Result<void> checkStrip(const PageHeader& header, int rowsWritten, StripView strip);
/// That every row came. Fails: Internal "page-incomplete".
Result<void> checkComplete(const PageHeader& header, int rowsWritten);

/// Keeps the page in memory. begin() fails: Invalid "page-empty", Unavailable "out-of-memory".
class PictureSink final : public StripSink {
  public:
    Result<void> begin(const PageHeader& header) override;
    Result<void> write(StripView strip) override;
    Result<void> finish() override;
    const Picture& picture() const { return m_picture; }
    const PageHeader& header() const { return m_header; }

  private:
    PageHeader m_header;
    Picture m_picture;
    int m_row = 0;
};

/// Hashes the device pixels on their way to `next`: the raster hash that a sheet records. SHA-256 of
/// "contone-raster-2\n" + "WxH CxB\n" (channels, bytes a sample) and then of every row's XXH3-128 digest in its
/// canonical form (16 bytes, big-endian); rows packed, 16-bit samples little-endian. It tells accidents, not attacks
/// (docs/decisions/0013).
class HashingSink final : public StripSink {
  public:
    explicit HashingSink(StripSink& next) : m_next(next) {}
    Result<void> begin(const PageHeader& header) override;
    Result<void> write(StripView strip) override;
    Result<void> finish() override;
    /// Valid after finish().
    const Sha256& hash() const { return m_hash; }

  private:
    StripSink& m_next;
    Sha256Hasher m_hasher;
    Sha256 m_hash;
};
/// The same hash of a picture at hand.
Sha256 rasterHash(const Picture& picture);

}  // namespace contone::image
