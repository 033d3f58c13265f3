// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The four sections of a Photoshop document in front of its merged picture.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/image/codecs/photo_reader.h"
#include "core/image/longtail/file_bytes_p.h"

namespace contone::image {

enum class PsdMode { Bitmap = 0, Gray = 1, Indexed = 2, Rgb = 3, Cmyk = 4, Multichannel = 7, Duotone = 8, Lab = 9 };

struct PsdHead {
    bool isLarge = false;  ///< PSB: some lengths have twice the bytes
    int channels = 0, depth = 0;
    PixelSize size;
    PsdMode mode = PsdMode::Rgb;
    std::vector<std::byte> palette;            ///< indexed: 256 reds, greens, blues
    std::optional<unsigned> transparentIndex;  ///< indexed
    Bytes profile, exif;                       ///< empty: none
    bool profileDamaged = false;
    bool hasMergedPicture = true;
    bool mergedTransparency = false;          ///< the first channel beyond the colours is its alpha
    std::vector<std::array<double, 3>> inks;  ///< multichannel: what each ink looks like in RGB, 0…1; empty: not told
    std::int64_t pixels = 0;                  ///< where the merged picture begins
};
/// Fails as photoProblems(). Limits: those of the size.
Result<PsdHead> readPsdHead(const FileBytes& file, const Limits& limits);

}  // namespace contone::image
