// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RawFile: LibRaw, wrapped once: no exceptions, no threads, no files; sizes and facts before pixels.
#pragma once

#include <memory>
#include <optional>

#include "core/image/codecs/photo_reader.h"
#include "core/image/codecs/raw_layout_p.h"
#include "core/image/codecs/raw_stream_p.h"

namespace contone::image {

enum class RawLane { Full, Half };

class RawFile {
  public:
    /// Reads the head. Fails: as openRaw().
    static Result<std::unique_ptr<RawFile>> open(const PictureBytes& bytes, RawLane lane, const Limits& limits);
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;

    /// Of the developed picture before orientation; `lane` Full: as the camera has it.
    PixelSize size(RawLane lane) const;
    Orientation orientation() const { return m_orientation; }
    std::string camera() const;
    int bitsPerSample() const;
    double baselineExposure() const;  ///< EV; 0 when the file has none
    /// A kind of file whose development is compared with known colours by a test.
    bool isProved();
    /// The JPEG that LibRaw found, as the file claims.
    std::optional<RawLayout::Place> preview() const;
    /// The preview as pixels, where it is not a JPEG: Rgb, 8 bit.
    std::optional<Picture> bitmapPreview();

    /// Reads the samples. Fails: Corrupt "photo-truncated", "photo-damaged".
    Result<void> unpack();
    bool isSlightlyDamaged() { return m_raw->error_count() > 0; }
    /// Makes linear ROMM RGB of them. Fails: Corrupt "photo-damaged".
    Result<void> develop();
    /// A row of the developed picture: size(lane).width pixels.
    const std::uint16_t (*row(int y) const)[4];

  private:
    RawFile(const PictureBytes& bytes, INT64 size) : m_stream(bytes, size) {}
    void choose(RawLane lane);
    Result<void> checkLimits(const Limits& limits) const;
    std::unexpected<Error> failure(int code) const;

    RawStream m_stream;             // outlives m_raw, which keeps a pointer to it
    std::unique_ptr<LibRaw> m_raw;  // 1 MB
    RawLane m_lane = RawLane::Full;
    Orientation m_orientation = Orientation::Upright;
};

}  // namespace contone::image
