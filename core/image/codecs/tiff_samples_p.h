// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// TiffSamples: from a TIFF row's samples to ours: depth, sense, palette, Lab encoding, linear light, opacity.
#pragma once

#include "core/image/codecs/tiff_layout_p.h"

namespace contone::image {

/// How numbers without a top are put into 0…1.
enum class FloatCurve {
    Srgb,  ///< linear light → IEC 61966-2-1
    AsIs   ///< a profile says what they mean
};

class TiffSamples {
  public:
    TiffSamples(const TiffLayout& layout, FloatCurve curve);
    /// One row; `planes` as TiffRows gives them; `to` has room for the width in layout.format().
    void convert(std::span<const std::byte* const> planes, std::byte* to);
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
    void convertFloats(std::span<const std::byte* const> planes, std::uint16_t* to);
    std::uint16_t encoded(float value);

    const TiffLayout& m_layout;
    FloatCurve m_curve;
    std::vector<std::uint8_t> m_small;
    std::vector<std::uint16_t> m_large;
    std::vector<float> m_floats;
    bool m_isSeeThrough = false, m_isClipped = false;
};

}  // namespace contone::image
