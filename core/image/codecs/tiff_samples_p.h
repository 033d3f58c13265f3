// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TiffSamples: from a TIFF row's samples to ours: depth, sense, palette, Lab encoding, linear light, opacity.
#pragma once

#include "core/image/codecs/tiff_layout_p.h"

namespace contone::image {

/// How numbers without a top are put into 0…1.
enum class FloatCurve {
    Srgb,  ///< linear light → IEC 61966-2-1
    AsIs   ///< a profile says what they mean, or they are pixel values
};

/// What floating-point colours were seen.
struct FloatRange {
    std::int64_t samples = 0, aboveOne = 0;
    float largest = 0;
    /// Pixel values of 0…255 that a program did not divide: most are above 1, which would be white, and none above 255.
    bool isPixelValues() const { return aboveOne * 2 > samples && largest <= 255.5f; }
};

class TiffSamples {
  public:
    /// `white`: the number that is white, of floating point.
    TiffSamples(const TiffLayout& layout, FloatCurve curve, float white = 1);
    /// One row; `planes` as TiffRows gives them; `to` has room for the width in layout.format().
    void convert(std::span<const std::byte* const> planes, std::byte* to);
    /// Only looks at a row of floating point.
    void look(std::span<const std::byte* const> planes, FloatRange& range);
    bool wasSeeThrough() const { return m_isSeeThrough; }
    bool wasClipped() const { return m_isClipped; }

  private:
    int used() const { return m_layout.colours + (m_layout.alphaAt >= 0 ? 1 : 0); }
    bool isCopied() const;
    template <class To, class Take>
    void gather(std::span<const std::byte* const> planes, To* to, Take&& take) const;
    template <class T>
    void gatherScaled(std::span<const std::byte* const> planes, T* to) const;
    template <class T>
    void convertIntegers(std::span<const std::byte* const> planes, T* to);
    void convertPalette(std::span<const std::byte* const> planes, std::uint8_t* to) const;
    void convertLab(std::span<const std::byte* const> planes, std::uint16_t* to);
    void gatherFloats(std::span<const std::byte* const> planes);
    void convertFloats(std::span<const std::byte* const> planes, std::uint16_t* to);
    std::uint16_t encoded(float value);

    const TiffLayout& m_layout;
    FloatCurve m_curve;
    float m_white;
    std::vector<std::uint8_t> m_small;
    std::vector<std::uint16_t> m_large;
    std::vector<float> m_floats;
    bool m_isSeeThrough = false, m_isClipped = false;
};

}  // namespace contone::image
