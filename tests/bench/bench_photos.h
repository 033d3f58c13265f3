// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// BenchPhotos: the photos that renderers are measured with, made from a bundled one when first asked for.
#pragma once

#include "core/base/file.h"
#include "core/decode/decoder.h"
#include "core/image/orientation.h"
#include "core/image/strip_sink.h"

namespace contone::bench {

/// Real photos' structure at a camera's size, not real detail (cameraJpegSink adds the noise).
class BenchPhotos {
  public:
    /// `folder` holds what is made and what was made before. `heic`: a photo to take for heic(); empty: make one.
    BenchPhotos(decode::Decoder& decoder, Path folder, Path heic)
        : m_decoder(decoder), m_folder(std::move(folder)), m_heic(std::move(heic)) {}
    static constexpr image::PixelSize size24{6000, 4000}, size100{12240, 8160};

    /// 24 MP sRGB JPEG, the pixels stored as `orientation` says. Fails as the renderer does.
    Result<Path> jpeg24(image::Orientation orientation = image::Orientation::Upright);
    Result<Path> jpeg100();  ///< 100 MP
    Result<Path> raw24();    ///< 24 MP Bayer DNG, uncompressed, 14 bits
    /// 12 MP HEIC. Fails: Unsupported "no-encoder" when heif-enc is not installed.
    Result<Path> heic();

  private:
    Result<Path> jpeg(const char* name, image::PixelSize size, image::Orientation orientation);
    Result<void> render(image::PixelSize size, image::StripSink& sink);
    decode::Decoder& m_decoder;
    Path m_folder, m_heic;
};

/// Bytes of a file, for headings.
double megabytesOf(const Path& file);

}  // namespace contone::bench
