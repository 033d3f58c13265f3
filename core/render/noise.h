// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Noise of a photo: how much there is, and how much of it is to go. Levels are standard deviations in the photo's own
// encoding, 0…1, as if each pixel of the file had noise of its own.
#pragma once

#include <array>

#include "core/image/photo_source.h"

namespace contone::render {

struct NoiseLevel {
    float luma = 0, chroma = 0;
    bool operator==(const NoiseLevel&) const = default;
};

/// 0: none of it goes; 1: all that can.
struct NoiseReduction {
    float luma = 0, chroma = 0;
    bool isNeeded() const { return luma > 0 || chroma > 0; }
};

/// Luma and the two differences of colour in which noise is looked at: R'G'B' by the weights of ITU-R BT.601.
constexpr std::array<float, 3> lumaWeights{0.299F, 0.587F, 0.114F};
struct LumaChroma {
    float luma, blue, red;  ///< B' - Y', R' - Y'
};
inline LumaChroma lumaChroma(float r, float g, float b) {
    const float y = lumaWeights[0] * r + lumaWeights[1] * g + lumaWeights[2] * b;
    return {y, b - y, r - y};
}

/// Row `from` of a strip as floats 0…1, one plane each; of gray photos luma alone.
void toPlanes(const image::StripView& strip, int from, float* luma, float* blue, float* red);

/// Reads the photo to its end: median of the diagonal Haar band in the flattest blocks of 16 x 16 pixels (D. Donoho,
/// I. Johnstone, "Ideal spatial adaptation by wavelet shrinkage", 1994), at full and at half size, since compression
/// takes the finest noise away; the larger counts. Blocks that are nearly black or white say nothing. Fails as read().
Result<NoiseLevel> measureNoise(image::PhotoSource& source);

}  // namespace contone::render
